"""Products of a sparse matrix in compressed rows (CSR) with dense ones.

Row i has the elements `crow[i]` to `crow[i + 1]` of `values`, in the columns that `col` names. A column may be named twice.
"""

from __future__ import annotations

from typing import Any

from autograd.backends.reference.common import Array, int64, narrow
from autograd.backends.reference.indexing import index_add


def csr_rows(xp: Any, crow: Array, count: int) -> Array:
    """The row of each of the `count` stored elements.

    Examples
    --------
    >>> import numpy as np
    >>> csr_rows(np, np.array([0, 2, 2, 3]), 3)
    array([0, 0, 2])
    """
    places = xp.arange(0, count, 1, dtype=int64(xp))
    return xp.searchsorted(narrow(xp, crow, int64(xp)), places, side="right") - 1


def csr_matmul(
    xp: Any, values: Array, crow: Array, col: Array, y: Array, *, shape: tuple[int, int], transposed: bool
) -> Array:
    """S y for the sparse matrix S of `shape`, or Sᵀ y.

    Examples
    --------
    >>> import numpy as np
    >>> values, crow, col = np.array([2.0, 3.0]), np.array([0, 1, 2]), np.array([1, 0])
    >>> csr_matmul(np, values, crow, col, np.array([[1.0], [10.0]]), shape=(2, 2), transposed=False)
    array([[20.],
           [ 3.]])
    """
    rows, columns = csr_rows(xp, crow, values.shape[0]), narrow(xp, col, int64(xp))
    source, target = (rows, columns) if transposed else (columns, rows)
    products = xp.reshape(values, (-1, 1)) * xp.take(y, source, axis=0)
    out = xp.zeros((shape[1] if transposed else shape[0], y.shape[1]), dtype=products.dtype)
    return index_add(xp, out, target, products, axis=0)


def csr_sampled_matmul(xp: Any, crow: Array, col: Array, a: Array, b: Array) -> Array:
    """The elements of a bᵀ at the places of a sparse matrix: out[e] = Σₖ a[row of e, k] · b[col[e], k].

    Examples
    --------
    >>> import numpy as np
    >>> crow, col = np.array([0, 1, 2]), np.array([1, 0])
    >>> csr_sampled_matmul(np, crow, col, np.array([[1.0], [2.0]]), np.array([[3.0], [5.0]]))
    array([5., 6.])
    """
    rows = csr_rows(xp, crow, col.shape[0])
    return xp.sum(xp.take(a, rows, axis=0) * xp.take(b, narrow(xp, col, int64(xp)), axis=0), axis=1)
