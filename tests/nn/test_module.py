"""Module: attributes, names, state, hooks, conversion, copies and text, as PyTorch has them."""

from __future__ import annotations

import copy
import pickle

import pytest
import torch

import autograd
import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3, 4)
        self.block = nn.Sequential(nn.Tanh(), nn.Linear(4, 2, bias=False))
        self.scale = nn.Parameter(autograd.ones(2))
        self.register_buffer("count", autograd.zeros(1))
        self.register_buffer("hidden", autograd.zeros(1), persistent=False)

    def forward(self, x):
        return self.block(self.first(x)) * self.scale


NAMES = ["scale", "count", "first.weight", "first.bias", "block.1.weight"]


def values(module):
    return {name: tensor.tolist() for name, tensor in module.state_dict().items()}


def test_names():
    net = Net()
    assert list(net.state_dict()) == NAMES
    assert [name for name, _ in net.named_parameters()] == ["scale", "first.weight", "first.bias", "block.1.weight"]
    assert [name for name, _ in net.named_buffers()] == ["count", "hidden"]
    assert [name for name, _ in net.named_modules(prefix="net")] == [
        "net", "net.first", "net.block", "net.block.0", "net.block.1",
    ]  # fmt: skip
    assert [name for name, _ in net.named_children()] == ["first", "block"]
    assert net.get_parameter("block.1.weight") is net.block[1].weight and net.get_buffer("count") is net.count
    assert net.get_submodule("block.0") is net.block[0] and net.get_submodule("") is net
    for call, text in (
        (lambda: net.get_submodule("nope.x"), "no attribute `nope`"),
        (lambda: net.get_parameter("count"), "not an nn.Parameter"),
        (lambda: net.get_buffer("scale"), "not a buffer"),
        (lambda: net.absent, "'Net' object has no attribute 'absent'"),
    ):
        with pytest.raises(AttributeError, match=text):
            call()


def test_shared_parameters_are_named_once():
    net = Net()
    net.again, net.tied = net.first, net.scale
    assert len(list(net.parameters())) == 4
    assert len(list(net.named_parameters(remove_duplicate=False))) == 7
    assert "again.weight" in net.state_dict() and "tied" in net.state_dict()
    twin = copy.deepcopy(net)
    assert twin.again is twin.first and twin.tied is twin.scale and twin.scale is not net.scale


def test_attributes_change_their_kind():
    net = Net()
    with pytest.raises(TypeError, match="as parameter 'scale'"):
        net.scale = autograd.ones(2)
    with pytest.raises(TypeError, match="as child module 'first'"):
        net.first = 3
    with pytest.raises(TypeError, match="as buffer 'count'"):
        net.count = 3
    net.scale = None
    assert "scale" not in net.state_dict() and net.scale is None
    net.plain = 1
    net.plain = nn.Parameter(autograd.ones(1))
    assert "plain" in net._parameters and "plain" not in net.__dict__
    with pytest.raises(TypeError, match="as parameter 'plain'"):
        net.plain = nn.Linear(1, 1)
    del net.plain
    net.plain = nn.Linear(1, 1)
    assert "plain" not in net._parameters and "plain" in net._modules
    net.buffered = nn.Buffer(autograd.ones(1), persistent=False)
    assert "buffered" in net._buffers and "buffered" not in net.state_dict()
    del net.plain, net.buffered
    assert not hasattr(net, "plain")


def test_registration_errors():
    net = Net()
    for error, call in (
        (KeyError, lambda: net.register_parameter("a.b", None)),
        (KeyError, lambda: net.register_parameter("", None)),
        (KeyError, lambda: net.register_buffer("first", None)),
        (TypeError, lambda: net.register_parameter(3, None)),
        (TypeError, lambda: net.register_parameter("x", autograd.ones(1))),
        (TypeError, lambda: net.register_buffer("x", 3)),
        (TypeError, lambda: net.add_module("x", 3)),
        (ValueError, lambda: net.train("yes")),
    ):
        with pytest.raises(error):
            call()

    class Late(nn.Module):
        def __init__(self):
            self.weight = nn.Parameter(autograd.ones(1))

    with pytest.raises(AttributeError, match=r"before Module.__init__\(\) call"):
        Late()
    with pytest.raises(NotImplementedError, match="forward"):
        nn.Module()(1)


def test_state_travels():
    net, other = Net(), Net()
    result = other.load_state_dict(net.state_dict())
    assert str(result) == "<All keys matched successfully>" and values(net) == values(other)
    assert net.state_dict()["scale"].data_ptr() == net.scale.data_ptr()
    assert net.state_dict(keep_vars=True)["scale"] is net.scale
    state = {name: tensor for name, tensor in net.state_dict().items() if name != "scale"} | {"extra": net.scale}
    missing, unexpected = other.load_state_dict(state, strict=False)
    assert missing == ["scale"] and unexpected == ["extra"]


def test_assign_takes_the_tensors():
    net, other = Net(), Net()
    other.load_state_dict(net.state_dict(), assign=True)
    assert other.first.weight.data_ptr() == net.first.weight.data_ptr()
    assert isinstance(other.first.weight, nn.Parameter) and other.first.weight.requires_grad


@pytest.mark.parametrize("hooked", [False, True])
def test_a_failed_load_changes_nothing(hooked):
    net = Net()
    before, old = values(net), net.scale
    if hooked:
        net.block.register_load_state_dict_post_hook(lambda module, keys: None)
    good = {name: autograd.full(tensor.shape, 9.0) for name, tensor in net.state_dict().items()}
    for change, text in (
        ({"first.weight": autograd.ones(5, 5)}, r"size mismatch for first.weight: .*\[5, 5\].*\[4, 3\]"),
        ({"zz.y": autograd.ones(1)}, r'Unexpected key\(s\) in state_dict: "zz.y". '),
        ({"first.bias": "text"}, "first.bias.*received <class 'str'>"),
    ):
        with pytest.raises(RuntimeError, match=r"Error\(s\) in loading state_dict for Net:\n\t") as error:
            net.load_state_dict(good | change)
        assert error.match(text) and values(net) == before and net.scale is old
    with pytest.raises(RuntimeError, match=r'Missing key\(s\) in state_dict: "scale", "count", "first.weight"'):
        net.load_state_dict({})
    with pytest.raises(RuntimeError) as mine:
        nn.Linear(2, 3).load_state_dict({"weight": autograd.ones(1), "other": 1})
    with pytest.raises(RuntimeError) as theirs:
        torch.nn.Linear(2, 3).load_state_dict({"weight": torch.ones(1), "other": 1})
    assert str(mine.value) == str(theirs.value).replace("torch", "autograd")
    with pytest.raises(TypeError, match="dict-like"):
        net.load_state_dict(3)
    assert values(net) == before


def test_a_hook_that_fails_after_the_writes_changes_nothing():
    net = Net()
    before = values(net)

    def fail(module, keys):
        raise ValueError("no")

    net.register_load_state_dict_post_hook(fail)
    with pytest.raises(ValueError, match="no"):
        net.load_state_dict({name: autograd.full(tensor.shape, 9.0) for name, tensor in net.state_dict().items()})
    assert values(net) == before


def test_extra_state():
    class Counted(nn.Module):
        number = 0

        def get_extra_state(self):
            return {"number": self.number}

        def set_extra_state(self, state):
            self.number = state["number"]

    first, second = Counted(), Counted()
    first.number = 5
    second.load_state_dict(first.state_dict())
    assert second.number == 5 and list(first.state_dict()) == ["_extra_state"]


def test_state_dict_hooks():
    net, seen = Net(), []
    net.register_state_dict_pre_hook(lambda module, prefix, keep: seen.append(prefix))

    def drop(module, state, prefix, metadata):
        del state["count"]

    def fill(module, state, *rest):
        state["count"] = autograd.ones(1)

    net.register_state_dict_post_hook(drop)
    assert "count" not in net.state_dict() and seen == [""]
    net.register_load_state_dict_pre_hook(fill)
    net.load_state_dict(net.state_dict())
    assert net.count.tolist() == [1.0]


def test_forward_hooks():
    layer, seen = nn.Linear(2, 2), []
    x = autograd.ones(1, 2)
    handles = [
        layer.register_forward_pre_hook(lambda m, args: (args[0] * 2,)),
        layer.register_forward_pre_hook(lambda m, args, kwargs: seen.append(kwargs), with_kwargs=True),
        layer.register_forward_hook(lambda m, args, out: out + 1),
        layer.register_forward_hook(lambda m, args, out: seen.append("first"), prepend=True),
    ]
    plain = nn.functional.linear(x * 2, layer.weight, layer.bias)
    assert layer(x).tolist() == (plain + 1).tolist() and seen == [{}, "first"]
    for handle in handles:
        handle.remove()
    assert layer(x).tolist() == nn.functional.linear(x, layer.weight, layer.bias).tolist()
    layer.register_forward_hook(lambda m, args, out: seen.append("always"), always_call=True)
    with pytest.raises(RuntimeError):
        layer(autograd.ones(1, 3))
    assert seen[-1] == "always"


def test_global_forward_hooks():
    from nn.module_hooks import register_module_forward_hook, register_module_forward_pre_hook

    seen = []
    pre = register_module_forward_pre_hook(lambda m, args: seen.append("pre"))
    with pre, register_module_forward_hook(lambda m, args, out: seen.append("post")):
        nn.Identity()(1)
    nn.Identity()(1)
    assert seen == ["pre", "post"]


def test_modes_gradients_and_apply():
    net = Net()
    assert not net.eval().block[0].training and net.train().block[0].training
    net(autograd.ones(1, 3)).sum().backward()
    assert net.scale.grad is not None
    net.zero_grad(set_to_none=False)
    assert net.scale.grad.tolist() == [0.0, 0.0]
    net.zero_grad()
    assert net.scale.grad is None
    assert not any(p.requires_grad for p in net.requires_grad_(False).parameters())
    seen = []
    net.apply(lambda module: seen.append(type(module).__name__))
    assert seen == ["Linear", "Tanh", "Linear", "Sequential", "Net"]


def test_conversion_keeps_the_parameters():
    net = Net()
    net(autograd.ones(1, 3)).sum().backward()
    before = list(net.parameters())
    net.double()
    assert all(a is b for a, b in zip(before, net.parameters(), strict=True))
    assert net.scale.dtype is net.scale.grad.dtype is net.count.dtype is autograd.float64
    assert net.float().first.weight.dtype is autograd.float32 and net.to("cpu") is net
    with pytest.raises(TypeError, match="floating point or complex"):
        net.to(autograd.int64)


def test_copies():
    net = Net()
    for twin in (copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        assert values(twin) == values(net) and isinstance(twin.scale, nn.Parameter)
        twin.scale.data = autograd.zeros(2)
        assert net.scale.tolist() == [1.0, 1.0]
        assert next(twin.parameters()).requires_grad


@pytest.mark.cpu_only
def test_text():
    def build(nn):
        return nn.Sequential(
            nn.Linear(2, 3), nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.ReLU(inplace=True),
            nn.Dropout(0.1), nn.MaxPool2d(2), nn.Flatten(), nn.Sequential(nn.Tanh(), nn.LayerNorm(4)),
            nn.Embedding(3, 2),
        )  # fmt: skip

    assert repr(build(nn)) == repr(build(torch.nn))
    for layer in (
        "Hardswish(True)", "Hardsigmoid(inplace=True)", "Conv1d(2, 4, 3, padding='same')",
        "Conv2d(2, 4, 3, padding='valid')",
        "AvgPool1d(3)", "AvgPool1d([2], 1, 1)", "MaxUnpool1d(2)", "MaxUnpool2d((2, 3), 1)", "MaxUnpool3d(2, padding=1)",
        "Upsample(scale_factor=2)", "Upsample(scale_factor=(2, 3))", "Upsample(4)", "UpsamplingNearest2d(scale_factor=2)",
    ):  # fmt: skip
        assert eval(f"repr(nn.{layer})") == eval(f"repr(torch.nn.{layer})")
    assert repr(nn.Parameter(autograd.ones(1))) == repr(torch.nn.Parameter(torch.ones(1)))


def test_uninitialized_parameters():
    p = nn.UninitializedParameter()
    with pytest.raises(RuntimeError, match="uninitialized"):
        p.shape  # noqa: B018
    assert type(copy.deepcopy(p)) is type(pickle.loads(pickle.dumps(p))) is nn.UninitializedParameter
    p.materialize((2, 3))
    assert type(p) is nn.Parameter and p.shape == (2, 3) and p.requires_grad


def test_what_is_printed_is_pytorchs():
    def several(library, layers):
        return [
            layers.Conv2d(3, 6, 3, padding="valid"),
            layers.MultiheadAttention(4, 2),
            layers.ParameterDict({"a": layers.Parameter(library.ones(2, 3, device="cpu")), "b": 3}),
            layers.ParameterList([layers.Parameter(library.ones(2, 3, device="cpu"))]),
        ]

    for ours, theirs in zip(several(autograd, nn), several(torch, torch.nn), strict=True):
        assert repr(ours).replace("autograd.", "torch.") == repr(theirs)


def test_missing_keys_are_named_first():
    def message(layers):
        with pytest.raises(RuntimeError) as caught:
            layers.Linear(2, 3).load_state_dict({"other": layers.Linear(2, 3).weight})
        return str(caught.value)

    assert message(nn) == message(torch.nn)
