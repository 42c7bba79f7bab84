"""Distributions of probabilities: Dirichlet, and Beta, its case of two."""

from __future__ import annotations

from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import log_beta
from autograd.distributions.concentrations import OfConcentrations
from autograd.distributions.exp_family import ExponentialFamily
from autograd.functions.sampling import sample_dirichlet
from autograd.tensor import Tensor


class Dirichlet(ExponentialFamily):
    """p(x) ∝ Π xₖ^(aₖ - 1) on the simplex, with a the concentration.

    Parameters
    ----------
    concentration : the exponents, positive, along the last dimension

    Raises
    ------
    ValueError
        If the concentration has no dimension, or violates its constraint.

    Examples
    --------
    >>> import autograd
    >>> Dirichlet(autograd.tensor([1.0, 3.0])).mean.tolist()
    [0.25, 0.75]
    """

    arg_constraints = {"concentration": constraints.independent(constraints.positive, 1)}
    support = constraints.simplex
    has_rsample = True

    def __init__(self, concentration: Tensor, validate_args: Any = None):
        if concentration.ndim < 1:
            raise ValueError("`concentration` parameter must be at least one-dimensional.")
        self.concentration = concentration
        super().__init__(concentration.shape[:-1], concentration.shape[-1:], validate_args=validate_args)

    @property
    def mean(self) -> Tensor:
        return self.concentration / self.concentration.sum(-1, keepdim=True)

    @property
    def mode(self) -> Tensor:
        above = (self.concentration - 1).clamp(min=0)
        inside = above / above.sum(-1, keepdim=True)
        largest = self.concentration.argmax(-1).unsqueeze(-1)
        places = autograd.arange(self._event_shape[0], device=above.device)
        corner = (places == largest).type_as(above)
        return autograd.where((self.concentration < 1).all(-1).unsqueeze(-1), corner, inside)

    @property
    def variance(self) -> Tensor:
        total, mean = self.concentration.sum(-1, keepdim=True), self.mean
        return mean * (1 - mean) / (total + 1)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return sample_dirichlet(self.concentration.expand(self._extended_shape(sample_shape)))

    def _normalizer(self) -> Tensor:
        """log of the integral of Π xₖ^(aₖ - 1)."""
        return self.concentration.lgamma().sum(-1) - self.concentration.sum(-1).lgamma()

    def _log_prob(self, value: Tensor) -> Tensor:
        return autograd.xlogy(self.concentration - 1, value).sum(-1) - self._normalizer()

    def entropy(self) -> Tensor:
        a, count = self.concentration, self._event_shape[0]
        total = a.sum(-1)
        return self._normalizer() + (total - count) * total.digamma() - ((a - 1) * a.digamma()).sum(-1)


class Beta(OfConcentrations, ExponentialFamily):
    """p(x) = x^(a - 1) (1 - x)^(b - 1) / B(a, b) on the unit interval.

    Parameters
    ----------
    concentration1, concentration0 : a and b, positive

    Examples
    --------
    >>> Beta(1.0, 3.0).mean.item()
    0.25
    """

    @property
    def mean(self) -> Tensor:
        return self.concentration1 / (self.concentration1 + self.concentration0)

    @property
    def mode(self) -> Tensor:
        return self._dirichlet.mode[..., 0]

    @property
    def variance(self) -> Tensor:
        total = self.concentration1 + self.concentration0
        return self.concentration1 * self.concentration0 / (total**2 * (total + 1))

    @property
    def _dirichlet(self) -> Dirichlet:
        both = autograd.stack([self.concentration1, self.concentration0], -1)
        return Dirichlet(both, validate_args=False)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return self._dirichlet.rsample(sample_shape)[..., 0]

    def _log_prob(self, value: Tensor) -> Tensor:
        a, b = self.concentration1, self.concentration0
        return autograd.xlogy(a - 1, value) + autograd.special.xlog1py(b - 1, -value) - log_beta(a, b)

    def entropy(self) -> Tensor:
        a, b = self.concentration1, self.concentration0
        total = a + b
        inner = (a - 1) * a.digamma() + (b - 1) * b.digamma()
        return log_beta(a, b) - inner + (total - 2) * total.digamma()
