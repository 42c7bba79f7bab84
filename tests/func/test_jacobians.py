"""jacrev, jacfwd and hessian against PyTorch's, nested, chunked and mapped."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from autograd import func
from tests.arrays import to_numpy
from tests.func.test_grad import placed, same, tensors

# PyTorch's own forward mode warns of its own use of torch.jit.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")

MATRIX = np.array([[0.3, -1.2, 0.7], [1.9, 0.5, -0.4]])
VECTOR = np.array([0.8, -0.3, 1.4])


def f(w, x):
    return {"out": (w @ x).sin(), "sum": (w * w).sum()}


def scalar(x):
    return (x.exp() * x.sum()).prod()


@pytest.mark.parametrize("name", ["jacrev", "jacfwd"])
@pytest.mark.parametrize("argnums", [0, 1, (0, 1)])
def test_jacobians(name, argnums):
    ours, theirs = tensors(MATRIX, VECTOR)
    same(getattr(func, name)(f, argnums)(*ours), getattr(torch.func, name)(f, argnums)(*theirs))


@pytest.mark.parametrize("name", ["jacrev", "jacfwd"])
def test_auxiliary_output_and_nested_inputs(name):
    ours, theirs = tensors(MATRIX, VECTOR)

    def g(state):
        out = state["w"] @ state["x"]
        return out, out.sum()

    found = getattr(func, name)(g, has_aux=True)({"w": ours[0], "x": ours[1]})
    same(found, getattr(torch.func, name)(g, has_aux=True)({"w": theirs[0], "x": theirs[1]}))


@pytest.mark.parametrize("size", [1, 2, 5])
def test_chunks(size):
    ours, theirs = tensors(MATRIX, VECTOR)
    same(func.jacrev(f, chunk_size=size)(*ours), torch.func.jacrev(f)(*theirs))
    with pytest.raises(ValueError, match="greater than 0"):
        func.jacrev(f, chunk_size=0)


def test_all_second_derivatives_agree():
    (x,), (tx,) = tensors(VECTOR)
    expected = torch.func.hessian(scalar)(tx)
    same(func.hessian(scalar)(x), expected)
    for outer in (func.jacrev, func.jacfwd):
        for inner in (func.jacrev, func.jacfwd):
            same(outer(inner(scalar))(x), expected)


def test_hessian_of_several_arguments():
    ours, theirs = tensors(MATRIX, VECTOR)

    def g(w, x):
        return ((w @ x) ** 3).sum()

    same(func.hessian(g, (0, 1))(*ours), torch.func.hessian(g, (0, 1))(*theirs))


def test_mapped_hessians_and_hessians_of_what_is_mapped():
    rows = np.stack([VECTOR, 0.5 - VECTOR])
    (x,), (tx,) = tensors(rows)
    same(func.vmap(func.hessian(scalar))(x), torch.vmap(torch.func.hessian(scalar))(tx))
    same(func.jacrev(func.vmap(scalar))(x), torch.func.jacrev(torch.vmap(scalar))(tx))
    same(func.jacfwd(func.vmap(scalar))(x), torch.func.jacfwd(torch.vmap(scalar))(tx))
    same(
        func.hessian(lambda v: func.vmap(scalar)(v).sum())(x),
        torch.func.hessian(lambda v: torch.vmap(scalar)(v).sum())(tx),
    )


@pytest.mark.parametrize("name", ["jacrev", "jacfwd"])
def test_empty_and_independent(name):
    x = placed(VECTOR)
    transform = getattr(func, name)
    assert transform(lambda v: v[:0])(x).shape == (0, 3)
    assert transform(lambda v: v)(x[:0]).shape == (0, 0)
    found = transform(lambda v: autograd.ones(2))(x)
    assert found.shape == (2, 3) and not to_numpy(found).any()


def test_a_captured_tensor_that_records_stays_connected():
    w = placed(VECTOR, requires_grad=True)
    for transform in (func.jacrev, func.jacfwd):
        w.grad = None
        transform(lambda v: v * v * w)(autograd.ones(3, dtype=autograd.float64)).sum().backward()
        np.testing.assert_allclose(to_numpy(w.grad), np.full(3, 2.0))


def test_gradients_of_many_seeds():
    x = placed(VECTOR, requires_grad=True)
    unused = autograd.ones(2, requires_grad=True)
    y, eye = x * x.sum(), autograd.eye(3, dtype=autograd.float64)
    expected = np.diag(np.full(3, VECTOR.sum())) + VECTOR[:, None]
    (found,) = autograd.grad(y, x, eye, is_grads_batched=True, retain_graph=True)
    np.testing.assert_allclose(to_numpy(found), expected)
    found, none = autograd.grad(y, [x, unused], eye, is_grads_batched=True, retain_graph=True, allow_unused=True)
    assert none is None
    found, zeros = autograd.grad(y, [x, unused], eye, is_grads_batched=True, create_graph=True, materialize_grads=True)
    assert zeros.shape == (3, 2) and found.requires_grad
    with pytest.raises(RuntimeError, match="allow_unused"):
        autograd.grad(y, [x, unused], eye, is_grads_batched=True, retain_graph=True)
    with pytest.raises(RuntimeError, match="needs grad_outputs"):
        autograd.grad(y.sum(), x, is_grads_batched=True)


@pytest.mark.parametrize("name", ["jacrev", "jacfwd", "hessian"])
def test_complex_inputs_are_refused(name):
    for library in (autograd, torch):
        with pytest.raises(RuntimeError, match="Expected all inputs to be real but received complex tensor"):
            getattr(library.func, name)(lambda x: x**2)(library.tensor([1j]))


@pytest.mark.parametrize("name", ["jacrev", "jacfwd"])
def test_complex_outputs_are_refused(name):
    for library in (autograd, torch):
        with pytest.raises(RuntimeError, match="Expected all outputs to be real but received complex tensor"):
            getattr(library.func, name)(lambda x: x * 2j)(library.tensor([1.0]))
