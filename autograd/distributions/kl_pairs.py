"""Divergences within a family, and those of counts, vectors and distributions made of others."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions.bernoulli import Bernoulli, Geometric
from autograd.distributions.categorical import Categorical, OneHotCategorical
from autograd.distributions.common import EULER, sum_rightmost
from autograd.distributions.counts import Binomial, Poisson
from autograd.distributions.dirichlet import Beta, Dirichlet
from autograd.distributions.exponential import Exponential, Laplace
from autograd.distributions.extremes import Weibull
from autograd.distributions.gamma import Gamma, InverseGamma
from autograd.distributions.heavy_tails import Cauchy
from autograd.distributions.independent import Independent
from autograd.distributions.kl import kl_divergence, register_kl
from autograd.distributions.kl_moments import _infinite
from autograd.distributions.low_rank import LowRankMultivariateNormal
from autograd.distributions.multivariate_normal import MultivariateNormal, half_log_det, squared_length
from autograd.distributions.normal import Normal
from autograd.distributions.transformed import TransformedDistribution
from autograd.distributions.wishart import Wishart
from autograd.functions.activation import softplus
from autograd.tensor import Tensor

# --- numbers ---------------------------------------------------------------------------------------------------------


@register_kl(Normal, Normal)
def _normal(p: Normal, q: Normal) -> Tensor:
    ratio = (p.scale / q.scale) ** 2
    return 0.5 * (ratio + ((p.loc - q.loc) / q.scale) ** 2 - 1 - ratio.log())


@register_kl(Laplace, Laplace)
def _laplace(p: Laplace, q: Laplace) -> Tensor:
    ratio, distance = p.scale / q.scale, (p.loc - q.loc).abs()
    return ratio * (-distance / p.scale).exp() + distance / q.scale - ratio.log() - 1


@register_kl(Cauchy, Cauchy)
def _cauchy(p: Cauchy, q: Cauchy) -> Tensor:
    # Chyzak and Nielsen (2019)
    square = (p.scale + q.scale) ** 2 + (p.loc - q.loc) ** 2
    return (square / (4 * p.scale * q.scale)).log()


@register_kl(Exponential, Exponential)
def _exponential(p: Exponential, q: Exponential) -> Tensor:
    ratio = q.rate / p.rate
    return ratio - 1 - ratio.log()


@register_kl(InverseGamma, InverseGamma)
@register_kl(Gamma, Gamma)
def _gamma(p: Gamma, q: Gamma) -> Tensor:
    a, b = p.concentration, q.concentration
    logs = b * (p.rate / q.rate).log() + b.lgamma() - a.lgamma()
    return logs + (a - b) * a.digamma() + (q.rate - p.rate) * (a / p.rate)


@register_kl(Weibull, Weibull)
def _weibull(p: Weibull, q: Weibull) -> Tensor:
    a, b = p.concentration, q.concentration
    log_ratio = p.scale.log() - q.scale.log()
    moment = (b * log_ratio + (b / a + 1).lgamma()).exp()
    return (a / b).log() - b * log_ratio + EULER * (b / a - 1) + moment - 1


# --- vectors ---------------------------------------------------------------------------------------------------------


@register_kl(Dirichlet, Dirichlet)
def _dirichlet(p: Dirichlet, q: Dirichlet) -> Tensor:
    total = p.concentration.sum(-1, keepdim=True)
    expected = p.concentration.digamma() - total.digamma()
    difference = p.concentration - q.concentration
    return q._normalizer() - p._normalizer() + (difference * expected).sum(-1)


@register_kl(Beta, Beta)
def _beta(p: Beta, q: Beta) -> Tensor:
    return _dirichlet(p._dirichlet, q._dirichlet)


def _normal_vectors(p: Any, q: Any) -> Tensor:
    if p.event_shape != q.event_shape:
        raise ValueError(
            f"KL-divergence between two multivariate normal distributions with different event shapes "
            f"{tuple(p.event_shape)} and {tuple(q.event_shape)} cannot be computed"
        )
    shape = autograd.broadcast_shapes(p.scale_tril.shape, q.scale_tril.shape)
    ours, theirs = p.scale_tril.expand(shape), q.scale_tril.expand(shape)
    relative = autograd.linalg.solve_triangular(theirs, ours, upper=False)
    trace = (relative * relative).sum((-2, -1))
    distance = squared_length(q.scale_tril, q.loc - p.loc)
    return half_log_det(theirs) - half_log_det(ours) + 0.5 * (trace + distance - p.event_shape[0])


for _p in (MultivariateNormal, LowRankMultivariateNormal):
    for _q in (MultivariateNormal, LowRankMultivariateNormal):
        register_kl(_p, _q)(_normal_vectors)


@register_kl(Wishart, Wishart)
def _wishart(p: Wishart, q: Wishart) -> Tensor:
    size = p.event_shape[0]
    spread = autograd.linalg.solve_triangular(q.scale_tril, p.scale_tril, upper=False).square().sum((-2, -1))
    constants = q._log_constant() - p._log_constant()
    return constants + 0.5 * ((p.df - q.df) * p._mean_log_det() + p.df * (spread - size))


# --- counts ----------------------------------------------------------------------------------------------------------


def _weighted(weight: Tensor, difference: Tensor, impossible: Tensor) -> Tensor:
    """weight · difference of logarithms: nothing where the weight is 0, else infinite where q has no mass."""
    return autograd.where(weight == 0, 0.0, autograd.where(impossible, math.inf, weight * difference))


@register_kl(Bernoulli, Bernoulli)
def _bernoulli(p: Any, q: Any) -> Tensor:
    successes = softplus(-q.logits) - softplus(-p.logits)
    failures = softplus(q.logits) - softplus(p.logits)
    return _weighted(p.probs, successes, q.probs == 0) + _weighted(1 - p.probs, failures, q.probs == 1)


@register_kl(Bernoulli, Poisson)
def _bernoulli_poisson(p: Bernoulli, q: Poisson) -> Tensor:
    return -p.entropy() - (autograd.xlogy(p.probs, q.rate) - q.rate)


@register_kl(Binomial, Binomial)
def _binomial(p: Binomial, q: Binomial) -> Tensor:
    if bool((p.total_count < q.total_count).any()):
        raise NotImplementedError("KL between Binomials where q.total_count > p.total_count is not implemented")
    return autograd.where(p.total_count > q.total_count, math.inf, p.total_count * _bernoulli(p, q))


@register_kl(Geometric, Geometric)
def _geometric(p: Geometric, q: Geometric) -> Tensor:
    return -p.entropy() - (-q.probs).log1p() / p.probs - q.logits


@register_kl(Poisson, Poisson)
def _poisson(p: Poisson, q: Poisson) -> Tensor:
    return autograd.xlogy(p.rate, p.rate) - autograd.xlogy(p.rate, q.rate) - (p.rate - q.rate)


@register_kl(Categorical, Categorical)
def _categorical(p: Categorical, q: Categorical) -> Tensor:
    return _weighted(p.probs, p.logits - q.logits, q.probs == 0).sum(-1)


@register_kl(OneHotCategorical, OneHotCategorical)
def _one_hot(p: OneHotCategorical, q: OneHotCategorical) -> Tensor:
    return _categorical(p._categorical, q._categorical)


register_kl(Poisson, Bernoulli)(_infinite)
register_kl(Poisson, Binomial)(_infinite)


# --- distributions made of others ------------------------------------------------------------------------------------


@register_kl(Independent, Independent)
def _independent(p: Independent, q: Independent) -> Tensor:
    if p.reinterpreted_batch_ndims != q.reinterpreted_batch_ndims:
        raise NotImplementedError(
            f"KL of Independents with {p.reinterpreted_batch_ndims} and {q.reinterpreted_batch_ndims} reinterpreted "
            "dimensions is not implemented"
        )
    return sum_rightmost(kl_divergence(p.base_dist, q.base_dist), p.reinterpreted_batch_ndims)


@register_kl(TransformedDistribution, TransformedDistribution)
def _transformed(p: TransformedDistribution, q: TransformedDistribution) -> Tensor:
    if p.transforms != q.transforms or p.event_shape != q.event_shape:
        raise NotImplementedError("KL of transformed distributions is implemented for equal transforms and shapes only")
    return kl_divergence(p.base_dist, q.base_dist)
