"""Reductions, by PyTorch's names."""

from __future__ import annotations

from typing import Any

from autograd import ops
from autograd.functions.common import Dims, axes_of


def sum(input: Any, dim: Dims = None, keepdim: bool = False, *, dtype: Any = None) -> Any:
    """The sum over all dims or some; integers and booleans sum to int64.

    Examples
    --------
    >>> import autograd
    >>> autograd.sum(autograd.ones(2, 3), dim=1)
    tensor([3., 3.])
    """
    if dtype is not None:
        input = ops.astype(input, dtype=dtype)
    axes = axes_of(dim, input._data.ndim)
    return ops.sum(input, axis=axes or None, keepdims=keepdim)
