"""Functions that have nothing to do return memory of their own, or the input itself, just as PyTorch's do."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_functional

import autograd
import nn.functional as functional
from tests.arrays import to_numpy

CASES = {
    "pixel_shuffle by 1": ((1, 4, 2, 2), lambda t, f, x: f.pixel_shuffle(x, 1)),
    "pixel_shuffle of one pixel": ((1, 4, 1, 1), lambda t, f, x: f.pixel_shuffle(x, 2)),
    "pixel_unshuffle by 1": ((1, 4, 2, 2), lambda t, f, x: f.pixel_unshuffle(x, 1)),
    "pixel_unshuffle to one pixel": ((1, 1, 2, 2), lambda t, f, x: f.pixel_unshuffle(x, 2)),
    "channel_shuffle in one group": ((1, 4, 2), lambda t, f, x: f.channel_shuffle(x, 1)),
    "pad by nothing": ((1, 2, 3), lambda t, f, x: f.pad(x, [0, 0])),
    "reflect by nothing": ((1, 2, 3), lambda t, f, x: f.pad(x, [0, 0], mode="reflect")),
    "replicate by nothing": ((1, 2, 3), lambda t, f, x: f.pad(x, [0, 0], mode="replicate")),
    "go around by nothing": ((1, 2, 3), lambda t, f, x: f.pad(x, [0, 0], mode="circular")),
    "interpolate to the same size": ((1, 2, 3), lambda t, f, x: f.interpolate(x, scale_factor=1)),
    "interpolate from one element": ((1, 2, 1), lambda t, f, x: f.interpolate(x, scale_factor=2)),
    "linear to the same size": ((1, 2, 3), lambda t, f, x: f.interpolate(x, size=3, mode="linear")),
    "bicubic to the same size": ((1, 2, 3, 3), lambda t, f, x: f.interpolate(x, size=(3, 3), mode="bicubic")),
    "logcumsumexp of a number": ((), lambda t, f, x: t.logcumsumexp(x, 0)),
    "logcumsumexp of rows of one": ((2, 1), lambda t, f, x: t.logcumsumexp(x, 1)),
    "sum_to_size": ((2, 3), lambda t, f, x: x.sum_to_size(2, 3)),
    "broadcast_tensors": ((2, 3), lambda t, f, x: t.broadcast_tensors(x, x)[0]),
}


@pytest.mark.parametrize("name", CASES)
def test_writes_to_the_input_and_the_result_go_where_pytorchs_go(name):
    shape, call = CASES[name]
    numbers = np.arange(float(np.prod(shape))).reshape(shape) + 0.5
    found = []
    for lib, f in ((torch, torch_functional), (autograd, functional)):
        x = lib.tensor(numbers)
        y = call(lib, f, x)
        x.mul_(3)
        y.add_(1)
        found.append((y is x, x, y))
    (torch_same, *expected), (same, *tensors) = found
    assert same == torch_same
    for tensor, other in zip(tensors, expected, strict=True):
        np.testing.assert_allclose(to_numpy(tensor), other.numpy(), rtol=1e-12)
