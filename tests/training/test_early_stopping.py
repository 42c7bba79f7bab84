"""EarlyStopping: when it stops, what it puts back, and going on from a saved state."""

from __future__ import annotations

import pytest

import autograd
import nn
from autograd.utils.early_stopping import EarlyStopping


@pytest.mark.parametrize(
    ("mode", "min_delta", "figures", "stops_at"),
    [
        ("min", 0.0, [5, 4, 4, 4, 1], 3),
        ("min", 0.5, [5, 4, 3.6, 3.5, 1], 3),
        ("min", 0.0, [float("nan"), float("nan"), 1], 1),
        ("max", 0.0, [1, 2, 3, 2, 4, 4, 4], 6),
        ("max", 0.0, [1, 2, 3], None),
    ],
)
def test_when_it_stops(mode, min_delta, figures, stops_at):
    stopping = EarlyStopping(2, min_delta, mode)
    stopped = next((step for step, figure in enumerate(figures) if stopping(figure)), None)
    assert stopped == stops_at
    assert stopping.should_stop is (stops_at is not None)


def test_an_improvement_starts_the_count_anew():
    stopping = EarlyStopping(2)
    assert [stopping(autograd.tensor(x)) for x in (5.0, 6.0, 4.0, 6.0)] == [False] * 4
    assert (stopping.best, stopping.best_step) == (4.0, 2)
    assert stopping(6.0)
    stopping.reset()
    assert not stopping.should_stop and stopping.best == float("inf")


def test_best_weights_come_back():
    model = nn.Linear(1, 1)
    stopping = EarlyStopping(1, mode="max", restore_best=model)
    for value, figure in ((1.0, 0.5), (2.0, 0.9), (3.0, 0.7)):
        nn.init.constant_(model.weight, value)
        stopping(figure)
    assert model.weight.item() == 2.0
    nn.init.constant_(model.weight, 3.0)
    stopping.restore()
    assert model.weight.item() == 2.0


def test_a_saved_state_goes_on_alike(tmp_path):
    figures = [5.0, 3.0, 4.0, 4.0, 4.0]
    model = nn.Linear(1, 1)
    first, second = EarlyStopping(3, restore_best=model), EarlyStopping(3, restore_best=model)
    nn.init.constant_(model.weight, 7.0)
    for figure in figures[:3]:
        first(figure)
    autograd.save(first.state_dict(), tmp_path / "stopping.safetensors")
    nn.init.constant_(model.weight, 8.0)
    second.load_state_dict(autograd.load(tmp_path / "stopping.safetensors"))
    assert [second(figure) for figure in figures[3:]] == [False, True]
    assert (second.best, second.best_step, model.weight.item()) == (3.0, 1, 7.0)


@pytest.mark.parametrize("options", [{"patience": 0}, {"min_delta": -1.0}, {"mode": "less"}])
def test_options_refused(options):
    with pytest.raises(ValueError, match="EarlyStopping: "):
        EarlyStopping(**options)


def test_without_a_model_there_is_nothing_to_restore():
    stopping = EarlyStopping(1)
    assert not stopping(1.0)
    stopping.restore()
    assert stopping.state_dict()["weights"] is None
