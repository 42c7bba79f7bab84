"""The simulated device is as strict as a GPU's arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograd.backends import backend_for, backend_of_array
from tests.simulated import Array, sim


@pytest.fixture
def x() -> Any:
    return sim.array([[1.0, 2.0], [3.0, 4.0]])


def test_refuses_implicit_conversion(x: Any) -> None:
    with pytest.raises(TypeError, match="Implicit conversion"):
        np.asarray(x)
    with pytest.raises(TypeError):
        np.sin(x)


def test_refuses_to_mix_with_numpy(x: Any) -> None:
    y = np.ones((2, 2))
    for mixed in (
        lambda: x + y,
        lambda: y * x,
        lambda: sim.add(x, y),
        lambda: sim.concat([x, y]),
        lambda: x.__iadd__(y),
        lambda: x.__setitem__(0, y[0]),
    ):
        with pytest.raises(TypeError):
            mixed()
    with pytest.raises(IndexError):
        x[np.array([0])]
    with pytest.raises(IndexError):
        x[[0, 1]]


def test_results_are_arrays(x: Any) -> None:
    for result in (sim.sum(x), x.sum(), x[0, 0], sim.exp(2.0), x[0] @ x[0], sim.linalg.det(x)):
        assert isinstance(result, Array) and result.ndim == 0


def test_views_know_their_base(x: Any) -> None:
    row = x[1:]
    assert row.base is x and row[0].base is x and x.reshape(4).base is x and x.T.base is x
    assert (x + 1).base is None and x.base is None
    row[...] = 0.0
    assert x.get().tolist() == [[1.0, 2.0], [0.0, 0.0]]


def test_offers_what_cupy_offers(x: Any) -> None:
    for name in ("no_such_name", "unstack", "vecdot", "strings"):
        assert not hasattr(sim, name)
    assert not hasattr(x, "__index__") and not hasattr(x, "byteswapped")
    with pytest.raises(TypeError):
        sim.argsort(x, stable=True)
    with pytest.raises(TypeError):
        sim.add(x, x, where=x > 1)
    with pytest.raises(AttributeError):
        sim.random.default_rng(0).permutation(3)


def test_belongs_to_the_cupy_backend(x: Any) -> None:
    backend = backend_for("sim")
    assert backend_of_array(x) is backend
    assert backend.to_numpy(backend.from_numpy(np.arange(3))).tolist() == [0, 1, 2]
    backend.manual_seed(0)
    first = backend.generator.random(3).get()
    backend.manual_seed(0)
    assert np.array_equal(first, backend.generator.random(3).get())
    backend.synchronize()


@pytest.mark.parametrize(
    "kind", ["bool", "int8", "int16", "int64", "uint8", "uint64", "float16", "float64", "complex64"]
)
def test_repeated_indices_add_up_in_every_type(kind: str) -> None:
    """CUDA adds few types atomically; the backend takes care of the others."""
    cpu, backend = backend_for("cpu"), backend_for("sim")
    x, value, index = np.ones(4, kind), np.ones(3, kind), np.array([1, 1, 3])
    expected = cpu.index_put(x, value, index=(index,), accumulate=True)
    found = backend.index_put(
        backend.from_numpy(x), backend.from_numpy(value), index=(backend.from_numpy(index),), accumulate=True
    )
    assert found.dtype == kind
    assert np.array_equal(backend.to_numpy(found), expected)


def test_negative_sums_in_int64() -> None:
    backend = backend_for("sim")
    x, index = backend.from_numpy(np.array([5, 6])), backend.from_numpy(np.array([0, 0]))
    found = backend.index_put(x, backend.from_numpy(np.array([-7, -8])), index=(index,), accumulate=True)
    assert found.get().tolist() == [-10, 6]


# --- what the CuPy backend does itself  ---


@pytest.fixture
def backend() -> Any:
    return backend_for("sim")


def test_integer_powers(backend: Any) -> None:
    x, y = backend.from_numpy(np.array([2, -1, -1, 1, 3, 0])), backend.from_numpy(np.array([-1, -3, -2, -5, 2, 0]))
    assert backend.pow(x, y).get().tolist() == [0, -1, 1, 1, 9, 1]
    assert backend.pow(x, 2).get().tolist() == [4, 1, 1, 1, 9, 0]


def test_booleans_and_integers_where_cupy_refuses(backend: Any) -> None:
    flags = backend.from_numpy(np.array([True, False]))
    assert backend.sign(flags).get().tolist() == backend.square(flags).get().tolist() == [True, False]
    assert backend.signbit(backend.from_numpy(np.array([-1, 1]))).get().tolist() == [True, False]


def test_complex_numbers(backend: Any) -> None:
    x = backend.from_numpy(np.array([3 + 4j, 0, 1j]))
    assert np.allclose(backend.sign(x).get(), [0.6 + 0.8j, 0, 1j])
    pairs = backend.view_as_real(x)
    assert backend.shares_memory(pairs, x) and pairs.shape == (3, 2)
    back = backend.view_as_complex(pairs)
    assert backend.shares_memory(back, x) and np.array_equal(back.get(), x.get())
    assert backend.view_as_real(x[::2]).get().tolist() == [[3.0, 4.0], [0.0, 1.0]]
    assert backend.view_as_complex(pairs[:, ::-1]).get().tolist() == [4 + 3j, 0, 1]
    infinite = backend.complex(backend.from_numpy(np.array([1.0])), backend.from_numpy(np.array([np.inf])))
    assert infinite.get()[0].real == 1.0 and np.isinf(infinite.get()[0].imag)
    assert np.array_equal(backend.conj(x).get(), np.conj(x.get())) and backend.conj(pairs) is pairs


def test_missing_names_of_the_standard(backend: Any) -> None:
    x = backend.from_numpy(np.arange(6.0).reshape(2, 3))
    assert [part.get().tolist() for part in backend.unstack(x, axis=1)] == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    assert backend.vecdot(x, x).get().tolist() == [5.0, 50.0]


def test_special_functions_come_from_the_host_where_cupy_has_none(backend: Any) -> None:
    x = backend.from_numpy(np.array([0.5]))
    special = backend.special_functions()
    assert special.erf(x).get() == pytest.approx(0.5204999)
    assert not hasattr(backend.special._library, "airy")
    assert special.airy(x)[0].get() == pytest.approx(0.23169361)
