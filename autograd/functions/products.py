"""Products of vectors, matrices and tensors, by PyTorch's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions.common import WHOLE, axis_of, store, with_out
from autograd.names import named

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def check_ndim(name: str, x: Any, ndim: int, what: str = "tensor") -> None:
    """Refuse what is no tensor of this many dims."""
    if not isinstance(x, TensorBase):
        raise TypeError(f"{name}(): expected Tensors, not {type(x).__name__}")
    if x._data.ndim != ndim:
        raise RuntimeError(f"{name}: expected a {ndim}-D {what}, got shape {list(x._data.shape)}")


def _same_type(name: str, *tensors: Any) -> None:
    kinds = {tensor.backend.dtype_of(tensor._data) for tensor in tensors}
    if len(kinds) > 1:
        names = " and ".join(sorted(map(repr, kinds)))
        raise RuntimeError(f"{name}: expected operands of one dtype, got {names}; convert one with .to()")


def matmul(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The matrix product (*, m, n) @ (*, n, p) = (*, m, p); vectors on either side, batch dims broadcast.

    Raises
    ------
    RuntimeError
        For 0-d operands, different element types, or sizes that do not match.

    Examples
    --------
    >>> import autograd
    >>> autograd.matmul(autograd.ones(2, 3), autograd.ones(3))
    tensor([3., 3.])
    """
    result = ops.matmul(input, other)
    return result if out is None else store("matmul", result, out)


def rmatmul(input: Any, other: Any) -> Tensor:
    """`other @ input`.

    Examples
    --------
    >>> import autograd
    >>> import numpy
    >>> numpy.array([[1.0, 2.0]], dtype="float32") @ autograd.tensor([[3.0], [4.0]])
    tensor([[11.]])
    """
    return matmul(other, input)


def _by(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape))


@with_out
def mm(input: Any, mat2: Any) -> Tensor:
    """The product (m, n) @ (n, p) = (m, p) of two matrices.

    Examples
    --------
    >>> import autograd
    >>> m = autograd.tensor([[1.0, 2.0], [3.0, 4.0]])
    >>> autograd.mm(m, m)
    tensor([[ 7., 10.],
            [15., 22.]])
    """
    check_ndim("mm", input, 2, "matrix")
    check_ndim("mm", mat2, 2, "matrix")
    return matmul(input, mat2)


@with_out
def bmm(input: Any, mat2: Any) -> Tensor:
    """The products (b, m, n) @ (b, n, p) = (b, m, p) of two equally long batches of matrices.

    Raises
    ------
    RuntimeError
        If the two are not batches of matrices that fit.

    Examples
    --------
    >>> import autograd
    >>> autograd.bmm(autograd.ones(5, 2, 3), autograd.ones(5, 3, 4)).shape
    autograd.Size([5, 2, 4])
    """
    check_ndim("bmm", input, 3)
    check_ndim("bmm", mat2, 3)
    a, b = input._data.shape, mat2._data.shape
    if a[0] != b[0] or a[2] != b[1]:
        raise RuntimeError(f"bmm: batch matrices of shapes {list(a)} and {list(b)} cannot be multiplied")
    return named(matmul(input, mat2), "BmmBackward0")


@with_out
def mv(input: Any, vec: Any) -> Tensor:
    """The product of a matrix and a vector, (m, n) @ (n) = (m).

    Examples
    --------
    >>> import autograd
    >>> m = autograd.tensor([[1.0, 2.0], [3.0, 4.0]])
    >>> autograd.mv(m, autograd.ones(2))
    tensor([3., 7.])
    """
    check_ndim("mv", input, 2, "matrix")
    check_ndim("mv", vec, 1, "vector")
    return matmul(input, vec)


@with_out
def dot(input: Any, tensor: Any) -> Tensor:
    """Σ input · tensor of two vectors of one length.

    Raises
    ------
    RuntimeError
        If the two are not vectors of one length.

    Examples
    --------
    >>> import autograd
    >>> autograd.dot(autograd.tensor([1.0, 2.0]), autograd.tensor([3.0, 4.0]))
    tensor(11.)
    """
    check_ndim("dot", input, 1, "vector")
    check_ndim("dot", tensor, 1, "vector")
    if input._data.shape != tensor._data.shape:
        raise RuntimeError(f"dot: inconsistent sizes {list(input._data.shape)} and {list(tensor._data.shape)}")
    return matmul(input, tensor)


@with_out
def vdot(input: Any, other: Any) -> Tensor:
    """Σ conj(input) · other of two vectors.

    Examples
    --------
    >>> import autograd
    >>> autograd.vdot(autograd.tensor([1j, 1.0]), autograd.tensor([1j, 2.0]))
    tensor(3.+0.j)
    """
    check_ndim("vdot", input, 1, "vector")
    check_ndim("vdot", other, 1, "vector")
    return dot(ops.conj(input), other)


@with_out
def inner(input: Any, other: Any) -> Tensor:
    """Sums of products over the last dims; a 0-d operand multiplies.

    Raises
    ------
    RuntimeError
        If the last dims differ.

    Examples
    --------
    >>> import autograd
    >>> autograd.inner(autograd.tensor([1.0, 2.0]), autograd.tensor([3.0, 4.0]))
    tensor(11.)
    """
    if not input._data.ndim or not other._data.ndim:
        return ops.multiply(input, other)
    if input._data.shape[-1] != other._data.shape[-1]:
        raise RuntimeError(
            f"inner: the last dims must match, got shapes {list(input._data.shape)} and {list(other._data.shape)}"
        )
    return tensordot(input, other, dims=([-1], [-1]))


@with_out
def outer(input: Any, vec2: Any) -> Tensor:
    """The matrix of all products of two vectors' elements, out[i, j] = input[i] vec2[j].

    Examples
    --------
    >>> import autograd
    >>> autograd.outer(autograd.tensor([1, 2]), autograd.tensor([3, 4]))
    tensor([[3, 4],
            [6, 8]])
    """
    check_ndim("outer", input, 1, "vector")
    check_ndim("outer", vec2, 1, "vector")
    return ops.multiply(ops.expand_dims(input, axis=1), vec2)


def _scaled(value: Any, factor: Any) -> Tensor:
    return value if factor.__class__ in (int, float) and factor == 1 else ops.multiply(value, factor)


def _blend(name: str, input: Any, product: Any, beta: Any, alpha: Any) -> Tensor:
    """beta · input + alpha · product; input is not read where beta is 0, so that its NaNs do not spread."""
    _same_type(name, input, product)
    if product.dtype.category < dtypes.FLOATING and any(isinstance(factor, float) for factor in (beta, alpha)):
        raise RuntimeError(f"{name}: for integral input tensors, beta and alpha must not be floating point numbers")
    scaled = _scaled(product, alpha)
    if beta == 0:
        return ops.add(ops.zeros_like(product), scaled)
    shape = product._data.shape
    try:
        return ops.add(ops.broadcast_to(_scaled(input, beta), shape=shape), scaled)
    except ValueError:
        raise RuntimeError(
            f"{name}: input of shape {list(input._data.shape)} does not broadcast to the product's shape {list(shape)}"
        ) from None


def _whole(input: Any, beta: Any, alpha: Any) -> tuple[Any, Any]:
    """The factors, cut to whole numbers for integers, as PyTorch does in all but `addr`."""
    return (int(beta), int(alpha)) if input.dtype.category < dtypes.FLOATING else (beta, alpha)


@with_out
def addmm(input: Any, mat1: Any, mat2: Any, *, beta: Any = 1, alpha: Any = 1) -> Tensor:
    """beta · input + alpha · mat1 @ mat2.

    Examples
    --------
    >>> import autograd
    >>> autograd.addmm(autograd.ones(2, 4), autograd.ones(2, 3), autograd.ones(3, 4)).shape
    autograd.Size([2, 4])
    """
    return named(_blend("addmm", input, mm(mat1, mat2), *_whole(input, beta, alpha)), "AddmmBackward0")


@with_out
def addmv(input: Any, mat: Any, vec: Any, *, beta: Any = 1, alpha: Any = 1) -> Tensor:
    """beta · input + alpha · mat @ vec.

    Examples
    --------
    >>> import autograd
    >>> autograd.addmv(autograd.ones(2), autograd.eye(2), autograd.tensor([3.0, 4.0]))
    tensor([4., 5.])
    """
    return _blend("addmv", input, mv(mat, vec), *_whole(input, beta, alpha))


@with_out
def addr(input: Any, vec1: Any, vec2: Any, *, beta: Any = 1, alpha: Any = 1) -> Tensor:
    """beta · input + alpha · outer(vec1, vec2).

    Examples
    --------
    >>> import autograd
    >>> autograd.addr(autograd.ones(2, 2), autograd.tensor([1.0, 2.0]), autograd.tensor([3.0, 4.0]))
    tensor([[4., 5.],
            [7., 9.]])
    """
    product = outer(vec1, vec2)
    if product.dtype is not input.dtype:
        input, product = input + product * 0, product + input * 0
    return _blend("addr", input, product, beta, alpha)


@with_out
def baddbmm(input: Any, batch1: Any, batch2: Any, *, beta: Any = 1, alpha: Any = 1) -> Tensor:
    """beta · input + alpha · batch1 @ batch2, for batches of matrices.

    Examples
    --------
    >>> import autograd
    >>> autograd.baddbmm(autograd.ones(1), autograd.ones(5, 2, 3), autograd.ones(5, 3, 4)).shape
    autograd.Size([5, 2, 4])
    """
    return _blend("baddbmm", input, bmm(batch1, batch2), *_whole(input, beta, alpha))


@with_out
def addbmm(input: Any, batch1: Any, batch2: Any, *, beta: Any = 1, alpha: Any = 1) -> Tensor:
    """beta · input + alpha · Σ batch1[i] @ batch2[i].

    Examples
    --------
    >>> import autograd
    >>> autograd.addbmm(autograd.zeros(2, 2), autograd.ones(3, 2, 1), autograd.ones(3, 1, 2))
    tensor([[3., 3.],
            [3., 3.]])
    """
    return _blend("addbmm", input, ops.sum(bmm(batch1, batch2), axis=0), *_whole(input, beta, alpha))


def tensordot(a: Any, b: Any, dims: Any = 2, out: Any = None) -> Tensor:
    """Sums of products over pairs of dims: the last `dims` of a with the first of b, or lists of dims of each.

    Raises
    ------
    RuntimeError
        If the contracted sizes differ.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensordot(autograd.ones(2, 3, 4), autograd.ones(3, 4, 5)).shape
    autograd.Size([2, 5])
    """
    if isinstance(dims, TensorBase):
        dims = dims.tolist()  # type: ignore[attr-defined]
    if isinstance(dims, WHOLE):
        if dims < 0 or dims > min(a._data.ndim, b._data.ndim):
            raise RuntimeError(f"tensordot expects dims >= 0 and at most the number of dims, but got dims={dims}")
        left, right = list(range(a._data.ndim - dims, a._data.ndim)), list(range(dims))
    else:
        left = [axis_of(d, a._data.ndim) for d in ([dims[0]] if isinstance(dims[0], int) else dims[0])]
        right = [axis_of(d, b._data.ndim) for d in ([dims[1]] if isinstance(dims[1], int) else dims[1])]
    if len(left) != len(right):
        raise RuntimeError(f"tensordot: both dims lists should have the same length, got {left} and {right}")
    _same_type("tensordot", a, b)
    shape_a, shape_b = list(a._data.shape), list(b._data.shape)
    for i, j in zip(left, right, strict=True):  # a size of 1 is summed out, as in PyTorch
        if shape_a[i] != shape_b[j]:
            if shape_a[i] == 1:
                b = ops.sum(b, axis=j, keepdims=True)
            elif shape_b[j] == 1:
                a = ops.sum(a, axis=i, keepdims=True)
            else:
                raise RuntimeError(
                    f"contracted dimensions need to match, but first has size {shape_a[i]} in dim {i} and second has "
                    f"size {shape_b[j]} in dim {j}"
                )
    shape_a, shape_b = list(a._data.shape), list(b._data.shape)
    free_a = [i for i in range(len(shape_a)) if i not in left]
    free_b = [j for j in range(len(shape_b)) if j not in right]
    inner_size = 1
    for i in left:
        inner_size *= shape_a[i]
    rows, columns = [shape_a[i] for i in free_a], [shape_b[j] for j in free_b]
    first = ops.reshape(ops.permute_dims(a, axes=(*free_a, *left)), shape=(_count(rows), inner_size))
    second = ops.reshape(ops.permute_dims(b, axes=(*right, *free_b)), shape=(inner_size, _count(columns)))
    result = ops.reshape(ops.matmul(first, second), shape=(*rows, *columns))
    return result if out is None else out.copy_(result)


def _count(sizes: list[int]) -> int:
    count = 1
    for size in sizes:
        count *= size
    return count


@with_out
def kron(input: Any, other: Any) -> Tensor:
    """The Kronecker product, each element of `input` times all of `other`; a missing leading dim counts as 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.kron(autograd.tensor([1, 10]), autograd.tensor([1, 2]))
    tensor([ 1,  2, 10, 20])
    """
    ndim = max(input._data.ndim, other._data.ndim)
    a = (1,) * (ndim - input._data.ndim) + tuple(input._data.shape)
    b = (1,) * (ndim - other._data.ndim) + tuple(other._data.shape)
    left = ops.reshape(input, shape=tuple(size for n in a for size in (n, 1)))
    right = ops.reshape(other, shape=tuple(size for n in b for size in (1, n)))
    return ops.reshape(ops.multiply(left, right), shape=tuple(m * n for m, n in zip(a, b, strict=True)))
