"""retrograd: reverse-mode automatic differentiation with PyTorch's names, on NumPy and CuPy."""

from __future__ import annotations

import gc
import warnings
from typing import Any

# Infinities and NaNs are results here, as in PyTorch, not accidents to be warned of.
warnings.filterwarnings("ignore", "(divide by zero|invalid value|overflow|underflow) enc", RuntimeWarning, r"autograd")

# First of all, since the functions `tensor` and `device` and the decorator take the place of the modules of that name.
from autograd.tensor import Size, Tensor  # isort: split

from autograd._compat import warn_if_shadowed as _warn_if_shadowed
from autograd._lazy import lookup as _lookup
from autograd.backends import register_backend
from autograd.device import device
from autograd.differentiable import differentiable
from autograd.dtypes import (
    bfloat16,
    can_cast,
    complex64,
    complex128,
    dtype,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    promote_types,
    set_default_dtype,
    uint8,
    uint16,
    uint32,
    uint64,
)  # fmt: skip
from autograd.dtypes import bool_ as bool
from autograd.dtypes import default_dtype as get_default_dtype
from autograd.functions.creation import (
    arange,
    as_tensor,
    clone,
    detach,
    empty,
    empty_like,
    eye,
    from_numpy,
    full,
    full_like,
    get_default_device,
    linspace,
    ones,
    ones_like,
    set_default_device,
    tensor,
    zeros,
    zeros_like,
)  # fmt: skip
from autograd.functions.differentiation import backward, grad
from autograd.functions.dlpack import from_dlpack
from autograd.functions.reduction import sum
from autograd.functions.shape import reshape, transpose, unbind
from autograd.grad_mode import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)  # fmt: skip
from autograd.ops import exp, log, matmul, relu, sigmoid, sqrt, tanh, where

__version__ = "0.1.0"

half, float, double, cfloat, cdouble = float16, float32, float64, complex64, complex128
short, int, long = int16, int32, int64


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
