"""The same sparse tensor in both libraries, and their results compared."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import torch

import autograd
from tests.arrays import to_numpy

# Unsorted, one place twice, an empty row and an empty column.
INDICES = [[2, 0, 0, 2, 3], [1, 3, 0, 1, 0]]
VALUES = [1.5, -2.0, 3.0, 0.25, 4.0]
SIZE = (4, 5)
LAYOUTS = ("coo", "coalesced", "csr")

torch.sparse.check_sparse_tensor_invariants.disable()
with warnings.catch_warnings():  # PyTorch says once that compressed rows are in beta state
    warnings.simplefilter("ignore")
    torch.sparse_csr_tensor([0, 1], [0], [1.0])


def make(library: Any, layout: str = "coo", values: Any = VALUES, grad: bool = False) -> tuple[Any, Any]:
    """(values, sparse tensor of them) in float64."""
    leaf = library.tensor(values, dtype=library.float64, requires_grad=grad)
    if layout == "csr":
        x = library.sparse_csr_tensor([0, 2, 2, 3, 5], [0, 3, 1, 0, 4], leaf, SIZE)
        return leaf, x
    x = library.sparse_coo_tensor(library.tensor(INDICES), leaf, SIZE)
    return leaf, x.coalesce() if layout == "coalesced" else x


def dense(library: Any, *shape: int, seed: int = 0, grad: bool = False) -> Any:
    """The same random tensor in both."""
    array = np.random.default_rng(seed).standard_normal(shape)
    return library.tensor(array.tolist(), dtype=library.float64, requires_grad=grad)


def array(value: Any) -> Any:
    """What a tensor of either library is with its zeros, as a NumPy array."""
    value = value.detach().to_dense()
    return value.numpy() if isinstance(value, torch.Tensor) else to_numpy(value)


def same(found: Any, expected: Any) -> None:
    """Layout, places, element type and values agree."""
    assert str(found.layout).removeprefix("autograd.") == str(expected.layout).removeprefix("torch.")
    assert tuple(found.shape) == tuple(expected.shape)
    assert str(found.dtype).removeprefix("autograd.") == str(expected.dtype).removeprefix("torch.")
    if expected.layout is torch.sparse_coo:
        assert found.is_coalesced() == expected.is_coalesced()
        np.testing.assert_array_equal(to_numpy(found._indices()), expected._indices().numpy())
    np.testing.assert_allclose(array(found), array(expected), rtol=1e-12, atol=1e-12)


def both(function: Any) -> tuple[Any, Any]:
    """What the function makes of each library, compared, if it is a tensor or several."""
    found, expected = function(autograd), function(torch)
    for ours, theirs in zip(found, expected, strict=True) if isinstance(found, tuple) else [(found, expected)]:
        same(ours, theirs)
    return found, expected
