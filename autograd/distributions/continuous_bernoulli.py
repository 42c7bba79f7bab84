"""The continuous Bernoulli distribution (Loaiza-Ganem and Cunningham, 2019)."""

from __future__ import annotations

from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.bernoulli import ProbsOrLogits
from autograd.distributions.common import uniform
from autograd.distributions.exp_family import ExponentialFamily
from autograd.functions.activation import softplus
from autograd.tensor import Tensor


class ContinuousBernoulli(ProbsOrLogits, ExponentialFamily):
    """p(x) ∝ probsˣ (1 - probs)¹⁻ˣ on [0, 1].

    With the logit t the density is t exp(t x) / (exp(t) - 1); where t is near 0, series in t are taken instead.

    Parameters
    ----------
    probs, logits : as in `Bernoulli`
    lims : between these probabilities the series are used

    Examples
    --------
    >>> round(ContinuousBernoulli(0.5).mean.item(), 6)
    0.5
    """

    arg_constraints = {"probs": constraints.unit_interval, "logits": constraints.real}
    support = constraints.unit_interval
    has_rsample = True

    def __init__(self, probs: Any = None, logits: Any = None, lims: Any = (0.499, 0.501), validate_args: Any = None):
        self._lims = lims
        super().__init__(self._given(probs, logits), validate_args=validate_args)

    def _split(self) -> tuple[Tensor, Tensor, Tensor]:
        """Where the series are used, the logits elsewhere (1 there), and the logits there (0 elsewhere)."""
        t = self.logits
        near = (self.probs > self._lims[0]) & (self.probs < self._lims[1])
        return near, autograd.where(near, 1.0, t), autograd.where(near, t, 0.0)

    def _log_constant(self) -> Tensor:
        """log C with p(x) = C probsˣ (1 - probs)¹⁻ˣ."""
        near, t, small = self._split()
        far = (t.abs() / (t.abs() / 2).tanh()).log()
        # t / tanh(t / 2) = 2 (1 + t²/12 - t⁴/720 + …)
        series = (2 * (1 + small**2 / 12 - small**4 / 720)).log()
        return autograd.where(near, series, far)

    @property
    def mean(self) -> Tensor:
        near, t, small = self._split()
        far = 1 / -(-t).expm1() - 1 / t
        return autograd.where(near, 0.5 + small / 12 - small**3 / 720, far)

    @property
    def variance(self) -> Tensor:
        near, t, small = self._split()
        far = 1 / t**2 - 0.25 / (t / 2).sinh() ** 2
        return autograd.where(near, 1 / 12 - small**2 / 240 + small**4 / 6048, far)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return self.icdf(uniform(self._extended_shape(sample_shape), self._param))

    def _log_prob(self, value: Tensor) -> Tensor:
        return value * self.logits - softplus(self.logits) + self._log_constant()

    def _cdf(self, value: Tensor) -> Tensor:
        near, t, small = self._split()
        far = (t * value).expm1() / t.expm1()
        series = value * (1 + small * (value - 1) / 2 * (1 + small * (2 * value - 1) / 6))
        return autograd.where(near, series, far).clamp(0, 1)

    def icdf(self, value: Tensor) -> Tensor:
        near, t, small = self._split()
        far = (value * t.expm1()).log1p() / t
        series = value * (1 - small * (value - 1) / 2 * (1 - small * (2 * value - 1) / 3))
        return autograd.where(near, series, far)

    def entropy(self) -> Tensor:
        return softplus(self.logits) - self._log_constant() - self.mean * self.logits
