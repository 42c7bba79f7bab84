"""Tensors as text, in PyTorch's layout."""

from __future__ import annotations

from typing import Any

import numpy as np


def tensor_text(tensor: Any) -> str:
    """`repr` of a tensor."""
    array = tensor.backend.to_numpy(tensor._data)
    return f"tensor({np.array2string(array, separator=', ', prefix='tensor(')})"
