"""The table of families: parameters, values and SciPy's counterpart of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from scipy import stats

import autograd
from autograd import distributions

HALVES = np.array([0.5, 1.5])
UNIT = np.array([[0.1, 0.7], [0.35, 0.95]])
REAL = np.array([[-1.5, 0.2], [0.7, 3.0]])
POSITIVE = np.array([[0.3, 2.5], [1.2, 4.0]])
COUNTS = np.array([[0.0, 3.0], [1.0, 5.0]])
WEIGHTS = np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]])
SIMPLEX = np.array([[0.2, 0.5, 0.3], [0.15, 0.25, 0.6]])
ONE_HOT = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
COVARIANCE = np.array([[2.0, 0.5], [0.5, 1.0]])


@dataclass(frozen=True)
class Family:
    """A distribution to test.

    Attributes
    ----------
    name : the class
    args, options : the constructor's, arrays become tensors
    values : where densities are compared
    scipy : makes SciPy's frozen distribution from the arrays of `args`, where it has one
    """

    name: str
    args: tuple
    values: np.ndarray
    scipy: Callable | None = None
    options: dict[str, Any] = field(default_factory=dict)
    label: str = ""
    rtol: float = 1e-9  # of PyTorch, which computes some in float32, or by series of few terms

    def __str__(self) -> str:
        return self.name + self.label


FAMILIES = [
    Family("Normal", (np.array([0.3, -1.0]), HALVES), REAL, stats.norm),
    Family("LogNormal", (np.array([0.3, -1.0]), HALVES), POSITIVE, lambda m, s: stats.lognorm(s, scale=np.exp(m))),
    Family("HalfNormal", (HALVES,), POSITIVE, lambda s: stats.halfnorm(scale=s)),
    Family("Cauchy", (np.array([0.3, -1.0]), HALVES), REAL, stats.cauchy),
    Family("HalfCauchy", (HALVES,), POSITIVE, lambda s: stats.halfcauchy(scale=s)),
    Family("Laplace", (np.array([0.3, -1.0]), HALVES), REAL, stats.laplace),
    Family("Uniform", (np.array([-2.0, 0.0]), np.array([3.5, 4.0])), REAL, lambda a, b: stats.uniform(a, b - a)),
    Family("Exponential", (HALVES,), POSITIVE, lambda r: stats.expon(scale=1 / r)),
    Family("Gamma", (np.array([0.4, 3.0]), HALVES), POSITIVE, lambda a, r: stats.gamma(a, scale=1 / r)),
    Family("Chi2", (np.array([1.0, 3.0]),), POSITIVE, stats.chi2),
    Family("InverseGamma", (np.array([2.5, 3.0]), HALVES), POSITIVE, lambda a, r: stats.invgamma(a, scale=r)),
    Family("Beta", (np.array([0.4, 3.0]), np.array([1.5, 2.0])), UNIT, stats.beta),
    Family("Kumaraswamy", (np.array([0.4, 3.0]), np.array([1.5, 2.0])), UNIT),
    Family("StudentT", (np.array([3.0, 5.0]), np.array([0.3, -1.0]), HALVES), REAL, stats.t),
    Family("FisherSnedecor", (np.array([3.0, 2.0]), np.array([5.0, 9.0])), POSITIVE, stats.f),
    Family("Gumbel", (np.array([0.3, -1.0]), HALVES), REAL, stats.gumbel_r),
    Family("Weibull", (HALVES, np.array([0.7, 2.0])), POSITIVE, lambda s, k: stats.weibull_min(k, scale=s)),
    Family("Pareto", (np.array([0.2, 1.1]), np.array([2.5, 3.0])), POSITIVE, lambda s, a: stats.pareto(a, scale=s)),
    Family("LKJCholesky", (2, HALVES), np.array([[[1.0, 0.0], [0.6, 0.8]], [[1.0, 0.0], [-0.8, 0.6]]])),
    Family("VonMises", (np.array([0.3, -1.0]), HALVES), REAL, lambda m, k: stats.vonmises(k, loc=m), rtol=1e-7),
    Family("ContinuousBernoulli", (np.array([0.2, 0.4995]),), UNIT, rtol=1e-6),
    Family("ContinuousBernoulli", (None, np.array([-1.0, 2.0])), UNIT, label="-logits"),
    Family("Bernoulli", (np.array([0.2, 0.7]),), COUNTS.clip(0, 1), stats.bernoulli),
    Family("Bernoulli", (None, np.array([-1.0, 2.0])), COUNTS.clip(0, 1), label="-logits"),
    Family("Geometric", (np.array([0.2, 0.7]),), COUNTS, lambda p: stats.geom(p, loc=-1)),
    Family("Geometric", (None, np.array([-1.0, 0.5])), COUNTS, label="-logits"),
    Family("Binomial", (7, np.array([0.2, 0.7])), COUNTS, stats.binom),
    Family("Binomial", (7, None, np.array([-1.0, 0.5])), COUNTS, label="-logits"),
    Family("NegativeBinomial", (4, np.array([0.2, 0.7])), COUNTS, lambda n, p: stats.nbinom(n, 1 - p)),
    Family("Poisson", (np.array([0.5, 4.0]),), COUNTS, stats.poisson),
    Family("Categorical", (WEIGHTS,), np.array([[0, 2], [1, 1]])),
    Family("Categorical", (None, np.log(WEIGHTS) + 1), np.array([[0, 2], [1, 1]]), label="-logits"),
    Family("OneHotCategorical", (WEIGHTS,), ONE_HOT),
    Family("OneHotCategoricalStraightThrough", (WEIGHTS,), ONE_HOT),
    Family("Multinomial", (6, WEIGHTS), np.array([[1.0, 2.0, 3.0], [6.0, 0.0, 0.0]]), rtol=1e-7),
    Family("Dirichlet", (np.array([[0.5, 2.0, 3.0], [1.0, 1.0, 1.0]]),), SIMPLEX),
    Family("MultivariateNormal", (np.array([0.3, -1.0]), COVARIANCE), REAL, stats.multivariate_normal),
    Family("MultivariateNormal", (np.array([0.3, -1.0]), None, COVARIANCE), REAL, label="-precision"),
    Family("MultivariateNormal", (np.array([[0.3, -1.0]] * 2), None, None, np.tril(COVARIANCE)), REAL, label="-tril"),
    Family("LowRankMultivariateNormal", (np.zeros((2, 2)), np.array([[1.0], [0.5]]), HALVES), REAL),
    Family("Wishart", (np.array([3.5, 4.2]), COVARIANCE), np.stack([COVARIANCE, np.eye(2)])),
    Family("Wishart", (4, None, COVARIANCE), np.stack([COVARIANCE, np.eye(2)]), label="-precision"),
    Family("LogisticNormal", (np.zeros((2, 2)), HALVES), SIMPLEX),
    Family("RelaxedBernoulli", (np.array(0.7), np.array([0.2, 0.7])), UNIT),
    Family("RelaxedOneHotCategorical", (np.array(0.7), WEIGHTS), SIMPLEX),
]


def tensor(array: Any, library: Any, requires_grad: bool = False) -> Any:
    """An array as a tensor of a library, on the device under test."""
    return library.tensor(array).to(library.get_default_device()).requires_grad_(requires_grad)


def tensors(values: Any, library: Any, requires_grad: bool = False) -> list:
    """Arrays as tensors of a library, floating ones as leaves if they are to require a gradient; all else as it is."""
    return [
        tensor(v, library, requires_grad and v.dtype == np.float64) if isinstance(v, np.ndarray) else v for v in values
    ]


def ours(family: Family) -> Any:
    return getattr(distributions, family.name)(*tensors(family.args, autograd), **family.options)


def theirs(family: Family) -> Any:
    return getattr(torch.distributions, family.name)(*tensors(family.args, torch), **family.options)
