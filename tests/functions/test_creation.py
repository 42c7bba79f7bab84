"""Tensors from data: what is shared, what is copied, what is refused."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
from tests.arrays import to_numpy
from tests.functions.pairs import agree, refuse

REFUSED = [
    (lambda m: m.tensor([[1, 2], [3]]), "rectangle|expected sequence of length"),
    (lambda m: m.tensor("x"), "tensor"),
    (lambda m: m.frombuffer(b"", dtype=m.uint8), "must not be 0"),
    (lambda m: m.frombuffer(bytearray(4), dtype=m.uint8, count=0), "must not be 0"),
    (lambda m: m.frombuffer(bytearray(4), dtype=m.uint8, offset=4), "must be non-negative and less than"),
    (lambda m: m.frombuffer(bytearray(5), dtype=m.int32), "must be a multiple"),
    (lambda m: m.frombuffer(bytearray(5), dtype=m.int32, count=2), "5 bytes"),
    (lambda m: m.from_numpy([1]), "from_numpy"),
    (lambda m: m.zeros(2, dtype=m.int64, requires_grad=True), "can require gradients"),
    (lambda m: m.asarray([1.0], copy=False), "can't alias"),
    (lambda m: m.arange(0, 3, 0), "nonzero"),
    (lambda m: m.arange(0, 3, -1), "inconsistent"),
    (lambda m: m.arange(0, 3, 0.5, dtype=m.int64), "arange"),
    (lambda m: m.ones(2).copy_(m.ones(3)), r"copy_|must match"),
    (lambda m: m.zeros(2.0), "int"),
    (lambda m: m.randn(4, 8 / 2), "int"),
    (lambda m: m.ones(3).repeat(2.0), "int"),
    (lambda m: m.empty(2, -3), "negative"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


ALIKE = [
    lambda m: m.tensor([m.tensor(1.0), 2.0]),
    lambda m: m.tensor([m.tensor(1), 2.0]),
    lambda m: m.tensor([m.tensor(1.0, dtype=m.float64), 2.0]),
    lambda m: m.tensor([m.tensor(1.0, dtype=m.float16), 2]),
    lambda m: m.tensor([[m.tensor(1), m.tensor(2)], [3, 4]]),
    lambda m: m.tensor([np.float64(1), 2.0]),
    lambda m: m.tensor([[1.0], [np.float64(2)]]),
    lambda m: m.tensor([np.int16(1), 2.0]),
    lambda m: m.tensor([np.float16(1), 2]),
    lambda m: m.tensor([np.complex128(1)]),
    lambda m: m.tensor([]),
    lambda m: m.tensor([[], []]),
    lambda m: m.tensor(np.array([1.0, 2.0])),
    lambda m: m.as_tensor(m.tensor([1, 2]), dtype=m.float64),
    lambda m: m.empty_like(m.ones(2, 3), dtype=m.int32) * 0,
    lambda m: m.ones(3).copy_(m.tensor([1, 2, 3])),
    lambda m: m.ones(2, 3).copy_(m.tensor([1.0, 2.0, 3.0])),
    lambda m: m.asarray(m.tensor([1, 2]), dtype=m.float64, requires_grad=True).detach(),
    lambda m: m.asarray([1 + 2j, 3]),
    lambda m: m.as_tensor([1.0, 2.0]),
    lambda m: m.zeros_like(m.ones(2), dtype=m.int32),
    lambda m: m.full_like(m.ones(2), 3),
    lambda m: m.arange(0.5, 3.5, dtype=m.int32),
]


@pytest.mark.parametrize("call", ALIKE)
def test_data_of_every_kind(call):
    agree(call)


def test_a_number_is_copied_into_a_tensor():
    x = autograd.ones(2)
    assert x.copy_(3).tolist() == [3.0, 3.0]
    assert autograd.as_tensor(x) is x


@pytest.mark.cpu_only
def test_asarray_shares_memory_unless_told_otherwise():
    array = np.ones(3)
    shared, copied = autograd.asarray(array), autograd.asarray(array, copy=True)
    of_tensor = autograd.asarray(shared, copy=False)
    array[0] = 5.0
    assert shared.tolist() == of_tensor.tolist() == [5.0, 1.0, 1.0]
    assert copied.tolist() == [1.0, 1.0, 1.0]
    base = autograd.ones(2, requires_grad=True)
    saved = base * base
    autograd.asarray(base.detach()).fill_(3.0)
    with pytest.raises(RuntimeError, match="modified"):
        saved.sum().backward()


@pytest.mark.cpu_only
def test_frombuffer_and_from_numpy_share_memory():
    memory = bytearray([1, 2, 3, 4])
    x = autograd.frombuffer(memory, dtype=autograd.uint8, count=2, offset=1)
    memory[1] = 9
    assert x.tolist() == [9, 3]
    assert autograd.frombuffer(bytearray(8), dtype=autograd.float32, requires_grad=True).requires_grad
    array = np.array([1, 2])
    y = autograd.from_numpy(array)
    array[0] = 7
    assert y.tolist() == [7, 2] and y.dtype is autograd.int64


def test_between_devices():
    x = autograd.tensor([1.0, 2.0], device="cpu")
    y = autograd.tensor(x, device="sim")
    assert y.device.type == "sim" and y.tolist() == [1.0, 2.0]
    assert autograd.zeros(2, device="cpu").copy_(y).tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="can't alias"):
        autograd.asarray(x, device="sim", copy=False)
    assert to_numpy(autograd.as_tensor(x, device="sim")).tolist() == [1.0, 2.0]


def test_the_default_device(device):
    assert autograd.get_default_device().type == autograd.ones(1).device.type == device.partition(":")[0]
