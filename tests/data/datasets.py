"""Datasets, and functions for loaders, that workers of any start method can import."""

from __future__ import annotations

import faulthandler
import os
import random
import signal
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

import autograd
from autograd.utils.data import Dataset, IterableDataset, get_worker_info


class Squares(Dataset):
    """Sample i: an array full of i, i squared, and its name."""

    def __init__(self, length: int = 10, shape: tuple[int, ...] = (3,)):
        self.length, self.shape = length, shape

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: int) -> Any:
        return np.full(self.shape, index, np.float32), index * index, f"no {index}"


class Noisy(Dataset):
    """Sample i: i and random numbers of the three sources."""

    def __init__(self, length: int = 12):
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: int) -> Any:
        ours = autograd.rand(1, device="cpu").item()
        return autograd.tensor([index, random.random(), np.random.rand(), ours], dtype=autograd.float64)


class Counting(IterableDataset):
    """The numbers below `length`, shared among the workers, with random ones beside them."""

    def __init__(self, length: int = 10, told: int | None = None):
        self.length, self.told = length, told

    def __len__(self) -> int:
        return self.length if self.told is None else self.told

    def __iter__(self) -> Iterator[tuple[int, float]]:
        info = get_worker_info()
        start, step = (0, 1) if info is None else (info.id, info.num_workers)
        for number in range(start, self.length, step):
            yield number, np.random.rand()


class Numbers(Dataset):
    """Samples 0 to 9; number `bad` does something instead."""

    def __init__(self, bad: int = -1, deed: Any = None):
        self.bad, self.deed = bad, deed

    def __len__(self) -> int:
        return 10

    def __getitem__(self, index: int) -> Any:
        if index == self.bad:
            return self.deed()
        return index


class TwoArguments(Exception):
    """An exception that a text alone does not make."""

    def __init__(self, first: str, second: str):
        super().__init__(first, second)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def bus_error() -> None:
    faulthandler.disable()
    os.kill(os.getpid(), signal.SIGBUS)


def leave() -> None:
    os._exit(3)


def sleep() -> None:
    time.sleep(60)


def missing() -> None:
    {}["no\nsuch key"]


def two_arguments() -> None:
    raise TwoArguments("a", "b")


def local_type() -> None:
    class Local(ValueError):
        pass

    raise Local("only here")


def long_text() -> None:
    raise ValueError("x" * 100_000)


def stop() -> None:
    raise StopIteration("odd")


def unpicklable() -> Any:
    return lambda: None


def who(index: int) -> tuple[int, int, int]:
    """Which worker this is."""
    info = get_worker_info()
    assert info is not None
    return info.id, info.num_workers, info.seed


class Who(Dataset):
    """Which worker loads a sample, and what its random numbers are."""

    def __len__(self) -> int:
        return 4

    def __getitem__(self, index: int) -> Any:
        return (*who(index), random.random(), float(np.random.rand()))


def as_is(batch: Any) -> Any:
    return batch


def fail_to_start(worker: int) -> None:
    raise ValueError(f"worker {worker} cannot start")
