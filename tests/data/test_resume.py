"""`DataLoader.state_dict`: a pass, and those after it, go on bit for bit where they were left."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autograd
from autograd.utils.data import BatchSampler, DataLoader, RandomSampler, SubsetRandomSampler, WeightedRandomSampler
from tests.data.datasets import Counting, Noisy, Numbers
from tests.data.leftovers import assert_nothing_left


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    yield
    assert_nothing_left()


def seeded(seed: int = 4) -> autograd.Generator:
    return autograd.Generator().manual_seed(seed)


def own_sampler(**options: Any) -> DataLoader:
    return DataLoader(Noisy(), 2, sampler=RandomSampler(range(12), True, 12, seeded(8)), generator=seeded(), **options)


def own_batches(**options: Any) -> DataLoader:
    inner = WeightedRandomSampler([1.0] * 12, 12, generator=seeded(8))
    return DataLoader(Noisy(), batch_sampler=BatchSampler(inner, 2, False), generator=seeded(), **options)


def program_seeded(**options: Any) -> DataLoader:
    return DataLoader(Noisy(), 2, shuffle=True, **options)


def subset(**options: Any) -> DataLoader:
    return DataLoader(Noisy(), 2, sampler=SubsetRandomSampler(range(12)), **options)


def iterable(**options: Any) -> DataLoader:
    return DataLoader(Counting(12), 2, generator=seeded(), **options)


def plain(batch: Any) -> Any:
    return batch.tolist() if isinstance(batch, autograd.Tensor) else [item.tolist() for item in batch]


def start_again() -> None:
    """A program's first seconds."""
    autograd.manual_seed(7)
    random.seed(7)
    np.random.seed(7)


def program_state() -> tuple:
    return autograd.get_rng_state("cpu"), random.getstate(), np.random.get_state()


def restore_program(state: tuple) -> None:
    autograd.set_rng_state(state[0], "cpu")
    random.setstate(state[1])
    np.random.set_state(state[2])


WORKERS: list[dict] = [{}, {"num_workers": 2}, {"num_workers": 2, "persistent_workers": True}]
MAKERS = [own_sampler, own_batches, program_seeded, subset, iterable]


@pytest.mark.parametrize("options", WORKERS, ids=str)
@pytest.mark.parametrize("left_at", [4, 6, 9])
@pytest.mark.parametrize("make", MAKERS)
def test_a_pass_goes_on(make: Callable, left_at: int, options: dict):
    """Two epochs in one go, and the same with a stop: 6 batches are an epoch."""
    start_again()
    loader = make(**options)
    whole: list = []
    state, program = None, None
    for _ in range(2):
        if len(whole) == left_at and left_at % 6 == 0:
            state, program = loader.state_dict(), program_state()
        for batch in loader:
            whole.append(plain(batch))
            if len(whole) == left_at and left_at % 6:
                state, program = loader.state_dict(), program_state()
    assert len(whole) == 12 and state is not None and program is not None
    del loader

    start_again()
    autograd.rand(3)
    again = make(**options)
    again.load_state_dict(state)
    restore_program(program)
    rest = [plain(batch) for batch in itertools.chain(*(again for _ in range(2 - left_at // 6)))]
    assert rest == whole[left_at:]


def test_a_state_outlives_its_pass_and_is_kept_until_used():
    loader = own_sampler()
    for count, _ in enumerate(loader):
        if count == 2:
            break
    state = loader.state_dict()
    assert state["begun"] and state["batches"] == 3
    other = own_sampler()
    other.load_state_dict(state)
    assert other.state_dict() == state


def test_a_state_may_be_saved(tmp_path: Path):
    loader = program_seeded(num_workers=2)
    batches = iter(loader)
    next(batches)
    autograd.save(loader.state_dict(), tmp_path / "state")
    rest = [plain(batch) for batch in batches]
    loader.load_state_dict(autograd.load(tmp_path / "state"))
    assert [plain(batch) for batch in loader] == rest


def test_what_the_program_draws_is_not_changed():
    loader = program_seeded()
    batches = iter(loader)
    next(batches)
    state = loader.state_dict()
    autograd.manual_seed(1)
    expected = autograd.rand(2, device="cpu").tolist()
    autograd.manual_seed(1)
    loader.load_state_dict(state)
    resumed = iter(loader)
    assert autograd.rand(2, device="cpu").tolist() == expected
    assert len(list(resumed)) == 5


@pytest.mark.parametrize("workers", [0, 1])
def test_a_batch_that_failed_is_not_tried_again(workers: int):
    def fail() -> None:
        raise ValueError("bad sample")

    loader = DataLoader(Numbers(1, fail), num_workers=workers)
    batches = iter(loader)
    assert next(batches).item() == 0
    with pytest.raises(ValueError, match="bad sample"):
        next(batches)
    loader.load_state_dict(loader.state_dict())
    assert [batch.item() for batch in loader] == list(range(2, 10))


def test_states_that_do_not_fit():
    two = own_sampler(num_workers=2)
    next(iter(two))
    one = own_sampler(num_workers=1)
    one.load_state_dict(two.state_dict())
    with pytest.raises(ValueError, match="with 2 workers, this one has 1"):
        iter(one)
    other = program_seeded(num_workers=2)
    other.load_state_dict(two.state_dict())
    with pytest.raises(ValueError, match="with 2 generators, this one has 0"):
        iter(other)
    ready = DataLoader(Numbers(), num_workers=1, in_order=False)
    with pytest.raises(RuntimeError, match="use in_order=True"):
        ready.state_dict()
