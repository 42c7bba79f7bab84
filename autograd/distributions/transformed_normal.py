"""Normal numbers sent through exp and to the simplex: LogNormal, LogisticNormal."""

from __future__ import annotations

from typing import Any

from autograd.distributions import constraints
from autograd.distributions.normal import Normal
from autograd.distributions.transformed import TransformedDistribution
from autograd.distributions.transforms import ExpTransform, StickBreakingTransform
from autograd.tensor import Tensor


class _FromNormal(TransformedDistribution):
    """t(x) for x of Normal(loc, scale)."""

    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    transform: Any

    def __init__(self, loc: Any, scale: Any, validate_args: Any = None):
        base = Normal(loc, scale, validate_args=validate_args)
        super().__init__(base, self.transform(), validate_args=validate_args)

    @property
    def _normal(self) -> Any:
        return getattr(self.base_dist, "base_dist", self.base_dist)

    @property
    def loc(self) -> Tensor:
        """The mean of x."""
        return self._normal.loc

    @property
    def scale(self) -> Tensor:
        """The standard deviation of x."""
        return self._normal.scale


class LogNormal(_FromNormal):
    """exp(x) for x of Normal(loc, scale).

    Parameters
    ----------
    loc, scale : mean and standard deviation of the logarithm

    Examples
    --------
    >>> LogNormal(0.0, 1.0).mode.log().item()
    -1.0
    """

    transform = ExpTransform
    support = constraints.positive

    @property
    def mean(self) -> Tensor:
        return (self.loc + self.scale**2 / 2).exp()

    @property
    def mode(self) -> Tensor:
        return (self.loc - self.scale**2).exp()

    @property
    def variance(self) -> Tensor:
        return (self.scale**2).expm1() * (2 * self.loc + self.scale**2).exp()

    def entropy(self) -> Tensor:
        return self.base_dist.entropy() + self.loc


class LogisticNormal(_FromNormal):
    """K - 1 normal numbers sent to the simplex of K by `StickBreakingTransform`.

    Parameters
    ----------
    loc, scale : of the normal numbers, along the last dimension

    Examples
    --------
    >>> import autograd
    >>> LogisticNormal(autograd.zeros(2), autograd.ones(2)).sample().shape
    autograd.Size([3])
    """

    transform = StickBreakingTransform
    support = constraints.simplex
