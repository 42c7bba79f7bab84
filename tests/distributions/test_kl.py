"""Kullback-Leibler divergences against PyTorch, numerical integration and the definition."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import torch

import autograd
from autograd import distributions
from autograd.distributions import kl_divergence, register_kl
from tests.arrays import to_numpy
from tests.distributions.families import tensors

A, B = np.array([0.4, 2.5]), np.array([1.3, 0.8])
COVARIANCES = np.array([[2.0, 0.5], [0.5, 1.0]]), np.array([[1.0, -0.3], [-0.3, 0.7]])
WEIGHTS = np.array([[0.2, 0.5, 0.3], [0.0, 0.4, 0.6]]), np.array([[0.6, 0.1, 0.3], [0.3, 0.0, 0.7]])
# Two argument lists for each class.
ARGUMENTS = {
    "Normal": ((A, B), (B, A)),
    "Laplace": ((A, B), (B, A)),
    "Cauchy": ((A, B), (B, A)),
    "Gumbel": ((A, B), (B, A)),
    "Uniform": ((A * 0.2, A * 0.2 + 0.3), (A * 0 - 0.5, A * 0 + 1.5)),
    "Exponential": ((A,), (B,)),
    "Gamma": ((A, B), (B, A)),
    "Beta": ((A, B), (B, A)),
    "Pareto": ((A, B + 2), (A * 0.7, A + 2)),
    "HalfNormal": ((A,), (B,)),
    "ContinuousBernoulli": ((np.array([0.2, 0.9]),), (np.array([0.6, 0.3]),)),
    "Bernoulli": ((np.array([0.2, 1.0]),), (np.array([0.6, 0.3]),)),
    "Geometric": ((np.array([0.2, 0.9]),), (np.array([0.6, 0.3]),)),
    "Binomial": ((5, np.array([0.2, 0.9])), (5, np.array([0.6, 0.3]))),
    "Poisson": ((A,), (B,)),
    "Categorical": ((WEIGHTS[0],), (WEIGHTS[1],)),
    "OneHotCategorical": ((WEIGHTS[0],), (WEIGHTS[1],)),
    "Dirichlet": ((WEIGHTS[0] + 0.3,), (WEIGHTS[1] + 1.2,)),
    "MultivariateNormal": ((A, COVARIANCES[0]), (B, COVARIANCES[1])),
    "LowRankMultivariateNormal": ((A, B[:, None], B), (B, A[:, None], A)),
}
PAIRS = [
    (p, q)
    for p, q in itertools.product(ARGUMENTS, ARGUMENTS)
    if any(
        (getattr(torch.distributions, p), getattr(torch.distributions, q)) == pair
        for pair in torch.distributions.kl._KL_REGISTRY
    )
]


def made(library, p, q):
    module = library.distributions
    first = getattr(module, p)(*tensors(ARGUMENTS[p][0], library))
    return first, getattr(module, q)(*tensors(ARGUMENTS[q][1], library))


def test_all_pairs_of_pytorch_are_here():
    assert len(PAIRS) == 84  # all of PyTorch's but ExponentialFamily, Independent and TransformedDistribution


@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_against_pytorch(p, q):
    found = to_numpy(kl_divergence(*made(autograd, p, q)))
    expected = torch.distributions.kl_divergence(*made(torch, p, q)).numpy()
    np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-10)


@pytest.mark.parametrize("p", ["Normal", "Laplace", "Gumbel", "Gamma", "Beta", "Uniform", "ContinuousBernoulli"])
def test_a_distribution_is_no_distance_from_itself(p):
    first, _ = made(autograd, p, p)
    np.testing.assert_allclose(to_numpy(kl_divergence(first, first)), 0, atol=1e-12)


def test_uniform_is_reached_where_it_covers():
    q = distributions.Uniform(0.0, 1.0)
    p = distributions.ContinuousBernoulli(0.2)  # PyTorch says inf here
    np.testing.assert_allclose(kl_divergence(p, q).item(), -p.entropy().item(), rtol=1e-6)
    assert kl_divergence(distributions.Uniform(0.0, 2.0), q).item() == math.inf
    assert kl_divergence(distributions.Pareto(1.0, 3.0), distributions.Pareto(2.0, 3.0)).item() == math.inf


def test_binomials_of_other_counts():
    one, two = distributions.Binomial(3, 0.5), distributions.Binomial(5, 0.5)
    assert kl_divergence(two, one).item() == math.inf
    with pytest.raises(NotImplementedError, match=r"q.total_count > p.total_count"):
        kl_divergence(one, two)


def test_low_rank_and_full_agree():
    p, q = made(autograd, "LowRankMultivariateNormal", "LowRankMultivariateNormal")
    full = distributions.MultivariateNormal(p.loc, p.covariance_matrix)
    np.testing.assert_allclose(to_numpy(kl_divergence(p, q)), to_numpy(kl_divergence(full, q)), rtol=1e-9)
    with pytest.raises(ValueError, match="different event shapes"):
        kl_divergence(p, distributions.MultivariateNormal(autograd.zeros(3), autograd.eye(3)))


def test_independent_and_transformed():
    def ask(library):
        d = library.distributions
        p, q = d.Normal(library.zeros(3, 2), 1.0), d.Normal(library.ones(3, 2), 2.0)
        exp = d.ExpTransform()
        whole = d.kl_divergence(d.Independent(p, 1), d.Independent(q, 1))
        return whole, d.kl_divergence(d.TransformedDistribution(p, [exp]), d.TransformedDistribution(q, [exp]))

    for found, expected in zip(ask(autograd), ask(torch), strict=True):
        np.testing.assert_allclose(to_numpy(found), expected.numpy(), rtol=1e-5)
    p, q = distributions.LogNormal(0.0, 1.0), distributions.LogNormal(1.0, 1.0)
    assert kl_divergence(p, q).item() == 0.5
    with pytest.raises(NotImplementedError, match="equal transforms"):
        kl_divergence(p, distributions.HalfNormal(1.0))
    pair = distributions.Normal(autograd.zeros(3, 2), 1.0)
    with pytest.raises(NotImplementedError, match="reinterpreted"):
        kl_divergence(distributions.Independent(pair, 1), distributions.Independent(pair, 2))


def test_registering():
    with pytest.raises(NotImplementedError, match="No KL.*Normal and q type Poisson"):
        kl_divergence(distributions.Normal(0.0, 1.0), distributions.Poisson(1.0))
    for pair, name in (((int, distributions.Normal), "type_p"), ((distributions.Normal, 3), "type_q")):
        with pytest.raises(TypeError, match=f"Expected {name} to be a Distribution subclass"):
            register_kl(*pair)

    class Left(distributions.Distribution):
        pass

    class Right(Left):
        pass

    register_kl(Left, Right)(lambda p, q: 1)
    register_kl(Right, Left)(lambda p, q: 2)
    assert kl_divergence(Left(), Right()) == 1 and kl_divergence(Right(), Left()) == 2
    with pytest.warns(RuntimeWarning, match=r"Ambiguous kl_divergence\(Right, Right\)"):
        assert kl_divergence(Right(), Right()) == 2


def test_gradients_flow():
    loc = autograd.tensor([1.0, -2.0], requires_grad=True)
    kl_divergence(distributions.Normal(loc, 1.0), distributions.Normal(0.0, 2.0)).sum().backward()
    np.testing.assert_allclose(to_numpy(loc.grad), [0.25, -0.5])


def test_weibull_and_inverse_gamma():
    p, q = distributions.Weibull(1.3, 0.8), distributions.Weibull(0.9, 1.4)
    x = autograd.linspace(1e-9, 1, 400001, dtype=autograd.float64)[1:-1]
    x = p.icdf(x)  # evenly spread by probability
    expected = (p.log_prob(x) - q.log_prob(x)).mean().item()
    np.testing.assert_allclose(kl_divergence(p, q).item(), expected, rtol=1e-3)
    p, q = (distributions.Gamma(*tensors(arguments, autograd)) for arguments in ((A, B), (B, A)))
    inverse = [distributions.InverseGamma(d.concentration, d.rate) for d in (p, q)]
    np.testing.assert_allclose(to_numpy(kl_divergence(*inverse)), to_numpy(kl_divergence(p, q)))


def test_wishart():
    first, second = (tensors((c,), autograd)[0] for c in COVARIANCES)
    p, q = distributions.Wishart(autograd.tensor([3.5, 5.0]).double(), first), distributions.Wishart(4.2, second)
    torch_q = torch.distributions.Wishart(torch.tensor(4.2).double(), torch.tensor(COVARIANCES[1]))
    for found, freedom in zip(kl_divergence(p, q), (3.5, 5.0), strict=True):  # PyTorch's is wrong for a batch
        torch_p = torch.distributions.Wishart(torch.tensor(freedom).double(), torch.tensor(COVARIANCES[0]))
        np.testing.assert_allclose(found.item(), torch.distributions.kl_divergence(torch_p, torch_q).item(), rtol=1e-6)
    np.testing.assert_allclose(to_numpy(kl_divergence(p, p)), 0, atol=1e-12)
