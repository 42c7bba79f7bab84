"""The von Mises distribution of angles."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.located import Located
from autograd.tensor import Tensor


class VonMises(Located):
    """p(x) = exp(concentration · cos(x - loc)) / (2π I₀(concentration)), for angles in radians.

    Samples are drawn by the rejection of Best and Fisher (1979).

    Parameters
    ----------
    loc : mean angle
    concentration : the greater, the narrower; positive

    Examples
    --------
    >>> VonMises(0.5, 4.0).mean.item()
    0.5
    """

    concentration: Tensor
    arg_constraints = {"loc": constraints.real, "concentration": constraints.positive}
    support = constraints.real

    def __init__(self, loc: Any, concentration: Any, validate_args: Any = None):
        super().__init__(self._broadcast(loc=loc, concentration=concentration), validate_args=validate_args)

    @property
    def variance(self) -> Tensor:
        """The circular one, 1 - I₁ / I₀."""
        k = self.concentration
        return 1 - autograd.special.i1e(k) / autograd.special.i0e(k)

    def _log_prob(self, value: Tensor) -> Tensor:
        k = self.concentration
        # cos(d) - 1 = -2 sin²(d / 2), and I₀ without its factor exp(k)
        return -2 * k * ((value - self.loc) / 2).sin() ** 2 - math.log(2 * math.pi) - autograd.special.i0e(k).log()

    def sample(self, sample_shape: Any = ()) -> Tensor:
        with autograd.no_grad():
            shape = self._extended_shape(sample_shape)
            k = self.concentration.double().expand(shape)
            # The wrapped Cauchy distribution that is nearest; for small k, where its formula cancels, a series.
            tau = 1 + (1 + 4 * k**2).sqrt()
            rho = (tau - (2 * tau).sqrt()) / (2 * k)
            r = autograd.where(k < 1e-4, 1 / k + k, (1 + rho**2) / (2 * rho))
            angle, done = autograd.zeros_like(k), autograd.zeros_like(k, dtype=autograd.bool)
            while not bool(done.all()):
                first, second, third = autograd.rand((3, *shape), dtype=k.dtype, device=k.device).unbind(0)
                z = (math.pi * first).cos()
                f = (1 + r * z) / (r + z)
                c = k * (r - f)
                accepted = ((c * (2 - c) - second > 0) | ((c / second).log() + 1 - c >= 0)) & ~done
                angle = autograd.where(accepted, (third - 0.5).sign() * f.clamp(-1, 1).acos(), angle)
                done = done | accepted
            angle = angle + math.pi + self.loc.double()
            return (angle % (2 * math.pi) - math.pi).to(self.loc.dtype)
