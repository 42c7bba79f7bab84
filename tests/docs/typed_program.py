"""A program as users write it; `test_typed_program.py` has mypy read it as strictly as it can."""

from __future__ import annotations

import autograd
import autograd.nn.functional
import nn
import nn.functional as F
import optim
from autograd import Tensor, func
from autograd.distributions import Normal, kl_divergence
from autograd.metrics import Accuracy
from autograd.utils.data import DataLoader, Dataset, random_split


class Points(Dataset[tuple[Tensor, Tensor]]):
    """Points inside of a circle or not."""

    def __init__(self, count: int) -> None:
        self.x = autograd.randn(count, 2)
        self.y = (self.x.pow(2).sum(dim=1) < 2).long()

    def __len__(self) -> int:
        return self.x.size(0)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        return self.x[index], self.y[index]


class Net(nn.Module):
    """A layer, and another."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(2, 8)
        self.second = nn.Linear(8, 2)
        self.scale = nn.Parameter(autograd.ones(1))

    def forward(self, x: Tensor) -> Tensor:
        """Scores of the two classes."""
        hidden = F.relu(F.linear(x, self.first.weight, self.first.bias))
        return F.linear(hidden, self.second.weight, self.second.bias) * self.scale


def train() -> float:
    """The accuracy on the points that were held back."""
    train_set, valid_set = random_split(Points(64), [48, 16])
    model = Net()
    optimizer = optim.AdamW(model.parameters(), lr=0.01)
    schedule = optim.lr_scheduler.StepLR(optimizer, step_size=1)
    for x, y in DataLoader(train_set, batch_size=16, shuffle=True):
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    accuracy = Accuracy(task="multiclass", num_classes=2)
    with autograd.no_grad():
        for x, y in DataLoader(valid_set, batch_size=16):
            accuracy.update(model(x), y)
    return float(accuracy.compute())


@autograd.no_grad()
def shifted(x: Tensor) -> Tensor:
    """A decorated function keeps its type."""
    return autograd.nn.functional.relu(x) + 1


def mathematics() -> tuple[Tensor, ...]:
    """Operations whose results are tensors, by function, method and operator."""
    x = autograd.linspace(0, 1, 4, requires_grad=True)
    values, indices = x.sort(descending=True)
    q, r = autograd.linalg.qr(autograd.eye(2))
    scaled = -x + 2 * x / (1 - x / 2)
    kept = scaled[(x > 0) & ~(x == 1)]
    (slope,) = autograd.grad(kept.exp().mean(), [x])
    per_row: Tensor = func.vmap(autograd.dot)(q, r)
    divergence = kl_divergence(Normal(0.0, 1.0), Normal(1.0, 2.0))
    x.sum().backward()
    divergence = shifted(divergence)
    return (*slope.chunk(2), values[indices], per_row, divergence, *(() if x.grad is None else (x.grad,)))


if __name__ == "__main__":
    print(0 <= train() <= 1, len(mathematics()))
