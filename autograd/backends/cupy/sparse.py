"""Products of sparse matrices by cuSPARSE, through CuPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Array = Any

# The element types that cuSPARSE multiplies.
COMPILED = frozenset({"float32", "float64", "complex64", "complex128"})


def library() -> Any:
    """CuPy's module of sparse matrices."""
    from cupyx.scipy import sparse

    return sparse


def csr_matmul(
    xp: Any,
    reference: Callable,
    values: Array,
    crow: Array,
    col: Array,
    y: Array,
    *,
    shape: tuple[int, int],
    transposed: bool,
) -> Array:
    """The reference's product; for other types than cuSPARSE's, or where nothing is to be added up, the reference."""
    if values.dtype.name not in COMPILED or values.dtype != y.dtype or not (values.size and y.size):
        return reference(values, crow, col, y, shape=shape, transposed=transposed)
    sparse = library()
    with xp.here():
        if transposed:  # the compressed rows are the transpose's columns
            return sparse.csc_matrix((values, col, crow), shape=shape[::-1]) @ y
        return sparse.csr_matrix((values, col, crow), shape=shape) @ y
