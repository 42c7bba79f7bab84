"""Datasets: the two kinds, those that combine others, and `random_split`."""

from __future__ import annotations

import bisect
import itertools
import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from autograd.functions.random import randperm
from autograd.random import Generator

if TYPE_CHECKING:
    from autograd.tensor import Tensor

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Samples(Protocol[T_co]):
    """What a loader reads from: a `Dataset`, or anything else with samples by index, such as a list."""

    def __getitem__(self, index: Any, /) -> T_co: ...


class Dataset(Generic[T_co]):
    """Samples by index: a subclass writes `__getitem__`, and `__len__` for the samplers.

    A subclass may write `__getitems__(indices)` too, which loads all samples of a batch at once.

    Examples
    --------
    >>> from autograd.utils.data import Dataset
    >>> class Squares(Dataset):
    ...     def __len__(self):
    ...         return 4
    ...     def __getitem__(self, index):
    ...         return index * index
    >>> both = Squares() + Squares()
    >>> len(both), both[5]
    (8, 1)
    """

    def __getitem__(self, index: Any) -> T_co:
        raise NotImplementedError("Subclasses of Dataset should implement __getitem__.")

    def __add__(self, other: Dataset) -> ConcatDataset:
        return ConcatDataset([self, other])


class IterableDataset(Dataset[T_co], Iterable[T_co]):
    """Samples in the order in which they come: a subclass writes `__iter__`.

    With several workers each has a copy of the dataset; `get_worker_info` tells it which part to give.

    Examples
    --------
    >>> from autograd.utils.data import DataLoader, IterableDataset
    >>> class Countdown(IterableDataset):
    ...     def __iter__(self):
    ...         return iter([3, 2, 1])
    >>> [batch.tolist() for batch in DataLoader(Countdown(), batch_size=2)]
    [[3, 2], [1]]
    """

    def __add__(self, other: Dataset) -> ChainDataset:  # type: ignore[override]
        return ChainDataset([self, other])


class TensorDataset(Dataset["tuple[Tensor, ...]"]):
    """Tensors whose first dimension counts the samples.

    Raises
    ------
    AssertionError
        If they disagree on how many there are.

    Examples
    --------
    >>> import autograd
    >>> from autograd.utils.data import TensorDataset
    >>> TensorDataset(autograd.tensor([1.0, 2.0]), autograd.tensor([3, 4]))[1]
    (tensor(2.), tensor(4))
    """

    def __init__(self, *tensors: Tensor):
        lengths = [len(tensor) for tensor in tensors]
        if any(length != lengths[0] for length in lengths):
            raise AssertionError(f"Size mismatch between tensors: their first dimensions are {lengths}")
        self.tensors = tensors

    def __getitem__(self, index: Any) -> tuple[Tensor, ...]:
        return tuple(tensor[index] for tensor in self.tensors)

    def __len__(self) -> int:
        return len(self.tensors[0])


class StackDataset(Dataset[Any]):
    """Datasets of one length side by side: samples are tuples, or dictionaries for datasets given by name.

    Raises
    ------
    ValueError
        For no dataset, both kinds of arguments, or different lengths.

    Examples
    --------
    >>> from autograd.utils.data import StackDataset
    >>> StackDataset(image=["a", "b"], text=["c", "d"])[0]
    {'image': 'a', 'text': 'c'}
    """

    datasets: Any

    def __init__(self, *args: Any, **kwargs: Any):
        if args and kwargs:
            raise ValueError(
                "Supported either ``tuple``- (via ``args``) or ``dict``- (via ``kwargs``) like input/output, "
                "but both types are given."
            )
        self.datasets = args or kwargs
        if not self.datasets:
            raise ValueError("At least one dataset should be passed")
        lengths = [len(dataset) for dataset in self._parts()]
        self._length = lengths[0]
        if any(length != self._length for length in lengths):
            raise ValueError(f"Size mismatch between datasets: their lengths are {lengths}")

    def _parts(self) -> Iterable[Any]:
        return self.datasets.values() if isinstance(self.datasets, dict) else self.datasets

    def _assembled(self, parts: Iterable[Any]) -> Any:
        """One sample from those of the datasets."""
        return dict(zip(self.datasets, parts)) if isinstance(self.datasets, dict) else tuple(parts)

    def __getitem__(self, index: Any) -> Any:
        return self._assembled(dataset[index] for dataset in self._parts())

    def __getitems__(self, indices: list) -> list:
        columns = [fetch_many(dataset, indices) for dataset in self._parts()]
        for column in columns:
            if len(column) != len(indices):
                raise ValueError(
                    f"Nested dataset's output size mismatch. Expected {len(indices)}, got {len(column)}; "
                    "__getitems__ gives one sample for each index"
                )
        return [self._assembled(row) for row in zip(*columns)]

    def __len__(self) -> int:
        return self._length


class ConcatDataset(Dataset[T_co]):
    """One dataset after the other.

    Raises
    ------
    AssertionError
        For no datasets, or an `IterableDataset` among them.

    Examples
    --------
    >>> from autograd.utils.data import ConcatDataset
    >>> both = ConcatDataset(["abc", "de"])
    >>> len(both), both[3]
    (5, 'd')
    """

    def __init__(self, datasets: Iterable[Samples[T_co]]):
        self.datasets: list[Any] = list(datasets)
        if not self.datasets:
            raise AssertionError("datasets should not be an empty iterable")
        if any(isinstance(dataset, IterableDataset) for dataset in self.datasets):
            raise AssertionError("ConcatDataset does not support IterableDataset; use ChainDataset")
        self.cumulative_sizes = self.cumsum(self.datasets)

    @staticmethod
    def cumsum(sequence: Iterable[Any]) -> list[int]:
        """Where each dataset ends."""
        return list(itertools.accumulate(len(dataset) for dataset in sequence))

    def __len__(self) -> int:
        return self.cumulative_sizes[-1]

    def __getitem__(self, idx: int) -> T_co:
        if idx < 0:
            if -idx > len(self):
                raise ValueError("absolute value of index should not exceed dataset length")
            idx += len(self)
        which = bisect.bisect_right(self.cumulative_sizes, idx)
        start = self.cumulative_sizes[which - 1] if which else 0
        return self.datasets[which][idx - start]


class ChainDataset(IterableDataset):
    """Iterable datasets one after the other.

    Raises
    ------
    AssertionError
        When it comes to a dataset that is no `IterableDataset`.

    Examples
    --------
    >>> from autograd.utils.data import ChainDataset, IterableDataset
    >>> class Countdown(IterableDataset):
    ...     def __iter__(self):
    ...         return iter([2, 1])
    >>> list(ChainDataset([Countdown(), Countdown()]))
    [2, 1, 2, 1]
    """

    def __init__(self, datasets: Iterable[Any]):
        self.datasets = datasets

    def _checked(self) -> Iterator[Any]:
        for dataset in self.datasets:
            if not isinstance(dataset, IterableDataset):
                raise AssertionError(f"ChainDataset only supports IterableDataset, not {type(dataset).__name__}")
            yield dataset

    def __iter__(self) -> Iterator[Any]:
        for dataset in self._checked():
            yield from dataset

    def __len__(self) -> int:
        return sum(len(dataset) for dataset in self._checked())


class Subset(Dataset[T_co]):
    """Some samples of a dataset.

    Parameters
    ----------
    dataset : the whole
    indices : which of its samples, in this order

    Raises
    ------
    NotImplementedError
        If a subclass writes `__getitem__` without `__getitems__`.

    Examples
    --------
    >>> from autograd.utils.data import Subset
    >>> list(Subset("abcdef", [4, 0]))
    ['e', 'a']
    """

    def __init__(self, dataset: Samples[T_co], indices: Sequence[int]):
        kind = type(self)
        if kind.__getitem__ is not Subset.__getitem__ and kind.__getitems__ is Subset.__getitems__:
            raise NotImplementedError(
                f"{kind.__name__} overrides __getitem__ but not __getitems__, with which DataLoader loads batches; "
                "write it too, for instance as: return [self[idx] for idx in indices]"
            )
        self.dataset: Any = dataset
        self.indices = indices

    def __getitem__(self, idx: Any) -> T_co:
        if isinstance(idx, list):
            return self.dataset[[self.indices[i] for i in idx]]
        return self.dataset[self.indices[idx]]

    def __getitems__(self, indices: list[int]) -> list:
        return fetch_many(self.dataset, [self.indices[index] for index in indices])

    def __len__(self) -> int:
        return len(self.indices)


def fetch_many(dataset: Any, indices: Iterable[Any]) -> Any:
    """The samples of several indices: by the dataset's `__getitems__` where it has one."""
    together = getattr(dataset, "__getitems__", None)
    return [dataset[index] for index in indices] if together is None else together(indices)


def random_split(
    dataset: Samples[T], lengths: Sequence[int | float], generator: Generator | None = None
) -> list[Subset[T]]:
    """Parts of a dataset that do not overlap, drawn at random.

    Parameters
    ----------
    dataset : what to split
    lengths : samples in each part, or fractions that sum to 1: then each has floor(fraction · len) samples, and what
        is left over goes to the first parts, one each
    generator : where the order comes from

    Raises
    ------
    ValueError
        If the lengths do not sum to the dataset's, or a fraction is not in [0, 1].

    Examples
    --------
    >>> from autograd.utils.data import random_split
    >>> [len(part) for part in random_split(range(10), [0.5, 0.25, 0.25])]
    [6, 2, 2]
    """
    total = len(dataset)  # type: ignore[arg-type]
    if math.isclose(sum(lengths), 1) and sum(lengths) <= 1:
        for i, fraction in enumerate(lengths):
            if not 0 <= fraction <= 1:
                raise ValueError(f"Fraction at index {i} is not between 0 and 1: {fraction}")
        whole = [math.floor(total * fraction) for fraction in lengths]
        for i in range(total - sum(whole)):
            whole[i % len(whole)] += 1
        lengths = whole
        for i, length in enumerate(whole):
            if length == 0:
                warnings.warn(
                    f"Length of split at index {i} is 0. This might result in an empty dataset.", stacklevel=2
                )
    if sum(lengths) != total:
        raise ValueError(
            "Sum of input lengths does not equal the length of the input dataset! "
            f"{list(lengths)} sum to {sum(lengths)}, the dataset has {total} samples"
        )
    order = iter(randperm(total, generator=generator, device="cpu").tolist())
    return [Subset(dataset, list(itertools.islice(order, int(length)))) for length in lengths]
