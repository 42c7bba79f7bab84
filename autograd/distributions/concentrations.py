"""What the distributions of two concentrations on the unit interval share."""

from __future__ import annotations

from typing import Any

from autograd.distributions import constraints
from autograd.distributions.distribution import Distribution
from autograd.tensor import Tensor


class OfConcentrations(Distribution):
    """A distribution on the unit interval with two positive parameters, as Beta and Kumaraswamy."""

    concentration1: Tensor
    concentration0: Tensor
    arg_constraints = {"concentration1": constraints.positive, "concentration0": constraints.positive}
    support = constraints.unit_interval
    has_rsample = True

    def __init__(self, concentration1: Any, concentration0: Any, validate_args: Any = None):
        shape = self._broadcast(concentration1=concentration1, concentration0=concentration0)
        super().__init__(shape, validate_args=validate_args)
