"""Masks, sets, searching and sorting: rare arguments and refusals, against PyTorch."""

from __future__ import annotations

import pytest

from tests.functions.pairs import agree, refuse


def some(t, *values):
    return t.tensor(values, dtype=t.float64)


def mask(t, *values):
    return t.tensor([bool(v) for v in values])


ANSWERS = {
    "masked_select 0-d": lambda t: t.masked_select(t.tensor(2.0), t.tensor(True)),
    "masked_select out": lambda t: t.masked_select(t.tensor([1.0, 2.0]), mask(t, 0, 1), out=t.empty(0)),
    "masked_scatter 0-d": lambda t: t.tensor(2.0).masked_scatter(t.tensor(True), t.tensor([5.0])),
    "masked_scatter 0-d not": lambda t: t.tensor(2.0).masked_scatter(t.tensor(False), t.tensor([5.0])),
    "nonzero 0-d as tuple": lambda t: t.nonzero(t.tensor(2.0), as_tuple=True),
    "nonzero as tuple": lambda t: t.nonzero(t.tensor([[0, 1], [2, 0]]), as_tuple=True),
    "nonzero out": lambda t: t.nonzero(t.tensor([0.0, 2.0]), out=t.empty(0, dtype=t.int64)),
    "index_reduce 0-d": lambda t: t.index_reduce(t.tensor(2.0), 0, t.tensor([0]), t.tensor(3.0), "prod"),
    "unique of slices": lambda t: t.unique(t.tensor([[1, 2], [0, 3], [1, 2]]), dim=0, return_inverse=True),
    "unique counts": lambda t: t.unique(t.tensor([3, 1, 3]), return_counts=True),
    "unique of none": lambda t: t.unique(t.ones(0), return_counts=True),
    "isin a number": lambda t: t.isin(t.tensor([1, 2]), 2),
    "isin a number not": lambda t: t.isin(t.tensor([1, 2]), 2, invert=True),
    "a number isin": lambda t: t.isin(2, t.tensor([1, 2])),
    "a number isin not": lambda t: t.isin(2, t.tensor([1, 2]), invert=True),
    "isin nothing": lambda t: t.isin(t.tensor([1, 2]), t.ones(0)),
    "isin one": lambda t: t.isin(t.tensor([1, 2]), t.tensor([2])),
    "isin of types": lambda t: t.isin(t.tensor([1, 2, 5]), some(t, 2.0, 2.5, 5.0), invert=True),
    "searchsorted a number": lambda t: t.searchsorted(some(t, 1, 2, 3), 2.0, right=True),
    "searchsorted types": lambda t: t.searchsorted(t.tensor([1, 2, 3]), some(t, 1.5)),
    "searchsorted a fraction": lambda t: t.searchsorted(t.tensor([1, 2, 3]), 1.5),
    "searchsorted out": lambda t: t.searchsorted(some(t, 1, 2), some(t, 2), out=t.empty(0, dtype=t.int64)),
    "searchsorted by a sorter": lambda t: t.searchsorted(
        some(t, 3, 1, 2), some(t, 2.5), sorter=t.tensor([1, 2, 0]), out_int32=True, side="right"
    ),
    "bucketize of types": lambda t: t.bucketize(t.tensor([1, 5]), some(t, 1, 2, 5), right=True),
    "bucketize out": lambda t: t.bucketize(some(t, 1), some(t, 1, 2), out=t.empty(1, dtype=t.int64)),
    "bucketize a number": lambda t: t.bucketize(2.0, some(t, 1, 2)),
    "sort 0-d": lambda t: t.sort(t.tensor(3.0)),
    "topk 0-d": lambda t: t.topk(t.tensor(3.0), 1),
    "topk of the smallest": lambda t: t.topk(some(t, 3, 1, 2), 2, largest=False),
    "median of nothing": lambda t: t.median(t.ones(0)),
    "slice_scatter": lambda t: t.slice_scatter(some(t, 1, 2, 3), some(t, 9), 0, 1, 2),
    "select_scatter": lambda t: t.select_scatter(some(t, 1, 2, 3), t.tensor(9.0), 0, -1),
}


@pytest.mark.filterwarnings(r"ignore:index_reduce\(\) is in beta:UserWarning")
@pytest.mark.parametrize("call", ANSWERS.values(), ids=ANSWERS)
def test_answers(call):
    agree(call)


REFUSALS = {
    "masked_fill mask": (lambda t: t.masked_fill(t.ones(2), t.ones(2), 1.0), "boolean masks"),
    "masked_fill value": (lambda t: t.masked_fill(t.ones(2), mask(t, 0, 1), t.ones(1)), "0-dimensional"),
    "masked_fill type": (lambda t: t.masked_fill(t.arange(2), mask(t, 0, 1), 1j), "without overflow"),
    "masked_select mask": (lambda t: t.masked_select(t.ones(2), t.ones(2)), "boolean masks"),
    "masked_select out": (
        lambda t: t.masked_select(t.ones(2), mask(t, 0, 1), out=t.empty(0, dtype=t.float64)), "out tensor to have dtype"
    ),
    "masked_scatter types": (lambda t: t.ones(2).masked_scatter(mask(t, 0, 1), some(t, 1)), "same dtypes"),
    "masked_scatter count": (lambda t: t.ones(2).masked_scatter(mask(t, 1, 1), t.ones(1)), "at least 2 elements"),
    "index_reduce": (lambda t: t.index_reduce(t.ones(2), 0, t.tensor([0]), t.ones(1), "sum"), "one of"),
    "diagonal_scatter": (lambda t: t.diagonal_scatter(t.ones(2, 2), t.ones(3)), "size equal to the slice"),
    "unique of complex numbers": (lambda t: t.unique(t.tensor([1j])), "complex"),
    "unique of no slices": (lambda t: t.unique(t.ones(2, 0), dim=0), "0 sized dimensions"),
    "unique of dims that are not there": (lambda t: t.unique(t.tensor(2.0), dim=0), "no dimensions"),
    "isin complex": (lambda t: t.isin(t.tensor([1j]), t.tensor([1j])), "complex"),
    "searchsorted side": (lambda t: t.searchsorted(some(t, 1), some(t, 1), side="up"), "side can only be"),
    "searchsorted sides": (lambda t: t.searchsorted(some(t, 1), some(t, 1), side="left", right=True), "opposites"),
    "searchsorted number": (lambda t: t.searchsorted(t.ones(1, 1), 1.0), "scalar only"),
    "searchsorted 0-d": (lambda t: t.searchsorted(t.tensor(1.0), t.ones(1)), "positive dimension"),
    "searchsorted shapes": (lambda t: t.searchsorted(t.ones(2, 1), t.ones(3, 1)), "first N-1"),
    "searchsorted sorter": (
        lambda t: t.searchsorted(some(t, 1, 2), some(t, 1), sorter=t.tensor([0])), "same size"
    ),
    "searchsorted sorter's type": (
        lambda t: t.searchsorted(some(t, 1), some(t, 1), sorter=t.tensor([0.0])), "long"
    ),
    "searchsorted sorter's values": (
        lambda t: t.searchsorted(some(t, 1), some(t, 1), sorter=t.tensor([1])), "out of range"
    ),
    "searchsorted out": (
        lambda t: t.searchsorted(some(t, 1), some(t, 1), out=t.empty(0, dtype=t.int32)), "dtype is wrong"
    ),
    "bucketize": (lambda t: t.bucketize(t.ones(1), t.ones(1, 1)), "1 dimension"),
    "sort complex": (lambda t: t.sort(t.tensor([1j])), "complex"),
    "topk": (lambda t: t.topk(t.ones(2), 3), "out of range"),
    "topk complex": (lambda t: t.topk(t.tensor([1j]), 1), "complex"),
    "kthvalue": (lambda t: t.kthvalue(t.ones(2), 3), "out of range"),
    "median complex": (lambda t: t.median(t.tensor([1j])), "complex"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(call, message):
    refuse(call, message)
