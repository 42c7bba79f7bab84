"""Searching, sorting, set and indexing functions of the array API standard."""

from __future__ import annotations

from typing import Any, NamedTuple

import autograd
from autograd.array_api.promotion import promoted


class UniqueAll(NamedTuple):
    """What `unique_all` returns."""

    values: Any
    indices: Any
    inverse_indices: Any
    counts: Any


class UniqueCounts(NamedTuple):
    """What `unique_counts` returns."""

    values: Any
    counts: Any


class UniqueInverse(NamedTuple):
    """What `unique_inverse` returns."""

    values: Any
    inverse_indices: Any


def nonzero(x: Any, /) -> tuple:
    """The indices of the elements that are not zero, one array for each axis.

    Raises
    ------
    ValueError
        For a 0-d array.
    """
    if not x.ndim:
        raise ValueError("nonzero: a 0-d array has no axes to give indices for")
    return tuple(autograd.nonzero(x, as_tuple=True))


def searchsorted(x1: Any, x2: Any, /, *, side: str = "left", sorter: Any = None) -> Any:
    """Where in the sorted x1 each element of x2 would go."""
    return autograd.searchsorted(*promoted(x1, x2), side=side, sorter=sorter)


def where(condition: Any, x1: Any, x2: Any, /) -> Any:
    """Elements of x1 where the condition is true, of x2 elsewhere."""
    return autograd.where(condition, *promoted(x1, x2))


def argsort(x: Any, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Any:
    """The indices that sort along an axis."""
    return autograd.argsort(x, axis, descending, stable=stable)


def sort(x: Any, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Any:
    """In order along an axis."""
    return autograd.sort(x, axis, descending, stable=stable).values


def take(x: Any, indices: Any, /, *, axis: int | None = None) -> Any:
    """The slices with given indices along an axis, of which there may be one or more."""
    if axis is None:
        if x.ndim != 1:
            raise ValueError(f"take: an array of {x.ndim} axes needs an axis")
        axis = 0
    return x[(slice(None),) * (axis % x.ndim) + (indices,)]


def take_along_axis(x: Any, indices: Any, /, *, axis: int = -1) -> Any:
    """For each place the element whose index along the axis is there."""
    return autograd.take_along_dim(x, indices, axis)


def unique_values(x: Any, /) -> Any:
    """The distinct elements."""
    return autograd.unique(x)


def unique_counts(x: Any, /) -> UniqueCounts:
    """The distinct elements and how often each occurs."""
    return UniqueCounts(*autograd.unique(x, return_counts=True))


def unique_inverse(x: Any, /) -> UniqueInverse:
    """The distinct elements and which of them each element is."""
    return UniqueInverse(*autograd.unique(x, return_inverse=True))


def unique_all(x: Any, /) -> UniqueAll:
    """The distinct elements, where each occurs first, which of them each element is, and how often they occur."""
    values, inverse, counts = autograd.unique(x, return_inverse=True, return_counts=True)
    # The first of equal elements in a stable order.
    order = autograd.argsort(inverse.reshape(-1), stable=True)
    return UniqueAll(values, order[autograd.cumsum(counts, 0) - counts], inverse, counts)


def isin(x1: Any, x2: Any, /, *, invert: bool = False) -> Any:
    """Which elements of x1 are among those of x2."""
    return autograd.isin(x1, x2, invert=invert)
