"""Parts of sparse tensors, dims moved and added, and in-place operations, against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from tests.sparse.pairs import LAYOUTS, array, dense, make


def hybrid(library, grad=False):
    leaf = library.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], dtype=library.float64, requires_grad=grad)
    return leaf, library.sparse_coo_tensor(library.tensor([[0, 2, 2], [1, 0, 3]]), leaf, (3, 4, 2))


def alike(function, start, *options):
    """The function's result and its gradient agree with PyTorch's on the dense tensor."""
    ours, x = start(autograd, *options, grad=True)
    theirs, y = start(torch, *options, grad=True)
    found, expected = function(autograd, x), function(torch, y.to_dense())
    assert tuple(found.shape) == tuple(expected.shape)
    np.testing.assert_allclose(array(found), array(expected), rtol=1e-12)
    weight = np.arange(1.0, 1.0 + expected.numel()).reshape(tuple(expected.shape))
    (found.to_dense() * autograd.tensor(weight)).sum().backward()
    (expected * torch.tensor(weight)).sum().backward()
    np.testing.assert_allclose(array(ours.grad), array(theirs.grad), rtol=1e-12)


PARTS = [
    lambda lib, x: x[2],
    lambda lib, x: x[-1],
    lambda lib, x: x[1, 2],
    lambda lib, x: x[0][3],
    lambda lib, x: x[lib.tensor(2)],
    lambda lib, x: x[1:],
    lambda lib, x: x[1:3, 0:2],
    lambda lib, x: x[:, 1],
    lambda lib, x: x[..., 0],
    lambda lib, x: x[0, ...],
    lambda lib, x: x[:, ::2],
    lambda lib, x: x[4:],
    lambda lib, x: x[None],
    lambda lib, x: x[:, None],
    lambda lib, x: x[[2, 0, 2]],
    lambda lib, x: x[:, lib.tensor([-1, 0])],
    lambda lib, x: x[lib.arange(x.shape[0]) % 2 == 0],
    lambda lib, x: x.select(1, 0),
    lambda lib, x: lib.select(x, 0, -1),
    lambda lib, x: lib.narrow(x, 1, 1, 2),
    lambda lib, x: x.narrow(0, -2, 2),
    lambda lib, x: lib.narrow_copy(x, 0, 1, 1),
    lambda lib, x: x.index_select(0, lib.tensor([2, 0, 2])),
    lambda lib, x: lib.index_select(x, 1, lib.tensor([3])),
    lambda lib, x: x.unsqueeze(0),
    lambda lib, x: lib.unsqueeze(x, -1),
    lambda lib, x: lib.stack([x, x]),
    lambda lib, x: lib.stack(list(x.unbind(1)), 1),
    lambda lib, x: lib.stack([row * (i + 1) for i, row in enumerate(x)]),
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("part", [*PARTS, lambda lib, x: x.permute(1, 0), lambda lib, x: lib.permute(x, (0, 1))])
def test_parts(part, layout) -> None:
    alike(part, make, layout)


@pytest.mark.parametrize(
    "part",
    [
        *PARTS[:-3],
        lambda lib, x: x[..., 1],
        lambda lib, x: x[2, 0, 1],
        lambda lib, x: x[:, :, 1:],
        lambda lib, x: x.index_select(2, lib.tensor([1, 1])),
        lambda lib, x: x.unsqueeze(3),
        lambda lib, x: x.permute(1, 0, 2),
    ],
)
def test_parts_with_a_dense_dim(part) -> None:
    alike(part, hybrid)


def test_what_is_taken_of_coalesced_tensors_is_coalesced() -> None:
    _, x = make(autograd, "coalesced")
    assert x[2].is_coalesced() and x[1:].is_coalesced() and x[None].is_coalesced()
    assert not x[[1, 0]].is_coalesced() and not x.permute(1, 0).is_coalesced()


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda x: x[4], IndexError, "index 4 is out of bounds for dimension 0 with size 4"),
        (lambda x: x[0, 0, 0], IndexError, "too many indices for tensor of dimension 2"),
        (lambda x: x[[0], [1]], NotImplementedError, "several vectors"),
        (lambda x: x[[True, False]], IndexError, r"mask \[2\]"),
        (lambda x: x[::-1], ValueError, "step must be greater than zero"),
        (lambda x: x.select(0, 7), IndexError, "index 7 out of range"),
        (lambda x: x.narrow(0, 5, 1), IndexError, "start out of range"),
        (lambda x: x.narrow(0, 2, 3), RuntimeError, "exceeds dimension size"),
        (lambda x: x.index_select(0, autograd.tensor([4])), IndexError, "out of range"),
        (lambda x: x.index_select(0, autograd.tensor([0.0])), RuntimeError, "int32 or int64"),
        (lambda x: x.permute(0), RuntimeError, "permute: got 1 dims"),
        (lambda x: hybrid(autograd)[1].permute(2, 1, 0), RuntimeError, "dense one"),
        (lambda x: autograd.ones(2, 2).sparse_mask(x), RuntimeError, "incompatible sizes"),
        (lambda x: x.squeeze(), NotImplementedError, "squeeze: not implemented for tensors of layout"),
    ],
)
def test_refused(call, error, text) -> None:
    with pytest.raises(error, match=text):
        call(make(autograd)[1])


@pytest.mark.parametrize("layout", ["coalesced", "csr"])
def test_sparse_mask(layout) -> None:
    leaf, other = dense(autograd, 4, 5, grad=True), dense(torch, 4, 5, grad=True)
    mask, expected_mask = make(autograd, layout)[1], make(torch, layout)[1]
    found, expected = leaf.sparse_mask(mask), other.sparse_mask(expected_mask)
    np.testing.assert_allclose(array(found), array(expected))
    found.to_dense().square().sum().backward()
    kept = array(expected_mask) != 0
    np.testing.assert_allclose(array(leaf.grad), np.where(kept, 2 * array(leaf), 0.0))
    np.testing.assert_allclose(array(mask.sparse_mask(mask)), array(mask))


@pytest.mark.parametrize(
    "write",
    [
        lambda lib, x: x.mul_(2),
        lambda lib, x: x.div_(4.0),
        lambda lib, x: x.neg_(),
        lambda lib, x: x.add_(x),
        lambda lib, x: x.sub_(x.t().t() * 3),
        lambda lib, x: x.zero_(),
        lambda lib, x: dense(lib, 4, 5).add_(x),
    ],
)
@pytest.mark.parametrize("recording", [True, False])
def test_in_place(write, recording) -> None:
    ours, theirs = make(autograd)[1], make(torch)[1]
    with autograd.set_grad_enabled(recording):
        found = write(autograd, ours)
    np.testing.assert_allclose(array(found), array(write(torch, theirs)))
    np.testing.assert_allclose(array(ours), array(theirs))


def test_in_place_of_leaves_and_results() -> None:
    leaf = autograd.sparse_coo_tensor([[0, 1]], [1.0, 2.0], (3,), requires_grad=True)
    for write in (lambda: leaf.mul_(2), lambda: leaf.add_(autograd.sparse_coo_tensor([[2]], [1.0], (3,)))):
        with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
            write()
    with pytest.raises(RuntimeError, match="expected sizes of .self. and .other. to match"):
        leaf.detach().add_(autograd.sparse_coo_tensor([[2]], [1.0], (4,)))
    values = autograd.tensor([1.0, 2.0], requires_grad=True)
    result = autograd.sparse_coo_tensor([[0, 1]], values * 1, (3,)).mul_(3.0)
    result.to_dense().sum().backward()
    assert values.grad.tolist() == [3.0, 3.0]


def test_norms_and_functions() -> None:
    for layout in LAYOUTS:
        ours, theirs = make(autograd, layout)[1], make(torch, layout)[1].to_dense()
        for p in (1, 2, 3.0):
            assert autograd.norm(ours, p).item() == pytest.approx(torch.norm(theirs, p).item())
        assert ours.norm().item() == pytest.approx(theirs.norm().item())
        np.testing.assert_allclose(array(autograd.relu(ours)), array(theirs.relu()))
        np.testing.assert_allclose(array(autograd.sign(ours)), array(theirs.sign()))
    with pytest.raises(NotImplementedError, match="norm: of a sparse tensor"):
        ours.norm(dim=0)
