"""Other shapes of the same elements, by PyTorch's names; views wherever PyTorch gives views."""

from __future__ import annotations

import math
from typing import Any

from autograd import dtypes, ops
from autograd.engine import NotDense, TensorBase
from autograd.functions.common import Dims, axes_of, axis_of, shape_of, with_axis
from autograd.size import Size


def resolved(input: TensorBase, shape: tuple[int, ...], name: str) -> tuple[int, ...]:
    """A shape whose -1 is worked out.

    Raises
    ------
    RuntimeError
        If it does not hold the input's elements.
    """
    size, known = input._data.size, 1
    for n in shape:
        known *= n if n != -1 else 1
        if n < -1:
            raise RuntimeError(f"{name}: invalid shape dimension {n} in {list(shape)}")
    if shape.count(-1) > 1:
        raise RuntimeError(f"{name}: only one dimension can be inferred, got shape {list(shape)}")
    if -1 in shape:
        if known == 0 or size % known:
            raise RuntimeError(f"{name}: shape {list(shape)} is invalid for input of size {size}")
        return tuple(size // known if n == -1 else n for n in shape)
    if known != size:
        raise RuntimeError(f"{name}: shape {list(shape)} is invalid for input of size {size}")
    return shape


def reshape(input: Any, *sizes: Any, shape: Any = None) -> Any:
    """The same elements in row-major order with another shape; one size may be -1. A view where possible.

    Examples
    --------
    >>> import autograd
    >>> autograd.arange(6).reshape(2, -1)
    tensor([[0, 1, 2],
            [3, 4, 5]])
    """
    return ops.reshape(input, shape=resolved(input, shape_of(sizes, shape), "reshape"))


def view(input: Any, *sizes: Any, size: Any = None, dtype: Any = None) -> Any:
    """`reshape` that never copies; or, given an element type, the same bytes read as that type.

    Raises
    ------
    RuntimeError
        If the memory layout does not allow the shape.
    """
    if dtype is not None or (len(sizes) == 1 and isinstance(sizes[0], dtypes.dtype)):
        return ops.view_dtype(input, dtype=sizes[0] if dtype is None else dtype)
    result = ops.reshape(input, shape=resolved(input, shape_of(sizes, size), "view"))
    if input._data.size and not input.backend.shares_memory(result._data, input._data):
        raise RuntimeError(
            f"view: size {list(shape_of(sizes, size))} is not compatible with input tensor's size "
            f"{list(input._data.shape)} and stride; use .reshape(...) instead"
        )
    return result


def view_as(input: Any, other: Any) -> Any:
    """`view` with another tensor's shape."""
    return view(input, tuple(other._data.shape))


def reshape_as(input: Any, other: Any) -> Any:
    """`reshape` with another tensor's shape."""
    return reshape(input, tuple(other._data.shape))


def flatten(input: Any, start_dim: int = 0, end_dim: int = -1) -> Any:
    """Several neighbouring dims made one."""
    shape = input._data.shape
    first, last = axis_of(start_dim, len(shape)), axis_of(end_dim, len(shape))
    if first > last:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    if not shape:
        return ops.reshape(input, shape=(1,))
    if first == last:
        return input
    return ops.reshape(input, shape=(*shape[:first], math.prod(shape[first : last + 1]), *shape[last + 1 :]))


@with_axis
def unflatten(input: Any, dim: int, sizes: Any) -> Any:
    """One dim made several; one of the sizes may be -1."""
    shape = input._data.shape
    axis = axis_of(dim, len(shape))
    if not len(sizes):
        raise RuntimeError("unflatten: sizes must be non-empty")
    sizes = tuple(int(n) for n in sizes)
    known = math.prod(n for n in sizes if n != -1)
    if -1 in sizes and known and shape[axis] % known == 0:
        sizes = tuple(shape[axis] // known if n == -1 else n for n in sizes)
    if math.prod(sizes) != shape[axis]:
        raise RuntimeError(
            f"unflatten: Provided sizes {list(sizes)} don't multiply up to the size of dim {dim} ({shape[axis]})"
        )
    return ops.reshape(input, shape=(*shape[:axis], *sizes, *shape[axis + 1 :]))


def ravel(input: Any) -> Any:
    """All elements in one dim."""
    return ops.reshape(input, shape=(input._data.size,))


@with_axis
def squeeze(input: Any, dim: Dims = None) -> Any:
    """Without the dims of size 1, all or those named."""
    shape = input._data.shape
    axes = range(len(shape)) if dim is None else axes_of(dim, len(shape))
    chosen = tuple(axis for axis in axes if axis < len(shape) and shape[axis] == 1)  # type: ignore[union-attr]
    return ops.squeeze(input, axis=chosen)


@with_axis
def unsqueeze(input: Any, dim: int) -> Any:
    """A new dim of size 1 at place `dim`."""
    return ops.expand_dims(input, axis=axis_of(dim, input._data.ndim + 1))


def permute(input: Any, *order: Any, dims: Any = None) -> Any:
    """The dims in another order."""
    axes = axes_of(shape_of(order, dims), input._data.ndim)
    if len(axes) != input._data.ndim:  # type: ignore[arg-type]
        raise RuntimeError(
            f"permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired "
            f"ordering of dimensions i.e. input.dim() = {input._data.ndim} is not equal to len(dims) = {len(axes)}"  # type: ignore[arg-type]
        )
    return ops.permute_dims(input, axes=axes)


def transpose(input: Any, dim0: int, dim1: int) -> Any:
    """Two dims exchanged."""
    try:
        ndim = input._data.ndim
    except NotDense as error:
        return error.operand.transpose(dim0, dim1)
    a, b = axis_of(dim0, ndim), axis_of(dim1, ndim)
    axes = list(range(ndim))
    if ndim:
        axes[a], axes[b] = axes[b], axes[a]
    return ops.permute_dims(input, axes=tuple(axes))


def swapaxes(input: Any, axis0: int, axis1: int) -> Any:
    """`transpose` by NumPy's name."""
    return transpose(input, axis0, axis1)


def t(input: Any) -> Any:
    """The transposed matrix; vectors and 0-d tensors as they are."""
    try:
        ndim = input._data.ndim
    except NotDense as error:
        return error.operand.t()
    if ndim > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {ndim}D")
    return ops.permute_dims(input, axes=tuple(reversed(range(ndim))))


def reversed_dims(input: Any) -> Any:
    """All dims in reverse order: `x.T`."""
    return ops.permute_dims(input, axes=tuple(reversed(range(input._data.ndim))))


def matrix_transposed(input: Any) -> Any:
    """The last two dims exchanged: `x.mT`."""
    if input._data.ndim < 2:
        raise RuntimeError(
            f"tensor.mT is only supported on matrices or batches of matrices. Got {input._data.ndim}-D tensor."
        )
    return ops.matrix_transpose(input)


def _conjugated(view: Any) -> Any:
    """The conjugate; a view of real numbers stays one."""
    return ops.conj(view) if view.backend.dtype_of(view._data).is_complex else view


def adjoint(input: Any) -> Any:
    """The conjugate of `mT`."""
    if input._data.ndim < 2:
        raise RuntimeError(
            f"tensor.adjoint() is only supported on matrices or batches of matrices. Got {input._data.ndim}-D tensor."
        )
    return _conjugated(ops.matrix_transpose(input))


def hermitian(input: Any) -> Any:
    """The conjugate transpose of a matrix: `x.H`."""
    if input._data.ndim not in (0, 2):
        raise RuntimeError(f"tensor.H is only supported on matrices (2-D tensors). Got {input._data.ndim}-D tensor.")
    return _conjugated(reversed_dims(input))


def movedim(input: Any, source: Dims, destination: Dims) -> Any:
    """Some dims moved to other places, the rest in order."""
    ndim = input._data.ndim
    start, end = axes_of(source, ndim) or (), axes_of(destination, ndim) or ()
    if len(start) != len(end):
        raise RuntimeError(
            f"movedim: Invalid source or destination dims: source ({source} dims) should contain the same number of dims "
            f"as destination ({destination} dims)"
        )
    order = [axis for axis in range(ndim) if axis not in start]
    for place, axis in sorted(zip(end, start, strict=True)):
        order.insert(place, axis)
    return ops.permute_dims(input, axes=tuple(order) if ndim else ())


def expand(input: Any, *sizes: Any, size: Any = None) -> Any:
    """Dims of size 1 stretched, new ones put in front; -1 keeps a size. The elements share memory.

    Raises
    ------
    RuntimeError
        If a size that is not 1 would change.
    """
    shape, wanted = input._data.shape, shape_of(sizes, size)
    lead = len(wanted) - len(shape)
    if lead < 0:
        raise RuntimeError(
            f"expand: the number of sizes provided ({len(wanted)}) must be greater or equal to the number of dimensions "
            f"in the tensor ({len(shape)})"
        )
    found = []
    for place, n in enumerate(wanted):
        have = shape[place - lead] if place >= lead else 1
        if n == -1 and place >= lead:
            n = have
        if n < 0 or (have not in (1, n)):
            raise RuntimeError(
                f"expand: the expanded size of the tensor ({n}) must match the existing size ({have}) at non-singleton "
                f"dimension {place}. Target sizes: {list(wanted)}. Tensor sizes: {list(shape)}"
            )
        found.append(n)
    return ops.broadcast_to(input, shape=tuple(found))


def expand_as(input: Any, other: Any) -> Any:
    """`expand` to another tensor's shape."""
    return expand(input, tuple(other._data.shape))


def broadcast_to(input: Any, size: Any) -> Any:
    """`expand` under NumPy's name."""
    return expand(input, tuple(size))


def broadcast_shapes(*shapes: Any) -> Any:
    """The shape that tensors of these shapes broadcast to.

    Raises
    ------
    RuntimeError
        If they do not broadcast.
    ValueError
        For a negative size.
    """
    rows = [(shape,) if isinstance(shape, int) else tuple(shape) for shape in shapes]
    ndim = max((len(row) for row in rows), default=0)
    found = [1] * ndim
    for row in rows:
        for place, n in enumerate(row, start=ndim - len(row)):
            if n < 0:
                raise ValueError(f"broadcast_shapes: negative dimension {n} in {row}")
            if n != 1 and found[place] not in (1, n):
                raise RuntimeError(
                    "Shape mismatch: objects cannot be broadcast to a single shape: " + " and ".join(map(str, rows))
                )
            found[place] = n if n != 1 else found[place]
    return Size(found)


def broadcast_tensors(*tensors: Any) -> tuple:
    """Every tensor expanded to the shape they broadcast to."""
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    shape = tuple(broadcast_shapes(*(tensor._data.shape for tensor in tensors)))
    return tuple(ops.broadcast_to(tensor, shape=shape) for tensor in tensors)


def in_place_view(name: str, function: Any) -> Any:
    """The in-place form of a view function: the tensor itself takes the new shape."""

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        seen = function(self, *args, **kwargs)
        if seen is not self:
            self._data, self.node = seen._data, seen.node
            if seen.alias is not None and seen.alias.base is not self:
                self.alias = seen.alias
        return self

    method.__name__ = method.__qualname__ = name
    method.__doc__ = f"In-place version of `{name[:-1]}`."
    return method


squeeze_ = in_place_view("squeeze_", squeeze)
unsqueeze_ = in_place_view("unsqueeze_", unsqueeze)
transpose_ = in_place_view("transpose_", transpose)
t_ = in_place_view("t_", t)


def _at_least(tensors: tuple, ndim: int, place: Any) -> Any:
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        return tuple(place(x) if x._data.ndim < ndim else x for x in tensors[0])
    found = tuple(place(x) if x._data.ndim < ndim else x for x in tensors)
    return found if len(found) > 1 else found[0]


def atleast_1d(*tensors: Any) -> Any:
    """0-d tensors as vectors of one element."""
    return _at_least(tensors, 1, lambda x: ops.reshape(x, shape=(1,)))


def atleast_2d(*tensors: Any) -> Any:
    """Vectors as matrices of one row."""
    return _at_least(tensors, 2, lambda x: ops.reshape(x, shape=(1, x._data.size)))


def atleast_3d(*tensors: Any) -> Any:
    """Matrices with a last dim of size 1; vectors in the middle of three dims."""

    def grown(x: Any) -> Any:
        shape = tuple(x._data.shape)
        return ops.reshape(x, shape=(1, 1, 1) if not shape else (1, *shape, 1) if len(shape) == 1 else (*shape, 1))

    return _at_least(tensors, 3, grown)
