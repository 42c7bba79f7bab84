"""A distribution whose batch dimensions count as part of one draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograd.distributions import constraints
from autograd.distributions.common import sum_rightmost
from autograd.distributions.distribution import Distribution
from autograd.tensor import Tensor


class Independent(Distribution):
    """The last batch dimensions of a distribution become event dimensions: log_prob sums over them.

    Parameters
    ----------
    base_distribution : the distribution
    reinterpreted_batch_ndims : how many dimensions

    Raises
    ------
    ValueError
        If there are fewer.

    Examples
    --------
    >>> import autograd
    >>> from autograd.distributions import Normal
    >>> d = Independent(Normal(autograd.zeros(3, 2), 1.0), 1)
    >>> d.batch_shape, d.event_shape
    (autograd.Size([3]), autograd.Size([2]))
    """

    arg_constraints = {}

    def __init__(self, base_distribution: Any, reinterpreted_batch_ndims: int, validate_args: Any = None):
        kept = len(base_distribution.batch_shape) - reinterpreted_batch_ndims
        if kept < 0:
            raise ValueError(
                "Expected reinterpreted_batch_ndims <= len(base_distribution.batch_shape), actual "
                f"{reinterpreted_batch_ndims} vs {len(base_distribution.batch_shape)}"
            )
        self.base_dist, self.reinterpreted_batch_ndims = base_distribution, reinterpreted_batch_ndims
        shape = base_distribution.batch_shape + base_distribution.event_shape
        super().__init__(shape[:kept], shape[kept:], validate_args=validate_args)

    @property
    def has_rsample(self) -> bool:  # type: ignore[override]
        return self.base_dist.has_rsample

    @property
    def has_enumerate_support(self) -> bool:  # type: ignore[override]
        return self.reinterpreted_batch_ndims == 0 and self.base_dist.has_enumerate_support

    @constraints.dependent_property
    def support(self) -> Any:
        found, dims = self.base_dist.support, self.reinterpreted_batch_ndims
        return constraints.independent(found, dims) if dims else found

    @property
    def mean(self) -> Tensor:
        return self.base_dist.mean

    @property
    def mode(self) -> Tensor:
        return self.base_dist.mode

    @property
    def variance(self) -> Tensor:
        return self.base_dist.variance

    def sample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        return self.base_dist.sample(sample_shape)

    def rsample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        return self.base_dist.rsample(sample_shape)

    def log_prob(self, value: Tensor) -> Tensor:
        return sum_rightmost(self.base_dist.log_prob(value), self.reinterpreted_batch_ndims)

    def entropy(self) -> Tensor:
        return sum_rightmost(self.base_dist.entropy(), self.reinterpreted_batch_ndims)

    def enumerate_support(self, expand: bool = True) -> Tensor:
        if self.reinterpreted_batch_ndims:
            raise NotImplementedError("Enumeration over cartesian product is not implemented")
        return self.base_dist.enumerate_support(expand)

    def __repr__(self) -> str:
        return f"Independent({self.base_dist!r}, {self.reinterpreted_batch_ndims})"
