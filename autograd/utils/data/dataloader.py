"""`DataLoader`: batches of a dataset, in order or shuffled, loaded here or by worker processes."""

from __future__ import annotations

import itertools
import math
import multiprocessing
import multiprocessing.context
import warnings
import weakref
from collections.abc import Callable, Iterator
from typing import Any, Generic

from autograd import cuda
from autograd.random import Generator
from autograd.utils.data.collate import default_collate, default_convert
from autograd.utils.data.dataset import IterableDataset, Samples, T_co
from autograd.utils.data.iterator import InProcess, Kept, LoaderIterator, OverWorkers, Progress, sources
from autograd.utils.data.sampler import BatchSampler, RandomSampler, Sampler, SequentialSampler

_FIXED = (
    "batch_size", "batch_sampler", "sampler", "drop_last", "dataset", "persistent_workers",
)  # fmt: skip


class _Unending(Sampler[None]):
    """The sampler of an iterable dataset, whose samples have no index."""

    def __iter__(self) -> Iterator[None]:
        return itertools.repeat(None)


class DataLoader(Generic[T_co]):
    """Iterates over a dataset in batches.

    Workers are processes; their batches travel through shared memory and come in the order of the sampler. One that
    raises has its exception raised here, one that dies is a RuntimeError. The default start method is Python's own;
    where it is fork and other threads of the program may hold locks, give `multiprocessing_context="spawn"`.

    Parameters
    ----------
    dataset : a `Dataset` or an `IterableDataset`
    batch_size : samples in a batch; None gives single samples, converted by `collate_fn`
    shuffle : whether to draw a new order each epoch
    sampler : gives the indices in place of `shuffle`
    batch_sampler : gives lists of indices, in place of `batch_size`, `shuffle`, `sampler` and `drop_last`
    num_workers : processes that load; 0 loads here
    collate_fn : makes a batch of a list of samples; default: `default_collate`, without batches `default_convert`
    pin_memory : whether tensors go to page-locked memory, from which copies to a CUDA device are faster
    drop_last : whether to leave out a last batch that is shorter
    timeout : seconds to wait for a batch of the workers; 0: without end
    worker_init_fn : called in each worker with its number, after its random numbers were seeded
    multiprocessing_context : a start method's name or a context of `multiprocessing`
    generator : where the order and the workers' seeds come from
    prefetch_factor : batches that each worker is ahead; default: 2
    persistent_workers : whether workers stay between epochs
    pin_memory_device : accepted for compatibility
    in_order : whether batches keep the sampler's order, or come as they are ready

    Raises
    ------
    ValueError
        For arguments that exclude each other, or out of range.
    TypeError
        If `multiprocessing_context` is neither a name nor a context.

    Examples
    --------
    >>> import autograd
    >>> from autograd.utils.data import DataLoader, TensorDataset
    >>> loader = DataLoader(TensorDataset(autograd.arange(5)), batch_size=2)
    >>> [batch.tolist() for (batch,) in loader]
    [[0, 1], [2, 3], [4]]
    """

    def __init__(
        self,
        dataset: Samples[T_co],
        batch_size: int | None = 1,
        shuffle: bool | None = None,
        sampler: Any = None,
        batch_sampler: Any = None,
        num_workers: int = 0,
        collate_fn: Callable | None = None,
        pin_memory: bool = False,
        drop_last: bool = False,
        timeout: float = 0,
        worker_init_fn: Callable[[int], Any] | None = None,
        multiprocessing_context: Any = None,
        generator: Generator | None = None,
        *,
        prefetch_factor: int | None = None,
        persistent_workers: bool = False,
        pin_memory_device: str = "",
        in_order: bool = True,
    ):
        _check_workers(num_workers, timeout, prefetch_factor, persistent_workers)
        self._iterable = isinstance(dataset, IterableDataset)
        if self._iterable:
            _check_iterable(shuffle, sampler, batch_sampler)
        if sampler is not None and shuffle:
            raise ValueError("sampler option is mutually exclusive with shuffle")
        if batch_sampler is not None:
            if batch_size != 1 or shuffle or sampler is not None or drop_last:
                raise ValueError(
                    "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last"
                )
            batch_size = None
        elif batch_size is None and drop_last:
            raise ValueError("batch_size=None option disables auto-batching and is mutually exclusive with drop_last")
        if sampler is None:
            if self._iterable:
                sampler = _Unending()
            else:
                sized: Any = dataset
                sampler = RandomSampler(sized, generator=generator) if shuffle else SequentialSampler(sized)
        if batch_size is not None:
            batch_sampler = BatchSampler(sampler, batch_size, drop_last)
        self.dataset: Any = dataset
        self.batch_size, self.drop_last = batch_size, drop_last
        self.sampler, self.batch_sampler, self.generator = sampler, batch_sampler, generator
        self.num_workers, self.timeout, self.worker_init_fn = num_workers, timeout, worker_init_fn
        self.prefetch_factor = 2 if num_workers and prefetch_factor is None else prefetch_factor
        self.persistent_workers, self.in_order = persistent_workers, in_order
        self.pin_memory, self.pin_memory_device = pin_memory, pin_memory_device
        batched = batch_sampler is not None
        self.collate_fn = collate_fn or (default_collate if batched else default_convert)
        self.multiprocessing_context = multiprocessing_context
        self._length_told: int | None = None
        self._iterator: OverWorkers | None = None
        self._progress: Progress | None = None
        self._resumed: dict[str, Any] = {}
        self._pins = False
        self._complete = True

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _FIXED and getattr(self, "_complete", False):
            raise ValueError(f"{name} attribute should not be set after {type(self).__name__} is initialized")
        super().__setattr__(name, value)

    @property
    def multiprocessing_context(self) -> Any:
        """The context of `multiprocessing` that workers are started with; None: Python's own."""
        return self._context

    @multiprocessing_context.setter
    def multiprocessing_context(self, context: Any) -> None:
        if context is not None:
            if not self.num_workers:
                raise ValueError(
                    "multiprocessing_context can only be used with multi-process loading (num_workers > 0), but got "
                    f"num_workers={self.num_workers}"
                )
            if isinstance(context, str):
                known = multiprocessing.get_all_start_methods()
                if context not in known:
                    raise ValueError(
                        f"multiprocessing_context option should specify a valid start method in {known!r}, but got "
                        f"multiprocessing_context={context!r}"
                    )
                context = multiprocessing.get_context(context)
            if not isinstance(context, multiprocessing.context.BaseContext):
                raise TypeError(
                    "multiprocessing_context option should be a valid context object or a string specifying the start "
                    f"method, but got multiprocessing_context={context}"
                )
        self._context = context

    @property
    def _index_sampler(self) -> Any:
        """What a batch is loaded from: lists of indices, or single ones."""
        return self.sampler if self.batch_sampler is None else self.batch_sampler

    @property
    def _fetching(self) -> tuple:
        """The arguments of a `Fetcher` after the dataset."""
        return self._iterable, self.batch_sampler is not None, self.collate_fn, self.drop_last

    def __iter__(self) -> LoaderIterator:
        self._pins = self.pin_memory and cuda.is_available()
        if self.pin_memory and not self._pins:
            warnings.warn(
                "'pin_memory' argument is set as true but no accelerator is found, then device pinned memory won't be "
                "used.",
                stacklevel=2,
            )
        state, self._resumed = self._resumed, {}
        if not self.num_workers:
            return InProcess(self, state)
        if not self.persistent_workers:
            return OverWorkers(self, state)
        if self._iterator is not None and self._iterator.open:
            self._iterator.again(state)
        else:  # which must not keep the loader: it is the loader's, and in a ring the workers would outlive both
            self._iterator = OverWorkers(weakref.proxy(self), state)
        return Kept(self, self._iterator)

    def __len__(self) -> int:
        """Batches in an epoch.

        Raises
        ------
        TypeError
            If the sampler or iterable dataset has no length.
        """
        if not self._iterable:
            return len(self._index_sampler)
        length = len(self.dataset)
        if self.batch_size is not None:
            length = length // self.batch_size if self.drop_last else math.ceil(length / self.batch_size)
        self._length_told = length
        return length

    def state_dict(self) -> dict[str, Any]:
        """Where the loader is: the generators' states as the epoch began, the batches given since, and the states of
        the workers' random numbers. Numbers, strings and tensors only, for `autograd.save`.

        Raises
        ------
        RuntimeError
            If batches are given as they come: then nothing says which those were.

        Examples
        --------
        >>> from autograd.utils.data import DataLoader
        >>> loader = DataLoader(range(6), batch_size=2, shuffle=True)
        >>> batches = iter(loader)
        >>> _ = next(batches)
        >>> state = loader.state_dict()
        >>> rest = [batch.tolist() for batch in batches]
        >>> loader.load_state_dict(state)
        >>> rest == [batch.tolist() for batch in loader]
        True
        """
        if self.num_workers and not self.in_order:
            raise RuntimeError("state_dict: with in_order=False the batches given are no first part; use in_order=True")
        if self._resumed:
            return dict(self._resumed)
        progress = self._progress
        if progress is not None and not progress.finished:
            return {
                "begun": True,
                "batches": progress.batches,
                "generators": list(progress.generators),
                "began": list(progress.began),
                "workers": list(progress.workers),
            }
        kept = progress.workers if progress is not None and self.persistent_workers else []
        states = [source.get_state() for source in sources(self)]
        return {"begun": False, "batches": 0, "generators": states, "began": list(kept), "workers": list(kept)}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Make the next pass go on where `state_dict` was taken, bit for bit, by a loader made in the same way.

        Indices are skipped without loading; an iterable dataset is gone through from its start. Random numbers that are
        drawn in this process, not in workers, are the program's to restore: see `autograd.set_rng_state`.

        Raises
        ------
        ValueError
            When the pass begins, if the number of workers or generators differs.
        """
        self._resumed = dict(state_dict)


def _check_workers(num_workers: int, timeout: float, prefetch_factor: int | None, persistent: bool) -> None:
    """Refuse options about workers that are out of range or without workers.

    Raises
    ------
    ValueError
        With what to give instead.
    """
    if num_workers < 0:
        raise ValueError("num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.")
    if timeout < 0:
        raise ValueError("timeout option should be non-negative")
    if not num_workers and prefetch_factor is not None:
        raise ValueError(
            "prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 to enable "
            "multiprocessing, otherwise set prefetch_factor to None."
        )
    if prefetch_factor is not None and prefetch_factor < 0:
        raise ValueError("prefetch_factor option should be non-negative")
    if persistent and not num_workers:
        raise ValueError("persistent_workers option needs num_workers > 0")


def _check_iterable(shuffle: Any, sampler: Any, batch_sampler: Any) -> None:
    """Refuse to order the samples of an iterable dataset.

    Raises
    ------
    ValueError
        If a sampler or shuffling is asked for.
    """
    if shuffle not in (False, None):
        raise ValueError(
            f"DataLoader with IterableDataset: expected unspecified shuffle option, but got shuffle={shuffle}"
        )
    for name, given in (("sampler", sampler), ("batch_sampler", batch_sampler)):
        if given is not None:
            raise ValueError(
                f"DataLoader with IterableDataset: expected unspecified {name} option, but got {name}={given}"
            )
