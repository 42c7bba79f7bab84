"""The array API standard, version 2024.12: what `Tensor.__array_namespace__()` gives to SciPy, scikit-learn and einops.

Functions have the standard's names and signatures; tensors keep their gradients through them. Two things differ, because
Tensor has PyTorch's methods: `x.size` is a method (use `math.prod(x.shape)`), and operators between a 0-d tensor and
others let the 0-d one's element type give way, where the functions here treat both alike.
"""

from __future__ import annotations

import math

from autograd.array_api import fft as fft, linalg as linalg
from autograd.array_api.creation import (
    arange as arange,
    asarray as asarray,
    empty as empty,
    empty_like as empty_like,
    eye as eye,
    from_dlpack as from_dlpack,
    full as full,
    full_like as full_like,
    linspace as linspace,
    meshgrid as meshgrid,
    ones as ones,
    ones_like as ones_like,
    tril as tril,
    triu as triu,
    zeros as zeros,
    zeros_like as zeros_like,
)
from autograd.array_api.data_types import (
    __array_namespace_info__ as __array_namespace_info__,
    astype as astype,
    can_cast as can_cast,
    isdtype as isdtype,
)
from autograd.array_api.elementwise import *  # noqa: F403
from autograd.array_api.linalg import (
    matmul as matmul,
    matrix_transpose as matrix_transpose,
    tensordot as tensordot,
    vecdot as vecdot,
)
from autograd.array_api.manipulation import (
    broadcast_arrays as broadcast_arrays,
    broadcast_to as broadcast_to,
    concat as concat,
    expand_dims as expand_dims,
    flip as flip,
    moveaxis as moveaxis,
    permute_dims as permute_dims,
    repeat as repeat,
    reshape as reshape,
    roll as roll,
    squeeze as squeeze,
    stack as stack,
    tile as tile,
    unstack as unstack,
)
from autograd.array_api.promotion import result_type as result_type
from autograd.array_api.reduction import (
    all as all,
    any as any,
    argmax as argmax,
    argmin as argmin,
    count_nonzero as count_nonzero,
    cumulative_prod as cumulative_prod,
    cumulative_sum as cumulative_sum,
    diff as diff,
    max as max,
    mean as mean,
    min as min,
    prod as prod,
    std as std,
    sum as sum,
    var as var,
)
from autograd.array_api.searching import (
    argsort as argsort,
    isin as isin,
    nonzero as nonzero,
    searchsorted as searchsorted,
    sort as sort,
    take as take,
    take_along_axis as take_along_axis,
    unique_all as unique_all,
    unique_counts as unique_counts,
    unique_inverse as unique_inverse,
    unique_values as unique_values,
    where as where,
)
from autograd.dtypes import (
    bool_ as bool,
    complex64 as complex64,
    complex128 as complex128,
    float32 as float32,
    float64 as float64,
    int8 as int8,
    int16 as int16,
    int32 as int32,
    int64 as int64,
    uint8 as uint8,
    uint16 as uint16,
    uint32 as uint32,
    uint64 as uint64,
)
from autograd.functions.limits import finfo as finfo, iinfo as iinfo
from autograd.functions.broadcasting import broadcast_shapes as broadcast_shapes

__array_api_version__ = "2024.12"

e, pi, inf, nan, newaxis = math.e, math.pi, math.inf, math.nan, None
