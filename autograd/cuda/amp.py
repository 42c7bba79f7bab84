"""PyTorch's older names of mixed precision, for CUDA: see `autograd.amp`."""

from __future__ import annotations

from typing import Any

from autograd import amp, dtypes
from autograd.amp import custom_bwd, custom_fwd

__all__ = ["GradScaler", "autocast", "custom_bwd", "custom_fwd"]


class autocast(amp.autocast):
    """`amp.autocast` for CUDA.

    Examples
    --------
    >>> import autograd
    >>> with autograd.cuda.amp.autocast(enabled=False):
    ...     y = autograd.ones(2, 2) @ autograd.ones(2, 2)
    >>> y.dtype
    autograd.float32
    """

    def __init__(self, enabled: bool = True, dtype: Any = dtypes.float16, cache_enabled: bool = True):
        super().__init__("cuda", dtype, enabled, cache_enabled)


class GradScaler(amp.GradScaler):
    """`amp.GradScaler` for CUDA.

    Examples
    --------
    >>> import autograd
    >>> scaler = autograd.cuda.amp.GradScaler(enabled=False)
    >>> scaler.scale(autograd.tensor(2.0))
    tensor(2.)
    """

    def __init__(
        self,
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ):
        super().__init__("cuda", init_scale, growth_factor, backoff_factor, growth_interval, enabled)
