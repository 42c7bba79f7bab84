"""Parts of a tensor: slices, splits, diagonals, triangles."""

from __future__ import annotations

import builtins
import itertools
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.engine import TensorBase
from autograd.functions.common import WHOLE, axis_of, with_axis, with_names, with_out
from autograd.functions.reduction import sum
from autograd.names import named

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _slice(input: Any, axis: int, start: int, stop: int) -> Tensor:
    return ops.getitem(input, index=(*(slice(None),) * axis, slice(start, stop)))


def _multiple(view: Any) -> Tensor:
    """Mark a view as one of several outputs, through which PyTorch forbids writing while it records."""
    if view.alias is not None:
        view.alias.origin = view.alias.origin or "multiple"
    return view


@with_axis
def narrow(input: Any, dim: int, start: Any, length: int) -> Tensor:
    """`length` slices along a dim from `start` on, as a view.

    Raises
    ------
    RuntimeError
        For a 0-d tensor, a negative length, or one that reaches over the end.
    IndexError
        If the start is out of range.

    Examples
    --------
    >>> import autograd
    >>> autograd.narrow(autograd.arange(5), 0, 1, 3)
    tensor([1, 2, 3])
    """
    axis = axis_of(dim, input._data.ndim)
    size = input._data.shape[axis] if input._data.ndim else 0
    if not input._data.ndim:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    if isinstance(start, TensorBase):
        if start._data.ndim or start._data.dtype.kind not in "iu":
            raise RuntimeError(
                f"narrow: start must be an 0-dim integral Tensor, not of shape {list(start._data.shape)}"
            )
        start = start.item()  # type: ignore[attr-defined]
    if not -size <= start <= size:
        raise IndexError(f"narrow: start out of range (expected to be in range of [{-size}, {size}], but got {start})")
    start = start + size if start < 0 else start
    if length < 0:
        raise RuntimeError("narrow(): length must be non-negative.")
    if start + length > size:
        raise RuntimeError(f"start ({start}) + length ({length}) exceeds dimension size ({size}).")
    return _slice(input, axis, start, start + length)


def narrow_copy(input: Any, dim: int, start: int, length: int) -> Tensor:
    """`narrow` in memory of its own."""
    return ops.copy(narrow(input, dim, start, length))


@with_axis
def select(input: Any, dim: int, index: int) -> Tensor:
    """The slice at one place along a dim, as a view.

    Raises
    ------
    IndexError
        For a 0-d tensor, or an index out of range.

    Examples
    --------
    >>> import autograd
    >>> autograd.select(autograd.arange(4).reshape(2, 2), 1, 0)
    tensor([0, 2])
    """
    if not input._data.ndim:
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    axis = axis_of(dim, input._data.ndim)
    size = input._data.shape[axis]
    if not -size <= index < size:
        raise IndexError(
            f"select(): index {index} out of range for tensor of size {list(input._data.shape)} at dimension {dim}"
        )
    return ops.getitem(input, index=(*(slice(None),) * axis, index, ...))


@with_axis
def unbind(input: Any, dim: int = 0) -> tuple[Tensor, ...]:
    """The slices along a dim, as views; these may not be written to while recording.

    Raises
    ------
    IndexError
        For a 0-d tensor.

    Examples
    --------
    >>> import autograd
    >>> autograd.unbind(autograd.arange(4).reshape(2, 2))
    (tensor([0, 1]), tensor([2, 3]))
    """
    if not input._data.ndim:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    axis = axis_of(dim, input._data.ndim)
    lead = (slice(None),) * axis
    return tuple(
        _multiple(named(ops.getitem(input, index=(*lead, position, ...)), "UnbindBackward0"))
        for position in range(input._data.shape[axis])
    )


def split(tensor: Any, split_size_or_sections: Any, dim: int = 0) -> tuple[Tensor, ...]:
    """Parts along a dim: of one size (the last may be smaller), or of the sizes listed; views.

    Raises
    ------
    RuntimeError
        If the sizes do not sum to the dim's.

    Examples
    --------
    >>> import autograd
    >>> autograd.split(autograd.arange(5), [1, 4])
    (tensor([0]), tensor([1, 2, 3, 4]))
    """
    if not tensor._data.ndim:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    axis = axis_of(dim, tensor._data.ndim)
    size = tensor._data.shape[axis]
    if isinstance(split_size_or_sections, WHOLE):
        step = int(split_size_or_sections)
        if step < 0:
            raise RuntimeError(f"split expects split_size be non-negative, but got split_size={step}")
        if step == 0 and size:
            raise RuntimeError(f"split_size can only be 0 if dimension size is 0, but got dimension size of {size}")
        sizes = [builtins.min(step, size - start) for start in range(0, size, step)] if size else [0]
    else:
        sizes = [int(n) for n in split_size_or_sections]
        if builtins.sum(sizes) != size or builtins.any(n < 0 for n in sizes):
            raise RuntimeError(
                f"split_with_sizes expects split_sizes to sum exactly to {size} (input tensor's size at dimension "
                f"{dim}), but got split_sizes={sizes}"
            )
    name = "SplitBackward0" if isinstance(split_size_or_sections, int) else "SplitWithSizesBackward0"
    found, start = [], 0
    for n in sizes:
        found.append(_multiple(named(_slice(tensor, axis, start, start + n), name)))
        start += n
    return tuple(found)


def split_with_sizes(input: Any, split_sizes: Any, dim: int = 0) -> tuple[Tensor, ...]:
    """`split` by a list of sizes."""
    return split(input, list(split_sizes), dim)


@with_axis
def chunk(input: Any, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """At most `chunks` parts along a dim, of equal size but for the last; views.

    Raises
    ------
    RuntimeError
        For a 0-d tensor, or fewer than one chunk.

    Examples
    --------
    >>> import autograd
    >>> autograd.chunk(autograd.arange(5), 2)
    (tensor([0, 1, 2]), tensor([3, 4]))
    """
    if not input._data.ndim:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    size = input._data.shape[axis_of(dim, input._data.ndim)]
    step = -(-size // chunks)
    return split(input, step, dim) if size else split(input, [0] * chunks, dim)


@with_axis
@with_names(
    indices="indices_or_sections", sections="indices_or_sections", tensor_indices_or_sections="indices_or_sections"
)
def tensor_split(input: Any, indices_or_sections: Any, dim: int = 0) -> tuple[Tensor, ...]:
    """Parts along a dim: a number of nearly equal ones, or cut at the places listed; views.

    Raises
    ------
    RuntimeError
        For a 0-d tensor, or fewer than one section.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor_split(autograd.arange(5), 3)
    (tensor([0, 1]), tensor([2, 3]), tensor([4]))
    """
    if not input._data.ndim:
        raise RuntimeError("tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims")
    axis = axis_of(dim, input._data.ndim)
    size = input._data.shape[axis]
    if isinstance(indices_or_sections, TensorBase):
        indices_or_sections = indices_or_sections.tolist()  # type: ignore[attr-defined]
    if isinstance(indices_or_sections, WHOLE):
        sections = int(indices_or_sections)
        if sections <= 0:
            raise RuntimeError(f"number of sections must be larger than 0, got {sections}")
        step, extra = divmod(size, sections)
        ends = [(i + 1) * step + builtins.min(i + 1, extra) for i in range(sections - 1)]
    else:
        ends = [int(n) for n in indices_or_sections]
    places = [0, *ends, size]
    bounded = [slice(a, b).indices(size)[:2] for a, b in itertools.pairwise(places)]
    return tuple(_slice(input, axis, start, builtins.max(start, stop)) for start, stop in bounded)


def _split_along(name: str, axis: int, least: int) -> Any:
    @with_names(indices="indices_or_sections", sections="indices_or_sections")
    def function(input: Any, indices_or_sections: Any) -> tuple[Tensor, ...]:
        ndim = input._data.ndim
        if ndim < least:
            raise RuntimeError(
                f"torch.{name} requires a tensor with at least {least} dimension, but got a tensor with {ndim} dimensions!"
            )
        dim = 0 if name == "hsplit" and ndim == 1 else axis
        if isinstance(indices_or_sections, WHOLE):
            n = int(indices_or_sections)
            if n <= 0 or input._data.shape[dim] % n:
                raise RuntimeError(
                    f"{name} attempted to split along dimension {dim}, but the size of the dimension "
                    f"{input._data.shape[dim]} is not divisible by the split_size {n}!"
                )
        return tensor_split(input, indices_or_sections, dim)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"`tensor_split` along dim {axis}, in equal parts."
    return function


hsplit = _split_along("hsplit", 1, 1)
vsplit = _split_along("vsplit", 0, 2)
dsplit = _split_along("dsplit", 2, 3)


def diagonal(input: Any, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """The diagonal of two dims, put last; a view.

    Examples
    --------
    >>> import autograd
    >>> autograd.diagonal(autograd.arange(4).reshape(2, 2))
    tensor([0, 3])
    """
    ndim = input._data.ndim
    first, second = axis_of(dim1, ndim), axis_of(dim2, ndim)
    if first == second:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return ops.diagonal(input, offset=offset, axis1=first, axis2=second)


def diag_embed(input: Any, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:
    """Zeros with the last dim of the input on the diagonal of two dims.

    Raises
    ------
    RuntimeError
        If the two dims are the same.
    """
    ndim = input._data.ndim + 1
    first, second = axis_of(dim1, ndim), axis_of(dim2, ndim)
    if first == second:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    if first > second:
        first, second, offset = second, first, -offset
    size = input._data.shape[-1] + builtins.abs(offset)
    rest = list(input._data.shape[:-1])
    for axis in (first, second):
        rest.insert(axis, size)
    return ops.put_in_diagonal(input, shape=tuple(rest), offset=offset, axis1=first, axis2=second)


@with_out
def diag(input: Any, diagonal: int = 0) -> Tensor:
    """A vector on the diagonal of a matrix, or the diagonal of a matrix.

    Raises
    ------
    RuntimeError
        If the tensor has neither one nor two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.diag(autograd.tensor([1, 2]))
    tensor([[1, 0],
            [0, 2]])
    """
    if input._data.ndim == 1:
        return diag_embed(input, diagonal)
    if input._data.ndim != 2:
        raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {input._data.ndim}D")
    return ops.copy(ops.diagonal(input, offset=diagonal, axis1=0, axis2=1))


def diagflat(input: Any, offset: int = 0) -> Tensor:
    """All elements on the diagonal of a matrix."""
    return diag_embed(ops.reshape(input, shape=(input._data.size,)), offset)


def _matrix(name: str, input: Any) -> None:
    if input._data.ndim < 2:
        raise RuntimeError(f"{name}: input tensor must have at least 2 dimensions")


@with_out
def tril(input: Any, diagonal: int = 0) -> Tensor:
    """The lower triangles of matrices, zeros elsewhere.

    Examples
    --------
    >>> import autograd
    >>> autograd.tril(autograd.ones(2, 2))
    tensor([[1., 0.],
            [1., 1.]])
    """
    _matrix("tril", input)
    return ops.tril(input, k=diagonal)


@with_out
def triu(input: Any, diagonal: int = 0) -> Tensor:
    """The upper triangles of matrices, zeros elsewhere.

    Examples
    --------
    >>> import autograd
    >>> autograd.triu(autograd.ones(2, 2))
    tensor([[1., 1.],
            [0., 1.]])
    """
    _matrix("triu", input)
    return ops.triu(input, k=diagonal)


def trace(input: Any) -> Tensor:
    """The sum of a matrix's diagonal.

    Raises
    ------
    RuntimeError
        If the tensor is no matrix.

    Examples
    --------
    >>> import autograd
    >>> autograd.trace(autograd.eye(3))
    tensor(3.)
    """
    if input._data.ndim != 2:
        raise RuntimeError(f"trace: expected a matrix, but got tensor with dim {input._data.ndim}")
    return sum(ops.diagonal(input, offset=0, axis1=0, axis2=1))
