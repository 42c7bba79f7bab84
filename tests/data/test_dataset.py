"""Datasets and `random_split`, beside PyTorch's."""

from __future__ import annotations

from typing import Any

import pytest
import torch.utils.data as theirs

import autograd
import autograd.utils.data as ours
from tests.arrays import to_numpy
from tests.data.datasets import Counting, Squares


def test_a_tensor_dataset_indexes_all_its_tensors():
    dataset = ours.TensorDataset(autograd.arange(4), autograd.arange(8).reshape(4, 2))
    first, second = dataset[2]
    assert (len(dataset), first.item(), second.tolist()) == (4, 2, [4, 5])
    with pytest.raises(AssertionError, match=r"Size mismatch.*\[2, 3\]"):
        ours.TensorDataset(autograd.zeros(2), autograd.zeros(3))


def test_the_bare_dataset_has_no_samples():
    with pytest.raises(NotImplementedError, match="__getitem__"):
        ours.Dataset()[0]


@pytest.mark.parametrize("index", [0, 4, 5, 11, -1, -12])
def test_concatenation_agrees(index: int):
    parts = [range(5), range(10, 13), [], range(20, 24)]
    mine, other = ours.ConcatDataset(parts), theirs.ConcatDataset(parts)
    assert len(mine) == len(other) and mine.cumulative_sizes == other.cumulative_sizes
    assert mine[index] == other[index]


def test_concatenation_refuses_what_pytorch_refuses():
    with pytest.raises(ValueError, match="absolute value of index should not exceed dataset length"):
        ours.ConcatDataset([range(3)])[-4]
    with pytest.raises(AssertionError, match="should not be an empty iterable"):
        ours.ConcatDataset([])
    with pytest.raises(AssertionError, match="does not support IterableDataset"):
        ours.ConcatDataset([Counting()])
    assert len(Squares(3) + Squares(2)) == 5


def test_chaining():
    chain = Counting(2) + Counting(3)
    assert isinstance(chain, ours.ChainDataset) and len(chain) == 5
    assert [number for number, _ in chain] == [0, 1, 0, 1, 2]
    with pytest.raises(AssertionError, match="only supports IterableDataset, not range"):
        list(ours.ChainDataset([range(3)]))


class Rows(ours.Dataset):
    """Gives many samples at once, or too few of them."""

    def __init__(self, lose: int = 0):
        self.lose = lose

    def __len__(self) -> int:
        return 4

    def __getitem__(self, index: int) -> str:
        return f"one {index}"

    def __getitems__(self, indices: list[int]) -> list[str]:
        return [f"many {index}" for index in indices[self.lose :]]


def test_stacks_by_place_and_by_name():
    assert ours.StackDataset(range(3), "abc")[1] == theirs.StackDataset(range(3), "abc")[1] == (1, "b")
    named = ours.StackDataset(x=range(4), y=Rows())
    assert len(named) == 4 and named[1] == {"x": 1, "y": "one 1"}
    assert named.__getitems__([0, 2]) == [{"x": 0, "y": "many 0"}, {"x": 2, "y": "many 2"}]
    assert ours.StackDataset(range(4), Rows()).__getitems__([3]) == [(3, "many 3")]


@pytest.mark.parametrize(
    ("args", "named", "message"),
    [
        ((range(2),), {"x": range(2)}, "both types are given"),
        ((), {}, "At least one dataset"),
        ((range(2), range(3)), {}, "Size mismatch between datasets"),
        ((), {"x": range(2), "y": range(3)}, "Size mismatch between datasets"),
    ],
)
def test_stacks_that_do_not_fit(args: tuple, named: dict, message: str):
    for library in (ours, theirs):
        with pytest.raises(ValueError, match=message):
            library.StackDataset(*args, **named)


def test_a_stack_counts_what_it_is_given():
    with pytest.raises(ValueError, match="output size mismatch. Expected 2, got 1"):
        ours.StackDataset(range(4), Rows(lose=1)).__getitems__([0, 1])


def test_a_subset_goes_through_its_indices():
    part = ours.Subset(Rows(), [3, 1])
    assert (len(part), part[0], part.__getitems__([1, 0])) == (2, "one 3", ["many 1", "many 3"])
    tensors = ours.Subset(autograd.arange(5) * 10, [4, 2, 0])
    assert to_numpy(tensors[[0, 1]]).tolist() == [40, 20]


def test_a_subset_that_changes_samples_changes_batches_too():
    class Half(ours.Subset):
        def __getitem__(self, idx: Any) -> Any:
            return super().__getitem__(idx)

    with pytest.raises(NotImplementedError, match="Half overrides __getitem__ but not __getitems__"):
        Half(range(3), [0])


@pytest.mark.parametrize("lengths", [[3, 7], [0.5, 0.5], [0.33, 0.33, 0.34], [0.1, 0.2, 0.7], [0.25, 0.75]])
def test_splits_have_pytorchs_lengths(lengths: list):
    mine = ours.random_split(range(10), lengths, autograd.Generator().manual_seed(1))
    assert [len(part) for part in mine] == [len(part) for part in theirs.random_split(range(10), lengths)]
    assert sorted(item for part in mine for item in part) == list(range(10))
    again = ours.random_split(range(10), lengths, autograd.Generator().manual_seed(1))
    assert [part.indices for part in mine] == [part.indices for part in again]


def test_splits_that_cannot_be():
    with pytest.raises(ValueError, match="Sum of input lengths does not equal the length of the input dataset"):
        ours.random_split(range(10), [3, 3])
    with pytest.raises(ValueError, match="Fraction at index 0 is not between 0 and 1"):
        ours.random_split(range(10), [1.5, -0.5])
    with pytest.warns(UserWarning, match="Length of split at index 1 is 0"):
        ours.random_split(range(1), [0.9, 0.1])


def test_names_are_at_pytorchs_places():
    assert set(ours.__all__) <= set(theirs.__all__)
    assert autograd.utils.data is ours
    with pytest.raises(AttributeError, match="no attribute 'dta'; there are"):
        autograd.utils.dta  # noqa: B018
