"""Coin flips: Bernoulli, and the number of failures before the first success, Geometric."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd import ops
from autograd.distributions import constraints
from autograd.distributions.common import (
    clamp_probs,
    either,
    lazy_property,
    logits_to_probs,
    probs_to_logits,
    uniform,
)  # fmt: skip
from autograd.distributions.distribution import Distribution
from autograd.distributions.exp_family import ExponentialFamily
from autograd.functions.activation import softplus
from autograd.functions.limits import finfo
from autograd.tensor import Size, Tensor


class ProbsOrLogits(Distribution):
    """A family whose parameter is a probability, or its logit; each is computed from the other when asked for."""

    is_binary = True

    @lazy_property
    def probs(self) -> Tensor:
        """The probabilities."""
        return logits_to_probs(self.logits, self.is_binary)

    @lazy_property
    def logits(self) -> Tensor:
        """The log-odds, or where there are several outcomes the logarithms, of the probabilities."""
        return probs_to_logits(self.probs, self.is_binary)

    @property
    def _param(self) -> Tensor:
        """The one of both that was given."""
        return vars(self)["probs"] if self._from_probs else vars(self)["logits"]

    def _given(self, probs: Any, logits: Any, **others: Any) -> Size:
        """Keep what was given, broadcast with other parameters; returns the shape."""
        self._from_probs = either(probs, logits)
        named = {"probs": probs} if self._from_probs else {"logits": logits}
        return self._broadcast(**named, **others)

    @property
    def param_shape(self) -> Size:
        """The shape of the parameter."""
        return self._param.shape

    def _log_odds_prob(self, successes: Tensor, trials: Any) -> Tensor:
        """successes · log p + (trials - successes) · log(1 - p), without cancellation."""
        return successes * self.logits - trials * softplus(self.logits)


class Bernoulli(ProbsOrLogits, ExponentialFamily):
    """1 with probability `probs`, else 0.

    Parameters
    ----------
    probs : probability of 1
    logits : its log-odds

    Examples
    --------
    >>> import autograd
    >>> round(Bernoulli(0.25).log_prob(autograd.tensor(1.0)).exp().item(), 6)
    0.25
    """

    arg_constraints = {"probs": constraints.unit_interval, "logits": constraints.real}
    support = constraints.boolean
    has_enumerate_support = True

    def __init__(self, probs: Any = None, logits: Any = None, validate_args: Any = None):
        super().__init__(self._given(probs, logits), validate_args=validate_args)

    @property
    def mean(self) -> Tensor:
        return self.probs

    @property
    def mode(self) -> Tensor:
        found = (self.probs >= 0.5).type_as(self.probs)
        return autograd.where(self.probs == 0.5, math.nan, found)

    @property
    def variance(self) -> Tensor:
        return self.probs * (1 - self.probs)

    def sample(self, sample_shape: Any = ()) -> Tensor:
        return autograd.bernoulli(self.probs.detach().expand(self._extended_shape(sample_shape)))

    def _log_prob(self, value: Tensor) -> Tensor:
        return self._log_odds_prob(value, 1)

    def entropy(self) -> Tensor:
        return softplus(self.logits) - self.logits * self.probs

    def enumerate_support(self, expand: bool = True) -> Tensor:
        values = autograd.arange(2, dtype=self._param.dtype, device=self._param.device)
        return self._over_batch(values, expand)


class Geometric(ProbsOrLogits):
    """p(k) = probs · (1 - probs)ᵏ: the number k of failures before the first success.

    Parameters
    ----------
    probs : probability of success, of (0, 1]
    logits : its log-odds

    Examples
    --------
    >>> Geometric(0.25).mean.item()
    3.0
    """

    arg_constraints = {"probs": constraints.unit_interval, "logits": constraints.real}
    support = constraints.nonnegative_integer

    def __init__(self, probs: Any = None, logits: Any = None, validate_args: Any = None):
        super().__init__(self._given(probs, logits), validate_args=validate_args)

    def _validate_parameters(self) -> None:
        super()._validate_parameters()
        if self._from_probs and not bool((self.probs > 0).all()):
            raise ValueError(
                f"Expected parameter probs (Tensor of shape {tuple(self.probs.shape)}) of distribution {self!r} to be "
                f"positive but found invalid values:\n{self.probs}"
            )

    @property
    def mean(self) -> Tensor:
        return 1 / self.probs - 1

    @property
    def mode(self) -> Tensor:
        return autograd.zeros_like(self.probs)

    @property
    def variance(self) -> Tensor:
        return (1 / self.probs - 1) / self.probs

    def sample(self, sample_shape: Any = ()) -> Tensor:
        with autograd.no_grad():
            waits = (
                uniform(self._extended_shape(sample_shape), self.probs).clamp(min=finfo(self.probs.dtype).tiny).log()
            )
            return (waits / (-self.probs).log1p()).floor()

    def _log_prob(self, value: Tensor) -> Tensor:
        safe = clamp_probs(self.probs)
        return ops.xlogy(value, 1 - self.probs) + safe.log()

    def entropy(self) -> Tensor:
        return (softplus(self.logits) - self.logits * self.probs) / self.probs
