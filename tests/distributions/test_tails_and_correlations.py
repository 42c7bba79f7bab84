"""GeneralizedPareto against SciPy, since PyTorch's takes no float64; LKJCholesky by the moments of its samples."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy import stats

import autograd
from autograd.distributions import Exponential, GeneralizedPareto, LKJCholesky, Pareto, Uniform
from tests.arrays import to_numpy

SHAPES = [-1.0, -0.4, 0.0, 0.3, 1.2]


def double(value):
    return autograd.tensor(value, dtype=autograd.float64, requires_grad=True)


def made(k, scale=2.0):
    return GeneralizedPareto(double(-0.5), scale, k), stats.genpareto(float(k), loc=-0.5, scale=2.0)


@pytest.mark.parametrize("k", SHAPES)
def test_generalized_pareto_against_scipy(k):
    mine, frozen = made(k)
    levels = np.array([0.01, 0.4, 0.97])
    values = autograd.tensor(frozen.ppf(levels))
    for found, expected in (
        (mine.icdf(autograd.tensor(levels)), frozen.ppf(levels)),
        (mine.cdf(values), levels),
        (mine.log_cdf(values), np.log(levels)),
        (mine.log_survival_function(values), frozen.logsf(to_numpy(values))),
        (mine.log_prob(values), frozen.logpdf(to_numpy(values))),
        (mine.entropy(), frozen.entropy()),
    ):
        np.testing.assert_allclose(to_numpy(found), expected, rtol=1e-9)
    mean, variance = (frozen.mean() if k < 1 else math.nan), (frozen.var() if k < 0.5 else math.nan)
    np.testing.assert_allclose([mine.mean.item(), mine.variance.item()], [mean, variance])
    assert mine.batch_shape == () and mine.expand((3,)).icdf(autograd.tensor(0.5)).shape == (3,)


@pytest.mark.parametrize("k", SHAPES)
def test_generalized_pareto_samples_and_slopes(k):
    autograd.manual_seed(3)
    scale, shape = double(2.0), double(k)
    mine, frozen = made(shape, scale)
    draws = mine.rsample((2000,))
    assert stats.kstest(to_numpy(draws), frozen.cdf).pvalue > 1e-4
    assert bool(mine.support.check(draws).all())
    draws.sum().backward()
    assert scale.grad.item() > 0 and (shape.grad.item() > 0 if k else shape.grad.item() == 0)
    shape.grad = None
    made(shape, scale)[0].log_prob(autograd.tensor([0.1, 0.9]).double()).sum().backward()
    if k not in (0.0, -1.0):
        step = 1e-6
        values = np.array([0.1, 0.9])
        slope = sum(s * stats.genpareto(k + s * step, -0.5, 2.0).logpdf(values).sum() for s in (1, -1)) / (2 * step)
        np.testing.assert_allclose(shape.grad.item(), slope, rtol=1e-5)


def test_generalized_pareto_is_others_too():
    x = autograd.tensor([0.2, 1.0, 1.9]).double()
    for one, other in (
        (GeneralizedPareto(0.0, 2.0, 0.0), Exponential(0.5)),
        (GeneralizedPareto(0.0, 2.0, -1.0), Uniform(0.0, 2.0)),
        (GeneralizedPareto(0.1, 0.05, 0.5), Pareto(0.1, 2.0)),
    ):
        np.testing.assert_allclose(to_numpy(one.log_prob(x)), to_numpy(other.log_prob(x)), rtol=1e-6)
    assert GeneralizedPareto(1.0, 2.0, -2.0).mode.item() == 2.0 and GeneralizedPareto(1.0, 2.0, 0.5).mode.item() == 1.0
    with pytest.raises(ValueError, match="within the support"):
        GeneralizedPareto(0.0, 1.0, -1.0).log_prob(autograd.tensor(1.5))
    with pytest.raises(ValueError, match="within the support"):
        GeneralizedPareto(0.0, 1.0, 1.0).log_survival_function(autograd.tensor(-0.5))


@pytest.mark.parametrize("dim", [2, 3, 5])
def test_lkj_density(dim):
    mine = LKJCholesky(dim, autograd.tensor([0.6, 1.0, 3.5]).double())
    reference = torch.distributions.LKJCholesky(dim, torch.tensor([0.6, 1.0, 3.5]).double())
    factors = torch.linalg.cholesky(
        torch.corrcoef(torch.randn(dim, 20, generator=torch.Generator().manual_seed(1)).double())
    )
    expected = reference.log_prob(factors)
    np.testing.assert_allclose(to_numpy(mine.log_prob(autograd.tensor(factors.numpy()))), expected.numpy(), rtol=1e-10)
    grown = mine.expand((2, 3))
    assert grown.sample((4,)).shape == (4, 2, 3, dim, dim) and grown.event_shape == (dim, dim)
    np.testing.assert_allclose(to_numpy(grown.log_prob(autograd.tensor(factors.numpy())))[1], expected.numpy())


@pytest.mark.parametrize("concentration", [0.5, 1.0, 4.0])
def test_lkj_correlations(concentration):
    """Each correlation is of Beta(b, b) on (-1, 1), b = concentration - 1 + dim / 2."""
    autograd.manual_seed(1)
    dim = 4
    factor = LKJCholesky(dim, autograd.tensor(concentration).double()).sample((4000,))
    found = to_numpy(factor @ factor.mT)
    np.testing.assert_allclose(np.diagonal(found, axis1=1, axis2=2), 1.0)
    b = concentration - 1 + dim / 2
    for i, j in zip(*np.tril_indices(dim, -1), strict=True):
        assert stats.kstest(found[:, i, j], stats.beta(b, b, loc=-1, scale=2).cdf).pvalue > 1e-4


def test_lkj_refusals():
    with pytest.raises(ValueError, match="Found dim=1"):
        LKJCholesky(1)
    with pytest.raises(ValueError, match="concentration"):
        LKJCholesky(2, -1.0)
    with pytest.raises(ValueError, match="within the support"):
        LKJCholesky(2).log_prob(autograd.ones(2, 2))
