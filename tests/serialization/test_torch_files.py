"""Files between PyTorch and this library: `.pt` files read here, safetensors files read there."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections import OrderedDict, defaultdict

import pytest
import safetensors.torch
import torch

import autograd
import nn
import optim
from tests.arrays import to_numpy


def through(obj, **options):
    """What PyTorch writes, read here."""
    file = io.BytesIO()
    torch.save(obj, file, pickle_protocol=options.pop("pickle_protocol", 2))
    file.seek(0)
    return autograd.load(file, **options)


def same(ours, theirs):
    assert str(ours.dtype).split(".")[1] == str(theirs.dtype).split(".")[1] and ours.shape == theirs.shape
    assert ours.tolist() == theirs.tolist()


DTYPES = [
    torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16, torch.bfloat16,
    torch.float32, torch.float64, torch.complex64, torch.complex128, torch.uint16, torch.uint32,
]  # fmt: skip


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_element_types(dtype):
    values = torch.tensor([[0, 1, 3], [2, 5, 1]]).to(dtype)
    for tensor in (values, values.T, values[:, 1:], values[1, 2], values[:0]):
        same(through(tensor), tensor)


@pytest.mark.parametrize("protocol", [2, 4])
def test_values_of_all_kinds(protocol):
    counts = defaultdict(list)
    counts["a"].append(1)
    saved = {
        "numbers": [1, -2, 2**70, 1.5, float("inf"), True, None, 3 - 2j],
        "text": ("ä", b"\x00\xff", bytearray(b"xy")),
        "sets": ({1, 2}, frozenset("ab")),
        "ordered": OrderedDict([("x", 1), (("a", 2), "y")]),
        "counts": counts,
        7: torch.Size([2, 3]),
        "dtype": torch.float16,
    }
    loaded = through(saved, pickle_protocol=protocol)
    assert list(loaded) == list(saved) and loaded["dtype"] is autograd.float16 and loaded[7].numel() == 6
    for key in ("numbers", "text", "sets", "ordered", "counts", 7):
        assert loaded[key] == saved[key] and type(loaded[key]) is (autograd.Size if key == 7 else type(saved[key]))


def test_whole_checkpoint():
    model = torch.nn.Sequential(torch.nn.Linear(3, 2, bias=False), torch.nn.BatchNorm1d(2), torch.nn.Tanh())
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2)
    for _ in range(3):
        optimizer.zero_grad()
        model(torch.randn(4, 3)).exp().sum().backward()
        optimizer.step()
        scheduler.step()
    parts = {"model": model, "optimizer": optimizer, "scheduler": scheduler}
    loaded = through({name: part.state_dict() for name, part in parts.items()})
    ours = nn.Sequential(nn.Linear(3, 2, bias=False), nn.BatchNorm1d(2), nn.Tanh())
    assert str(ours.load_state_dict(loaded["model"])) == "<All keys matched successfully>"
    assert loaded["model"]._metadata[""]["version"] == 1
    second = optim.Adam(ours.parameters())
    second.load_state_dict(loaded["optimizer"])
    third = optim.lr_scheduler.StepLR(second, 2)
    third.load_state_dict(loaded["scheduler"])
    assert third.get_last_lr() == scheduler.get_last_lr() and second.param_groups[0]["lr"] == 0.010000000000000002
    x = torch.randn(4, 3)
    for net, opt, batch in ((model, optimizer, x), (ours, second, autograd.tensor(x.tolist()))):
        opt.zero_grad()
        net(batch).exp().sum().backward()
        opt.step()
    for a, b in zip(ours.parameters(), model.parameters(), strict=True):
        assert abs(to_numpy(a) - b.detach().numpy()).max() < 1e-6


def test_gradients_parameters_and_shared_memory():
    base = torch.arange(6.0)
    leaf, parameter = torch.ones(2, requires_grad=True), torch.nn.Parameter(torch.ones(1), requires_grad=False)
    a, b, loaded_leaf, loaded_parameter = through([base, base.view(2, 3)[1], leaf, parameter])
    b.zero_()
    assert a.tolist() == [0, 1, 2, 0, 0, 0]
    assert loaded_leaf.requires_grad and type(loaded_parameter) is nn.Parameter and not loaded_parameter.requires_grad
    assert through(torch.ones(1).expand(5)).tolist() == [1] * 5


def test_mmap_reads_what_is_used_and_leaves_the_file(tmp_path):
    torch.save({"w": torch.arange(4.0), "h": torch.ones(3, dtype=torch.bfloat16)}, tmp_path / "a.pt")
    autograd.save({"w": autograd.arange(4.0), "none": autograd.zeros(0)}, tmp_path / "b")
    for name in ("a.pt", "b"):
        before = (tmp_path / name).read_bytes()
        loaded = autograd.load(tmp_path / name, mmap=True)
        loaded["w"].mul_(2)
        assert loaded["w"].tolist() == [0, 2, 4, 6] and (tmp_path / name).read_bytes() == before
    with pytest.raises(RuntimeError, match="mmap=True needs the path"):
        autograd.load(io.BytesIO(), mmap=True)


def test_map_location():
    for place in ("cpu", lambda storage, place: None, lambda storage, place: storage.cpu()):
        assert through(torch.ones(1), map_location=place).device.type == "cpu"


@pytest.mark.parametrize("number", [3, "cuda:3", None])
def test_a_place_that_is_not_there_is_named(number):
    def place(storage, saved):
        return storage.cuda(number).replace("cuda", "nowhere")

    with pytest.raises(RuntimeError, match="^load: a tensor of device 'cpu' cannot go to 'nowhere"):
        through(torch.ones(1), map_location=place)


def test_modules_of_pytorch_are_refused_and_named():
    with pytest.raises(pickle.UnpicklingError, match=r"torch\.nn\.modules\.linear\.Linear"):
        through(torch.nn.Linear(1, 1))
    trusted = through({"w": torch.ones(1), "f": Fraction}, weights_only=False)
    assert type(trusted["w"]) is autograd.Tensor and trusted["f"] is Fraction


class Fraction:
    """Found by its name when a trusted file asks for it."""


def test_what_does_not_exist_here_is_named():
    nested = torch.nested.nested_tensor([torch.ones(1), torch.ones(2)], layout=torch.jagged)
    with pytest.raises(pickle.UnpicklingError, match=r"torch.*nested"):
        through(nested)


def test_older_formats_are_named(tmp_path):
    torch.save(torch.ones(1), tmp_path / "old", _use_new_zipfile_serialization=False)
    with pytest.raises(RuntimeError, match=r"before its version 1\.6"):
        autograd.load(tmp_path / "old")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a/constants.pkl", b"")
    with pytest.raises(RuntimeError, match="no entry data.pkl .*TorchScript"):
        autograd.load(tmp_path / "other.zip")


@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16", "float64", "int64", "bool", "uint8"])
def test_pytorch_reads_our_state_dicts(tmp_path, dtype):
    state = {"layer.weight": autograd.ones(2, 3, dtype=getattr(autograd, dtype)), "empty": autograd.zeros(0)}
    autograd.save(state, tmp_path / "state.safetensors")
    theirs = safetensors.torch.load_file(tmp_path / "state.safetensors")
    for name, ours in state.items():
        same(ours, theirs[name])


@pytest.mark.cpu_only
def test_bytes_of_the_other_order():
    file = io.BytesIO()
    torch.save(torch.tensor([1.0, 2.0]), file)
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    contents["archive/byteorder"] = b"big"
    contents["archive/data/0"] = torch.tensor([1.0, 2.0]).numpy().byteswap().tobytes()
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    file.seek(0)
    loaded = autograd.load(file)
    assert loaded.tolist() == [1, 2] and (loaded + 1).tolist() == [2, 3]


def test_a_module_goes_to_pytorch_and_back(tmp_path):
    ours, theirs = nn.Linear(3, 2), torch.nn.Linear(3, 2)
    autograd.save(ours.state_dict(), tmp_path / "a")
    theirs.load_state_dict(safetensors.torch.load_file(tmp_path / "a"))
    torch.save(theirs.state_dict(), tmp_path / "b")
    again = autograd.load(tmp_path / "b")
    assert all(again[name].tolist() == value.tolist() for name, value in ours.state_dict().items())
