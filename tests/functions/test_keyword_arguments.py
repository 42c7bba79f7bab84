"""Arguments by PyTorch's keywords: sizes, dims and parts that are most often given by place."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy

CALLS = {
    "zeros": lambda lib, m: lib.zeros(size=(2, 3)),
    "ones": lambda lib, m: lib.ones(size=[2]),
    "new_zeros": lambda lib, m: m.new_zeros(size=(2,)),
    "new_ones": lambda lib, m: m.new_ones(size=(2, 1)),
    "arange": lambda lib, m: lib.arange(end=4),
    "arange, step": lambda lib, m: lib.arange(start=1, end=4, step=2),
    "view": lambda lib, m: m.view(size=(4, 1)),
    "reshape": lambda lib, m: m.reshape(shape=(-1,)),
    "reshape, function": lambda lib, m: lib.reshape(input=m, shape=(4,)),
    "permute": lambda lib, m: m.permute(dims=(1, 0)),
    "permute, function": lambda lib, m: lib.permute(input=m, dims=(1, 0)),
    "expand": lambda lib, m: m.expand(size=(3, 2, 2)),
    "repeat": lambda lib, m: m.repeat(repeats=(2, 1)),
    "tile": lambda lib, m: m.tile(dims=(2,)),
    "tile, function": lambda lib, m: lib.tile(input=m, dims=(2,)),
    "split": lambda lib, m: m.split(split_size=1, dim=1)[1],
    "split, sizes": lambda lib, m: m.split(split_size=[1, 1])[1],
    "split, function": lambda lib, m: lib.split(tensor=m, split_size_or_sections=1)[1],
    "tensor_split": lambda lib, m: lib.tensor_split(m, sections=2)[1],
    "tensor_split, method": lambda lib, m: m.tensor_split(indices=(1,), dim=1)[1],
    "hsplit": lambda lib, m: m.hsplit(sections=2)[1],
    "vsplit": lambda lib, m: lib.vsplit(m, indices=(1,))[1],
    "det": lambda lib, m: lib.det(input=m),
    "inverse": lambda lib, m: lib.inverse(input=m),
    "matrix_power": lambda lib, m: lib.matrix_power(input=m, n=2),
    "matrix_exp": lambda lib, m: lib.matrix_exp(input=m),
    "linalg.norm": lambda lib, m: lib.linalg.norm(input=m),
    "linalg.matrix_norm": lambda lib, m: lib.linalg.matrix_norm(input=m),
    "true_divide": lambda lib, m: m.true_divide(other=2),
}


@pytest.mark.parametrize("name", CALLS)
def test_keyword(name):
    ours, theirs = (CALLS[name](lib, lib.arange(1.0, 5.0).reshape(2, 2)) for lib in (autograd, torch))
    assert str(ours.dtype).split(".")[1] == str(theirs.dtype).split(".")[1]
    np.testing.assert_allclose(to_numpy(ours), theirs.numpy(), rtol=1e-5)


def test_drawn_sizes():
    assert autograd.rand(size=(2, 3)).shape == autograd.randn(size=(2, 3)).shape == (2, 3)
    assert autograd.empty(size=(2,)).shape == autograd.ones(1).new_empty(size=(2,)).shape == (2,)
    for draws in (autograd.randint(3, size=(50,)), autograd.randint(high=3, size=(50,))):
        assert sorted(set(draws.tolist())) == [0, 1, 2]


def test_given_twice_or_not_at_all():
    x = autograd.ones(2, 2)
    with pytest.raises(TypeError, match="size"):
        autograd.zeros(2, 2, size=(2, 2))
    with pytest.raises(TypeError, match="multiple values"):
        x.tensor_split(2, sections=2)
    with pytest.raises(TypeError, match="indices_or_sections"):
        x.hsplit()
    with pytest.raises(TypeError, match="arange: missing the argument 'end'"):
        autograd.arange()
