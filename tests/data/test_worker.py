"""What a worker does with its messages, seen from inside: it runs here, between two ends of a pipe."""

from __future__ import annotations

import contextlib
import os
import pickle
import random
from collections.abc import Iterator
from multiprocessing import Pipe, connection
from typing import Any

import numpy as np
import pytest

import autograd
from autograd.utils.data import default_collate, worker
from autograd.utils.data.shared import prepare
from tests.data import datasets
from tests.data.datasets import Counting, Noisy, Numbers
from tests.data.leftovers import assert_nothing_left


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """The program's random numbers go on, and it is no worker."""
    prepare()
    kept = worker.random_states()
    yield
    worker.restore_states(worker.packed_states(kept))
    worker._info = None
    assert_nothing_left()


def served(dataset: Any, *messages: Any, iterable: bool = False, init: Any = None) -> list[tuple]:
    """The answers to messages."""
    ours, theirs = Pipe()
    job = worker.Job(1, 2, 5, dataset, (iterable, True, default_collate, False), init, "rginside_")
    for number, message in enumerate(messages):
        ours.send(message and (number, *message))
    worker.main(theirs, job)
    theirs.close()
    answers = []
    with contextlib.suppress(EOFError):
        while True:
            answers.append(ours.recv())
    ours.close()
    return answers


def test_batches_until_the_end():
    answers = served(
        Counting(6), ([None] * 2, [], ""), ([None] * 2, [], None), ([None] * 2, [], None), None, iterable=True
    )
    assert [(number, kind) for number, kind, *_ in answers] == [(0, "batch"), (1, "batch"), (2, "end")]
    assert worker.get_worker_info() == worker.WorkerInfo(1, 2, 6, worker._info.dataset)  # type: ignore[union-attr]


def test_blocks_that_come_back_are_used_first():
    answers = served(Numbers(), ([0], [], ""), ([1], [0], None), ([2], [], None), None)
    assert [parcel.block for _, _, parcel in answers] == [0, 0, 1]


def test_errors_are_described():
    answers = served(Numbers(1, datasets.missing), ([0], [], ""), ([1], [], None), ([2], [], None), None)
    assert [kind for _, kind, *_ in answers] == ["batch", "error", "batch"]
    error = worker.raised_again(*answers[1][2:])
    assert isinstance(error, KeyError) and "in DataLoader worker process 1" in str(error)
    stopped = served(Numbers(0, datasets.stop), ([0], [], ""), None)
    assert isinstance(worker.raised_again(*stopped[0][2:]), StopIteration)


def test_a_start_that_fails_is_told_once():
    answers = served(Numbers(), ([0], [], ""), ([1], [], None), None, init=datasets.fail_to_start)
    assert [kind for _, kind, *_ in answers] == ["error", "batch"]
    assert str(worker.raised_again(*answers[0][2:])).startswith("Caught ValueError")


def test_a_local_type_and_no_exception_at_all():
    try:
        datasets.local_type()
    except ValueError as error:
        kind, text = worker.described(error, "here")
    assert kind is None and type(worker.raised_again(kind, text)) is RuntimeError
    assert type(worker.raised_again(b"not pickled", "text")) is RuntimeError
    assert type(worker.raised_again(pickle.dumps(str), "text")) is RuntimeError


def test_random_numbers_go_on_from_a_state():
    worker.seed_worker(2**40, 3)
    drawn = random.random(), np.random.rand(), autograd.rand(1, device="cpu").item()
    worker.seed_worker(2**40, 3)
    text = worker.packed_states(worker.random_states())
    worker.seed_worker(1, 1)
    worker.restore_states(text)
    assert (random.random(), np.random.rand(), autograd.rand(1, device="cpu").item()) == drawn
    assert [kind for _, kind, *_ in served(Noisy(), ([0], [], text), None)] == ["batch"]


def test_the_parent_goes():
    """A closed pipe ends a worker without a word."""
    ours, theirs = Pipe()
    ours.send((0, [0], [], ""))
    ours.close()
    worker.main(theirs, worker.Job(0, 1, 0, Numbers(), (False, True, default_collate, False), None, "rginside_"))
    theirs.close()


def test_a_parent_that_vanished(monkeypatch: pytest.MonkeyPatch):
    """Another process is the parent now, while the pipe is still held open by somebody."""
    ours, theirs = Pipe()
    pids = iter([1, 1, 2])
    monkeypatch.setattr(os, "getppid", lambda: next(pids))
    monkeypatch.setattr(connection, "wait", lambda objects, timeout: [])
    assert worker._received(theirs) is None
    ours.close()
    theirs.close()


def test_a_forked_worker_closes_the_parents_ends():
    ours, theirs = Pipe()
    worker.parents_ends.add(ours)
    served(Numbers(), None)
    assert ours.closed
    theirs.close()
