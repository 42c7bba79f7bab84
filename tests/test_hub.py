"""`autograd.hub`: a file is fetched once, checked, kept, and read with `load`."""

from __future__ import annotations

import hashlib
import os

import pytest
import torch

import autograd
from autograd import hub
from autograd.utils import model_zoo


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """The address of a file of PyTorch's whose name ends in its hash."""
    monkeypatch.setattr(hub, "_chosen", [])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TORCH_HOME", raising=False)
    source = tmp_path / "weights.pth"
    torch.save({"weight": torch.arange(3.0)}, source)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return source.rename(tmp_path / f"net-{digest[:8]}.pth").as_uri()


def test_weights_are_fetched_once(weights, tmp_path, capsys):
    state = hub.load_state_dict_from_url(weights, check_hash=True)
    assert list(state) == ["weight"] and state["weight"].tolist() == [0.0, 1.0, 2.0]
    name = weights.rsplit("/", 1)[1]
    kept = tmp_path / "cache" / "retrograd" / "hub" / "checkpoints" / name
    said = capsys.readouterr().err
    assert os.listdir(kept.parent) == [name] and "Downloading" in said and f"{kept.stat().st_size} of" in said
    (tmp_path / name).unlink()
    again = model_zoo.load_url(weights, map_location="cpu")
    assert again["weight"].tolist() == [0.0, 1.0, 2.0] and capsys.readouterr().err == ""


def test_another_place_and_name(weights, tmp_path, capsys):
    state = autograd.hub.load_state_dict_from_url(weights, tmp_path / "here", progress=False, file_name="a.pth")
    assert state["weight"].shape == (3,) and os.listdir(tmp_path / "here") == ["a.pth"]
    assert "bytes" not in capsys.readouterr().err


def test_a_wrong_hash_leaves_nothing(weights, tmp_path):
    (tmp_path / "here").mkdir()
    with pytest.raises(RuntimeError, match=r'invalid hash value \(expected "0000", got'):
        hub.download_url_to_file(weights, str(tmp_path / "here" / "a.pth"), hash_prefix="0000", progress=False)
    assert os.listdir(tmp_path / "here") == []


def test_directory(weights, tmp_path, monkeypatch):
    assert hub.get_dir() == str(tmp_path / "cache" / "retrograd" / "hub")
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    assert hub.get_dir() == str(tmp_path / "hub") == torch.hub.get_dir()
    hub.set_dir(tmp_path / "there")
    assert hub.get_dir() == str(tmp_path / "there")
