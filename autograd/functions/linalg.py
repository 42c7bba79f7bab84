"""Inverses, determinants and solvers, by the names of `torch.linalg`.

Each takes one matrix, (m, n), or a batch of them, (*, m, n), of float32, float64, complex64 or complex128, and works on
every one. TypeError for what is no Tensor; RuntimeError for other types, operands of two types and shapes that do not
fit; `autograd.linalg.LinAlgError`, a RuntimeError, where the matrix itself is the reason, such as a singular one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.backends.reference.linalg import LinAlgError
from autograd.engine import TensorBase, engine
from autograd.functions import return_types
from autograd.functions.common import axis_of, with_names, with_out

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def check_matrix(name: str, x: Any, square: bool = False, low: bool = False) -> None:
    """Refuse what is no (square) floating matrix or batch of them.

    Raises
    ------
    TypeError
        For what is no Tensor.
    RuntimeError
        Naming the shape or the element type.
    """
    check_floating(name, x, low)
    shape = list(x._data.shape)
    if len(shape) < 2:
        raise RuntimeError(f"{name}: The input tensor A must have at least 2 dimensions, got shape {shape}")
    if square and shape[-1] != shape[-2]:
        raise RuntimeError(f"{name}: A must be batches of square matrices, but they are {shape[-2]} by {shape[-1]}")


def check_tensor(name: str, x: Any) -> None:
    """Refuse what is no Tensor."""
    if not isinstance(x, TensorBase):
        raise TypeError(f"{name}: expected a Tensor, got {type(x).__name__}")


def check_floating(name: str, x: Any, low: bool = True) -> None:
    """Refuse integers and, unless `low`, types of 16 bits."""
    check_tensor(name, x)
    kind = x.backend.dtype_of(x._data)
    if kind.category < dtypes.FLOATING:
        raise RuntimeError(
            f"{name}: Expected a floating point or complex tensor as input. Got {kind}; convert it with .to()"
        )
    if kind.itemsize == 2 and not low:
        raise RuntimeError(f"{name}: Low precision dtypes not supported. Got {kind}; convert it with .to()")


def check_same_type(name: str, a: Any, b: Any) -> None:
    """Refuse tensors of different element types."""
    check_tensor(name, a)
    check_tensor(name, b)
    if a.dtype is not b.dtype:
        raise RuntimeError(
            f"{name}: expected operands of one dtype, got {a.dtype} and {b.dtype}; convert one with .to()"
        )


def adjoint(x: Any) -> Tensor:
    """The conjugate transpose of the last two dims."""
    return ops.conj(ops.matrix_transpose(x))


def constant(like: Any, shape: tuple[int, ...], value: Any, dtype: Any = None) -> Tensor:
    """A tensor of one value on the device, and by default in the type, of another."""
    backend = like.backend
    return engine.wrap(backend.full(shape, value, dtype or like.dtype), backend)


def identity(like: Any, n: int) -> Tensor:
    """The n × n identity of `like`'s type, on its device."""
    backend = like.backend
    return engine.wrap(backend.eye(n, n, like.dtype), backend)


# --- inverse and determinant -----------------------------------------------------------------------------------------


@with_out
@with_names(input="A")
def inv(A: Any) -> Tensor:
    """The inverse of square matrices.

    Raises
    ------
    LinAlgError
        If a matrix is singular.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.inv(autograd.tensor([[2.0, 0.0], [0.0, 4.0]]))
    tensor([[0.5000, 0.0000],
            [0.0000, 0.2500]])
    """
    check_matrix("linalg.inv", A, square=True)
    return ops.inv(A)


@with_out
def inv_ex(A: Any, *, check_errors: bool = False) -> return_types.linalg_inv_ex:
    """(inverse, info): info is 0 where the inverse exists; without `check_errors` nothing raises.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.inv_ex(autograd.tensor([[2.0, 0.0], [0.0, 4.0]])).inverse
    tensor([[0.5000, 0.0000],
            [0.0000, 0.2500]])
    >>> autograd.linalg.inv_ex(autograd.zeros(2, 2)).info
    tensor(1, dtype=autograd.int32)
    """
    check_matrix("linalg.inv_ex", A, square=True)
    return return_types.linalg_inv_ex(*_with_info(ops.inv, A, check_errors))


def _with_info(compute: Any, A: Any, check_errors: bool) -> tuple:
    """The answer and zeros for info; where a matrix is singular, the number of its first zero pivot and NaN."""
    shape = A._data.shape
    try:
        return compute(A), constant(A, shape[:-2], 0, dtypes.int32)
    except LinAlgError:
        if check_errors:
            raise
    info = ops.lu(A.detach())[3]
    failed = ops.not_equal(info, 0)[..., None, None]
    answer = compute(ops.where(failed, identity(A, shape[-1]), A))
    return ops.where(failed, math.nan, answer), info


@with_out
@with_names(input="A")
def det(A: Any) -> Tensor:
    """The determinant of square matrices, (*, n, n) to (*); its gradient, det(A) A^(-H), is right for singular ones too.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.det(autograd.tensor([[2.0, 0.0], [1.0, 3.0]]))
    tensor(6.)
    """
    check_matrix("linalg.det", A, square=True)
    return ops.det(A)


@with_out
def slogdet(A: Any) -> return_types.linalg_slogdet:
    """(sign, logabsdet) of the determinant: det = sign · exp(logabsdet).

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.slogdet(autograd.tensor([[0.0, 1.0], [1.0, 0.0]]))
    autograd.return_types.linalg_slogdet(
    sign=tensor(-1.),
    logabsdet=tensor(0.))
    """
    check_matrix("linalg.slogdet", A, square=True)
    return return_types.linalg_slogdet(*ops.slogdet(A))


def logdet(input: Any) -> Tensor:
    """The logarithm of the determinant; NaN where it is negative.

    Examples
    --------
    >>> import autograd
    >>> autograd.logdet(autograd.tensor([[2.0, 0.0], [0.0, 0.5]]))
    tensor(0.)
    """
    check_matrix("logdet", input, square=True)
    sign, value = ops.slogdet(input)
    if input.dtype.is_complex:
        return ops.add(value, ops.log(sign))
    return ops.where(ops.less(sign, 0), math.nan, value)


# --- solving ---------------------------------------------------------------------------------------------------------


def is_vector(A: Any, B: Any) -> bool:
    """Whether B is a vector, or a batch of vectors, rather than matrices (torch.linalg.solve's rule)."""
    return B._data.ndim == 1 or (A._data.ndim - 1 == B._data.ndim and B._data.shape == A._data.shape[:-1])


def check_fits(name: str, A: Any, B: Any, left: bool) -> None:
    """Refuse an equation A X = B, or X A = B, whose sizes do not match.

    Raises
    ------
    RuntimeError
        Naming both shapes.
    """
    a, b = A._data.shape, B._data.shape
    if b[-2 if left else -1] != a[-1]:
        raise RuntimeError(
            f"{name}: Incompatible shapes of A and B for the equation {'AX = B' if left else 'XA = B'} ({list(a)} and "
            f"{list(b)})"
        )
    for m, n in zip(reversed(a[:-2]), reversed(b[:-2]), strict=False):
        if m != n and m != 1 and n != 1:
            raise RuntimeError(f"{name}: the batch dims of A {list(a)} and B {list(b)} do not broadcast")


@with_out
def solve(A: Any, B: Any, *, left: bool = True) -> Tensor:
    """X with A X = B (or X A = B with `left=False`), for vectors or matrices B; batch dims broadcast.

    Raises
    ------
    LinAlgError
        If a matrix is singular.
    RuntimeError
        If shapes or types do not fit.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.solve(autograd.tensor([[2.0, 0.0], [0.0, 4.0]]), autograd.tensor([2.0, 2.0]))
    tensor([1.0000, 0.5000])
    """
    check_matrix("linalg.solve", A, square=True)
    check_same_type("linalg.solve", A, B)
    if not B._data.ndim:
        raise RuntimeError("linalg.solve: B must have at least 1 dimension, got shape []")
    vector = is_vector(A, B)
    if vector:
        if not left:
            raise RuntimeError(
                "linalg.solve: Vector broadcasting of the left hand side is not supported for left=False; "
                "expand B to A's batch shape, or give matrices"
            )
        B = ops.expand_dims(B, axis=-1)
    check_fits("linalg.solve", A, B, left)
    if left:
        X = ops.solve(A, B)
    else:
        X = ops.matrix_transpose(ops.solve(ops.matrix_transpose(A), ops.matrix_transpose(B)))
    return ops.squeeze(X, axis=-1) if vector else X


@with_out
def solve_ex(A: Any, B: Any, *, left: bool = True, check_errors: bool = False) -> return_types.linalg_solve_ex:
    """(result, info) of `solve`, which does not raise for singular matrices without `check_errors`.

    Examples
    --------
    >>> import autograd
    >>> A, B = autograd.tensor([[2.0, 0.0], [0.0, 4.0]]), autograd.tensor([2.0, 2.0])
    >>> autograd.linalg.solve_ex(A, B).result
    tensor([1.0000, 0.5000])
    """
    check_matrix("linalg.solve_ex", A, square=True)
    return return_types.linalg_solve_ex(*_with_info(lambda a: solve(a, B, left=left), A, check_errors))


@with_out
def solve_triangular(A: Any, B: Any, *, upper: bool, left: bool = True, unitriangular: bool = False) -> Tensor:
    """X with A X = B (or X A = B) for triangular A, whose other triangle is not read; a diagonal of ones if `unitriangular`.

    Examples
    --------
    >>> import autograd
    >>> A, B = autograd.tensor([[2.0, 0.0], [1.0, 1.0]]), autograd.tensor([[2.0], [3.0]])
    >>> autograd.linalg.solve_triangular(A, B, upper=False)
    tensor([[1.],
            [2.]])
    """
    check_matrix("linalg.solve_triangular", A, square=True)
    check_matrix("linalg.solve_triangular", B)
    check_same_type("linalg.solve_triangular", A, B)
    check_fits("linalg.solve_triangular", A, B, left)
    if left:
        return ops.solve_triangular(A, B, upper=upper, unitriangular=unitriangular)
    turned = ops.solve_triangular(
        ops.matrix_transpose(A), ops.matrix_transpose(B), upper=not upper, unitriangular=unitriangular
    )
    return ops.matrix_transpose(turned)


@with_out
def tensorinv(A: Any, ind: int = 2) -> Tensor:
    """The inverse of `tensordot` with A over its last dims, of which the first `ind` are the others.

    Raises
    ------
    RuntimeError
        If `ind` is not positive, or the sizes before and after it have different products.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.eye(6).reshape(2, 3, 6)
    >>> autograd.linalg.tensorinv(A).shape
    autograd.Size([6, 2, 3])
    """
    shape = A._data.shape
    if ind <= 0:
        raise RuntimeError(f"Expected a strictly positive integer for 'ind', got {ind}")
    if math.prod(shape[:ind]) != math.prod(shape[ind:]):
        raise RuntimeError(
            f"linalg.tensorinv: the products of the first {ind} and of the other sizes must be equal, got {list(shape)}"
        )
    n = math.prod(shape[ind:])
    return ops.reshape(inv(ops.reshape(A, shape=(n, n))), shape=(*shape[ind:], *shape[:ind]))


@with_out
def tensorsolve(A: Any, B: Any, dims: Any = None) -> Tensor:
    """X with tensordot(A, X, X.ndim) = B; `dims` of A are moved to the end first.

    Raises
    ------
    RuntimeError
        If the sizes that are solved for do not have the product of the others.

    Examples
    --------
    >>> import autograd
    >>> A = autograd.eye(6).reshape(2, 3, 6)
    >>> autograd.linalg.tensorsolve(A, autograd.ones(2, 3))
    tensor([1., 1., 1., 1., 1., 1.])
    """
    if dims is not None:
        last = [axis_of(d, A._data.ndim) for d in dims]
        A = ops.permute_dims(A, axes=tuple([i for i in range(A._data.ndim) if i not in last] + last))
    shape = A._data.shape[B._data.ndim :]
    rows, columns = math.prod(A._data.shape[: B._data.ndim]), math.prod(shape)
    if rows != columns:
        raise RuntimeError(
            f"Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), "
            f"but got {columns} != {rows}"
        )
    x = solve(ops.reshape(A, shape=(rows, columns)), ops.reshape(B, shape=(int(B._data.size),)))
    return ops.reshape(x, shape=tuple(shape))
