"""Weight normalization, spectral normalization and orthogonal matrices, by parametrization and by hook."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

import autograd
import nn
from nn.utils import parametrizations as P
from tests.arrays import to_numpy
from tests.nn.against_torch import tensor
from tests.nn.twins import load, same, same_gradients, same_state

TP = torch.nn.utils.parametrizations
LAYERS = {
    "linear": (lambda lib: lib.Linear(3, 4), (5, 3)),
    "wide": (lambda lib: lib.Linear(4, 3), (5, 4)),
    "square": (lambda lib: lib.Linear(3, 3), (5, 3)),
    "conv": (lambda lib: lib.Conv1d(2, 3, 2), (2, 2, 6)),
    "transposed": (lambda lib: lib.ConvTranspose2d(2, 3, 2), (1, 2, 3, 3)),
}


def agree(name, ours, theirs, steps=2, **tolerances):
    """Outputs, gradients and state of both stay the same over some calls."""
    x = np.random.default_rng(1).standard_normal(LAYERS[name][1]).astype("float32")
    for _ in range(steps):
        ours.zero_grad()
        theirs.zero_grad()
        out, expected = ours(tensor(x)), theirs(torch.tensor(x))
        same(out, expected, **tolerances)
        (out**2).sum().backward()
        (expected**2).sum().backward()
        same_gradients(ours, theirs, rtol=1e-3, atol=1e-4)
    same_state(ours, theirs, **tolerances)


def pair(name, wrap, their_wrap, **options):
    torch.manual_seed(0)
    build = LAYERS[name][0]
    theirs = build(torch.nn)
    ours, _ = load(build(nn), theirs)
    return wrap(ours, **options), their_wrap(theirs, **options)


@pytest.mark.parametrize("name", ["linear", "conv", "transposed"])
@pytest.mark.parametrize("dim", [0, 1, None, -1])
@pytest.mark.filterwarnings("ignore:.*weight_norm.* is deprecated")
def test_weight_norm(name, dim):
    agree(name, *pair(name, P.weight_norm, TP.weight_norm, dim=dim))
    ours, theirs = pair(name, nn.utils.weight_norm, torch.nn.utils.weight_norm, dim=dim)
    agree(name, ours, theirs)
    before = to_numpy(ours.weight.detach()).copy()
    assert nn.utils.remove_weight_norm(ours) is ours and isinstance(ours.weight, nn.Parameter)
    torch.nn.utils.remove_weight_norm(theirs)
    np.testing.assert_array_equal(to_numpy(ours.weight.detach()), before)
    agree(name, ours, theirs)
    assert not ours._forward_pre_hooks


def test_weight_norm_of_a_vector_loads_the_older_names():
    ours = P.weight_norm(nn.Linear(2, 3), "bias")
    theirs = TP.weight_norm(torch.nn.Linear(2, 3), "bias")
    load(ours, theirs)
    same(ours.bias, theirs.bias)
    old = nn.utils.weight_norm(nn.Linear(2, 3))
    new = P.weight_norm(nn.Linear(2, 3))
    new.load_state_dict(old.state_dict())
    assert new.weight.tolist() == old.weight.tolist()
    twin = copy.deepcopy(new)
    twin.load_state_dict(nn.utils.weight_norm(nn.Linear(2, 3)).state_dict())
    assert twin.weight.tolist() != new.weight.tolist() and new.weight.tolist() == old.weight.tolist()


@pytest.mark.parametrize("name", ["linear", "conv", "transposed"])
@pytest.mark.parametrize("options", [{}, {"n_power_iterations": 3, "dim": 1, "eps": 1e-6}])
@pytest.mark.filterwarnings("ignore:.*spectral_norm.* is deprecated")
def test_spectral_norm(name, options):
    agree(name, *load(*pair(name, P.spectral_norm, TP.spectral_norm, **options)), rtol=1e-4)
    ours, theirs = load(*pair(name, nn.utils.spectral_norm, torch.nn.utils.spectral_norm, **options))
    agree(name, ours, theirs, rtol=1e-4)
    assert ours.state_dict()._metadata[""] == theirs.state_dict()._metadata[""]
    agree(name, ours.eval(), theirs.eval(), rtol=1e-4)
    assert nn.utils.remove_spectral_norm(ours) is ours and not ours._state_dict_hooks
    torch.nn.utils.remove_spectral_norm(theirs)
    agree(name, ours, theirs, rtol=1e-4)


def test_spectral_norm_in_evaluation_and_of_a_vector():
    layer = P.spectral_norm(nn.Linear(6, 5), n_power_iterations=40).eval()
    assert layer.weight.tolist() == layer.weight.tolist()
    layer.train()
    np.testing.assert_allclose(autograd.linalg.matrix_norm(layer.weight, 2).item(), 1.0, rtol=1e-2)
    layer.weight = autograd.eye(5, 6) * 3
    for _ in range(3):
        np.testing.assert_allclose(to_numpy(layer.weight.detach()), np.eye(5, 6), atol=1e-5)
    P.spectral_norm(layer, "bias")
    np.testing.assert_allclose(autograd.linalg.vector_norm(layer.bias).item(), 1.0, rtol=1e-6)


@pytest.mark.parametrize("name", ["linear", "wide", "square"])
@pytest.mark.parametrize("map_", ["matrix_exp", "cayley", "householder", None])
@pytest.mark.parametrize("trivialize", [True, False])
def test_orthogonal(name, map_, trivialize):
    options = {"orthogonal_map": map_, "use_trivialization": trivialize}
    ours, theirs = pair(name, P.orthogonal, TP.orthogonal, **options)
    weight = to_numpy(ours.weight.detach())
    tall = weight if weight.shape[0] >= weight.shape[1] else weight.T
    np.testing.assert_allclose(tall.T @ tall, np.eye(tall.shape[1]), atol=1e-5)
    if name == "square" or not trivialize:
        same(ours.weight, theirs.weight, atol=1e-5)
    agree(name, *load(ours, theirs), rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("name", ["linear", "wide", "square"])
@pytest.mark.parametrize("options", [{}, {"orthogonal_map": "cayley"}, {"orthogonal_map": "householder"}])
def test_orthogonal_keeps_what_is_assigned(name, options):
    layer = LAYERS[name][0](nn)
    value = nn.init.orthogonal_(autograd.empty(*layer.weight.shape))
    P.orthogonal(layer, **options).weight = value
    np.testing.assert_allclose(to_numpy(layer.weight.detach()), to_numpy(value), atol=1e-5)
    householder = P.orthogonal(LAYERS[name][0](nn), orthogonal_map="householder", use_trivialization=False)
    householder.weight = value
    np.testing.assert_allclose(to_numpy(householder.weight.detach()), to_numpy(value), atol=1e-5)


def test_orthogonal_complex_and_batched():
    layer = P.orthogonal(nn.Linear(3, 2, dtype=autograd.complex64))
    weight = to_numpy(layer.weight.detach())
    np.testing.assert_allclose(weight @ weight.conj().T, np.eye(2), atol=1e-5)
    batch = nn.ParameterList([autograd.randn(4, 3, 2, dtype=autograd.float64)])
    P.orthogonal(batch, "0")
    weights = to_numpy(getattr(batch, "0").detach())
    np.testing.assert_allclose(weights.mT @ weights, np.broadcast_to(np.eye(2), (4, 2, 2)), atol=1e-10)


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda: P.weight_norm(nn.Linear(2, 2), "nope"), ValueError, "'nope'"),
        (lambda: P.weight_norm(nn.Linear(2, 2), dim=5), IndexError, "out of range"),
        (lambda: P.spectral_norm(nn.Linear(2, 2), "nope"), ValueError, "no parameter or buffer with name 'nope'"),
        (lambda: P.spectral_norm(nn.Linear(2, 2), n_power_iterations=0), ValueError, "positive, but got .*=0"),
        (lambda: P.spectral_norm(nn.Linear(2, 2), dim=5), IndexError, r"range of \[-2, 1\] but got 5"),
        (lambda: P.orthogonal(nn.Linear(2, 2), "nope"), ValueError, "no parameter or buffer with name 'nope'"),
        (lambda: P.orthogonal(nn.Linear(2, 2), "bias"), ValueError, "tensor of 1 dimensions"),
        (lambda: P.orthogonal(nn.Linear(2, 2), orthogonal_map="qr"), ValueError, "has to be one of .* Got: qr"),
        (
            lambda: P.orthogonal(nn.Linear(2, 2, dtype=autograd.complex64), orthogonal_map="householder"),
            ValueError,
            "does not support complex",
        ),
        (lambda: nn.utils.weight_norm(nn.utils.weight_norm(nn.Linear(2, 2))), RuntimeError, "two weight_norm hooks"),
        (lambda: nn.utils.weight_norm(nn.LazyLinear(2)), ValueError, "weight is uninitialized"),
        (lambda: nn.utils.remove_weight_norm(nn.Linear(2, 2)), ValueError, "weight_norm of 'weight' not found"),
        (lambda: nn.utils.spectral_norm(nn.utils.spectral_norm(nn.Linear(2, 2))), RuntimeError, "two spectral_norm"),
        (lambda: nn.utils.spectral_norm(nn.LazyLinear(2)), ValueError, "weight is uninitialized"),
        (lambda: nn.utils.spectral_norm(nn.Linear(2, 2, bias=False), "bias"), ValueError, "`bias` is None"),
        (lambda: nn.utils.spectral_norm(nn.Linear(2, 2), n_power_iterations=-1), ValueError, "but got .*=-1"),
        (lambda: nn.utils.remove_spectral_norm(nn.Linear(2, 2)), ValueError, "spectral_norm of 'weight' not found"),
    ],
)
def test_refusals(call, error, text):
    with pytest.raises(error, match=text):
        call()


def test_refusals_to_assign():
    layer = P.orthogonal(nn.Linear(2, 3))
    with pytest.raises(ValueError, match=r"matrices of shape .*\[3, 2\].* shape .*\[2, 3\]"):
        layer.weight = autograd.ones(2, 3)
    layer = P.orthogonal(nn.Linear(2, 3), orthogonal_map="cayley", use_trivialization=False)
    with pytest.raises(NotImplementedError, match="use_trivialization=False"):
        layer.weight = autograd.ones(3, 2)
