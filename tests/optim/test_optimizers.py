"""Optimizers against PyTorch's: the same steps, states that travel both ways, groups, hooks and errors."""

from __future__ import annotations

import copy
import warnings

import numpy as np
import pytest
import torch

import autograd
import nn
import optim
from tests.arrays import to_numpy

CASES = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "maximize": True}),
    ("Adam", {"lr": 0.05}),
    ("Adam", {"lr": 0.05, "amsgrad": True, "weight_decay": 0.1, "maximize": True}),
    ("AdamW", {"lr": 0.05, "weight_decay": 0.2}),
    ("NAdam", {"lr": 0.05, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    ("RAdam", {"lr": 0.05, "weight_decay": 0.1}),
    ("Adamax", {"lr": 0.05}),
    ("Adagrad", {"lr": 0.05, "lr_decay": 0.1, "initial_accumulator_value": 0.1}),
    ("Adadelta", {"lr": 0.5}),
    ("Adafactor", {"lr": 0.05, "weight_decay": 0.1}),
    ("RMSprop", {"lr": 0.05, "momentum": 0.5, "centered": True}),
    ("Rprop", {"lr": 0.05}),
    ("ASGD", {"lr": 0.05, "t0": 3}),
]
SHAPES = ((4, 3), (3,), ())


def run(name, options, steps=20, state=None, start=None, library=None):
    """Minimize a quadratic; the losses, the parameters as arrays, the optimizer."""
    library = library or (autograd, nn, optim)
    tensors, modules, optimizers = library
    rng = np.random.default_rng(0)
    values = [rng.normal(size=shape) for shape in SHAPES] if start is None else start
    params = [modules.Parameter(tensors.tensor(np.array(value))) for value in values]
    optimizer = getattr(optimizers, name)([{"params": params[:1]}, {"params": params[1:], "lr": 0.02}], **options)
    if state is not None:
        optimizer.load_state_dict(state)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = sum(((p - 0.3) * (p - 0.3)).sum() for p in params)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, [np.array(p.tolist()) for p in params], optimizer


def converted(state, tensor):
    if isinstance(state, dict):
        return {key: converted(value, tensor) for key, value in state.items()}
    if isinstance(state, list):
        return [converted(value, tensor) for value in state]
    return tensor(state) if isinstance(state, (autograd.Tensor, torch.Tensor)) else state


TORCH = (torch, torch.nn, torch.optim)


@pytest.mark.parametrize(("name", "options"), CASES)
def test_same_steps_as_pytorch(name, options):
    losses, params, optimizer = run(name, options)
    expected, theirs, reference = run(name, options, library=TORCH)
    np.testing.assert_allclose(losses, expected, rtol=1e-6)
    for ours, other in zip(params, theirs, strict=True):
        np.testing.assert_allclose(ours, other, rtol=1e-6, atol=1e-12)
    ours, other = optimizer.state_dict(), reference.state_dict()
    assert {k: set(v) for k, v in ours["state"].items()} == {k: set(v) for k, v in other["state"].items()}
    assert [set(group) for group in ours["param_groups"]] == [set(group) for group in other["param_groups"]]
    assert repr(optimizer) == repr(reference)


@pytest.mark.parametrize(("name", "options"), CASES)
def test_states_travel_both_ways(name, options):
    _, middle, reference = run(name, options, 5, library=TORCH)
    state = converted(
        reference.state_dict(), lambda t: autograd.tensor(t.tolist(), dtype=getattr(autograd, str(t.dtype)[6:]))
    )
    expected, _, _ = run(name, options, 5, reference.state_dict(), middle, TORCH)
    losses, _, _ = run(name, options, 5, state, middle)
    np.testing.assert_allclose(losses, expected, rtol=1e-6)
    back = converted(run(name, options, 5)[2].state_dict(), lambda t: torch.tensor(to_numpy(t)))
    losses, _, _ = run(name, options, 5, back, middle, TORCH)
    np.testing.assert_allclose(losses, expected, rtol=1e-6)


@pytest.mark.parametrize("search", [None, "strong_wolfe"])
def test_lbfgs(search):
    def fit(tensors, modules, optimizers):
        p = modules.Parameter(tensors.tensor(np.array([-1.2, 1.0, 0.5])))
        optimizer = optimizers.LBFGS([p], lr=0.1 if search is None else 1, max_iter=6, line_search_fn=search)

        def closure():
            optimizer.zero_grad()
            a, b, c = p[0], p[1], p[2]
            loss = (1 - a) * (1 - a) + 3 * (b - a * a) * (b - a * a) + (c - b) * (c - b)
            loss.backward()
            return loss

        return [optimizer.step(closure).item() for _ in range(6)], p.tolist()

    ours, theirs = fit(autograd, nn, optim), fit(*TORCH)
    np.testing.assert_allclose(ours[0], theirs[0], rtol=1e-5, atol=1e-12)
    np.testing.assert_allclose(ours[1], theirs[1], rtol=1e-5)


def test_lion_and_lamb_descend():
    for optimizer in ("Lion", "LAMB"):
        losses, _, _ = run(optimizer, {"lr": 0.02}, 20)
        assert losses[-1] < losses[0]


def test_complex_parameters():
    for name in ("SGD", "Adam", "RMSprop"):

        def step(tensors, modules, optimizers, name=name):
            p = modules.Parameter(tensors.tensor(np.array([1 + 2j, 3 - 1j])))
            optimizer = getattr(optimizers, name)([p], lr=0.1)
            for _ in range(3):
                p.grad = tensors.tensor(np.array([0.5 - 1j, 2j]))
                optimizer.step()
            return p.tolist()

        np.testing.assert_allclose(step(autograd, nn, optim), step(*TORCH), rtol=1e-6)


def test_steps_count_as_writes():
    p = nn.Parameter(autograd.ones(2))
    y = (p * p).sum()
    p.grad = autograd.ones(2)
    optim.SGD([p], lr=0.1).step()
    with pytest.raises(RuntimeError):
        y.backward()


def test_parameters_without_gradient_stay():
    p, q = nn.Parameter(autograd.ones(1)), nn.Parameter(autograd.ones(1))
    optimizer = optim.Adam([p, q])
    p.grad = autograd.ones(1)
    optimizer.step()
    assert q.tolist() == [1.0] and list(optimizer.state_dict()["state"]) == [0]
    optimizer.zero_grad(set_to_none=False)
    assert p.grad.tolist() == [0.0] and q.grad is None


def test_closure_and_hooks():
    p = nn.Parameter(autograd.ones(1))
    optimizer, seen = optim.SGD([p], lr=0.1), []
    pre = optimizer.register_step_pre_hook(lambda o, args, kwargs: seen.append("pre" if args[0] is o else args))
    optimizer.register_step_post_hook(lambda o, args, kwargs: seen.append("post"))

    def closure():
        optimizer.zero_grad()
        loss = (p * p).sum()
        loss.backward()
        return loss

    with autograd.no_grad():
        assert optimizer.step(closure).item() == 1.0
    pre.remove()
    optimizer.step(closure)
    assert seen == ["pre", "post", "post"]
    optimizer.register_state_dict_post_hook(lambda o, state: {**state, "mark": 1})
    optimizer.register_load_state_dict_pre_hook(lambda o, state: {k: v for k, v in state.items() if k != "mark"})
    optimizer.load_state_dict(optimizer.state_dict())


def test_only_one_implementation_may_be_asked_for():
    for kind in (optim.SGD, optim.Adam, optim.AdamW, optim.Adagrad):
        with pytest.raises(RuntimeError, match="`fused` and `foreach` cannot be `True` together"):
            kind([nn.Parameter(autograd.ones(1))], lr=0.1, foreach=True, fused=True)


def test_own_optimizers():
    class Halving(optim.Optimizer):
        def __init__(self, params):
            super().__init__(params, {"by": 2.0})

        def step(self, closure=None):
            for group in self.param_groups:
                for p in group["params"]:
                    p.data = p.data / group["by"]

    p = nn.Parameter(autograd.ones(1))
    Halving([p]).step()
    assert p.tolist() == [0.5]


def test_copies_and_named_parameters():
    p = nn.Parameter(autograd.ones(1))
    optimizer = optim.Adam([("weight", p)])
    p.grad = autograd.ones(1)
    optimizer.step()
    state = optimizer.state_dict()
    assert state["param_groups"][0]["param_names"] == ["weight"]
    twin = copy.deepcopy(optimizer)
    twin.step()
    assert twin.param_groups[0]["params"][0] is not p


def test_errors():
    p, q = nn.Parameter(autograd.ones(1)), nn.Parameter(autograd.ones(1))
    for error, call in (
        (TypeError, lambda: optim.SGD(p)),
        (ValueError, lambda: optim.SGD([nn.Parameter(autograd.ones(1))], lr=autograd.ones(2))),
        (ValueError, lambda: optim.SGD([])),
        (TypeError, lambda: optim.SGD([3])),
        (TypeError, lambda: optim.SGD([{"params": {p}}])),
        (ValueError, lambda: optim.SGD([p * 2])),
        (ValueError, lambda: optim.SGD([{"params": [p]}, {"params": [p]}])),
        (ValueError, lambda: optim.SGD([p], lr=-1.0)),
        (ValueError, lambda: optim.SGD([p], nesterov=True)),
        (ValueError, lambda: optim.Adam([p], betas=(1.0, 0.9))),
        (ValueError, lambda: optim.LBFGS([{"params": [p]}, {"params": [q]}])),
        (ValueError, lambda: optim.Muon([p])),
        (ValueError, lambda: optim.Adam([p], differentiable=True)),
        (TypeError, lambda: optim.SGD([p]).add_param_group([q])),
    ):
        with pytest.raises(error):
            call()
    with pytest.warns(UserWarning, match="duplicate"):
        optim.SGD([p, p])
    optimizer = optim.Adam([p, q])
    before = copy.deepcopy(optimizer.state_dict())
    for state in (optim.Adam([p]).state_dict(), optim.Adam([{"params": [p]}, {"params": [q]}]).state_dict(), {}):
        with pytest.raises(ValueError, match="group|state"):
            optimizer.load_state_dict(state)
    assert optimizer.state_dict() == before


def test_no_warnings_on_the_usual_order():
    p = nn.Parameter(autograd.ones(1))
    optimizer = optim.SGD([p], lr=0.1)
    scheduler = optim.lr_scheduler.StepLR(optimizer, 2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        optimizer.step()
        scheduler.step()
    late = optim.SGD([p], lr=0.1)
    with pytest.warns(UserWarning, match=r"before `optimizer\.step"):
        optim.lr_scheduler.StepLR(late, 2).step()


def test_a_wrapper_that_does_not_call_the_base_constructor():
    class Wrapper(optim.Optimizer):
        def __init__(self, base):
            self.base, self.param_groups = base, base.param_groups

        def step(self, closure=None):
            return self.base.step(closure)

    weight = autograd.ones(2, requires_grad=True)
    wrapper = Wrapper(optim.SGD([weight], lr=0.5))
    weight.sum().backward()
    assert wrapper.step() is None and weight.tolist() == [0.5, 0.5]
