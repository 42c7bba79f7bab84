"""Divergences by moments: -entropy of p plus E[-log q], which for many q takes a few expectations under p alone."""

from __future__ import annotations

import math
from collections.abc import Callable

import autograd
from autograd.distributions.common import EULER, log_beta
from autograd.distributions.continuous_bernoulli import ContinuousBernoulli
from autograd.distributions.dirichlet import Beta
from autograd.distributions.distribution import Distribution
from autograd.distributions.exponential import Exponential, Laplace
from autograd.distributions.extremes import Gumbel, Pareto
from autograd.distributions.gamma import Gamma
from autograd.distributions.kl import register_kl
from autograd.distributions.normal import LOG_ROOT_2PI, Normal
from autograd.distributions.uniform import Uniform
from autograd.tensor import Tensor

# --- expectations under p --------------------------------------------------------------------------------------------


def _uniform_mean_log(p: Uniform) -> Tensor:
    return (autograd.xlogy(p.high, p.high) - autograd.xlogy(p.low, p.low)) / (p.high - p.low) - 1


MEAN_LOG: dict[type, Callable[..., Tensor]] = {  # E[log x]
    Beta: lambda p: p.concentration1.digamma() - (p.concentration1 + p.concentration0).digamma(),
    Exponential: lambda p: -EULER - p.rate.log(),
    Gamma: lambda p: p.concentration.digamma() - p.rate.log(),
    Pareto: lambda p: p.scale.log() + 1 / p.alpha,
    Uniform: _uniform_mean_log,
}


def _uniform_laplace(p: Uniform, t: Tensor) -> Tensor:
    return ((-t * p.low).exp() - (-t * p.high).exp()) / (t * (p.high - p.low))


LAPLACE: dict[type, Callable[..., Tensor]] = {  # E[exp(-t x)]
    Exponential: lambda p, t: p.rate / (p.rate + t),
    Gamma: lambda p, t: (p.rate / (p.rate + t)) ** p.concentration,
    Gumbel: lambda p, t: (-t * p.loc + (1 + t * p.scale).lgamma()).exp(),
    Normal: lambda p, t: (0.5 * (t * p.scale) ** 2 - t * p.loc).exp(),
    Uniform: _uniform_laplace,
}


def _mean_distance(p: Normal, center: Tensor) -> Tensor:
    """E |x - center| of a normal number."""
    z = (p.loc - center) / p.scale
    density = (-0.5 * z * z - LOG_ROOT_2PI).exp()
    return p.scale * (2 * density + z * (2 * autograd.special.ndtr(z) - 1))


# --- E[-log q] -------------------------------------------------------------------------------------------------------


def _to_exponential(p: Distribution, q: Exponential) -> Tensor:
    return q.rate * p.mean - q.rate.log()


def _to_normal(p: Distribution, q: Normal) -> Tensor:
    return 0.5 * (p.variance + (p.mean - q.loc) ** 2) / q.scale**2 + q.scale.log() + LOG_ROOT_2PI


def _to_gamma(p: Distribution, q: Gamma) -> Tensor:
    a = q.concentration
    return q.rate * p.mean - (a - 1) * MEAN_LOG[_family(p, MEAN_LOG)](p) - a * q.rate.log() + a.lgamma()


def _to_gumbel(p: Distribution, q: Gumbel) -> Tensor:
    transform = LAPLACE[_family(p, LAPLACE)](p, 1 / q.scale)
    return (p.mean - q.loc) / q.scale + (q.loc / q.scale).exp() * transform + q.scale.log()


def _to_continuous_bernoulli(p: Distribution, q: ContinuousBernoulli) -> Tensor:
    return -q.logits * p.mean - (-q.probs).log1p() - q._log_constant()


def _to_uniform(p: Distribution, q: Uniform) -> Tensor:
    return (q.high - q.low).log()


def _to_laplace(p: Normal, q: Laplace) -> Tensor:
    return (2 * q.scale).log() + _mean_distance(p, q.loc) / q.scale


def _to_pareto(p: Distribution, q: Pareto) -> Tensor:
    logs = MEAN_LOG[_family(p, MEAN_LOG)](p)
    return (q.alpha + 1) * logs - q.alpha.log() - q.alpha * q.scale.log()


def _to_beta(p: Uniform, q: Beta) -> Tensor:
    mirrored = Uniform(1 - p.high, 1 - p.low, validate_args=False)
    logs = (q.concentration1 - 1) * _uniform_mean_log(p) + (q.concentration0 - 1) * _uniform_mean_log(mirrored)
    return log_beta(q.concentration1, q.concentration0) - logs


CROSS: dict[tuple[type, ...], tuple[Callable[..., Tensor], tuple[type, ...]]] = {
    (Exponential,): (_to_exponential, (Beta, ContinuousBernoulli, Gamma, Pareto, Uniform)),
    (Normal,): (_to_normal, (Beta, ContinuousBernoulli, Exponential, Gamma, Gumbel, Laplace, Pareto, Uniform)),
    (Gamma,): (_to_gamma, (Beta, Exponential, Pareto, Uniform)),
    (Gumbel,): (_to_gumbel, (Exponential, Gamma, Gumbel, Normal, Uniform)),
    (ContinuousBernoulli,): (_to_continuous_bernoulli, (Beta, ContinuousBernoulli, Uniform)),
    (Uniform,): (_to_uniform, (Beta, ContinuousBernoulli, Uniform)),
    (Laplace,): (_to_laplace, (Normal,)),
    (Pareto,): (_to_pareto, (Pareto, Uniform)),
    (Beta,): (_to_beta, (Uniform,)),
}
# No part of p, or not all of it, lies where q has a density.
INFINITE: dict[type, tuple[type, ...]] = {
    Beta: (Pareto,),
    ContinuousBernoulli: (Pareto,),
    Exponential: (Beta, ContinuousBernoulli, Pareto, Uniform),
    Gamma: (Beta, ContinuousBernoulli, Pareto, Uniform),
    Gumbel: (Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform),
    Laplace: (Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform),
    Normal: (Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform),
    Pareto: (Beta, ContinuousBernoulli, Uniform),
}


def _family(p: Distribution, table: dict[type, Callable]) -> type:
    return next(kind for kind in type(p).__mro__ if kind in table)


def _ends(d: Distribution) -> tuple:
    """The ends of the support."""
    support = d.support
    return getattr(support, "lower_bound", -math.inf), getattr(support, "upper_bound", math.inf)


def _by_moments(cross: Callable[..., Tensor]) -> Callable[..., Tensor]:
    def rule(p: Distribution, q: Distribution) -> Tensor:
        found = cross(p, q) - p.entropy()
        (low, high), (least, most) = _ends(p), _ends(q)
        outside = (low < least) | (high > most)
        if isinstance(outside, bool):
            return autograd.full_like(found, math.inf) if outside else found
        return autograd.where(outside, math.inf, found)

    return rule


def _infinite(p: Distribution, q: Distribution) -> Tensor:
    shape = autograd.broadcast_shapes(p.batch_shape, q.batch_shape)
    like = next(value for value in vars(p).values() if isinstance(value, Tensor))
    return autograd.full(tuple(shape), math.inf, dtype=like.dtype, device=like.device)


for (_q,), (_cross, _kinds) in CROSS.items():
    for _p in _kinds:
        register_kl(_p, _q)(_by_moments(_cross))
for _p, _kinds in INFINITE.items():
    for _q in _kinds:
        register_kl(_p, _q)(_infinite)
