"""How long training waits for its batches: a small CNN with two workers, our loader and PyTorch's in the same run.

    python benchmarks/loader.py            # the waiting's share of a step, for both
    python benchmarks/loader.py --check    # exit status 1 if ours is above its goal

The samples are made by the same NumPy code: a random crop, a flip and a normalization of a synthetic image. Epochs of the
two libraries take turns. A third row has PyTorch's network and our loader: the same step beside both loaders.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.utils.data as theirs

import autograd.utils.data as ours
import nn
import optim

SIZE, PADDING = 32, 4
GOAL = 0.05
Sample = tuple[np.ndarray, int]


class Images:
    """Synthetic images of ten kinds, augmented when they are loaded."""

    def __init__(self, length: int):
        rng = np.random.default_rng(0)
        self.labels = rng.integers(0, 10, length)
        self.images = rng.integers(0, 256, (length, 3, SIZE, SIZE), dtype=np.uint8)

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> Sample:
        image = np.pad(self.images[index], ((0, 0), (PADDING, PADDING), (PADDING, PADDING)), mode="reflect")
        top, left = np.random.randint(0, 2 * PADDING + 1, 2)
        image = image[:, top : top + SIZE, left : left + SIZE]
        if np.random.rand() < 0.5:
            image = image[:, :, ::-1]
        image = image.astype(np.float32) / 255
        return (image - image.mean()) / (image.std() + 1e-5), int(self.labels[index])


def network(nn: Any) -> Any:
    """A CNN that either library trains."""
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * (SIZE // 4) ** 2, 10),
    )


def trainer(nn: Any, optim: Any) -> Callable[[Any, Any], None]:
    """A function that trains on one batch."""
    model, criterion = network(nn), nn.CrossEntropyLoss()
    optimizer = optim.SGD(model.parameters(), lr=0.01)

    def step(images: Any, labels: Any) -> None:
        optimizer.zero_grad()
        criterion(model(images), labels).backward()
        optimizer.step()

    return step


def epoch(loader: Any, step: Callable[[Any, Any], None], convert: Callable[[Any], Any]) -> tuple[float, float]:
    """Median seconds of waiting for a batch and of a whole step, without the first, which starts the workers."""
    waits, steps = [], []
    batches = iter(loader)
    while True:
        start = time.perf_counter()
        batch = next(batches, None)
        loaded = time.perf_counter()
        if batch is None:
            return statistics.median(waits[1:]), statistics.median(steps[1:])
        step(convert(batch[0]), convert(batch[1]))
        waits.append(loaded - start)
        steps.append(time.perf_counter() - start)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--samples", type=int, default=4096, help="in an epoch")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--check", action="store_true", help="exit status 1 if our share is above its goal")
    options = parser.parse_args()
    images = Images(options.samples)
    chosen: dict = {"batch_size": options.batch_size, "shuffle": True, "num_workers": options.workers}
    torch_step = trainer(torch.nn, torch.optim)
    programs: dict[str, tuple] = {
        "ours": (ours.DataLoader(images, **chosen), trainer(nn, optim), lambda batch: batch),
        "PyTorch": (theirs.DataLoader(images, **chosen), torch_step, lambda batch: batch),
        "our loader, PyTorch's network": (
            ours.DataLoader(images, **chosen),
            torch_step,
            lambda batch: torch.from_numpy(batch.numpy()),
        ),
    }
    found: dict[str, list] = {name: [] for name in programs}
    for _ in range(options.epochs):
        for name, program in programs.items():
            found[name].append(epoch(*program))
    shares = {}
    for name, times in found.items():
        wait, step = (statistics.median(column) for column in zip(*times))
        shares[name] = wait / step
        print(f"{name:30s} waits {wait * 1e3:7.3f} ms of {step * 1e3:8.3f} ms a step: {wait / step:6.1%}")
    print(f"goal for ours: at most {GOAL:.0%}")
    return int(options.check and shares["ours"] > GOAL)


if __name__ == "__main__":
    sys.exit(main())
