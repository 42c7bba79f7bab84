"""Linear algebra under the names of `torch.linalg`.

Each takes one matrix, (m, n), or a batch of them, (*, m, n), of float32, float64, complex64 or complex128, and works on
every one. TypeError for what is no Tensor; RuntimeError for other types, operands of two types and shapes that do not
fit; `autograd.linalg.LinAlgError`, a RuntimeError, where the matrix itself is the reason, such as a singular one.
"""

from __future__ import annotations

from autograd._lazy import suggesting
from autograd.backends.reference.linalg import LinAlgError
from autograd.functions.chains import multi_dot
from autograd.functions.factorizations import (
    cholesky,
    cholesky_ex,
    eig,
    eigh,
    eigvals,
    eigvalsh,
    householder_product,
    qr,
    svd,
    svdvals,
)
from autograd.functions.linalg import (
    det,
    inv,
    inv_ex,
    slogdet,
    solve,
    solve_ex,
    solve_triangular,
    tensorinv,
    tensorsolve,
)
from autograd.functions.linalg_vectors import cross, diagonal, vander, vecdot
from autograd.functions.lu import ldl_factor, ldl_factor_ex, ldl_solve, lu, lu_factor, lu_factor_ex, lu_solve
from autograd.functions.matrix_functions import matrix_exp, matrix_power
from autograd.functions.norms import cond, lstsq, matrix_norm, matrix_rank, norm, pinv, vector_norm
from autograd.functions.products import matmul

__all__ = [
    "LinAlgError", "cholesky", "cholesky_ex", "cond", "cross", "det", "diagonal", "eig", "eigh", "eigvals", "eigvalsh",
    "householder_product", "inv", "inv_ex", "ldl_factor", "ldl_factor_ex", "ldl_solve", "lstsq", "lu", "lu_factor",
    "lu_factor_ex", "lu_solve", "matmul", "matrix_exp", "matrix_norm", "matrix_power", "matrix_rank", "multi_dot",
    "norm", "pinv", "qr", "slogdet", "solve", "solve_ex", "solve_triangular", "svd", "svdvals", "tensorinv",
    "tensorsolve", "vander", "vecdot", "vector_norm",
]  # fmt: skip

__getattr__ = suggesting(__name__)
