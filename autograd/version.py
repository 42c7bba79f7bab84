"""Versions by PyTorch's names: `version.__version__`, and `version.cuda`, that of CUDA or None without a device."""

from __future__ import annotations

from autograd import __version__
from autograd import cuda as _cuda
from autograd.backends.cupy import load as _load

__all__ = ["__version__", "cuda", "debug", "git_version", "hip"]

_number = _load().cuda.runtime.runtimeGetVersion() if _cuda.is_available() else 0
cuda: str | None = f"{_number // 1000}.{_number % 1000 // 10}" if _number else None
hip: str | None = None
git_version: str | None = None
debug = False
