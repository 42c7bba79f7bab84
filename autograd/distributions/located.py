"""What distributions around a location share: the loc as mean and mode, and the loc and scale of a family on the line."""

from __future__ import annotations

from typing import Any

from autograd.distributions import constraints
from autograd.distributions.common import uniform
from autograd.distributions.distribution import Distribution
from autograd.tensor import Tensor


class Located(Distribution):
    """A distribution whose mean and mode are its parameter `loc`, unless the family says otherwise."""

    loc: Tensor

    @property
    def mean(self) -> Tensor:
        return self.loc

    @property
    def mode(self) -> Tensor:
        return self.loc


class LocationScale(Located):
    """loc + scale · z on the real line, with z of a fixed distribution, drawn by the quantile function."""

    scale: Tensor
    arg_constraints = {"loc": constraints.real, "scale": constraints.positive}
    support = constraints.real
    has_rsample = True

    def __init__(self, loc: Any, scale: Any, validate_args: Any = None):
        super().__init__(self._broadcast(loc=loc, scale=scale), validate_args=validate_args)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return self.icdf(uniform(self._extended_shape(sample_shape), self.loc))
