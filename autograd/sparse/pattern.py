"""Where the stored elements of a sparse tensor are: by coordinates (COO) or in compressed rows (CSR).

Patterns are never written to, so tensors share them and what was derived from them is kept. All arrays are raw ones.
"""

from __future__ import annotations

import functools
import math
from typing import Any, NamedTuple

from autograd.backends.reference.sparse import csr_rows
from autograd.layouts import sparse_coo, sparse_csr

Array = Any
NARROW = 2**31 - 1  # indices up to here are handed to SciPy and cuSPARSE as int32, which they do not convert


class Groups(NamedTuple):
    """Elements put into groups by a key.

    Attributes
    ----------
    order : the elements sorted by key, equal ones as they came
    group : the group of each, in this order
    first : the place in this order where each group starts
    """

    order: Array
    group: Array
    first: Array


def grouped(xp: Any, keys: Array) -> Groups:
    """Groups of equal integers in ascending order."""
    order = xp.argsort(keys)
    ordered = xp.take(keys, order, axis=0)
    fresh = xp.concat([xp.ones((min(1, keys.shape[0]),), "bool"), ordered[1:] != ordered[:-1]])
    group = xp.cumulative_sum(xp.astype(fresh, "int64"), axis=0) - 1
    return Groups(order, group, xp.nonzero(fresh)[0])


def flat_keys(xp: Any, indices: Array, sizes: tuple[int, ...]) -> Array:
    """Row-major places of coordinates [dims, count] in an array of these sizes."""
    keys = xp.zeros((indices.shape[1],), "int64")
    for axis in range(len(sizes)):
        keys = keys * sizes[axis] + indices[axis]
    return keys


class CompressedRows(NamedTuple):
    """A matrix in compressed rows, for the kernels.

    Attributes
    ----------
    crow, col : as in `autograd.backends.reference.sparse`
    order : how the stored elements come to be in this order, None if they are
    """

    crow: Array
    col: Array
    order: Array | None


class Pattern:
    """What both kinds have in common.

    Attributes
    ----------
    backend : of the arrays
    sizes : of the dims that are sparse
    count : how many elements are stored
    """

    backend: Any
    sizes: tuple[int, ...]
    count: int
    layout: Any
    coalesced: bool
    coordinates: Array  # [dims, count]
    rows: CompressedRows

    def arrays(self) -> tuple[Array, ...]:
        """What the pattern consists of."""
        raise NotImplementedError

    def rebuilt(self, backend: Any, *arrays: Array) -> Pattern:
        """The same pattern from arrays on another device."""
        raise NotImplementedError

    def transposed(self, a: int, b: int) -> Pattern:
        """The pattern with two dims exchanged."""
        raise NotImplementedError

    @functools.cached_property
    def keys(self) -> Array:
        """The row-major place of each element in the sparse dims."""
        return flat_keys(self.backend, self.coordinates, self.sizes)


class Coordinates(Pattern):
    """One coordinate for each element and dim: `coordinates` [dims, count]; `coalesced`: sorted, none twice."""

    layout = sparse_coo

    def __init__(self, backend: Any, coordinates: Array, sizes: tuple[int, ...], coalesced: bool):
        self.backend, self.coordinates, self.sizes = backend, coordinates, sizes
        self.count = int(coordinates.shape[1])
        self.coalesced = coalesced or self.count < 2

    def arrays(self) -> tuple[Array, ...]:
        """What the pattern consists of."""
        return (self.coordinates,)

    def rebuilt(self, backend: Any, *arrays: Array) -> Coordinates:
        """The same pattern from arrays on another device."""
        (coordinates,) = arrays
        return Coordinates(backend, coordinates, self.sizes, self.coalesced)

    @functools.cached_property
    def groups(self) -> Groups:
        """The elements grouped by their place."""
        return grouped(self.backend, self.keys)

    @functools.cached_property
    def unique(self) -> Coordinates:
        """Every place once, in order."""
        places = self.backend.take(self.groups.order, self.groups.first, axis=0)
        return Coordinates(
            self.backend, self.backend.take(self.coordinates, places, axis=1), self.sizes, coalesced=True
        )

    @functools.cached_property
    def rows(self) -> CompressedRows:  # type: ignore[override]
        """The matrix in compressed rows, elements of one place not yet added up."""
        xp, order = self.backend, None
        rows, col = self.coordinates[0], self.coordinates[1]
        if not self.coalesced:
            order = xp.argsort(rows)
            rows, col = xp.take(rows, order, axis=0), xp.take(col, order, axis=0)
        bounds = xp.arange(0, self.sizes[0] + 1, 1, "int64")
        return CompressedRows(*_narrowed(xp, self, xp.searchsorted(rows, bounds, side="left"), col), order)

    def transposed(self, a: int, b: int) -> Coordinates:
        """The pattern with two dims exchanged."""
        order, sizes = list(range(len(self.sizes))), list(self.sizes)
        order[a], order[b] = b, a
        sizes[a], sizes[b] = sizes[b], sizes[a]
        xp = self.backend
        swapped = xp.take(self.coordinates, xp.asarray(order, dtype="int64"), axis=0)
        return Coordinates(xp, swapped, tuple(sizes), coalesced=self.coalesced and a == b)


class Compressed(Pattern):
    """`crow` [rows + 1], where each row starts, and the column `col` of each element."""

    layout = sparse_csr
    coalesced = True

    def __init__(self, backend: Any, crow: Array, col: Array, sizes: tuple[int, ...]):
        self.backend, self.crow, self.col, self.sizes = backend, crow, col, sizes
        self.count = int(col.shape[0])

    def arrays(self) -> tuple[Array, ...]:
        """What the pattern consists of."""
        return self.crow, self.col

    def rebuilt(self, backend: Any, *arrays: Array) -> Compressed:
        """The same pattern from arrays on another device."""
        crow, col = arrays
        return Compressed(backend, crow, col, self.sizes)

    @functools.cached_property
    def coordinates(self) -> Array:  # type: ignore[override]
        """Row and column of each element."""
        xp = self.backend
        return xp.stack([csr_rows(xp, self.crow, self.count), xp.astype(self.col, "int64")], axis=0)

    @functools.cached_property
    def rows(self) -> CompressedRows:  # type: ignore[override]
        """The matrix in compressed rows."""
        return CompressedRows(*_narrowed(self.backend, self, self.crow, self.col), None)


def _narrowed(xp: Any, pattern: Pattern, crow: Array, col: Array) -> tuple[Array, Array]:
    if max(pattern.count, math.prod(pattern.sizes[1:2])) > NARROW:
        return crow, col
    return xp.astype(crow, "int32"), xp.astype(col, "int32")
