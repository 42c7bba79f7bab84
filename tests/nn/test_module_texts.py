"""Constructor defaults, printed forms and refusals of modules: as PyTorch's."""

from __future__ import annotations

import re
import warnings

import numpy as np
import pytest
import torch

import autograd
import nn
from tests.arrays import to_numpy

SHOWN = [
    lambda m: m.nn.Conv2d(2, 4, 3, padding="same", dilation=2),
    lambda m: m.nn.AvgPool1d(2),
    lambda m: m.nn.MaxUnpool1d(2, 1, 1),
    lambda m: m.nn.MaxUnpool2d((2, 3)),
    lambda m: m.nn.MaxUnpool3d(2),
    lambda m: m.nn.TripletMarginWithDistanceLoss(),
    lambda m: m.nn.LazyInstanceNorm2d(),
    lambda m: m.nn.LazyBatchNorm1d(1e-3, 0.2, False),
    lambda m: m.nn.Hardtanh(-2, 2),
]


@pytest.mark.parametrize("build", SHOWN)
def test_printed_forms(build):
    ours, theirs = build(autograd), build(torch)
    assert repr(ours) == repr(theirs)
    assert list(ours.state_dict()) == list(theirs.state_dict())


REFUSED = [
    lambda m: m.nn.Hardtanh(2, 1),
    lambda m: m.nn.FractionalMaxPool2d(2, output_ratio=2),
    lambda m: m.nn.LazyConv2d(3, 2)(m.zeros(2, 3)),
    lambda m: m.nn.InstanceNorm2d(3, affine=True)(m.zeros(1, 4, 2, 2)),
    lambda m: m.nn.Dropout1d()(m.zeros(2)),
    lambda m: m.nn.FeatureAlphaDropout()(m.zeros(2)),
    lambda m: m.nn.Linear(-1, 2),
    lambda m: m.nn.Linear(2.0, 2),
    lambda m: m.nn.Conv2d(3, 4, 2.5),
    lambda m: m.nn.Linear(2, 2).to(dtype="x"),
    lambda m: m.nn.Sequential(m.nn.ReLU()).insert(9, m.nn.ReLU()),
    lambda m: m.nn.ModuleList().extend(3),
    lambda m: m.nn.Sequential(m.nn.Linear(2, 2))(np.zeros((1, 2), dtype=np.float32)),
    lambda m: m.nn.Conv1d(1, 1, 1)([[[1.0]]]),
    lambda m: m.nn.CrossEntropyLoss()(m.ones(1, 2), [0]),
    lambda m: m.nn.Linear(2, 2)(None),
    lambda m: m.nn.MultiheadAttention(4, 2, batch_first=True)(m.ones(2, 3, 4), m.ones(3, 4), m.ones(3, 4)),
]


@pytest.mark.parametrize("call", REFUSED)
def test_refusals(call):
    with pytest.raises(Exception) as theirs:
        call(torch)
    with pytest.raises(theirs.type):
        call(autograd)


def test_names_of_inputs():
    for call in (
        lambda m: m.nn.RMSNorm(2)(x=m.tensor([1.0, 2.0])),
        lambda m: m.nn.PoissonNLLLoss()(log_input=m.tensor([1.0]), target=m.tensor([2.0])),
    ):
        np.testing.assert_allclose(to_numpy(call(autograd)), call(torch).detach().numpy(), rtol=1e-6)


def test_instance_norm_warns_of_channels_that_it_does_not_use():
    for lib in (autograd, torch):
        with pytest.warns(UserWarning, match="num_features"):
            lib.nn.InstanceNorm1d(3)(lib.zeros(1, 4, 5))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nn.InstanceNorm1d(4)(autograd.zeros(4, 5))


def test_order_of_what_does_not_load():
    found = []
    for lib in (autograd, torch):
        layer = lib.nn.Linear(1, 1)
        with pytest.raises(RuntimeError) as caught:
            layer.load_state_dict({"weight": layer.weight, "other": layer.weight})
        found.append([line.strip() for line in str(caught.value).splitlines()])
    assert found[0] == found[1] and re.match("Missing", found[0][1])


def test_batch_norm_loads_states_without_versions_or_counts():
    for lib in (autograd, torch):
        layer = lib.nn.BatchNorm1d(2)
        state = {name: value for name, value in layer.state_dict().items() if name != "num_batches_tracked"}
        assert not layer.load_state_dict(state).missing_keys


def test_modules_that_occur_twice():
    for lib in (autograd, torch):
        layer = lib.nn.ReLU()
        net = lib.nn.Sequential(layer, lib.nn.Sequential(layer))
        assert (len(list(net.modules())), len(list(net.modules(remove_duplicate=False)))) == (3, 4)


def test_union_with_a_dictionary_on_the_left():
    for lib in (autograd, torch):
        parameters = {"b": lib.zeros(1)} | lib.nn.ParameterDict({"a": lib.ones(1)})
        assert list(parameters) == ["b", "a"] and isinstance(parameters["a"], lib.nn.Parameter)
