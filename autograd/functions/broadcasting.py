"""Broadcasting: repeating a tensor along dims of size 1 without a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import WHOLE, shape_of
from autograd.size import Size

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def expand(input: Any, *sizes: Any, size: Any = ()) -> Tensor:
    """Dims of size 1 stretched, new ones put in front; -1 keeps a size. The elements share memory.

    Raises
    ------
    RuntimeError
        If a size that is not 1 would change.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[1], [2]]).expand(-1, 3)
    tensor([[1, 1, 1],
            [2, 2, 2]])
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
    """`expand` to another tensor's shape.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1, 2]).expand_as(autograd.ones(2, 2))
    tensor([[1, 2],
            [1, 2]])
    """
    return expand(input, tuple(other._data.shape))


def broadcast_to(input: Any, *sizes: Any, size: Any = ()) -> Tensor:
    """`expand` under NumPy's name.

    Examples
    --------
    >>> import autograd
    >>> autograd.broadcast_to(autograd.tensor([1, 2]), (2, 2))
    tensor([[1, 2],
            [1, 2]])
    """
    return expand(input, *(sizes or (size,)))


def broadcast_shapes(*shapes: Any) -> Any:
    """The shape that tensors of these shapes broadcast to.

    Raises
    ------
    RuntimeError
        If they do not broadcast.
    ValueError
        For a negative size.

    Examples
    --------
    >>> import autograd
    >>> autograd.broadcast_shapes((2, 1), (3,))
    autograd.Size([2, 3])
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
    """Every tensor expanded to the shape they broadcast to.

    Examples
    --------
    >>> import autograd
    >>> a, b = autograd.broadcast_tensors(autograd.ones(2, 1), autograd.ones(3))
    >>> a.shape, b.shape
    (autograd.Size([2, 3]), autograd.Size([2, 3]))
    """
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    shape = tuple(broadcast_shapes(*(tensor._data.shape for tensor in tensors)))
    return tuple(tensor if tensor._data.shape == shape else ops.broadcast_to(tensor, shape=shape) for tensor in tensors)
