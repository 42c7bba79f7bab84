"""The type of shapes."""

from __future__ import annotations

from typing import Any


class Size(tuple):
    """A shape: a tuple of ints with `numel()`; what is cut out of it or joined to it is one too.

    Examples
    --------
    >>> import autograd
    >>> shape = autograd.ones(2, 3, 4).shape
    >>> shape[1:].numel(), shape[:1] + (5,)
    (12, autograd.Size([2, 5]))
    """

    __slots__ = ()

    def numel(self) -> int:
        """The product of the sizes."""
        count = 1
        for size in self:
            count *= size
        return count

    def __getitem__(self, place: Any) -> Any:
        found = tuple.__getitem__(self, place)
        return Size(found) if found.__class__ is tuple else found

    def __add__(self, other: Any) -> Any:
        return Size(tuple.__add__(self, other)) if isinstance(other, tuple) else NotImplemented

    def __radd__(self, other: Any) -> Any:
        return Size(tuple.__add__(other, self)) if isinstance(other, tuple) else NotImplemented

    def __mul__(self, count: Any) -> Any:
        return Size(tuple.__mul__(self, count))

    __rmul__ = __mul__

    def __repr__(self) -> str:
        return f"autograd.Size({list(self)})"
