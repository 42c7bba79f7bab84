"""The accelerator of this machine, whatever its kind: CUDA where there is a GPU, else none."""

from __future__ import annotations

from typing import Any

from autograd import cuda
from autograd._lazy import suggesting
from autograd.device import device

__all__ = [
    "current_accelerator", "current_device_idx", "current_device_index", "device_count", "is_available",
    "set_device_idx", "set_device_index", "synchronize",
]  # fmt: skip


def is_available() -> bool:
    """Whether there is an accelerator that can be used.

    Examples
    --------
    >>> import autograd
    >>> kind = autograd.accelerator.current_accelerator().type if autograd.accelerator.is_available() else "cpu"
    """
    return cuda.is_available()


def device_count() -> int:
    """How many there are.

    Examples
    --------
    >>> import autograd
    >>> autograd.accelerator.device_count() == autograd.cuda.device_count()
    True
    """
    return cuda.device_count()


def current_accelerator(check_available: bool = False) -> device | None:
    """The kind of device, without an index; None where there is none.

    Examples
    --------
    >>> import autograd
    >>> place = autograd.accelerator.current_accelerator() if autograd.accelerator.is_available() else "cpu"
    """
    return device("cuda") if is_available() else None


def current_device_index() -> int:
    """The index of the device that is used where none is named.

    Examples
    --------
    >>> import autograd
    >>> if autograd.accelerator.is_available():
    ...     index = autograd.accelerator.current_device_index()
    """
    return cuda.current_device()


def set_device_index(device: Any, /) -> None:
    """Use this device, an index or a device with one, where none is named.

    Examples
    --------
    >>> import autograd
    >>> if autograd.accelerator.is_available():
    ...     autograd.accelerator.set_device_index(0)
    """
    cuda.set_device(device)


def synchronize(device: Any = None, /) -> None:
    """Wait until everything that was given to the accelerator is done.

    Examples
    --------
    >>> import autograd
    >>> if autograd.accelerator.is_available():
    ...     autograd.accelerator.synchronize()
    """
    cuda.synchronize(device)


current_device_idx, set_device_idx = current_device_index, set_device_index
__getattr__ = suggesting(__name__)
