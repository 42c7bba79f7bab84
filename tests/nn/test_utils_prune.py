"""Pruning: the same masks and states as PyTorch, over several rounds."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import torch
import torch.nn.utils.prune as TP

import autograd
import nn
from nn.utils import prune
from tests.nn.against_torch import tensor
from tests.nn.twins import load, same, same_gradients, same_state

ROUNDS = {
    "l1": [("l1_unstructured", (0.3,))],
    "l1 by number": [("l1_unstructured", (5,)), ("l1_unstructured", (3,))],
    "nothing": [("l1_unstructured", (0,)), ("ln_structured", (0, 2, 0)), ("identity", ())],
    "ln": [("ln_structured", (0.5, 2, 0)), ("ln_structured", (1, 1, 0))],
    "ln of the last dim": [("ln_structured", (1, float("inf"), -1)), ("l1_unstructured", (0.5,))],
    "ln after single elements": [
        ("l1_unstructured", (0.4,)),
        ("ln_structured", (2, 2, 1)),
        ("ln_structured", (1, 2, 1)),
    ],
    "all": [("l1_unstructured", (1.0,))],
}


def pair(build=lambda lib: lib.Conv1d(3, 4, 2)):
    torch.manual_seed(0)
    return load(build(nn), build(torch.nn))


def agree(ours, theirs, shape=(2, 3, 5)):
    x = np.random.default_rng(0).standard_normal(shape).astype("float32")
    same(ours(tensor(x)), theirs(torch.tensor(x)))
    (ours(tensor(x)) ** 2).sum().backward()
    (theirs(torch.tensor(x)) ** 2).sum().backward()
    same_gradients(ours, theirs, atol=1e-4)
    same_state(ours, theirs)


@pytest.mark.parametrize("rounds", ROUNDS.values(), ids=ROUNDS)
def test_rounds(rounds):
    ours, theirs = pair()
    weight = ours.weight
    for name, arguments in rounds:
        assert getattr(prune, name)(ours, "weight", *arguments) is ours
        getattr(TP, name)(theirs, "weight", *arguments)
        agree(ours, theirs)
    assert prune.is_pruned(ours) and ours.weight_orig is weight and len(ours._forward_pre_hooks) == 1
    values = ours.weight.tolist()
    assert prune.remove(ours, "weight") is ours and ours.weight is weight and weight.tolist() == values
    TP.remove(theirs, "weight")
    assert not prune.is_pruned(ours)
    agree(ours, theirs)


@pytest.mark.parametrize("rule", ["l1_unstructured", "ln_structured"])
def test_scores_decide(rule):
    ours, theirs = pair()
    scores = np.random.default_rng(3).standard_normal((4, 3, 2)).astype("float32")
    arguments = (0.5,) if rule == "l1_unstructured" else (2, 2, 0)
    getattr(prune, rule)(ours, "weight", *arguments, importance_scores=tensor(scores))
    getattr(TP, rule)(theirs, "weight", *arguments, importance_scores=torch.tensor(scores))
    agree(ours, theirs)
    with pytest.raises(AssertionError, match=r"same shape as parameter bias .* \(4,\), but have \(2,\)"):
        getattr(prune, rule)(ours, "bias", *arguments, importance_scores=autograd.ones(2))
    with pytest.raises(AssertionError, match="same shape as tensor t"):
        prune.L1Unstructured(1).prune(autograd.ones(3), importance_scores=autograd.ones(2))


def test_at_random():
    ours, _ = pair()
    prune.random_unstructured(ours, "weight", 6)
    assert ours.weight_mask.sum().item() == 18
    prune.random_unstructured(ours, "weight", 0.5)
    assert ours.weight_mask.sum().item() == 9
    prune.random_structured(ours, "weight", 1, 0)
    assert (ours.weight_mask.sum(dim=(1, 2)) == 0).sum().item() >= 1
    layer = prune.random_structured(nn.Linear(5, 5), "weight", 0.4, -1)
    assert sorted(layer.weight_mask.sum(dim=0).tolist()) == [0.0, 0.0, 5.0, 5.0, 5.0]


def test_global():
    def build(lib):
        return lib.Sequential(lib.Linear(3, 4), lib.Tanh(), lib.Linear(4, 2))

    ours, theirs = pair(build)
    for amount in (0.4, 3):
        prune.global_unstructured([(ours[0], "weight"), (ours[2], "weight")], prune.L1Unstructured, amount=amount)
        TP.global_unstructured([(theirs[0], "weight"), (theirs[2], "weight")], TP.L1Unstructured, amount=amount)
        agree(ours, theirs, (5, 3))
    scores = np.arange(8.0, dtype="float32").reshape(2, 4)
    pairs, their_pairs = ((ours[2], "weight"), (ours[0], "bias")), ((theirs[2], "weight"), (theirs[0], "bias"))
    prune.global_unstructured(pairs, prune.L1Unstructured, {pairs[0]: tensor(scores)}, amount=2)
    TP.global_unstructured(their_pairs, TP.L1Unstructured, {their_pairs[0]: torch.tensor(scores)}, amount=2)
    agree(ours, theirs, (5, 3))
    assert prune.is_pruned(ours)


def test_prune_without_a_module():
    values = np.array([1.0, 3.0, 2.0, 4.0], "float32")
    same(prune.L1Unstructured(2).prune(tensor(values)), TP.L1Unstructured(2).prune(torch.tensor(values)))
    mask = autograd.tensor([0.0, 1.0, 1.0, 1.0])
    assert prune.Identity().prune(tensor(values), mask).tolist() == [0.0, 3.0, 2.0, 4.0]


def test_containers():
    hook = prune.PruningContainer()
    assert len(hook) == 0
    first, other = prune.Identity(), prune.Identity()
    first._tensor_name, other._tensor_name = "weight", "bias"
    hook.add_pruning_method(first)
    assert list(prune.PruningContainer(hook, first)) == [first, first] and prune.PruningContainer(first)[0] is first
    with pytest.raises(TypeError, match="is not a BasePruningMethod subclass"):
        hook.add_pruning_method(3)
    with pytest.raises(ValueError, match="Found 'bias'"):
        prune.PruningContainer(first, other)
    first.PRUNING_TYPE = "odd"
    with pytest.raises(AttributeError, match="Unrecognized PRUNING_TYPE odd"):
        prune.PruningContainer(first).compute_mask(autograd.ones(2), autograd.ones(2))
    with pytest.raises(AssertionError, match="has to be pruned"):
        prune.Identity().apply_mask(nn.Identity())


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda m: prune.remove(m, "weight"), ValueError, "'weight' of .* has to be pruned before"),
        (lambda m: prune.l1_unstructured(m, "weight", "x"), TypeError, "Invalid type for amount: x"),
        (lambda m: prune.l1_unstructured(m, "weight", True), TypeError, "Invalid type for amount: True"),
        (lambda m: prune.l1_unstructured(m, "weight", 1.5), ValueError, "amount=1.5 should either be"),
        (lambda m: prune.l1_unstructured(m, "weight", -1), ValueError, "amount=-1 should either be"),
        (lambda m: prune.l1_unstructured(m, "weight", 100), ValueError, "amount=100 should be smaller .* prune=12"),
        (lambda m: prune.ln_structured(m, "bias", 1, 2, 0), ValueError, r"multidimensional .* \(4,\) with 1 dims"),
        (lambda m: prune.random_structured(m, "weight", 1, 5), IndexError, r"Invalid index 5 .* \(4, 3\)"),
        (lambda m: prune.ln_structured(m, "weight", 10, 2, 0), ValueError, "amount=10 should be smaller"),
        (lambda m: prune.custom_from_mask(m, "weight", autograd.ones(2)), AssertionError, r"\(2,\).*\(4, 3\)"),
        (lambda m: prune.global_unstructured(3, prune.Identity), TypeError, "must be an Iterable"),
        (lambda m: prune.global_unstructured([3], prune.Identity), TypeError, "must be an Iterable"),
        (
            lambda m: prune.global_unstructured([(m, "weight")], prune.LnStructured, amount=1, n=2),
            TypeError,
            'Only "unstructured" .* of type structured',
        ),
        (
            lambda m: prune.global_unstructured([(m, "weight")], prune.Identity, 3),
            TypeError,
            "importance_scores must be of type dict",
        ),
    ],
)
def test_refusals(call, error, text):
    module = nn.Linear(3, 4)
    with pytest.raises(error, match=text):
        call(module)
    assert list(module.state_dict()) == ["weight", "bias"] and not module._forward_pre_hooks


def test_a_refused_round_leaves_the_earlier_ones():
    layer = prune.l1_unstructured(nn.Linear(3, 4), "weight", 6)
    with pytest.raises(ValueError, match="should be smaller"):
        prune.l1_unstructured(layer, "weight", 7)
    assert prune.is_pruned(layer) and layer.weight_mask.sum().item() == 6


def test_copies_and_pickles_are_pruned_too():
    layer = prune.l1_unstructured(nn.Linear(3, 4), "weight", 6)
    for twin in (copy.deepcopy(layer), pickle.loads(pickle.dumps(layer))):
        assert twin.weight.tolist() == layer.weight.tolist() and twin.weight_orig is not layer.weight_orig
        twin(autograd.ones(3)).sum().backward()
        assert twin.weight_orig.grad is not None and layer.weight_orig.grad is None
        prune.l1_unstructured(twin, "weight", 1)
        assert len(twin._forward_pre_hooks) == 1 and twin.weight_mask.sum().item() == 5


def test_importance_by_position():
    masks = []
    for lib in (autograd, torch):
        prune = lib.nn.utils.prune
        layer = lib.nn.Linear(4, 3)
        scores = lib.arange(12.0).reshape(3, 4)
        prune.L1Unstructured.apply(layer, "weight", 0.5, scores)
        prune.LnStructured.apply(layer, "weight", 1, 2, 0, scores)
        masks.append(layer.weight_mask.tolist())
    assert masks[0] == masks[1]
