"""Samples: their distribution, and the gradients that flow through them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import autograd
from autograd import distributions
from autograd.distributions import Beta, Dirichlet, Gamma
from tests.arrays import to_numpy
from tests.distributions.families import FAMILIES, ours, tensor, tensors

COUNT = 20000
LEAST = 1e-3  # the p-value below which a sample is held to be of another distribution


def draws(distribution, method="sample"):
    autograd.manual_seed(20)
    return to_numpy(getattr(distribution, method)((COUNT,)))


@pytest.mark.parametrize("family", [f for f in FAMILIES if f.scipy and f.name != "MultivariateNormal"], ids=str)
def test_samples_follow_scipys_distribution(family):
    mine, frozen = ours(family), family.scipy(*family.args)
    found = draws(mine).astype(np.float64)
    if family.name == "VonMises":
        assert (np.abs(found) <= np.pi).all()
        loc = family.args[0]
        found = (found - loc + np.pi) % (2 * np.pi) - np.pi + loc  # SciPy's angles are around the mean
    for column in range(2):
        args = [a[column] if np.ndim(a) else a for a in family.args]
        single = family.scipy(*args)
        values = found[:, column]
        if mine.support.is_discrete:
            edges = np.arange(int(frozen.ppf(0.999).max()) + 1)
            expected = single.pmf(edges) * COUNT
            kept = expected > 5
            observed = np.array([(values == edge).sum() for edge in edges])[kept]
            observed, expected = np.append(observed, COUNT - observed.sum()), expected[kept]
            expected = np.append(expected, COUNT - expected.sum())
            assert stats.chisquare(observed[expected > 1e-6], expected[expected > 1e-6], sum_check=False).pvalue > LEAST
        else:
            assert stats.kstest(values, single.cdf).pvalue > LEAST


def inner(family):
    """Whether mean and variance are those that a sample has."""
    return family.name not in ("Categorical", "VonMises") and "Cauchy" not in family.name


@pytest.mark.parametrize("family", [f for f in FAMILIES if inner(f)], ids=str)
def test_moments_of_samples(family):
    mine = ours(family)
    try:
        mean, variance = to_numpy(mine.mean), to_numpy(mine.variance)
    except NotImplementedError:
        assert family.name in ("LKJCholesky", "LogisticNormal", "RelaxedBernoulli", "RelaxedOneHotCategorical")
        return
    found = draws(mine)
    np.testing.assert_array_less(np.abs(found.mean(0) - mean), 5 * np.sqrt(variance / COUNT))
    if family.name not in ("StudentT", "FisherSnedecor", "Pareto", "InverseGamma", "LogNormal"):  # fourth moments
        np.testing.assert_allclose(found.var(0), variance, rtol=0.1)


def test_correlated_samples():
    for family in (f for f in FAMILIES if "MultivariateNormal" in f.name):
        mine = ours(family)
        found, expected = draws(mine), to_numpy(mine.covariance_matrix)
        found = found.reshape(COUNT, -1, 2)
        for index, covariance in enumerate(expected.reshape(-1, 2, 2)):
            np.testing.assert_allclose(np.cov(found[:, index].T), covariance, atol=0.08)


def test_categorical_samples():
    weights = np.array([0.1, 0.6, 0.3])
    for kind in (distributions.Categorical, distributions.OneHotCategorical):
        found = draws(kind(tensor(weights, autograd)))
        counts = found.sum(0) if found.ndim == 2 else np.bincount(found, minlength=3)
        assert stats.chisquare(counts, weights * COUNT).pvalue > LEAST
    assert distributions.Categorical(autograd.ones(0, 3)).sample((2,)).shape == (2, 0)


@pytest.mark.parametrize("concentration", [0.02, 0.5, 1.0, 4.0, 300.0])
@pytest.mark.parametrize("rate", [0.5, 3.0])
def test_the_gamma_samples_slope_is_the_quantiles(concentration, rate):
    a = autograd.full((200,), concentration, dtype=autograd.float64, requires_grad=True)
    b = autograd.full((200,), rate, dtype=autograd.float64, requires_grad=True)
    autograd.manual_seed(3)
    sample = Gamma(a, b).rsample()
    sample.sum().backward()
    values = to_numpy(sample)
    np.testing.assert_allclose(to_numpy(b.grad), -values / rate, rtol=1e-9, atol=1e-300)
    levels = stats.gamma.cdf(values, concentration, scale=1 / rate)
    step = 1e-5 * concentration
    up, down = (stats.gamma.ppf(levels, concentration + s, scale=1 / rate) for s in (step, -step))
    inside = (levels > 1e-3) & (levels < 0.999) & (down > 1e-290)
    assert inside.sum() > 50
    slope = (up - down) / (2 * step)
    np.testing.assert_allclose(to_numpy(a.grad)[inside], slope[inside], rtol=1e-4)


def test_gradients_of_expectations_through_beta_and_dirichlet():
    autograd.manual_seed(5)
    a, b = (autograd.tensor(v, dtype=autograd.float64, requires_grad=True) for v in (2.0, 0.7))
    Beta(a, b).rsample((200_000,)).mean().backward()  # d/da a / (a + b)
    np.testing.assert_allclose([a.grad.item(), b.grad.item()], [0.7 / 2.7**2, -2 / 2.7**2], rtol=0.02)
    c = autograd.tensor([0.5, 1.0, 3.0], dtype=autograd.float64, requires_grad=True)
    Dirichlet(c).rsample((200_000,))[:, 0].mean().backward()
    np.testing.assert_allclose(to_numpy(c.grad), np.array([4.0, -0.5, -0.5]) / 4.5**2, rtol=0.05)


def test_tiny_concentrations_stay_on_the_simplex():
    autograd.manual_seed(0)
    found = to_numpy(Dirichlet(autograd.full((1000, 3), 1e-2)).sample())
    np.testing.assert_allclose(found.sum(-1), 1, rtol=1e-5)
    assert (to_numpy(Gamma(autograd.full((1000,), 1e-3), 1.0).sample()) > 0).all()
    assert Gamma(autograd.full((3,), 2.0, dtype=autograd.float16), 1.0).sample().dtype is autograd.float16


REPARAMETERIZED = [f for f in FAMILIES if ours(f).has_rsample]


@pytest.mark.parametrize("family", REPARAMETERIZED, ids=str)
def test_rsample_reaches_the_parameters(family):
    args = tensors(family.args, autograd, requires_grad=True)
    distribution = getattr(distributions, family.name)(*args)
    weights = autograd.rand(6, *distribution.batch_shape, *distribution.event_shape, dtype=autograd.float64)
    (distribution.rsample((6,)) * weights).sum().backward()
    for argument in args:
        if isinstance(argument, autograd.Tensor):
            assert bool(autograd.isfinite(argument.grad).all())
            assert bool((argument.grad != 0).any())


@pytest.mark.parametrize("name", ["Bernoulli", "Poisson", "Categorical"])
def test_others_have_no_rsample(name):
    family = next(f for f in FAMILIES if f.name == name)
    with pytest.raises(NotImplementedError, match="use sample"):
        ours(family).rsample()


def test_standard_gamma_refuses():
    for argument, error, message in (
        (autograd.tensor([-1.0]), RuntimeError, "parameters >= 0"),
        (autograd.tensor([1]), NotImplementedError, "not implemented for"),
    ):
        with pytest.raises(error, match=message):
            autograd._standard_gamma(argument)
    with pytest.raises(NotImplementedError, match="gamma_slope"):
        a = autograd.tensor([2.0], requires_grad=True)
        (g,) = autograd.grad(autograd._standard_gamma(a).sum(), a, create_graph=True)
        g.sum().backward()


def test_generators_repeat():
    first, second = (
        autograd._sample_dirichlet(autograd.ones(4), autograd.Generator(autograd.get_default_device()).manual_seed(2))
        for _ in range(2)
    )
    assert first.tolist() == second.tolist()
