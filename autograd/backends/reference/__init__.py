"""The reference kernels by name: what the array API standard lacks, in code that any array library runs.

Each is called as ``kernel(xp, *arrays, **options)``, where `xp` is a backend, or an array library itself.
`expm1`, `log1p` and `logaddexp` are names of the standard, so every library brings its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.backends.reference.convolution import conv, conv_input_grad, conv_weight_grad
from autograd.backends.reference.elementwise import (
    complex_of,
    exp2,
    fmax,
    fmin,
    fmod,
    frexp,
    gcd,
    lcm,
    logaddexp2,
    view_as_complex,
    view_as_real,
)  # fmt: skip
from autograd.backends.reference.fourier import fft_complex, fft_real, fft_to_real
from autograd.backends.reference.indexing import index_add, index_put, scatter_add, take_along_axis
from autograd.backends.reference.ldl import linalg_ldl, linalg_ldl_solve
from autograd.backends.reference.linalg import (
    diagonal,
    linalg_cholesky,
    linalg_cholesky_info,
    linalg_det,
    linalg_eig,
    linalg_eigh,
    linalg_geqrf,
    linalg_inv,
    linalg_pair_products,
    linalg_qr,
    linalg_slogdet,
    linalg_solve,
    linalg_svd,
)  # fmt: skip
from autograd.backends.reference.normalization import standardize
from autograd.backends.reference.optimization import adam_step, sgd_step
from autograd.backends.reference.ordering import cummax, cummin, searchsorted
from autograd.backends.reference.pooling import adaptive_max_pool_indices, avg_pool, avg_pool_grad, max_pool_indices
from autograd.backends.reference.resampling import fold, unfold
from autograd.backends.reference.softmax import log_softmax, logcumsumexp, logsumexp, softmax
from autograd.backends.reference.sparse import csr_matmul, csr_sampled_matmul
from autograd.backends.reference.special import erf, erfc, erfinv, log_ndtr, ndtri
from autograd.backends.reference.special_bessel import i0, i1
from autograd.backends.reference.special_gamma import digamma, lgamma
from autograd.backends.reference.special_sampling import gamma_slope
from autograd.backends.reference.triangular import linalg_lu, linalg_permutation, linalg_solve_triangular

KERNELS: dict[str, Callable[..., Any]] = {
    "conv": conv,
    "conv_input_grad": conv_input_grad,
    "conv_weight_grad": conv_weight_grad,
    "max_pool_indices": max_pool_indices,
    "adaptive_max_pool_indices": adaptive_max_pool_indices,
    "avg_pool": avg_pool,
    "avg_pool_grad": avg_pool_grad,
    "unfold": unfold,
    "fold": fold,
    "softmax": softmax,
    "log_softmax": log_softmax,
    "logsumexp": logsumexp,
    "logcumsumexp": logcumsumexp,
    "standardize": standardize,
    "take_along_axis": take_along_axis,
    "scatter_add": scatter_add,
    "index_add": index_add,
    "index_put": index_put,
    "csr_matmul": csr_matmul,
    "csr_sampled_matmul": csr_sampled_matmul,
    "cummax": cummax,
    "cummin": cummin,
    "searchsorted": searchsorted,
    "exp2": exp2,
    "logaddexp2": logaddexp2,
    "fmax": fmax,
    "fmin": fmin,
    "fmod": fmod,
    "frexp": frexp,
    "gcd": gcd,
    "lcm": lcm,
    "complex": complex_of,
    "view_as_real": view_as_real,
    "view_as_complex": view_as_complex,
    "erf": erf,
    "erfc": erfc,
    "erfinv": erfinv,
    "ndtri": ndtri,
    "log_ndtr": log_ndtr,
    "lgamma": lgamma,
    "digamma": digamma,
    "gamma_slope": gamma_slope,
    "i0": i0,
    "i1": i1,
    "sgd_step": sgd_step,
    "adam_step": adam_step,
    "diagonal": diagonal,
    "fft_complex": fft_complex,
    "fft_real": fft_real,
    "fft_to_real": fft_to_real,
    "linalg_cholesky": linalg_cholesky,
    "linalg_cholesky_info": linalg_cholesky_info,
    "linalg_det": linalg_det,
    "linalg_eig": linalg_eig,
    "linalg_eigh": linalg_eigh,
    "linalg_geqrf": linalg_geqrf,
    "linalg_inv": linalg_inv,
    "linalg_ldl": linalg_ldl,
    "linalg_ldl_solve": linalg_ldl_solve,
    "linalg_lu": linalg_lu,
    "linalg_pair_products": linalg_pair_products,
    "linalg_permutation": linalg_permutation,
    "linalg_qr": linalg_qr,
    "linalg_slogdet": linalg_slogdet,
    "linalg_solve": linalg_solve,
    "linalg_solve_triangular": linalg_solve_triangular,
    "linalg_svd": linalg_svd,
}
