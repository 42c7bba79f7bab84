"""Run by ``.ci/run`` in an environment that holds the built wheel and NumPy only."""

from importlib.metadata import distributions
from pathlib import Path

import autograd
import nn
import optim

installed = {distribution.metadata["Name"].lower() for distribution in distributions()}
extra = installed - {"retrograd", "numpy", "pip", "setuptools"}
if extra:
    raise SystemExit(f"the wheel must need NumPy only, but these are installed too: {sorted(extra)}")
for package in (autograd, nn, optim):
    if not (Path(package.__file__).parent / "py.typed").is_file():
        raise SystemExit(f"{package.__name__}/py.typed is missing from the wheel: type checkers would ignore its hints")

autograd.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2))
optimizer = optim.Adam(model.parameters(), lr=0.05)
x = autograd.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = autograd.tensor([0, 1, 1, 0])
losses = []
for _ in range(20):
    optimizer.zero_grad()
    loss = nn.CrossEntropyLoss()(model(x), y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
if not losses[-1] < losses[0]:
    raise SystemExit(f"20 steps of Adam did not lower the loss: {losses[0]} to {losses[-1]}")
print(f"{len(losses)} steps with NumPy only: loss {losses[0]:.4f} to {losses[-1]:.4f}")
