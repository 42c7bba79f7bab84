"""A tensor's memory: resizing it in place, sharing it among processes, where it is."""

from __future__ import annotations

import math
import mmap
from typing import TYPE_CHECKING, Any

from autograd.alias import current_node
from autograd.functions.common import shape_of
from autograd.functions.strided import as_strided, as_strided_

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def resize_(input: Any, *sizes: Any, size: Any = None, memory_format: Any = None) -> Tensor:
    """Give the tensor another shape, in place: on its memory if that suffices, else on new memory with its elements.

    Elements that the old memory did not hold are arbitrary, as in `empty`.

    Raises
    ------
    RuntimeError
        If the tensor requires a gradient, for a negative size, or if a view would need new memory.
    TypeError
        Without a size.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.arange(6)
    >>> x.resize_(2, 2)
    tensor([[0, 1],
            [2, 3]])
    >>> x.resize_(6)
    tensor([0, 1, 2, 3, 4, 5])
    """
    if not sizes and size is None:
        raise TypeError("resize_() missing 1 required positional argument: 'size'")
    if current_node(input) is not None:
        raise RuntimeError("resize_: cannot resize variables that require grad; detach() the tensor first")
    shape, backend = shape_of(sizes or (size,)), input.backend
    if any(n < 0 for n in shape):
        raise RuntimeError(f"resize_: sizes must not be negative, got {list(shape)}")
    if shape == input._data.shape:
        return input
    count = math.prod(shape)
    held = backend.storage_size(input._data) - backend.storage_offset(input._data)
    if count <= held:
        return as_strided_(input, shape, [math.prod(shape[axis + 1 :]) for axis in range(len(shape))])
    if input.alias is not None and input.alias.base is not None:
        raise RuntimeError(
            f"resize_: the memory of a view cannot grow: {count} elements are asked for, there are {held}; clone() it"
        )
    grown = backend.empty((count,), input.dtype)
    grown[:held] = as_strided(input, (held,), (1,))._data
    input._data, input.alias = backend.reshape(grown, shape=shape), None
    return input


def resize_as_(input: Any, the_template: Any, *, memory_format: Any = None) -> Tensor:
    """`resize_` to the shape of another tensor.

    Examples
    --------
    >>> import autograd
    >>> autograd.arange(4).resize_as_(autograd.ones(2))
    tensor([0, 1])
    """
    return resize_(input, tuple(the_template._data.shape))


def share_memory_(input: Any) -> Tensor:
    """Move the data of a tensor on the CPU to memory that processes forked from this one share; nothing on a GPU.

    Other tensors in the old memory, such as those of `detach`, stay there. What is pickled to a process is a copy.

    Raises
    ------
    RuntimeError
        For a view, whose base would stay where it is.

    Examples
    --------
    >>> import autograd
    >>> autograd.ones(2).share_memory_().is_shared()
    True
    """
    if is_shared(input):
        return input
    array, backend = input._data, input.backend
    if input.alias is not None and input.alias.base is not None:
        raise RuntimeError("share_memory_: the tensor is a view; share the memory of the tensor that it is a view of")
    memory = mmap.mmap(-1, max(input.nbytes, 1))
    shared = backend.reshape(backend.from_buffer(memory, input.dtype, array.size, 0), shape=array.shape)
    shared[...] = array
    input._data = shared
    return input


def is_shared(input: Any) -> bool:
    """Whether other processes see writes to the tensor: after `share_memory_`, and on a GPU, as PyTorch has it.

    Examples
    --------
    >>> import autograd
    >>> autograd.ones(2).share_memory_().is_shared()
    True
    """
    if input.backend.device.type != "cpu":
        return True
    owner = input._data
    while getattr(owner, "base", None) is not None:
        owner = owner.base
    return isinstance(getattr(owner, "obj", owner), mmap.mmap)


class UntypedStorage:
    """The memory that a tensor lies in.

    Parameters
    ----------
    tensor : any tensor in it

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([1.0, 2.0]).untyped_storage().nbytes()
    8
    """

    def __init__(self, tensor: Any):
        self._tensor = tensor

    def data_ptr(self) -> int:
        """The address of the first byte."""
        array, backend = self._tensor._data, self._tensor.backend
        return backend.address(array) - backend.storage_offset(array) * array.dtype.itemsize

    def nbytes(self) -> int:
        """The size in bytes."""
        return self._tensor.backend.storage_size(self._tensor._data) * self._tensor._data.dtype.itemsize

    size = __len__ = nbytes


def untyped_storage(input: Any) -> UntypedStorage:
    """The memory that the tensor lies in: its address and size.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.ones(6)
    >>> x[2:].untyped_storage().nbytes(), x[2:].untyped_storage().data_ptr() == x.data_ptr()
    (24, True)
    """
    return UntypedStorage(input)
