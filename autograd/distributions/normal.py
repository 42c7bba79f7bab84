"""The normal distribution."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions.common import normal
from autograd.distributions.located import LocationScale
from autograd.tensor import Tensor

LOG_ROOT_2PI = 0.5 * math.log(2 * math.pi)


class Normal(LocationScale):
    """p(x) = exp(-(x - loc)² / (2 scale²)) / (scale √(2π)).

    Parameters
    ----------
    loc : mean
    scale : standard deviation, positive

    Examples
    --------
    >>> import autograd
    >>> Normal(0.0, 2.0).cdf(autograd.tensor(0.0)).item()
    0.5
    """

    @property
    def stddev(self) -> Tensor:
        return self.scale

    @property
    def variance(self) -> Tensor:
        return self.scale**2

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        return self.loc + self.scale * normal(self._extended_shape(sample_shape), self.loc)

    def _log_prob(self, value: Tensor) -> Tensor:
        return -0.5 * ((value - self.loc) / self.scale) ** 2 - self.scale.log() - LOG_ROOT_2PI

    def _cdf(self, value: Tensor) -> Tensor:
        return autograd.special.ndtr((value - self.loc) / self.scale)

    def icdf(self, value: Tensor) -> Tensor:
        return self.loc + self.scale * autograd.special.ndtri(value)

    def entropy(self) -> Tensor:
        return 0.5 + LOG_ROOT_2PI + self.scale.log()
