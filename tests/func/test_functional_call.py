"""functional_call and stack_module_state against PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
import nn
from autograd.func import functional_call, stack_module_state
from tests.arrays import to_numpy


def test_parameters_and_buffers_are_replaced_for_one_call():
    layer = nn.BatchNorm1d(2)
    x = autograd.randn(3, 2)
    before = {name: to_numpy(value).copy() for name, value in layer.state_dict().items()}
    buffers = {name: value.clone() for name, value in layer.named_buffers()}
    out = functional_call(layer, ({"weight": autograd.zeros(2), "bias": autograd.ones(2)}, buffers), x)
    np.testing.assert_array_equal(to_numpy(out), np.ones((3, 2), "float32"))
    assert int(buffers["num_batches_tracked"]) == 1
    for name, value in layer.state_dict().items():
        np.testing.assert_array_equal(to_numpy(value), before[name])


def test_arguments():
    class Sum(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = nn.Parameter(autograd.ones(()))

        def forward(self, *args, extra=0.0):
            return self.scale * (sum(args) + extra)

    scale = {"scale": autograd.tensor(2.0)}
    assert functional_call(Sum(), scale).item() == 0
    assert functional_call(Sum(), scale, autograd.tensor(1.0)).item() == 2
    assert functional_call(Sum(), scale, (1.0, 2.0), {"extra": 1.0}).item() == 8


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(1, 1, bias=False)
        self.second = nn.Linear(1, 1, bias=False)
        self.second.weight = self.first.weight

    def forward(self, x):
        return self.second(self.first(x))


def test_tied_weights():
    model, one, three = Tied(), autograd.ones(1, 1), autograd.full((1, 1), 3.0)
    kept = model.first.weight.item()
    assert functional_call(model, {"first.weight": three}, one).item() == 9
    assert functional_call(model, {"second.weight": three}, one).item() == 9
    found = functional_call(model, {"first.weight": three}, one, tie_weights=False).item()
    np.testing.assert_allclose(found, 3 * kept, rtol=1e-6)
    with pytest.raises(ValueError, match="tied"):
        functional_call(model, {"first.weight": three, "second.weight": one}, one)
    assert model.first.weight is model.second.weight


def test_strict():
    layer = nn.Linear(1, 1)
    weight = {"weight": autograd.ones(1, 1)}
    functional_call(layer, weight, autograd.ones(1))
    functional_call(layer, weight | {"bias": autograd.ones(1)}, autograd.ones(1), strict=True)
    with pytest.raises(RuntimeError, match=r"Missing key\(s\): 'bias'"):
        functional_call(layer, weight, autograd.ones(1), strict=True)
    with pytest.raises(RuntimeError, match=r"Unexpected key\(s\): 'more'"):
        functional_call(layer, weight | {"more": autograd.ones(1)}, autograd.ones(1), strict=True)


def test_refusals():
    layer, x = nn.Linear(1, 1), autograd.ones(1)
    with pytest.raises(AttributeError, match="more"):
        functional_call(layer, {"more.weight": x}, x)
    with pytest.raises(ValueError, match="multiple dictionaries"):
        functional_call(layer, ({"bias": x}, {"bias": x}), x)
    with pytest.raises(ValueError, match="to be a dict, or a list/tuple of dicts"):
        functional_call(layer, 3, x)


def test_the_module_is_put_back_after_an_error():
    layer = nn.Linear(2, 1)
    weight = layer.weight
    with pytest.raises(RuntimeError):
        functional_call(layer, {"weight": autograd.ones(1, 2)}, autograd.ones(5))
    assert layer.weight is weight


def test_stacking():
    models = [nn.BatchNorm1d(2) for _ in range(3)]
    models[1].weight.data.fill_(5.0)
    parameters, buffers = stack_module_state(models)
    assert parameters["weight"].requires_grad and parameters["weight"].is_leaf
    assert to_numpy(parameters["weight"])[:, 0].tolist() == [1.0, 5.0, 1.0]
    assert buffers["running_mean"].shape == (3, 2) and not buffers["running_mean"].requires_grad
    with pytest.raises(RuntimeError, match="at least one"):
        stack_module_state([])
    with pytest.raises(RuntimeError, match="same class"):
        stack_module_state([nn.Linear(1, 1), nn.ReLU()])
    with pytest.raises(RuntimeError, match="training/eval"):
        stack_module_state([nn.Linear(1, 1), nn.Linear(1, 1).eval()])
