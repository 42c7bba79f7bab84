"""Loading into lazy modules, replacing modules by name, and copies and pickles with their hooks."""

from __future__ import annotations

import copy
import pickle

import pytest
import torch

import autograd
import nn
from autograd.hooks import RemovableHandle

PAIRS = {
    "linear": (lambda: nn.LazyLinear(3), lambda: nn.Linear(4, 3), (2, 4)),
    "conv": (lambda: nn.LazyConv2d(4, 3, groups=2), lambda: nn.Conv2d(2, 4, 3, groups=2), (1, 2, 5, 5)),
    "transposed": (lambda: nn.LazyConvTranspose1d(4, 3), lambda: nn.ConvTranspose1d(2, 4, 3), (1, 2, 5)),
    "norm": (lambda: nn.LazyBatchNorm1d(), lambda: nn.BatchNorm1d(3), (2, 3)),
}


@pytest.mark.parametrize(("lazy", "usual", "shape"), PAIRS.values(), ids=PAIRS)
@pytest.mark.parametrize("assign", [False, True])
def test_lazy_modules_can_be_loaded_before_they_run(lazy, usual, shape, assign):
    layer, source = lazy().eval(), usual().eval()
    with autograd.no_grad():
        for parameter in source.parameters():
            parameter.uniform_()
    layer.load_state_dict(source.state_dict(), assign=assign)
    assert not layer.has_uninitialized_params()
    assert all(type(parameter) is nn.Parameter and parameter.requires_grad for parameter in layer.parameters())
    x = autograd.randn(*shape)
    assert layer(x).tolist() == source(x).tolist()
    assert type(layer) is type(source) and repr(layer) == repr(source)
    layer(x).sum().backward()
    assert layer.weight.grad.shape == source.weight.shape


def test_lazy_modules_refuse_an_input_that_does_not_fit_what_was_loaded():
    layer = nn.LazyLinear(3)
    layer.load_state_dict(nn.Linear(4, 3).state_dict())
    with pytest.raises(AssertionError, match=r"in_features inferred from input: 5 do not fit .* \(3, 4\)"):
        layer(autograd.ones(2, 5))


def test_states_of_lazy_modules():
    state = nn.LazyLinear(3).state_dict()
    layer = nn.LazyLinear(3)
    layer.load_state_dict(state)
    assert layer.has_uninitialized_params()
    with pytest.raises(RuntimeError, match="weight is uninitialized in the checkpoint"):
        nn.Linear(4, 3).load_state_dict(state)


def test_a_failed_load_leaves_lazy_modules_lazy():
    layer = nn.LazyLinear(3)

    def fail(module, keys):
        raise ValueError("no")

    hook = layer.register_load_state_dict_post_hook(fail)
    with pytest.raises(ValueError, match="no"):
        layer.load_state_dict(nn.Linear(4, 3).state_dict())
    assert layer.has_uninitialized_params()
    hook.remove()
    assert layer(autograd.ones(2, 6)).shape == (2, 3)
    layer(autograd.ones(2, 6)).sum().backward()
    assert layer.weight.grad.shape == (3, 6)


def test_set_submodule():
    net = nn.Sequential(nn.Sequential(nn.Linear(2, 2)))
    net.set_submodule("0.0", nn.ReLU())
    net.set_submodule("0.new", nn.Tanh())
    assert repr(net[0]) == "Sequential(\n  (0): ReLU()\n  (new): Tanh()\n)"
    layer = nn.Linear(2, 2)
    for call, error, text in (
        (lambda: layer.set_submodule("", nn.ReLU()), ValueError, "without a target name"),
        (lambda: layer.set_submodule("x", 3), ValueError, "is not an nn.Module, found <class 'int'>"),
        (lambda: layer.set_submodule("weight", nn.ReLU()), AttributeError, "`weight` is not an nn.Module"),
        (lambda: layer.set_submodule("x", nn.ReLU(), strict=True), AttributeError, "no attribute `x`"),
    ):
        with pytest.raises(error, match=text):
            call()


def note(module, *args):
    module.calls = getattr(module, "calls", 0) + 1


def both(module):
    return copy.deepcopy(module), pickle.loads(pickle.dumps(module))


def test_hooks_go_with_copies():
    layer = nn.Linear(2, 2)
    layer.register_forward_hook(note)
    layer.register_load_state_dict_pre_hook(note)
    for twin in both(layer):
        twin(autograd.ones(2))
        twin.load_state_dict(layer.state_dict())
        assert twin.calls == 2 and not hasattr(layer, "calls")


def test_new_hooks_do_not_take_the_place_of_pickled_ones(monkeypatch):
    layer = nn.Linear(2, 2)
    for _ in range(3):
        layer.register_forward_hook(note)
    stored = pickle.dumps(layer)
    monkeypatch.setattr(RemovableHandle, "_next", 0)  # as in another process
    twin = pickle.loads(stored)
    for _ in range(3):
        twin.register_forward_hook(note)
    twin(autograd.ones(2))
    assert twin.calls == 6


@pytest.mark.parametrize("wrap", [nn.utils.weight_norm, nn.utils.spectral_norm, nn.utils.parametrizations.orthogonal])
def test_computed_weights_go_with_copies(wrap):
    layer = wrap(nn.Linear(3, 2))
    layer(autograd.ones(3)).sum().backward()
    before = {name: p.grad is not None for name, p in layer.named_parameters()}
    for twin in both(layer.eval()):
        assert twin(autograd.ones(3)).tolist() == layer(autograd.ones(3)).tolist()
        twin.zero_grad()
        twin(autograd.ones(3)).sum().backward()
        assert {name: p.grad is not None for name, p in twin.named_parameters()} == before


def test_tied_parameters_stay_tied():
    net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    net[1].weight = net[0].weight
    for twin in both(net):
        assert twin[0].weight is twin[1].weight is not net[0].weight and len(list(twin.parameters())) == 3


def test_a_copied_parameter_has_no_gradient():
    for lib in (autograd, torch):
        layer = lib.nn.Linear(2, 2)
        layer(lib.ones(1, 2)).sum().backward()
        assert copy.deepcopy(layer).weight.grad is None and layer.weight.grad is not None
