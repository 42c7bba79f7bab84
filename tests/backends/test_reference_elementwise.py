"""Reference kernels of elementwise functions against NumPy's; what a new backend has to bring; packages that lack."""

from __future__ import annotations

import builtins
import pickle
from typing import Any

import numpy as np
import pytest

import autograd
from autograd.backends import backend_for
from autograd.backends.cupy.elementwise import SpecialFunctions
from autograd.backends.namespace import Backend
from autograd.backends.reference import elementwise
from autograd.backends.reference.common import lowest
from autograd.backends.reference.indexing import take_along_axis
from autograd.backends.reference.pooling import adaptive_max_pool_indices

CPU = backend_for("cpu")
WHOLE = np.array([12, -18, 0, 7, 0]), np.array([18, 12, 5, -21, 0])
BROKEN = (
    np.array([1.5, -0.3, 0.0, 6.0, np.inf, -np.inf, 1e300, 5e-324]),
    np.array([0.5, 0.2, 1.0, -4.0, 1.0, 2.0, 3.0, 2]),
)


@pytest.mark.parametrize("name", ["gcd", "lcm"])
def test_whole_numbers(name: str) -> None:
    np.testing.assert_array_equal(getattr(elementwise, name)(CPU, *WHOLE), getattr(np, name)(*WHOLE))


def test_fmod() -> None:
    x, y = (part[:4] for part in BROKEN)
    np.testing.assert_allclose(elementwise.fmod(CPU, x, y), np.fmod(x, y))


def test_frexp() -> None:
    for found, wanted in zip(elementwise.frexp(CPU, BROKEN[0]), np.frexp(BROKEN[0]), strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_fmin_and_fmax() -> None:
    x, y = np.array([1.0, np.nan, 3.0, np.nan]), np.array([2.0, 1.0, np.nan, np.nan])
    np.testing.assert_array_equal(elementwise.fmin(CPU, x, y), np.fmin(x, y))
    np.testing.assert_array_equal(elementwise.fmax(CPU, x, y), np.fmax(x, y))


def test_pairs_and_complex_numbers() -> None:
    pairs = np.array([[1.0, 2.0], [3.0, -4.0]])
    z = elementwise.view_as_complex(CPU, pairs)
    assert z.tolist() == [1 + 2j, 3 - 4j] and elementwise.view_as_real(CPU, z).tolist() == pairs.tolist()
    with pytest.raises(RuntimeError, match="float32 and float64, not int64"):
        elementwise.view_as_complex(CPU, pairs.astype("int64"))


BROUGHT = {
    "native": ("int64",), "asarray": (1,), "from_numpy": (WHOLE[0],), "to_numpy": (WHOLE[0],), "address": (WHOLE[0],),
    "shares_memory": WHOLE, "overlaps_itself": (WHOLE[0],), "storage_size": (WHOLE[0],),
    "storage_offset": (WHOLE[0],),
}  # fmt: skip


def test_what_a_backend_brings_itself() -> None:
    bare = Backend(np, autograd.device("bare"), np.ndarray)
    for name, args in BROUGHT.items():
        with pytest.raises(NotImplementedError):
            getattr(bare, name)(*args)
    with pytest.raises(NotImplementedError):
        bare.strided_view(WHOLE[0], shape=(1,), strides=(1,), offset=0)
    assert bare.special_functions() is None and bare.dtype_of(WHOLE[0]) is autograd.int64
    assert bare.broadcast_view(WHOLE[0], shape=(2, 5)).shape == (2, 5)


@pytest.mark.parametrize("place", ["cpu", "sim"])
def test_backends_are_pickled_by_name(place: str) -> None:
    assert pickle.loads(pickle.dumps(backend_for(place))) is backend_for(place)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make imports of packages fail."""
    plain = builtins.__import__

    def hide(*hidden: str) -> None:
        def imported(name: str, *args: Any, **options: Any) -> Any:
            if name.partition(".")[0] in hidden:
                raise ImportError(name)
            return plain(name, *args, **options)

        monkeypatch.setattr(builtins, "__import__", imported)

    return hide


def test_special_functions_need_scipy(without: Any) -> None:
    from autograd.backends.special import special_kernel

    without("scipy")
    assert CPU.special_functions() is None
    with pytest.raises(ImportError, match=r"needs SciPy.*retrograd\[special\]"):
        special_kernel(CPU, "zeta")
    assert special_kernel(CPU, "lgamma")(np.array([1.0, 2.0])) == pytest.approx([0.0, 0.0], abs=1e-12)
    with pytest.raises(AttributeError, match="neither CuPy nor SciPy"):
        SpecialFunctions(backend_for("sim"), None).jv  # noqa: B018


def test_bfloat16_needs_its_package(without: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from autograd.backends.numpy import NATIVE

    monkeypatch.delitem(NATIVE, "bfloat16", raising=False)
    without("ml_dtypes")
    with pytest.raises(TypeError, match=r"needs the package ml_dtypes: pip install 'retrograd\[bfloat16\]'"):
        CPU.native("bfloat16")


def test_special_functions_of_complex_numbers_and_of_integers() -> None:
    with pytest.raises(TypeError, match="not implemented for complex numbers"):
        CPU.lgamma(np.array([1j]))
    assert CPU.lgamma(np.array([1, 2])).tolist() == [0.0, 0.0]


def test_host_memory_is_not_shared_by_other_devices() -> None:
    with pytest.raises(TypeError, match="make the tensor on the CPU and move it"):
        backend_for("sim").from_buffer(b"1234", "uint8", -1, 0)


@pytest.mark.cpu_only
def test_arrays_of_derived_classes() -> None:
    class Derived(np.ndarray):
        pass

    x = autograd.ones(2, dtype=autograd.float64)
    assert (x + np.ones(2).view(Derived)).tolist() == [2.0, 2.0]


def test_views_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match=r"shape \[2\] cannot be broadcast to \[3\]"):
        CPU.broadcast_view(np.ones(2), shape=(3,))


def test_other_byte_orders_become_the_machines() -> None:
    assert CPU.asarray(np.array([1.0, 2.0], ">f8")).dtype.isnative


def test_what_no_element_is_below() -> None:
    kinds = {"bool": False, "int16": -(2**15), "uint8": 0, "float32": -np.inf}
    for kind, wanted in kinds.items():
        assert lowest(np.zeros(1, kind)) == wanted


def test_pooling_of_nothing() -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        adaptive_max_pool_indices(CPU, np.ones((1, 1, 0)), output_size=(1,))


def test_indices_that_count_from_the_end() -> None:
    x, index = np.array([[1.0, 2.0, 3.0]]), np.array([[-1, 0]])
    assert take_along_axis(CPU, x, index, axis=1).tolist() == [[3.0, 1.0]]
