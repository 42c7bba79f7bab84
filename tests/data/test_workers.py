"""`DataLoader` over worker processes: what travels, in which order, with which random numbers, and what fails."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch.utils.data as theirs

import autograd
from autograd.utils.data import DataLoader, get_worker_info, worker
from tests.arrays import to_numpy
from tests.data import datasets
from tests.data.datasets import Counting, Noisy, Numbers, Squares, Who, as_is
from tests.data.leftovers import assert_nothing_left, blocks


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    yield
    assert_nothing_left()


@pytest.mark.parametrize("start", ["fork", "spawn", "forkserver"])
def test_every_start_method_loads_the_same(start: str):
    loader = DataLoader(Squares(10, (40, 50)), 4, num_workers=2, multiprocessing_context=start)
    for (mine, square, names), (alone, its_square, its_names) in zip(loader, DataLoader(Squares(10, (40, 50)), 4)):
        np.testing.assert_array_equal(to_numpy(mine), to_numpy(alone))
        assert square.tolist() == its_square.tolist() and names == its_names
        assert mine.dtype is alone.dtype
        if start == "fork":  # a new interpreter has its own default device
            assert mine.device == alone.device


def kinds(index: int) -> dict:
    """A batch of all sorts."""
    return {
        "bfloat16": autograd.ones(3, dtype=autograd.bfloat16) * index,
        "empty": autograd.zeros(0, 2),
        "scalar": autograd.tensor(index),
        "turned": autograd.arange(6).reshape(2, 3).t(),
        "parameter": autograd.ones(2, requires_grad=True),
        "set": {1, "a"},
    }


class Kinds(Numbers):
    def __getitem__(self, index: int) -> dict:
        return kinds(index)


def test_any_structure_travels():
    for index, found in enumerate(DataLoader(Kinds(), batch_size=None, num_workers=1)):
        for name, expected in kinds(index).items():
            if name == "set":
                assert found[name] == expected
                continue
            assert found[name].dtype is expected.dtype and found[name].requires_grad == expected.requires_grad
            assert found[name].device == expected.device and found[name].shape == expected.shape
            assert found[name].tolist() == expected.tolist()


@pytest.mark.cpu_only
def test_batches_lie_in_shared_memory_and_may_be_kept():
    """Kept batches are not written over, however many; of the first, nothing was copied here."""
    loader = DataLoader(Squares(120, (2000,)), 2, num_workers=2)
    kept = [images for images, *_ in loader]
    for number, images in enumerate(kept):
        np.testing.assert_array_equal(images.numpy()[:, 0], [2 * number, 2 * number + 1])
    mapped = [
        tuple(int(end, 16) for end in line.split()[0].split("-"))
        for line in Path("/proc/self/maps").read_text().splitlines()
        if "/dev/shm/rg" in line
    ]
    inside = [any(low <= images.data_ptr() < high for low, high in mapped) for images in kept]
    assert inside[0] and 2 <= sum(inside) <= 20
    kept[0] += 1
    assert kept[0][0, 0].item() == 1 and kept[1][0, 0].item() == 2


def test_blocks_are_used_again():
    """As few as are on their way at once, and none of them has a name any more once it was read."""
    loader = DataLoader(Squares(60, (4000,)), 2, num_workers=1)
    addresses = set()
    for images, *_ in loader:
        addresses.add(images.data_ptr())
        del images
        assert len(blocks()) <= 3
    assert len(addresses) <= 30


class Growing(Numbers):
    def __getitem__(self, index: int) -> Any:
        return np.full(10 ** (index // 2 + 1), index)


def test_blocks_grow_with_the_batches():
    for index, batch in enumerate(DataLoader(Growing(), batch_size=None, num_workers=1)):
        assert batch.shape == (10 ** (index // 2 + 1),) and batch[-1].item() == index
        del batch


def test_workers_know_who_they_are():
    assert get_worker_info() is None
    loader = DataLoader(Who(), batch_size=None, num_workers=2, generator=autograd.Generator().manual_seed(1))
    found = list(loader)
    assert [(which, count) for which, count, *_ in found] == [(0, 2), (1, 2), (0, 2), (1, 2)]
    assert found[1][2] == found[0][2] + 1
    info = worker.WorkerInfo(0, 2, 5, None)
    with pytest.raises(AttributeError):
        info.id = 3  # type: ignore[misc]


class TheirWho(theirs.Dataset):
    def __len__(self) -> int:
        return 4

    def __getitem__(self, index: int) -> tuple:
        import random

        return theirs.get_worker_info().seed, random.random(), float(np.random.rand())


def test_seeds_give_pytorchs_numbers():
    """Python's and NumPy's numbers in a worker follow from its seed as PyTorch's do."""
    import random

    kept = random.getstate(), np.random.get_state()
    for number, (seed, first, second) in enumerate(theirs.DataLoader(TheirWho(), batch_size=None, num_workers=2)):
        if number < 2:
            worker.seed_worker(seed - number, number)
            assert (random.random(), float(np.random.rand())) == (first, second)
    random.setstate(kept[0])
    np.random.set_state(kept[1])


def test_random_numbers_follow_from_the_generator():
    def drawn(seed: int) -> list:
        generator = autograd.Generator().manual_seed(seed)
        return [batch.tolist() for batch in DataLoader(Noisy(), 3, num_workers=2, generator=generator)]

    first = drawn(1)
    assert first == drawn(1) != drawn(2)
    values = np.array(first)[..., 1:].ravel()
    assert len(set(values.tolist())) == len(values)


def test_iterable_datasets_are_shared_among_workers():
    loader = DataLoader(Counting(11), 2, num_workers=2)
    found = [number.tolist() for number, _ in loader]
    assert found == [[0, 2], [1, 3], [4, 6], [5, 7], [8, 10], [9]]
    assert [n.tolist() for n, _ in DataLoader(Counting(3), 2, num_workers=2, drop_last=True)] == [[0, 2]]


class Slow(Numbers):
    def __getitem__(self, index: int) -> int:
        time.sleep(0.3 if index == 0 else 0)
        return index


def test_batches_may_come_as_they_are_ready():
    in_order = [batch.item() for batch in DataLoader(Slow(), num_workers=2)]
    assert in_order == list(range(10))
    ready = [batch.item() for batch in DataLoader(Slow(), num_workers=2, in_order=False)]
    assert sorted(ready) == in_order and ready[0] != 0


def test_workers_may_stay():
    loader = DataLoader(Who(), batch_size=None, num_workers=2, persistent_workers=True)
    first = [item[2] for item in loader]
    pids = {process.pid for process in multiprocessing.active_children()}
    assert len(pids) == 2
    for _ in loader:
        break
    assert [item[2] for item in loader] == first
    assert {process.pid for process in multiprocessing.active_children()} == pids
    counting = DataLoader(Counting(5), 2, num_workers=2, persistent_workers=True)
    assert [[n.tolist() for n, _ in counting] for _ in range(2)] == [[[0, 2], [1, 3], [4]]] * 2


def test_workers_that_stayed_and_died_are_replaced():
    loader = DataLoader(range(4), num_workers=1, persistent_workers=True)
    list(loader)
    (process,) = multiprocessing.active_children()
    process.kill()
    process.join()
    with pytest.raises(RuntimeError, match="killed"):
        list(loader)
    assert [batch.item() for batch in loader] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("deed", "error", "message"),
    [
        (datasets.missing, KeyError, "(?s)Caught KeyError in DataLoader worker process 0.*in missing.*no\\\\nsuch key"),
        (datasets.two_arguments, RuntimeError, "(?s)Caught TwoArguments in .* in two_arguments"),
        (datasets.local_type, RuntimeError, "(?s)Caught Local in .*only here"),
        (datasets.long_text, ValueError, r"(?s)Caught ValueError.*\.\.\..*xxx"),
        (datasets.stop, StopIteration, "Caught StopIteration"),
    ],
)
def test_exceptions_come_back_with_their_type(deed: Any, error: Any, message: str):
    batches = iter(DataLoader(Numbers(2, deed), num_workers=2))
    assert [next(batches).item(), next(batches).item()] == [0, 1]
    with pytest.raises(error, match=message) as caught:
        next(batches)
    assert "\\n" not in str(caught.value).replace("no\\nsuch", "")
    assert [batch.item() for batch in batches] == [3, 4, 5, 6, 7, 8, 9]


def test_exceptions_at_the_start_and_in_packing():
    with pytest.raises(ValueError, match="(?s)Caught ValueError in DataLoader worker process 0.*worker 0 cannot start"):
        list(DataLoader(Numbers(), num_workers=1, worker_init_fn=datasets.fail_to_start))
    with pytest.raises((AttributeError, pickle.PicklingError), match="(?s)Caught .*lambda"):
        list(DataLoader(Numbers(0, datasets.unpicklable), batch_size=None, num_workers=1, collate_fn=as_is))


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        (datasets.die, r"DataLoader worker \(pid \d+\) is killed by signal: Killed. It was worker 0"),
        (datasets.leave, r"DataLoader worker \(pid\(s\) \d+\) exited unexpectedly: worker 0 with exit code 3"),
    ],
)
def test_a_dead_worker_is_an_error_at_once(deed: Any, message: str):
    batches = iter(DataLoader(Numbers(4, deed), num_workers=2, prefetch_factor=1))
    started = time.monotonic()
    with pytest.raises(RuntimeError, match=message):
        list(batches)
    assert time.monotonic() - started < 2
    with pytest.raises(RuntimeError, match=message):
        next(batches)


def test_a_worker_killed_while_another_is_busy():
    batches = iter(DataLoader(Numbers(3, datasets.sleep), num_workers=2, prefetch_factor=1))
    assert next(batches).item() == 0
    victim = multiprocessing.active_children()[0]
    os.kill(victim.pid, signal.SIGKILL)
    started = time.monotonic()
    with pytest.raises(RuntimeError, match=f"pid {victim.pid}\\) is killed by signal: Killed"):
        list(batches)
    assert time.monotonic() - started < 2


def test_a_worker_out_of_shared_memory_says_so():
    batches = iter(DataLoader(Numbers(0, datasets.bus_error), num_workers=1))
    with pytest.raises(RuntimeError, match="Bus error.*out of shared memory, see /dev/shm"):
        list(batches)


def test_a_worker_that_takes_too_long():
    batches = iter(DataLoader(Numbers(1, datasets.sleep), num_workers=1, timeout=0.3))
    assert next(batches).item() == 0
    with pytest.raises(RuntimeError, match=r"DataLoader timed out after 0.3 seconds"):
        next(batches)
    with pytest.raises(NotImplementedError, match="OverWorkers cannot be pickled"):
        pickle.dumps(batches)


def test_what_cannot_be_sent_to_a_worker():
    loader = DataLoader(Numbers(0, lambda: 0), num_workers=2, multiprocessing_context="spawn")
    with pytest.raises((AttributeError, pickle.PicklingError), match="lambda"):
        list(loader)
