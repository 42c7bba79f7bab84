"""Tables indexed by integers: embedding, bags of embeddings, one-hot vectors."""

from __future__ import annotations

from autograd import Tensor, ops


def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """The rows of `weight` that `input` numbers.

    Parameters
    ----------
    input : integers of any shape
    weight : (number of rows, width)
    padding_idx : a row that gets no gradient
    max_norm : first scale rows with a larger norm down to it, in place
    scale_grad_by_freq : divide each row's gradient by how often it occurs in `input`
    sparse : accepted; the gradient is dense all the same

    Raises
    ------
    RuntimeError
        If `input` holds no integers, or `weight` has other than two dims.
    IndexError
        If a number is out of range.

    Examples
    --------
    >>> import autograd
    >>> table = autograd.tensor([[0.0, 1.0], [2.0, 3.0]])
    >>> embedding(autograd.tensor([1, 0]), table)
    tensor([[2., 3.],
            [0., 1.]])
    """
    rows = _check_table("embedding", input, weight, padding_idx)
    found = _lookup("embedding", input, weight)
    if weight.requires_grad and padding_idx is not None:
        kept = ops.expand_dims(input != padding_idx % rows, axis=-1)
        found = ops.where(kept, found, found.detach())
    return found


def _check_table(name: str, input: Tensor, weight: Tensor, padding_idx: int | None) -> int:
    """The number of rows of a table, if arguments are right."""
    if input.dtype.name not in ("int32", "int64"):
        raise RuntimeError(f"{name}: expected indices of type int64 or int32, but got {input.dtype}; use .long()")
    if weight._data.ndim != 2:
        raise RuntimeError(f"{name}: 'weight' must be 2-D, but got size {list(weight._data.shape)}")
    rows = weight._data.shape[0]
    if padding_idx is not None and not -rows <= padding_idx < rows:
        raise AssertionError(f"{name}: padding_idx must be within num_embeddings: {padding_idx} is not within {rows}")
    return rows


def _lookup(name: str, input: Tensor, weight: Tensor) -> Tensor:
    """The rows, none of which may be numbered from the end.

    Raises
    ------
    IndexError
        If a number is out of range.
    """
    index = input._data
    rows = weight._data.shape[0]
    if input._data.size and bool(input.backend.any((index < 0) | (index >= rows))):
        raise IndexError(f"{name}: index out of range in self: the table has {rows} rows, numbered from 0")
    return ops.getitem(weight, index=index)
