"""Tables indexed by integers: embedding, bags of embeddings, one-hot vectors."""

from __future__ import annotations

import autograd
from autograd import Tensor, no_grad, ops
from autograd.names import named
from nn.functional.common import outside


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
    max_norm : first scale the rows read down to this norm, in place
    scale_grad_by_freq : divide each row's gradient by how often it occurs in `input`
    sparse : accepted; the gradient is dense all the same

    Raises
    ------
    RuntimeError
        If `input` holds no integers, or `weight` has other than two dims.
    AssertionError
        If `padding_idx` is out of range.
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
    _check_range("embedding", input, rows, IndexError)
    if max_norm is not None:
        _renormalize(weight, input, max_norm, norm_type)
    found = named(ops.at(weight, input), "EmbeddingBackward0")
    factor = _gradient_factor(input, found, rows, padding_idx, scale_grad_by_freq)
    if factor is None:
        return found
    return named(ops.scale_gradient(found, ops.expand_dims(factor, axis=-1)), "EmbeddingBackward0")


def _check_table(name: str, input: Tensor, weight: Tensor, padding_idx: int | None) -> int:
    """The number of rows of a table, if the arguments are right."""
    if input.dtype.name not in ("int32", "int64"):
        raise RuntimeError(f"{name}: expected indices of type int64 or int32, but got {input.dtype}; use .long()")
    if input.device != weight.device:
        raise RuntimeError(
            f"{name}: expected all tensors to be on the same device, but found indices on {input.device} and a table on "
            f"{weight.device}; move one with .to()"
        )
    if weight._data.ndim != 2:
        raise RuntimeError(f"{name}: 'weight' must be 2-D, but got size {list(weight._data.shape)}")
    rows = weight._data.shape[0]
    if padding_idx is not None and not -rows <= padding_idx < rows:
        raise AssertionError(f"{name}: padding_idx must be within num_embeddings: {padding_idx} is not within {rows}")
    return rows


def _check_range(name: str, input: Tensor, rows: int, kind: type[Exception]) -> None:
    if outside(input, rows):
        raise kind(f"{name}: index out of range in self: the table has {rows} rows, numbered from 0")


def _renormalize(weight: Tensor, input: Tensor, max_norm: float, norm_type: float) -> None:
    """Scale the rows that are read down to a norm of at most `max_norm`, in place."""
    with no_grad():
        index = ops.reshape(input, shape=(-1,))
        rows = weight.detach()[index]
        norm = ops.vector_norm(rows, order=float(norm_type), axis=1, keepdims=True)
        weight[index] = ops.where(norm > max_norm, rows * (max_norm / (norm + 1e-7)), rows)


def _gradient_factor(
    input: Tensor, like: Tensor, rows: int, padding_idx: int | None, by_frequency: bool
) -> Tensor | None:
    """By what each looked-up row's gradient is multiplied; None for 1."""
    if not like.requires_grad or (padding_idx is None and not by_frequency):
        return None
    factor = ops.ones_like(ops.astype(input, dtype=like.dtype))
    if by_frequency:
        counts = ops.put_in_zeros(factor, shape=(rows,), index=input._data)
        factor = factor / ops.at(counts, input)
    if padding_idx is not None:
        factor = ops.where(input != padding_idx % rows, factor, 0.0)
    return factor


def embedding_bag(
    input: Tensor,
    weight: Tensor,
    offsets: Tensor | None = None,
    max_norm: float | None = None,
    norm_type: float = 2,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: Tensor | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> Tensor:
    """Sums, means or maxima of bags of rows of `weight`.

    Parameters
    ----------
    input : (B, n): B bags of n row numbers; or (N,), divided into bags by `offsets`
    offsets : (B,): where each bag begins
    mode : "sum", "mean" or "max"
    per_sample_weights : of the shape of `input`, factors of the rows (mode "sum")
    include_last_offset : the last offset is the end of the last bag
    padding_idx : a row that counts in no bag

    Raises
    ------
    ValueError, RuntimeError, NotImplementedError
        For arguments that do not fit each other, or a number that is out of range.

    Examples
    --------
    >>> import autograd
    >>> table = autograd.tensor([[0.0, 1.0], [2.0, 3.0]])
    >>> embedding_bag(autograd.tensor([[0, 1]]), table, mode="sum")
    tensor([[2., 4.]])
    """
    rows = _check_table("embedding_bag", input, weight, padding_idx)
    _check_range("embedding_bag", input, rows, RuntimeError)
    if mode not in ("sum", "mean", "max"):
        raise ValueError("mode has to be one of sum, mean or max")
    if per_sample_weights is not None:
        if per_sample_weights._data.shape != input._data.shape:
            raise ValueError(
                f"embedding_bag: If per_sample_weights ({list(per_sample_weights._data.shape)}) is not None, then it "
                f"must have the same shape as the input ({list(input._data.shape)})"
            )
        if mode != "sum":
            raise NotImplementedError(
                f"embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for mode='sum' "
                f"(got mode='{mode}')."
            )
    if max_norm is not None:
        _renormalize(weight, input, max_norm, norm_type)
    bag, bags = _bags(input, offsets, include_last_offset)
    index = ops.reshape(input, shape=(-1,))
    found = ops.at(weight, index)
    counted = None if padding_idx is None else index != padding_idx % rows
    factor = _gradient_factor(index, found, rows, None, scale_grad_by_freq)
    if factor is not None:
        found = ops.scale_gradient(found, ops.expand_dims(factor, axis=-1))
    if mode == "max":
        return _largest(found, bag, bags, counted)
    if per_sample_weights is not None:
        found = found * ops.reshape(per_sample_weights, shape=(-1, 1))
    if counted is not None:
        found = ops.where(ops.expand_dims(counted, axis=-1), found, 0.0)
    total = ops.put_in_zeros(found, shape=(bags, weight._data.shape[1]), index=bag._data)
    if mode == "sum":
        return total
    ones = ops.astype(bag >= 0 if counted is None else counted, dtype=weight.dtype)
    sizes = ops.put_in_zeros(ones, shape=(bags,), index=bag._data)
    return total / ops.expand_dims(ops.maximum(sizes, 1.0), axis=-1)


def _bags(input: Tensor, offsets: Tensor | None, include_last: bool) -> tuple[Tensor, int]:
    """The number of the bag each element is in, and how many bags there are."""
    shape, place = input._data.shape, input.device
    if len(shape) == 2:
        if offsets is not None:
            raise ValueError("if input is 2D, then offsets has to be None, as input is treated as a mini-batch")
        numbers = autograd.arange(shape[0], device=place)
        return ops.reshape(ops.broadcast_to(ops.expand_dims(numbers, axis=1), shape=shape), shape=(-1,)), shape[0]
    if len(shape) != 1:
        raise ValueError(f"input has to be 1D or 2D Tensor, but got Tensor of dimension {len(shape)}")
    if offsets is None:
        raise ValueError("offsets has to be a 1D Tensor but got None")
    if offsets._data.ndim != 1:
        raise ValueError("offsets has to be a 1D Tensor")
    starts = [int(n) for n in offsets.tolist()]
    if starts and starts[0] != 0:
        raise RuntimeError(f"offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from "
                         f"position 0. However, got {starts[0]}")  # fmt: skip
    if starts and starts[-1] > shape[0]:
        raise RuntimeError(
            f"offsets[-1] can not be greater than input's length({shape[0]}) but got offsets[-1] of {starts[-1]}"
        )
    if include_last:
        if not starts:
            raise ValueError("include_last_offset: number of offsets should be at least 1")
        starts = starts[:-1]
    owners: list[int] = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], shape[0]], strict=True)):
        owners += [number] * (end - start)
    return autograd.tensor(owners, dtype=autograd.int64, device=place), len(starts)


def _largest(found: Tensor, bag: Tensor, bags: int, counted: Tensor | None) -> Tensor:
    """The maximum of each bag, 0 where it is empty: bags laid out as rows of one length."""
    members: list[list[int]] = [[] for _ in range(bags)]
    keep = [True] * bag._data.size if counted is None else counted.tolist()
    for position, number in enumerate(bag.tolist()):
        if keep[position]:
            members[number].append(position)
    length = max((len(row) for row in members), default=0)
    if not length:
        return ops.put_in_zeros(found * 0.0, shape=(bags, found._data.shape[1]), index=bag._data)
    # A bag's first member stands in for those it has fewer: it changes no maximum and, being read first, gets no
    # gradient for its copies.
    table = [[*row, *[(row or [0])[0]] * (length - len(row))] for row in members]
    laid = ops.getitem(found, index=autograd.tensor(table, device=found.device)._data)
    best = autograd.argmax(laid.detach(), dim=1, keepdim=True)
    largest = ops.squeeze(autograd.gather(laid, 1, best), axis=1)
    filled = autograd.tensor([bool(row) for row in members], device=found.device)
    return ops.where(ops.expand_dims(filled, axis=1), largest, 0.0)


def one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor:
    """Integers as vectors with a 1 at that place: (*) to (*, classes).

    Raises
    ------
    RuntimeError
        If the tensor does not hold int64 from 0 to `num_classes` - 1.

    Examples
    --------
    >>> import autograd
    >>> one_hot(autograd.tensor([0, 2]))
    tensor([[1, 0, 0],
            [0, 0, 1]])
    """
    if tensor.dtype is not autograd.int64:
        raise RuntimeError(f"one_hot is only applicable to index tensor of type int64, got {tensor.dtype}")
    if not tensor._data.size:
        if num_classes <= 0:
            raise RuntimeError("Can not infer total number of classes from empty tensor; give num_classes")
        return autograd.zeros(*tensor._data.shape, num_classes, dtype=autograd.int64, device=tensor.device)
    low, high = tensor.backend.bounds(tensor._data)
    if low < 0:
        raise RuntimeError("one_hot: Class values must be non-negative.")
    if num_classes == -1:
        num_classes = high + 1
    elif num_classes < 1:
        raise RuntimeError(f"one_hot: num_classes should be positive, got {num_classes}")
    elif high >= num_classes:
        raise RuntimeError(f"one_hot: Class values must be smaller than num_classes, got {high} and {num_classes}")
    classes = autograd.arange(num_classes, device=tensor.device)
    return ops.astype(ops.expand_dims(tensor, axis=-1) == classes, dtype=autograd.int64)
