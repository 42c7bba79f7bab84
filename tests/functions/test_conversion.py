"""`to`, `type`, `type_as`, `cpu` and `cuda`."""

from __future__ import annotations

import pytest

import autograd
from tests.functions.pairs import agree, refuse

X = [1.5, 2.0]

ALIKE = [
    lambda m: m.tensor(X).to(m.tensor([1])),
    lambda m: m.tensor(X).to("cpu", m.float64),
    lambda m: m.tensor(X).to(None, m.float64, True),
    lambda m: m.tensor(X).to("cpu"),
    lambda m: m.tensor(X).to(m.int32, False, True),
    lambda m: m.tensor(X).to(dtype=m.float16),
    lambda m: m.tensor(X).type(m.int16),
    lambda m: m.tensor(X).type("torch.DoubleTensor"),
    lambda m: m.tensor(X).type_as(m.tensor([1])),
    lambda m: m.tensor(X).cpu(),
]


@pytest.mark.parametrize("call", ALIKE)
def test_conversions(call):
    agree(call)


REFUSED = [
    (lambda m: m.tensor(X).to(m.int32, False, True, True), r"to\(\)"),
    (lambda m: m.tensor(X).type("torch.StrangeTensor"), "invalid type"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


@pytest.mark.parametrize("kind", ["float32", "float64", "int64", "bool", "complex64", "bfloat16"])
def test_type_names_lead_back(kind):
    x = autograd.ones(2, device="cpu").to(getattr(autograd, kind))
    name = x.type()
    assert name.startswith("autograd.") and name.endswith("Tensor")
    assert autograd.ones(2).type(name).dtype is x.dtype
    assert autograd.ones(2, device="sim").type() == "autograd.sim.FloatTensor"


def test_a_copy_is_made_on_request():
    x = autograd.tensor(X)
    assert x.to(x.dtype) is x
    assert x.to(x.dtype, copy=True) is not x


def test_cuda_needs_cupy_and_a_gpu(monkeypatch):
    from autograd.backends import cupy

    def load():
        raise RuntimeError("no CUDA device can be used")

    monkeypatch.setattr(cupy, "load", load)
    x = autograd.ones(2, device="cpu")
    for call in (lambda: x.cuda(5), lambda: x.cuda(device="cuda:5"), lambda: x.type("torch.cuda.FloatTensor")):
        with pytest.raises(RuntimeError, match="CUDA"):
            call()
