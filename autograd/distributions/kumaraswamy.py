"""The Kumaraswamy distribution, like Beta but with a cdf in closed form."""

from __future__ import annotations

from typing import Any

import autograd
from autograd.distributions.common import EULER, log_beta, uniform
from autograd.distributions.concentrations import OfConcentrations
from autograd.tensor import Tensor


class Kumaraswamy(OfConcentrations):
    """cdf(x) = 1 - (1 - xᵃ)ᵇ on the unit interval.

    Parameters
    ----------
    concentration1, concentration0 : a and b, positive

    Examples
    --------
    >>> import autograd
    >>> Kumaraswamy(1.0, 2.0).cdf(autograd.tensor(0.5)).item()
    0.75
    """

    def _moment(self, order: int) -> Tensor:
        b = self.concentration0
        return b * log_beta(1 + order / self.concentration1, b).exp()

    @property
    def mean(self) -> Tensor:
        return self._moment(1)

    @property
    def mode(self) -> Tensor:
        a, b = self.concentration1, self.concentration0
        inside = ((a - 1) / (a * b - 1)) ** a.reciprocal()
        return autograd.where((a < 1) | (b < 1), float("nan"), inside)

    @property
    def variance(self) -> Tensor:
        return self._moment(2) - self._moment(1) ** 2

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return self.icdf(uniform(self._extended_shape(sample_shape), self.concentration1))

    def _log_prob(self, value: Tensor) -> Tensor:
        a, b = self.concentration1, self.concentration0
        power = autograd.special.xlog1py(b - 1, -(value**a))
        return a.log() + b.log() + autograd.xlogy(a - 1, value) + power

    def _cdf(self, value: Tensor) -> Tensor:
        a, b = self.concentration1, self.concentration0
        return -(b * (-(value**a)).log1p()).expm1()

    def icdf(self, value: Tensor) -> Tensor:
        a, b = self.concentration1, self.concentration0
        return (-((-value).log1p() / b).expm1()) ** a.reciprocal()

    def entropy(self) -> Tensor:
        a, b = self.concentration1, self.concentration0
        harmonic = (b + 1).digamma() + EULER
        return (1 - 1 / b) + (1 - 1 / a) * harmonic - a.log() - b.log()
