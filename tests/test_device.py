"""Devices and the registry of backends."""

from __future__ import annotations

import pickle

import pytest

import autograd


def test_names_and_indices():
    assert autograd.device("cuda:1") == autograd.device("cuda", 1) == autograd.device(1)
    assert str(autograd.device("cuda:1")) == "cuda:1" and str(autograd.device("cpu")) == "cpu"
    assert repr(autograd.device("cuda", 0)) == "device(type='cuda', index=0)"
    assert autograd.device(autograd.device("cpu")) == autograd.device("cpu")
    assert {autograd.device("cpu"): 1}[autograd.device("cpu")] == 1
    assert pickle.loads(pickle.dumps(autograd.device("cuda:2"))) == autograd.device("cuda:2")


@pytest.mark.parametrize("bad", ["", "cuda:", "cpu:x", "CPU 1", None, 1.5])
def test_bad_names_are_refused(bad):
    with pytest.raises(RuntimeError, match="invalid device"):
        autograd.device(bad)


def test_two_indices_are_refused():
    with pytest.raises(RuntimeError, match="invalid device"):
        autograd.device("cuda:1", 2)


def test_unknown_devices_name_the_known_ones():
    with pytest.raises(RuntimeError, match="no backend for device type 'tpu'.*cpu"):
        autograd.zeros(2, device="tpu")


def test_new_tensors_are_on_the_device_entered_last():
    default = autograd.get_default_device()
    with autograd.device("cpu") as entered:
        assert entered == autograd.get_default_device() == autograd.ones(2).device == autograd.device("cpu")
        with pytest.raises(RuntimeError, match="no backend"), autograd.device("tpu"):
            autograd.ones(2)
        assert autograd.tensor([1.0]).device == entered
    assert autograd.get_default_device() == autograd.ones(2).device == default


def test_accelerator_is_cuda_where_there_is_one():
    from autograd import accelerator

    there = autograd.cuda.is_available()
    assert accelerator.is_available() is there and accelerator.device_count() == autograd.cuda.device_count()
    assert accelerator.current_accelerator() == (autograd.device("cuda") if there else None)
    assert accelerator.current_accelerator(check_available=True) == accelerator.current_accelerator()


@pytest.mark.parametrize("name", ["current_device", "set_device", "synchronize"])
def test_accelerator_asks_cuda(monkeypatch, name):
    from autograd import accelerator

    asked = []
    monkeypatch.setattr(autograd.cuda, name, lambda *place: asked.append(place))
    function = getattr(accelerator, name if name == "synchronize" else f"{name}_index")
    place = () if name == "current_device" else (1,)
    function(*place)
    assert asked in ([place], [(None,)])
