"""The array libraries that the reference kernels are tested on, and how to cross into and out of them."""

from __future__ import annotations

from typing import Any

import array_api_strict
import numpy as np
import pytest
import torch

from autograd.backends import backend_for
from autograd.backends.reference import KERNELS

NAMESPACES = {"numpy": np, "strict": array_api_strict, "cpu": backend_for("cpu")}
LIBRARIES = pytest.mark.parametrize("library", list(NAMESPACES))


def run(library: str, name: str, /, *arrays: np.ndarray, **options: Any) -> Any:
    """A reference kernel's result on NumPy arrays, computed by the named library, as NumPy arrays."""
    xp = NAMESPACES[library]
    result: Any = KERNELS[name](xp, *(xp.asarray(array) for array in arrays), **options)
    if isinstance(result, tuple):
        return tuple(back(item) for item in result)
    return back(result)


def back(array: Any) -> np.ndarray:
    return np.asarray(array if isinstance(array, np.ndarray | np.generic) else array._array)


def check(found: np.ndarray, expected: torch.Tensor | np.ndarray, dtype: str = "float64") -> None:
    """Equal element types, shapes, and values to what the type can hold."""
    wanted = expected.numpy() if isinstance(expected, torch.Tensor) else expected
    assert found.dtype == wanted.dtype
    assert found.shape == wanted.shape
    tolerance = {"float64": 1e-10, "complex128": 1e-10, "float32": 2e-5, "float16": 2e-3}.get(dtype, 0)
    np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=tolerance)


def normal(*shape: int, dtype: str = "float64", seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)
