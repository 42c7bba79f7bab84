"""Leaves to differentiate by, and values of tensors for comparison, wherever the tensors are."""

from __future__ import annotations

from typing import Any

import numpy as np

import autograd


def leaf(*values: Any, dtype: Any = autograd.float64) -> Any:
    """A vector that requires a gradient."""
    return autograd.tensor(list(values), dtype=dtype, requires_grad=True)


def to_numpy(value: Any) -> Any:
    """A tensor's values as a NumPy array; what `tensor.numpy()` gives on the CPU alone."""
    return np.asarray(value.backend.to_numpy(value._data))
