"""Compiled kernels against their references: values, what they leave to these, and where the work is split."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograd.backends import backend_for, compiled, reference
from autograd.backends.numpy import compiled as kernels

CPU = backend_for("cpu")
KINDS = pytest.mark.parametrize("kind", ["float32", "float64"])
POOL = {"kernel": (2, 2), "stride": (2, 2), "padding": (0, 0), "dilation": (1, 1), "ceil_mode": False}


def normal(shape: tuple[int, ...], kind: str = "float64") -> np.ndarray:
    return (np.random.default_rng(0).standard_normal(shape) * 3).astype(kind)


def both(name: str, *arrays: np.ndarray, **options: Any) -> tuple[Any, Any]:
    """The backend's result and, with the compiled kernels switched off, the reference's own bits."""
    found = getattr(CPU, name)(*arrays, **options)
    own = {"add": kernels.add_in_order} if name in ("index_add", "scatter_add") else {}
    expected = getattr(reference, name)(CPU, *arrays, **options, **own)
    with compiled.flags(enabled=False):
        np.testing.assert_equal(getattr(CPU, name)(*arrays, **options), expected)
    return found, expected


def agree(name: str, *arrays: np.ndarray, places: float = 8, **options: Any) -> None:
    """Equal shapes and types, and values to some units in the last place of the largest."""
    found, expected = both(name, *arrays, **options)
    for one, other in zip(*((item if isinstance(item, tuple) else (item,)) for item in (found, expected)), strict=True):
        assert one.shape == other.shape and one.dtype == other.dtype
        unit = np.finfo(other.dtype).eps if other.dtype.kind == "f" else 0
        largest = np.max(np.abs(other[np.isfinite(other)]), initial=0)
        np.testing.assert_allclose(one, other, rtol=4 * unit, atol=places * unit * largest)


@KINDS
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize(
    "shape", [(kernels.ROWS - 1,), (kernels.ROWS,), (1000, 10), (41, 200), (3, 5, 1000), (70, 1000), (2, 40000)]
)
def test_softmax(name: str, shape: tuple[int, ...], kind: str) -> None:
    x = normal(shape, kind)
    agree(name, x, axis=-1)
    agree(name, x, axis=0)


@KINDS
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_of_infinities(name: str, kind: str) -> None:
    x = normal((64, 150), kind)
    x[1, 3] = x[2, :] = x[3, 140:] = x[4, 148] = -np.inf
    x[5, 3] = x[6, 149] = x[7, :] = x[8, 0] = np.inf
    x[9, 3] = x[10, 149] = x[11, :] = x[8, 1] = -np.nan
    x[12, 1:] = np.array(-300.0 if kind == "float64" else -80.0)
    x[13] *= 1000
    agree(name, x, axis=1)


@KINDS
def test_softmax_keeps_the_smallest_probabilities(kind: str) -> None:
    x = np.tile(np.linspace(-110 if kind == "float32" else -750, 0, 1000).astype(kind), (9, 1))
    found, expected = both("softmax", x, axis=1)
    normal_ones = expected > np.finfo(kind).smallest_normal
    assert not normal_ones.all()
    np.testing.assert_allclose(found[normal_ones], expected[normal_ones], rtol=8 * np.finfo(kind).eps)
    np.testing.assert_allclose(found, expected, rtol=8 * np.finfo(kind).eps, atol=2 * np.finfo(kind).smallest_subnormal)


@KINDS
@pytest.mark.parametrize(
    ("shape", "axes"),
    [
        ((kernels.ROWS // 64 - 1, 64), (1,)),
        ((kernels.ROWS // 64, 64), (1,)),
        ((20, 30, 41), (-2, -1)),
        ((2, 40000), (1,)),
        ((16, 6, 10, 11), (0, 2, 3)),
        ((4, 40, 30, 30), (0, 2, 3)),
        ((1000, 64), (0,)),
        ((4, 40, 30, 30), (1,)),
        ((10000, 4), (1,)),
    ],
)
def test_standardize(shape: tuple[int, ...], axes: tuple[int, ...], kind: str) -> None:
    x = normal(shape, kind) + np.array(5, kind)
    agree("standardize", x, axes=axes, eps=1e-5)
    x.reshape(-1)[[0, 700, 1400]] = np.nan, np.inf, -np.inf
    agree("standardize", x, axes=axes, eps=1e-5)


@KINDS
@pytest.mark.parametrize(("rows", "size", "axis"), [(31, 64, 0), (32, 64, 0), (300, 64, -2), (300, 64, 1)])
@pytest.mark.parametrize("index_kind", ["int64", "int32"])
def test_index_add(rows: int, size: int, axis: int, kind: str, index_kind: str) -> None:
    index = np.random.default_rng(1).integers(-50, 50, rows).astype(index_kind)
    x, src = normal((50, size), kind), normal((rows, size), kind)
    if axis == 1:
        x, src = np.ascontiguousarray(x.T), np.ascontiguousarray(src.T)
    agree("index_add", x, index, src, axis=axis)
    if axis == 0:
        whole = index.reshape(-1, rows), src.reshape(1, rows, size)
        found = CPU.index_put(x, whole[1], index=(whole[0],), accumulate=True)
        with compiled.flags(enabled=False):
            expected = CPU.index_put(x, whole[1], index=(whole[0],), accumulate=True)
        np.testing.assert_allclose(found, expected, rtol=1e-5)


@KINDS
def test_scatter_add(kind: str) -> None:
    index = np.random.default_rng(1).integers(-50, 50, (3, 300, 40))
    agree("scatter_add", normal((3, 50, 40), kind), index, normal((3, 300, 40), kind), axis=1)
    agree("scatter_add", normal((3, 50, 45), kind), index, normal((3, 300, 40), kind), axis=1)
    agree("scatter_add", normal((3, 50, 40), kind), index[:, :200], normal((3, 300, 40), kind), axis=1)


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", "complex64", "int8", "bool"])
def test_additions_in_order_are_those_of_the_reference(kind: str) -> None:
    random = np.random.default_rng(1)
    x, src = normal((20, 3)).astype(kind), normal((90, 3)).astype(kind)
    index = random.integers(-20, 20, 90)
    found, expected = (add(CPU, x, index, src, axis=0) for add in (CPU.__class__.index_add, reference.index_add))
    assert found.dtype == expected.dtype == kind
    np.testing.assert_allclose(
        found.astype(complex), expected.astype(complex), rtol=1e-3 if kind == "float16" else 1e-4
    )


def test_positions_out_of_range_are_refused_and_written_nowhere() -> None:
    x, src, index = np.zeros((50, 64)), normal((40, 64)), np.arange(40)
    for wrong in (50, -51):
        index[7] = wrong
        with pytest.raises(IndexError, match=f"index {wrong} is out of range"):
            CPU.index_add(x, index, src, axis=0)
        with pytest.raises(IndexError, match=f"index {wrong} is out of range"):
            CPU.scatter_add(x, np.broadcast_to(index[:, None], src.shape).copy(), src, axis=0)
        with pytest.raises(IndexError, match="out of bounds"):
            CPU.index_put(x, src, index=(index,), accumulate=True)
    with pytest.raises(ValueError, match="index_add"):
        CPU.index_add(x, index, normal((41, 64)), axis=0)
    assert not x.any()


@KINDS
@pytest.mark.parametrize("shape", [(4, 32, 31), (4, 32, 32), (2, 3, 40, 41), (3, 20, 40, 40)])
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"kernel": (3, 2), "stride": (2, 1), "padding": (1, 1), "ceil_mode": True},
        {"kernel": (3, 3), "padding": (1, 1), "dilation": (2, 3)},
    ],
)
def test_max_pool(shape: tuple[int, ...], change: dict, kind: str) -> None:
    x = np.round(normal(shape, kind))  # with equal maxima
    x[..., 0, :2] = x[..., 7:9, 9:11] = np.nan
    x[..., :6, 20:] = x[..., -4:, :5] = -np.inf
    agree("max_pool_indices", x, **POOL | change)


def test_max_pool_of_one_and_three_axes() -> None:
    line = {"kernel": (3,), "stride": (2,), "padding": (1,), "dilation": (1,), "ceil_mode": True}
    agree("max_pool_indices", normal((8, 4, 200)), **line)
    cube = {"kernel": (2,) * 3, "stride": (2,) * 3, "padding": (0,) * 3, "dilation": (1,) * 3, "ceil_mode": False}
    agree("max_pool_indices", normal((8, 4, 6, 6, 6)), **cube)
    with pytest.raises(ValueError, match="larger than the input"):
        CPU.max_pool_indices(normal((100, 100, 2, 1)), **POOL)


def test_what_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other layouts, other types, small arrays and memory that is read-only."""
    monkeypatch.setattr(compiled, "kernel", lambda *names: pytest.fail("a compiled kernel was asked for"))
    x = normal((128, 256))
    locked = x.copy()
    locked.flags.writeable = False
    for other in (x.T, x[:, ::2], x.astype("float16"), x.astype("f8").astype(">f8"), x[:4, :4], x[:0], locked):
        agree("softmax", other, axis=-1)
        agree("standardize", other, axes=(-1,), eps=1e-5)
        agree("max_pool_indices", other, **POOL) if other.size else None
        index = np.arange(len(other))
        agree("index_add", other, index, other, axis=0)
        agree("scatter_add", other, np.broadcast_to(index[:, None], other.shape), other, axis=0)
        CPU.index_put(other, other, index=(index,), accumulate=True)
    agree("index_add", x, np.arange(128), x.astype("float32"), axis=0)
