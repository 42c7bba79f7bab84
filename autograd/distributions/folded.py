"""Absolute values of symmetric distributions: HalfNormal, HalfCauchy."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.heavy_tails import Cauchy
from autograd.distributions.normal import Normal
from autograd.distributions.transformed import TransformedDistribution
from autograd.distributions.transforms import AbsTransform
from autograd.tensor import Tensor


class _Folded(TransformedDistribution):
    """|x| for x symmetric around 0."""

    arg_constraints = {"scale": constraints.positive}
    support = constraints.nonnegative
    base: Any  # the family of x

    def __init__(self, scale: Any, validate_args: Any = None):
        super().__init__(self.base(0.0, scale, validate_args=False), AbsTransform(), validate_args=validate_args)

    @property
    def scale(self) -> Tensor:
        """The scale of x."""
        return self.base_dist.scale

    @property
    def mode(self) -> Tensor:
        return autograd.zeros_like(self.scale)

    def _log_prob(self, value: Tensor) -> Tensor:
        return autograd.where(value >= 0, self.base_dist._log_prob(value) + math.log(2), -math.inf)

    def _cdf(self, value: Tensor) -> Tensor:
        return 2 * self.base_dist._cdf(value) - 1

    def icdf(self, value: Tensor) -> Tensor:
        return self.base_dist.icdf((value + 1) / 2)

    def entropy(self) -> Tensor:
        return self.base_dist.entropy() - math.log(2)


class HalfNormal(_Folded):
    """|x| for x of Normal(0, scale).

    Parameters
    ----------
    scale : positive

    Examples
    --------
    >>> round(HalfNormal(1.0).mean.item() ** 2, 6)  # 2 / π
    0.63662
    """

    base = Normal

    @property
    def mean(self) -> Tensor:
        return self.scale * math.sqrt(2 / math.pi)

    @property
    def variance(self) -> Tensor:
        return self.scale**2 * (1 - 2 / math.pi)


class HalfCauchy(_Folded):
    """|x| for x of Cauchy(0, scale).

    Parameters
    ----------
    scale : positive

    Examples
    --------
    >>> import autograd
    >>> HalfCauchy(2.0).cdf(autograd.tensor(2.0)).item()
    0.5
    """

    base = Cauchy

    @property
    def mean(self) -> Tensor:
        return autograd.full_like(self.scale, math.inf)

    @property
    def variance(self) -> Tensor:
        return self.base_dist.variance
