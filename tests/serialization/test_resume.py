"""Exact resume: training that stops after any step goes on from its checkpoint bit for bit."""

from __future__ import annotations

import pytest

import autograd
import nn
import optim
from autograd.utils.data import DataLoader, TensorDataset
from tests.arrays import to_numpy

STEPS = 11


class Training:
    """A small network with all that has state: batch statistics, dropout, momentum, a schedule, shuffled data."""

    def __init__(self, seed: int, kind: str):
        autograd.manual_seed(seed)
        self.model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.4), nn.Linear(8, 2))
        if kind == "adamw":
            self.optimizer = optim.AdamW(self.model.parameters(), lr=0.01, amsgrad=True)
            self.schedule = optim.lr_scheduler.OneCycleLR(self.optimizer, 0.05, total_steps=STEPS + 1)
        else:
            self.optimizer = optim.SGD(self.model.parameters(), lr=0.05, momentum=0.9, nesterov=True)
            self.schedule = optim.lr_scheduler.CosineAnnealingWarmRestarts(self.optimizer, 3)
        values = autograd.arange(48.0).reshape(12, 4).sin()
        self.loader = DataLoader(TensorDataset(values, (values.sum(1) > 0).long()), batch_size=3, shuffle=True)
        self.losses: list[float] = []

    def batches(self):
        while True:
            yield from self.loader

    def run(self, steps: int) -> None:
        batches = self.batches()
        while len(self.losses) < steps:
            x, y = next(batches)
            self.optimizer.zero_grad()
            loss = nn.functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            self.schedule.step()
            self.losses.append(loss.item())

    def parts(self):
        return {"model": self.model, "optimizer": self.optimizer, "schedule": self.schedule, "loader": self.loader}

    def save(self, path) -> None:
        states = {name: part.state_dict() for name, part in self.parts().items()}
        autograd.save({**states, "losses": self.losses, "random": autograd.get_rng_state()}, path)

    def load(self, path) -> None:
        saved = autograd.load(path)
        for name, part in self.parts().items():
            part.load_state_dict(saved[name])
        self.losses = saved["losses"]
        autograd.set_rng_state(saved["random"])


@pytest.mark.cpu_only  # where the random state of the program is that of the CPU
@pytest.mark.parametrize("kind", ["adamw", "sgd"])
@pytest.mark.parametrize("stop", range(STEPS))
def test_stopping_after_any_step_changes_nothing(tmp_path, kind, stop):
    whole = Training(0, kind)
    whole.run(STEPS)
    first = Training(0, kind)
    first.run(stop)
    first.save(tmp_path / "checkpoint")
    second = Training(99, kind)
    second.run(2)  # whatever the new process did before
    second.load(tmp_path / "checkpoint")
    second.run(STEPS)
    assert second.losses == whole.losses
    for ours, theirs in zip(second.model.state_dict().values(), whole.model.state_dict().values(), strict=True):
        assert (to_numpy(ours) == to_numpy(theirs)).all()
