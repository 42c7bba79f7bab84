"""Samplers: orders that repeat, lengths and refusals as PyTorch's."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

import pytest
import torch.utils.data as theirs
from torch.utils.data.distributed import DistributedSampler as TheirDistributed

import autograd
import autograd.utils.data as ours
from autograd.utils.data.distributed import DistributedSampler


def seeded(seed: int = 3) -> autograd.Generator:
    return autograd.Generator().manual_seed(seed)


def test_in_sequence():
    assert list(ours.SequentialSampler("abc")) == list(theirs.SequentialSampler("abc")) == [0, 1, 2]
    with pytest.raises(NotImplementedError, match="Sampler should implement __iter__"):
        iter(ours.Sampler())


@pytest.mark.parametrize(("replacement", "count"), [(False, None), (False, 25), (False, 4), (True, None), (True, 70)])
def test_random_orders(replacement: bool, count: int | None):
    mine = ours.RandomSampler(range(10), replacement, count, seeded())
    order = list(mine)
    assert len(order) == len(mine) == len(theirs.RandomSampler(range(10), replacement, count))
    assert set(order) <= set(range(10))
    if not replacement:
        assert max(Counter(order).values()) == -(-len(order) // 10)
    assert order == list(ours.RandomSampler(range(10), replacement, count, seeded())) != list(mine)


def test_without_a_generator_the_seed_is_the_programs():
    orders = []
    for _ in range(2):
        autograd.manual_seed(5)
        orders.append([list(ours.RandomSampler(range(50))) for _ in range(2)])
    assert orders[0] == orders[1] and orders[0][0] != orders[0][1]


def test_the_random_sampler_follows_its_data():
    data = [0, 1]
    sampler = ours.RandomSampler(data)
    data.append(2)
    assert len(sampler) == 3 and sorted(sampler) == [0, 1, 2]


def test_subsets_and_weights():
    mine = ours.SubsetRandomSampler([5, 7, 9], seeded())
    assert sorted(mine) == [5, 7, 9] and len(mine) == 3
    weighted = ours.WeightedRandomSampler([0.0, 3.0, 1.0], 4000, generator=seeded())
    drawn = Counter(weighted)
    assert len(weighted) == 4000 and set(drawn) == {1, 2} and 0.7 < drawn[1] / 4000 < 0.8
    assert sorted(ours.WeightedRandomSampler([1, 2, 3], 3, replacement=False)) == [0, 1, 2]


@pytest.mark.parametrize("drop_last", [False, True])
@pytest.mark.parametrize("size", [1, 3, 5, 7])
def test_batches_of_indices(size: int, drop_last: bool):
    mine, other = ours.BatchSampler(range(10), size, drop_last), theirs.BatchSampler(range(10), size, drop_last)
    assert list(mine) == list(other) and len(mine) == len(other)


@pytest.mark.parametrize(
    ("name", "args", "error"),
    [
        ("RandomSampler", (range(3), 1), TypeError),
        ("RandomSampler", (range(3), False, 0), ValueError),
        ("RandomSampler", ([],), ValueError),
        ("WeightedRandomSampler", ([1.0], 0), ValueError),
        ("WeightedRandomSampler", ([1.0], True), ValueError),
        ("WeightedRandomSampler", ([1.0], 1, 1), ValueError),
        ("WeightedRandomSampler", ([[1.0]], 1), ValueError),
        ("BatchSampler", (range(3), 0, False), ValueError),
        ("BatchSampler", (range(3), 2.0, False), ValueError),
        ("BatchSampler", (range(3), 2, 0), ValueError),
    ],
)
def test_refusals_read_like_pytorchs(name: str, args: tuple, error: Any):
    with pytest.raises(error) as other:
        getattr(theirs, name)(*args)
    with pytest.raises(error) as mine:
        getattr(ours, name)(*args)
    assert str(mine.value) == str(other.value)


@pytest.mark.parametrize("drop_last", [False, True])
@pytest.mark.parametrize(("length", "replicas"), [(10, 2), (10, 3), (11, 4), (2, 5), (12, 1)])
def test_parts_for_processes(length: int, replicas: int, drop_last: bool):
    for rank in range(replicas):
        options: dict = {"num_replicas": replicas, "rank": rank, "shuffle": False, "drop_last": drop_last}
        mine, other = DistributedSampler(range(length), **options), TheirDistributed(range(length), **options)
        assert list(mine) == list(other) and len(mine) == len(other)


def test_processes_share_an_order_that_changes_with_the_epoch():
    samplers = [ours.DistributedSampler(range(12), 3, rank, seed=1) for rank in range(3)]
    first = [list(sampler) for sampler in samplers]
    assert sorted(chain(*first)) == list(range(12))
    assert first == [list(sampler) for sampler in samplers]
    for sampler in samplers:
        sampler.set_epoch(1)
    second = [list(sampler) for sampler in samplers]
    assert sorted(chain(*second)) == list(range(12)) and second != first


def test_ranks_that_cannot_be():
    with pytest.raises(ValueError, match=r"Invalid rank 2, rank should be in the interval \[0, 1\]"):
        DistributedSampler(range(4), 2, 2)
    for sampler in (DistributedSampler, TheirDistributed):
        with pytest.raises(ValueError, match="Default process group has not been initialized"):
            sampler(range(4))
