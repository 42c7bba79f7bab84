"""RNN, LSTM, GRU and their cells against PyTorch with the same weights."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import torch

import autograd
import nn
import optim
from tests.arrays import to_numpy

KINDS = ("RNN", "LSTM", "GRU")
OPTIONS = {
    "plain": {},
    "layers": {"num_layers": 3},
    "no bias": {"bias": False, "num_layers": 2},
    "batch first": {"batch_first": True},
    "both ways": {"bidirectional": True, "num_layers": 2},
    "all": {"bidirectional": True, "num_layers": 2, "bias": False, "batch_first": True},
}
CASES = [(kind, options) for kind in KINDS for options in OPTIONS.values()]
CASES += [("RNN", {"nonlinearity": "relu", "num_layers": 2})]
CASES += [("LSTM", {"proj_size": 2, **options}) for options in OPTIONS.values()]
SEED = np.random.default_rng(5)


def pair(kind, *args, **options):
    """PyTorch's module and ours, with its weights, in float64."""
    theirs = getattr(torch.nn, kind)(*args, **options, dtype=torch.float64)
    ours = getattr(nn, kind)(*args, **options, dtype=autograd.float64)
    ours.load_state_dict({name: autograd.tensor(value.numpy()) for name, value in theirs.state_dict().items()})
    assert list(ours.state_dict()) == list(theirs.state_dict()) and repr(ours) == repr(theirs)
    return theirs, ours


def leaves(*shapes):
    """The same random leaves in both libraries."""
    arrays = [SEED.standard_normal(shape) for shape in shapes]
    places = ((torch, "cpu"), (autograd, autograd.get_default_device()))
    return [[lib.tensor(array, device=place, requires_grad=True) for array in arrays] for lib, place in places]


def flat(answer):
    """All tensors of nested tuples."""
    return [answer] if not isinstance(answer, (tuple, list)) else [part for item in answer for part in flat(item)]


def same(ours, theirs):
    assert tuple(ours.shape) == tuple(theirs.shape)
    np.testing.assert_allclose(to_numpy(ours), theirs.detach().numpy(), rtol=1e-10, atol=1e-12)


def compare(modules, inputs, answers):
    """Outputs, and gradients of all weights and inputs."""
    theirs, ours = (flat(answer) for answer in answers)
    assert len(ours) == len(theirs)
    for got, wanted in zip(ours, theirs):
        same(got, wanted)
    weights = [SEED.standard_normal(tuple(wanted.shape)) for wanted in theirs]
    for lib, parts in ((torch, theirs), (autograd, ours)):
        sum((part * lib.tensor(weight, device=part.device)).sum() for part, weight in zip(parts, weights)).backward()
    for got, wanted in zip([*inputs[1], *modules[1].parameters()], [*inputs[0], *modules[0].parameters()]):
        same(got.grad, wanted.grad)


def states(kind, options, batch):
    """The shapes of the first states of a layer with 4 features."""
    count = options.get("num_layers", 1) * (1 + options.get("bidirectional", False))
    shapes = [(count, *batch, options.get("proj_size", 4)), (count, *batch, 4)]
    return shapes if kind == "LSTM" else shapes[:1]


def hx(kind, tensors):
    return tuple(tensors) if kind == "LSTM" else tensors[0]


@pytest.mark.parametrize("form", ["batched", "unbatched", "given states", "unbatched, given states", "one step"])
@pytest.mark.parametrize(("kind", "options"), CASES)
def test_layers(kind, options, form):
    modules = pair(kind, 3, 4, **options)
    batch = () if "unbatched" in form else (2,)
    steps = 1 if form == "one step" else 5
    shape = (*batch, steps, 3) if options.get("batch_first") else (steps, *batch, 3)
    inputs = leaves(shape, *(states(kind, options, batch) if "given" in form else ()))
    answers = [
        module(given[0], *([hx(kind, given[1:])] if "given" in form else []))
        for module, given in zip(modules, inputs)
    ]  # fmt: skip
    compare(modules, inputs, answers)


@pytest.mark.parametrize(("kind", "options"), [("LSTM", {}), ("LSTM", {"proj_size": 5}), ("GRU", {})])
def test_many_rows(kind, options):
    """More than the gradient's factors are made of at once."""
    modules = pair(kind, 3, 64, bidirectional=True, **options)
    inputs = leaves((7, 20, 3))
    compare(modules, inputs, [module(x[0]) for module, x in zip(modules, inputs)])


CELLS = [("RNNCell", {}), ("RNNCell", {"nonlinearity": "relu"}), ("LSTMCell", {}), ("GRUCell", {})]


@pytest.mark.parametrize("given", [False, True])
@pytest.mark.parametrize("batch", [(), (2,), (0,)])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("kind", "options"), CELLS)
def test_cells(kind, options, bias, batch, given):
    modules = pair(kind, 3, 4, bias=bias, **options)
    inputs = leaves((*batch, 3), *[(*batch, 4)] * (1 + (kind == "LSTMCell")) * given)
    first = [[hx(kind[:-4], tensors[1:])] if given else [] for tensors in inputs]
    compare(modules, inputs, [module(x[0], *h) for module, x, h in zip(modules, inputs, first)])


@pytest.mark.parametrize("kind", KINDS)
def test_empty_batch(kind):
    modules = pair(kind, 3, 4, num_layers=2)
    inputs = leaves((5, 0, 3))
    compare(modules, inputs, [module(x[0]) for module, x in zip(modules, inputs)])


@pytest.mark.parametrize(("kind", "options"), [("RNN", {}), ("LSTM", {"proj_size": 2}), ("GRU", {})])
def test_second_order(kind, options):
    modules = pair(kind, 2, 3, num_layers=2, bidirectional=True, **options)
    inputs = leaves((4, 2, 2))
    found = []
    for grad, module, (x,) in zip((torch.autograd.grad, autograd.grad), modules, inputs):
        outputs = flat(module(x))
        weights = [x, *module.parameters()]
        first = grad(sum((part**2).sum() for part in outputs), weights, create_graph=True)
        found.append(grad(sum((part**2).sum() for part in first), weights))
    for got, wanted in zip(found[1], found[0]):
        same(got, wanted)


def test_gradcheck():
    for module in (nn.LSTM(2, 2, dtype=autograd.float64), nn.GRU(2, 2, dtype=autograd.float64)):
        x = autograd.randn(3, 2, 2, dtype=autograd.float64, requires_grad=True)
        assert autograd.gradcheck(lambda x, module=module: flat(module(x))[0], (x,))
        assert autograd.gradgradcheck(lambda x, module=module: flat(module(x))[0], (x,))


def test_dropout_between_layers():
    def weights(module):
        for parameter in module.parameters():
            nn.init.constant_(parameter, 0.5)
        return module

    always = weights(nn.GRU(2, 3, num_layers=2, dropout=1.0))
    lower = weights(nn.GRU(3, 3))
    x = autograd.ones(4, 1, 2)
    output, last = always(x)
    same_as_zeros, _ = lower(autograd.zeros(4, 1, 3))
    np.testing.assert_allclose(to_numpy(output), to_numpy(same_as_zeros), rtol=1e-6)
    assert to_numpy(last[0]).any()  # the first layer's own state is not dropped
    assert not np.allclose(to_numpy(always.eval()(x)[0]), to_numpy(output))
    half = nn.RNN(2, 64, num_layers=2, dropout=0.5)
    assert not np.allclose(to_numpy(half(x)[0]), to_numpy(half(x)[0]))


def test_names_and_initialization():
    module = nn.LSTM(2, 100, num_layers=2, bidirectional=True, proj_size=3)
    names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"]
    places = ["_l0", "_l0_reverse", "_l1", "_l1_reverse"]
    assert list(module.state_dict()) == [name + place for place in places for name in names]
    assert [len(weights) for weights in module.all_weights] == [5] * 4
    assert module.all_weights[1][4] is module.weight_hr_l0_reverse
    for one in (module, nn.GRUCell(2, 100)):
        for weight in one.parameters():
            assert 0.05 < np.abs(to_numpy(weight)).max() <= 0.1
    module.flatten_parameters()
    for twin in (copy.deepcopy(module), pickle.loads(pickle.dumps(module))):
        x = autograd.ones(3, 1, 2)
        np.testing.assert_array_equal(to_numpy(twin(x)[0]), to_numpy(module(x)[0]))
    assert nn.RNN(2, 3, 1, "relu", False).mode == "RNN_RELU"


def test_learns_to_remember():
    """The first element of a sequence is to be told at its end."""
    autograd.manual_seed(0)
    module, head = nn.LSTM(1, 8), nn.Linear(8, 1)
    optimizer = optim.Adam([*module.parameters(), *head.parameters()], lr=0.03)
    for _ in range(120):
        x = (autograd.rand(6, 32, 1) > 0.5).float()
        loss = nn.functional.binary_cross_entropy_with_logits(head(module(x)[0][-1]), x[0])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.05


def test_writing_to_the_output_is_noticed():
    output, _ = nn.GRU(2, 3)(autograd.ones(4, 1, 2))
    output.mul_(2.0)
    with pytest.raises(RuntimeError, match=r"output of gru_sequence.*clone"):
        output.sum().backward()
