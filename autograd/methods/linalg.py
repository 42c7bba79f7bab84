"""Methods of linear algebra."""

from __future__ import annotations

from autograd.functions import factorizations, legacy_linalg, linalg, matrix_functions, norms, products
from autograd.functions import stft as spectrogram
from autograd.functions.common import inplace


class LinalgMethods:
    """Products, inverses, factorizations and norms."""

    __slots__ = ()

    __rmatmul__ = products.rmatmul
    matmul = products.matmul
    mm = products.mm
    bmm = products.bmm
    mv = products.mv
    dot = products.dot
    vdot = products.vdot
    inner = products.inner
    outer = ger = products.outer
    kron = products.kron
    cross = legacy_linalg.cross
    addmm = products.addmm
    addmv = products.addmv
    addr = products.addr
    addbmm = products.addbmm
    baddbmm = products.baddbmm
    addmm_ = inplace(products.addmm)
    addmv_ = inplace(products.addmv)
    addr_ = inplace(products.addr)
    addbmm_ = inplace(products.addbmm)
    baddbmm_ = inplace(products.baddbmm)

    det = linalg.det
    logdet = linalg.logdet
    slogdet = legacy_linalg.slogdet
    inverse = linalg.inv
    pinverse = legacy_linalg.pinverse
    matrix_power = matrix_functions.matrix_power
    matrix_exp = matrix_functions.matrix_exp
    triangular_solve = legacy_linalg.triangular_solve
    cholesky = legacy_linalg.cholesky
    cholesky_inverse = factorizations.cholesky_inverse
    cholesky_solve = factorizations.cholesky_solve
    qr = legacy_linalg.qr
    geqrf = factorizations.geqrf
    orgqr = factorizations.householder_product
    ormqr = factorizations.ormqr
    svd = legacy_linalg.svd
    lu = legacy_linalg.packed_lu
    lu_solve = legacy_linalg.lu_solve
    norm = norms.legacy_norm

    stft = spectrogram.stft
    istft = spectrogram.istft
