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

# fmt: off
from autograd.distributions import constraints, kl, transforms
from autograd.distributions.bernoulli import Bernoulli, Geometric
from autograd.distributions.categorical import Categorical, OneHotCategorical, OneHotCategoricalStraightThrough
from autograd.distributions.constraint_registry import biject_to, transform_to
from autograd.distributions.counts import Binomial, Multinomial, NegativeBinomial, Poisson
from autograd.distributions.dirichlet import Beta, Dirichlet
from autograd.distributions.distribution import Distribution
from autograd.distributions.exponential import Exponential, Laplace
from autograd.distributions.gamma import Chi2, Gamma, InverseGamma
from autograd.distributions.heavy_tails import Cauchy, FisherSnedecor, StudentT
from autograd.distributions.independent import Independent
from autograd.distributions.kl import kl_divergence, register_kl
from autograd.distributions.multivariate_normal import MultivariateNormal
from autograd.distributions.normal import Normal
from autograd.distributions.transformed import TransformedDistribution
from autograd.distributions.transforms import (
    AbsTransform, AffineTransform, CatTransform, ComposeTransform, CorrCholeskyTransform,
    CumulativeDistributionTransform, ExpTransform, identity_transform, IndependentTransform, LowerCholeskyTransform,
    PositiveDefiniteTransform, PowerTransform, ReshapeTransform, SigmoidTransform, SoftmaxTransform, SoftplusTransform,
    StackTransform, StickBreakingTransform, TanhTransform, Transform,
)
from autograd.distributions.uniform import Uniform
# fmt: on

__all__ = [
    "Bernoulli", "Beta", "Binomial", "Categorical", "Cauchy", "Chi2", "Dirichlet", "Distribution", "Exponential",
    "FisherSnedecor", "Gamma", "Geometric", "Independent", "InverseGamma", "Laplace", "Multinomial",
    "MultivariateNormal", "NegativeBinomial", "Normal", "OneHotCategorical", "OneHotCategoricalStraightThrough",
    "Poisson", "StudentT", "TransformedDistribution", "Uniform", "biject_to", "constraints", "kl", "kl_divergence",
    "register_kl", "transform_to", "transforms", *transforms.__all__,
]  # fmt: skip
