"""Samplers: the order in which the samples of a dataset are loaded."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Any, Generic, TypeVar

from autograd import dtypes, random
from autograd.backends import backend_for
from autograd.functions.creation import as_tensor
from autograd.functions.random import randint, randperm
from autograd.functions.random_counts import multinomial

T_co = TypeVar("T_co", covariant=True)


def draw_seed(generator: random.Generator | None) -> int:
    """A seed of [0, 2^63) from a generator, by default from the CPU's own."""
    cpu = backend_for("cpu")
    return int(cpu.random_integers(random.stream(generator, cpu), 0, 2**63 - 1, ()))


def _require_positive(name: str, value: Any) -> None:
    """Refuse what counts nothing.

    Raises
    ------
    ValueError
        If it is no integer, or below 1.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ValueError(f"{name} should be a positive integer value, but got {name}={value}")


class Sampler(Generic[T_co]):
    """Gives indices of samples, or lists of them: a subclass writes `__iter__`, and `__len__` for `len(loader)`.

    Examples
    --------
    >>> from autograd.utils.data import DataLoader, Sampler
    >>> class Backwards(Sampler):
    ...     def __iter__(self):
    ...         return iter([2, 1, 0])
    >>> list(DataLoader([10, 20, 30], batch_size=None, sampler=Backwards()))
    [30, 20, 10]
    """

    def __iter__(self) -> Iterator[T_co]:
        raise NotImplementedError(f"{type(self).__name__} should implement __iter__.")


class SequentialSampler(Sampler[int]):
    """From the first sample to the last.

    Examples
    --------
    >>> from autograd.utils.data import SequentialSampler
    >>> list(SequentialSampler("abc"))
    [0, 1, 2]
    """

    def __init__(self, data_source: Sized):
        self.data_source = data_source

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.data_source)))

    def __len__(self) -> int:
        return len(self.data_source)


class RandomSampler(Sampler[int]):
    """Samples in random order.

    Parameters
    ----------
    data_source : the dataset
    replacement : whether a sample may come several times; if not, all come before one comes again
    num_samples : how many to draw; default: as many as there are
    generator : where the order comes from; by default one of its own, with a seed from the CPU's generator

    Raises
    ------
    TypeError, ValueError
        If `replacement` is no boolean, or there is nothing to draw.

    Examples
    --------
    >>> from autograd.utils.data import RandomSampler
    >>> sorted(RandomSampler("abcd"))
    [0, 1, 2, 3]
    """

    def __init__(
        self,
        data_source: Sized,
        replacement: bool = False,
        num_samples: int | None = None,
        generator: random.Generator | None = None,
    ):
        self.data_source, self.replacement, self.generator = data_source, replacement, generator
        self._num_samples = num_samples
        if not isinstance(replacement, bool):
            raise TypeError(f"replacement should be a boolean value, but got replacement={replacement}")
        _require_positive("num_samples", self.num_samples)

    @property
    def num_samples(self) -> int:
        """How many are drawn; the dataset may grow."""
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self) -> Iterator[int]:
        n, generator = len(self.data_source), self.generator
        if generator is None:
            generator = random.Generator().manual_seed(draw_seed(None))
        left = self.num_samples
        while left > 0:
            if self.replacement:
                drawn = randint(0, n, (min(left, 32),), generator=generator, device="cpu").tolist()
            else:
                drawn = randperm(n, generator=generator, device="cpu").tolist()[:left]
            left -= len(drawn)
            yield from drawn

    def __len__(self) -> int:
        return self.num_samples


class SubsetRandomSampler(Sampler[int]):
    """The given indices in random order.

    Parameters
    ----------
    indices : those to draw, each once
    generator : where the order comes from

    Examples
    --------
    >>> from autograd.utils.data import SubsetRandomSampler
    >>> sorted(SubsetRandomSampler([4, 7]))
    [4, 7]
    """

    def __init__(self, indices: Sequence[int], generator: random.Generator | None = None):
        self.indices, self.generator = indices, generator

    def __iter__(self) -> Iterator[int]:
        for place in randperm(len(self.indices), generator=self.generator, device="cpu").tolist():
            yield self.indices[place]

    def __len__(self) -> int:
        return len(self.indices)


class WeightedRandomSampler(Sampler[int]):
    """Indices of [0, len(weights)) drawn with the given weights, which need not sum to 1.

    Parameters
    ----------
    weights : one for each sample
    num_samples : how many to draw
    replacement : whether a sample may come several times
    generator : where the draws come from

    Raises
    ------
    ValueError
        If `num_samples` is not positive, `replacement` no boolean, or `weights` not one-dimensional.

    Examples
    --------
    >>> from autograd.utils.data import WeightedRandomSampler
    >>> list(WeightedRandomSampler([0.0, 1.0, 0.0], 4))
    [1, 1, 1, 1]
    """

    def __init__(
        self,
        weights: Sequence[float],
        num_samples: int,
        replacement: bool = True,
        generator: random.Generator | None = None,
    ):
        _require_positive("num_samples", num_samples)
        if not isinstance(replacement, bool):
            raise ValueError(f"replacement should be a boolean value, but got replacement={replacement}")
        self.weights = as_tensor(weights, dtype=dtypes.float64, device="cpu")
        if self.weights.ndim != 1:
            raise ValueError(
                f"weights should be a 1d sequence but given weights have shape {tuple(self.weights.shape)}"
            )
        self.num_samples, self.replacement, self.generator = num_samples, replacement, generator

    def __iter__(self) -> Iterator[int]:
        yield from multinomial(self.weights, self.num_samples, self.replacement, generator=self.generator).tolist()

    def __len__(self) -> int:
        return self.num_samples


class BatchSampler(Sampler[list[int]]):
    """Another sampler's indices in lists.

    Parameters
    ----------
    sampler : any iterable of indices
    batch_size : how many in a list
    drop_last : whether to leave out a last list that is shorter

    Raises
    ------
    ValueError
        If `batch_size` is no positive integer or `drop_last` no boolean.

    Examples
    --------
    >>> from autograd.utils.data import BatchSampler
    >>> list(BatchSampler(range(5), 2, False))
    [[0, 1], [2, 3], [4]]
    """

    def __init__(self, sampler: Iterable[int], batch_size: int, drop_last: bool):
        _require_positive("batch_size", batch_size)
        if not isinstance(drop_last, bool):
            raise ValueError(f"drop_last should be a boolean value, but got drop_last={drop_last}")
        self.sampler, self.batch_size, self.drop_last = sampler, batch_size, drop_last

    def __iter__(self) -> Iterator[list[int]]:
        indices = iter(self.sampler)
        while batch := list(itertools.islice(indices, self.batch_size)):
            if len(batch) == self.batch_size or not self.drop_last:
                yield batch

    def __len__(self) -> int:
        count = len(self.sampler)  # type: ignore[arg-type]
        return count // self.batch_size if self.drop_last else -(-count // self.batch_size)
