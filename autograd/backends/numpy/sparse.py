"""Products of sparse matrices by SciPy, where it is installed."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograd.backends import reference

# SciPy has no compiled loops for the half types and booleans.
COMPILED = frozenset("ifc")


def library() -> Any:
    """SciPy's module of sparse matrices, None without SciPy."""
    try:
        import scipy.sparse
    except ImportError:
        return None
    return scipy.sparse


class SparseKernels:
    """The kernels on matrices in compressed rows."""

    def csr_matmul(
        self, values: np.ndarray, crow: np.ndarray, col: np.ndarray, y: np.ndarray, *, shape: tuple, transposed: bool
    ) -> np.ndarray:
        scipy = library()
        if scipy is None or values.dtype.kind not in COMPILED or values.dtype.itemsize < 4 or values.dtype != y.dtype:
            return reference.csr_matmul(self, values, crow, col, y, shape=shape, transposed=transposed)
        if transposed:  # the compressed rows are the transpose's columns
            return scipy.csc_array((values, col, crow), shape=shape[::-1]) @ y
        return scipy.csr_array((values, col, crow), shape=shape) @ y
