"""Distributions with heavy tails: Cauchy, StudentT, FisherSnedecor."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import log_beta, normal
from autograd.distributions.distribution import Distribution
from autograd.distributions.gamma import Chi2, Gamma
from autograd.distributions.located import Located, LocationScale
from autograd.functions.limits import finfo
from autograd.tensor import Tensor


class Cauchy(LocationScale):
    """p(x) = 1 / (π scale (1 + ((x - loc) / scale)²)).

    Parameters
    ----------
    loc : median
    scale : half width at half maximum, positive

    Examples
    --------
    >>> import autograd
    >>> Cauchy(0.0, 2.0).cdf(autograd.tensor(2.0)).item()
    0.75
    """

    @property
    def mean(self) -> Tensor:
        return autograd.full_like(self.loc, math.nan)

    @property
    def variance(self) -> Tensor:
        return autograd.full_like(self.loc, math.inf)

    def _log_prob(self, value: Tensor) -> Tensor:
        return -math.log(math.pi) - self.scale.log() - (((value - self.loc) / self.scale) ** 2).log1p()

    def _cdf(self, value: Tensor) -> Tensor:
        return ((value - self.loc) / self.scale).atan() / math.pi + 0.5

    def icdf(self, value: Tensor) -> Tensor:
        return self.loc + self.scale * (math.pi * (value - 0.5)).tan()

    def entropy(self) -> Tensor:
        return math.log(4 * math.pi) + self.scale.log()


class StudentT(Located):
    """loc + scale · z / √(v / df), with z standard normal and v of Chi2(df).

    Parameters
    ----------
    df : degrees of freedom, positive
    loc, scale : location, and positive scale

    Examples
    --------
    >>> StudentT(3.0, 0.0, 2.0).variance.item()
    12.0
    """

    df: Tensor
    scale: Tensor
    arg_constraints = {"df": constraints.positive, "loc": constraints.real, "scale": constraints.positive}
    support = constraints.real
    has_rsample = True

    def __init__(self, df: Any, loc: Any = 0.0, scale: Any = 1.0, validate_args: Any = None):
        super().__init__(self._broadcast(df=df, loc=loc, scale=scale), validate_args=validate_args)

    @property
    def mean(self) -> Tensor:
        return autograd.where(self.df > 1, self.loc, math.nan)

    @property
    def variance(self) -> Tensor:
        finite = self.scale**2 * self.df / (self.df - 2)
        return autograd.where(self.df > 2, finite, autograd.where(self.df > 1, math.inf, math.nan))

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        noise = normal(self._extended_shape(sample_shape), self.loc)
        squares = Chi2(self.df, validate_args=False).rsample(sample_shape)
        return self.loc + self.scale * noise * (squares / self.df).rsqrt()

    def _log_prob(self, value: Tensor) -> Tensor:
        z = (value - self.loc) / self.scale
        return -0.5 * (self.df + 1) * (z * z / self.df).log1p() - self._normalizer()

    def _normalizer(self) -> Tensor:
        half = autograd.full_like(self.df, 0.5)
        return self.scale.log() + 0.5 * self.df.log() + log_beta(half, 0.5 * self.df)

    def entropy(self) -> Tensor:
        half = 0.5 * (self.df + 1)
        return self._normalizer() + half * (half.digamma() - (0.5 * self.df).digamma())


class FisherSnedecor(Distribution):
    """(u / df1) / (v / df2), with u of Chi2(df1) and v of Chi2(df2).

    Parameters
    ----------
    df1, df2 : degrees of freedom, positive

    Examples
    --------
    >>> FisherSnedecor(2.0, 4.0).mean.item()
    2.0
    """

    df1: Tensor
    df2: Tensor
    arg_constraints = {"df1": constraints.positive, "df2": constraints.positive}
    support = constraints.positive
    has_rsample = True

    def __init__(self, df1: Any, df2: Any, validate_args: Any = None):
        super().__init__(self._broadcast(df1=df1, df2=df2), validate_args=validate_args)

    @property
    def mean(self) -> Tensor:
        return autograd.where(self.df2 > 2, self.df2 / (self.df2 - 2), math.nan)

    @property
    def mode(self) -> Tensor:
        inside = (self.df1 - 2) / self.df1 * self.df2 / (self.df2 + 2)
        return autograd.where(self.df1 > 2, inside, math.nan)

    @property
    def variance(self) -> Tensor:
        d1, d2 = self.df1, self.df2
        finite = 2 * d2**2 * (d1 + d2 - 2) / (d1 * (d2 - 2) ** 2 * (d2 - 4))
        return autograd.where(d2 > 4, finite, math.nan)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        above, below = (Gamma(df / 2, df / 2, validate_args=False).rsample(sample_shape) for df in (self.df1, self.df2))
        return (above / below).clamp(min=finfo(above.dtype).tiny)

    def _log_prob(self, value: Tensor) -> Tensor:
        a, b, ratio = self.df1 / 2, self.df2 / 2, self.df1 / self.df2
        return a * ratio.log() + (a - 1) * value.log() - (a + b) * (ratio * value).log1p() - log_beta(a, b)
