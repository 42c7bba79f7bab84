"""Where the dims of index tensors stand in the result, next to whole numbers, None and ellipses: as in PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy

WHERE = (
    "0, :, index", "0, :, mask", "-1, ..., index", "0, None, :, index", "0, None, index", ":, 0, :, index", ":, index, 0",
    ":, index, :, 0", "index, :, 0", "0, index", "0, :, mask, 0", "index, :, mask", "0, :, [0, 2]", "where, :, index",
    "index, :, index, ..., index", ":, :2, index, ..., wide", "0, :, index, ..., wide", "None, 0, :2, index, None",
    "0, ..., index, 1", "0, :, index, None, index", "..., 1, :, index",
)  # fmt: skip


def outcome(lib, where):
    given = {
        "index": lib.tensor([1, 0]),
        "where": lib.tensor(1),
        "mask": lib.tensor([True, False, True, False]),
        "wide": lib.tensor([True, False, True]),
    }
    leaf = lib.arange(72.0).reshape(2, 3, 4, 3).requires_grad_()
    x, plain = leaf * 1.0, lib.zeros(2, 3, 4, 3)
    found = eval(f"x[{where}]", {"x": x, **given})
    exec(f"x[{where}] = 3 * value\nplain[{where}] = value", {"x": x, "plain": plain, "value": found.detach(), **given})
    ((found * x.sum()) ** 2).sum().backward()
    return found.detach(), leaf.grad, plain


@pytest.mark.parametrize("where", WHERE)
def test_read_and_write(where):
    for found, expected in zip(outcome(autograd, where), outcome(torch, where), strict=True):
        assert tuple(found.shape) == tuple(expected.shape)
        np.testing.assert_allclose(to_numpy(found), expected.numpy(), rtol=1e-6)


def test_limits_of_two_kinds():
    x, limit = [-1.0, 2.0, 5.0], 3.0
    for lower, upper in ((0, limit), (limit, 4)):
        results = []
        for lib in (autograd, torch):
            low, high = (lib.tensor(v) if v == limit else v for v in (lower, upper))
            results.append(lib.clamp(lib.tensor(x), low, high).tolist())
        assert results[0] == results[1]
    with pytest.raises(TypeError, match="give two numbers or two Tensors"):
        autograd.clamp(autograd.tensor(x), 0, autograd.ones(3))
