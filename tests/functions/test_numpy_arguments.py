"""`axis=` and `keepdims=`, which PyTorch takes beside `dim=` and `keepdim=`."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy

KEEPING = ("sum", "mean", "prod", "std", "var", "amax", "amin", "argmax", "argmin", "all", "any", "logsumexp", "median")
PLAIN = ("cumsum", "cumprod", "softmax", "log_softmax", "argsort", "count_nonzero", "diff")


@pytest.mark.parametrize("name", [*KEEPING, *PLAIN])
def test_axis(name):
    options = {"axis": 1, "keepdims": True} if name in KEEPING else {"axis": 1}
    for lookup in (lambda lib, x: getattr(x, name)(**options), lambda lib, x: getattr(lib, name)(x, **options)):
        ours, theirs = (lookup(lib, lib.arange(6.0).reshape(2, 3).cos()) for lib in (autograd, torch))
        if name == "median":
            ours, theirs = ours.values, theirs.values
        np.testing.assert_allclose(to_numpy(ours), theirs.numpy(), rtol=1e-5)


def test_joining_and_pairs():
    x = autograd.ones(2, 3)
    assert autograd.cat([x, x], axis=1).shape == (2, 6) and autograd.stack([x, x], axis=2).shape == (2, 3, 2)
    assert x.max(axis=0, keepdims=True).values.shape == (1, 3)
