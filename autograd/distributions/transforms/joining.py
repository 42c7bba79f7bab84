"""Transforms side by side, Cat and Stack, and the one that a distribution's cdf is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.transforms.base import Transform
from autograd.tensor import Tensor


class _Joined(Transform):
    """Several transforms, each of its own part of a dimension."""

    transforms: list[Transform]
    dim: int

    @property
    def bijective(self) -> bool:  # type: ignore[override]
        return all(t.bijective for t in self.transforms)

    def _parts(self, x: Tensor) -> Sequence[Tensor]:
        raise NotImplementedError

    def _join(self, parts: list[Tensor]) -> Tensor:
        raise NotImplementedError

    def _each(self, function: Callable, *values: Tensor) -> list[Tensor]:
        """What a function of a transform and its parts gives."""
        columns = zip(self.transforms, *(self._parts(value) for value in values), strict=True)
        return [function(*column) for column in columns]

    def _call(self, x: Tensor) -> Tensor:
        return self._join(self._each(lambda t, part: t(part), x))

    def _inverse(self, y: Tensor) -> Tensor:
        return self._join(self._each(lambda t, part: t.inv(part), y))


class CatTransform(_Joined):
    """Transforms of consecutive parts of a dimension.

    Parameters
    ----------
    tseq : the transforms
    dim : the dimension
    lengths : the lengths of the parts; default: 1 each
    """

    def __init__(
        self, tseq: Sequence[Transform], dim: int = 0, lengths: Sequence[int] | None = None, cache_size: int = 0
    ):
        super().__init__(cache_size)
        self.transforms = [t.with_cache(cache_size) for t in tseq] if cache_size else list(tseq)
        self.lengths = [1] * len(self.transforms) if lengths is None else list(lengths)
        if len(self.lengths) != len(self.transforms):
            raise ValueError(f"{len(self.lengths)} lengths for {len(self.transforms)} transforms; give one for each")
        self.dim = dim

    @property
    def length(self) -> int:
        """The length of all parts."""
        return sum(self.lengths)

    @property
    def event_dim(self) -> int:
        return max(t.event_dim for t in self.transforms)

    def _new(self, cache_size: int) -> Transform:
        return CatTransform(self.transforms, self.dim, self.lengths, cache_size)

    @property
    def domain(self) -> Any:  # type: ignore[override]
        return constraints.cat([t.domain for t in self.transforms], self.dim, self.lengths)

    @property
    def codomain(self) -> Any:  # type: ignore[override]
        return constraints.cat([t.codomain for t in self.transforms], self.dim, self.lengths)

    def _parts(self, x: Tensor) -> Sequence[Tensor]:
        if x.shape[self.dim] != self.length:
            raise ValueError(f"CatTransform: dimension {self.dim} has {x.shape[self.dim]} elements, not {self.length}")
        return x.split(self.lengths, self.dim)

    def _join(self, parts: list[Tensor]) -> Tensor:
        return autograd.cat(parts, self.dim)

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        def term(t: Transform, before: Tensor, after: Tensor) -> Tensor:
            found = t.log_abs_det_jacobian(before, after)
            missing = self.event_dim - t.event_dim
            return found.sum(tuple(range(-missing, 0))) if missing else found

        terms = self._each(term, x, y)
        dim = self.dim if self.dim < 0 else self.dim - x.ndim
        dim += self.event_dim
        if dim < 0:
            return autograd.cat(terms, dim)
        total = terms[0]
        for found in terms[1:]:
            total = total + found
        return total


class StackTransform(_Joined):
    """Transforms of the slices along a dimension.

    Parameters
    ----------
    tseq : the transforms
    dim : the dimension

    Examples
    --------
    >>> import autograd
    >>> from autograd.distributions import AffineTransform, identity_transform
    >>> StackTransform([identity_transform, AffineTransform(1.0, 2.0)])(autograd.ones(2)).tolist()
    [1.0, 3.0]
    """

    def __init__(self, tseq: Sequence[Transform], dim: int = 0, cache_size: int = 0):
        super().__init__(cache_size)
        self.transforms = [t.with_cache(cache_size) for t in tseq] if cache_size else list(tseq)
        self.dim = dim

    def _new(self, cache_size: int) -> Transform:
        return StackTransform(self.transforms, self.dim, cache_size)

    @property
    def domain(self) -> Any:  # type: ignore[override]
        return constraints.stack([t.domain for t in self.transforms], self.dim)

    @property
    def codomain(self) -> Any:  # type: ignore[override]
        return constraints.stack([t.codomain for t in self.transforms], self.dim)

    def _parts(self, x: Tensor) -> Sequence[Tensor]:
        if x.shape[self.dim] != len(self.transforms):
            raise ValueError(
                f"StackTransform: dimension {self.dim} has {x.shape[self.dim]} slices for {len(self.transforms)} "
                "transforms"
            )
        return x.unbind(self.dim)

    def _join(self, parts: list[Tensor]) -> Tensor:
        return autograd.stack(parts, self.dim)

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        return self._join(self._each(lambda t, before, after: t.log_abs_det_jacobian(before, after), x, y))


class CumulativeDistributionTransform(Transform):
    """y = cdf(x) of a distribution: its samples become uniform.

    Parameters
    ----------
    distribution : a distribution of numbers with `cdf`, and `icdf` for the inverse

    Examples
    --------
    >>> import autograd
    >>> from autograd.distributions import Normal
    >>> CumulativeDistributionTransform(Normal(0.0, 1.0))(autograd.tensor(0.0)).item()
    0.5
    """

    bijective = True
    codomain = constraints.unit_interval
    sign = +1

    def __init__(self, distribution: Any, cache_size: int = 0):
        super().__init__(cache_size)
        self.distribution = distribution

    def _new(self, cache_size: int) -> Transform:
        return CumulativeDistributionTransform(self.distribution, cache_size=cache_size)

    @property
    def domain(self) -> Any:  # type: ignore[override]
        return self.distribution.support

    def _call(self, x: Tensor) -> Tensor:
        return self.distribution.cdf(x)

    def _inverse(self, y: Tensor) -> Tensor:
        return self.distribution.icdf(y)

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        return self.distribution.log_prob(x)
