"""The batched backend itself: what operations of the table do not reach."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
from autograd import ops
from autograd.backends import backend_for, backend_of_array
from autograd.backends.levels import Level, innermost, levels_of, open_levels, stacked
from autograd.engine import engine
from autograd.func import vmap
from tests.arrays import to_numpy

VALUES = np.arange(24.0).reshape(3, 4, 2)


@pytest.fixture
def level():
    return Level(3)


@pytest.fixture
def x(level, device):
    """A tensor whose first dim is hidden."""
    return ops.batch(autograd.tensor(VALUES, device=device), level=level, axis=0)


def shown(array):
    """A raw batched array in NumPy, the hidden axis in front."""
    backend = array.backend.base
    return np.broadcast_to(backend.to_numpy(array.data), (array.backend.level.size, *array.shape))


def test_what_an_array_is(x, level, device):
    array, backend = x._data, x.backend
    assert (array.shape, array.ndim, array.size, len(array)) == ((4, 2), 2, 8, 4)
    assert array.strides == (16, 8) and array.flags.c_contiguous and x.is_contiguous()
    assert backend.device == backend_for(device).device and backend_of_array(array) is backend
    assert levels_of(backend) == (level,) and repr(level).endswith("of size 3>")
    assert x.data_ptr() == backend.address(array) and backend.storage_size(array) == 24
    assert not backend.overlaps_itself(array)
    np.testing.assert_array_equal(shown(array.mT), VALUES.swapaxes(1, 2))
    np.testing.assert_array_equal(np.stack([shown(row) for row in array], 1), VALUES)
    backend.synchronize()
    with pytest.raises(AttributeError, match="no attribute 'ravel'"):
        array.ravel  # noqa: B018


def test_values_that_all_slices_share(x):
    backend = x.backend
    same = backend.full((), 2, "int64")
    assert int(same) == 2 and float(same) == 2.0 and bool(same) and same.item() == 2
    common = backend.asarray(5)
    assert common.hidden == 1 and backend.position(common) == 5 and backend.to_numpy(common) == 5
    assert backend.bounds(x._data) == (0.0, 23.0)
    with pytest.raises(RuntimeError, match="control flow"):
        bool(backend.sum(x._data))
    with pytest.raises(RuntimeError, match="control flow"):
        np.asarray(x._data)


def test_operators(x):
    array = x._data
    for found, expected in [
        (2 - array, 2 - VALUES),
        (array**2, VALUES**2),
        (-array, -VALUES),
        (abs(-array), VALUES),
        (array @ array.mT, VALUES @ VALUES.swapaxes(1, 2)),
        (array.sum(axis=0), VALUES.sum(1)),
    ]:
        np.testing.assert_allclose(shown(found), expected)


def test_in_place_operators_grow_what_all_slices_share(x):
    backend = x.backend
    total = backend.asarray(backend.base.from_numpy(np.ones((4, 2))))
    assert total.hidden == 1
    total += x._data
    assert total.hidden == 3
    np.testing.assert_allclose(shown(total), 1 + VALUES)
    total += 1
    np.testing.assert_allclose(shown(total), 2 + VALUES)
    common = backend.asarray(backend.base.from_numpy(np.ones((4, 2))))
    common[1] = x._data[0]
    assert common.hidden == 3
    np.testing.assert_allclose(shown(common)[:, 1], VALUES[:, 0])
    view = backend.asarray(backend.base.from_numpy(np.ones((4, 2))))[1:]
    with pytest.raises(RuntimeError, match="in-place arithmetic is not possible"):
        view += x._data[1:]


def test_writing(x):
    array = x.backend.copy(x._data)
    expected = VALUES.copy()
    array[0], expected[:, 0] = 5.0, 5.0
    array[1:3] = array[None, 3:]  # an axis of length 1 in front is dropped
    expected[:, 1:3] = expected[:, 3:]
    places = x.backend.base.from_numpy(np.array([0, 2]))
    array[places] = array[3]
    expected[:, [0, 2]] = expected[:, 3:]
    np.testing.assert_array_equal(shown(array), expected)


def test_creation(x):
    backend = x.backend
    array = x._data
    assert backend.dtype_of(backend.asarray(array, "float32")) is autograd.float32
    assert backend.asarray(array) is array and backend.asarray(array, copy=True) is not array
    np.testing.assert_array_equal(shown(backend.full((2,), array[0, 0], "float64")), VALUES[:, :1, 0].repeat(2, 1))
    np.testing.assert_array_equal(shown(backend.linspace(0, 1, 3, "float64"))[1], [0, 0.5, 1])
    np.testing.assert_array_equal(shown(backend.eye(2, 3, "float64"))[2], np.eye(2, 3))
    np.testing.assert_array_equal(shown(backend.empty(2, "float64")).shape, (3, 2))
    np.testing.assert_array_equal(shown(backend.ones((2,), "float64")), np.ones((3, 2)))
    parts = backend.unstack(array, axis=1)
    np.testing.assert_array_equal(shown(parts[1]), VALUES[:, :, 1])
    with pytest.raises(AttributeError):
        backend.no_such_kernel  # noqa: B018


def test_the_order_of_levels_does_not_matter(device):
    outer, inner = Level(3), Level(4)
    plain = autograd.tensor(VALUES, device=device)
    one = ops.batch(ops.batch(plain, level=outer, axis=0), level=inner, axis=0)
    other = ops.batch(ops.batch(plain, level=inner, axis=1), level=outer, axis=0)
    assert one.backend is other.backend is stacked(plain.backend, (inner, outer))
    total = one + other
    back = ops.unbatch(ops.unbatch(total, level=outer, axis=0), level=inner, axis=1)
    np.testing.assert_array_equal(to_numpy(back), 2 * VALUES)
    lifted = ops.lift(ops.batch(plain, level=inner, axis=1), levels=(outer,))
    np.testing.assert_array_equal(
        to_numpy(ops.unbatch(ops.collapse(lifted, levels=(outer,)), level=inner, axis=1)), 3 * VALUES
    )


def test_open_levels(x, level):
    root = x.backend.root
    assert innermost(root) is root
    token = open_levels.set((level,))
    try:
        assert innermost(root) is x.backend and ops.lifted_here(x) is x
        assert ops.lifted_here(autograd.ones(2, device=root.device)).backend is x.backend
    finally:
        open_levels.reset(token)


def test_arrays_of_the_backend_below_meet_those_of_a_level(x, level):
    raw = x.backend.base.from_numpy(np.ones(2))
    np.testing.assert_array_equal(to_numpy(ops.unbatch(x * raw, level=level, axis=0)), VALUES)
    np.testing.assert_array_equal(to_numpy(ops.unbatch(raw * x, level=level, axis=0)), VALUES)
    stranger = backend_for("sim" if x.device.type == "cpu" else "cpu")
    with pytest.raises(RuntimeError, match="same device"):
        x * engine.wrap(stranger.from_numpy(np.ones(2)), stranger)


def test_moving_and_converting_inside_a_map(device):
    x = autograd.tensor(VALUES, device=device)
    there = "sim" if device == "cpu" else "cpu"
    found = vmap(lambda v: (v.to(there) * 2).to(v.device) + autograd.tensor(v, device=v.device))(x.requires_grad_())
    np.testing.assert_array_equal(to_numpy(found), 3 * VALUES)
    found.sum().backward()
    np.testing.assert_array_equal(to_numpy(x.grad), np.full_like(VALUES, 2))  # `tensor` copies the values alone
    with pytest.raises(RuntimeError, match="same device"):
        vmap(lambda v: autograd.zeros(4, 2, device=there, dtype=v.dtype).add_(v))(x.detach())


def test_the_same_bytes_as_another_type(x, level):
    bits = x.detach().clone().view(autograd.int64)
    np.testing.assert_array_equal(to_numpy(ops.unbatch(bits, level=level, axis=0)), VALUES.view("int64"))
