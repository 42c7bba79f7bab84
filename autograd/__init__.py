"""retrograd: reverse-mode automatic differentiation with PyTorch's names, on NumPy and CuPy."""

from __future__ import annotations

import gc
import math
import warnings
from typing import Any

# Infinities and NaNs are results here, as in PyTorch, not accidents to be warned of.
warnings.filterwarnings("ignore", "(divide by zero|invalid value|overflow|underflow) enc", RuntimeWarning, r"autograd")

# First of all, since the functions `tensor` and `device` and the decorator take the place of the modules of that name.
from autograd.tensor import Size, Tensor  # isort: split

# fmt: off
from autograd._compat import warn_if_shadowed as _warn_if_shadowed
from autograd._lazy import lookup as _lookup
from autograd.anomaly import detect_anomaly, is_anomaly_check_nan_enabled, is_anomaly_enabled, set_detect_anomaly
from autograd.backends import register_backend
from autograd.checking import gradcheck, GradcheckError, gradgradcheck
from autograd.device import device
from autograd.differentiable import differentiable
from autograd.dtypes import (
    bfloat16, can_cast, complex128, complex64, dtype, float16, float32, float64, int16, int32, int64, int8,
    promote_types, set_default_dtype, uint16, uint32, uint64, uint8,
)
from autograd.dtypes import bool_ as bool
from autograd.dtypes import default_dtype as get_default_dtype
from autograd.function import Function
from autograd.functions.activation import celu, hardshrink, prelu, relu, rrelu, selu, threshold
from autograd.functions.activation_in_place import celu_, relu_, rrelu_, selu_, threshold_
from autograd.functions.arithmetic import (
    add, addcdiv, addcmul, div, divide, float_power, floor_divide, fmod, hypot, lerp, mul, multiply, pow, remainder,
    rsub, sub, subtract, true_divide,
)
from autograd.functions.bessel import i0
from autograd.functions.bits import (
    bitwise_and, bitwise_left_shift, bitwise_not, bitwise_or, bitwise_right_shift, bitwise_xor, gcd, hash_tensor, lcm,
)
from autograd.functions.calculus import cumulative_trapezoid, diff, gradient, trapezoid, trapz
from autograd.functions.comparison import (
    allclose, eq, equal, ge, greater, greater_equal, gt, isclose, isfinite, isinf, isnan, isneginf, isposinf,
    isreal, le, less, less_equal, logical_and, logical_not, logical_or, logical_xor, lt, ne, not_equal,
)
from autograd.functions.complex import (
    angle, complex, conj, conj_physical, imag, is_complex, is_conj, is_floating_point, is_neg, is_nonzero, polar,
    real, resolve_conj, resolve_neg, view_as_complex, view_as_real,
)
from autograd.functions.creation import (
    arange, as_tensor, asarray, clone, detach, empty, empty_like, eye, from_numpy, frombuffer, full, full_like,
    linspace, ones, ones_like, scalar_tensor, tensor, zeros, zeros_like,
)
from autograd.functions.differentiation import backward, grad
from autograd.functions.distance import cdist, dist, renorm
from autograd.functions.dlpack import from_dlpack
from autograd.functions.einsum import einsum
from autograd.functions.exponential import (
    exp, exp2, expm1, log, log10, log1p, log2, logaddexp, logaddexp2, logit, sigmoid, xlogy,
)
from autograd.functions.extrema import (
    clamp, clamp_max, clamp_min, clip, fmax, fmin, maximum, minimum, nan_to_num, where,
)
from autograd.functions.factorizations import cholesky_inverse, cholesky_solve, geqrf, ormqr, pca_lowrank, svd_lowrank
from autograd.functions.factorizations import householder_product as orgqr
from autograd.functions.histograms import bincount, histc, histogram, histogramdd
from autograd.functions.indexing import (
    gather, index_add, index_copy, index_fill, index_put, index_select, put, scatter, scatter_add, scatter_reduce,
    take, take_along_dim,
)
from autograd.functions.joining import (
    block_diag, cartesian_prod, cat, column_stack, combinations, concat, concatenate, dstack, flip, fliplr, flipud,
    hstack, meshgrid, repeat_interleave, roll, rot90, row_stack, stack, tile, vstack,
)
from autograd.functions.legacy_linalg import (
    cholesky, cross, det, inverse, lu_solve, matrix_exp, matrix_power, pinverse, qr, slogdet, svd, triangular_solve,
)
from autograd.functions.legacy_linalg import packed_lu as lu
from autograd.functions.limits import finfo, iinfo
from autograd.functions.linalg import logdet
from autograd.functions.lu import lu_unpack
from autograd.functions.masking import (
    argwhere, diagonal_scatter, index_reduce, masked_fill, masked_scatter, masked_select, nonzero, select_scatter,
    slice_scatter,
)
from autograd.functions.norms import legacy_norm as norm
from autograd.functions.patterns import logspace, tril_indices, triu_indices, vander
from autograd.functions.places import get_default_device, set_default_device
from autograd.functions.products import (
    addbmm, addmm, addmv, addr, baddbmm, bmm, chain_matmul, dot, inner, kron, matmul, mm, mv, outer, tensordot,
    vdot,
)
from autograd.functions.products import outer as ger
from autograd.functions.queries import (
    is_inference, is_same_size, is_signed, is_storage, is_tensor, numel, result_type, typename,
)
from autograd.functions.quantiles import nanquantile, quantile
from autograd.functions.random import (
    bernoulli, binomial, multinomial, normal, poisson, rand, rand_like, randint, randint_like, randn, randn_like,
    randperm,
)
from autograd.functions.reduction import (
    all, amax, amin, aminmax, any, argmax, argmin, count_nonzero, logsumexp, max, mean, min, nanmean, nansum, prod,
    sum,
)
from autograd.functions.rounding import (
    abs, absolute, ceil, copysign, fix, floor, frac, frexp, heaviside, ldexp, neg, negative, nextafter, positive,
    reciprocal, round, rsqrt, sgn, sign, signbit, sqrt, square, trunc,
)
from autograd.functions.sampling import sample_dirichlet as _sample_dirichlet
from autograd.functions.sampling import standard_gamma as _standard_gamma
from autograd.functions.scan import cummax, cummin, cumprod, cumsum, log_softmax, logcumsumexp, softmax
from autograd.functions.sets import bucketize, isin, searchsorted, unique, unique_consecutive
from autograd.functions.shape import (
    adjoint, atleast_1d, atleast_2d, atleast_3d, broadcast_shapes, broadcast_tensors, broadcast_to, flatten,
    movedim, permute, ravel, reshape, squeeze, swapaxes, t, transpose, unflatten, unsqueeze,
)
from autograd.functions.shape import movedim as moveaxis
from autograd.functions.shape import transpose as swapdims
from autograd.functions.sorting import argsort, kthvalue, median, mode, msort, nanmedian, sort, topk
from autograd.functions.special import digamma, erf, erfc, erfinv, igamma, igammac, lgamma, mvlgamma, polygamma
from autograd.functions.splitting import (
    chunk, diag, diag_embed, diagflat, diagonal, dsplit, hsplit, narrow, narrow_copy, select, split,
    split_with_sizes, tensor_split, trace, tril, triu, unbind, vsplit,
)
from autograd.functions.statistics import corrcoef, cov, std, std_mean, var, var_mean
from autograd.functions.stft import istft, stft
from autograd.functions.strided import as_strided, as_strided_, as_strided_scatter
from autograd.functions.trigonometric import (
    acos, acosh, arccos, arccosh, arcsin, arcsinh, arctan, arctan2, arctanh, asin, asinh, atan, atan2, atanh, cos,
    cosh, deg2rad, rad2deg, sin, sinc, sinh, tan, tanh,
)
from autograd.functions.windowing import (
    nonzero_static, unravel_index, unsafe_chunk, unsafe_split,
)
from autograd.functions.windows import bartlett_window, blackman_window, hamming_window, hann_window, kaiser_window
from autograd.grad_mode import (
    enable_grad, inference_mode, is_grad_enabled, is_inference_mode_enabled, no_grad, set_grad_enabled,
)
from autograd.layouts import layout, sparse_coo, sparse_csr, strided
from autograd.printing import get_printoptions, set_printoptions
from autograd.random import default_generator, Generator, get_rng_state, initial_seed, manual_seed, seed, set_rng_state
from autograd.serialization import load, save
# fmt: on

__version__ = "0.1.0"

half, float, double, cfloat, cdouble = float16, float32, float64, complex64, complex128
short, int, long = int16, int32, int64
e, inf, nan, pi, newaxis = math.e, math.inf, math.nan, math.pi, None
# Layouts of memory; tensors keep what their array has, so that asking for one of these changes nothing.
contiguous_format, preserve_format = "contiguous_format", "preserve_format"
channels_last, channels_last_3d = "channels_last", "channels_last_3d"


def __getattr__(name: str) -> Any:
    return _lookup(name, list(globals()))


def _spare_the_collector() -> None:
    """Recording makes many small objects and no cycles: a youngest generation of 700 would have the cyclic collector
    walk the graph so often that it costs three times the operations (100,000 live nodes).
    """
    first, *others = gc.get_threshold()
    if 0 < first < 50_000:
        gc.set_threshold(50_000, *others)


_spare_the_collector()
_warn_if_shadowed()
