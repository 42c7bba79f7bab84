"""Where new tensors are made: the default device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograd.backends import backend_for
from autograd.device import entered
from autograd.layouts import only_strided

_default_place: Any = "cpu"


def set_default_device(place: Any) -> None:
    """Make `place` the device of new tensors; None puts it back to the CPU.

    Examples
    --------
    >>> import autograd
    >>> autograd.set_default_device("cpu")
    """
    global _default_place
    backend_for("cpu" if place is None else place)
    _default_place = "cpu" if place is None else place


def get_default_device() -> Any:
    """The device of new tensors.

    Examples
    --------
    >>> import autograd
    >>> autograd.get_default_device()
    device(type='cpu')
    """
    return home(None).device


def home(place: Any, layout: Mapping[str, Any] | None = None) -> Any:
    """The backend of a `device=` argument, for arguments of layout that suit it.

    None is the device that was entered last with `with`, else the default device.
    """
    if layout:
        only_strided(layout)
    if place is None:
        within = entered.get()
        place = within[-1] if within else _default_place
    return backend_for(place)
