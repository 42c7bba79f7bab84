"""What a worker process does: seed its random numbers, load batches as it is told, end with its parent."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import pickle
import random
import signal
import traceback
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import connection
from typing import Any, NamedTuple

import autograd.random
from autograd.backends import backend_for
from autograd.utils.data.dataset import fetch_many
from autograd.utils.data.shared import Writer

_LOOK_UP = 1.0  # seconds between two looks at whether the parent lives
_LONGEST = 20_000  # characters of a traceback, which must fit into the pipe: a worker never waits to be read

BATCH, ERROR, END = "batch", "error", "end"


@dataclass(frozen=True)
class WorkerInfo:
    """Which worker this process is.

    Parameters
    ----------
    id : from 0 to `num_workers` - 1
    num_workers : of the loader
    seed : what the worker's random numbers started from
    dataset : the worker's copy
    """

    id: int
    num_workers: int
    seed: int
    dataset: Any


_info: WorkerInfo | None = None
parents_ends: weakref.WeakSet = weakref.WeakSet()  # of all pipes: a forked worker must not keep them open


def get_worker_info() -> WorkerInfo | None:
    """Which worker of a `DataLoader` this process is; None outside of workers.

    Examples
    --------
    >>> from autograd.utils.data import get_worker_info
    >>> get_worker_info() is None  # in the main process
    True
    """
    return _info


class Fetcher:
    """Loads batches of a dataset, from indices or as they come.

    Parameters
    ----------
    dataset : where from
    iterable : whether it is an `IterableDataset`
    batched : whether samples are put together
    collate_fn : what makes a batch, or converts a single sample
    drop_last : whether an iterable dataset's last batch is left out when it is shorter
    """

    def __init__(self, dataset: Any, iterable: bool, batched: bool, collate_fn: Callable, drop_last: bool):
        self._dataset, self._batched, self._collate, self._drop_last = dataset, batched, collate_fn, drop_last
        self._samples = iter(dataset) if iterable else None

    def fetch(self, indices: Any) -> Any:
        """The batch for indices, or of as many next samples.

        Raises
        ------
        StopIteration
            When an iterable dataset has no more.
        """
        if self._samples is None:
            return self._collate(fetch_many(self._dataset, indices) if self._batched else self._dataset[indices])
        if not self._batched:
            return self._collate(next(self._samples))
        samples = [sample for _, sample in zip(indices, self._samples)]
        if not samples or (self._drop_last and len(samples) < len(indices)):
            raise StopIteration
        return self._collate(samples)


class Job(NamedTuple):
    """All that a worker is told when it starts."""

    worker: int
    num_workers: int
    base_seed: int
    dataset: Any
    fetcher: tuple
    init: Callable | None
    prefix: str


def seed_worker(base_seed: int, worker: int) -> None:
    """Start the random numbers of Python, of this package and of NumPy as PyTorch does for a worker."""
    random.seed(base_seed + worker)
    autograd.random.manual_seed(base_seed + worker)
    numpy = backend_for("cpu").library
    words = [worker, base_seed % 2**32, base_seed >> 32, 0]
    numpy.random.seed(numpy.random.SeedSequence(words).generate_state(4))


def random_states() -> tuple:
    """Everything that the random numbers to come depend on."""
    legacy = backend_for("cpu").library.random.get_state()
    ours = backend_for("cpu").random_state(autograd.random.default_generator.raw)
    return random.getstate(), (legacy[0], legacy[1].tobytes(), *legacy[2:]), ours


def packed_states(states: tuple) -> str:
    """The states as text, which a checkpoint can hold."""
    python, (name, key, *rest), ours = states
    return json.dumps([python, [name, key.hex(), *rest], ours.decode()])


def restore_states(text: str) -> None:
    """Go on from what `packed_states` gave."""
    cpu = backend_for("cpu")
    (version, words, gauss), (name, key, *rest), ours = json.loads(text)
    random.setstate((version, tuple(words), gauss))
    cpu.library.random.set_state((name, cpu.library.frombuffer(bytes.fromhex(key), "uint32"), *rest))
    cpu.set_random_state(autograd.random.default_generator.raw, ours.encode())


def described(error: Exception, where: str) -> tuple[bytes | None, str]:
    """An exception as the parent can raise it again: its pickled type, where that is possible, and its traceback."""
    text = "".join(traceback.format_exception(error))
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]}\n...\n{text[-_LONGEST // 2 :]}"
    try:
        kind = pickle.dumps(type(error))
    except (pickle.PicklingError, AttributeError):  # a class of a function
        kind = None
    return kind, f"Caught {type(error).__name__} {where}.\nOriginal {text}"


class _Message(str):
    """A text that stays readable as a KeyError's argument, which is shown by its `repr`."""

    def __repr__(self) -> str:
        return str(self)


def raised_again(kind: bytes | None, text: str) -> Exception:
    """The exception that `described` described; a RuntimeError where its type cannot be made from a text alone."""
    try:
        error = pickle.loads(kind or b"")(_Message(text))
    except Exception:
        return RuntimeError(text)
    return error if isinstance(error, Exception) else RuntimeError(text)


def process(pipe: Any, job: Job) -> None:
    """A worker process from its start: Ctrl-C, which the parent has too, ends it without a word at any moment."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    main(pipe, job)


@contextlib.contextmanager
def interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C waiting, and in processes started in the block until they let it through."""
    kept = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, kept)


def main(pipe: Any, job: Job) -> None:
    """Serve the parent until it says so, or is gone."""
    global _info
    for end in list(parents_ends):
        end.close()
    writer = Writer(job.prefix)
    try:
        seed_worker(job.base_seed, job.worker)
        _info = WorkerInfo(job.worker, job.num_workers, job.base_seed + job.worker, job.dataset)
        _serve(pipe, job, writer)
    finally:
        writer.abandon()


def _serve(pipe: Any, job: Job, writer: Writer) -> None:
    where = f"in DataLoader worker process {job.worker}"
    failure, fetcher, known = None, None, None
    try:
        if job.init is not None:
            job.init(job.worker)
    except Exception as error:
        failure = described(error, where)
    while (message := _received(pipe)) is not None:
        number, indices, returned, restart = message
        writer.reuse(returned)
        answer: tuple
        try:
            if restart is not None:
                fetcher = None
                if restart:
                    restore_states(restart)
            if failure is not None:
                answer, failure = (ERROR, *failure), None
            else:
                fetcher = fetcher or Fetcher(job.dataset, *job.fetcher)
                batch = fetcher.fetch(indices)
                states = random_states()
                news, known = (None if states == known else packed_states(states)), states
                answer = (BATCH, writer.write((batch, news)))
                del batch
        except StopIteration as stop:
            iterable = job.fetcher[0]
            answer = (END,) if iterable else (ERROR, *described(stop, where))
        except Exception as error:
            answer = (ERROR, *described(error, where))
        try:
            pipe.send((number, *answer))
        except OSError:  # the parent is gone, or has left the loop
            return


def _received(pipe: Any) -> Any:
    """The parent's next message; None when it is the last or the parent is gone, whoever else holds the pipe open."""
    alive = multiprocessing.parent_process()
    sentinels = [] if alive is None else [alive.sentinel]
    started = os.getppid()
    while True:
        ready = connection.wait([pipe, *sentinels], _LOOK_UP)
        if pipe in ready:
            try:
                return pipe.recv()
            except (EOFError, OSError):
                return None
        if ready or os.getppid() != started:
            return None
