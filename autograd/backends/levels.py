"""Levels of `vmap`: a hidden axis that the code being mapped does not see, and which levels are open just now."""

from __future__ import annotations

import itertools
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograd.backends.batched import BatchedBackend

_next_number = itertools.count(1).__next__


class Level:
    """One call of `vmap`.

    Attributes
    ----------
    size : the length of its hidden axis
    randomness : what random functions do there: 'error', 'same' or 'different'
    number : levels are told apart, and stacked, by the order of their making
    """

    def __init__(self, size: int, randomness: str = "error"):
        self.size, self.randomness, self.number = size, randomness, _next_number()
        self._over: dict[Any, BatchedBackend] = {}

    def over(self, base: Any) -> BatchedBackend:
        """The backend whose arrays are those of `base` with this level's axis hidden in front."""
        found = self._over.get(base)
        if found is None:
            from autograd.backends.batched import BatchedBackend

            found = self._over.setdefault(base, BatchedBackend(self, base))
        return found

    def __repr__(self) -> str:
        return f"<level {self.number} of size {self.size}>"


open_levels: ContextVar[tuple[Level, ...]] = ContextVar("autograd.levels", default=())


def levels_of(backend: Any) -> tuple[Level, ...]:
    """The levels of a backend's arrays, the outermost first; of an ordinary backend none."""
    return getattr(backend, "levels", ())


def root_of(backend: Any) -> Any:
    """The ordinary backend below all levels."""
    return getattr(backend, "root", backend)


def stacked(backend: Any, levels: Any) -> Any:
    """The backend with these levels over an ordinary one, in the order of their making."""
    backend = root_of(backend)
    for level in sorted(levels, key=lambda level: level.number):
        backend = level.over(backend)
    return backend


def innermost(backend: Any) -> Any:
    """The backend with all open levels: where `vmap` draws random numbers, and what it differentiates by."""
    levels = open_levels.get()
    return stacked(backend, {*levels_of(backend), *levels}) if levels else backend
