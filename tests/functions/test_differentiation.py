"""`autograd.grad` and `backward`: rare arguments."""

from __future__ import annotations

import autograd
from tests.arrays import to_numpy


def test_a_gradient_of_another_type_is_converted():
    x = autograd.ones(2, requires_grad=True)
    (x * 2).backward(autograd.tensor([1.0, 3.0], dtype=autograd.float64))
    assert x.grad.dtype is autograd.float32
    assert to_numpy(x.grad).tolist() == [2.0, 6.0]


def test_inputs_and_outputs_are_any_iterables():
    x, y = (autograd.tensor(n, requires_grad=True) for n in (2.0, 3.0))
    assert [g.item() for g in autograd.grad(x * y, iter((x, y)))] == [3.0, 2.0]
    assert [g.item() for g in autograd.grad({"a": x * x, "b": y * y}.values(), {x: 0, y: 1})] == [4.0, 6.0]
    autograd.autograd.backward(x * y, inputs=(t for t in (x,)))
    assert x.grad.item() == 3.0 and y.grad is None
