"""Gather, scatter, running extrema and binary search against PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.backends.libraries import LIBRARIES, check, normal, run

DTYPES = pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "complex128"])


def _integers(*shape: int, high: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, high, shape)


@LIBRARIES
@DTYPES
@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("index_shape", [(3, 4, 5), (2, 3, 4), (1, 1, 1), (0, 2, 2)])
def test_take_along_axis_and_scatter_add(library, dtype, axis, index_shape):
    x, src = ((normal(3, 4, 5, seed=0) * 9).astype(dtype), (normal(3, 4, 5, seed=1) * 9).astype(dtype))
    index = _integers(*index_shape, high=x.shape[axis])
    tx, ti, ts = torch.tensor(x), torch.tensor(index), torch.tensor(src)
    check(run(library, "take_along_axis", x, index, axis=axis), torch.gather(tx, axis, ti), dtype)
    before = x.copy()
    check(run(library, "scatter_add", x, index, src, axis=axis), torch.scatter_add(tx, axis, ti, ts), dtype)
    np.testing.assert_array_equal(x, before)


@LIBRARIES
def test_a_longer_index_than_axis(library):
    x, index = normal(3, 2), _integers(7, 2, high=3)
    check(run(library, "take_along_axis", x, index, axis=0), torch.gather(torch.tensor(x), 0, torch.tensor(index)))
    src = normal(7, 2, seed=1)
    expected = torch.scatter_add(torch.tensor(x), 0, torch.tensor(index), torch.tensor(src))
    check(run(library, "scatter_add", x, index, src, axis=0), expected)


@LIBRARIES
@DTYPES
@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("count", [0, 1, 9])
def test_index_add(library, dtype, axis, count):
    x = (normal(3, 4, 5) * 9).astype(dtype)
    shape = list(x.shape)
    shape[axis] = count
    src, index = ((normal(*shape, seed=1) * 9).astype(dtype), _integers(count, high=x.shape[axis]))
    expected = torch.index_add(torch.tensor(x), axis, torch.tensor(index), torch.tensor(src))
    check(run(library, "index_add", x, index, src, axis=axis), expected, dtype)


@given(index=st.lists(st.integers(0, 4), max_size=40))
def test_scatter_add_counts(index):
    ones = np.ones(len(index))
    found = run("numpy", "scatter_add", np.zeros(5), np.array(index, dtype="int64"), ones, axis=0)
    np.testing.assert_array_equal(found, np.bincount(np.array(index, dtype="int64"), minlength=5))


def test_many_halves_in_one_place_are_summed_in_single():
    index, src = np.zeros(4000, dtype="int64"), np.ones(4000, dtype="float16")
    check(run("numpy", "scatter_add", np.zeros(1, "float16"), index, src, axis=0), np.array([4000], "float16"))


INDICES = [
    1,
    (slice(1, 3), 2),
    (Ellipsis, slice(None, None, 2)),
    (slice(None, None, -1), slice(0, 2)),
    (None, 1, slice(None), None, slice(1, 4)),
    np.array([0, 2, 0]),
    (np.array([0, 2, 0]), np.array([1, 3, 1])),
    (np.array([[0], [2]]), slice(None), np.array([1, -1])),
    (slice(None), np.array([True, False, True, True])),
    normal(3, 4, 5) > 0.5,
    (np.array([], dtype="int64"),),
]


@pytest.mark.parametrize("index", INDICES, ids=range(len(INDICES)))
@pytest.mark.parametrize("accumulate", [False, True])
@pytest.mark.parametrize("scalar", [False, True])
def test_index_put(index, accumulate, scalar):
    x = normal(3, 4, 5)
    value = np.array(2.5) if scalar else normal(*x[index].shape, seed=1)
    expected = x.copy()
    if accumulate:
        np.add.at(expected, index, value)
    else:
        expected[index] = value
    check(run("numpy", "index_put", x, value, index=index, accumulate=accumulate), expected)


@pytest.mark.parametrize("index", [(1, Ellipsis), (slice(1, 3), 2, slice(0, 5, 2))])
@pytest.mark.parametrize("accumulate", [False, True])
def test_index_put_where_the_standard_can_index(index, accumulate):
    x = normal(3, 4, 5)
    expected = x.copy()
    expected[index] = 2.5 + (expected[index] if accumulate else 0)
    check(run("strict", "index_put", x, np.array(2.5), index=index, accumulate=accumulate), expected)


def test_indexing_errors():
    with pytest.raises(IndexError, match="index 3 is out of range for axis 0 of size 3"):
        run("numpy", "scatter_add", normal(3), np.array([3]), normal(1), axis=0)
    with pytest.raises(IndexError, match="index -4"):
        run("numpy", "take_along_axis", normal(3), np.array([-4]), axis=0)
    with pytest.raises(ValueError, match="source of shape"):
        run("numpy", "scatter_add", normal(3), np.array([1, 2]), normal(1), axis=0)
    with pytest.raises(ValueError, match="does not fit an array"):
        run("numpy", "take_along_axis", normal(3), np.array([[1]]), axis=0)
    with pytest.raises(ValueError, match="index_add"):
        run("numpy", "index_add", normal(3, 2), np.array([1, 2]), normal(1, 2), axis=0)
    with pytest.raises(IndexError, match="axis 1 is out of range"):
        run("numpy", "index_add", normal(3), np.array([1]), normal(1), axis=1)


@LIBRARIES
@DTYPES
@pytest.mark.parametrize("name", ["cummax", "cummin"])
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_running_extrema(library, dtype, name, axis):
    if dtype == "complex128":
        dtype = "uint8"
    x = np.round(np.abs(normal(4, 9, 3)) * 2).astype(dtype)
    values, places = run(library, name, x, axis=axis)
    expected = getattr(torch, name)(torch.tensor(x), axis)
    check(values, expected.values, dtype)
    check(places, expected.indices, "int64")


@pytest.mark.parametrize("name", ["cummax", "cummin"])
@given(x=st.lists(st.sampled_from([0.0, 1.0, -1.0, np.nan, np.inf, -np.inf]), max_size=12))
def test_running_extrema_of_anything(name, x):
    values, places = run("numpy", name, np.array(x, dtype="float64"), axis=0)
    expected = getattr(torch, name)(torch.tensor(x, dtype=torch.float64), 0)
    check(values, expected.values)
    check(places, expected.indices, "int64")


def test_running_extremum_of_a_scalar():
    assert run("numpy", "cummax", np.array(3.0), axis=0) == (3.0, 0)


@LIBRARIES
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("dtype", ["float64", "float32", "int64"])
@pytest.mark.parametrize(
    ("sequence", "values"),
    [((7,), (5,)), ((7,), (2, 3)), ((2, 3, 8), (2, 3, 5)), ((2, 0), (2, 3)), ((4,), (0,)), ((5,), ())],
)
def test_searchsorted(library, side, dtype, sequence, values):
    rows = np.sort(np.round(normal(*sequence) * 3), axis=-1).astype(dtype)
    wanted = np.array(np.round(normal(*values, seed=1) * 3)).astype(dtype)
    expected = torch.searchsorted(torch.tensor(rows), torch.tensor(wanted), side=side)
    check(run(library, "searchsorted", rows, wanted, side=side), expected, "int64")


@pytest.mark.parametrize("side", ["left", "right"])
def test_searchsorted_puts_nan_last(side):
    rows, wanted = np.array([0.0, 1.0, np.inf]), np.array([np.nan, -np.inf, np.inf])
    expected = torch.searchsorted(torch.tensor(rows), torch.tensor(wanted), side=side)
    check(run("numpy", "searchsorted", rows, wanted, side=side), expected, "int64")


def test_searchsorted_errors():
    with pytest.raises(ValueError, match="side"):
        run("numpy", "searchsorted", normal(3), normal(3), side="middle")
    with pytest.raises(ValueError, match="leading axes"):
        run("numpy", "searchsorted", normal(2, 3), normal(3, 3))
