"""Probability distributions under the names of `torch.distributions`.

Examples
--------
>>> import autograd
>>> _ = autograd.manual_seed(0)
>>> loc = autograd.zeros(3, requires_grad=True)
>>> posterior, prior = Normal(loc, 1.0), Normal(0.0, 2.0)
>>> posterior.rsample((5,)).shape
autograd.Size([5, 3])
>>> kl_divergence(posterior, prior).shape
autograd.Size([3])
"""

from __future__ import annotations

import sys as _sys
from autograd._lazy import suggesting

# fmt: off
from autograd.distributions import constraints, kl, transforms
from autograd.distributions.bernoulli import Bernoulli, Geometric
from autograd.distributions.categorical import Categorical, OneHotCategorical, OneHotCategoricalStraightThrough
from autograd.distributions.constraint_registry import biject_to, transform_to
from autograd.distributions.continuous_bernoulli import ContinuousBernoulli
from autograd.distributions.counts import Binomial, Multinomial, NegativeBinomial, Poisson
from autograd.distributions.dirichlet import Beta, Dirichlet
from autograd.distributions.distribution import Distribution
from autograd.distributions.exp_family import ExponentialFamily
from autograd.distributions.exponential import Exponential, Laplace
from autograd.distributions.extremes import GeneralizedPareto, Gumbel, Pareto, Weibull
from autograd.distributions.folded import HalfCauchy, HalfNormal
from autograd.distributions.gamma import Chi2, Gamma, InverseGamma
from autograd.distributions.heavy_tails import Cauchy, FisherSnedecor, StudentT
from autograd.distributions.independent import Independent
from autograd.distributions.kl import kl_divergence, register_kl
from autograd.distributions.kumaraswamy import Kumaraswamy
from autograd.distributions.lkj import LKJCholesky
from autograd.distributions.low_rank import LowRankMultivariateNormal
from autograd.distributions.mixture import MixtureSameFamily
from autograd.distributions.multivariate_normal import MultivariateNormal
from autograd.distributions.normal import Normal
from autograd.distributions.relaxed import RelaxedBernoulli, RelaxedOneHotCategorical
from autograd.distributions.transformed import TransformedDistribution
from autograd.distributions.transformed_normal import LogisticNormal, LogNormal
from autograd.distributions.transforms import (
    AbsTransform, AffineTransform, CatTransform, ComposeTransform, CorrCholeskyTransform,
    CumulativeDistributionTransform, ExpTransform, identity_transform, IndependentTransform, LowerCholeskyTransform,
    PositiveDefiniteTransform, PowerTransform, ReshapeTransform, SigmoidTransform, SoftmaxTransform, SoftplusTransform,
    StackTransform, StickBreakingTransform, TanhTransform, Transform,
)
from autograd.distributions.uniform import Uniform
from autograd.distributions.von_mises import VonMises
from autograd.distributions.wishart import Wishart
from autograd.distributions import kl_moments as _kl_moments, kl_pairs as _kl_pairs  # they fill the table of pairs
# fmt: on

__all__ = [
    "Bernoulli", "Beta", "Binomial", "Categorical", "Cauchy", "Chi2", "ContinuousBernoulli", "Dirichlet",
    "Distribution", "Exponential", "ExponentialFamily", "FisherSnedecor", "Gamma", "GeneralizedPareto", "Geometric",
    "Gumbel", "HalfCauchy", "HalfNormal", "Independent", "InverseGamma", "Kumaraswamy", "LKJCholesky", "Laplace",
    "LogNormal", "LogisticNormal",
    "LowRankMultivariateNormal", "MixtureSameFamily", "Multinomial", "MultivariateNormal", "NegativeBinomial",
    "Normal", "OneHotCategorical", "OneHotCategoricalStraightThrough", "Pareto", "Poisson", "RelaxedBernoulli",
    "RelaxedOneHotCategorical", "StudentT", "TransformedDistribution", "Uniform", "VonMises", "Weibull", "Wishart",
    "biject_to",
    "constraints", "kl", "kl_divergence", "register_kl", "transform_to", "transforms", *transforms.__all__,
]  # fmt: skip

# PyTorch's names of the files in which families are, for programs that import from these.
for _here, *_theirs in (
    ("bernoulli", "geometric"), ("categorical", "one_hot_categorical"), ("common", "utils"),
    ("counts", "binomial", "multinomial", "negative_binomial", "poisson"), ("dirichlet", "beta"),
    ("exponential", "laplace"), ("extremes", "generalized_pareto", "gumbel", "pareto", "weibull"),
    ("folded", "half_cauchy", "half_normal"), ("gamma", "chi2", "inverse_gamma"),
    ("heavy_tails", "cauchy", "fishersnedecor", "studentT"), ("lkj", "lkj_cholesky"),
    ("low_rank", "lowrank_multivariate_normal"),
    ("mixture", "mixture_same_family"), ("relaxed", "relaxed_bernoulli", "relaxed_categorical"),
    ("transformed", "transformed_distribution"), ("transformed_normal", "log_normal", "logistic_normal"),
):  # fmt: skip
    for _name in _theirs:
        globals()[_name] = _sys.modules[f"{__name__}.{_name}"] = _sys.modules[f"{__name__}.{_here}"]
__getattr__ = suggesting(__name__)
