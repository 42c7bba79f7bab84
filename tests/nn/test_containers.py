"""Containers of modules and parameters."""

from __future__ import annotations

from collections import OrderedDict

import pytest
import torch

import autograd
import nn


def test_sequential():
    a, b, c = nn.Identity(), nn.Tanh(), nn.Flatten()
    net = nn.Sequential(a, b)
    assert len(net) == 2 and net[-1] is b and list(net) == [a, b] and list(net[1:]) == [b]
    net.append(c).insert(0, b)
    assert list(net) == [b, a, b, c] and list(net._modules) == ["0", "1", "2", "3"]
    assert net.pop(0) is b and list(net) == [a, b, c]
    del net[1]
    assert list(net._modules) == ["0", "1"]
    net[1] = b
    assert list(net + net) == [a, b, a, b] and list(net * 2) == [a, b, a, b]
    named = nn.Sequential(OrderedDict(one=a, two=b))
    assert named.two is b and list(named[:1]._modules) == ["one"]
    with pytest.raises(IndexError, match="out of range"):
        net[5]
    with pytest.raises(TypeError, match="not a Module subclass"):
        nn.Sequential(3)


def test_module_list_and_dict():
    modules = nn.ModuleList([nn.Tanh()])
    modules += [nn.ReLU()]
    modules.extend([nn.Identity()])
    assert [type(m).__name__ for m in modules] == ["Tanh", "ReLU", "Identity"]
    named = nn.ModuleDict({"a": nn.Tanh()})
    named["b"] = nn.ReLU()
    named.update([("c", nn.Identity())])
    assert list(named) == ["a", "b", "c"] and "b" in named and len(named) == 3
    assert type(named.pop("b")).__name__ == "ReLU" and list(named.keys()) == ["a", "c"]
    named.clear()
    assert not len(named)


def test_parameter_list_and_dict():
    row = nn.ParameterList([autograd.ones(1), nn.Parameter(autograd.zeros(2))])
    row.append(autograd.ones(3))
    assert [type(p) for p in row] == [nn.Parameter] * 3 and list(row.state_dict()) == ["0", "1", "2"]
    assert len(row[1:]) == 2 and row[-1].shape == (3,)
    row[0] = autograd.zeros(4)
    assert row[0].shape == (4,)
    table = nn.ParameterDict({"a": autograd.ones(1)})
    table["b"] = autograd.ones(2)
    assert list(table.state_dict()) == ["a", "b"] and list(table) == ["a", "b"] and table.get("c") is None
    assert set((table | {"c": autograd.ones(1)}).keys()) == {"a", "b", "c"}
    assert table.pop("a").shape == (1,) and "a" not in table
    with pytest.raises(KeyError):
        table["a"]


@pytest.mark.cpu_only
def test_parameter_containers_say_what_they_hold():
    theirs = repr(torch.nn.ParameterList([torch.ones(2, 3), torch.ones(1)])).replace("torch.float32", "float32")
    ours = repr(nn.ParameterList([autograd.ones(2, 3), autograd.ones(1)])).replace("autograd.float32", "float32")
    assert ours == theirs
    theirs = repr(torch.nn.ParameterDict({"a": torch.ones(2, 3), "b": 2}))
    assert repr(nn.ParameterDict({"a": autograd.ones(2, 3), "b": 2})) == theirs.replace("torch.", "autograd.")


def test_equal_neighbours_of_a_list_are_written_once():
    def model(lib):
        twins = [
            lib.nn.Linear(2, 2),
            lib.nn.Linear(2, 2),
            lib.nn.ReLU(),
            *(lib.nn.Sequential(lib.nn.ReLU()) for _ in "ab"),
        ]
        return lib.nn.Sequential(lib.nn.ModuleList(twins), lib.nn.ModuleList())

    assert repr(model(autograd)) == repr(model(torch))


def test_conversion_by_the_old_names_of_types():
    for kind in ("torch.DoubleTensor", autograd.float64):
        assert nn.BatchNorm1d(2).type(kind).running_mean.dtype is autograd.float64


def test_parameters_of_a_plain_dict_are_sorted():
    for lib, layers in ((autograd, nn), (torch, torch.nn)):
        values = {"z": lib.ones(1), "a": lib.ones(2)}
        assert list(layers.ParameterDict(values).keys()) == ["a", "z"]
        assert list(layers.ParameterDict(list(values.items())).copy().keys()) == ["z", "a"]
        assert list((layers.ParameterDict(OrderedDict(values)) | layers.ParameterDict({"b": lib.ones(1)})).keys()) == [
            *"zab"
        ]
