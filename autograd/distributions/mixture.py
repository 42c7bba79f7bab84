"""Mixtures of distributions of one family."""

from __future__ import annotations

from typing import Any

from autograd.distributions import constraints
from autograd.distributions.categorical import Categorical
from autograd.distributions.distribution import Distribution
from autograd.tensor import Tensor


class MixtureSameFamily(Distribution):
    """A draw of one of K components, which the last batch dimension of a distribution holds.

    Parameters
    ----------
    mixture_distribution : a Categorical of K outcomes
    component_distribution : the components

    Raises
    ------
    ValueError
        If they are no such distributions, or their shapes do not fit.

    Examples
    --------
    >>> import autograd
    >>> from autograd.distributions import Normal
    >>> pair = Normal(autograd.tensor([-1.0, 3.0]), 1.0)
    >>> MixtureSameFamily(Categorical(autograd.ones(2)), pair).mean.item()
    1.0
    """

    arg_constraints = {}

    def __init__(
        self, mixture_distribution: Categorical, component_distribution: Distribution, validate_args: Any = None
    ):
        for name, value, kind in (
            ("Mixture", mixture_distribution, Categorical),
            ("Component", component_distribution, Distribution),
        ):
            if not isinstance(value, kind):
                raise ValueError(
                    f"The {name} distribution needs to be an instance of {kind.__name__}, got {type(value).__name__}"
                )
        batch, event = component_distribution.batch_shape, component_distribution.event_shape
        count = mixture_distribution.param_shape[-1]
        if len(batch) < 1 or batch[-1] != count:
            raise ValueError(
                f"`mixture_distribution` has {count} components but the last batch dimension of "
                f"`component_distribution` does not: {tuple(batch)}"
            )
        given = mixture_distribution.batch_shape
        if any(i != j and 1 not in (i, j) for i, j in zip(reversed(given), reversed(batch[:-1]), strict=False)):
            raise ValueError(
                f"`mixture_distribution.batch_shape` ({tuple(given)}) is not compatible with "
                f"`component_distribution.batch_shape`({tuple(batch)})"
            )
        self._mixture_distribution = mixture_distribution.expand(batch[:-1])
        self._component_distribution = component_distribution
        super().__init__(batch[:-1], event, validate_args=validate_args)

    @property
    def mixture_distribution(self) -> Categorical:
        """The distribution of the component's number."""
        return self._mixture_distribution

    @property
    def component_distribution(self) -> Distribution:
        """The components."""
        return self._component_distribution

    @constraints.dependent_property
    def support(self) -> Any:
        return constraints.MixtureSameFamilyConstraint(self.component_distribution.support)

    def _weights(self) -> Tensor:
        """The components' probabilities, with dimensions for the event."""
        probs = self.mixture_distribution.probs
        return probs.reshape(*probs.shape, *(1 for _ in self._event_shape))

    @property
    def _axis(self) -> int:
        return -1 - len(self._event_shape)

    @property
    def mean(self) -> Tensor:
        return (self._weights() * self.component_distribution.mean).sum(self._axis)

    @property
    def variance(self) -> Tensor:
        components, weights = self.component_distribution, self._weights()
        spread = (components.mean - self.mean.unsqueeze(self._axis)) ** 2
        return (weights * (components.variance + spread)).sum(self._axis)

    def sample(self, sample_shape: Any = ()) -> Tensor:
        chosen = self.mixture_distribution.sample(sample_shape)
        draws = self.component_distribution.sample(sample_shape)
        chosen = chosen.reshape(*chosen.shape, 1, *(1 for _ in self._event_shape))
        shape = list(draws.shape)
        shape[self._axis] = 1
        return draws.gather(draws.ndim + self._axis, chosen.expand(shape)).squeeze(self._axis)

    def _log_prob(self, value: Tensor) -> Tensor:
        densities = self.component_distribution.log_prob(value.unsqueeze(self._axis))
        return (densities + self.mixture_distribution.logits.log_softmax(-1)).logsumexp(-1)

    def _cdf(self, value: Tensor) -> Tensor:
        parts = self.component_distribution.cdf(value.unsqueeze(self._axis))
        return (parts * self.mixture_distribution.probs).sum(-1)

    def __repr__(self) -> str:
        return f"MixtureSameFamily(\n  {self.mixture_distribution!r},\n  {self.component_distribution!r})"
