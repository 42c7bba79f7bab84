"""The iterators of a `DataLoader`: in this process, and over workers."""

from __future__ import annotations

import itertools
import multiprocessing
import warnings
import weakref
from dataclasses import dataclass, field
from typing import Any

from autograd import random
from autograd.utils.data import worker
from autograd.utils.data.collate import mapped
from autograd.utils.data.pool import Pool
from autograd.utils.data.sampler import draw_seed


@dataclass
class Progress:
    """How far a pass over a loader has come; the loader keeps it when the iterator is gone.

    Parameters
    ----------
    batches : those given so far
    generators : the states of what the order is drawn from, as the pass began
    began : the states of the workers' random numbers as the pass began, as text; None: those of the seed
    workers : the same after each one's last batch given
    finished : whether all batches were given
    """

    batches: int
    generators: list[Any]
    began: list[str | None] = field(default_factory=list)
    workers: list[str | None] = field(default_factory=list)
    finished: bool = False


def sources(loader: Any) -> list[random.Generator]:
    """What the order of a loader's batches is drawn from: the CPU's own generator, its and its samplers'."""
    inner = getattr(loader.batch_sampler, "sampler", None)
    owners = [loader, loader.sampler, loader.batch_sampler, inner]
    found = {id(g): g for owner in owners if (g := getattr(owner, "generator", None)) is not None}
    return [random.default_generator, *found.values()]


def _pinned(item: Any) -> Any:
    """A tensor of the CPU, or what knows how to pin itself, in page-locked memory."""
    return item.pin_memory() if hasattr(item, "pin_memory") else item


class LoaderIterator:
    """One pass over a loader's batches.

    Parameters
    ----------
    loader : whose
    state : of an earlier pass that this one goes on with; empty for a new one
    """

    def __init__(self, loader: Any, state: dict[str, Any]):
        self._loader = loader
        self._begin(state)

    def _begin(self, state: dict[str, Any]) -> None:
        """Start an epoch, at its first batch or where a state says."""
        loader, found = self._loader, sources(self._loader)
        begun = bool(state) and state["begun"]
        now = found[0].get_state()
        if state:
            if len(state["generators"]) != len(found):
                raise ValueError(
                    f"the state is of a DataLoader with {len(state['generators']) - 1} generators, this one has "
                    f"{len(found) - 1}: give the sampler and generator that it had"
                )
            # Between epochs the CPU's own generator is the program's to restore.
            for source, start in list(zip(found, state["generators"]))[0 if begun else 1 :]:
                source.set_state(start)
        starts = [source.get_state() for source in found]
        self.progress = loader._progress = Progress(state.get("batches", 0), starts)
        self._indices = iter(loader._index_sampler)
        self._base_seed = draw_seed(loader.generator)
        if begun:
            # The sampler draws its seed when first asked; what the program draws must not change by that.
            skipped = 0 if loader._iterable else self.progress.batches
            first = list(itertools.islice(self._indices, skipped + 1))
            self._indices = itertools.chain(first[skipped:], self._indices)
            found[0].set_state(now)

    def _next_batch(self) -> Any:
        """The next batch, counted in `progress`."""
        raise NotImplementedError

    def __iter__(self) -> LoaderIterator:
        return self

    def __len__(self) -> int:
        return len(self._loader._index_sampler)

    def __next__(self) -> Any:
        try:
            batch = self._next_batch()
        except StopIteration:
            self.progress.finished = True
            raise
        loader, done = self._loader, self.progress.batches
        if loader._iterable and loader._length_told is not None and done == loader._length_told + 1:
            what = "samples" if loader.batch_size in (None, 1) else "batches"
            warnings.warn(
                f"Length of IterableDataset {loader.dataset} was reported to be {loader._length_told} (when accessing "
                f"len(dataloader)), but {done} {what} have been fetched. Of several workers each must give only its "
                "part: see get_worker_info",
                stacklevel=2,
            )
        return mapped(batch, _pinned) if loader._pins else batch

    def __reduce__(self) -> Any:
        raise NotImplementedError(f"{type(self).__name__} cannot be pickled; pickle the DataLoader")


class InProcess(LoaderIterator):
    """Loads each batch when it is asked for."""

    def __init__(self, loader: Any, state: dict[str, Any]):
        if loader.timeout != 0:
            raise AssertionError(f"timeout={loader.timeout} needs workers: set num_workers, or leave timeout at 0")
        super().__init__(loader, state)
        self._fetcher = worker.Fetcher(loader.dataset, *loader._fetching)
        if loader._iterable and self.progress.batches:
            program = worker.packed_states(worker.random_states())
            for indices in itertools.islice(self._indices, self.progress.batches):
                self._fetcher.fetch(indices)
            worker.restore_states(program)  # the batches draw what the program drew for them before

    def _next_batch(self) -> Any:
        indices = next(self._indices)
        try:
            batch = self._fetcher.fetch(indices)
        except Exception as error:  # the next pass, if it goes on from here, leaves the batch out as this one does
            self.progress.batches += not isinstance(error, StopIteration)
            raise
        self.progress.batches += 1
        return batch


class OverWorkers(LoaderIterator):
    """Keeps `prefetch_factor` batches for each worker on their way, and gives them in order.

    The workers take turns: batch n is worker n modulo their number's, as long as none has come to its end.
    """

    def __init__(self, loader: Any, state: dict[str, Any]):
        if loader.prefetch_factor <= 0:
            raise AssertionError("prefetch_factor must be greater than 0 to load with workers")
        super().__init__(loader, state)
        count, init = loader.num_workers, loader.worker_init_fn
        context = loader.multiprocessing_context or multiprocessing.get_context()
        job = worker.Job(0, count, self._base_seed, loader.dataset, loader._fetching, init, "")
        self._pool = Pool(context, [job._replace(worker=which) for which in range(count)])
        self._end = weakref.finalize(self, self._pool.shutdown)
        self._sent = 0
        self._prime(state)

    @property
    def open(self) -> bool:
        """Whether the workers live."""
        return self._pool.open

    def again(self, state: dict[str, Any]) -> None:
        """Begin another epoch with the same workers."""
        texts = self.progress.workers
        self._begin(state)
        self._prime(state or {"began": texts, "workers": texts})

    def _prime(self, state: dict[str, Any]) -> None:
        """Ask for the first batches."""
        count, progress = self._loader.num_workers, self.progress
        progress.began = list(state.get("began") or [None] * count)
        progress.workers = list(state.get("workers") or [None] * count)
        if len(progress.workers) != count:
            raise ValueError(
                f"the state is of a DataLoader with {len(progress.workers)} workers, this one has {count}: their "
                "random numbers would differ; use as many"
            )
        # An iterable dataset comes to its place only by being gone through from its start.
        replayed = progress.batches if self._loader._iterable else 0
        texts = progress.began if replayed else progress.workers
        self._restart: list[str | None] = [text or "" for text in texts]
        self._first = self._sent  # answers to what was asked before are of no use
        self._turn = 0 if replayed else progress.batches % count
        self._waiting: dict[int, int] = {}  # which worker has which batch, those that arrived included
        self._arrived: dict[int, tuple] = {}
        self._active = [True] * count
        self._load = [0] * count
        for _ in range(self._loader.prefetch_factor * count):
            self._ask()
        progress.batches -= replayed
        for _ in range(replayed):
            self._next_batch()

    def _ask(self) -> None:
        """Send the next indices to the worker whose turn it is; out of order, to the one that has the least to do."""
        count = len(self._active)
        candidates = [which % count for which in range(self._turn, self._turn + count) if self._active[which % count]]
        if not candidates:
            return
        which = candidates[0] if self._loader.in_order else min(candidates, key=self._load.__getitem__)
        try:
            indices = next(self._indices)
        except StopIteration:
            return
        self._turn = (which + 1) % count
        self._pool.send(which, self._sent, indices, self._restart[which])
        self._restart[which] = None
        self._waiting[self._sent] = which
        self._load[which] += 1
        self._sent += 1

    def _receive(self, timeout: float | None) -> bool:
        """Take in the answers that came; whether there was one."""
        answers = self._pool.receive(timeout)
        for which, number, kind, *rest in answers:
            if number < self._first:
                if kind == worker.BATCH:
                    self._pool.refuse(which, rest[0])
                continue
            self._load[which] -= 1
            if kind == worker.END:
                self._active[which] = False
                del self._waiting[number]
                self._ask()
            else:
                self._arrived[number] = (kind, *rest)
        return bool(answers)

    def _next_batch(self) -> Any:
        if self._pool.failure is not None:
            raise RuntimeError(self._pool.failure)
        loader = self._loader
        if self._waiting:
            self._receive(0)  # a worker's death is told as soon as it can be
        while self._waiting:
            number = next(iter(self._waiting if loader.in_order else self._arrived), None)
            if number in self._arrived:
                return self._unpacked(number)
            if not self._receive(loader.timeout or None):
                raise RuntimeError(f"DataLoader timed out after {loader.timeout} seconds")
        if not loader.persistent_workers:
            self._end()
        raise StopIteration

    def _unpacked(self, number: Any) -> Any:
        """A batch that arrived, or the exception in its place; its worker gets another to do."""
        which, (kind, *rest) = self._waiting.pop(number), self._arrived.pop(number)
        self._ask()
        self.progress.batches += 1
        if kind == worker.ERROR:
            raise worker.raised_again(*rest)
        batch, text = self._pool.read(which, rest[0])
        if text is not None:
            self.progress.workers[which] = text
        return batch


class Kept(LoaderIterator):
    """A pass with workers that the loader keeps for the next; it keeps the loader while it lasts.

    Parameters
    ----------
    loader : whose
    over : its iterator over the workers
    """

    def __init__(self, loader: Any, over: OverWorkers):
        self._loader, self._over = loader, over

    def __next__(self) -> Any:
        return next(self._over)
