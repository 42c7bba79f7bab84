"""Other shapes of the same elements, by PyTorch's names; views wherever PyTorch gives views."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.alias import current_node, records
from autograd.engine import Leaf, TensorBase
from autograd.functions.common import WHOLE, Dims, axes_of, axis_of, shape_of, with_axis
from autograd.names import named
from autograd.size import Size

if TYPE_CHECKING:
    from autograd.tensor import Tensor


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


def reshape(input: Any, *sizes: Any, shape: Any = ()) -> Tensor:
    """The same elements in row-major order with another shape; one size may be -1. A view where possible.

    Examples
    --------
    >>> import autograd
    >>> autograd.arange(6).reshape(2, -1)
    tensor([[0, 1, 2],
            [3, 4, 5]])
    """
    return ops.reshape(input, shape=resolved(input, shape_of(sizes or (shape,)), "reshape"))


def view(input: Any, *shape: Any, dtype: Any = None, size: Any = ()) -> Tensor:
    """`reshape` that never copies; or, given an element type, the same bytes read as that type.

    Raises
    ------
    RuntimeError
        If the memory layout does not allow the shape.
    """
    if dtype is not None or (len(shape) == 1 and isinstance(shape[0], (dtypes.dtype, type))):  # float: float64
        return ops.view_dtype(input, dtype=dtypes.lookup(shape[0] if dtype is None else dtype))
    shape = shape_of(shape or (size,))
    result = ops.reshape(input, shape=resolved(input, shape, "view"))
    if input._data.size and not input.backend.shares_memory(result._data, input._data):
        raise RuntimeError(
            f"view: size {list(shape)} is not compatible with input tensor's size "
            f"{list(input._data.shape)} and stride; use .reshape(...) instead"
        )
    return result


def view_as(input: Any, other: Any) -> Tensor:
    """`view` with another tensor's shape."""
    return view(input, tuple(other._data.shape))


def reshape_as(input: Any, other: Any) -> Tensor:
    """`reshape` with another tensor's shape."""
    return reshape(input, tuple(other._data.shape))


def flatten(input: Any, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """Several neighbouring dims made one.

    Raises
    ------
    RuntimeError
        If the first dim comes after the last.

    Examples
    --------
    >>> import autograd
    >>> autograd.flatten(autograd.zeros(2, 3, 4), start_dim=1).shape
    autograd.Size([2, 12])
    """
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
def unflatten(input: Any, dim: int, sizes: Any) -> Tensor:
    """One dim made several; one of the sizes may be -1.

    Raises
    ------
    RuntimeError
        If there are no sizes, or their product is not the dim's size.
    """
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


def ravel(input: Any) -> Tensor:
    """All elements in one dim."""
    return ops.reshape(input, shape=(input._data.size,))


@with_axis
def squeeze(input: Any, dim: Dims = None) -> Tensor:
    """Without the dims of size 1, all or those named."""
    shape = input._data.shape
    axes = range(len(shape)) if dim is None else axes_of(dim, len(shape))
    chosen = tuple(axis for axis in axes if axis < len(shape) and shape[axis] == 1)  # type: ignore[union-attr]
    found = ops.squeeze(input, axis=chosen)
    return found if dim is None else named(found, "SqueezeBackward1" if isinstance(dim, int) else "SqueezeBackward2")


@with_axis
def unsqueeze(input: Any, dim: int) -> Tensor:
    """A new dim of size 1 at place `dim`.

    Examples
    --------
    >>> import autograd
    >>> autograd.unsqueeze(autograd.zeros(2, 3), 1).shape
    autograd.Size([2, 1, 3])
    """
    return ops.expand_dims(input, axis=axis_of(dim, input._data.ndim + 1))


def expand(input: Any, *sizes: Any, size: Any = ()) -> Tensor:
    """Dims of size 1 stretched, new ones put in front; -1 keeps a size. The elements share memory.

    Raises
    ------
    RuntimeError
        If a size that is not 1 would change.
    """
    shape, wanted = input._data.shape, shape_of(sizes or (size,))
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


def expand_as(input: Any, other: Any) -> Tensor:
    """`expand` to another tensor's shape."""
    return expand(input, tuple(other._data.shape))


def broadcast_to(input: Any, *sizes: Any, size: Any = ()) -> Tensor:
    """`expand` under NumPy's name."""
    return expand(input, *(sizes or (size,)))


def broadcast_shapes(*shapes: Any) -> Any:
    """The shape that tensors of these shapes broadcast to.

    Raises
    ------
    RuntimeError
        If they do not broadcast.
    ValueError
        For a negative size.
    """
    rows = [(shape,) if isinstance(shape, WHOLE) else tuple(shape) for shape in shapes]
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


def broadcast_tensors(*tensors: Any) -> tuple[Tensor, ...]:
    """Every tensor expanded to the shape they broadcast to."""
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    shape = tuple(broadcast_shapes(*(tensor._data.shape for tensor in tensors)))
    return tuple(ops.broadcast_to(tensor, shape=shape) for tensor in tensors)


def in_place_view(name: str, function: Any) -> Any:
    """The in-place form of a view function: the tensor itself takes the new shape."""

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        leaf = current_node(self)
        if leaf.__class__ is Leaf:
            if records(self):
                raise RuntimeError(
                    f"{name}: a leaf Variable that requires grad is being used in an in-place operation; use "
                    f"{name[:-1]}, or no_grad()"
                )
            self._data = function(self, *args, **kwargs)._data
            leaf.shape = self._data.shape
            return self
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
