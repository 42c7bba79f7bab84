"""`DataLoader` without workers, and what it refuses, beside PyTorch's."""

from __future__ import annotations

import itertools
import multiprocessing
import pickle
from typing import Any

import pytest
import torch.utils.data as theirs

import autograd
from autograd import cuda
from autograd.utils.data import DataLoader, TensorDataset
from tests.arrays import to_numpy
from tests.data.datasets import Counting, Numbers, Squares, as_is, fail_to_start


class TheirCounting(theirs.IterableDataset):
    def __iter__(self) -> Any:
        return iter(range(10))


def batches(loader: Any) -> list:
    return [batch.tolist() for batch in loader]


@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.parametrize("drop_last", [False, True])
@pytest.mark.parametrize(("length", "size"), [(10, 3), (10, 5), (3, 4), (7, 1)])
def test_batches_and_lengths_agree(length: int, size: int, drop_last: bool, workers: int):
    mine = DataLoader(range(length), size, drop_last=drop_last, num_workers=workers)
    other = theirs.DataLoader(range(length), size, drop_last=drop_last)
    assert batches(mine) == batches(other) and len(mine) == len(other) == len(iter(mine))


@pytest.mark.parametrize(
    "options",
    [
        {"batch_size": None},
        {"batch_size": None, "sampler": [4, 2]},
        {"sampler": [4, 2, 0], "batch_size": 2},
        {"batch_sampler": [[1, 2], [3]]},
        {"batch_size": 4, "collate_fn": list},
        {"batch_size": None, "collate_fn": str},
    ],
    ids=str,
)
@pytest.mark.parametrize("workers", [0, 2])
def test_samplers_and_single_samples_agree(options: dict, workers: int):
    mine = list(DataLoader(range(5), num_workers=workers, **options))
    assert mine == [b.tolist() if hasattr(b, "tolist") else b for b in theirs.DataLoader(range(5), **options)] or [
        b.tolist() for b in mine
    ] == batches(theirs.DataLoader(range(5), **options))


def test_structures_come_through():
    images, squares, names = next(iter(DataLoader(Squares(), 4)))
    assert to_numpy(images).shape == (4, 3) and squares.tolist() == [0, 1, 4, 9]
    assert names == ("no 0", "no 1", "no 2", "no 3")


def test_shuffling_repeats_with_the_generator():
    def order(seed: int) -> list:
        return batches(DataLoader(range(20), 6, shuffle=True, generator=autograd.Generator().manual_seed(seed)))

    first = order(1)
    assert first == order(1) != order(2) and sorted(itertools.chain(*first)) == list(range(20))


def test_epochs_differ():
    loader = DataLoader(range(50), 50, shuffle=True)
    assert batches(loader) != batches(loader)


def test_iterable_datasets():
    loader = DataLoader(Counting(10), 4)
    assert [number.tolist() for number, _ in loader] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]] and len(loader) == 3
    assert [number.tolist() for number, _ in DataLoader(Counting(10), 4, drop_last=True)] == [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
    ]
    assert len(DataLoader(Counting(10), 4, drop_last=True)) == 2
    single = DataLoader(Counting(2), batch_size=None)
    assert [number for number, _ in single] == [0, 1] and len(single) == 2


@pytest.mark.parametrize("workers", [0, 2])
def test_a_length_that_is_exceeded_is_told(workers: int):
    loader = DataLoader(Counting(8, told=4), 2, num_workers=workers)
    assert len(loader) == 2
    with pytest.warns(UserWarning, match="was reported to be 2 .* but 3 batches have been fetched"):
        list(loader)


def test_the_samplers_are_pytorchs():
    for shuffle, kind in ((False, "SequentialSampler"), (True, "RandomSampler")):
        loader = DataLoader(range(5), 2, shuffle=shuffle)
        assert type(loader.sampler).__name__ == kind
        assert type(loader.batch_sampler).__name__ == "BatchSampler"
    assert DataLoader(range(5), batch_size=None).batch_sampler is None
    assert DataLoader(range(5), batch_sampler=[[0]]).batch_size is None
    assert DataLoader(range(5), num_workers=1).prefetch_factor == 2


REFUSED: list[dict] = [
    {"num_workers": -1},
    {"timeout": -1},
    {"prefetch_factor": 2},
    {"num_workers": 1, "prefetch_factor": -1},
    {"persistent_workers": True},
    {"sampler": [0], "shuffle": True},
    {"batch_sampler": [[0]], "batch_size": 2},
    {"batch_sampler": [[0]], "shuffle": True},
    {"batch_sampler": [[0]], "sampler": [0]},
    {"batch_sampler": [[0]], "drop_last": True},
    {"batch_size": None, "drop_last": True},
    {"batch_size": 0},
    {"drop_last": 1},
    {"multiprocessing_context": "fork"},
    {"num_workers": 1, "multiprocessing_context": "thread"},
]


@pytest.mark.parametrize("options", REFUSED, ids=str)
def test_refusals_read_like_pytorchs(options: dict):
    with pytest.raises(ValueError) as other:
        theirs.DataLoader(range(5), **options)
    with pytest.raises(ValueError) as mine:
        DataLoader(range(5), **options)
    assert str(mine.value) == str(other.value)


@pytest.mark.parametrize("options", [{"shuffle": True}, {"sampler": [0]}, {"batch_sampler": [[0]]}], ids=str)
def test_iterable_datasets_have_their_order(options: dict):
    with pytest.raises(ValueError) as other:
        theirs.DataLoader(TheirCounting(), **options)
    with pytest.raises(ValueError) as mine:
        DataLoader(Counting(), **options)
    assert str(mine.value) == str(other.value)


def test_a_context_is_a_context():
    with pytest.raises(TypeError, match="should be a valid context object or a string"):
        DataLoader(range(5), num_workers=1, multiprocessing_context=3)
    context = multiprocessing.get_context("spawn")
    loader = DataLoader(range(5), num_workers=1, multiprocessing_context=context)
    assert loader.multiprocessing_context is context
    loader.multiprocessing_context = None
    assert loader.multiprocessing_context is None


def test_what_only_shows_when_loading_begins():
    with pytest.raises(AssertionError, match="timeout=1 needs workers"):
        iter(DataLoader(range(5), timeout=1))
    with pytest.raises(AssertionError, match="prefetch_factor must be greater than 0"):
        iter(DataLoader(range(5), num_workers=1, prefetch_factor=0))


@pytest.mark.parametrize("name", ["batch_size", "batch_sampler", "sampler", "drop_last", "dataset"])
def test_fixed_attributes(name: str):
    loader = DataLoader(range(5))
    with pytest.raises(ValueError, match=f"{name} attribute should not be set after DataLoader is initialized"):
        setattr(loader, name, None)


def test_an_iterator_is_not_pickled():
    with pytest.raises(NotImplementedError, match="InProcess cannot be pickled"):
        pickle.dumps(iter(DataLoader(range(5))))


def test_exceptions_are_the_datasets_own():
    loader = iter(DataLoader(Numbers(1, lambda: 1 / 0)))
    assert next(loader).tolist() == [0]
    with pytest.raises(ZeroDivisionError, match="^division by zero$"):
        next(loader)
    assert next(loader).tolist() == [2]


def test_page_locked_memory_needs_a_gpu(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cuda, "is_available", lambda: False)
    with pytest.warns(UserWarning, match="'pin_memory' argument is set as true but no accelerator is found"):
        assert batches(DataLoader(range(2), 2, pin_memory=True)) == [[0, 1]]


@pytest.mark.cuda_only
def test_page_locked_batches():
    tensors = TensorDataset(autograd.arange(4, device="cpu"))
    ((batch,),) = list(DataLoader(tensors, 4, pin_memory=True))
    assert batch.tolist() == [0, 1, 2, 3] and batch.device.type == "cpu"
    memory = batch._data
    while memory.base is not None and not hasattr(memory, "ptr"):
        memory = memory.base
    assert "PinnedMemory" in type(memory).__name__ or "memoryview" in type(memory).__name__
    assert batch.to("cuda").tolist() == [0, 1, 2, 3]


class Pinnable:
    """What knows how to pin itself, or notes that it was asked."""

    def pin_memory(self) -> str:
        return "pinned"


def test_what_is_pinned(monkeypatch: pytest.MonkeyPatch, device: str):
    """The walk over a batch, with copies in place of page-locked memory."""
    monkeypatch.setattr(cuda, "is_available", lambda: True)
    backend = autograd.zeros(1, device="cpu").backend

    class Place:
        def pinned(self, array: Any) -> Any:
            return array + 1

    monkeypatch.setattr("autograd.methods.storage.backend_for", lambda name: Place())
    data = [{"x": autograd.zeros(1, device="cpu"), "y": Pinnable(), "z": "text"}]
    ((batch,),) = [list(DataLoader(data, batch_size=None, pin_memory=True, collate_fn=lambda item: (item,)))[0:1]]
    assert batch[0]["x"].tolist() == [1] and batch[0]["x"].backend is backend
    assert (batch[0]["y"], batch[0]["z"]) == ("pinned", "text")
    elsewhere = autograd.zeros(1)
    (found,) = DataLoader([elsewhere], batch_size=None, pin_memory=True)
    assert (found is elsewhere) == (device != "cpu")


def test_worker_functions_are_for_workers_alone():
    assert batches(DataLoader(range(2), worker_init_fn=fail_to_start, collate_fn=autograd.tensor)) == [[0], [1]]
    assert list(DataLoader(range(2), collate_fn=as_is)) == [[0], [1]]
