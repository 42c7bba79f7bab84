"""Every differentiable operation, by kind, in the array API standard's dialect: the `xp` of rules run on Tensors."""

from __future__ import annotations

from autograd.ops.convolution import conv, conv_input_grad, conv_weight_grad
from autograd.ops.creation import copy, full_like, ones_like, overwrite, zeros_like
from autograd.ops.elementwise import (
    abs, add, astype, bitwise_and, conj, divide, equal, exp, greater, greater_equal, less, less_equal, log, maximum,
    minimum, multiply, negative, not_equal, pow, real, reciprocal, relu, sigmoid, sign, sqrt, square, subtract, tanh,
    where,
)  # fmt: skip
from autograd.ops.factorizations import (
    cholesky, cholesky_info, eig, eigh, full_qr, geqrf, ldl, ldl_solve, lu, permutation, pinv, qr, svd, undifferentiable,
)  # fmt: skip
from autograd.ops.fft import fft_complex, fft_real, fft_to_real
from autograd.ops.fold import fold, unfold
from autograd.ops.linalg import (
    adjugate, det, inv, matmul, matrix_transpose, pair_products, slogdet, solve, solve_triangular,
)  # fmt: skip
from autograd.ops.norms import vector_norm
from autograd.ops.losses import class_cross_entropy, one_hot_like
from autograd.ops.normalization import standardize
from autograd.ops.pooling import (
    adaptive_max_pool_indices, avg_pool, avg_pool_grad, max_pool_indices, pool_at, unpool_add, unpool_put,
)  # fmt: skip
from autograd.ops.reduction import max, min, sum
from autograd.ops.shape import (
    broadcast_to, concat, diagonal, expand_dims, permute_dims, put_in_diagonal, reshape, squeeze, sum_to, tril, triu,
)  # fmt: skip
from autograd.ops.transfer import to_device, transfer
from autograd.ops.views import getitem, index_put, is_basic, put_in_zeros, view_read, view_write, view_write_zeros
