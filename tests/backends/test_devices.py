"""Tensors on several devices: placing, moving, mixing, DLPack, bfloat16, CUDA without a GPU."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import numpy as np
import pytest
import torch

import autograd
from autograd import ops
from autograd.backends import backend_for, backend_of_dlpack, cupy
from tests.arrays import to_numpy

PLACES = pytest.mark.parametrize("place", ["cpu", "sim"])


@PLACES
def test_creation_places_tensors(place: str) -> None:
    made = [
        autograd.tensor([1.0], device=place),
        autograd.zeros(2, device=place),
        autograd.ones(2, device=place),
        autograd.full((2,), 3.0, device=place),
        autograd.arange(3, device=place),
        autograd.linspace(0, 1, 3, device=place),
        autograd.eye(2, device=place),
        autograd.empty(2, device=place),
    ]
    assert all(tensor.device.type == place for tensor in made)
    assert all(autograd.zeros_like(tensor).device.type == place for tensor in made)


def test_default_device(device: str) -> None:
    assert autograd.zeros(1).device.type == device
    autograd.set_default_device("sim")
    assert autograd.zeros(1).device.type == "sim"


def test_mixing_devices_names_both() -> None:
    x, y = autograd.ones(2, device="cpu"), autograd.ones(2, device="sim")
    for a, b, message in ((x, y, "found cpu and sim"), (y, x, "found sim and cpu")):
        for mixed in (lambda a=a, b=b: a + b, lambda a=a, b=b: autograd.matmul(a, b)):
            with pytest.raises(RuntimeError, match=f"same device, but {message}; move one with .to()"):
                mixed()
    with pytest.raises(RuntimeError, match=r"argument 'y' is an array on cpu, the tensors are on sim"):
        ops.add(y, np.ones(2, "float32"))


def test_moving_sends_the_gradient_back() -> None:
    x = autograd.tensor([1.0, 2.0], device="cpu", requires_grad=True)
    there = ops.to_device(x, device="sim")
    assert there.device.type == "sim" and ops.to_device(there, device="sim") is there
    seen = []
    there.register_hook(lambda g: seen.append(g.device.type))
    (there * there * there).sum().backward()
    assert x.grad.device.type == "cpu" and to_numpy(x.grad).tolist() == [3.0, 12.0]
    assert seen == ["sim"]


def test_moving_is_differentiable_twice() -> None:
    x = autograd.tensor([1.0, 2.0], device="sim", requires_grad=True)
    y = ops.to_device(x, device="cpu")
    (g,) = autograd.grad((y * y * y).sum(), x, create_graph=True)
    assert g.device.type == "sim"
    g.sum().backward()
    assert to_numpy(x.grad).tolist() == [6.0, 12.0]


def test_moved_and_stayed_meet() -> None:
    x = autograd.tensor([1.0, 2.0], device="cpu", requires_grad=True)
    back = ops.to_device(ops.to_device(x, device="sim") * 3, device="cpu")
    (back * x).sum().backward()
    assert to_numpy(x.grad).tolist() == [6.0, 12.0]


@pytest.mark.parametrize("source", ["numpy", "torch", "autograd", "sim"])
def test_dlpack_shares_memory(source: str) -> None:
    made: Any
    if source == "torch":
        made = torch.ones(3)
    elif source == "numpy":
        made = np.ones(3, "float32")
    else:
        made = autograd.ones(3, device="sim" if source == "sim" else "cpu")
    x = autograd.from_dlpack(made)
    assert x.device.type == ("sim" if source == "sim" else "cpu")
    x[0] = 5.0
    assert float(made[0]) == 5.0
    copied = autograd.from_dlpack(made, copy=True)
    copied[0] = 6.0
    assert float(made[0]) == 5.0


def test_dlpack_across_devices() -> None:
    x = autograd.ones(2, device="cpu")
    assert autograd.from_dlpack(x, device="sim").device.type == "sim"
    with pytest.raises(BufferError, match="cannot share memory of cpu with sim"):
        autograd.from_dlpack(x, device="sim", copy=False)
    assert x.__dlpack_device__() == (1, 0)


def test_dlpack_refusals() -> None:
    with pytest.raises(BufferError, match="detach"):
        autograd.ones(2, device="cpu", requires_grad=True).__dlpack__()
    with pytest.raises(TypeError, match="expected an object with __dlpack__, got list"):
        autograd.from_dlpack([1.0])
    with pytest.raises(RuntimeError, match="no backend for DLPack's device type 99"):
        backend_of_dlpack(99, 0)


@PLACES
def test_bfloat16(place: str) -> None:
    x = autograd.tensor([1.0, 2.0, 3.0], dtype=autograd.bfloat16, device=place, requires_grad=True)
    assert x.dtype is autograd.bfloat16 and x.itemsize == 2
    y = x * 2 + x
    assert y.dtype is autograd.bfloat16
    y.sum().backward()
    assert x.grad.dtype is autograd.bfloat16 and to_numpy(x.grad).astype("float32").tolist() == [3.0, 3.0, 3.0]
    full, half = autograd.ones(3, device=place), autograd.ones(3, dtype=autograd.float16, device=place)
    assert (x + full).dtype is autograd.float32
    assert (x + half).dtype is autograd.float32
    assert (x * autograd.tensor(2, device=place)).dtype is autograd.bfloat16
    assert (x + autograd.arange(3, device=place)).dtype is autograd.bfloat16
    (gradient,) = autograd.grad((x.exp() + full).sum(), x)
    assert gradient.dtype is autograd.bfloat16


# --- CUDA where there is none ----------------------------------------------------------------------------------------


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> Any:
    """CuPy installed, no driver."""
    cupy.load.cache_clear()

    class CUDARuntimeError(RuntimeError):
        pass

    def fails() -> int:
        raise CUDARuntimeError("cudaErrorInsufficientDriver")

    runtime = type("runtime", (), {"getDeviceCount": staticmethod(fails), "CUDARuntimeError": CUDARuntimeError})
    module = type("cupy", (), {"cuda": type("cuda", (), {"runtime": runtime})})
    monkeypatch.setitem(sys.modules, "cupy", module)
    yield
    cupy.load.cache_clear()


def test_no_gpu_is_a_clear_error(no_gpu: Any) -> None:
    with pytest.raises(RuntimeError, match=r"no CUDA device can be used: cudaErrorInsufficientDriver.*device='cpu'"):
        autograd.zeros(1, device="cuda")
    assert not autograd.cuda.is_available() and autograd.cuda.device_count() == 0
    autograd.cuda.manual_seed(0)
    autograd.cuda.manual_seed_all(0)
    autograd.cuda.empty_cache()


def test_missing_cupy_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    cupy.load.cache_clear()
    plain = builtins.__import__

    def without(name: str, *args: Any, **options: Any) -> Any:
        if name == "cupy":
            raise ImportError(name)
        return plain(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RuntimeError, match=r"pip install 'retrograd\[cuda13\]'"):
        autograd.zeros(1, device="cuda:1")
    cupy.load.cache_clear()


def test_unknown_device_lists_the_known() -> None:
    with pytest.raises(RuntimeError, match="no backend for device type 'tpu'; there are cpu, cuda, sim"):
        autograd.zeros(1, device="tpu")


def test_backends_are_one_each() -> None:
    assert backend_for("sim") is backend_for(autograd.device("sim")) is autograd.zeros(1, device="sim").backend
