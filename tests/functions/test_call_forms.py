"""The forms in which arguments may be given: sizes by keyword, other names, NumPy's whole numbers, defaults."""

from __future__ import annotations

import operator
from collections.abc import Callable

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy
from tests.functions.pairs import agree, refuse

ANSWERED = {
    "arange by its end": lambda lib: lib.arange(end=3),
    "arange of a NumPy float": lambda lib: lib.arange(np.float32(3)),
    "zeros": lambda lib: lib.zeros(size=(2, 3)),
    "ones": lambda lib: lib.ones(size=[2]),
    "new_zeros": lambda lib: lib.ones(2).new_zeros(size=(3,)),
    "view": lambda lib: lib.ones(2, 3).view(size=(3, 2)),
    "reshape": lambda lib: lib.reshape(input=lib.ones(2, 3), shape=(3, 2)),
    "permute": lambda lib: lib.ones(2, 3).permute(dims=(1, 0)),
    "expand": lambda lib: lib.ones(1, 3).expand(size=(2, 3)),
    "broadcast_to": lambda lib: (lib.ones(3).broadcast_to(2, 3), lib.broadcast_to(lib.ones(3), size=(2, -1))),
    "repeat": lambda lib: lib.ones(2).repeat(repeats=(2,)),
    "tile": lambda lib: lib.tile(lib.ones(2), dims=(2,)),
    "sum_to_size": lambda lib: lib.ones(2, 3).sum_to_size(size=(1, 3)),
    "resize_": lambda lib: lib.ones(4).resize_(size=(2,)),
    "a number's resize_": lambda lib: lib.tensor(2).resize_(1),
    "split": lambda lib: lib.ones(4).split(split_size=2),
    "hsplit": lambda lib: lib.ones(4).hsplit(sections=2),
    "tensor_split": lambda lib: lib.ones(4).tensor_split(indices=[1]),
    "tensor_split in NumPy's number": lambda lib: lib.tensor_split(lib.ones(4), sections=np.int64(2)),
    "true_divide": lambda lib: lib.true_divide(input=lib.ones(2), other=2),
    "det": lambda lib: lib.det(input=lib.eye(2)),
    "matrix_power": lambda lib: lib.matrix_power(input=lib.eye(2), n=2),
    "isin": lambda lib: lib.isin(lib.tensor([1, 2]), test_element=1),
    "copy_": lambda lib: lib.ones(2).copy_(other=lib.zeros(2)),
    "NumPy's dims": lambda lib: (lib.ones(2).all(np.int64(0)), lib.ones(2, 3).roll(np.int64(1), np.int64(0))),
    "NumPy's length": lambda lib: lib.hann_window(np.int64(3)),
    "histogram": lambda lib: tuple(lib.histogram(lib.tensor([1.0, 2.0]))),
    "fmod by an integer zero": lambda lib: lib.fmod(lib.tensor([0.3]), lib.tensor([0])),
    "remainder by an integer zero": lambda lib: lib.remainder(lib.tensor([0.3]), lib.tensor([0])),
    "threshold of integers": lambda lib: lib.nn.functional.threshold(lib.tensor([1, 2, 0]), 0.5, 0.5),
    "gradient": lambda lib: lib.gradient(lib.arange(4.0)),
}
REFUSED = {
    "a size that is no whole number": (lambda lib: lib.zeros(2.0), "integer"),
    "a view's size that is none": (lambda lib: lib.ones(4).view(4 / 2, 2), "integer"),
    "text as a size": (lambda lib: lib.zeros("a"), "integer"),
    "a negative size": (lambda lib: lib.zeros(2, -1), "negative dimension"),
    "a negative size to fill": (lambda lib: lib.full((-1,), 2.0), "negative dimension"),
    "nothing to fill with": (lambda lib: lib.ones(2).fill_(None), "NoneType"),
    "text to fill with": (lambda lib: lib.ones(2).fill_("a"), "str"),
    "a list added to a shape": (lambda lib: operator.add(lib.ones(2).shape, [1]), "list"),
    "a number added to a shape": (lambda lib: operator.add(1, lib.ones(2).shape), "int"),
    "randint without a size": (lambda lib: lib.randint(5), "size"),
    "several elements as a float": (lambda lib: float(lib.ones(2)), "2 elements"),
    "no element as an int": (lambda lib: int(lib.ones(0)), "0 elements"),
    "several elements as a complex": (lambda lib: complex(lib.ones(2)), "2 elements"),
    "resize_ without a size": (lambda lib: lib.ones(2).resize_(), "size"),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_answers(name):
    agree(ANSWERED[name])


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name):
    refuse(*REFUSED[name])


def test_random_sizes():
    for made in (autograd.rand(size=(2,)), autograd.randn(size=(2,)), autograd.empty(size=(2,))):
        assert made.shape == (2,)
    for made in (
        autograd.randint(5, size=(50,)),
        autograd.randint(high=5, size=(50,)),
        autograd.randint_like(autograd.ones(50), high=5),
        autograd.randint(5, (50,)),
    ):
        values = to_numpy(made)
        assert values.shape == (50,) and values.min() >= 0 and 0 < values.max() < 5


def test_where_a_number_starts_in_its_memory():
    agree(lambda lib: lib.tensor(2).storage_offset())


def test_parts_of_shapes_are_shapes():
    calls: list[Callable] = [lambda shape: shape[1:], lambda shape: shape[:0]]
    calls += [lambda shape: operator.add(shape, (1,)), lambda shape: operator.add((1,), shape)]
    calls += [lambda shape: shape * 2, lambda shape: 2 * shape]
    for call in calls:
        ours, theirs = (call(lib.ones(2, 3).shape) for lib in (autograd, torch))
        assert isinstance(ours, autograd.Size) and tuple(ours) == tuple(theirs) and ours.numel() == theirs.numel()
    assert autograd.ones(2, 3).shape[-1] == 3
