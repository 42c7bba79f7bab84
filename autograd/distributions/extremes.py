"""Distributions of extremes, by transforming simpler ones: Gumbel, Weibull, Pareto, GeneralizedPareto."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import EULER, uniform
from autograd.distributions.distribution import Distribution
from autograd.distributions.located import LocationScale
from autograd.tensor import Tensor


class Gumbel(LocationScale):
    """cdf(x) = exp(-exp(-(x - loc) / scale)).

    Parameters
    ----------
    loc : mode
    scale : positive

    Examples
    --------
    >>> import autograd
    >>> round(Gumbel(0.0, 1.0).log_prob(autograd.tensor(0.0)).item(), 6)
    -1.0
    """

    @property
    def mean(self) -> Tensor:
        return self.loc + self.scale * EULER

    @property
    def variance(self) -> Tensor:
        return self.stddev**2

    @property
    def stddev(self) -> Tensor:
        return math.pi / math.sqrt(6) * self.scale

    def _log_prob(self, value: Tensor) -> Tensor:
        y = (self.loc - value) / self.scale
        return y - y.exp() - self.scale.log()

    def _cdf(self, value: Tensor) -> Tensor:
        return (-((self.loc - value) / self.scale).exp()).exp()

    def icdf(self, value: Tensor) -> Tensor:
        return self.loc - self.scale * (-value.log()).log()

    def entropy(self) -> Tensor:
        return self.scale.log() + (1 + EULER)


class Weibull(Distribution):
    """cdf(x) = 1 - exp(-(x / scale)ᵏ), with k the concentration.

    Parameters
    ----------
    scale, concentration : positive

    Examples
    --------
    >>> Weibull(2.0, 1.0).mean.item()
    2.0
    """

    scale: Tensor
    concentration: Tensor
    arg_constraints = {"scale": constraints.positive, "concentration": constraints.positive}
    support = constraints.positive
    has_rsample = True

    def __init__(self, scale: Any, concentration: Any, validate_args: Any = None):
        super().__init__(self._broadcast(scale=scale, concentration=concentration), validate_args=validate_args)

    def _moment(self, order: int) -> Tensor:
        return self.scale**order * (1 + order / self.concentration).lgamma().exp()

    @property
    def mean(self) -> Tensor:
        return self._moment(1)

    @property
    def mode(self) -> Tensor:
        k = self.concentration
        return self.scale * ((k - 1) / k).clamp(min=0) ** k.reciprocal()

    @property
    def variance(self) -> Tensor:
        return self._moment(2) - self._moment(1) ** 2

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return self.icdf(uniform(self._extended_shape(sample_shape), self.scale))

    def _log_prob(self, value: Tensor) -> Tensor:
        k, z = self.concentration, value / self.scale
        return (k / self.scale).log() + autograd.xlogy(k - 1, z) - z**k

    def _cdf(self, value: Tensor) -> Tensor:
        return -(-((value / self.scale) ** self.concentration)).expm1()

    def icdf(self, value: Tensor) -> Tensor:
        return self.scale * (-(-value).log1p()) ** self.concentration.reciprocal()

    def entropy(self) -> Tensor:
        k = self.concentration
        return EULER * (1 - 1 / k) + (self.scale / k).log() + 1


class Pareto(Distribution):
    """p(x) = alpha · scaleᵅ / xᵅ⁺¹ for x ≥ scale.

    Parameters
    ----------
    scale : the least value, positive
    alpha : positive

    Examples
    --------
    >>> Pareto(1.0, 3.0).mean.item()
    1.5
    """

    scale: Tensor
    alpha: Tensor
    arg_constraints = {"alpha": constraints.positive, "scale": constraints.positive}
    has_rsample = True

    def __init__(self, scale: Any, alpha: Any, validate_args: Any = None):
        super().__init__(self._broadcast(scale=scale, alpha=alpha), validate_args=validate_args)

    @constraints.dependent_property(is_discrete=False, event_dim=0)
    def support(self) -> Any:
        return constraints.greater_than_eq(self.scale)

    @property
    def mean(self) -> Tensor:
        return autograd.where(self.alpha > 1, self.alpha * self.scale / (self.alpha - 1), math.inf)

    @property
    def mode(self) -> Tensor:
        return self.scale

    @property
    def variance(self) -> Tensor:
        a = self.alpha
        return autograd.where(a > 2, self.scale**2 * a / ((a - 1) ** 2 * (a - 2)), math.inf)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return self.icdf(uniform(self._extended_shape(sample_shape), self.scale))

    def _log_prob(self, value: Tensor) -> Tensor:
        return self.alpha.log() + self.alpha * self.scale.log() - (self.alpha + 1) * value.log()

    def _cdf(self, value: Tensor) -> Tensor:
        return -(self.alpha * (self.scale / value).log()).expm1()

    def icdf(self, value: Tensor) -> Tensor:
        return self.scale * (-(-value).log1p() / self.alpha).exp()

    def entropy(self) -> Tensor:
        return (self.scale / self.alpha).log() + 1 + self.alpha.reciprocal()


class GeneralizedPareto(Distribution):
    """P(X > x) = (1 + k z)^(-1/k) with z = (x - loc) / scale and k the concentration; exp(-z) for k = 0.

    The excess over a high threshold tends to it. Values end at loc - scale / k if k is negative.

    Parameters
    ----------
    loc : the least value
    scale : positive
    concentration : the weight of the tail: the moments of order 1/k and above are infinite

    Examples
    --------
    >>> GeneralizedPareto(0.0, 2.0, 0.5).mean.item()
    4.0
    """

    loc: Tensor
    scale: Tensor
    concentration: Tensor
    arg_constraints = {"loc": constraints.real, "scale": constraints.positive, "concentration": constraints.real}
    has_rsample = True

    def __init__(self, loc: Any, scale: Any, concentration: Any, validate_args: Any = None):
        shape = self._broadcast(loc=loc, scale=scale, concentration=concentration)
        super().__init__(shape, validate_args=validate_args)

    @constraints.dependent_property(is_discrete=False, event_dim=0)
    def support(self) -> Any:
        return constraints.interval(self.loc, self._end())

    def _end(self) -> Tensor:
        bounded = self.concentration < 0
        end = self.loc - self.scale / autograd.where(bounded, self.concentration, -1.0)
        return autograd.where(bounded, end, math.inf)

    def _ratio(self, function: Any, x: Tensor) -> Tensor:
        """function(k x) / k, or its limit x where k is 0."""
        k = self.concentration
        other = autograd.where(k == 0, 1.0, k)
        return autograd.where(k == 0, x, function(other * x) / other)

    @property
    def mean(self) -> Tensor:
        k = self.concentration
        return autograd.where(k < 1, self.loc + self.scale / (1 - k), math.nan)

    @property
    def mode(self) -> Tensor:
        return autograd.where(self.concentration < -1, self._end(), self.loc)

    @property
    def variance(self) -> Tensor:
        k = self.concentration
        return autograd.where(k < 0.5, self.scale**2 / ((1 - k) ** 2 * (1 - 2 * k)), math.nan)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return self.icdf(uniform(self._extended_shape(sample_shape), self.loc))

    def log_survival_function(self, value: Tensor) -> Tensor:
        """The logarithm of the probability of a draw above a value.

        Raises
        ------
        ValueError
            As `log_prob`.
        """
        if self._validate_args:
            self._validate_sample(value)
        return self._log_survival(value)

    def _log_survival(self, value: Tensor) -> Tensor:
        return -self._ratio(autograd.log1p, (value - self.loc) / self.scale)

    def log_cdf(self, value: Tensor) -> Tensor:
        """The logarithm of `cdf`."""
        return (-self.log_survival_function(value).exp()).log1p()

    def _log_prob(self, value: Tensor) -> Tensor:
        z, k = (value - self.loc) / self.scale, self.concentration
        other = autograd.where(k == 0, 1.0, k)
        power = 1 + 1 / other  # 0 for the uniform distribution, whose density at its end is that before it
        fall = autograd.where(power == 0, 0.0, power * (other * z).log1p())
        return -autograd.where(k == 0, z, fall) - self.scale.log()

    def _cdf(self, value: Tensor) -> Tensor:
        return -self._log_survival(value).expm1()

    def icdf(self, value: Tensor) -> Tensor:
        return self.loc + self.scale * self._ratio(autograd.expm1, -(-value).log1p())

    def entropy(self) -> Tensor:
        return self.scale.log() + self.concentration + 1
