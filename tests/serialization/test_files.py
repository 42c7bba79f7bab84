"""Checkpoints: what goes in comes out, damage is said clearly, and a killed save leaves the old file whole."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter, OrderedDict

import numpy as np
import pytest

import autograd
import nn
import optim


def same(a, b) -> bool:
    return a.dtype is b.dtype and a.shape == b.shape and a.tolist() == b.tolist()


def test_nested_structure(tmp_path):
    saved = {
        "model": OrderedDict(weight=autograd.tensor([[1.0, 2.0]]), empty=autograd.zeros(0, 3)),
        1: [True, None, "x", 2.5, math.inf, (1, 2), {3}, 1j, b"\x00", autograd.float16],
        "count": Counter({4: 2}),
        "z": autograd.tensor([1 + 2j, 3 - 1j]),
        "scalar": autograd.tensor(7, dtype=autograd.int8),
        "model.weight": autograd.tensor([False, True]),
    }
    autograd.save(saved, tmp_path / "c.safetensors")
    loaded = autograd.load(tmp_path / "c.safetensors")
    assert list(loaded) == list(saved) and loaded[1] == saved[1]
    assert type(loaded["model"]) is OrderedDict and type(loaded["count"]) is Counter and loaded["count"] == {4: 2}
    for name in ("z", "scalar", "model.weight"):
        assert same(loaded[name], saved[name])
    assert all(same(loaded["model"][name], saved["model"][name]) for name in saved["model"])


def test_flat_state_dict_is_plain_safetensors(tmp_path):
    from safetensors.numpy import load_file, save_file

    state = {"weight": autograd.tensor([1.0]), "bias": autograd.tensor([2.0])}
    autograd.save(state, tmp_path / "a")
    assert {name: array.tolist() for name, array in load_file(tmp_path / "a").items()} == {
        "weight": [1.0],
        "bias": [2.0],
    }
    save_file(load_file(tmp_path / "a"), tmp_path / "b")
    assert {name: tensor.tolist() for name, tensor in autograd.load(tmp_path / "b").items()} == {
        "weight": [1.0],
        "bias": [2.0],
    }


@pytest.mark.cpu_only
def test_map_location(tmp_path):
    autograd.save({"a": autograd.ones(1)}, tmp_path / "a")
    for place in ("cpu", {"cpu": "cpu"}, autograd.device("cpu"), lambda storage, place: storage):
        assert autograd.load(tmp_path / "a", map_location=place)["a"].device.type == "cpu"


def test_bad_files_and_values(tmp_path):
    with pytest.raises(TypeError, match=r"cannot write a function \(at root.a\) as data; .*nor can .* pickled"):
        autograd.save({"a": lambda: 0}, tmp_path / "a")
    with pytest.raises(TypeError, match="expected a path or a binary file to write to, got int"):
        autograd.save({}, 3)
    with pytest.raises(TypeError, match="expected a path or a binary file to read from, got int"):
        autograd.load(3)
    assert not list(tmp_path.iterdir())
    with pytest.raises(FileNotFoundError, match="no file"):
        autograd.load(tmp_path / "a")
    autograd.save({"a": autograd.ones(100), "n": 1}, tmp_path / "a")
    whole = (tmp_path / "a").read_bytes()
    for data in (b"", whole[:4], whole[:60], whole[:-7], b"\xff" * 64, whole.replace(b"retrograd__", b"retrograd_x")):
        (tmp_path / "a").write_bytes(data)
        with pytest.raises(RuntimeError, match="damaged"):
            autograd.load(tmp_path / "a")


def test_values_of_unknown_kinds_and_folders(tmp_path):
    place = tmp_path / "a"
    for _ in range(2):  # the second time over the first
        autograd.save({"a": autograd.ones(1), "number": np.float64(2.5), "z": 1j}, place)
    assert autograd.load(place)["number"] == 2.5
    place.write_bytes(place.read_bytes().replace(b"complex", b"komplex"))
    with pytest.raises(RuntimeError, match="damaged"):
        autograd.load(place)
    with pytest.raises(OSError, match=r"\S"):
        autograd.load(tmp_path)


def test_systems_without_directory_descriptors(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "O_DIRECTORY", raising=False)
    autograd.save({"a": autograd.ones(1)}, tmp_path / "a")
    assert autograd.load(tmp_path / "a")["a"].tolist() == [1.0]


def test_without_safetensors(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "safetensors", None)
    monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
    with pytest.raises(ImportError, match=r"pip install 'retrograd\[safetensors\]'"):
        autograd.save({}, tmp_path / "a")


def test_a_failed_save_keeps_the_old_file(tmp_path, monkeypatch):
    autograd.save({"a": autograd.ones(1)}, tmp_path / "a")

    def fail(*args):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        autograd.save({"a": autograd.zeros(1)}, tmp_path / "a")
    assert autograd.load(tmp_path / "a")["a"].tolist() == [1.0] and len(list(tmp_path.iterdir())) == 1


def test_a_killed_save_leaves_the_old_file_whole(tmp_path):
    """A process that saves without end is killed at ten different moments; the file is always one whole version."""
    script = textwrap.dedent("""
        import sys
        import autograd
        path, number = sys.argv[1], 0
        while True:
            autograd.save({"version": number, "data": autograd.full((300_000,), float(number))}, path)
            number += 1
            print(number, flush=True)
    """)
    path = tmp_path / "c"
    for moment in range(10):
        process = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.0007 * moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        loaded = autograd.load(path)
        values = set(loaded["data"].tolist())
        assert values == {float(loaded["version"])}


def test_whole_training_checkpoint(tmp_path):
    def fresh():
        p = nn.Parameter(autograd.tensor([1.0, -2.0, 3.0]))
        q = nn.Parameter(autograd.tensor([[0.5]]))
        optimizer = optim.AdamW([{"params": [p]}, {"params": [q], "lr": 0.1}], lr=0.01)
        return (p, q), optimizer, optim.lr_scheduler.MultiStepLR(optimizer, [1, 3])

    def step(params, optimizer, scheduler):
        optimizer.zero_grad()
        ((params[0] * params[0]).sum() + (params[1] * params[1]).sum()).backward()
        optimizer.step()
        scheduler.step()

    first = fresh()
    for _ in range(2):
        step(*first)
    params, optimizer, scheduler = first
    state = {"params": list(params), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}
    autograd.save(state, tmp_path / "c")
    loaded, second = autograd.load(tmp_path / "c"), fresh()
    for param, value in zip(second[0], loaded["params"], strict=True):
        param.data = value
    second[1].load_state_dict(loaded["optimizer"])
    second[2].load_state_dict(loaded["scheduler"])
    for _ in range(3):
        step(*first)
        step(*second)
        assert [p.tolist() for p in first[0]] == [p.tolist() for p in second[0]]
        assert first[2].get_last_lr() == second[2].get_last_lr()


@pytest.mark.parametrize("low_byte", [0x80, 0x50])
def test_length_of_the_header_that_begins_as_another_format(tmp_path, low_byte):
    """The header's length comes first: 0x80 also begins a pickle, 0x50 a zip archive."""
    path = tmp_path / "c"
    for extra in range(512):
        autograd.save({"weight" + "x" * extra: autograd.ones(2)}, path)
        if path.read_bytes()[0] == low_byte:
            break
    else:
        pytest.fail("no name gave a header of such a length")
    assert list(autograd.load(path)) == ["weight" + "x" * extra]
