"""Discrete distributions made smooth by a temperature: RelaxedBernoulli, RelaxedOneHotCategorical."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.bernoulli import ProbsOrLogits
from autograd.distributions.categorical import OfCategorical
from autograd.distributions.common import clamp_probs, uniform
from autograd.distributions.transformed import TransformedDistribution
from autograd.distributions.transforms import ExpTransform, SigmoidTransform
from autograd.functions.activation import softplus
from autograd.tensor import Tensor


class LogitRelaxedBernoulli(ProbsOrLogits):
    """The logit of a RelaxedBernoulli: (logits + a logistic number) / temperature (Maddison et al., 2017).

    Parameters
    ----------
    temperature : positive
    probs, logits : as in `Bernoulli`

    Examples
    --------
    >>> import autograd
    >>> round(LogitRelaxedBernoulli(autograd.tensor(1.0), 0.5).log_prob(autograd.tensor(0.0)).exp().item(), 6)
    0.25
    """

    arg_constraints = {"probs": constraints.unit_interval, "logits": constraints.real}
    support = constraints.real
    has_rsample = True

    def __init__(self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: Any = None):
        self._temperature = (temperature,)  # not a parameter of the batch: kept from being expanded
        super().__init__(self._given(probs, logits), validate_args=validate_args)

    @property
    def temperature(self) -> Any:
        """How smooth."""
        return self._temperature[0]

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        noise = clamp_probs(uniform(self._extended_shape(sample_shape), self._param))
        return (noise.log() - (-noise).log1p() + self.logits) / self.temperature

    def _log_prob(self, value: Tensor) -> Tensor:
        difference = self.logits - value * self.temperature
        return autograd.as_tensor(self.temperature).log() + difference - 2 * softplus(difference)


class _Relaxed(TransformedDistribution):
    """What both have in common: the parameters are the base's."""

    has_rsample = True

    @property
    def temperature(self) -> Any:
        """How smooth: near 0 draws are nearly discrete."""
        return self.base_dist.temperature

    @property
    def probs(self) -> Tensor:
        """The probabilities."""
        return self.base_dist.probs

    @property
    def logits(self) -> Tensor:
        """Their log-odds, or logarithms."""
        return self.base_dist.logits


class RelaxedBernoulli(_Relaxed):
    """A number of (0, 1) that tends to a Bernoulli draw as the temperature goes to 0, differentiable by `probs`.

    Parameters
    ----------
    temperature : positive
    probs, logits : as in `Bernoulli`

    Examples
    --------
    >>> import autograd
    >>> RelaxedBernoulli(autograd.tensor(0.5), 0.5).rsample((2,)).shape
    autograd.Size([2])
    """

    arg_constraints = {"probs": constraints.unit_interval, "logits": constraints.real}
    support = constraints.unit_interval

    def __init__(self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: Any = None):
        base = LogitRelaxedBernoulli(temperature, probs, logits)
        super().__init__(base, SigmoidTransform(), validate_args=validate_args)


class ExpRelaxedCategorical(OfCategorical):
    """The logarithm of a RelaxedOneHotCategorical (Maddison et al., 2017).

    Parameters
    ----------
    temperature : positive
    probs, logits : as in `Categorical`

    Examples
    --------
    >>> import autograd
    >>> ExpRelaxedCategorical(autograd.tensor(0.5), autograd.ones(3)).rsample().logsumexp(-1).round(decimals=4).abs().item()
    0.0
    """

    support = constraints.real_vector  # more exactly: vectors whose exponentials sum to 1
    has_rsample = True

    def __init__(self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: Any = None):
        self._temperature = (temperature,)
        super().__init__(probs, logits, validate_args)

    @property
    def temperature(self) -> Any:
        """How smooth."""
        return self._temperature[0]

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        noise = uniform(self._extended_shape(sample_shape), self.logits)
        scores = (self.logits - (-noise.log()).log()) / self.temperature
        return scores.log_softmax(-1)

    def _log_prob(self, value: Tensor) -> Tensor:
        count = self._event_shape[0]
        scores = (self.logits - value * self.temperature).log_softmax(-1)
        temperature = autograd.as_tensor(self.temperature)
        return scores.sum(-1) + math.lgamma(count) + (count - 1) * temperature.log()


class RelaxedOneHotCategorical(_Relaxed):
    """A vector of the simplex that tends to a one-hot draw as the temperature goes to 0, differentiable by `probs`.

    Parameters
    ----------
    temperature : positive
    probs, logits : as in `Categorical`

    Examples
    --------
    >>> import autograd
    >>> RelaxedOneHotCategorical(autograd.tensor(0.5), autograd.ones(3)).rsample().shape
    autograd.Size([3])
    """

    arg_constraints = {"probs": constraints.simplex, "logits": constraints.real_vector}
    support = constraints.simplex

    def __init__(self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: Any = None):
        base = ExpRelaxedCategorical(temperature, probs, logits)
        super().__init__(base, ExpTransform(), validate_args=validate_args)
