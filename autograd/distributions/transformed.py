"""A distribution sent through transforms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import sum_rightmost
from autograd.distributions.distribution import Distribution
from autograd.distributions.independent import Independent
from autograd.distributions.transforms import ComposeTransform, Transform
from autograd.tensor import Tensor


class TransformedDistribution(Distribution):
    """The distribution of y = t(x), with log p(y) = log p(x) - log |det dy/dx|.

    Parameters
    ----------
    base_distribution : that of x
    transforms : a transform, or several, of which the first is applied first

    Raises
    ------
    ValueError
        If the transforms are none, or take more dimensions than a draw has.

    Examples
    --------
    >>> import autograd
    >>> from autograd.distributions import ExpTransform, Normal
    >>> d = TransformedDistribution(Normal(0.0, 1.0), ExpTransform())
    >>> round(d.cdf(autograd.tensor(1.0)).item(), 6)
    0.5
    """

    arg_constraints = {}

    def __init__(self, base_distribution: Any, transforms: Any, validate_args: Any = None):
        self.transforms = [transforms] if isinstance(transforms, Transform) else transforms
        if not isinstance(self.transforms, list) or not all(isinstance(t, Transform) for t in self.transforms):
            raise ValueError(f"transforms must be a Transform or a list of Transforms, got {transforms!r}")
        whole = ComposeTransform(self.transforms)
        shape = base_distribution.batch_shape + base_distribution.event_shape
        if len(shape) < whole.domain.event_dim:
            raise ValueError(
                f"base_distribution needs to have shape with size at least {whole.domain.event_dim}, but got {shape}."
            )
        out_shape = whole.forward_shape(shape)
        base_distribution = base_distribution.expand(
            whole.inverse_shape(out_shape)[: len(whole.inverse_shape(out_shape)) - len(base_distribution.event_shape)]
        )
        extra = whole.domain.event_dim - len(base_distribution.event_shape)
        self.base_dist: Any = Independent(base_distribution, extra) if extra > 0 else base_distribution
        event_dim = whole.codomain.event_dim + max(-extra, 0)
        cut = len(out_shape) - event_dim
        super().__init__(out_shape[:cut], out_shape[cut:], validate_args=validate_args)

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        new = super().expand(batch_shape, _instance)
        shape = ComposeTransform(self.transforms).inverse_shape((*batch_shape, *self._event_shape))
        new.base_dist = self.base_dist.expand(shape[: len(shape) - len(self.base_dist.event_shape)])
        return new

    @property
    def has_rsample(self) -> bool:  # type: ignore[override]
        return self.base_dist.has_rsample

    @constraints.dependent_property(is_discrete=False)
    def support(self) -> Any:
        if not self.transforms:
            return self.base_dist.support
        found = self.transforms[-1].codomain
        extra = len(self._event_shape) - found.event_dim
        return constraints.independent(found, extra) if extra > 0 else found

    def _forward(self, x: Tensor) -> Tensor:
        for transform in self.transforms:
            x = transform(x)
        return x

    def sample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        with autograd.no_grad():
            return self._forward(self.base_dist.sample(sample_shape))

    def rsample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        return self._forward(self.base_dist.rsample(sample_shape))

    def _log_prob(self, value: Tensor) -> Tensor:
        total: Any = 0.0
        dims = len(self._event_shape)
        for transform in reversed(self.transforms):
            before = transform.inv(value)
            dims += transform.domain.event_dim - transform.codomain.event_dim
            height = transform.log_abs_det_jacobian(before, value)
            total = total - sum_rightmost(height, dims - transform.domain.event_dim)
            value = before
        return total + sum_rightmost(self.base_dist.log_prob(value), dims - len(self.base_dist.event_shape))

    def _sign(self) -> Any:
        return ComposeTransform(self.transforms).sign

    def _cdf(self, value: Tensor) -> Tensor:
        for transform in reversed(self.transforms):
            value = transform.inv(value)
        return self._turned(self.base_dist.cdf(value))

    def icdf(self, value: Tensor) -> Tensor:
        return self._forward(self.base_dist.icdf(self._turned(value)))

    def _turned(self, probability: Tensor) -> Tensor:
        """1 - probability where the transforms decrease."""
        sign = self._sign()
        return probability if isinstance(sign, int) and sign == 1 else sign * (probability - 0.5) + 0.5
