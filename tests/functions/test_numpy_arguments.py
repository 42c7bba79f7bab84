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
    assert autograd.concat([x, x], axis=1).shape == (2, 6) and x[None].squeeze_(axis=0).shape == (2, 3)
    assert x.max(axis=0, keepdims=True).values.shape == (1, 3)


# Arguments before axis=, and beside it.
OTHERS = {
    "squeeze": (), "unsqueeze": (), "chunk": (2,), "unbind": (), "sort": (), "repeat_interleave": (2,), "aminmax": (),
    "tensor_split": (2,), "select": {"index": 0}, "narrow": {"start": 0, "length": 1},
}  # fmt: skip
ALONE = {"var_mean": (), "std_mean": (), "unflatten": {"sizes": (1, 2)}}


@pytest.mark.parametrize("name", [*OTHERS, *ALONE])
def test_axis_of_others(name):
    arguments = (OTHERS | ALONE)[name]
    options = {"axis": 0, **(arguments if isinstance(arguments, dict) else {})}
    arguments = () if isinstance(arguments, dict) else arguments
    forms = [lambda lib, x: getattr(lib, name)(x, *arguments, **options)]
    if name in OTHERS:
        forms.append(lambda lib, x: getattr(x, name)(*arguments, **options))
    for form in forms:
        ours, theirs = (form(lib, lib.arange(6.0).reshape(2, 3).cos()) for lib in (autograd, torch))
        pairs = zip(ours, theirs, strict=True) if isinstance(theirs, tuple) else [(ours, theirs)]
        for mine, other in pairs:
            np.testing.assert_allclose(to_numpy(mine), other.numpy(), rtol=1e-5)
