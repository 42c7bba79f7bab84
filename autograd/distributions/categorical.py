"""One of several outcomes: Categorical as a number, OneHotCategorical as a vector."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.bernoulli import ProbsOrLogits
from autograd.distributions.common import clamp_probs, either
from autograd.distributions.distribution import Distribution
from autograd.tensor import Size, Tensor


class Categorical(ProbsOrLogits):
    """An outcome of {0, …, K - 1}, with the probabilities in the last dimension of `probs`.

    Parameters
    ----------
    probs : weights of the outcomes, scaled to a sum of 1
    logits : their logarithms up to a constant

    Raises
    ------
    ValueError
        If the parameter has no dimension, or violates its constraint.

    Examples
    --------
    >>> import autograd
    >>> Categorical(autograd.tensor([1.0, 3.0])).probs.tolist()
    [0.25, 0.75]
    """

    arg_constraints = {"probs": constraints.simplex, "logits": constraints.real_vector}
    is_binary = False
    has_enumerate_support = True

    def __init__(self, probs: Tensor | None = None, logits: Tensor | None = None, validate_args: Any = None):
        self._from_probs = either(probs, logits)
        name, given = ("probs", probs) if self._from_probs else ("logits", logits)
        if given.ndim < 1:  # type: ignore[union-attr]
            raise ValueError(f"`{name}` parameter must be at least one-dimensional.")
        if self._from_probs:
            self.probs = probs / probs.sum(-1, keepdim=True)  # type: ignore[union-attr, operator]
        else:
            self.logits = logits - logits.logsumexp(-1, keepdim=True)  # type: ignore[union-attr, operator]
        super().__init__(self._param.shape[:-1], validate_args=validate_args)

    @property
    def _num_events(self) -> int:
        return self._param.shape[-1]

    @constraints.dependent_property(is_discrete=True, event_dim=0)
    def support(self) -> Any:
        return constraints.integer_interval(0, self._num_events - 1)

    @property
    def mean(self) -> Tensor:
        return autograd.full_like(self.probs[..., 0], math.nan)

    @property
    def variance(self) -> Tensor:
        return autograd.full_like(self.probs[..., 0], math.nan)

    @property
    def mode(self) -> Tensor:
        return self.probs.argmax(-1)

    def sample(self, sample_shape: Any = ()) -> Tensor:
        rows = self.probs.detach().reshape(-1, self._num_events)
        count = math.prod(sample_shape)
        if rows.shape[0] * count == 0:
            shape = self._extended_shape(sample_shape)
            return autograd.zeros(*shape, dtype=autograd.int64, device=rows.device)
        return autograd.multinomial(rows, count, replacement=True).T.reshape(self._extended_shape(sample_shape))

    def _log_prob(self, value: Tensor) -> Tensor:
        chosen = value.long().unsqueeze(-1)
        chosen, logits = autograd.broadcast_tensors(chosen, self.logits)
        return logits.gather(-1, chosen[..., :1]).squeeze(-1)

    def entropy(self) -> Tensor:
        finite = self.logits.clamp(min=-3e4)  # an impossible outcome adds 0, and exp(-3e4) is 0 in every type
        return -(finite * self.probs).sum(-1)

    def enumerate_support(self, expand: bool = True) -> Tensor:
        values = autograd.arange(self._num_events, dtype=autograd.int64, device=self._param.device)
        return self._over_batch(values, expand)


class OfCategorical(Distribution):
    """A distribution over vectors, one number for each outcome of a Categorical, whose parameters it has."""

    arg_constraints = {"probs": constraints.simplex, "logits": constraints.real_vector}

    def __init__(self, probs: Tensor | None = None, logits: Tensor | None = None, validate_args: Any = None):
        self._categorical = Categorical(probs, logits)
        shape = self._categorical.param_shape
        super().__init__(shape[:-1], shape[-1:], validate_args=validate_args)

    @property
    def probs(self) -> Tensor:
        """The probabilities."""
        return self._categorical.probs

    @property
    def logits(self) -> Tensor:
        """Their logarithms."""
        return self._categorical.logits

    @property
    def param_shape(self) -> Size:
        """The shape of the parameter."""
        return self._categorical.param_shape


class OneHotCategorical(OfCategorical):
    """The outcome of a Categorical as a vector with a 1 at its place.

    Parameters
    ----------
    probs, logits : as in `Categorical`

    Examples
    --------
    >>> import autograd
    >>> OneHotCategorical(autograd.tensor([0.0, 1.0])).sample().tolist()
    [0.0, 1.0]
    """

    support = constraints.one_hot
    has_enumerate_support = True

    @property
    def mean(self) -> Tensor:
        return self.probs

    @property
    def mode(self) -> Tensor:
        return self._one_hot(self.probs.argmax(-1))

    @property
    def variance(self) -> Tensor:
        return self.probs * (1 - self.probs)

    def _one_hot(self, places: Tensor) -> Tensor:
        outcomes = autograd.arange(self._event_shape[0], device=places.device)
        return (places.unsqueeze(-1) == outcomes).type_as(self.probs)

    def sample(self, sample_shape: Any = ()) -> Tensor:
        return self._one_hot(self._categorical.sample(sample_shape))

    def _log_prob(self, value: Tensor) -> Tensor:
        return self._categorical._log_prob(value.argmax(-1))

    def entropy(self) -> Tensor:
        return self._categorical.entropy()

    def enumerate_support(self, expand: bool = True) -> Tensor:
        count = self._event_shape[0]
        return self._over_batch(autograd.eye(count, dtype=self.probs.dtype, device=self.probs.device), expand)


class OneHotCategoricalStraightThrough(OneHotCategorical):
    """A OneHotCategorical whose samples pass their gradient straight on to `probs` (Bengio et al., 2013).

    Parameters
    ----------
    probs, logits : as in `Categorical`

    Examples
    --------
    >>> import autograd
    >>> p = autograd.tensor([0.0, 1.0], requires_grad=True)
    >>> OneHotCategoricalStraightThrough(p).rsample().tolist()
    [0.0, 1.0]
    """

    has_rsample = True

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        probs = clamp_probs(self.probs)
        return self.sample(sample_shape) + (probs - probs.detach())
