"""The registry of backends: a device names the object that computes on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.backends import compiled as compiled
from autograd.backends import cuda as cuda
from autograd.backends import cudnn as cudnn
from autograd.backends import mps as mps
from autograd.backends.levels import root_of
from autograd.backends.namespace import Backend
from autograd.device import device

_factories: dict[str, Callable[[int | None], Backend]] = {}
_backends: dict[device, Backend] = {}
_array_types: dict[type, Callable[[Any], Backend]] = {}
_dlpack_names = {1: "cpu", 2: "cuda", 3: "cpu", 13: "cuda"}  # 3 and 13: CUDA's pinned and managed memory


def register_backend(
    name: str,
    factory: Callable[[int | None], Backend],
    *,
    array_types: tuple[type, ...] = (),
    find: Callable[[Any], Backend] | None = None,
    dlpack: int | None = None,
) -> None:
    """Make a device name usable in `device=` arguments.

    Parameters
    ----------
    name : the device type, e.g. ``"cuda"``
    factory : called once with the index (None if the name came without one); returns the backend
    array_types, find : raw arrays of these types belong to the backend that `find(array)` returns
    dlpack : the device type's number in DLPack

    Examples
    --------
    >>> import autograd
    >>> from autograd.backends import backend_for
    >>> autograd.register_backend("mirror", lambda index: backend_for("cpu"))
    >>> autograd.zeros(2, device="mirror")
    tensor([0., 0.])
    """
    _factories[name] = factory
    register_array_types(array_types, find or (lambda array: backend_for(name)))
    if dlpack is not None:
        _dlpack_names[dlpack] = name


def register_array_types(kinds: tuple[type, ...], find: Callable[[Any], Backend]) -> None:
    """Make raw arrays of these types known; `find(array)` returns the backend of one."""
    _array_types.update(dict.fromkeys(kinds, find))


def backend_for(place: Any) -> Backend:
    """The backend of a device, given as a name, an index or a `device`.

    Raises
    ------
    RuntimeError
        If no backend of that name is registered, or the device cannot be used here.

    Examples
    --------
    >>> import autograd.backends
    >>> autograd.backends.backend_for("cpu").device
    device(type='cpu')
    """
    key = device(place)
    found = _backends.get(key)
    if found is None:
        factory = _factories.get(key.type)
        if factory is None:
            raise RuntimeError(f"no backend for device type {key.type!r}; there are {', '.join(sorted(_factories))}")
        made = factory(key.index)
        found = _backends.setdefault(made.device, made)  # not under "cuda", whose meaning is the current device
    return found


def backend_of_dlpack(kind: int, index: int) -> Backend:
    """The backend of a device as DLPack numbers it.

    Raises
    ------
    RuntimeError
        If no backend is registered for that type of device.
    """
    name = _dlpack_names.get(int(kind))
    if name is None:
        raise RuntimeError(f"no backend for DLPack's device type {int(kind)}; there are {sorted(_dlpack_names)}")
    return backend_for(device(name, index) if name == "cuda" else name)


def in_use() -> list[Backend]:
    """The backends made so far."""
    return list(_backends.values())


def backend_of_array(array: Any) -> Backend | None:
    """The backend whose array `array` is; None if it is no array of a registered backend."""
    find = _array_types.get(type(array))
    if find is None:
        for kind, candidate in _array_types.items():
            if isinstance(array, kind):
                return candidate(array)
        return None
    return find(array)


def _numpy(index: int | None) -> Backend:
    from autograd.backends.numpy import NumPyBackend

    return NumPyBackend()


def _cupy(index: int | None) -> Backend:
    from autograd.backends.cupy import cupy_backend

    return cupy_backend(index)


_factories["cpu"] = _numpy
_factories["cuda"] = _cupy
