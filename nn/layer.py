"""Layer: the base of modules whose attributes are their constructor's arguments."""

from __future__ import annotations

from typing import Any

from nn.module import Module


def per_dim(value: Any, count: int) -> tuple[Any, ...]:
    """One number for each of so many dims, from one for all of them or from as many."""
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * count


class Layer(Module):
    """A module that keeps its constructor's arguments as attributes, and shows those named in `shown`."""

    shown: tuple[str, ...] = ()

    def settle(self, arguments: dict[str, Any]) -> None:
        """Begin as a Module, with the arguments (the constructor's `locals()`) as attributes."""
        Module.__init__(self)
        for name, value in arguments.items():
            if name not in ("self", "__class__", "device", "dtype", "size_average", "reduce"):
                setattr(self, name, value)

    def extra_repr(self) -> str:
        """The arguments that are shown; `inplace` only where it is on."""
        parts = [f"{name}={getattr(self, name)}" for name in self.shown]
        if self.__dict__.get("inplace"):
            parts.append("inplace=True")
        return ", ".join(parts)
