"""`default_collate` and `default_convert`, beside PyTorch's."""

from __future__ import annotations

import types
from collections import OrderedDict, UserList, namedtuple
from typing import Any

import numpy as np
import pytest
import torch
import torch.utils.data as theirs

import autograd
import autograd.utils.data as ours
from autograd.utils.data.collate import collate, default_collate_fn_map
from tests.arrays import to_numpy

Pair = namedtuple("Pair", "x y")


def plain(value: Any) -> Any:
    """A structure with tensors as (type, values), to compare across libraries."""
    if isinstance(value, torch.Tensor):
        return str(value.dtype).removeprefix("torch."), value.tolist()
    if isinstance(value, autograd.Tensor):
        return value.dtype.name, to_numpy(value).tolist()
    if isinstance(value, dict):
        return type(value), {key: plain(item) for key, item in value.items()}
    if isinstance(value, types.MappingProxyType):
        return type(value), {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, UserList)):
        return type(value), [plain(item) for item in value]
    return value


SAMPLES = [
    [1, 2],
    [True, False],
    [0.5, 1.5],
    ["a", "b"],
    [b"a", b"b"],
    [np.float32(1), np.float32(2)],
    [np.bool_(True), np.bool_(False)],
    [np.arange(3, dtype=np.int16), np.arange(3, dtype=np.int16)],
    [np.array(1.0), np.array(2.0)],
    [(1, "a"), (2, "b")],
    [[1, 2.0], [3, 4.0]],
    [Pair(1, 2.0), Pair(3, 4.0)],
    [{"x": 1, "y": [2, 3]}, {"x": 4, "y": [5, 6]}],
    [OrderedDict(x=1), OrderedDict(x=2)],
    [types.MappingProxyType({"x": 1}), types.MappingProxyType({"x": 2})],
    [UserList([1, 2]), UserList([3, 4])],
    [range(2), range(2)],
]


@pytest.mark.parametrize("batch", SAMPLES, ids=str)
def test_batches_agree(batch: list):
    assert plain(ours.default_collate(batch)) == plain(theirs.default_collate(batch))


@pytest.mark.parametrize("data", [*SAMPLES, np.arange(3), np.float64(2), np.array("text"), None, 3], ids=str)
def test_conversions_agree(data: Any):
    assert plain(ours.default_convert(data)) == plain(theirs.default_convert(data))


def test_tensors_are_stacked():
    batch = ours.default_collate([autograd.ones(2), autograd.zeros(2)])
    assert to_numpy(batch).tolist() == [[1, 1], [0, 0]]
    tensor = autograd.ones(2)
    assert ours.default_convert(tensor) is tensor


@pytest.mark.parametrize(
    ("batch", "error"),
    [
        ([object()], TypeError),
        ([np.array("text")], TypeError),
        ([[1], [1, 2]], RuntimeError),
        ([np.zeros(2), np.zeros(3)], RuntimeError),
    ],
)
def test_refusals_agree(batch: list, error: Any):
    for library in (ours, theirs):
        with pytest.raises(error, match=r"must contain tensors|equal size"):
            library.default_collate(batch)


def test_a_map_says_how_types_are_put_together():
    functions = {complex: lambda batch, *, collate_fn_map: sum(batch), **default_collate_fn_map}
    assert collate([(1j, "a"), (2j, "b")], collate_fn_map=functions)[0] == 3j

    class Name(str):
        pass

    assert collate([Name("a"), Name("b")], collate_fn_map=functions) == ["a", "b"]
    with pytest.raises(TypeError, match="found <class 'int'>"):
        collate([1])
