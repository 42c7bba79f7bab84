"""Every differentiable operation, by kind, in the array API standard's dialect: the `xp` of rules run on Tensors."""

from __future__ import annotations

# fmt: off
from autograd.ops.activation import (
    elu, gelu, gelu_tanh, hardshrink, hardswish, hardtanh, leaky_relu, mish, relu, silu, softplus, softshrink,
    threshold,
)
from autograd.ops.batching import at, batch, collapse, lift, lifted_here, lifted_to, on_common_levels, put_at, unbatch
from autograd.ops.bessel import (
    airy_ai, airy_ai_prime, bessel_j0, bessel_j1, bessel_y0, bessel_y1, i0, i0e, i1, i1e, modified_bessel_k0,
    modified_bessel_k1, scaled_modified_bessel_k0, scaled_modified_bessel_k1,
)
from autograd.ops.comparison import (
    bitwise_and, bitwise_invert, bitwise_left_shift, bitwise_or, bitwise_right_shift, bitwise_xor, equal, gcd,
    greater, greater_equal, isfinite, isinf, isnan, lcm, less, less_equal, logical_and, logical_not, logical_or,
    logical_xor, not_equal, signbit,
)
from autograd.ops.complex import angle, complex, conj, imag, real, view_as_complex, view_as_real
from autograd.ops.convolution import conv, conv_input_grad, conv_weight_grad
from autograd.ops.creation import copy, copy_contiguous, full_like, ones_like, overwrite, zeros_from, zeros_like
from autograd.ops.elementwise import (
    abs, add, astype, clip, clip_lower, clip_upper, divide, floor_divide, fmax, fmin, fmod, hypot, lerp, maximum,
    minimum, multiply, negative, pow, reciprocal, remainder, rsqrt, sign, sqrt, square, subtract, trunc_divide,
    where,
)
from autograd.ops.exponential import (
    exp, exp2, expm1, log, log10, log1p, log2, log_sigmoid, logaddexp, logaddexp2, logit, sigmoid, xlog1py, xlogy,
)
from autograd.ops.factorizations import (
    cholesky, cholesky_info, eig, eigh, full_qr, geqrf, ldl, ldl_solve, lu, permutation, pinv, qr, svd,
    undifferentiable,
)
from autograd.ops.fft import fft_complex, fft_real, fft_to_real
from autograd.ops.fold import fold, unfold
from autograd.ops.gradient import scale_gradient
from autograd.ops.indexing import (
    index_add, index_add_zeros, nonzero, occurrence_number, scatter, scatter_add, scatter_extreme, scatter_zeros,
    take, take_along_axis,
)
from autograd.ops.joining import stack
from autograd.ops.linalg import (
    adjugate, affine, det, inv, matmul, matrix_transpose, pair_products, slogdet, solve, solve_triangular,
)
from autograd.ops.losses import binary_entropy, class_cross_entropy, one_hot_like
from autograd.ops.normalization import standardize
from autograd.ops.norms import vector_norm
from autograd.ops.pooling import (
    adaptive_max_pool_indices, avg_pool, avg_pool_grad, max_pool_indices, pool_at, unpool_add, unpool_put,
)
from autograd.ops.recurrence import elman_sequence, gru_sequence, lstm_sequence
from autograd.ops.reduction import (
    all, any, argmax, argmin, count_nonzero, logsumexp, max, mean, min, prod, std, sum, var,
)
from autograd.ops.rounding import ceil, copysign, floor, frexp, heaviside, nan_to_num, nextafter, round, trunc
from autograd.ops.scan import cummax, cummin, cumprod, cumsum, linear_recurrence, logcumsumexp
from autograd.ops.shape import (
    broadcast_to, concat, diagonal, expand_dims, flip, pad, permute_dims, put_in_diagonal, reshape, roll, squeeze,
    sum_to, tril, triu,
)
from autograd.ops.softmax import log_softmax, softmax
from autograd.ops.sparse import csr_matmul, csr_sampled_matmul
from autograd.ops.sorting import argsort, median, median_place, mode_place, searchsorted
from autograd.ops.special import (
    digamma, entr, erf, erfc, erfcx, erfinv, gamma_sample, gamma_slope, igamma, igammac, lgamma, log_ndtr, ndtr, ndtri,
    polygamma, zeta,
)
from autograd.ops.strided import as_strided, sliding, sliding_zeros, strided_put, strided_take
from autograd.ops.transfer import to_device, transfer
from autograd.ops.trigonometric import (
    acos, acosh, asin, asinh, atan, atan2, atanh, cos, cosh, sin, sinc, sinh, tan, tanh,
)
from autograd.ops.views import (
    getitem, index_put, is_basic, put_in_zeros, view_dtype, view_read, view_write, view_write_zeros,
)
# fmt: on
