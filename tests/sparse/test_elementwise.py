"""Sums, softmax, and elementwise operations of sparse tensors, against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy
from tests.functions.pairs import refuse
from tests.sparse.pairs import LAYOUTS, array, both, dense, make


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "call",
    [
        lambda lib, x: x * 2,
        lambda lib, x: 0.5 * x,
        lambda lib, x: x * lib.tensor(3.0, dtype=lib.float64),
        lambda lib, x: -x,
        lambda lib, x: x + x,
        lambda lib, x: lib.add(x, x, alpha=2),
        lambda lib, x: dense(lib, 4, 5) + x,
        lambda lib, x: x.sum(),
        lambda lib, x: x.double(),
        lambda lib, x: x.clone(),
        lambda lib, x: abs(x),
        lambda lib, x: x.relu(),
        lambda lib, x: x.sin(),
        lambda lib, x: lib.tanh(x),
        lambda lib, x: x.float(),
    ],
)
def test_alike(layout, call) -> None:
    both(lambda library: call(library, make(library, layout)[1]))


@pytest.mark.parametrize("layout", ["coo", "coalesced"])
@pytest.mark.parametrize(
    "call",
    [
        lambda lib, x: x / 2,
        lambda lib, x: x / lib.tensor(2.0, dtype=lib.float64),
        lambda lib, x: x - x,
        lambda lib, x: lib.sub(x, x),
        lambda lib, x: x**2,
        lambda lib, x: lib.pow(x, 3.0),
        lambda lib, x: x * dense(lib, 4, 5),
        lambda lib, x: dense(lib, 4, 5) * x,
        lambda lib, x: dense(lib, 4, 5) - x.to_dense(),
        lambda lib, x: x.t(),
        lambda lib, x: lib.t(x),
        lambda lib, x: lib.transpose(x, 0, 1),
        lambda lib, x: x.transpose(1, 1),
        lambda lib, x: lib.sparse.sum(x),
        lambda lib, x: lib.sparse.sum(x, 0),
        lambda lib, x: lib.sparse.sum(x, [0, 1]),
        lambda lib, x: lib.sparse.sum(x, (1,), dtype=lib.float32),
        lambda lib, x: lib.sum(x, 1),
        lambda lib, x: lib.sparse.softmax(x, 1),
        lambda lib, x: lib.sparse.softmax(x, 0),
        lambda lib, x: lib.sparse.softmax(x, 0, dtype=lib.float32),
        lambda lib, x: lib.sparse.log_softmax(x, 1),
    ],
)
def test_by_coordinates_alike(layout, call) -> None:
    def run(library):
        found = call(library, make(library, layout)[1])
        # What PyTorch knows to be coalesced is left to it: the elements are compared, in order.
        return found.coalesce() if found.layout is library.sparse_coo else found

    found, expected = run(autograd), run(torch)
    np.testing.assert_allclose(array(found), array(expected), rtol=1e-6)
    assert tuple(found.shape) == tuple(expected.shape)
    assert str(found.dtype).rpartition(".")[2] == str(expected.dtype).rpartition(".")[2]


def test_differences_and_products_of_two_patterns() -> None:
    _, x = make(autograd)
    other = autograd.sparse_coo_tensor([[0, 2, 3], [0, 1, 4]], [2.0, 3.0, 5.0], (4, 5), dtype=autograd.float64)
    a, b = array(x), array(other)
    for first, second in ((x, other), (x.coalesce(), other.coalesce()), (x.to_sparse_csr(), other.to_sparse_csr())):
        np.testing.assert_allclose(array(first + second), a + b)
        np.testing.assert_allclose(array(first - second), a - b)
        np.testing.assert_allclose(array(first * second), a * b)
        assert (first * second).layout is first.layout and (first + second).layout is first.layout
    np.testing.assert_allclose(array(autograd.sub(x, other, alpha=2)), a - 2 * b)
    np.testing.assert_allclose(array(dense(autograd, 4, 5) - x), array(dense(autograd, 4, 5)) - a)
    same = x.to_sparse_csr()
    np.testing.assert_allclose(array(same * same), a * a)
    assert (x.float() + other).dtype is autograd.float64
    empty = autograd.sparse_coo_tensor((4, 5), dtype=autograd.float64)
    assert (x * empty)._nnz() == 0 and (empty * x)._nnz() == 0 and empty.coalesce()._nnz() == 0
    assert autograd.sparse.softmax(empty, 0)._nnz() == 0


def test_dense_dims() -> None:
    def make_one(library):
        return library.sparse_coo_tensor([[0, 2, 0]], [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], (3, 2))

    for call in (
        lambda library: library.sparse.softmax(make_one(library), 0),
        lambda library: library.sparse.log_softmax(make_one(library), 1),
        lambda library: library.sparse.sum(make_one(library), 0),
        lambda library: library.sparse.sum(make_one(library), 1),
        lambda library: make_one(library) * 2,
    ):
        np.testing.assert_allclose(array(call(autograd)), array(call(torch)), rtol=1e-5)
    product = make_one(autograd) * autograd.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    np.testing.assert_allclose(array(product), array(make_one(autograd)) * [[1, 2], [3, 4], [5, 6]])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "call",
    [
        lambda x: autograd.sparse.softmax(x, 1),
        lambda x: autograd.sparse.log_softmax(x, 0),
        lambda x: autograd.sparse.sum(x, 0),
        lambda x: x * x,
        lambda x: x * dense(autograd, 4, 5),
        lambda x: x * 3 + x,
        lambda x: x.t(),
        lambda x: x.to_sparse_csr(),
        lambda x: x.sin(),
    ],
)
def test_gradients_to_second_order(layout, call) -> None:
    _, x = make(autograd, layout)

    def function(values):
        return call(x.with_values(values)).to_dense()

    values = x.stored.detach().requires_grad_()
    assert autograd.gradcheck(function, (values,)) and autograd.gradgradcheck(function, (values,))


def test_gradient_through_conversion() -> None:
    x = dense(autograd, 3, 3, grad=True)
    for convert in (lambda x: x.to_sparse(), lambda x: x.to_sparse(1), lambda x: x.to_sparse_csr()):
        assert autograd.gradcheck(lambda x, convert=convert: convert(x).to_dense() ** 2, (x,))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda lib: make(lib)[1] + 1, "sparse, dense"),
        (lambda lib: make(lib)[1] + dense(lib, 4, 5), "Use add\\(dense, sparse\\)"),
        (lambda lib: make(lib)[1] / dense(lib, 4, 5), "scalar or zero-dim"),
        (lambda lib: make(lib)[1] + lib.sparse_coo_tensor((5, 5), dtype=lib.float64), "sizes of 'self' and 'other'"),
        (lambda lib: make(lib)[1] * lib.sparse_coo_tensor((5, 5), dtype=lib.float64), "sizes of 'self' and 'other'"),
        (lambda lib: lib.exp(make(lib)[1]), "exp: not implemented for tensors of layout autograd.sparse_coo"),
        (lambda lib: lib.sigmoid(make(lib)[1]), "sigmoid: not implemented"),
        (lambda lib: make(lib)[1].mean(), "mean: not implemented"),
        (lambda lib: lib.softmax(make(lib)[1], 1), "softmax: not implemented"),
        (lambda lib: make(lib)[1].view(20), "no dense memory"),
        (lambda lib: lib.sparse.softmax(make(lib)[1], 2), "Dimension out of range"),
        (lambda lib: lib.sparse.sum(lib.ones(2)), "got Strided"),
    ],
)
def test_refused(call, message) -> None:
    refuse(call, message)


def test_refused_here() -> None:
    _, x = make(autograd)
    for call, message in (
        (lambda: x**-1, "power by a number above 0"),
        (lambda: x.sum(0, keepdim=True), "keepdim"),
        (lambda: x * autograd.ones(2, 4, 5, dtype=autograd.float64), "does not broadcast"),
        (lambda: autograd.sparse.softmax(x.long(), 0), "not implemented for"),
    ):
        with pytest.raises(RuntimeError, match=message):
            call()


@pytest.mark.parametrize("dim", [0, 1, -1])
def test_one_after_another(dim: int) -> None:
    def joined(library):
        x = make(library, "coalesced")[1]
        return library.cat([x, (x * 2).float(), x.t().t().coalesce()], dim)

    both(joined)
    values, x = make(autograd, grad=True)
    (autograd.cat([x, x * 3], dim).to_dense() ** 2).sum().backward()
    twin, y = make(torch, grad=True)
    y = y.to_dense()  # PyTorch joins sparse tensors without a gradient
    (torch.cat([y, y * 3], dim) ** 2).sum().backward()
    np.testing.assert_allclose(to_numpy(values.grad), twin.grad.numpy())


def test_what_does_not_join() -> None:
    x = make(autograd)[1]
    for others, kind, message in (
        ([x, autograd.ones(4, 5, dtype=autograd.float64)], RuntimeError, "expected all tensors to be sparse"),
        ([x, x.t()], RuntimeError, "sizes must match except in dimension 0"),
    ):
        with pytest.raises(kind, match=message):
            autograd.cat(others)
    hybrid = autograd.sparse_coo_tensor([[0, 1]], [[1.0, 2.0], [3.0, 4.0]], (3, 2))
    with pytest.raises(NotImplementedError, match="dim 1 is dense"):
        autograd.cat([hybrid, hybrid], 1)
    with pytest.raises(NotImplementedError, match="vstack: not implemented"):
        autograd.vstack([hybrid, hybrid])
