"""A tensor's memory: `resize_`, `share_memory_`, `pin_memory`, `untyped_storage`; old forms of `type`."""

from __future__ import annotations

import multiprocessing

import numpy as np
import pytest
import torch

import autograd
import nn
from tests.arrays import to_numpy


def resized(lib):
    """What is defined of tensors that were resized."""
    base = lib.arange(6.0)
    view = base[1:5]
    yield base.clone().resize_(3, 2)
    yield view.resize_(2, 2)
    view += 10
    yield base
    yield view.resize_((5,))
    view.zero_()
    yield base
    yield lib.arange(6.0).reshape(2, 3).t().resize_(3, 2)
    yield lib.arange(6.0).reshape(2, 3).t().resize_(2, 2)
    yield lib.ones(2).resize_(0)
    yield lib.empty(0).resize_(2, 3).fill_(1.0)
    yield lib.ones(6).resize_as_(lib.ones(2, 2))
    yield lib.resize_as_(lib.ones(6), lib.ones(1, 2))


def test_resize():
    for ours, theirs in zip(resized(autograd), resized(torch), strict=True):
        np.testing.assert_array_equal(to_numpy(ours), theirs.tolist())  # .numpy() would lock the storage


def test_resize_refused():
    for lib in (autograd, torch):
        with pytest.raises(RuntimeError, match="cannot resize variables that require grad"):
            lib.ones(2, requires_grad=True).resize_(3)
        with pytest.raises(TypeError):
            lib.ones(2).resize_()
        with pytest.raises(RuntimeError):
            lib.ones(2).resize_(-1)
    with pytest.raises(RuntimeError, match="of a view cannot grow"):
        autograd.ones(3)[1:].resize_(3)


def test_recording_after_resize():
    for lib in (autograd, torch):
        x = lib.ones(2).resize_(2, 1).resize_(1).resize_(4).fill_(3.0).requires_grad_()
        (x * x).sum().backward()
        assert x.grad.tolist() == [6.0] * 4


@pytest.mark.cpu_only
def test_shared():
    for lib in (autograd, torch):
        x = lib.arange(3.0).requires_grad_()
        assert not x.is_shared() and x.share_memory_() is x and x.share_memory_().is_shared()
        assert x.detach()[1:].is_shared() and not (x + 1).is_shared() and x.tolist() == [0.0, 1.0, 2.0]
        (x * x).sum().backward()
        assert x.grad.tolist() == [0.0, 2.0, 4.0]
        assert lib.ones(0).share_memory_().shape == (0,)
    with pytest.raises(RuntimeError, match="a view"):
        autograd.ones(3)[1:].share_memory_()


@pytest.mark.cpu_only
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_shared_by_a_fork():
    model = nn.Linear(1, 1, bias=False).share_memory()
    context = multiprocessing.get_context("fork")
    child = context.Process(target=_write, args=(model,))
    child.start()
    child.join()
    assert model.weight.item() == 5.0


def _write(model):
    with autograd.no_grad():
        model.weight.fill_(5.0)


def test_pinned(monkeypatch):
    x = autograd.ones(2)
    assert not x.is_pinned() and x.is_shared() is (x.device.type != "cpu")
    assert x.share_memory_().is_shared()
    monkeypatch.setattr(autograd.cuda, "is_available", lambda: False)
    for lib in (autograd, torch):
        with pytest.raises(RuntimeError, match="none is available"):
            lib.ones(2).pin_memory()


def test_untyped_storage():
    for lib in (autograd, torch):
        x = lib.arange(6.0)
        memory = x[2:].untyped_storage()
        assert memory.nbytes() == len(memory) == memory.size() == 24
        assert memory.data_ptr() == x.data_ptr() == x.untyped_storage().data_ptr()


def test_old_types():
    for lib in (autograd, torch):
        x = lib.ones(2)
        assert x.type(lib.LongTensor).dtype is lib.int64 and x.type("torch.IntTensor").dtype is lib.int32
        assert x.type(lib.float64).dtype is lib.float64


def test_scalar_tensor():
    for lib in (autograd, torch):
        assert lib.scalar_tensor(2).dtype is lib.float32 and lib.scalar_tensor(2).shape == ()
        assert lib.scalar_tensor(3.0, dtype=lib.int64).item() == 3
        assert lib.scalar_tensor(2, requires_grad=True, layout=lib.strided).requires_grad
