"""Sparse tensors from indices and values."""

from __future__ import annotations

from typing import Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions import creation, filled
from autograd.functions.common import shape_of
from autograd.sparse.pattern import Compressed, Coordinates
from autograd.sparse.tensor import SparseTensor


def sparse_coo_tensor(
    indices: Any,
    values: Any = None,
    size: Any = None,
    *,
    dtype: Any = None,
    device: Any = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    check_invariants: bool | None = None,
    is_coalesced: bool | None = None,
) -> SparseTensor:
    """A sparse tensor by coordinates: out[indices[0, e], indices[1, e], ..] = Σ values[e]; `f(size)`: of zeros.

    Parameters
    ----------
    indices : integers [sparse dims, nnz]
    values : [nnz], or [nnz, dense sizes]; a tensor that requires a gradient gets it
    size : the shape; default: the smallest that holds the indices
    dtype, device : default: those of `values`
    requires_grad : whether the result is a leaf that requires a gradient, where `values` require none
    check_invariants : False leaves out the check that the indices are inside; unlike PyTorch's, the default is to check
    is_coalesced : whether the indices are known to be sorted, none twice

    Raises
    ------
    RuntimeError
        If shapes do not fit, or an index is outside.

    Examples
    --------
    >>> import autograd
    >>> autograd.sparse_coo_tensor([[0, 1], [2, 0]], [3.0, 4.0], (2, 3)).to_dense()
    tensor([[0., 0., 3.],
            [4., 0., 0.]])
    """
    if values is None:
        shape = shape_of((indices,) if size is None else (size,))
        backend = creation.home(device)
        stored = filled.zeros(0, dtype=dtype, device=device, requires_grad=requires_grad)
        return SparseTensor(Coordinates(backend, backend.zeros((len(shape), 0), "int64"), shape, True), stored)
    stored = _values(values, dtype, device, requires_grad)
    coordinates = _integers("indices", indices, stored)
    if coordinates.ndim != 2:
        raise RuntimeError(f"indices must be sparse_dim x nnz, but got: {list(coordinates.shape)}")
    dims, count = coordinates.shape
    _equal_count("indices", count, stored)
    sizes = _smallest(stored.backend, coordinates) if size is None else shape_of((size,))[:dims]
    if size is not None:
        _check_shape(shape_of((size,)), dims, stored)
    if check_invariants is not False and count:
        _check_coordinates(stored.backend, coordinates, sizes)
    pattern = Coordinates(stored.backend, coordinates, sizes, coalesced=bool(is_coalesced))
    if is_coalesced and check_invariants is not False and bool((pattern.keys[1:] <= pattern.keys[:-1]).any()):
        raise RuntimeError("cannot set is_coalesced to true if indices correspond to uncoalesced COO tensor")
    return SparseTensor(pattern, stored)


def _values(values: Any, dtype: Any, device: Any, requires_grad: bool) -> Any:
    """The values as a leaf of their own, or in the graph of the tensor that they are given as."""
    if not isinstance(values, TensorBase):
        stored = creation.tensor(values, dtype=dtype, device=device)
    else:
        stored = values.to(device=device, dtype=dtype)  # type: ignore[attr-defined]
    if not stored.ndim:
        stored = stored.reshape(1)
    if stored.requires_grad:
        return ops.reshape(stored, shape=stored._data.shape)  # a node of its own: the sparse tensor is no leaf
    return stored.detach().requires_grad_(requires_grad)


def _integers(name: str, value: Any, stored: Any) -> Any:
    """Indices as a raw array of int64 on the values' device.

    Raises
    ------
    RuntimeError
        If they are no integers.
    """
    found = creation.as_tensor(value, device=stored.device)
    if found.numel() and found.dtype.category != dtypes.INTEGER:
        raise RuntimeError(f"{name} must be integers, got {found.dtype}; convert them with .long()")
    return found.detach().to(dtypes.int64)._data


def _equal_count(name: str, count: int, stored: Any) -> None:
    if count != stored.shape[0]:
        raise RuntimeError(
            f"{name} and values must have same nnz, but got nnz from {name}: {count}, nnz from values: "
            f"{stored.shape[0]}"
        )


def _check_shape(shape: tuple[int, ...], dims: int, stored: Any) -> None:
    dense = stored.ndim - 1
    if len(shape) != dims + dense:
        raise RuntimeError(
            f"'len(size) == sparse_dim + dense_dim' is not satisfied: len(size) = {len(shape)}, sparse_dim = {dims}, "
            f"dense_dim = {dense}"
        )
    if shape[dims:] != tuple(stored.shape[1:]):
        raise RuntimeError(
            f"values has incorrect size, expected {[stored.shape[0], *shape[dims:]]}, got {list(stored.shape)}"
        )


def _smallest(xp: Any, coordinates: Any) -> tuple[int, ...]:
    if not coordinates.shape[1]:
        return (0,) * coordinates.shape[0]
    return tuple(int(xp.max(row)) + 1 for row in coordinates)


def _check_coordinates(xp: Any, coordinates: Any, sizes: tuple[int, ...]) -> None:
    for axis, size in enumerate(sizes):
        low, high = int(xp.min(coordinates[axis])), int(xp.max(coordinates[axis]))
        if low < 0:
            raise RuntimeError(f"found negative index {low} for dim {axis}")
        if high >= size:
            raise RuntimeError(
                f"size is inconsistent with indices: for dim {axis}, size is {size} but found index {high}"
            )


def sparse_csr_tensor(
    crow_indices: Any,
    col_indices: Any,
    values: Any,
    size: Any = None,
    *,
    dtype: Any = None,
    device: Any = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    check_invariants: bool | None = None,
) -> SparseTensor:
    """A sparse matrix in compressed rows: row i has the elements crow_indices[i] to crow_indices[i + 1].

    Parameters
    ----------
    crow_indices : integers [rows + 1]
    col_indices : integers [nnz], ascending in each row
    values : [nnz]; a tensor that requires a gradient gets it
    size : the shape; default: the smallest that holds the indices
    dtype, device, requires_grad, check_invariants : as of `sparse_coo_tensor`

    Raises
    ------
    RuntimeError
        If shapes do not fit, or the indices are no compressed rows.

    Examples
    --------
    >>> import autograd
    >>> autograd.sparse_csr_tensor([0, 1, 2], [2, 0], [3.0, 4.0], (2, 3)).to_dense()
    tensor([[0., 0., 3.],
            [4., 0., 0.]])
    """
    stored = _values(values, dtype, device, requires_grad)
    xp = stored.backend
    crow, col = _integers("crow_indices", crow_indices, stored), _integers("col_indices", col_indices, stored)
    if crow.ndim != 1 or col.ndim != 1 or stored.ndim != 1 or not crow.shape[0]:
        raise RuntimeError(
            f"sparse_csr_tensor: crow_indices, col_indices and values must be vectors, the first not empty, got shapes "
            f"{list(crow.shape)}, {list(col.shape)} and {list(stored.shape)}"
        )
    shape = (crow.shape[0] - 1, *_smallest(xp, xp.reshape(col, (1, -1)))) if size is None else shape_of((size,))
    if len(shape) != 2:
        raise RuntimeError(
            f"tensor dimensionality must be sum of batch, base, and dense dimensionalities (=0 + 2 + 0) but got "
            f"{len(shape)}"
        )
    if crow.shape[0] != shape[0] + 1:
        raise RuntimeError(
            f"crow_indices.shape[-1] must be equal to the number of rows + 1 (={shape[0] + 1}), but got {crow.shape[0]}"
        )
    if col.shape[0] != stored.shape[0]:
        raise RuntimeError(
            f"col_indices.shape[-1] must be equal to nnz (={stored.shape[0]}) as defined by values.shape[0], but got "
            f"{col.shape[0]}"
        )
    pattern = Compressed(xp, crow, col, shape)  # type: ignore[arg-type]
    if check_invariants is not False:
        _check_rows(pattern)
    return SparseTensor(pattern, stored)


def _check_rows(pattern: Compressed) -> None:
    crow, col, columns = pattern.crow, pattern.col, pattern.sizes[1]
    for broken, rule in (
        (int(crow[0]) != 0, "crow_indices[..., 0] == 0"),
        (int(crow[-1]) != pattern.count, "crow_indices[..., -1] == nnz"),
        (bool((crow[1:] < crow[:-1]).any()), "0 <= crow_indices[..., 1:] - crow_indices[..., :-1] <= ncols"),
        (bool(((col < 0) | (col >= columns)).any()), "0 <= col_indices < ncols"),
    ):
        if broken:
            raise RuntimeError(f"`{rule}` is not satisfied.")
    if bool((pattern.keys[1:] <= pattern.keys[:-1]).any()):
        raise RuntimeError(
            "`col_indices[..., crow_indices[..., i - 1]:crow_indices[..., i]] for all i = 1, ..., nrows are sorted and "
            "distinct along the last dimension values` is not satisfied."
        )
