"""Mixed precision: `autocast` changes nothing, `GradScaler` scales as PyTorch's does."""

from __future__ import annotations

import pytest
import torch

import autograd
import optim
from tests.arrays import to_numpy


def trained(lib, optimizers, events):
    """Scales, weights and trackers of steps, some of which overflow."""
    weight = lib.ones(2, requires_grad=True)
    optimizer = optimizers.SGD([weight], lr=0.25)
    scaler = lib.amp.GradScaler("cpu", init_scale=64.0, growth_interval=2)
    seen = []
    for event in events:
        optimizer.zero_grad()
        with lib.autocast("cpu", enabled=False):
            loss = (weight * float(event)).sum()
        scaler.scale(loss).backward()
        if event == "3":
            scaler.unscale_(optimizer)
        scaler.step(optimizer)
        scaler.update()
        seen.append((scaler.get_scale(), weight.tolist(), scaler.state_dict()))
    return seen


def test_training():
    events = ["1", "3", "inf", "2", "nan", "1", "3", "2"]
    assert trained(autograd, optim, events) == trained(torch, torch.optim, events)


def test_scale_stays_finite():
    for lib, optimizers in ((autograd, optim), (torch, torch.optim)):
        weight = lib.zeros(1, requires_grad=True)
        optimizer = optimizers.SGD([weight], lr=1.0)
        scaler = lib.amp.GradScaler("cpu", init_scale=2.0**127, growth_interval=1)
        scaler.scale(weight * 0).sum().backward()
        scaler.step(optimizer)
        scaler.update()
        assert scaler.get_scale() == 2.0**127


def made(lib, optimizers, **options):
    weight = lib.ones(1, requires_grad=True)
    return weight, optimizers.SGD([weight], lr=0.5), lib.amp.GradScaler("cpu", **options)


def twice(lib, optimizers, first, second):
    weight, optimizer, scaler = made(lib, optimizers)
    scaler.scale(weight).backward()
    getattr(scaler, first)(optimizer)
    getattr(scaler, second)(optimizer)


def half(lib, optimizers):
    weight = lib.ones(1, dtype=lib.float16, requires_grad=True)
    scaler = lib.amp.GradScaler("cpu", init_scale=2.0)
    scaler.scale(weight).backward()
    scaler.unscale_(optimizers.SGD([weight], lr=0.5))


def early(lib, optimizers, method):
    weight, optimizer, scaler = made(lib, optimizers)
    scaler.scale(weight)
    scaler.step(optimizer) if method == "step" else scaler.update()


REFUSED = {
    "unscaled twice": (RuntimeError, lambda *libs: twice(*libs, "unscale_", "unscale_")),
    "unscaled late": (RuntimeError, lambda *libs: twice(*libs, "step", "unscale_")),
    "stepped twice": (RuntimeError, lambda *libs: twice(*libs, "step", "step")),
    "closure": (RuntimeError, lambda *libs: (lambda w, o, s: s.step(o, closure=print))(*made(*libs))),
    "float16": (ValueError, half),
    "no gradient": (AssertionError, lambda *libs: early(*libs, "step")),
    "no check": (AssertionError, lambda *libs: early(*libs, "update")),
    "growth": (AssertionError, lambda *libs: made(*libs, growth_factor=1.0)),
    "backoff": (AssertionError, lambda *libs: made(*libs, backoff_factor=1.0)),
    "no tensor": (ValueError, lambda *libs: made(*libs)[2].scale(3.0)),
    "empty state": (RuntimeError, lambda *libs: made(*libs)[2].load_state_dict({})),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    error, call = REFUSED[name]
    for libs in ((autograd, optim), (torch, torch.optim)):
        with pytest.raises(error):
            call(*libs)


def test_sequences_and_settings():
    for lib, optimizers in ((autograd, optim), (torch, torch.optim)):
        weight, _, scaler = made(lib, optimizers, init_scale=4.0)
        assert [x.item() for x in scaler.scale([weight, weight])] == [4.0, 4.0]
        assert [x.item() for x in scaler.scale(x for x in (weight, weight))] == [4.0, 4.0]
        for name, value in {"growth_factor": 3.0, "backoff_factor": 0.25, "growth_interval": 7}.items():
            getattr(scaler, f"set_{name}")(value)
            assert getattr(scaler, f"get_{name}")() == value
        scaler.update(16.0)
        other = lib.amp.GradScaler("cpu")
        other.load_state_dict(scaler.state_dict())
        assert other.get_scale() == 16.0 and other.get_growth_interval() == 7


def test_disabled():
    for lib, optimizers in ((autograd, optim), (torch, torch.optim)):
        weight, optimizer, scaler = made(lib, optimizers, enabled=False)
        assert not scaler.is_enabled() and scaler.get_scale() == 1.0 and scaler.state_dict() == {}
        scaler.load_state_dict({})
        scaler.scale(weight).backward()
        scaler.unscale_(optimizer)
        scaler.step(optimizer)
        scaler.update()
        assert weight.item() == 0.5


def test_cuda_names(monkeypatch):
    assert autograd.GradScaler is autograd.amp.GradScaler
    monkeypatch.setattr(autograd.cuda, "is_available", lambda: False)
    with pytest.warns(UserWarning, match="CUDA is not available"):
        assert not autograd.cuda.amp.GradScaler().is_enabled()
    monkeypatch.setattr(autograd.cuda, "is_available", lambda: True)
    assert autograd.cuda.amp.GradScaler(8.0).get_scale() == 8.0
    with pytest.raises(AttributeError, match="no attribute 'ampp'"):
        autograd.cuda.ampp  # noqa: B018


def test_autocast_is_never_on():
    with autograd.autocast("cpu"):
        assert not autograd.is_autocast_enabled("cpu") and not autograd.is_autocast_enabled()
    assert torch.is_autocast_enabled("cpu") == autograd.amp.is_autocast_enabled("cpu")


def test_autocast():
    x = autograd.ones(2, 2)

    @autograd.autocast(device_type="cuda", dtype=autograd.float16)
    def product(x):
        return x @ x

    with autograd.cuda.amp.autocast(False), autograd.amp.autocast("cpu", autograd.bfloat16):
        assert product(x).dtype is autograd.float32 and (to_numpy(product(x)) == 2).all()
    for lib in (autograd, torch):
        with pytest.raises(ValueError, match="device_type"):
            lib.autocast(3)


def test_custom_functions():
    class Double(autograd.Function):
        @staticmethod
        @autograd.amp.custom_fwd(device_type="cuda", cast_inputs=autograd.float32)
        def forward(ctx, x):
            return x * 2

        @staticmethod
        @autograd.cuda.amp.custom_bwd
        def backward(ctx, grad):
            return grad * 2

    x = autograd.ones(1, requires_grad=True)
    Double.apply(x).backward()
    assert x.grad.item() == 2.0
