"""Whole objects in a file: pickles, which a default load refuses unless their classes were allowed by name."""

from __future__ import annotations

import io
import pickle

import numpy as np
import pytest

import autograd
import nn
from autograd import serialization
from tests.arrays import to_numpy


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(3, 4), nn.Linear(4, 2)
        self.second.weight = self.second.weight
        self.register_buffer("count", autograd.tensor([1 + 2j]))

    def forward(self, x):
        return self.second(self.first(x).relu())


class Plain:
    def __init__(self):
        self.value, self.rate = [1], autograd.ones(2)


class Slotted:
    __slots__ = ("value",)

    def __init__(self):
        self.value = 3


class Stateful:
    def __setstate__(self, state):
        self.__dict__.update(state, restored=True)


class Pair(tuple):
    __slots__ = ()

    def __new__(cls, a, *, b=2):
        return super().__new__(cls, (a, b))

    def __getnewargs_ex__(self):
        return (self[0],), {"b": self[1]}


NET = [Net, nn.Linear]


def through(obj, **options):
    file = io.BytesIO()
    autograd.save(obj, file)
    file.seek(0)
    return autograd.load(file, **options)


def test_a_module_is_refused_by_default_and_named(tmp_path):
    autograd.save(Net(), tmp_path / "net")
    with pytest.raises(pickle.UnpicklingError, match=r"test_objects\.Net, nn\.linear\.Linear, which may run code.*"
                       r"safe_globals\(\[Net, Linear\]\).*weights_only=False"):  # fmt: skip
        autograd.load(tmp_path / "net")
    names = serialization.get_unsafe_globals_in_checkpoint(tmp_path / "net")
    assert [name.rpartition(".")[2] for name in names] == ["Net", "Linear"]


def test_a_module_comes_back_whole(tmp_path):
    net, x = Net(), autograd.randn(5, 3)
    net.first.weight.requires_grad_(False)
    autograd.save({"net": net, "epoch": 3}, tmp_path / "net")
    loaded = autograd.load(tmp_path / "net", weights_only=False)
    with serialization.safe_globals(NET):
        assert serialization.get_safe_globals() == NET
        allowed = autograd.load(tmp_path / "net")
        assert serialization.get_unsafe_globals_in_checkpoint(str(tmp_path / "net")) == []
    assert serialization.get_safe_globals() == []
    for found in (loaded, allowed):
        again = found["net"]
        assert type(again) is Net and found["epoch"] == 3 and list(again.state_dict()) == list(net.state_dict())
        assert (to_numpy(again(x)) == to_numpy(net(x))).all() and again.count.tolist() == [1 + 2j]
        assert type(again.first.weight) is nn.Parameter
        assert [p.requires_grad for p in again.parameters()] == [False, True, True, True]
        again(x).sum().backward()


def test_allowed_for_good():
    try:
        serialization.add_safe_globals([Plain, (Slotted, f"{__name__}.Slotted")])
        plain, slotted = through([Plain(), Slotted()])
        assert plain.value == [1] and plain.rate.tolist() == [1, 1] and slotted.value == 3
    finally:
        serialization.clear_safe_globals()
    with pytest.raises(pickle.UnpicklingError, match="Plain"):
        through(Plain())


def test_ways_to_make_an_object():
    with serialization.safe_globals([Stateful, Pair]):
        made = Stateful()
        made.x = 1
        stateful, pair = through([made, Pair(1, b=5)])
        assert stateful.__dict__ == {"x": 1, "restored": True} and type(pair) is Pair and pair == (1, 5)


def test_tied_parameters_stay_tied():
    net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    net[1].weight = net[0].weight
    again = through(net, weights_only=False)
    assert again[1].weight is again[0].weight


def test_versions_of_modules_come_back():
    state = nn.Sequential(nn.BatchNorm1d(2)).state_dict()
    loaded = through({"model": state})["model"]
    assert loaded._metadata == state._metadata and loaded._metadata["0"] == {"version": 2}


def test_data_of_numpy_and_parameters_needs_no_pickle():
    state = {
        "rng": np.random.RandomState(0).get_state(),  # as programs keep it in their checkpoints
        "parameter": nn.Parameter(autograd.ones(2)),
        "leaf": autograd.zeros(1, requires_grad=True),
        "text": np.array(["a", "bc"]),
        "z": np.array([[1j]]),
        "number": np.float64(2.5),
        "half": autograd.ones(3, dtype=autograd.bfloat16)[::2],
    }
    loaded = through(state)
    assert (loaded["rng"][1] == state["rng"][1]).all() and loaded["rng"][1].dtype == np.uint32
    assert type(loaded["parameter"]) is nn.Parameter and loaded["leaf"].requires_grad and loaded["number"] == 2.5
    assert loaded["text"].tolist() == ["a", "bc"] and loaded["z"].tolist() == [[1j]]
    assert loaded["half"].dtype is autograd.bfloat16 and loaded["half"].tolist() == [1, 1]


def test_deep_nesting_is_a_pickle_that_loads():
    deep: list = []
    for _ in range(300):
        deep = [deep]
    loaded = through(deep)
    for _ in range(300):
        (loaded,) = loaded
    assert loaded == []
