"""Training of the twins: the same data, optimizer and steps, in either library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from tests.nn.against_torch import tensor
from tests.twins import models


class Twin(NamedTuple):
    """A network, what it is trained on, and how: everything a function of the library."""

    build: Callable[[Any], Any]
    data: Callable[[int], tuple[np.ndarray, np.ndarray]]
    optimizer: Callable[[Any, Any], Any]
    scheduler: Callable[[Any, Any], Any]
    clip: float | None = None


def images(step: int) -> tuple[np.ndarray, np.ndarray]:
    """Four batches in turn of noisy images, each brighter where its class says."""
    source = np.random.default_rng(step % 4)
    classes = source.integers(0, 10, 16)
    pictures = 0.3 * source.standard_normal((16, 3, 32, 32))
    pictures[np.arange(16), classes % 3, 3 * classes] += 2
    return pictures, classes


def sentences(step: int) -> tuple[np.ndarray, np.ndarray]:
    """Words that follow one another by a rule, in sentences of different lengths; and the words that come next."""
    source = np.random.default_rng(step % 5)
    words = 1 + (source.integers(0, 39, (6, 1)) + source.integers(1, 4, (6, 1)) * np.arange(models.PLACES + 1)) % 39
    words[0, 9:] = words[3, 5:] = 0
    return words[:, :-1], words[:, 1:]


TWINS = {
    "resnet18": Twin(
        models.residual_network,
        images,
        # A ReLU that is 1e-7 from its kink may fall to either side in float32, and each is a path of its own from then
        # on: with ten times the rate PyTorch's own float32 and float64 are 10 % apart after 50 steps, here 1e-6.
        lambda lib, parameters: lib.optim.SGD(parameters, lr=3e-4, momentum=0.9, weight_decay=1e-4, nesterov=True),
        lambda lib, optimizer: lib.optim.lr_scheduler.MultiStepLR(optimizer, [20, 40], gamma=0.3),
    ),
    "transformer": Twin(
        models.transformer,
        sentences,
        lambda lib, parameters: lib.optim.AdamW(parameters, lr=1e-3, weight_decay=0.05),
        lambda lib, optimizer: lib.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=60),
    ),
    "lstm": Twin(
        models.recurrent,
        sentences,
        lambda lib, parameters: lib.optim.Adam(parameters, lr=1e-2),
        lambda lib, optimizer: lib.optim.lr_scheduler.CosineAnnealingLR(optimizer, 60),
        clip=0.5,
    ),
    "lstm untied": Twin(
        lambda lib: models.recurrent(lib, tied=False),
        sentences,
        lambda lib, parameters: lib.optim.Adam(parameters, lr=1e-2, amsgrad=True),
        lambda lib, optimizer: lib.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.98**step),
        clip=0.5,
    ),
}


class Run:
    """A network in training, with its optimizer and schedule."""

    def __init__(self, twin: Twin, lib: Any, dtype: str) -> None:
        self.twin, self.lib, self.dtype = twin, lib, getattr(lib, dtype)
        lib.manual_seed(0)
        self.model = twin.build(lib).to(self.dtype)
        self.optimizer = twin.optimizer(lib, self.model.parameters())
        self.scheduler = twin.scheduler(lib, self.optimizer)
        self.criterion = lib.nn.CrossEntropyLoss(ignore_index=0 if twin.data is sentences else -100)

    def batch(self, step: int) -> tuple[Any, Any]:
        x, y = self.twin.data(step)
        inputs = tensor(x, self.lib)
        return inputs.to(self.dtype) if x.dtype.kind == "f" else inputs, tensor(y, self.lib)

    def step(self, number: int) -> float:
        """One step of training: its loss."""
        x, y = self.batch(number)
        self.optimizer.zero_grad()
        loss = self.criterion(self.model(x), y)
        loss.backward()
        if self.twin.clip is not None:
            self.lib.nn.utils.clip_grad_norm_(self.model.parameters(), self.twin.clip)
        self.optimizer.step()
        self.scheduler.step()
        return loss.item()

    def parts(self) -> dict[str, Any]:
        """What a checkpoint saves the state of."""
        return {"model": self.model, "optimizer": self.optimizer, "scheduler": self.scheduler}
