"""The type of shapes."""

from __future__ import annotations


class Size(tuple):
    """A shape: a tuple of ints with `numel()`."""

    __slots__ = ()

    def numel(self) -> int:
        """The product of the sizes."""
        count = 1
        for size in self:
            count *= size
        return count

    def __repr__(self) -> str:
        return f"autograd.Size({list(self)})"
