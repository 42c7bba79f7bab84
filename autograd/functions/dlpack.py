"""Exchanging memory with other libraries by the DLPack protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd.alias import current_node
from autograd.backends import backend_for, backend_of_dlpack
from autograd.engine import TensorBase, engine

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def from_dlpack(x: Any, *, device: Any = None, copy: bool | None = None) -> Tensor:
    """A tensor that shares the memory of another library's array.

    Parameters
    ----------
    x : anything with `__dlpack__` and `__dlpack_device__`
    device : where the tensor is to be; on another device than `x`'s it is a copy
    copy : True always copies, False never

    Raises
    ------
    TypeError
        If `x` does not speak DLPack.
    BufferError
        If `copy` is False and the device differs.

    Examples
    --------
    >>> import autograd, numpy
    >>> autograd.from_dlpack(numpy.array([1.0, 2.0], dtype="float32"))
    tensor([1., 2.])
    """
    if not hasattr(x, "__dlpack__") or not hasattr(x, "__dlpack_device__"):
        raise TypeError(
            f"from_dlpack: expected an object with __dlpack__, got {type(x).__name__}; use autograd.tensor()"
        )
    source = backend_of_dlpack(*x.__dlpack_device__())
    array = source.from_dlpack(x)
    backend = source if device is None else backend_for(device)
    if backend is not source:
        if copy is False:
            raise BufferError(
                f"from_dlpack: cannot share memory of {source.device} with {backend.device}; allow a copy"
            )
        array = backend.from_backend(array, source)
    elif copy:
        array = backend.copy(array)
    return engine.wrap(array, backend)


def dlpack(self: TensorBase, **request: Any) -> Any:
    """The tensor's memory as a DLPack capsule; called by other libraries' `from_dlpack`.

    Raises
    ------
    BufferError
        If the tensor requires a gradient.

    Examples
    --------
    >>> import autograd
    >>> import numpy
    >>> numpy.from_dlpack(autograd.ones(2))
    array([1., 1.], dtype=float32)
    """
    if current_node(self) is not None:
        raise BufferError("Can't export tensors that require gradient, use tensor.detach()")
    return self._data.__dlpack__(**request)


def dlpack_device(self: TensorBase) -> tuple[int, int]:
    """DLPack's numbers for the tensor's device: its type and its index.

    Examples
    --------
    >>> import autograd
    >>> autograd.ones(2).__dlpack_device__()
    (1, 0)
    """
    return self._data.__dlpack_device__()
