"""Initial values: distributions, exact ones beside PyTorch's, refusals, deprecated names."""

from __future__ import annotations

import inspect
import math

import numpy as np
import pytest
import torch
from scipy import stats

import autograd
from nn import init
from tests.arrays import to_numpy

COUNT = (200, 100)


def drawn(fill, *args, shape=COUNT, **kwargs):
    tensor = autograd.empty(*shape, requires_grad=True)
    assert fill(tensor, *args, **kwargs) is tensor and tensor.is_leaf and tensor.requires_grad
    return to_numpy(tensor.detach()).astype(np.float64)


def test_names_and_arguments():
    for name, function in inspect.getmembers(torch.nn.init, inspect.isfunction):
        if not name.startswith("_"):
            ours = getattr(init, name)
            if name.endswith("_"):
                expected = {name: p.default for name, p in inspect.signature(function).parameters.items()}
                assert {name: p.default for name, p in inspect.signature(ours).parameters.items()} == expected


@pytest.mark.parametrize(
    "name", ["uniform", "normal", "xavier_uniform", "xavier_normal", "kaiming_uniform", "kaiming_normal"]
)
@pytest.mark.parametrize("shape", [COUNT, (100, 10, 4, 5)])
def test_spread(name, shape):
    """The standard deviation and the largest value of many are those of PyTorch's."""
    autograd.manual_seed(0)
    torch.manual_seed(0)
    found = drawn(getattr(init, f"{name}_"), shape=shape)
    wanted = getattr(torch.nn.init, f"{name}_")(torch.empty(*shape)).numpy()
    assert found.std() == pytest.approx(wanted.std(), rel=0.03)
    assert abs(found.mean() - wanted.mean()) < 0.03 * wanted.std()
    if "uniform" in name:
        assert found.max() == pytest.approx(wanted.max(), rel=1e-3)


@pytest.mark.parametrize(
    ("mean", "std", "a", "b"), [(0.0, 1.0, -2.0, 2.0), (0.5, 2.0, -1.0, 0.0), (1.0, 0.5, -0.5, 1.2), (6, 1, -2, 5)]
)
def test_truncated_normal(mean, std, a, b):
    autograd.manual_seed(1)
    values = drawn(init.trunc_normal_, mean, std, a, b).ravel()
    expected = stats.truncnorm((a - mean) / std, (b - mean) / std, loc=mean, scale=std)
    assert a <= values.min() and values.max() <= b
    assert stats.kstest(values, expected.cdf).pvalue > 1e-3


@pytest.mark.parametrize(("mean", "least", "most"), [(9.0, 0.3, 2.0), (50.0, 2.0, 2.0), (-50.0, -2.0, -2.0)])
def test_truncated_normal_far_away(mean, least, most):
    with pytest.warns(UserWarning, match="mean is more than 2 std from"):
        values = drawn(init.trunc_normal_, mean)
    assert least <= values.min() and most - 1e-3 < values.max() <= most


@pytest.mark.parametrize("shape", [(3, 4, 5), (4, 2, 3, 3), (6, 2, 2, 3, 4)])
@pytest.mark.parametrize("groups", [1, 2])
def test_exact_values(shape, groups):
    if shape[0] % groups == 0:
        wanted = torch.nn.init.dirac_(torch.empty(*shape), groups)
        np.testing.assert_array_equal(drawn(init.dirac_, groups, shape=shape), wanted.numpy())
    np.testing.assert_array_equal(drawn(init.eye_, shape=(3, 5)), np.eye(3, 5))
    assert (drawn(init.constant_, 2.5) == 2.5).all()
    assert (drawn(init.ones_) == 1).all() and not drawn(init.zeros_).any()


@pytest.mark.parametrize("shape", [(4, 6), (6, 4), (3, 2, 2), (5, 5)])
def test_orthogonal(shape):
    flat = drawn(init.orthogonal_, 2.0, shape=shape).reshape(shape[0], -1)
    product = flat @ flat.T if flat.shape[0] <= flat.shape[1] else flat.T @ flat
    np.testing.assert_allclose(product, 4 * np.eye(len(product)), atol=1e-5)
    assert drawn(init.orthogonal_, shape=(0, 3)).shape == (0, 3)


def test_sparse():
    values = drawn(init.sparse_, 0.15, std=2.0)
    assert ((values == 0).sum(0) == math.ceil(0.15 * COUNT[0])).all()
    assert values[values != 0].std() == pytest.approx(2.0, rel=0.05)


def test_gain():
    names = "linear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d sigmoid tanh relu selu"
    for name in names.split():
        assert init.calculate_gain(name) == torch.nn.init.calculate_gain(name)
    for slope in (None, 0.2, 3):
        assert init.calculate_gain("leaky_relu", slope) == torch.nn.init.calculate_gain("leaky_relu", slope)


def test_fan_out_and_empty_tensors():
    bound = math.sqrt(2.0) * math.sqrt(3.0 / COUNT[0])
    values = drawn(init.kaiming_uniform_, mode="fan_out", nonlinearity="relu")
    assert np.abs(values).max() == pytest.approx(bound, rel=1e-3)
    for fill in (init.kaiming_uniform_, init.kaiming_normal_):
        assert drawn(fill, shape=(3, 0)).shape == (3, 0)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda x: init.kaiming_uniform_(x, mode="fan"), r"Mode fan not supported, please use one of \['fan_in'"),
        (lambda x: init.kaiming_normal_(x, nonlinearity="cosine"), "Unsupported nonlinearity cosine"),
        (lambda x: init.calculate_gain("leaky_relu", True), "negative_slope True not a valid number"),
        (lambda x: init.calculate_gain("leaky_relu", "x"), "negative_slope x not a valid number"),
        (lambda x: init.xavier_uniform_(x[0]), "fewer than 2 dimensions"),
        (lambda x: init.orthogonal_(x[0]), "2 or more dimensions"),
        (lambda x: init.eye_(x[0]), "2 dimensions"),
        (lambda x: init.sparse_(x[0], 0.1), "2 dimensions"),
        (lambda x: init.dirac_(x), "3, 4, or 5 dimensions"),
        (lambda x: init.dirac_(autograd.ones(3, 2, 3), 2), "dim 0 must be divisible by groups"),
    ],
)
def test_refusals(call, text):
    with pytest.raises(ValueError, match=text):
        call(autograd.ones(3, 4))


def test_deprecated_names():
    for name in ("uniform", "normal", "eye", "xavier_uniform", "xavier_normal", "kaiming_uniform", "orthogonal"):
        with pytest.warns(FutureWarning, match=f"`nn.init.{name}` is now deprecated in favor of `nn.init.{name}_`"):
            drawn(getattr(init, name), shape=(3, 4))
    with pytest.warns(FutureWarning, match="deprecated"):
        assert (drawn(init.constant, 3.0, shape=(2,)) == 3).all()
    assert {init.dirac.__name__, init.sparse.__name__, init.kaiming_normal.__name__} == {
        "dirac", "sparse", "kaiming_normal",
    }  # fmt: skip
