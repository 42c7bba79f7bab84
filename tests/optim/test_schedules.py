"""Learning-rate schedules and weight averages, against PyTorch's."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

import autograd
import nn
import optim
from optim import swa_utils

SCHEDULES = {
    "LambdaLR": lambda S, o: S.LambdaLR(o, lambda epoch: 0.9**epoch),
    "MultiplicativeLR": lambda S, o: S.MultiplicativeLR(o, lambda epoch: 0.95),
    "StepLR": lambda S, o: S.StepLR(o, 3, 0.5),
    "MultiStepLR": lambda S, o: S.MultiStepLR(o, [2, 2, 9], 0.5),
    "ConstantLR": lambda S, o: S.ConstantLR(o, 0.5, 4),
    "LinearLR": lambda S, o: S.LinearLR(o, 0.2, 0.9, 7),
    "ExponentialLR": lambda S, o: S.ExponentialLR(o, 0.9),
    "PolynomialLR": lambda S, o: S.PolynomialLR(o, 8, 2.0),
    "CosineAnnealingLR": lambda S, o: S.CosineAnnealingLR(o, 5, 0.01),
    "CosineAnnealingWarmRestarts": lambda S, o: S.CosineAnnealingWarmRestarts(o, 3, 2),
    "CyclicLR": lambda S, o: S.CyclicLR(o, 0.01, 0.1, 3, 4, "triangular2"),
    "OneCycleLR": lambda S, o: S.OneCycleLR(o, 0.3, 25, three_phase=True),
    "ReduceLROnPlateau": lambda S, o: S.ReduceLROnPlateau(o, patience=1, factor=0.5, cooldown=1),
    "SequentialLR": lambda S, o: S.SequentialLR(o, [S.ConstantLR(o, 0.1, 3), S.ExponentialLR(o, 0.9)], [4]),
    "ChainedScheduler": lambda S, o: S.ChainedScheduler([S.StepLR(o, 4), S.LinearLR(o, 0.5)]),
}


def build(name, tensors, modules, optimizers):
    p = modules.Parameter(tensors.ones(1))
    optimizer = optimizers.SGD([p], lr=0.1, momentum=0.9)
    return optimizer, SCHEDULES[name](optimizers.lr_scheduler, optimizer)


def follow(name, optimizer, scheduler, epochs):
    rates = []
    for epoch in epochs:
        optimizer.step()
        scheduler.step(*([max(1.0, 3.0 - epoch)] if name == "ReduceLROnPlateau" else []))
        group = optimizer.param_groups[0]
        rates.append((group["lr"], group["momentum"], scheduler.get_last_lr()[0]))
    return rates


@pytest.mark.parametrize("name", SCHEDULES)
def test_rates_and_resume(name):
    expected = follow(name, *build(name, torch, torch.nn, torch.optim), range(20))
    optimizer, scheduler = build(name, autograd, nn, optim)
    first = follow(name, optimizer, scheduler, range(9))
    saved = copy.deepcopy((optimizer.state_dict(), scheduler.state_dict()))
    optimizer, scheduler = build(name, autograd, nn, optim)
    optimizer.load_state_dict(saved[0])
    scheduler.load_state_dict(saved[1])
    np.testing.assert_allclose(first + follow(name, optimizer, scheduler, range(9, 20)), expected, rtol=1e-9)


@pytest.mark.parametrize("name", sorted(SCHEDULES.keys() - {"ReduceLROnPlateau", "SequentialLR", "ChainedScheduler"}))
def test_resuming_after_an_epoch_keeps_the_rates(name, monkeypatch):
    def rates(tensors, modules, optimizers):
        optimizer, scheduler = build(name, tensors, modules, optimizers)
        original = type(scheduler).__init__
        monkeypatch.setattr(
            type(scheduler), "__init__", lambda self, *args, **options: original(self, *args, **options, last_epoch=6)
        )
        again = SCHEDULES[name](optimizers.lr_scheduler, optimizer)
        found = [again.get_last_lr()[0]]
        optimizer.step()
        again.step()
        return [*found, again.get_last_lr()[0], again.last_epoch]

    np.testing.assert_allclose(rates(autograd, nn, optim), rates(torch, torch.nn, torch.optim), rtol=1e-9)


def test_the_state_of_one_cycle_is_pytorchs():
    states = [
        build("OneCycleLR", tensors, modules, optimizers)[1].state_dict()
        for tensors, modules, optimizers in ((autograd, nn, optim), (torch, torch.nn, torch.optim))
    ]
    assert states[0]["_schedule_phases"] == states[1]["_schedule_phases"]
    assert states[0].keys() == states[1].keys() - {"_get_lr_called_within_step"}


def test_rates_that_are_tensors():
    p = nn.Parameter(autograd.ones(1))
    optimizer = optim.SGD([p], lr=autograd.tensor(0.5))
    scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    rate = optimizer.param_groups[0]["lr"]
    optimizer.step()
    scheduler.step()
    assert optimizer.param_groups[0]["lr"] is rate and rate.item() == 0.25 and scheduler.get_last_lr() == [0.25]


def test_errors():
    p = nn.Parameter(autograd.ones(1))
    optimizer = optim.SGD([p], lr=0.1)
    S = optim.lr_scheduler
    for error, call in (
        (TypeError, lambda: S.StepLR(3, 1)),
        (TypeError, lambda: S.CyclicLR(3, 0.1, 0.2)),
        (KeyError, lambda: S.StepLR(optimizer, 1, last_epoch=3)),
        (ValueError, lambda: S.LambdaLR(optimizer, [abs, abs])),
        (ValueError, lambda: S.OneCycleLR(optimizer, 0.1)),
        (ValueError, lambda: S.CyclicLR(optim.Adagrad([p]), 0.1, 0.2)),
        (ValueError, lambda: S.SequentialLR(optimizer, [S.StepLR(optimizer, 1)], [1])),
        (ValueError, lambda: S.ReduceLROnPlateau(optimizer, factor=2.0)),
        (ValueError, lambda: S.ChainedScheduler([])),
    ):
        with pytest.raises(error):
            call()


@pytest.mark.parametrize("strategy", ["cos", "linear"])
def test_swa_rates(strategy):
    def rates(tensors, modules, optimizers):
        optimizer = optimizers.SGD([modules.Parameter(tensors.ones(1))], lr=0.1)
        scheduler = optimizers.swa_utils.SWALR(optimizer, 0.02, 5, strategy)
        found = []
        for _ in range(8):
            optimizer.step()
            scheduler.step()
            found.append(optimizer.param_groups[0]["lr"])
        return found

    np.testing.assert_allclose(rates(autograd, nn, optim), rates(torch, torch.nn, torch.optim), rtol=1e-9)


@pytest.mark.parametrize("kind", ["swa", "ema"])
def test_averaged_models(kind):
    average = swa_utils.get_ema_multi_avg_fn(0.9) if kind == "ema" else None
    model = nn.ParameterList([autograd.tensor([0.0])])
    averaged, expected = swa_utils.AveragedModel(model, multi_avg_fn=average), None
    for number in range(4):
        with autograd.no_grad():
            model[0][...] = float(number)
        averaged.update_parameters(model)
        if expected is None:
            expected = float(number)
        elif kind == "ema":
            expected = 0.9 * expected + 0.1 * number
        else:
            expected += (number - expected) / (number + 1)
    assert averaged.module[0].item() == pytest.approx(expected) and averaged.n_averaged.item() == 4
    assert list(averaged.state_dict()) == ["n_averaged", "module.0"]
