"""Distributions made of others, against PyTorch: Independent, TransformedDistribution, MixtureSameFamily, relaxed."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from autograd import distributions
from tests.arrays import to_numpy
from tests.distributions.families import COVARIANCE, REAL, UNIT, WEIGHTS, tensor


def independent(d, lib):
    return d.Independent(d.Normal(lib.zeros(3, 2), lib.ones(3, 2) * 2), 1)


def normals(d, lib):
    return d.MixtureSameFamily(d.Categorical(tensor(WEIGHTS, lib)), d.Normal(tensor(WEIGHTS * 3, lib), 0.5))


def vectors(d, lib):
    loc = tensor(np.stack([REAL, REAL + 1, -REAL], 1), lib)
    return d.MixtureSameFamily(d.Categorical(tensor(WEIGHTS, lib)), d.MultivariateNormal(loc, tensor(COVARIANCE, lib)))


def decreasing(d, lib):
    return d.TransformedDistribution(d.Uniform(lib.zeros(2), 1.0), [d.AffineTransform(1.0, -1.0), d.ExpTransform()])


def untransformed(d, lib):
    return d.TransformedDistribution(d.Normal(0.5, 1.0), [])


def widened(d, lib):
    """A transform that takes more dimensions than a draw of the base has, and then a broadcasting one."""
    stick = d.TransformedDistribution(d.Normal(lib.zeros(3, 2), 1.0), [d.StickBreakingTransform()])
    return d.TransformedDistribution(stick, [d.AffineTransform(lib.zeros(3), 2.0)])


def broadcasting(d, lib):
    return d.TransformedDistribution(d.Normal(0.5, 1.0), [d.AffineTransform(lib.zeros(3), 2.0)])


MADE = {f.__name__: f for f in (independent, normals, vectors, decreasing, untransformed, widened, broadcasting)}


@pytest.mark.parametrize("name", MADE)
def test_against_pytorch(name):
    mine, theirs = MADE[name](distributions, autograd), MADE[name](torch.distributions, torch)
    assert mine.batch_shape == tuple(theirs.batch_shape) and mine.event_shape == tuple(theirs.event_shape)
    assert mine.has_rsample == theirs.has_rsample and mine.support.event_dim == theirs.support.event_dim
    assert mine.support.is_discrete == theirs.support.is_discrete
    assert mine.has_enumerate_support == theirs.has_enumerate_support
    draw = mine.sample((4,))
    assert draw.shape == tuple(theirs.sample((4,)).shape)
    value = to_numpy(draw)
    np.testing.assert_allclose(to_numpy(mine.log_prob(draw)), theirs.log_prob(tensor(value, torch)), rtol=1e-5)
    shape = (5, *mine.batch_shape)
    grown = mine.expand(shape)
    assert grown.batch_shape == shape and grown.sample().shape == tuple(theirs.expand(shape).sample().shape)
    assert grown.log_prob(grown.sample((2,))).shape == (2, *shape)
    for ask in ("mean", "variance", "mode", "entropy", "cdf", "icdf"):
        try:
            expected = getattr(theirs, ask)
            expected = expected(*([tensor(value, torch)] if ask == "cdf" else [])) if callable(expected) else expected
        except (NotImplementedError, TypeError):
            continue
        found = getattr(mine, ask)
        found = found(*([draw] if ask == "cdf" else [])) if callable(found) else found
        np.testing.assert_allclose(to_numpy(found), expected, rtol=1e-5)
    assert type(mine).__name__ in repr(mine)


def test_icdf_of_a_decreasing_transform():
    mine, level = decreasing(distributions, autograd), autograd.tensor([0.2, 0.7])
    expected = decreasing(torch.distributions, torch).icdf(tensor(to_numpy(level), torch))
    np.testing.assert_allclose(to_numpy(mine.icdf(level)), expected, rtol=1e-6)
    np.testing.assert_allclose(to_numpy(mine.cdf(mine.icdf(level))), [0.2, 0.7], rtol=1e-5)


@pytest.mark.parametrize("name", ["normals", "vectors"])
def test_mixtures_draw_from_their_components(name):
    mine = MADE[name](distributions, autograd)
    autograd.manual_seed(4)
    found = to_numpy(mine.sample((20000,)))
    np.testing.assert_allclose(found.mean(0), to_numpy(mine.mean), atol=0.06)
    np.testing.assert_allclose(found.var(0), to_numpy(mine.variance), rtol=0.06)


@pytest.mark.parametrize("given", ["covariance_matrix", "precision_matrix", "scale_tril"])
def test_each_matrix_gives_the_others(given):
    matrix = np.tril(COVARIANCE) if given == "scale_tril" else COVARIANCE

    def ask(library):
        options = {given: tensor(matrix, library)}
        loc, diagonal = tensor(REAL[0], library), tensor(UNIT[0], library)
        d = library.distributions
        return (
            d.MultivariateNormal(loc, **options), d.Wishart(tensor(np.array(4.0), library), **options),
            d.LowRankMultivariateNormal(loc, tensor(REAL, library), diagonal),
        )  # fmt: skip

    for mine, theirs in zip(ask(autograd), ask(torch), strict=True):
        for name in ("covariance_matrix", "precision_matrix", "scale_tril"):
            np.testing.assert_allclose(to_numpy(getattr(mine, name)), getattr(theirs, name), rtol=1e-9, atol=1e-12)


def test_wishart_needs_freedom():
    with pytest.raises(ValueError, match=r"expected to be greater than ndim - 1 = 1\."):
        distributions.Wishart(1.0, autograd.eye(2))


def test_independent_without_dimensions_enumerates():
    coins = distributions.Independent(distributions.Bernoulli(autograd.tensor([0.2, 0.7])), 0)
    assert coins.enumerate_support().tolist() == [[0, 0], [1, 1]] and coins.support.event_dim == 0


@pytest.mark.parametrize("name", ["RelaxedBernoulli", "RelaxedOneHotCategorical"])
def test_relaxed(name):
    weights = UNIT[0] if name == "RelaxedBernoulli" else WEIGHTS
    mine = getattr(distributions, name)(autograd.tensor(0.3), tensor(weights, autograd))
    np.testing.assert_allclose(to_numpy(mine.probs), weights, rtol=1e-6)
    assert abs(mine.temperature.item() - 0.3) < 1e-6 and mine.logits.shape == weights.shape
    autograd.manual_seed(1)
    found = to_numpy(mine.rsample((20000,)))
    # The largest element is each outcome as often as its probability says, at any temperature.
    chosen = found > 0.5 if name == "RelaxedBernoulli" else found == found.max(-1, keepdims=True)
    np.testing.assert_allclose(chosen.mean(0), weights, atol=0.015)


def test_straight_through_gradient_is_that_of_the_probabilities():
    logits = tensor(np.log(WEIGHTS), autograd, requires_grad=True)
    d = distributions.OneHotCategoricalStraightThrough(logits=logits)
    draw = d.rsample()
    assert sorted(np.unique(to_numpy(draw.round(decimals=12)))) == [0, 1]
    weights = tensor(np.array([1.0, 2.0, 3.0]), autograd)
    (found,) = autograd.grad((draw * weights).sum(), logits)
    (expected,) = autograd.grad((logits.softmax(-1) * weights).sum(), logits)
    np.testing.assert_allclose(to_numpy(found), to_numpy(expected), rtol=1e-9)


def test_folded_distributions_have_no_mass_below_zero():
    d = distributions.HalfNormal(1.0, validate_args=False)
    assert d.log_prob(autograd.tensor(-1.0)).item() == -np.inf
