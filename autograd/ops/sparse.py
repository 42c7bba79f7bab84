"""Products with a sparse matrix in compressed rows (CSR): two operations, each other's gradients."""

from __future__ import annotations

from autograd.differentiable import differentiable


def _values_rule(xp, g, crow, col, y, transposed):
    return xp.csr_sampled_matmul(crow, col, y, g) if transposed else xp.csr_sampled_matmul(crow, col, g, y)


@differentiable(
    values=_values_rule,
    y=lambda xp, g, values, crow, col, shape, transposed: xp.csr_matmul(
        values, crow, col, g, shape=shape, transposed=not transposed
    ),
)
def csr_matmul(xp, values, crow, col, y, *, shape, transposed):
    """S y, or Sᵀ y, for the sparse matrix S of `shape`, whose pattern is `crow` and `col`, and a matrix y."""
    return xp.csr_matmul(values, crow, col, y, shape=shape, transposed=transposed)


@differentiable(
    a=lambda xp, g, crow, col, b, a_shape, b_shape: xp.csr_matmul(
        g, crow, col, b, shape=(a_shape[0], b_shape[0]), transposed=False
    ),
    b=lambda xp, g, crow, col, a, a_shape, b_shape: xp.csr_matmul(
        g, crow, col, a, shape=(a_shape[0], b_shape[0]), transposed=True
    ),
)
def csr_sampled_matmul(xp, crow, col, a, b):
    """The elements of a bᵀ at the places of a sparse matrix."""
    return xp.csr_sampled_matmul(crow, col, a, b)
