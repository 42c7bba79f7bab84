"""Counts: Poisson, Binomial, NegativeBinomial, Multinomial."""

from __future__ import annotations

from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.bernoulli import ProbsOrLogits
from autograd.distributions.categorical import OfCategorical
from autograd.distributions.common import log_beta
from autograd.distributions.distribution import Distribution
from autograd.distributions.gamma import Gamma
from autograd.tensor import Tensor


class Poisson(Distribution):
    """p(k) = rateᵏ exp(-rate) / k!.

    Parameters
    ----------
    rate : the mean, not negative

    Examples
    --------
    >>> Poisson(4.0).stddev.item()
    2.0
    """

    rate: Tensor
    arg_constraints = {"rate": constraints.nonnegative}
    support = constraints.nonnegative_integer

    def __init__(self, rate: Any, validate_args: Any = None):
        super().__init__(self._broadcast(rate=rate), validate_args=validate_args)

    @property
    def mean(self) -> Tensor:
        return self.rate

    @property
    def mode(self) -> Tensor:
        return self.rate.floor()

    @property
    def variance(self) -> Tensor:
        return self.rate

    def sample(self, sample_shape: Any = ()) -> Tensor:
        return autograd.poisson(self.rate.detach().expand(self._extended_shape(sample_shape)))

    def _log_prob(self, value: Tensor) -> Tensor:
        return autograd.xlogy(value, self.rate) - self.rate - (value + 1).lgamma()


def log_choose(n: Tensor, k: Tensor) -> Tensor:
    """log of the binomial coefficient."""
    return (n + 1).lgamma() - (k + 1).lgamma() - (n - k + 1).lgamma()


class Binomial(ProbsOrLogits):
    """The number of successes of independent trials.

    Parameters
    ----------
    total_count : number of trials
    probs : probability of success
    logits : its log-odds

    Examples
    --------
    >>> Binomial(10, 0.5).mean.item()
    5.0
    """

    total_count: Tensor
    arg_constraints = {
        "total_count": constraints.nonnegative_integer,
        "probs": constraints.unit_interval,
        "logits": constraints.real,
    }
    has_enumerate_support = True

    def __init__(self, total_count: Any = 1, probs: Any = None, logits: Any = None, validate_args: Any = None):
        shape = self._given(probs, logits, total_count=total_count)
        self.total_count = self.total_count.type_as(self._param)
        super().__init__(shape, validate_args=validate_args)

    @constraints.dependent_property(is_discrete=True, event_dim=0)
    def support(self) -> Any:
        return constraints.integer_interval(0, self.total_count)

    @property
    def mean(self) -> Tensor:
        return self.total_count * self.probs

    @property
    def mode(self) -> Tensor:
        return ((self.total_count + 1) * self.probs).floor().minimum(self.total_count)

    @property
    def variance(self) -> Tensor:
        return self.total_count * self.probs * (1 - self.probs)

    def sample(self, sample_shape: Any = ()) -> Tensor:
        shape = self._extended_shape(sample_shape)
        return autograd.binomial(self.total_count.detach().expand(shape), self.probs.detach().expand(shape))

    def _log_prob(self, value: Tensor) -> Tensor:
        return log_choose(self.total_count, value) + self._log_odds_prob(value, self.total_count)

    def entropy(self) -> Tensor:
        terms = self._log_prob(self.enumerate_support(False))
        return -(terms.exp() * terms).sum(0)

    def enumerate_support(self, expand: bool = True) -> Tensor:
        most = int(self.total_count.max().item())
        if most != self.total_count.min().item():
            raise NotImplementedError("Inhomogeneous total count not supported by `enumerate_support`.")
        return self._over_batch(autograd.arange(1 + most, dtype=self._param.dtype, device=self._param.device), expand)


class NegativeBinomial(ProbsOrLogits):
    """The number of successes before `total_count` failures.

    Parameters
    ----------
    total_count : number of failures, not negative, need not be an integer
    probs : probability of success, of [0, 1)
    logits : its log-odds

    Examples
    --------
    >>> NegativeBinomial(3.0, 0.5).mean.item()
    3.0
    """

    total_count: Tensor
    arg_constraints = {
        "total_count": constraints.greater_than_eq(0),
        "probs": constraints.half_open_interval(0.0, 1.0),
        "logits": constraints.real,
    }
    support = constraints.nonnegative_integer

    def __init__(self, total_count: Any, probs: Any = None, logits: Any = None, validate_args: Any = None):
        shape = self._given(probs, logits, total_count=total_count)
        self.total_count = self.total_count.type_as(self._param)
        super().__init__(shape, validate_args=validate_args)

    @property
    def mean(self) -> Tensor:
        return self.total_count * self.logits.exp()

    @property
    def mode(self) -> Tensor:
        return ((self.total_count - 1) * self.logits.exp()).floor().clamp(min=0.0)

    @property
    def variance(self) -> Tensor:
        return self.mean / (-self.logits).sigmoid()

    def sample(self, sample_shape: Any = ()) -> Tensor:
        rates = Gamma(self.total_count, (-self.logits).exp(), validate_args=False).sample(sample_shape)
        return autograd.poisson(rates)

    def _log_prob(self, value: Tensor) -> Tensor:
        n = self.total_count
        ways = -log_beta(n, 1 + value) - (n + value).log()
        ways = autograd.where(n + value == 0, 0.0, ways)
        return self._log_odds_prob(value, n + value) + ways


class Multinomial(OfCategorical):
    """How often each of K outcomes comes in `total_count` draws.

    Parameters
    ----------
    total_count : number of draws, an int
    probs, logits : of the outcomes, along the last dimension, as in `Categorical`

    Raises
    ------
    NotImplementedError
        If `total_count` is no int.

    Examples
    --------
    >>> import autograd
    >>> Multinomial(8, autograd.tensor([1.0, 3.0])).mean.tolist()
    [2.0, 6.0]
    """

    def __init__(self, total_count: int = 1, probs: Any = None, logits: Any = None, validate_args: Any = None):
        if not isinstance(total_count, int):
            raise NotImplementedError(f"inhomogeneous total_count is not supported, got {total_count!r}; give an int")
        self.total_count = total_count
        super().__init__(probs, logits, validate_args)

    @constraints.dependent_property(is_discrete=True, event_dim=1)
    def support(self) -> Any:
        return constraints.multinomial(self.total_count)

    @property
    def mean(self) -> Tensor:
        return self.probs * self.total_count

    @property
    def variance(self) -> Tensor:
        return self.total_count * self.probs * (1 - self.probs)

    def sample(self, sample_shape: Any = ()) -> Tensor:
        draws = self._categorical.sample((self.total_count, *sample_shape)).unsqueeze(-1)
        outcomes = autograd.arange(self._event_shape[0], device=draws.device)
        return (draws == outcomes).sum(0).type_as(self.probs)

    def _log_prob(self, value: Tensor) -> Tensor:
        logits = autograd.where(value == 0, 0.0, self.logits)  # 0 · log 0 is 0
        return (value.sum(-1) + 1).lgamma() - (value + 1).lgamma().sum(-1) + (value * logits).sum(-1)

    def entropy(self) -> Tensor:
        n = autograd.tensor(float(self.total_count), dtype=self.probs.dtype, device=self.probs.device)
        single = Binomial(self.total_count, self.probs, validate_args=False)
        counts = single.enumerate_support(False)[1:]
        expected = (single._log_prob(counts).exp() * (counts + 1).lgamma()).sum((0, -1))
        return n * self._categorical.entropy() - (n + 1).lgamma() + expected
