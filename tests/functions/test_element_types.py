"""Element types that an operation is refused for, and the types of what it gives; PyTorch's on both counts."""

from __future__ import annotations

import pytest

import autograd
from tests.functions.pairs import agree, refuse


def flags(m):
    return m.tensor([True, False, True])


def whole(m):
    return m.tensor([1, 2])


def single(m, *shape):
    return m.ones(*shape or (3,))


def double(m, *shape):
    return m.ones(*shape or (3,), dtype=m.float64)


def quarters(m):
    return m.arange(30.0).reshape(2, 5, 3) / 4 - 3


def put(m, index, value, x=None):
    x = single(m) if x is None else x
    x[index] = value
    return x


def places(m):
    return m.tensor([0, 2])


REFUSED = [
    (lambda m: flags(m) - flags(m), "subtract: not implemented for autograd.bool"),
    (lambda m: flags(m) - 1, "subtract: not implemented for autograd.bool"),
    (lambda m: 1 - flags(m), "subtract: not implemented for autograd.bool"),
    (lambda m: flags(m) - True, "subtract: not implemented for autograd.bool"),
    (lambda m: single(m) - flags(m), "subtract: not implemented for autograd.bool"),
    (lambda m: whole(m) - True, "subtract: not implemented for autograd.bool"),
    (lambda m: -flags(m), "negative: not implemented for autograd.bool"),
    (lambda m: flags(m).neg(), "negative: not implemented for autograd.bool"),
    (lambda m: flags(m).sub_(flags(m)), "not supported|not implemented"),
    (lambda m: flags(m).relu(), "relu: not implemented for autograd.bool"),
    (lambda m: m.tensor([1j]).floor(), "floor: not implemented for autograd.complex64"),
    (lambda m: ~single(m), "bitwise_invert: not implemented for autograd.float32"),
    (lambda m: m.bitwise_not(single(m)), "bitwise_invert: not implemented for autograd.float32"),
    (lambda m: single(m) << 1, "bitwise_left_shift: not implemented for autograd.float32"),
    (lambda m: single(m, 2, 2) @ double(m, 2, 2), "matmul: expected operands of one dtype, got autograd.float32 and"),
    (lambda m: double(m, 2, 2) @ single(m, 2, 2), "matmul: expected operands of one dtype, got autograd.float64 and"),
    (lambda m: single(m, 4, 2, 2) @ double(m, 2), "matmul: expected operands of one dtype"),
    (lambda m: whole(m) @ single(m, 2), "matmul: expected operands of one dtype"),
    (lambda m: m.matmul(double(m, 2), single(m, 2)), "matmul: expected operands of one dtype"),
    (lambda m: put(m, [0, 2], whole(m)), "Index put requires the source and destination dtypes match"),
    (lambda m: put(m, [0, 2], m.tensor(1)), "Index put requires"),
    (lambda m: put(m, places(m), double(m, 2)), "Index put requires"),
    (lambda m: put(m, flags(m), whole(m)), "Index put requires"),
    (lambda m: put(m, flags(m), whole(m), single(m).requires_grad_() * 1), "Index put requires"),
    (lambda m: put(m, (flags(m), m.tensor([0])), m.tensor(1), single(m, 3, 3)), "Index put requires"),
    (lambda m: put(m, single(m, 2, 2) > 0, m.ones(1, 3), single(m, 2, 2)), "shape mismatch"),
    (lambda m: m.hash_tensor(whole(m), mode=1), "hash_tensor: there is no mode 1"),
    (lambda m: m.hash_tensor(m.tensor([1j])), "hash_tensor: not implemented for autograd.complex64"),
    (lambda m: m.hash_tensor(m.ones(0)), "hash_tensor: name the dim"),
    (lambda m: m.hash_tensor(m.ones(2, 0), 1), r"hash_tensor: dims \[1\] of shape \[2, 0\]"),
    (lambda m: m.hash_tensor(whole(m), 1), "out of range"),
]
AGREED = [
    lambda m: flags(m) ^ flags(m),
    lambda m: put(m, slice(0, 2), whole(m)),
    lambda m: put(m, 0, m.tensor(2)),
    lambda m: put(m, flags(m), m.tensor(2)),
    lambda m: put(m, flags(m), m.tensor([2])),
    lambda m: put(m, flags(m), m.tensor([[2]])),
    lambda m: put(m, (slice(None), flags(m)), m.tensor(2), single(m, 2, 3)),
    lambda m: put(m, flags(m), m.tensor(True)),
    lambda m: put(m, single(m, 2, 2) > 0, m.arange(4.0).reshape(1, 4), single(m, 2, 2)),
    lambda m: put(m, single(m, 2, 2) > 0, m.ones(1, 4), single(m, 2, 2).requires_grad_() * 2),
    lambda m: put(m, single(m, 2, 2) > 0, m.ones(1, 1), single(m, 2, 2).requires_grad_() * 2),
    lambda m: put(m, [0, 2], 2),
    lambda m: double(m, 3, 2, 2) @ double(m, 2, 2),
    lambda m: m.hash_tensor(quarters(m)),
    lambda m: m.hash_tensor(quarters(m), 1),
    lambda m: m.hash_tensor(quarters(m), (0, -1), keepdim=True),
    lambda m: m.hash_tensor(m.tensor([-1, 5, 9], dtype=m.int8)),
    lambda m: m.hash_tensor(m.tensor([1.5, -2.0], dtype=m.float16), ()),
    lambda m: m.hash_tensor(m.tensor([200, 1], dtype=m.uint8), keepdim=True),
    lambda m: flags(m).hash_tensor(),
    lambda m: m.hash_tensor(m.tensor(3.0)),
    lambda m: m.hash_tensor(m.ones(0, 3), 1),
    lambda m: m.nn.functional.rms_norm(m.tensor([[1 + 2j, 3 - 1j]]), (2,), eps=0.1),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


@pytest.mark.parametrize("call", AGREED)
def test_agreement(call):
    agree(call)


def test_the_type_error_of_a_custom_operation_is_its_own():
    @autograd.differentiable(x=lambda xp, g: g, elementwise=True)
    def choosy(xp, x):
        raise TypeError("choosy: floats only")

    with pytest.raises(TypeError, match="choosy: floats only"):
        choosy(autograd.ones(2))
