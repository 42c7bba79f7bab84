"""CUDA devices by PyTorch's names: what there is, which is current, waiting for it, its memory."""

from __future__ import annotations

import importlib
from typing import Any

from autograd import random
from autograd._lazy import suggesting
from autograd.backends import backend_for
from autograd.backends.cupy import load
from autograd.cuda.streams import Event, Stream, current_stream, stream
from autograd.device import device as Place

__all__ = [
    "Event", "Stream", "current_device", "current_stream", "device", "device_count", "empty_cache",
    "get_device_capability", "get_device_name", "get_rng_state", "get_rng_state_all", "is_available", "manual_seed",
    "manual_seed_all", "memory_allocated", "memory_reserved", "set_device", "set_rng_state", "set_rng_state_all",
    "stream", "synchronize",
]  # fmt: skip


def is_available() -> bool:
    """Whether tensors can live on a CUDA device here.

    Examples
    --------
    >>> import autograd
    >>> place = "cuda" if autograd.cuda.is_available() else "cpu"
    """
    try:
        load()
    except RuntimeError:
        return False
    return True


def device_count() -> int:
    """How many CUDA devices there are; 0 without CuPy or a driver.

    Examples
    --------
    >>> import autograd
    >>> names = [autograd.cuda.get_device_name(number) for number in range(autograd.cuda.device_count())]
    """
    return load().cuda.runtime.getDeviceCount() if is_available() else 0


def current_device() -> int:
    """The number of the device that ``"cuda"`` means now.

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     assert autograd.cuda.current_device() < autograd.cuda.device_count()
    """
    return load().cuda.runtime.getDevice()


def _number(place: Any) -> int:
    """The number of a device given as a number, a name or a `device`; None is the current one."""
    if place is None or isinstance(place, int):
        return current_device() if place is None else place
    found = Place(place)
    if found.type != "cuda":
        raise ValueError(f"expected a CUDA device, got {found}")
    return current_device() if found.index is None else found.index


def set_device(device: Any) -> None:
    """Make a device the current one of this thread.

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     autograd.cuda.set_device(0)
    """
    load().cuda.Device(_number(device)).use()


class device:
    """A context in which a CUDA device is the current one.

    Parameters
    ----------
    device : its number, name or `autograd.device`

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     with autograd.cuda.device(0):
    ...         x = autograd.ones(2, device="cuda")
    """

    def __init__(self, device: Any):
        self.idx = _number(device)
        self._context: Any = None

    def __enter__(self) -> device:
        self._context = load().cuda.Device(self.idx)
        self._context.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._context.__exit__(*error)


def synchronize(device: Any = None) -> None:
    """Wait until all work on a device is done.

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     autograd.cuda.synchronize()
    """
    load().cuda.Device(_number(device)).synchronize()


def get_device_name(device: Any = None) -> str:
    """The model of a device.

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     name = autograd.cuda.get_device_name()
    """
    return load().cuda.runtime.getDeviceProperties(_number(device))["name"].decode()


def get_device_capability(device: Any = None) -> tuple[int, int]:
    """The compute capability of a device, major and minor.

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     major, minor = autograd.cuda.get_device_capability()
    """
    found = load().cuda.runtime.getDeviceProperties(_number(device))
    return found["major"], found["minor"]


def _pool(place: Any, question: str) -> int:
    if not is_available():
        return 0
    cupy = load()
    with cupy.cuda.Device(_number(place)):
        return getattr(cupy.get_default_memory_pool(), question)()


def memory_allocated(device: Any = None) -> int:
    """Bytes of a device that arrays occupy; 0 without a device.

    Examples
    --------
    >>> import autograd
    >>> autograd.cuda.memory_allocated() >= 0
    True
    """
    return _pool(device, "used_bytes")


def memory_reserved(device: Any = None) -> int:
    """Bytes of a device that the memory pool holds, in use or not.

    Examples
    --------
    >>> import autograd
    >>> autograd.cuda.memory_reserved() >= autograd.cuda.memory_allocated()
    True
    """
    return _pool(device, "total_bytes")


def empty_cache() -> None:
    """Give memory that no array occupies back to the driver.

    Examples
    --------
    >>> import autograd
    >>> autograd.cuda.empty_cache()
    """
    if is_available():
        load().get_default_memory_pool().free_all_blocks()


def get_rng_state(device: Any = None) -> Any:
    """The state of a device's random numbers as a tensor of bytes on the CPU.

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     autograd.cuda.set_rng_state(autograd.cuda.get_rng_state())
    """
    return random.get_rng_state(Place("cuda", _number(device)))


def set_rng_state(new_state: Any, device: Any = None) -> None:
    """Go on from a state that `get_rng_state` gave.

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     autograd.cuda.set_rng_state(autograd.cuda.get_rng_state())
    """
    random.set_rng_state(new_state, Place("cuda", _number(device)))


def get_rng_state_all() -> list:
    """The states of every device.

    Examples
    --------
    >>> import autograd
    >>> states = autograd.cuda.get_rng_state_all()
    >>> len(states) == autograd.cuda.device_count()
    True
    """
    return [get_rng_state(index) for index in range(device_count())]


def set_rng_state_all(new_states: Any) -> None:
    """Go on from the states that `get_rng_state_all` gave.

    Examples
    --------
    >>> import autograd
    >>> autograd.cuda.set_rng_state_all(autograd.cuda.get_rng_state_all())
    """
    for index, state in enumerate(new_states):
        set_rng_state(state, index)


def manual_seed(seed: int) -> None:
    """Start the current device's random numbers anew; does nothing without one, as in PyTorch.

    Examples
    --------
    >>> import autograd
    >>> autograd.cuda.manual_seed(0)
    """
    if is_available():
        backend_for("cuda").manual_seed(seed)


def manual_seed_all(seed: int) -> None:
    """Start every device's random numbers anew.

    Examples
    --------
    >>> import autograd
    >>> autograd.cuda.manual_seed_all(0)
    """
    for index in range(device_count()):
        backend_for(Place("cuda", index)).manual_seed(seed)


def __getattr__(name: str) -> Any:
    if name == "amp":  # stands above this package
        return importlib.import_module("autograd.cuda.amp")
    return suggesting(__name__)(name)
