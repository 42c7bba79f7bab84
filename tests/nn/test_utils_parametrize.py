"""Parametrizations: registering, assigning, caching, transferring and removing them, against PyTorch."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import torch

import autograd
import nn
from nn.utils import parametrize as P
from tests.nn.against_torch import tensor
from tests.nn.twins import load, same, same_gradients, same_state

TP = torch.nn.utils.parametrize


class Doubled(nn.Module):
    def forward(self, x):
        return x * 2

    def right_inverse(self, x):
        return x / 2


class Product(nn.Module):
    def forward(self, a, b):
        return a * b

    def right_inverse(self, x):
        return x + 1, x / (x + 1)


class Symmetric(nn.Module):
    def forward(self, x):
        return x.triu() + x.triu(1).mT


def of_torch(kind):
    """The same parametrization as PyTorch's module."""
    return type(kind.__name__, (torch.nn.Module,), {k: v for k, v in vars(kind).items() if k in METHODS})()


METHODS = ("forward", "right_inverse")


@pytest.mark.parametrize("kinds", [[Doubled], [Symmetric], [Product], [Doubled, Symmetric], [Product, Doubled]])
@pytest.mark.parametrize("leave", [True, False])
def test_register_and_remove(kinds, leave):
    torch.manual_seed(0)
    ours, theirs = load(nn.Linear(3, 3), torch.nn.Linear(3, 3))
    weight = ours.weight
    for kind in kinds:
        assert P.register_parametrization(ours, "weight", kind()) is ours
        TP.register_parametrization(theirs, "weight", of_torch(kind))
    same_state(ours, theirs)
    same(ours.weight, theirs.weight)
    assert repr(ours) == repr(theirs)
    assert [name for name, _ in ours.named_parameters()] == [name for name, _ in theirs.named_parameters()]
    x = np.ones((2, 3), "float32")
    (ours(tensor(x)) ** 2).sum().backward()
    (theirs(torch.tensor(x)) ** 2).sum().backward()
    same_gradients(ours, theirs)
    assert P.is_parametrized(ours) and P.is_parametrized(ours, "weight") and not P.is_parametrized(ours, "bias")
    assert P.type_before_parametrizations(ours) is nn.Linear is not type(ours) and isinstance(ours, nn.Linear)
    if kinds[0] is Product and not leave:
        with pytest.raises(ValueError, match="sequence of tensors"):
            P.remove_parametrizations(ours, "weight", leave_parametrized=False)
        return
    P.remove_parametrizations(ours, "weight", leave)
    TP.remove_parametrizations(theirs, "weight", leave)
    same_state(ours, theirs)
    assert type(ours) is nn.Linear and not P.is_parametrized(ours) and repr(ours) == repr(theirs)
    assert isinstance(ours.weight, nn.Parameter) and ours.weight.requires_grad
    assert (ours.weight is weight) == (kinds[0] is not Product)


@pytest.mark.parametrize("kind", [Doubled, Product])
def test_assignment_goes_through_the_inverse(kind):
    layer = P.register_parametrization(nn.Linear(2, 2), "weight", kind())
    leaves = layer.parametrizations.weight.originals()
    layer.weight = autograd.full((2, 2), 3.0)
    assert layer.weight.tolist() == [[3.0, 3.0]] * 2
    assert [id(leaf) for leaf in leaves] == [id(leaf) for leaf in layer.parametrizations.weight.originals()]
    assert all(leaf.requires_grad for leaf in leaves)


def test_an_assignment_of_another_shape_drops_gradients():
    layer = P.register_parametrization(nn.Linear(2, 2), "weight", Doubled())
    layer.weight.sum().backward()
    layer.weight = autograd.ones(3, 2)
    assert layer.weight.shape == (3, 2) and layer.parametrizations.weight.original.grad is None


@pytest.mark.parametrize("persistent", [True, False])
def test_buffers(persistent):
    layer = nn.Identity()
    layer.register_buffer("scale", autograd.ones(2), persistent)
    P.register_parametrization(layer, "scale", Product())
    assert list(layer.state_dict()) == [f"parametrizations.scale.original{i}" for i in (0, 1)]
    assert not list(layer.parameters()) and not layer.scale.requires_grad
    P.remove_parametrizations(layer, "scale")
    assert layer.scale.tolist() == [1.0, 1.0] and list(layer._buffers) == ["scale"]
    frozen = nn.Linear(2, 2).requires_grad_(False)
    P.register_parametrization(frozen, "weight", Product())
    assert not any(p.requires_grad for p in frozen.parameters())
    P.remove_parametrizations(frozen, "weight")
    assert isinstance(frozen.weight, nn.Parameter) and not frozen.weight.requires_grad


def test_two_tensors_of_one_module():
    layer = nn.Linear(2, 2).eval()
    for name in ("weight", "bias"):
        P.register_parametrization(layer, name, Doubled())
    assert not layer.parametrizations.bias.training and not layer.parametrizations.bias[0].training
    P.remove_parametrizations(layer, "weight")
    assert P.is_parametrized(layer, "bias") and isinstance(layer.weight, nn.Parameter)
    P.remove_parametrizations(layer, "bias")
    assert type(layer) is nn.Linear


def test_cached():
    layer = P.register_parametrization(nn.Linear(2, 2), "weight", Symmetric())
    assert layer.weight is not layer.weight
    with P.cached():
        first = layer.weight
        with P.cached():
            assert layer.weight is first
        assert layer.weight is first
    assert layer.weight is not first


def test_copies_and_pickles_are_parametrized_too():
    net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    P.register_parametrization(net[0], "weight", Doubled())
    net[1].bias = net[0].bias
    for twin in (copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        assert twin[0].weight.tolist() == net[0].weight.tolist() and twin[1].bias is twin[0].bias
        assert list(twin.state_dict()) == list(net.state_dict())
        P.remove_parametrizations(twin[0], "weight")
        assert type(twin[0]) is nn.Linear and P.is_parametrized(net[0], "weight")
        twin[0].weight.data.zero_()
        assert net[0].weight.abs().sum().item() > 0


def test_functional_call_on_the_originals():
    layer = P.register_parametrization(nn.Linear(2, 1, bias=False), "weight", Doubled())
    original = {"parametrizations.weight.original": autograd.ones(1, 2)}
    assert nn.utils.stateless.functional_call(layer, original, autograd.ones(2)).tolist() == [4.0]
    with pytest.raises(TypeError, match=r"give what it is computed from .*parametrizations.weight.original"):
        nn.utils.stateless.functional_call(layer, {"weight": autograd.ones(1, 2)}, autograd.ones(2))


@pytest.mark.parametrize("kind", [Doubled, Product])
def test_transfer(kind):
    source, target = nn.Linear(2, 3), nn.Linear(2, 3)
    P.register_parametrization(source, "weight", kind())
    P.register_parametrization(source, "bias", Doubled())
    assert P.transfer_parametrizations_and_params(source, target, "weight") is target
    assert not P.is_parametrized(target, "bias") and target.weight.tolist() == source.weight.tolist()
    bare = nn.Linear(2, 3, bias=False)
    P.transfer_parametrizations_and_params(source, bare)
    for ours, theirs in zip(bare.parametrizations.weight.originals(), source.parametrizations.weight.originals()):
        assert ours is theirs
    assert bare.bias.tolist() == source.bias.tolist()
    with pytest.raises(ValueError, match="does not have a parametrization on weight"):
        P.transfer_parametrizations_and_params(nn.Linear(2, 2), target, "weight")
    assert P.transfer_parametrizations_and_params(nn.Linear(2, 2), target) is target


class Any_(nn.Module):
    """A parametrization made of functions."""

    def __init__(self, there, back=None):
        super().__init__()
        self.forward = there
        if back is not None:
            self.right_inverse = back


def same_tensor(x):
    return x


@pytest.mark.parametrize(
    ("there", "back", "text", "text_of_second"),
    [
        (lambda x: 3, None, "must return a tensor. Got int", "must return a tensor. Got int"),
        (lambda x: x.double(), None, "(?s)not change the dtype.*float32.*float64", "not change the dtype"),
        (lambda x: x[0], None, "(?s)not change the shape.*3, 3.*3", "not change the shape"),
        (same_tensor, lambda x: 3, r"Sequence of tensors .* Got int", r"must return a tensor. Got: int"),
        (same_tensor, lambda x: x.double(), "it may not change the dtype", "(?s)not change the dtype.*right_inverse"),
        (same_tensor, lambda x: x[0], "not change the shape", "(?s)not change the shape.*right_inverse"),
        (same_tensor, lambda x: [x, 3], "element 1 of the sequence with type int", "Got: list"),
    ],
)
def test_refusals_to_register(there, back, text, text_of_second):
    layer = nn.Linear(3, 3)
    with pytest.raises(ValueError, match=text):
        P.register_parametrization(layer, "weight", Any_(there, back))
    layer = P.register_parametrization(nn.Linear(3, 3), "weight", Any_(same_tensor))
    with pytest.raises(ValueError, match=text_of_second):
        P.register_parametrization(layer, "weight", Any_(there, back))
    assert len(layer.parametrizations.weight) == 1


def test_unsafe_ones_may_change_shape_and_type():
    layer = P.register_parametrization(nn.Linear(3, 3), "weight", Any_(lambda x: x[0].double()), unsafe=True)
    assert (
        layer.weight.shape == (3,) and layer.weight.dtype is autograd.float64 and layer.parametrizations.weight.unsafe
    )
    P.register_parametrization(layer, "weight", Any_(lambda x: x[0]), unsafe=True)
    assert layer.weight.shape == ()


def test_other_refusals():
    layer = nn.Linear(2, 2, bias=False)
    for name in ("nope", "bias"):
        with pytest.raises(ValueError, match=f"parametrized element with name '{name}'"):
            P.register_parametrization(layer, name, Doubled())
    with pytest.raises(ValueError, match="does not have a parametrization on weight"):
        P.remove_parametrizations(layer, "weight")
    with pytest.raises(ValueError, match="one or more modules"):
        P.ParametrizationList([], layer.weight)
    P.register_parametrization(layer, "weight", Symmetric())
    with pytest.raises(RuntimeError, match="Symmetric does not implement right_inverse"):
        layer.weight = autograd.ones(2, 2)
    with pytest.raises(KeyError, match="attribute 'weight' already exists"):
        layer.weight = nn.Parameter(autograd.ones(2, 2))


@pytest.mark.parametrize(
    ("kind", "back", "text"),
    [
        (Doubled, lambda x: 3, "should return a tensor. Got int"),
        (Doubled, lambda x: x.double(), "has dtype autograd.float64 while `original` has dtype autograd.float32"),
        (Product, lambda x: (x,), "of length 2. Got a sequence of length 1"),
        (Product, lambda x: (x, x.double()), "has dtype autograd.float64"),
        (Product, lambda x: 3, "Sequence of tensors .* Got int"),
    ],
)
def test_refusals_to_assign(kind, back, text):
    step = kind()
    layer = P.register_parametrization(nn.Linear(2, 2), "weight", step)
    before = layer.weight.tolist()
    step.right_inverse = back
    with pytest.raises(ValueError, match=text):
        layer.weight = autograd.ones(2, 2)
    assert layer.weight.tolist() == before
