"""Additions at positions given by arrays, in the order of the index."""

from __future__ import annotations

from typing import Any

from autograd.backends.numpy.compiled.jit import loop


@loop
def _within(index, size):
    low, high = 0, -1
    for position in index:
        low, high = min(low, position), max(high, position)
    return low >= -size and high < size


@loop
def _add_rows(out, index, src):
    size = out.shape[1]
    for o in range(src.shape[0]):
        for j in range(index.size):
            position = index[j]
            to, row = out[o, position + size if position < 0 else position], src[o, j]
            for i in range(row.size):
                to[i] += row[i]


@loop
def _add_elements(out, index, src):
    size = out.shape[1]
    for o in range(src.shape[0]):
        for j in range(src.shape[1]):
            for i in range(src.shape[2]):
                position = index[o, j, i]
                out[o, position + size if position < 0 else position, i] += src[o, j, i]


def index_add(x: Any, index: Any, src: Any) -> Any:
    """[outer, size, inner] with the rows of [outer, n, inner] added at `index`; None where an entry is out of range."""
    if not _within(index, x.shape[1]):
        return None
    out = x.copy()
    _add_rows(out, index, src)
    return out


def scatter_add(x: Any, index: Any, src: Any) -> Any:
    """The same with an index of its own for each element of `src`."""
    if not _within(index.reshape(-1), x.shape[1]):
        return None
    out = x.copy()
    _add_elements(out, index, src)
    return out
