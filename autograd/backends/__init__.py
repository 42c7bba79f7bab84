"""The registry of backends: a device names the object that computes on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.backends.namespace import Backend
from autograd.device import device

_factories: dict[str, Callable[[int | None], Backend]] = {}
_backends: dict[device, Backend] = {}
_array_types: dict[type, Callable[[Any], Backend]] = {}


def register_backend(
    name: str,
    factory: Callable[[int | None], Backend],
    *,
    array_types: tuple[type, ...] = (),
    find: Callable[[Any], Backend] | None = None,
) -> None:
    """Make a device name usable in `device=` arguments.

    Parameters
    ----------
    name : the device type, e.g. ``"cuda"``
    factory : called once with the index (None if the name came without one); returns the backend
    array_types, find : raw arrays of these types belong to the backend that `find(array)` returns
    """
    _factories[name] = factory
    for kind in array_types:
        _array_types[kind] = find or (lambda array: backend_for(name))


def backend_for(place: Any) -> Backend:
    """The backend of a device, given as a name, an index or a `device`.

    Raises
    ------
    RuntimeError
        If no backend of that name is registered, or the device cannot be used here.
    """
    key = device(place)
    found = _backends.get(key)
    if found is None:
        factory = _factories.get(key.type)
        if factory is None:
            raise RuntimeError(f"no backend for device type {key.type!r}; there are {', '.join(sorted(_factories))}")
        made = factory(key.index)
        found = _backends.setdefault(made.device, made)
        _backends[key] = found
    return found


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
