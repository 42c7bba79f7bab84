"""Making sparse tensors, what they say of themselves, and what is refused; against PyTorch."""

from __future__ import annotations

import copy
import pickle

import pytest
import torch

import autograd
from tests.arrays import to_numpy
from tests.functions.pairs import refuse
from tests.sparse.pairs import LAYOUTS, both, make, same


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_elements(layout: str) -> None:
    both(lambda library: make(library, layout)[1])
    both(lambda library: make(library, layout)[1].to_dense())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_attributes(layout: str) -> None:
    (_, ours), (_, theirs) = make(autograd, layout), make(torch, layout)
    for name in ("is_sparse", "is_sparse_csr", "ndim", "requires_grad", "is_leaf", "grad", "itemsize"):
        assert getattr(ours, name) == getattr(theirs, name), name
    for name in ("dim", "numel", "sparse_dim", "dense_dim", "_nnz", "element_size", "is_floating_point", "is_complex"):
        assert getattr(ours, name)() == getattr(theirs, name)(), name
    assert tuple(ours.size()) == tuple(theirs.size()) and ours.size(-1) == theirs.size(-1) and len(ours) == 4
    assert isinstance(ours, autograd.Tensor) and not ours.is_contiguous() and ours.nbytes == 8 * ours._nnz()


def test_coordinates_coalesced_or_not() -> None:
    _, ours = make(autograd)
    _, theirs = make(torch)
    assert not ours.is_coalesced()
    found, expected = ours.coalesce(), theirs.coalesce()
    same(found, expected)
    assert to_numpy(found.indices()).tolist() == expected.indices().tolist()
    assert to_numpy(found.values()).tolist() == expected.values().tolist()
    assert found.coalesce() is found and ours.to_sparse_coo() is ours


def test_compressed_rows() -> None:
    _, x = make(autograd, "csr")
    assert to_numpy(x.crow_indices()).tolist() == [0, 2, 2, 3, 5]
    assert to_numpy(x.col_indices()).tolist() == [0, 3, 1, 0, 4]
    assert x.to_sparse_csr() is x and x.to_sparse(layout=autograd.sparse_csr) is x
    both(lambda library: make(library, "csr")[1].to_sparse())
    both(lambda library: make(library, "coo")[1].to_sparse_csr())


@pytest.mark.parametrize("sparse_dim", [None, 1, 2])
def test_from_dense(sparse_dim: int | None) -> None:
    args = () if sparse_dim is None else (sparse_dim,)
    both(lambda library: library.tensor([[0.0, 2.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 3.0]]).to_sparse(*args))
    both(lambda library: library.eye(3).to_sparse(layout=library.sparse_csr))
    both(lambda library: library.zeros(2, 3).to_sparse())


def test_dense_dims() -> None:
    both(lambda library: library.sparse_coo_tensor([[0, 1, 0]], [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], (3, 2)))
    both(lambda library: library.sparse_coo_tensor([[0, 1, 0]], [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]).coalesce())


def test_sizes_and_types_by_default() -> None:
    both(lambda library: library.sparse_coo_tensor([[0, 1], [1, 2]], [1.0, 2.0]))
    both(lambda library: library.sparse_coo_tensor([[0, 1], [1, 2]], [1, 2], dtype=library.float64))
    both(lambda library: library.sparse_coo_tensor((2, 3), dtype=library.float64))
    both(lambda library: library.sparse_coo_tensor([[0]], 1.0))
    both(lambda library: library.sparse_csr_tensor([0, 1, 3], [2, 0, 2], [3.0, 4.0, 5.0]))
    assert tuple(autograd.sparse_coo_tensor(autograd.zeros(2, 0, dtype=autograd.int64), []).shape) == (0, 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda lib: lib.sparse_coo_tensor([[0, 1]], [1.0]), "same nnz"),
        (lambda lib: lib.sparse_coo_tensor([0, 1], [1.0, 2.0]), "sparse_dim x nnz"),
        (lambda lib: lib.sparse_coo_tensor([[0], [1]], [1.0], (2, 2, 2)), "sparse_dim = 2, dense_dim = 0"),
        (lambda lib: lib.sparse_coo_tensor([[0]], [[1.0]], (2, 2)), "values has incorrect size"),
        (lambda lib: lib.sparse_coo_tensor([[-1]], [1.0], (2,), check_invariants=True), "negative index -1 for dim 0"),
        (lambda lib: lib.sparse_coo_tensor([[2]], [1.0], (2,), check_invariants=True), "size is 2 but found index 2"),
        (
            lambda lib: lib.sparse_coo_tensor([[1, 0]], [1.0, 2.0], (2,), is_coalesced=True, check_invariants=True),
            "cannot set is_coalesced",
        ),
        (lambda lib: make(lib)[1].values(), "please call .coalesce\\(\\) first"),
        (lambda lib: make(lib)[1].indices(), "please call .coalesce\\(\\) first"),
        (lambda lib: make(lib)[1].crow_indices(), "row compressed tensor layout but got Sparse"),
        (lambda lib: make(lib, "csr")[1].indices(), "coordinate tensor layout but got SparseCsr"),
        (lambda lib: make(lib, "csr")[1].is_coalesced(), "coordinate tensor layout but got SparseCsr"),
        (lambda lib: make(lib)[1].numpy(), "to_dense"),
        (lambda lib: make(lib)[1].item(), "20 elements cannot be converted"),
        (lambda lib: bool(make(lib)[1]), "Boolean value"),
        (lambda lib: lib.ones(2).values(), "got Strided"),
        (lambda lib: lib.ones(2).coalesce(), "got Strided"),
        (lambda lib: lib.eye(2).to_sparse(3), "sparse_dim argument"),
        (lambda lib: make(lib)[1].transpose(0, 2), "Dimension out of range"),
        (lambda lib: lib.sparse_coo_tensor([[0]], [[[1.0]]]).t(), "<= 2 sparse"),
    ],
)
def test_refused(call, message) -> None:
    refuse(call, message)


@pytest.mark.parametrize(
    ("crow", "col", "size", "message"),
    [
        ([0, 1, 4], [2, 0, 2], (2, 3), "nnz"),
        ([1, 1, 3], [2, 0, 2], (2, 3), r"0\] == 0"),
        ([0, 1, 3], [2, 0, 5], (2, 3), "col_indices < ncols"),
        ([0, 1, 3], [2, 2, 0], (2, 3), "sorted and distinct"),
        ([0, 1], [2, 2, 0], (2, 3), "number of rows"),
        ([0, 1, 3], [2, 0], (2, 3), "must be equal to nnz"),
        ([0, 1, 3], [2, 0, 2], (2,), "dimensionality"),
    ],
)
def test_rows_refused(crow, col, size, message) -> None:
    refuse(lambda library: library.sparse_csr_tensor(crow, col, [3.0, 4.0, 5.0], size, check_invariants=True), message)


def test_refused_here() -> None:
    with pytest.raises(RuntimeError, match="must be integers"):
        autograd.sparse_coo_tensor([[0.5]], [1.0])
    with pytest.raises(RuntimeError, match="must be vectors"):
        autograd.sparse_csr_tensor([[0, 1]], [0], [1.0])
    with pytest.raises(RuntimeError, match="crow_indices\\[..., :-1\\]"):
        autograd.sparse_csr_tensor([0, 3, 1, 3], [0, 1, 2], [1.0, 2.0, 3.0], (3, 3))
    with pytest.raises(RuntimeError, match="layout must be"):
        autograd.eye(2).to_sparse(layout="rows")
    with pytest.raises(RuntimeError, match="only a matrix"):
        autograd.ones(2, 2, 2).to_sparse_csr()
    with pytest.raises(RuntimeError, match="1 sparse and 1 dense"):
        autograd.eye(2).to_sparse(1).to_sparse_csr()
    with pytest.raises(RuntimeError, match="must both be sparse"):
        autograd.eye(2).to_sparse(1).t()
    assert autograd.sparse_coo_tensor([[5]], [1.0], (2,), check_invariants=False)._nnz() == 1


def test_dense_tensors_have_a_layout_too() -> None:
    x = autograd.ones(2, 3)
    assert x.layout is autograd.strided and not x.is_sparse and not x.is_sparse_csr
    assert x.sparse_dim() == 0 and x.dense_dim() == 2 and x.to_dense() is x
    assert x.to_dense(autograd.float64).dtype is autograd.float64 and x.to_sparse(layout=autograd.strided) is x
    assert repr(x.layout) == "autograd.strided"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_copies(layout: str) -> None:
    _, x = make(autograd, layout)
    for twin in (copy.deepcopy(x), pickle.loads(pickle.dumps(x)), x.clone(), x.detach(), x.to("cpu").to(x.device)):
        assert twin.layout is x.layout and twin.tolist() == x.tolist() and twin.device == x.device
    assert x.to_dense(autograd.float32).dtype is autograd.float32
    assert pickle.loads(pickle.dumps(x.layout)) is x.layout


@pytest.mark.cpu_only
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("grad", [False, True])
def test_text(layout: str, grad: bool) -> None:
    for kind in ("float32", "float64"):
        (_, ours), (_, theirs) = make(autograd, layout), make(torch, layout)
        ours, theirs = ours.to(getattr(autograd, kind)), theirs.to(getattr(torch, kind))
        found = repr(ours.requires_grad_(grad)).replace("autograd.", "torch.")
        if "\n" in found and len(found.rpartition("\n")[2]) < 60:  # our names of types are longer
            assert found == repr(theirs.requires_grad_(grad))
    assert "size=(2, 0)" in repr(autograd.sparse_coo_tensor((2, 3)))


def test_text_elsewhere() -> None:
    x = autograd.sparse_coo_tensor([[0]], [1.0], device="sim")
    assert "device='sim', size=(1,), nnz=1, layout=autograd.sparse_coo" in repr(x)
    assert x.to("cpu").device.type == "cpu" and x.cpu().tolist() == [1.0]
