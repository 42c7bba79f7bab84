"""retrograd: reverse-mode automatic differentiation with PyTorch's names, on NumPy and CuPy."""

from __future__ import annotations

import gc
import math
import warnings
from typing import TYPE_CHECKING, Any

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
from autograd.functions.activation import celu, hardshrink, relu, selu, threshold
from autograd.functions.activation_in_place import celu_, relu_, rrelu_, selu_, threshold_
from autograd.functions.activation_slopes import prelu, rrelu
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
from autograd.functions.creation import as_tensor, asarray, clone, detach, from_numpy, frombuffer, tensor
from autograd.functions.filled import (
    arange, empty, empty_like, eye, full, full_like, linspace, ones, ones_like, scalar_tensor, zeros, zeros_like,
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
from autograd.functions.factorizations import cholesky_inverse, cholesky_solve, geqrf, ormqr
from autograd.functions.lowrank import pca_lowrank, svd_lowrank
from autograd.functions.factorizations import householder_product as orgqr
from autograd.functions.histograms import bincount, histc, histogram, histogramdd
from autograd.functions.indexing import gather, put, scatter, scatter_add, scatter_reduce, take, take_along_dim
from autograd.functions.slices import index_add, index_copy, index_fill, index_put, index_select
from autograd.functions.joining import (
    block_diag, cartesian_prod, cat, column_stack, combinations, concat, concatenate, dstack, hstack, meshgrid,
    row_stack, stack, vstack,
)
from autograd.functions.repetition import flip, fliplr, flipud, repeat_interleave, roll, rot90, tile
from autograd.functions.legacy_linalg import cholesky, cross, lu_solve, pinverse, qr, slogdet, svd, triangular_solve
from autograd.functions.legacy_linalg import packed_lu as lu
from autograd.functions.limits import finfo, iinfo
from autograd.functions.linalg import det, logdet
from autograd.functions.linalg import inv as inverse
from autograd.functions.matrix_functions import matrix_exp, matrix_power
from autograd.functions.lu import lu_unpack
from autograd.functions.masking import (
    argwhere, diagonal_scatter, index_reduce, masked_fill, masked_scatter, masked_select, nonzero, select_scatter,
    slice_scatter,
)
from autograd.functions.norms import legacy_norm as norm
from autograd.functions.patterns import logspace, tril_indices, triu_indices, vander
from autograd.functions.places import get_default_device, set_default_device
from autograd.functions.products import (
    addbmm, addmm, addmv, addr, baddbmm, bmm, dot, inner, kron, matmul, mm, mv, outer, tensordot, vdot,
)
from autograd.functions.chains import chain_matmul
from autograd.functions.products import outer as ger
from autograd.functions.queries import (
    is_inference, is_same_size, is_signed, is_storage, is_tensor, numel, result_type, typename,
)
from autograd.functions.quantiles import nanquantile, quantile
from autograd.functions.random import normal, rand, rand_like, randint, randint_like, randn, randn_like, randperm
from autograd.functions.random_counts import bernoulli, binomial, multinomial, poisson
from autograd.functions.reduction import all, any, count_nonzero, logsumexp, mean, nanmean, nansum, prod, sum
from autograd.functions.reduction_extremes import amax, amin, aminmax, argmax, argmin, max, min
from autograd.functions.rounding import (
    abs, absolute, ceil, copysign, fix, floor, frac, frexp, heaviside, ldexp, neg, negative, nextafter, positive,
    reciprocal, round, rsqrt, sgn, sign, signbit, sqrt, square, trunc,
)
from autograd.functions.sampling import sample_dirichlet as _sample_dirichlet
from autograd.functions.sampling import standard_gamma as _standard_gamma
from autograd.functions.scan import cummax, cummin, cumprod, cumsum, log_softmax, logcumsumexp, softmax
from autograd.functions.sets import bucketize, isin, searchsorted, unique, unique_consecutive
from autograd.functions.shape import (
    atleast_1d, atleast_2d, atleast_3d, flatten, ravel, reshape, squeeze, unflatten, unsqueeze,
)
from autograd.functions.broadcasting import broadcast_shapes, broadcast_tensors, broadcast_to
from autograd.functions.transposition import adjoint, movedim, permute, swapaxes, t, transpose
from autograd.functions.transposition import movedim as moveaxis
from autograd.functions.transposition import transpose as swapdims
from autograd.functions.sorting import argsort, kthvalue, median, mode, msort, nanmedian, sort, topk
from autograd.functions.special import digamma, erf, erfc, erfinv, igamma, igammac, lgamma, mvlgamma, polygamma
from autograd.functions.splitting import (
    chunk, dsplit, hsplit, narrow, narrow_copy, select, split, split_with_sizes, tensor_split, unbind, vsplit,
)
from autograd.functions.diagonals import diag, diag_embed, diagflat, diagonal, trace, tril, triu
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
from autograd.layouts import (
    channels_last, channels_last_3d, contiguous_format, layout, legacy_contiguous_format, memory_format, preserve_format,
    sparse_coo, sparse_csr, strided,
)
from autograd.printing import get_printoptions, set_printoptions
from autograd.random import default_generator, Generator, get_rng_state, initial_seed, manual_seed, seed, set_rng_state

# For type checkers and editors: what `__getattr__` finds when it is first used.
if TYPE_CHECKING:
    import nn as nn
    import optim as optim
    from autograd import (
        accelerator as accelerator, amp as amp, anomaly as anomaly, array_api as array_api,
        autograd as autograd, checking as checking, cuda as cuda, distributed as distributed, distributions as distributions,
        estimators as estimators, fft as fft, forward_ad as forward_ad, func as func,
        function as function, functional as functional, graph as graph, hub as hub, jit as jit, linalg as linalg,
        masked as masked, metrics as metrics, multiprocessing as multiprocessing, profiler as profiler, random as random,
        serialization as serialization, signal as signal, sparse as sparse, special as special,
        testing as testing, transforms as transforms, types as types, utils as utils,
        version as version,
    )
    from autograd.amp import GradScaler as GradScaler, autocast as autocast, is_autocast_enabled as is_autocast_enabled
    from autograd.func import vmap as vmap
    from autograd.functions import return_types as return_types
    from autograd.functions.queries import _assert as _assert
    from autograd.legacy import (
        BFloat16Tensor as BFloat16Tensor, BoolTensor as BoolTensor, ByteTensor as ByteTensor,
        CharTensor as CharTensor, DoubleTensor as DoubleTensor, FloatTensor as FloatTensor,
        HalfTensor as HalfTensor, IntTensor as IntTensor, LongTensor as LongTensor, ShortTensor as ShortTensor,
        range as range, set_default_tensor_type as set_default_tensor_type,
    )
    from autograd.serialization import load as load, save as save
    from autograd.settings import (
        are_deterministic_algorithms_enabled as are_deterministic_algorithms_enabled, compile as compile,
        get_float32_matmul_precision as get_float32_matmul_precision, get_num_threads as get_num_threads,
        is_deterministic_algorithms_warn_only_enabled as is_deterministic_algorithms_warn_only_enabled,
        set_float32_matmul_precision as set_float32_matmul_precision, set_num_threads as set_num_threads,
        use_deterministic_algorithms as use_deterministic_algorithms,
    )
    from autograd.sparse import (
        sparse_coo_tensor as sparse_coo_tensor, sparse_csr_tensor as sparse_csr_tensor, spmm as spmm,
    )
    from nn.functional import (
        adaptive_avg_pool1d as adaptive_avg_pool1d, adaptive_max_pool1d as adaptive_max_pool1d,
        alpha_dropout as alpha_dropout, avg_pool1d as avg_pool1d, batch_norm as batch_norm,
        bilinear as bilinear, binary_cross_entropy_with_logits as binary_cross_entropy_with_logits,
        channel_shuffle as channel_shuffle, conv1d as conv1d, conv2d as conv2d, conv3d as conv3d,
        conv_transpose1d as conv_transpose1d, conv_transpose2d as conv_transpose2d,
        conv_transpose3d as conv_transpose3d, cosine_embedding_loss as cosine_embedding_loss,
        cosine_similarity as cosine_similarity, ctc_loss as ctc_loss, embedding as embedding,
        embedding_bag as embedding_bag, feature_alpha_dropout as feature_alpha_dropout,
        group_norm as group_norm, hinge_embedding_loss as hinge_embedding_loss, instance_norm as instance_norm,
        kl_div as kl_div, layer_norm as layer_norm, margin_ranking_loss as margin_ranking_loss,
        max_pool1d as max_pool1d, max_pool2d as max_pool2d, max_pool3d as max_pool3d,
        pairwise_distance as pairwise_distance, pdist as pdist, pixel_shuffle as pixel_shuffle,
        pixel_unshuffle as pixel_unshuffle, poisson_nll_loss as poisson_nll_loss, rms_norm as rms_norm,
        triplet_margin_loss as triplet_margin_loss,
    )
    from nn.functional.dropout import dropout as dropout  # the function, not the module of that name
# fmt: on

__version__ = "0.1.0"

half, float, double, cfloat, cdouble = float16, float32, float64, complex64, complex128
short, int, long = int16, int32, int64
e, inf, nan, pi, newaxis = math.e, math.inf, math.nan, math.pi, None

__all__ = [
    "Function", "Generator", "GradcheckError", "Size", "Tensor", "__version__", "abs", "absolute", "acos", "acosh",
    "add", "addbmm", "addcdiv", "addcmul", "addmm", "addmv", "addr", "adjoint", "all", "allclose", "amax", "amin",
    "aminmax", "angle", "any", "arange", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctan2", "arctanh",
    "argmax", "argmin", "argsort", "argwhere", "as_strided", "as_strided_", "as_strided_scatter", "as_tensor",
    "asarray", "asin", "asinh", "atan", "atan2", "atanh", "atleast_1d", "atleast_2d", "atleast_3d", "backward",
    "baddbmm", "bartlett_window", "bernoulli", "bfloat16", "bincount", "binomial", "bitwise_and",
    "bitwise_left_shift", "bitwise_not", "bitwise_or", "bitwise_right_shift", "bitwise_xor", "blackman_window",
    "block_diag", "bmm", "bool", "broadcast_shapes", "broadcast_tensors", "broadcast_to", "bucketize", "can_cast",
    "cartesian_prod", "cat", "cdist", "cdouble", "ceil", "celu", "celu_", "cfloat", "chain_matmul", "channels_last",
    "channels_last_3d", "cholesky", "cholesky_inverse", "cholesky_solve", "chunk", "clamp", "clamp_max",
    "clamp_min", "clip", "clone", "column_stack", "combinations", "complex", "complex128", "complex64", "concat",
    "concatenate", "conj", "conj_physical", "contiguous_format", "copysign", "corrcoef", "cos", "cosh",
    "count_nonzero", "cov", "cross", "cummax", "cummin", "cumprod", "cumsum", "cumulative_trapezoid",
    "default_generator", "deg2rad", "det", "detach", "detect_anomaly", "device", "diag", "diag_embed", "diagflat",
    "diagonal", "diagonal_scatter", "diff", "differentiable", "digamma", "dist", "div", "divide", "dot", "double",
    "dsplit", "dstack", "dtype", "e", "einsum", "empty", "empty_like", "enable_grad", "eq", "equal", "erf", "erfc",
    "erfinv", "exp", "exp2", "expm1", "eye", "finfo", "fix", "flatten", "flip", "fliplr", "flipud", "float",
    "float16", "float32", "float64", "float_power", "floor", "floor_divide", "fmax", "fmin", "fmod", "frac",
    "frexp", "from_dlpack", "from_numpy", "frombuffer", "full", "full_like", "gather", "gcd", "ge", "geqrf", "ger",
    "get_default_device", "get_default_dtype", "get_printoptions", "get_rng_state", "grad", "gradcheck",
    "gradgradcheck", "gradient", "greater", "greater_equal", "gt", "half", "hamming_window", "hann_window",
    "hardshrink", "hash_tensor", "heaviside", "histc", "histogram", "histogramdd", "hsplit", "hstack", "hypot",
    "i0", "igamma", "igammac", "iinfo", "imag", "index_add", "index_copy", "index_fill", "index_put",
    "index_reduce", "index_select", "inf", "inference_mode", "initial_seed", "inner", "int", "int16", "int32",
    "int64", "int8", "inverse", "is_anomaly_check_nan_enabled", "is_anomaly_enabled", "is_autocast_enabled",
    "is_complex", "is_conj", "is_floating_point", "is_grad_enabled", "is_inference", "is_inference_mode_enabled",
    "is_neg", "is_nonzero", "is_same_size", "is_signed", "is_storage", "is_tensor", "isclose", "isfinite", "isin",
    "isinf", "isnan", "isneginf", "isposinf", "isreal", "istft", "kaiser_window", "kron", "kthvalue", "layout",
    "lcm", "ldexp", "le", "legacy_contiguous_format", "lerp", "less", "less_equal", "lgamma", "linspace", "load",
    "log", "log10", "log1p", "log2", "log_softmax", "logaddexp", "logaddexp2", "logcumsumexp", "logdet",
    "logical_and", "logical_not", "logical_or", "logical_xor", "logit", "logspace", "logsumexp", "long", "lt", "lu",
    "lu_solve", "lu_unpack", "manual_seed", "masked_fill", "masked_scatter", "masked_select", "matmul",
    "matrix_exp", "matrix_power", "max", "maximum", "mean", "median", "memory_format", "meshgrid", "min", "minimum",
    "mm", "mode", "moveaxis", "movedim", "msort", "mul", "multinomial", "multiply", "mv", "mvlgamma", "nan",
    "nan_to_num", "nanmean", "nanmedian", "nanquantile", "nansum", "narrow", "narrow_copy", "ne", "neg", "negative",
    "newaxis", "nextafter", "no_grad", "nonzero", "nonzero_static", "norm", "normal", "not_equal", "numel", "ones",
    "ones_like", "orgqr", "ormqr", "outer", "pca_lowrank", "permute", "pi", "pinverse", "poisson", "polar",
    "polygamma", "positive", "pow", "prelu", "preserve_format", "prod", "promote_types", "put", "qr", "quantile",
    "rad2deg", "rand", "rand_like", "randint", "randint_like", "randn", "randn_like", "randperm", "ravel", "real",
    "reciprocal", "register_backend", "relu", "relu_", "remainder", "renorm", "repeat_interleave", "reshape",
    "resolve_conj", "resolve_neg", "result_type", "roll", "rot90", "round", "row_stack", "rrelu", "rrelu_", "rsqrt",
    "rsub", "save", "scalar_tensor", "scatter", "scatter_add", "scatter_reduce", "searchsorted", "seed", "select",
    "select_scatter", "selu", "selu_", "set_default_device", "set_default_dtype", "set_detect_anomaly",
    "set_grad_enabled", "set_printoptions", "set_rng_state", "sgn", "short", "sigmoid", "sign", "signbit", "sin",
    "sinc", "sinh", "slice_scatter", "slogdet", "softmax", "sort", "sparse_coo", "sparse_csr", "split",
    "split_with_sizes", "sqrt", "square", "squeeze", "stack", "std", "std_mean", "stft", "strided", "sub",
    "subtract", "sum", "svd", "svd_lowrank", "swapaxes", "swapdims", "t", "take", "take_along_dim", "tan", "tanh",
    "tensor", "tensor_split", "tensordot", "threshold", "threshold_", "tile", "topk", "trace", "transpose",
    "trapezoid", "trapz", "triangular_solve", "tril", "tril_indices", "triu", "triu_indices", "true_divide",
    "trunc", "typename", "uint16", "uint32", "uint64", "uint8", "unbind", "unflatten", "unique",
    "unique_consecutive", "unravel_index", "unsafe_chunk", "unsafe_split", "unsqueeze", "vander", "var", "var_mean",
    "vdot", "view_as_complex", "view_as_real", "vsplit", "vstack", "where", "xlogy", "zeros", "zeros_like",
]  # fmt: skip


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
