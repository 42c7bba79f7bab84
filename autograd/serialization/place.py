"""Where a loaded tensor goes."""

from __future__ import annotations

from typing import Any

from autograd.backends import backend_for


def backend_at(saved: str, map_location: Any) -> Any:
    """The backend for a tensor that was saved on the device `saved`; see `load` for the forms of `map_location`.

    Raises
    ------
    RuntimeError
        If there is no such device.
    """
    place = _place(saved, map_location)
    try:
        return backend_for(place)
    except (RuntimeError, ImportError) as error:
        raise RuntimeError(
            f"load: a tensor of device {saved!r} cannot go to {str(place)!r} ({error}); pass a device that is here, such as "
            "map_location='cpu'"
        ) from None


def _place(saved: str, map_location: Any) -> Any:
    if map_location is None:
        return saved
    if isinstance(map_location, dict):
        return map_location.get(saved, saved)
    if not callable(map_location):
        return map_location
    place = map_location(_Storage("cpu"), saved)
    return saved if place is None else place


class _Storage(str):
    """What a function for `map_location` takes for a storage: the place of one that was read to the CPU."""

    def cpu(self) -> str:
        """The CPU."""
        return "cpu"

    def cuda(self, device: Any = None) -> str:
        """A CUDA device."""
        return "cuda" if device is None else str(device) if str(device).startswith("cuda") else f"cuda:{device}"
