"""Norms, ranks, conditions, pseudoinverses and least squares, by the names of `torch.linalg`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase, engine
from autograd.functions import return_types
from autograd.functions.common import WHOLE, axes_of, axis_of, with_names, with_out
from autograd.functions.linalg import (
    adjoint,
    check_fits,
    check_floating,
    check_matrix,
    check_same_type,
    constant,
    inv_ex,
    is_vector,
)

if TYPE_CHECKING:
    from autograd.tensor import Tensor

MATRIX_ORDERS = ("fro", "nuc", math.inf, -math.inf, 1, -1, 2, -2)


def _converted(name: str, x: Any, dtype: Any) -> Tensor:
    """x in the type asked for, which must not lose precision or the imaginary part."""
    check_floating(name, x)
    if dtype is None:
        return x
    kind = dtypes.lookup(dtype)
    if kind.category < dtypes.FLOATING or kind.category != x.dtype.category:
        raise RuntimeError(
            f"{name}: dtype should be {'complex' if x.dtype.is_complex else 'floating point'} for input of type "
            f"{x.dtype}. Got {kind}"
        )
    if kind.itemsize < x.dtype.itemsize:
        raise RuntimeError(
            f"{name}: the dtype of the input ({x.dtype}) should be convertible without narrowing to {kind}"
        )
    return ops.astype(x, dtype=kind)


@with_out
def vector_norm(x: Any, ord: Any = 2, dim: Any = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """(Σ |x|^ord)^(1/ord) over some dims or all; the largest or least |x| for ±inf, the count of nonzeros for 0.

    Raises
    ------
    RuntimeError
        For integers, and for the largest or least of no elements.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.vector_norm(autograd.tensor([3.0, 4.0]))
    tensor(5.)
    """
    name = "linalg.vector_norm"
    x = _converted(name, x, dtype)
    if isinstance(ord, bool) or not isinstance(ord, (int, float)):
        raise TypeError(f"{name}(): argument 'ord' must be Number, not {type(ord).__name__}")
    shape = x._data.shape
    axes = axes_of(dim, len(shape)) or tuple(range(len(shape)))
    if (ord < 0 or ord == math.inf) and any(shape[axis] == 0 for axis in axes if shape):
        raise RuntimeError(
            f"{name} cannot compute the {ord} norm on an empty dimension because the operation does not have an "
            f"identity (shape {list(shape)})"
        )
    if not shape:
        return ops.reshape(ops.vector_norm(ops.reshape(x, shape=(1,)), order=float(ord)), shape=())
    return ops.vector_norm(x, order=float(ord), axis=axes, keepdims=keepdim)


def _pair(dim: Any, ndim: int, name: str) -> tuple[int, int]:
    """Two different dims as axes."""
    if not isinstance(dim, (tuple, list)) or len(dim) != 2:
        raise RuntimeError(f"{name}: dim must be a 2-tuple. Got {dim}")
    first, second = axis_of(dim[0], ndim), axis_of(dim[1], ndim)
    if first == second:
        raise RuntimeError(f"{name}: dims must be different. Got ({dim[0]}, {dim[1]})")
    return first, second


@with_out
@with_names(input="A")
def matrix_norm(A: Any, ord: Any = "fro", dim: Any = (-2, -1), keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The norm of matrices: Frobenius, nuclear, ±inf (row sums), ±1 (column sums), ±2 (singular values).

    Raises
    ------
    RuntimeError
        For another order, integers, or fewer than two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.matrix_norm(autograd.tensor([[3.0, 0.0], [0.0, 4.0]]))
    tensor(5.)
    """
    name = "linalg.matrix_norm"
    A = _converted(name, A, dtype)
    ndim = A._data.ndim
    if ndim < 2:
        raise RuntimeError(f"{name}: The input tensor A must have at least 2 dimensions, got {ndim}")
    if ord not in MATRIX_ORDERS:
        raise RuntimeError(f"{name}: Order {ord} not supported; use one of {', '.join(map(str, MATRIX_ORDERS))}")
    row, column = _pair(dim, ndim, name)
    if ord == "fro":
        return ops.vector_norm(A, order=2.0, axis=(row, column), keepdims=keepdim)
    if ord in ("nuc", 2, -2):
        if A.dtype.itemsize == 2:
            raise RuntimeError(f"{name}: Low precision dtypes not supported. Got {A.dtype}; convert it with .to()")
        others = [axis for axis in range(ndim) if axis not in (row, column)]
        values = ops.svd(ops.permute_dims(A, axes=(*others, row, column)))[1]
        result = ops.sum(values if ord == "nuc" else _extreme(values, -1, ord > 0, name), axis=-1)
        if keepdim:
            for axis in sorted((row, column)):
                result = ops.expand_dims(result, axis=axis)
        return result
    summed, compared = (row, column) if abs(ord) == 1 else (column, row)
    sums = ops.vector_norm(A, order=1.0, axis=summed, keepdims=True)
    result = _extreme(sums, compared, ord > 0, name)
    return result if keepdim else ops.squeeze(result, axis=(row, column))


def _extreme(values: Any, axis: int, largest: bool, name: str) -> Tensor:
    """The largest or least along an axis, kept; the largest of no norms is 0."""
    if not values._data.shape[axis]:
        if not largest:
            raise IndexError(f"{name}: matrices without rows, columns or singular values have no least one")
        return ops.sum(values, axis=axis, keepdims=True)
    return (ops.max if largest else ops.min)(values, axis=axis, keepdims=True)


@with_out
@with_names(input="A")
def norm(A: Any, ord: Any = None, dim: Any = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The norm of vectors, or of matrices if `dim` names two dims, or A has two and `ord` is given.

    Raises
    ------
    RuntimeError
        If `ord` is given without `dim` for a tensor that is neither vector nor matrix.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.norm(autograd.tensor([3.0, 4.0]))
    tensor(5.)
    >>> autograd.linalg.norm(autograd.tensor([[1.0, -2.0], [3.0, 4.0]]), ord=1)
    tensor(6.)
    """
    name = "linalg.norm"
    check_floating(name, A)
    if dim is not None:
        dim = (dim,) if isinstance(dim, WHOLE) else tuple(dim)
        if len(dim) not in (1, 2) and ord is not None:
            raise RuntimeError(f"{name}: If dim is specified, it must be of length 1 or 2. Got {list(dim)}")
    ndim = A._data.ndim
    if ord is not None and dim is None and ndim not in (1, 2):
        raise RuntimeError(
            f"{name}: If dim is not specified but ord is, the input must be 1D or 2D. Got {ndim}D; name the dims"
        )
    if ord is not None and (len(dim) == 2 if dim is not None else ndim == 2):
        return matrix_norm(A, ord, (0, 1) if dim is None else dim, keepdim, dtype=dtype)
    if isinstance(ord, str):
        raise RuntimeError(f"{name}: ord={ord!r} is for matrices; name two dims")
    return vector_norm(A, 2 if ord is None else ord, dim, keepdim, dtype=dtype)


@with_out
def legacy_norm(input: Any, p: Any = "fro", dim: Any = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The norm of vectors over some dims or all; p "fro" is 2, "nuc" the sum of the singular values of matrices.

    PyTorch's `torch.norm`, which it advises to replace by `linalg.vector_norm` and `linalg.matrix_norm`.

    Raises
    ------
    RuntimeError
        If `p` is a string other than "fro" and "nuc".

    Examples
    --------
    >>> import autograd
    >>> autograd.norm(autograd.tensor([[3.0, 4.0], [6.0, 8.0]]), dim=1)
    tensor([ 5., 10.])
    """
    if p == "nuc":
        return matrix_norm(input, "nuc", (0, 1) if dim is None else dim, keepdim, dtype=dtype)
    if isinstance(p, str) and p != "fro":
        raise RuntimeError(f"norm: only the strings 'fro' and 'nuc' are norms, not {p!r}")
    return vector_norm(input, 2 if p is None or p == "fro" else p, dim, keepdim, dtype=dtype)


legacy_norm.__name__ = "norm"


@with_out
def cond(A: Any, p: Any = None) -> Tensor:
    """The condition number: norm(A) · norm(A⁻¹), infinite for singular matrices; the 2-norm by default.

    Raises
    ------
    RuntimeError
        For another norm than those of `matrix_norm`, or matrices that are not square.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.cond(autograd.tensor([[2.0, 0.0], [0.0, 4.0]]))
    tensor(2.)
    """
    check_matrix("linalg.cond", A)
    if p is None or p in (2, -2):
        values = ops.svd(A)[1]
        if not values._data.shape[-1]:
            return constant(A, A._data.shape[:-2], 0, A.dtype.to_real())
        first, last = values[..., 0], values[..., -1]
        return ops.divide(last, first) if p == -2 else ops.divide(first, last)
    if p not in MATRIX_ORDERS:
        raise RuntimeError(
            f"linalg.cond got an invalid norm type: {p}; use one of {', '.join(map(str, MATRIX_ORDERS))}"
        )
    check_matrix("linalg.cond", A, square=True)
    if not A._data.size:
        return constant(A, A._data.shape[:-2], 0, A.dtype.to_real())
    inverse, info = inv_ex(A)
    failed = ops.not_equal(info, 0)
    product = ops.multiply(matrix_norm(A, p), matrix_norm(ops.where(failed[..., None, None], 1.0, inverse), p))
    return ops.where(failed, math.inf, product)


def _tolerances(A: Any, atol: Any, rtol: Any) -> tuple[Any, Any]:
    """Absolute and relative tolerance as tensors; the relative one is max(m, n) · ε unless one is given."""
    kind = A.dtype.to_real()
    default = max(A._data.shape[-2:]) * {2: 2.0**-10, 4: 2.0**-23, 8: 2.0**-52}[kind.itemsize]

    def tensor(value: Any) -> Any:
        if isinstance(value, TensorBase):
            return ops.astype(value, dtype=kind)
        return engine.wrap(A.backend.full((), value, kind), A.backend)

    absolute = tensor(0.0 if atol is None else atol)
    if rtol is not None:
        return absolute, tensor(rtol)
    return absolute, ops.where(ops.greater(absolute, 0), 0.0, tensor(default))


@with_out
def matrix_rank(A: Any, tol: Any = None, hermitian: bool = False, *, atol: Any = None, rtol: Any = None) -> Tensor:
    """How many singular values are larger than max(atol, rtol · the largest).

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.matrix_rank(autograd.ones(3, 2))
    tensor(1)
    """
    check_matrix("linalg.matrix_rank", A, square=hermitian)
    A = A.detach()
    if not A._data.shape[-1] or not A._data.shape[-2]:
        return constant(A, A._data.shape[:-2], 0, dtypes.int64)
    values = ops.abs(ops.eigh(A)[0]) if hermitian else ops.svd(A)[1]
    absolute, relative = _tolerances(A, tol if tol is not None else atol, 0.0 if tol is not None else rtol)
    largest = ops.vector_norm(values, order=math.inf, axis=-1)
    bound = ops.maximum(absolute, ops.multiply(relative, largest))
    return ops.sum(ops.greater(values, ops.expand_dims(bound, axis=-1)), axis=-1)


@with_out
def pinv(A: Any, rcond: Any = None, hermitian: bool = False, *, atol: Any = None, rtol: Any = None) -> Tensor:
    """The Moore-Penrose inverse; singular values up to max(atol, rtol · the largest) count as zero.

    Its derivative is that at constant rank.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.pinv(autograd.tensor([[2.0, 0.0], [0.0, 0.0]]))
    tensor([[0.5000, 0.0000],
            [0.0000, 0.0000]])
    """
    check_matrix("linalg.pinv", A, square=hermitian)
    absolute, relative = _tolerances(A, atol, rtol if rcond is None else rcond)
    return ops.pinv(A, absolute, relative, hermitian=hermitian)


@with_out
def lstsq(A: Any, B: Any, rcond: Any = None, *, driver: str | None = None) -> return_types.linalg_lstsq:
    """(solution, residuals, rank, singular_values) of min ||A X - B||; what a driver does not compute is empty.

    Raises
    ------
    RuntimeError
        If shapes, types or the driver do not fit.

    Examples
    --------
    >>> import autograd
    >>> A, B = autograd.tensor([[1.0], [1.0]]), autograd.tensor([[1.0], [3.0]])
    >>> autograd.linalg.lstsq(A, B).solution.round(decimals=4)
    tensor([[2.]])
    """
    name = "linalg.lstsq"
    check_matrix(name, A)
    check_same_type(name, A, B)
    driver = "gelsy" if driver is None else driver
    if driver not in ("gels", "gelsy", "gelsd", "gelss"):
        raise RuntimeError(f"{name}: parameter `driver` should be one of (gels, gelsy, gelsd, gelss), got {driver!r}")
    if not B._data.ndim:
        raise RuntimeError(f"{name}: other must have at least 1 dimension, got shape []")
    vector = is_vector(A, B)
    right = ops.expand_dims(B, axis=-1) if vector else B
    rows, columns = A._data.shape[-2:]
    if right._data.ndim < 2 or right._data.shape[-2] != rows:
        raise RuntimeError(
            f"{name}: input.size(-2) should match other.size({-1 if vector else -2}), got {list(A._data.shape)} and "
            f"{list(B._data.shape)}"
        )
    check_fits(name, ops.matmul(A[..., :0], adjoint(A[..., :0])), right, True)
    absolute, relative = _tolerances(A, None, rcond)
    X = ops.matmul(ops.pinv(A, absolute, relative), right)
    values = ops.svd(A.detach())[1]
    bound = ops.multiply(relative, values[..., :1])
    rank = ops.sum(ops.greater(values, bound), axis=-1)
    kind = A.dtype.to_real()
    residuals = ops.reshape(ops.abs(X)[..., :0], shape=(0,))
    if rows > columns and driver != "gelsy" and bool(A.backend.all(rank._data == columns)):
        error = ops.subtract(ops.matmul(A, X), right)
        residuals = ops.sum(ops.real(ops.multiply(error, ops.conj(error))), axis=-2)
    return return_types.linalg_lstsq(
        ops.squeeze(X, axis=-1) if vector else X,
        residuals,
        constant(A, (0,), 0, dtypes.int64) if driver == "gels" else rank,
        values if driver in ("gelsd", "gelss") else constant(A, (0,), 0, kind),
    )
