"""Names that PyTorch programs use outside of models: questions, settings, legacy constructors."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
from tests.arrays import to_numpy


def test_questions():
    x = autograd.ones(2, 3)
    assert autograd.is_tensor(x) and not autograd.is_tensor([1]) and autograd.numel(x) == 6
    assert not autograd.is_storage(x) and not autograd.is_inference(x) and not x.is_inference()
    assert autograd.is_same_size(x, x + 1) and not x.is_same_size(x[0])
    assert autograd.is_signed(x) and not autograd.ones(1, dtype=autograd.uint8).is_signed()
    assert not autograd.is_signed(x > 0) and torch.ones(1, dtype=torch.bool).is_signed() is False
    assert autograd.typename(x) == x.type() and autograd.typename([]) == "list" and autograd.typename(nn) == "module"
    assert autograd.typename(nn.Linear(1, 1)) == "nn.linear.Linear"
    assert not (x.is_meta or x.is_quantized or x.is_mps)


@pytest.mark.cpu_only
def test_places():
    assert autograd.ones(1).is_cpu and autograd.ones(1).get_device() == torch.ones(1).get_device() == -1


def test_result_type():
    kinds = ("bool", "uint8", "int32", "float16", "float32", "complex64")
    for a in kinds:
        for shape in ((), (2,)):
            ours, theirs = (lib.ones(shape, dtype=getattr(lib, a)) for lib in (autograd, torch))
            for other in (True, 1, 1.5, *((1j,) if a != "float16" else ())):  # complex32 does not exist here
                expected = torch.result_type(theirs, other)
                assert str(autograd.result_type(ours, other)) == str(expected).replace("torch", "autograd")
            for b in kinds:
                if {a, b} == {"float16", "complex64"}:
                    continue  # with a tensor of less weight PyTorch gives complex32, which does not exist here
                pair = (lib.ones(1, dtype=getattr(lib, b)) for lib in (autograd, torch))
                found, expected = autograd.result_type(ours, next(pair)), torch.result_type(theirs, next(pair))
                assert str(found) == str(expected).replace("torch", "autograd")


def test_arrays_go_to_the_default_device(device):
    for make in (autograd.tensor, autograd.as_tensor, autograd.asarray):
        assert make(np.ones(2)).device.type == device and make(autograd.ones(1, device="cpu")).device.type == "cpu"


@pytest.mark.cpu_only
def test_python_functions():
    for lib in (autograd, torch):
        x, y = lib.arange(4.0).reshape(2, 2), lib.ones(2)
        assert x.apply_(lambda v: v * 2).tolist() == [[0, 2], [4, 6]]
        assert x.map_(y, lambda a, b: a + b).tolist() == [[1, 3], [5, 7]]
        assert x.new([1.5]).tolist() == [1.5] and x.new(2, 3).shape == (2, 3) and x.new().shape == (0,)


def test_python_functions_elsewhere():
    if autograd.ones(1).device.type != "cpu":
        with pytest.raises(TypeError, match="apply_ is only implemented on CPU"):
            autograd.ones(1).apply_(abs)


@pytest.mark.parametrize("shape", [(3, 3), (2, 4), (7, 3), (3, 3, 3), (7, 2)])
@pytest.mark.parametrize("wrap", [False, True])
def test_fill_diagonal(shape, wrap):
    ours = autograd.zeros(*shape).fill_diagonal_(2, wrap)
    assert ours.tolist() == torch.zeros(*shape).fill_diagonal_(2, wrap).tolist()


def test_fill_diagonal_refusals():
    with pytest.raises(RuntimeError, match="must larger than 1"):
        autograd.zeros(2).fill_diagonal_(1)
    with pytest.raises(RuntimeError, match="must be equal"):
        autograd.zeros(2, 2, 3).fill_diagonal_(1)


def test_subclasses():
    class Mine(autograd.Tensor):
        pass

    x = autograd.ones(2, requires_grad=True)
    mine = x.as_subclass(Mine)
    assert type(mine) is Mine and type(x.detach().as_subclass(Mine)) is Mine
    (mine * 2).sum().backward()
    assert x.grad.tolist() == [2, 2]


@pytest.mark.cpu_only
def test_legacy_constructors():
    for name in ("Double", "Float", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool"):
        ours, theirs = getattr(autograd, f"{name}Tensor"), getattr(torch, f"{name}Tensor")
        a, b = ours([1, 0]), theirs([1, 0])
        assert str(a.dtype).split(".")[1] == str(b.dtype).split(".")[1] and a.tolist() == b.tolist()
        assert ours(2, 3).shape == theirs(2, 3).shape and ours().shape == theirs().shape
        assert isinstance(a, ours) and not isinstance([], ours) and not isinstance(a.to(autograd.complex64), ours)
    try:
        autograd.set_default_tensor_type("torch.DoubleTensor")
        assert autograd.ones(1).dtype is autograd.float64
        autograd.set_default_tensor_type(autograd.FloatTensor)
        assert autograd.ones(1).dtype is autograd.float32
    finally:
        autograd.set_default_dtype(autograd.float32)
    with pytest.raises(TypeError, match="is not one of DoubleTensor"):
        autograd.set_default_tensor_type(int)


@pytest.mark.filterwarnings("ignore:torch.range:UserWarning")
def test_range():
    for arguments in ((1, 4), (1, 2, 0.25), (4, 1, -1)):
        assert autograd.range(*arguments).tolist() == torch.range(*arguments).tolist()
    assert autograd.range(0, 2, dtype=autograd.int64).tolist() == [0, 1, 2]


def test_settings(monkeypatch):
    try:
        autograd.set_num_threads(1)
        assert autograd.get_num_threads() == 1
        with pytest.raises(RuntimeError, match="positive"):
            autograd.set_num_threads(0)
        monkeypatch.setitem(__import__("sys").modules, "threadpoolctl", None)
        autograd.set_num_threads(2)
        assert autograd.get_num_threads() == 2
    finally:
        autograd.backends.compiled.threads = None
    assert autograd.get_num_threads() >= 1
    autograd.use_deterministic_algorithms(True, warn_only=True)
    assert autograd.are_deterministic_algorithms_enabled()
    assert autograd.is_deterministic_algorithms_warn_only_enabled()
    autograd.use_deterministic_algorithms(False)
    autograd.set_float32_matmul_precision("high")
    assert autograd.get_float32_matmul_precision() == "high"
    with pytest.raises(RuntimeError, match="'highest', 'high' or 'medium'"):
        autograd.set_float32_matmul_precision("low")
    autograd.set_float32_matmul_precision("highest")
    autograd.backends.cudnn.benchmark = False
    assert not autograd.backends.cudnn.is_available() and autograd.backends.cudnn.version() is None


def test_compile_gives_back_what_it_gets():
    model = nn.Linear(1, 1)
    assert autograd.compile(model, mode="max-autotune") is model
    assert autograd.compile(dynamic=True)(len) is len


def test_names_with_an_underscore_are_methods():
    x = autograd.tensor([4.0])
    assert autograd.sqrt_(x) is x and x.tolist() == [2.0] and autograd.zero_(x).tolist() == [0.0]
    with pytest.raises(AttributeError, match="did you mean"):
        _ = autograd.sqrtt_


def test_losses_at_the_top():
    values = autograd.tensor([0.5]), autograd.tensor([1.0])
    ours = autograd.hinge_embedding_loss(*values)
    assert to_numpy(ours) == torch.hinge_embedding_loss(torch.tensor([0.5]), torch.tensor([1.0])).numpy()
    assert autograd.channels_last and autograd.contiguous_format
