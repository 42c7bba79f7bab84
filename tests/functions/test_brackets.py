"""`x[...]` and `x[...] = ...`: refusals, and indices of every kind."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
from tests.functions.pairs import agree, refuse


class Two:
    """A number by `__index__` alone."""

    def __index__(self) -> int:
        return 2


class Typed:
    """Something with an element type that is no array."""

    dtype = "float32"


def grid(m, **options):
    return m.arange(12, dtype=m.float32).reshape(3, 4).requires_grad_(**options)


def put(m, index, value, grad=False):
    x = grid(m, requires_grad=grad)
    y = x * 1
    y[index] = value
    return y.detach()


REFUSED = [
    (lambda m: m.tensor(1.0)[0], "0-dim tensor"),
    (lambda m: grid(m)[3], "index 3 is out of bounds"),
    (lambda m: grid(m)[1, -5], "index -5 is out of bounds"),
    (lambda m: grid(m)[::-1], "step must be greater than zero"),
    (lambda m: grid(m)[0, 0, 0], "too many indices"),
    (lambda m: grid(m)[m.tensor([True, False])], "mask"),
    (lambda m: grid(m)[m.tensor([])], "must be long, int, byte or bool"),
    (lambda m: grid(m)[m.tensor([0.0])], "must be long, int, byte or bool"),
    (lambda m: put(m, 0, m.ones(3)), "shape mismatch|expand"),
    (lambda m: put(m, m.tensor([0, 1]), m.ones(3)), "shape mismatch"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


@pytest.mark.parametrize(("index", "error"), [(Typed(), TypeError), (object(), IndexError)])
def test_what_is_no_index(index, error):
    with pytest.raises(error, match="indices"):
        autograd.ones(3)[index]


READ = [
    lambda m: grid(m)[Two()],
    lambda m: grid(m)[True],
    lambda m: grid(m)[False, 0],
    lambda m: grid(m)[range(2)],
    lambda m: grid(m)[[]],
    lambda m: grid(m)[np.int64(1)],
    lambda m: grid(m)[np.array([2, 0])],
    lambda m: grid(m)[np.array(1)],
    lambda m: grid(m)[:, np.array([True, False, True, False])],
    lambda m: grid(m)[m.tensor(1), ..., None],
]


@pytest.mark.parametrize("call", READ)
def test_reading(call):
    agree(lambda m: call(m).detach())


@pytest.mark.parametrize("grad", [False, True])
@pytest.mark.parametrize("index", [0, (0, slice(1, 3)), [0, 2], (slice(None), [1, 2]), (slice(0, 2), slice(0, 2))])
def test_writing(index, grad):
    agree(lambda m: put(m, index, 5, grad))
    agree(lambda m: put(m, index, m.tensor(5.0), grad))


@pytest.mark.parametrize("grad", [False, True])
def test_values_may_have_more_dims_of_size_1(grad):
    agree(lambda m: put(m, 0, m.ones(1, 1, 4), grad))


def test_integers_are_converted_where_a_value_is_written():
    x = autograd.zeros(3, requires_grad=True) * 1
    x[0] = autograd.tensor(5)
    assert x.tolist() == [5.0, 0.0, 0.0]


def test_values_and_indices_on_another_device():
    """Indices and numbers come along from the CPU, other values do not."""
    x = autograd.arange(3.0, device="sim")
    assert x[autograd.tensor([2, 0], device="cpu")].tolist() == [2.0, 0.0]
    x[0] = autograd.tensor(7.0, device="cpu")
    assert x.tolist() == [7.0, 1.0, 2.0]
    with pytest.raises(RuntimeError, match="same device, but found sim and cpu"):
        x[0:2] = autograd.ones(2, device="cpu")
    with pytest.raises(RuntimeError, match="on the same device as the indexed tensor"):
        autograd.ones(3, device="cpu")[autograd.tensor([0], device="sim")]
