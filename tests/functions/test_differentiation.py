"""`autograd.grad` and `backward`: rare arguments."""

from __future__ import annotations

import autograd
from tests.arrays import to_numpy


def test_a_gradient_of_another_type_is_converted():
    x = autograd.ones(2, requires_grad=True)
    (x * 2).backward(autograd.tensor([1.0, 3.0], dtype=autograd.float64))
    assert x.grad.dtype is autograd.float32
    assert to_numpy(x.grad).tolist() == [2.0, 6.0]
