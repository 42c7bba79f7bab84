"""Each family against PyTorch and SciPy: densities, moments, shapes, gradients of densities."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy
from tests.distributions.families import FAMILIES, Family, ours, tensor, tensors, theirs

PROPERTIES = ("mean", "mode", "variance", "stddev")
EACH = pytest.mark.parametrize("family", FAMILIES, ids=str)
WITH_SCIPY = pytest.mark.parametrize("family", [f for f in FAMILIES if f.scipy], ids=str)


def close(found, expected, rtol=1e-9):
    assert tuple(found.shape) == tuple(expected.shape)
    np.testing.assert_allclose(to_numpy(found), np.asarray(expected), rtol=rtol, atol=1e-12)


def both(family: Family, ask):
    """What two libraries answer; or nothing, if PyTorch has no answer."""
    try:
        expected = ask(theirs(family), torch)
    except NotImplementedError:
        with pytest.raises(NotImplementedError):
            ask(ours(family), autograd)
        return
    close(ask(ours(family), autograd), expected, family.rtol)


@EACH
def test_log_prob_and_its_gradient(family):
    both(family, lambda d, library: d.log_prob(tensor(family.values, library)))

    def gradients(library, module):
        args = tensors(family.args, library, requires_grad=True)
        d = getattr(module, family.name)(*args)
        d.log_prob(tensor(family.values, library)).sum().backward()
        return [a.grad for a in args if hasattr(a, "grad")]

    found = gradients(autograd, autograd.distributions)
    for mine, expected in zip(found, gradients(torch, torch.distributions), strict=True):
        close(mine, expected, 10 * family.rtol)


@EACH
@pytest.mark.parametrize("name", PROPERTIES)
def test_moments(family, name):
    if name == "mode" and family.name in ("Kumaraswamy", "Weibull"):
        return  # not a number in PyTorch, see test_modes
    both(family, lambda d, library: getattr(d, name))


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [("Weibull", (1.0, 0.7), 0.0), ("Weibull", (2.0, 2.0), 2**0.5), ("Kumaraswamy", (3.0, 2.0), 0.4 ** (1 / 3))],
)
def test_modes(name, args, expected):
    mode = getattr(autograd.distributions, name)(*args).mode
    np.testing.assert_allclose(mode.item(), expected, rtol=1e-6, atol=1e-12)


@EACH
@pytest.mark.parametrize("method", ["entropy", "perplexity"])
def test_entropy(family, method):
    both(family, lambda d, library: getattr(d, method)())


@EACH
def test_enumerate_support(family):
    for expand in (True, False):
        if not theirs(family).has_enumerate_support:
            with pytest.raises(NotImplementedError):
                ours(family).enumerate_support(expand)
            return
        assert ours(family).has_enumerate_support
        close(ours(family).enumerate_support(expand), theirs(family).enumerate_support(expand))


@EACH
def test_shapes_support_and_repr(family):
    mine, reference = ours(family), theirs(family)
    assert mine.batch_shape == tuple(reference.batch_shape) and mine.event_shape == tuple(reference.event_shape)
    assert mine.has_rsample == reference.has_rsample
    assert mine.support.event_dim == reference.support.event_dim
    assert mine.support.is_discrete == reference.support.is_discrete
    assert type(mine).__name__ in repr(mine)
    sample = mine.sample((3,))
    assert sample.shape == (3, *reference.batch_shape, *reference.event_shape) and not sample.requires_grad
    assert bool(mine.support.check(sample).all())


@EACH
def test_expand(family):
    mine, reference = ours(family), theirs(family)
    shape = (3, *mine.batch_shape)
    grown, expected = mine.expand(shape), reference.expand(shape)
    assert grown.batch_shape == shape and grown.event_shape == mine.event_shape and type(grown) is type(mine)
    assert grown.sample((2,)).shape == (2, *expected.batch_shape, *expected.event_shape)
    value = family.values if mine.batch_shape and mine.event_shape else family.values[0]
    close(grown.log_prob(tensor(value, autograd)), expected.log_prob(torch.tensor(value)), family.rtol)


@WITH_SCIPY
def test_against_scipy(family):
    mine, frozen = ours(family), family.scipy(*family.args)
    discrete = mine.support.is_discrete
    density = frozen.logpmf(family.values) if discrete else frozen.logpdf(family.values)
    np.testing.assert_allclose(to_numpy(mine.log_prob(tensor(family.values, autograd))), density, rtol=1e-7, atol=1e-9)
    if family.name in ("MultivariateNormal", "VonMises"):
        return
    np.testing.assert_allclose(to_numpy(mine.mean), frozen.mean(), rtol=1e-9)
    if "Cauchy" not in family.name:
        np.testing.assert_allclose(to_numpy(mine.variance), frozen.var(), rtol=1e-9)
    if family.name in ("HalfCauchy", "FisherSnedecor", "NegativeBinomial", "Poisson"):
        return
    np.testing.assert_allclose(to_numpy(mine.entropy()), frozen.entropy(), rtol=1e-6)


@WITH_SCIPY
def test_cdf_and_icdf(family):
    mine, frozen = ours(family), family.scipy(*family.args)
    value, level = tensor(family.values, autograd), tensor(np.array([[0.05, 0.4], [0.6, 0.97]]), autograd)
    try:
        found = mine.cdf(value)
    except NotImplementedError:
        with pytest.raises(NotImplementedError):
            theirs(family).cdf(tensor(family.values, torch))
    else:
        np.testing.assert_allclose(to_numpy(found), frozen.cdf(family.values), rtol=1e-7)
    try:
        found = mine.icdf(level)
    except NotImplementedError:
        with pytest.raises(NotImplementedError):
            theirs(family).icdf(torch.tensor(to_numpy(level)))
    else:
        np.testing.assert_allclose(to_numpy(found), frozen.ppf(to_numpy(level)), rtol=1e-7)
        np.testing.assert_allclose(to_numpy(mine.cdf(found)), to_numpy(level), rtol=1e-7)


@pytest.mark.parametrize("family", [f for f in FAMILIES if f.name in ("Kumaraswamy", "ContinuousBernoulli")], ids=str)
def test_cdf_without_scipy(family):
    mine, level = ours(family), autograd.tensor([0.05, 0.97], dtype=autograd.float64)
    close(mine.cdf(mine.icdf(level)), to_numpy(level), 1e-8)
    edges = np.linspace(0, 1, 20001)[:, None].repeat(2, 1)
    centers = tensor((edges[1:] + edges[:-1]) / 2, autograd)
    mass = to_numpy(mine.log_prob(centers).exp())[10000:].sum(0) / 20000
    np.testing.assert_allclose(1 - to_numpy(mine.cdf(autograd.tensor([0.5, 0.5]).double())), mass, rtol=1e-6)


def test_float32_parameters_give_float32():
    for family in FAMILIES:
        small = [a.astype(np.float32) if isinstance(a, np.ndarray) else a for a in family.args]
        d = getattr(autograd.distributions, family.name)(*tensors(small, autograd))
        expected = autograd.int64 if family.name == "Categorical" else autograd.float32
        assert d.sample((2,)).dtype is expected, family.name
