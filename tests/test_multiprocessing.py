"""`autograd.multiprocessing`: Python's names, and processes that are started together."""

from __future__ import annotations

import multiprocessing

import pytest
import torch.multiprocessing as theirs

import autograd.multiprocessing as ours
from tests import spawned
from tests.arrays import to_numpy


def test_names_of_python():
    from autograd.multiprocessing import Process, Queue, set_start_method

    assert Process is multiprocessing.Process and Queue == multiprocessing.Queue
    assert set_start_method == multiprocessing.set_start_method
    for name in ("Proces", "__wrapped__"):
        with pytest.raises(AttributeError, match=name):
            getattr(ours, name)


def test_tensors_travel():
    context = ours.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=spawned.answer, args=(queue,))
    process.start()
    assert to_numpy(queue.get(timeout=60)).tolist() == [0, 1, 2]
    process.join()


def test_processes_that_are_counted(tmp_path):
    assert ours.spawn(spawned.leave_a_note, (str(tmp_path),), nprocs=2) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1"]


def test_waiting_by_oneself(tmp_path):
    started = ours.spawn(spawned.leave_a_note, (str(tmp_path),), join=False)
    while not started.join(timeout=1):
        pass
    assert [int(path.read_text()) for path in tmp_path.iterdir()] == started.pids() and started.join()


@pytest.mark.parametrize(
    ("how", "error", "text"),
    [("error", "ProcessRaisedException", r"-- Process 1 terminated with the following error:\n(.|\n)*no such thing"),
     ("exit", "ProcessExitedException", "process 1 terminated with exit code 3")],
)  # fmt: skip
def test_failures_end_all(how, error, text):
    with pytest.raises(getattr(ours, error), match=text) as caught:
        ours.spawn(spawned.fail, (how,), nprocs=2)
    assert caught.value.error_index == 1 and caught.value.error_pid > 0
    assert issubclass(getattr(theirs, error), Exception) and getattr(caught.value, "exit_code", 3) == 3


def test_a_failure_before_anybody_waits():
    started = ours.spawn(spawned.fail, ("exit",), nprocs=2, join=False)
    started.processes[1].join()
    with pytest.raises(ours.ProcessExitedException, match="process 1"):
        started.join(timeout=30)
    assert not started.processes[0].is_alive()


def test_sharing():
    assert ours.get_sharing_strategy() == theirs.get_sharing_strategy()
    assert ours.get_all_sharing_strategies() <= theirs.get_all_sharing_strategies()
    assert ours.set_sharing_strategy("file_system") is None
    with pytest.raises(AssertionError, match="'ram' is not"):
        ours.set_sharing_strategy("ram")
