"""`x[...]` with whole numbers beside arrays, lists that stand for tuples, and values that are none."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
from tests.functions.pairs import agree, refuse

deprecated = pytest.mark.filterwarnings("ignore:Using a non-tuple sequence")


def cube(m, grad):
    return m.arange(120, dtype=m.float32).reshape(2, 3, 4, 5).requires_grad_(grad)


# Numbers select before arrays take: NumPy would put the dims taken first where a slice is between.
INDICES = {
    "a number, a slice, a list": lambda m: (0, slice(None), [1, 2]),
    "a list, a slice, a number": lambda m: (slice(None), [1, 2], slice(None), 0),
    "a number after an ellipsis": lambda m: ([0, 1], ..., 2),
    "a new dim": lambda m: (0, None, [1, 2]),
    "a number's tensor": lambda m: (m.tensor(1), slice(1, None), m.tensor([[0, 3]])),
    "a mask": lambda m: (1, slice(None), m.tensor([True, False, True, True]), 4),
    "neighbours": lambda m: (0, [1, 2]),
    "NumPy's": lambda m: (np.int64(1), slice(None), np.array([0, 3])),
    "a list of tensors": lambda m: [m.tensor([0, 1]), m.tensor([2, 0])],
    "a list of lists": lambda m: [[0, 1], [2, 0]],
    "a list with a slice": lambda m: [0, slice(0, 2)],
    "a list with None": lambda m: [None, 1],
    "a list with an ellipsis": lambda m: [..., 3],
}


@deprecated
@pytest.mark.parametrize("name", INDICES)
def test_reading_with_gradients(name):
    def read(m):
        x = cube(m, True)
        y = x[INDICES[name](m)]
        (y * y).sum().backward()
        return y.detach(), x.grad

    agree(read)


@deprecated
@pytest.mark.parametrize("grad", [False, True])
@pytest.mark.parametrize("name", INDICES)
def test_writing(name, grad):
    def written(m, value):
        x = cube(m, grad)
        y = x * 1
        y[INDICES[name](m)] = value(m, y)
        if grad:
            y.sum().backward()
        return y.detach(), x.grad

    agree(lambda m: written(m, lambda m, y: 7.0))
    agree(lambda m: written(m, lambda m, y: y[INDICES[name](m)].detach() * 2))


@pytest.mark.parametrize(
    ("value", "message"), [(None, "NoneType"), ("a", "str"), (1j, "overflow"), (float("nan"), "overflow")]
)
def test_values_that_do_not_fit(value, message):
    refuse(lambda m: m.arange(3).__setitem__(0, value), message)


@pytest.mark.parametrize("part", [slice(1.5, None), slice("a", None)])
def test_ends_of_slices_are_whole_numbers(part):
    refuse(lambda m: m.arange(3)[part], "integer")


def test_other_errors_of_arrays_remain():
    refuse(lambda m: m.arange(3).__setitem__(0, object()), "object")


def test_lists_that_stand_for_tuples_are_deprecated():
    with pytest.warns(UserWarning, match="non-tuple sequence"):
        assert autograd.arange(6).reshape(2, 3)[[[0, 1], [1, 2]]].tolist() == [1, 5]
