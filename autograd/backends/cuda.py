"""Switches of PyTorch's place `backends.cuda`: accepted, without effect here, and whether CuPy is installed."""

from __future__ import annotations

import importlib.util
from types import SimpleNamespace

matmul = SimpleNamespace(
    allow_tf32=False, allow_fp16_reduced_precision_reduction=True, allow_bf16_reduced_precision_reduction=True
)


def is_built() -> bool:
    """Whether this installation could use a CUDA device: whether CuPy is there, with a device or without.

    Examples
    --------
    >>> import autograd
    >>> remedy = "" if autograd.backends.cuda.is_built() else "install CuPy"
    """
    return importlib.util.find_spec("cupy") is not None
