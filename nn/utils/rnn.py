"""Sequences of different lengths in one batch: padded, and packed without the padding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import autograd
from autograd import Tensor, ops

__all__ = [
    "PackedSequence",
    "invert_permutation",
    "pack_padded_sequence",
    "pack_sequence",
    "pad_packed_sequence",
    "pad_sequence",
    "unpack_sequence",
    "unpad_sequence",
]


class _Fields(NamedTuple):
    data: Tensor
    batch_sizes: Tensor
    sorted_indices: Tensor | None
    unsorted_indices: Tensor | None


class PackedSequence(_Fields):
    """A batch of sequences as recurrent layers walk it: all first elements, then all second ones, ..., no padding.

    Made by `pack_padded_sequence` and `pack_sequence`; a named tuple.

    Attributes
    ----------
    data : (sum of the lengths, *), sequences sorted by falling length within each step
    batch_sizes : how many sequences are left at each step, int64, on the CPU
    sorted_indices : where the sorted sequences were in the batch; None if it was sorted already
    unsorted_indices : where the batch's sequences are among the sorted ones

    Raises
    ------
    ValueError
        If `batch_sizes` is not on the CPU, or missing.

    Examples
    --------
    >>> import autograd
    >>> packed = pack_sequence([autograd.tensor([1, 2, 3]), autograd.tensor([4, 5])])
    >>> packed.data, packed.batch_sizes
    (tensor([1, 4, 2, 5, 3]), tensor([2, 2, 1]))
    """

    __slots__ = ()

    def __new__(
        cls,
        data: Any,
        batch_sizes: Tensor | None = None,
        sorted_indices: Tensor | None = None,
        unsorted_indices: Tensor | None = None,
    ) -> PackedSequence:
        """Make one of its parts, or of a pair (data, batch sizes)."""
        if batch_sizes is None:
            if not isinstance(data, (list, tuple)) or len(data) != 2:
                raise ValueError("PackedSequence: expected data and batch_sizes, or a pair of them")
            data, batch_sizes = data
        if batch_sizes.device.type != "cpu":
            raise ValueError(
                f"PackedSequence: batch_sizes should always be on CPU, but is on {batch_sizes.device}. Packed sequences "
                "are made by pack_sequence and pack_padded_sequence, not by hand"
            )
        if unsorted_indices is None:
            unsorted_indices = invert_permutation(sorted_indices)
        return super().__new__(cls, data, batch_sizes, sorted_indices, unsorted_indices)

    def with_data(self, data: Tensor) -> PackedSequence:
        """The same sequences with other elements."""
        return PackedSequence(data, *self[1:])

    @property
    def is_cuda(self) -> bool:
        """Whether the data is on a CUDA device."""
        return self.data.device.type == "cuda"

    def to(self, *args: Any, **kwargs: Any) -> PackedSequence:
        """Convert the data as `Tensor.to` does; the indices follow to its device, the batch sizes stay on the CPU."""
        data = self.data.to(*args, **kwargs)
        if data is self.data:
            return self
        indices = [None if index is None else index.to(data.device) for index in self[2:]]
        return PackedSequence(data, self.batch_sizes, *indices)

    def cpu(self) -> PackedSequence:
        """Move to the CPU."""
        return self.to("cpu")

    def cuda(self, device: Any = None) -> PackedSequence:
        """Move to a CUDA device."""
        return self.to("cuda" if device is None else device)

    def double(self) -> PackedSequence:
        """Convert the data to float64."""
        return self.to(autograd.float64)

    def float(self) -> PackedSequence:
        """Convert the data to float32."""
        return self.to(autograd.float32)

    def half(self) -> PackedSequence:
        """Convert the data to float16."""
        return self.to(autograd.float16)

    def long(self) -> PackedSequence:
        """Convert the data to int64."""
        return self.to(autograd.int64)

    def int(self) -> PackedSequence:
        """Convert the data to int32."""
        return self.to(autograd.int32)

    def short(self) -> PackedSequence:
        """Convert the data to int16."""
        return self.to(autograd.int16)

    def char(self) -> PackedSequence:
        """Convert the data to int8."""
        return self.to(autograd.int8)

    def byte(self) -> PackedSequence:
        """Convert the data to uint8."""
        return self.to(autograd.uint8)


def invert_permutation(permutation: Tensor | None) -> Tensor | None:
    """The permutation that undoes another; None for None.

    Examples
    --------
    >>> import autograd
    >>> invert_permutation(autograd.tensor([2, 0, 1]))
    tensor([1, 2, 0])
    """
    return None if permutation is None else autograd.argsort(permutation)


def pack_padded_sequence(
    input: Tensor, lengths: Any, batch_first: bool = False, enforce_sorted: bool = True
) -> PackedSequence:
    """Pack a padded batch.

    Parameters
    ----------
    input : (steps, batch, *), or with `batch_first` (batch, steps, *)
    lengths : of the sequences: numbers, or an int64 tensor on the CPU
    batch_first : the layout of `input`
    enforce_sorted : refuse sequences that are not sorted by falling length; False sorts them

    Raises
    ------
    RuntimeError
        If the lengths are not one positive number for each sequence, none over the number of steps; if they are not
        sorted though they must be.

    Examples
    --------
    >>> import autograd
    >>> padded = autograd.tensor([[1, 2, 0], [3, 0, 0], [4, 5, 6]])
    >>> pack_padded_sequence(padded, [2, 1, 3], batch_first=True, enforce_sorted=False).data
    tensor([4, 1, 3, 5, 2, 6])
    """
    if not isinstance(lengths, Tensor):
        lengths = autograd.tensor([int(length) for length in lengths], dtype=autograd.int64, device="cpu")
    elif lengths.device.type != "cpu" or lengths.ndim != 1:
        raise RuntimeError(
            "pack_padded_sequence: 'lengths' argument should be a 1D CPU int64 tensor, but got "
            f"{lengths.ndim}D {lengths.device} {lengths.dtype} tensor; use .cpu()"
        )
    if input.ndim < 2:
        raise IndexError(
            f"pack_padded_sequence: expected steps and batch as dims of input, got size {list(input.shape)}"
        )
    batch, steps = input.shape[:2] if batch_first else (input.shape[1], input.shape[0])
    if not batch or not steps:
        raise RuntimeError(f"pack_padded_sequence: Cannot pack empty tensors, got input of size {list(input.shape)}")
    lengths = lengths.to(autograd.int64)
    found = lengths.tolist()
    if len(found) != batch:
        raise RuntimeError(
            f"pack_padded_sequence: Expected `len(lengths)` to be equal to batch_size, but got {len(found)} "
            f"(batch_size={batch})"
        )
    if min(found) <= 0 or max(found) > steps:
        raise RuntimeError(
            "pack_padded_sequence: Length of all samples has to be greater than 0 and at most the number of steps "
            f"{steps}, but 'lengths' are {found}"
        )
    order = None
    if not enforce_sorted:
        lengths, order = autograd.sort(lengths, descending=True)
    elif found != sorted(found, reverse=True):
        raise RuntimeError(
            f"pack_padded_sequence: `lengths` array must be sorted in decreasing order when `enforce_sorted` is True, "
            f"but is {found}; pass `enforce_sorted=False` to have the sequences sorted"
        )
    steps = max(found)
    column = autograd.arange(batch, device="cpu") if order is None else order
    row = autograd.arange(steps, device="cpu").unsqueeze(1)
    begun = row < lengths
    places = column * input.shape[1] + row if batch_first else row * batch + column
    flat = ops.reshape(input, shape=(input.shape[0] * input.shape[1], *input.shape[2:]))
    data = ops.take(flat, places[begun].to(input.device), axis=0)
    return PackedSequence(data, begun.sum(1), None if order is None else order.to(input.device))


def pad_packed_sequence(
    sequence: PackedSequence, batch_first: bool = False, padding_value: float = 0.0, total_length: int | None = None
) -> tuple[Tensor, Tensor]:
    """Undo `pack_padded_sequence`: the padded batch, in its first order, and the lengths.

    Parameters
    ----------
    sequence : packed sequences
    batch_first : give (batch, steps, *) instead of (steps, batch, *)
    padding_value : what is put behind the end of a sequence
    total_length : number of steps; None: the longest sequence's

    Raises
    ------
    ValueError
        If `total_length` is less than the longest sequence.

    Examples
    --------
    >>> import autograd
    >>> packed = pack_sequence([autograd.tensor([1, 2]), autograd.tensor([3])])
    >>> pad_packed_sequence(packed, batch_first=True, padding_value=-1)
    (tensor([[ 1,  2],
            [ 3, -1]]), tensor([2, 1]))
    """
    data, sizes = sequence.data, sequence.batch_sizes
    longest, batch = len(sizes), int(sizes[0])
    steps = longest if total_length is None else total_length
    if steps < longest:
        raise ValueError(
            "pad_packed_sequence: Expected total_length to be at least the length of the longest sequence in input, but "
            f"got total_length={steps} and max sequence length being {longest}"
        )
    column, row = autograd.arange(batch, device="cpu"), autograd.arange(longest, device="cpu").unsqueeze(1)
    begun = column < sizes.unsqueeze(1)
    places = column * steps + row if batch_first else row * batch + column
    shape, rest = (batch, steps) if batch_first else (steps, batch), data.shape[1:]
    padding = autograd.full((batch * steps, *rest), padding_value, dtype=data.dtype, device=data.device)
    padded = padding.index_copy(0, places[begun].to(data.device), data).reshape((*shape, *rest))
    lengths = begun.sum(0)
    if sequence.unsorted_indices is not None:
        padded = padded.index_select(0 if batch_first else 1, sequence.unsorted_indices)
        lengths = lengths[sequence.unsorted_indices.cpu()]
    return padded, lengths


def pad_sequence(
    sequences: Tensor | Iterable[Tensor],
    batch_first: bool = False,
    padding_value: float = 0.0,
    padding_side: str = "right",
) -> Tensor:
    """Sequences of different lengths, padded to the longest and stacked.

    Parameters
    ----------
    sequences : tensors (length, *), which agree in all dims but the first
    batch_first : give (batch, steps, *) instead of (steps, batch, *)
    padding_value : what shorter sequences are filled up with
    padding_side : "right", behind their end, or "left", ahead of their beginning

    Raises
    ------
    RuntimeError
        If there is none, the shapes do not agree, or the side is neither.

    Examples
    --------
    >>> import autograd
    >>> pad_sequence([autograd.tensor([1, 2, 3]), autograd.tensor([4])], batch_first=True)
    tensor([[1, 2, 3],
            [4, 0, 0]])
    """
    if not isinstance(sequences, (Tensor, Iterable)):
        raise RuntimeError(
            f"pad_sequence: Expected iterable for input sequences, but got arg of type: {type(sequences)}"
        )
    if padding_side not in ("left", "right"):
        raise RuntimeError(f"pad_sequence: Expected padding_side to be one of left or right, but got {padding_side}.")
    found = list(sequences.unbind(0) if isinstance(sequences, Tensor) else sequences)
    if not found:
        raise RuntimeError("pad_sequence: received an empty list of sequences")
    if any(one.ndim == 0 or one.shape[1:] != found[0].shape[1:] for one in found):
        raise RuntimeError(
            "pad_sequence: sequences must have a length, and agree in all other dims, but their sizes are "
            f"{[list(one.shape) for one in found]}"
        )
    steps, rest = max(one.shape[0] for one in found), ((0, 0),) * (found[0].ndim - 1)
    padded = []
    for one in found:
        missing = steps - one.shape[0]
        widths = ((missing, 0) if padding_side == "left" else (0, missing), *rest)
        padded.append(ops.pad(one.to(found[0].dtype), widths=widths, value=padding_value))
    return ops.stack(*padded, axis=0 if batch_first else 1)


def unpad_sequence(padded_sequences: Tensor, lengths: Any, batch_first: bool = False) -> list[Tensor]:
    """Undo `pad_sequence`: the sequences of a padded batch, as views of it.

    Parameters
    ----------
    padded_sequences : (steps, batch, *), or with `batch_first` (batch, steps, *)
    lengths : of the sequences
    batch_first : the layout

    Examples
    --------
    >>> import autograd
    >>> unpad_sequence(autograd.tensor([[1, 2, 3], [4, 0, 0]]), autograd.tensor([3, 1]), batch_first=True)
    [tensor([1, 2, 3]), tensor([4])]
    """
    found = lengths.tolist() if isinstance(lengths, Tensor) else lengths
    batch = padded_sequences.unbind(0 if batch_first else 1)
    return [one[: int(length)] for one, length in zip(batch, found)]


def pack_sequence(sequences: Sequence[Tensor], enforce_sorted: bool = True) -> PackedSequence:
    """Pack sequences of different lengths.

    Parameters
    ----------
    sequences : tensors (length, *), which agree in all dims but the first
    enforce_sorted : refuse sequences that are not sorted by falling length; False sorts them

    Raises
    ------
    RuntimeError
        If there is none, the shapes do not agree, or they are not sorted though they must be.

    Examples
    --------
    >>> import autograd
    >>> pack_sequence([autograd.tensor([1, 2]), autograd.tensor([3])]).data
    tensor([1, 3, 2])
    """
    lengths = [one.shape[0] for one in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences: PackedSequence) -> list[Tensor]:
    """Undo `pack_sequence`: the sequences in their first order.

    Examples
    --------
    >>> import autograd
    >>> unpack_sequence(pack_sequence([autograd.tensor([1, 2]), autograd.tensor([3])]))
    [tensor([1, 2]), tensor([3])]
    """
    return unpad_sequence(*pad_packed_sequence(packed_sequences))
