"""The array API standard: names, signatures and results beside array-api-strict."""

from __future__ import annotations

import inspect
from pathlib import Path

import array_api_strict as strict
import numpy as np
import pytest

import autograd
from autograd import array_api as xp
from tests.arrays import to_numpy

# What array-api-strict has besides the standard.
OWN = ("get_array_api_strict_flags", "reset_array_api_strict_flags", "set_array_api_strict_flags")
TYPES = (
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "complex64",
    "complex128",
)  # fmt: skip
LINALG = (
    "cholesky", "cross", "det", "diagonal", "eig", "eigh", "eigvals", "eigvalsh", "inv", "matmul",
    "matrix_norm", "matrix_power", "matrix_rank", "matrix_transpose", "outer", "pinv", "qr", "slogdet",
    "solve", "svd", "svdvals", "tensordot", "trace", "vecdot", "vector_norm",
)  # fmt: skip
FFT = (
    "fft", "fftfreq", "fftn", "fftshift", "hfft", "ifft", "ifftn", "ifftshift", "ihfft", "irfft", "irfftn",
    "rfft", "rfftfreq", "rfftn",
)  # fmt: skip


def places():
    main = [name for name in dir(strict) if callable(getattr(strict, name)) and not name.startswith("_")]
    kinds = ("Array", "Device", "ModuleType", "ArrayAPIStrictFlags", "DType")
    for name in main:
        if name not in OWN + kinds and not inspect.isclass(getattr(strict, name)):
            yield pytest.param(strict, xp, name, id=name)
    for part, names in (("linalg", LINALG), ("fft", FFT)):
        for name in names:
            yield pytest.param(getattr(strict, part), getattr(xp, part), name, id=f"{part}.{name}")


@pytest.mark.parametrize(("theirs", "ours", "name"), list(places()))
def test_signatures(theirs, ours, name):
    def parameters(place):
        return [(p.name, p.kind) for p in inspect.signature(getattr(place, name)).parameters.values()]

    assert parameters(ours) == parameters(theirs)
    assert getattr(ours, name).__doc__


@pytest.mark.parametrize(
    "name",
    [*TYPES, "e", "pi", "inf", "nan", "newaxis"],
)
def test_constants_and_types(name):
    assert hasattr(xp, name)


A = [[4.0, 1.0, -2.0], [1.0, 3.0, 0.5], [-2.0, 0.5, 5.0]]
B = [[0.5, -1.5, 2.0], [1.0, 0.0, -3.0], [2.5, 0.25, 1.0]]
V = [3.0, 1.0, 2.0, 1.0]
I = [[3, 1, 2], [5, 1, 0]]
T = [[True, False, True], [True, True, True]]
# In the file are expressions over a namespace xp and arrays a, b (3 x 3), v (4), i (int64), t (bool), z (complex), s (0-d).
CALLS = (Path(__file__).parent / "expressions.txt").read_text().splitlines()


def evaluate(call, namespace):
    scope = {"xp": namespace}
    for name, data, dtype in (
        ("a", A, "float64"), ("b", B, "float64"), ("v", V, "float64"), ("i", I, "int64"), ("t", T, "bool"),
        ("s", 1.5, "float64"),
    ):  # fmt: skip
        scope[name] = namespace.asarray(data, dtype=getattr(namespace, dtype))
    scope["z"] = scope["a"] + 1j * scope["b"]
    return eval(call, scope)


@pytest.fixture
def double():
    autograd.set_default_dtype(autograd.float64)
    yield
    autograd.set_default_dtype(autograd.float32)


@pytest.mark.parametrize("call", CALLS)
def test_results(call, double):
    strict.set_array_api_strict_flags(api_version="2025.12" if "isin" in call or "eig" in call else "2024.12")
    ours, theirs = evaluate(call, xp), evaluate(call, strict)
    expected = np.asarray(theirs)
    assert tuple(ours.shape) == expected.shape and ours.dtype.name == expected.dtype.name
    np.testing.assert_allclose(to_numpy(ours), expected, rtol=1e-12, atol=1e-13)


def test_gradients_pass_through():
    x = autograd.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    space = x.__array_namespace__(api_version="2024.12")
    assert space is xp and space.__array_api_version__ == "2024.12"
    space.sum(space.permute_dims(space.multiply(x, 2.0), (1, 0)) ** 2, axis=0).sum().backward()
    assert x.grad.tolist() == [[8, 16], [24, 32]]


def test_what_the_library_can_do():
    info = xp.__array_namespace_info__()
    assert info.capabilities() == {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}
    assert info.default_device() == autograd.get_default_device() and autograd.device("cpu") in info.devices()
    assert info.default_dtypes() == {
        "real floating": xp.float32, "complex floating": xp.complex64, "integral": xp.int64, "indexing": xp.int64,
    }  # fmt: skip
    theirs = strict.__array_namespace_info__()
    for kind in (
        None, "bool", "signed integer", "unsigned integer", "integral", "real floating", "complex floating", "numeric",
        ("bool", "real floating"),
    ):  # fmt: skip
        ours = info.dtypes(kind=kind)
        assert set(ours) == set(theirs.dtypes(kind=kind)) and all(dtype.name == name for name, dtype in ours.items())


def test_types_promote_as_the_standard_says():
    for a in TYPES:
        for kind in ("bool", "integral", "numeric", "real floating", ("bool", "complex floating")):
            assert xp.isdtype(getattr(xp, a), kind) == strict.isdtype(getattr(strict, a), kind)
        for b in TYPES:
            ours, theirs = (getattr(xp, a), getattr(xp, b)), (getattr(strict, a), getattr(strict, b))
            assert xp.isdtype(*ours) == (a == b)
            try:
                expected = strict.result_type(*theirs)
            except TypeError:
                continue  # PyTorch promotes more than the standard does
            assert xp.result_type(*ours).name == np.asarray(strict.empty(0, dtype=expected)).dtype.name
            assert xp.can_cast(*ours) == strict.can_cast(*theirs)
    x = xp.ones(2, dtype=xp.int8)
    assert [xp.result_type(x, number) for number in (True, 1, 1.5, 1j)] == [xp.int8, xp.int8, xp.float32, xp.complex64]
    assert xp.result_type(xp.bool, 1) is xp.int64 and not xp.can_cast(xp.uint64, xp.int8)
    assert xp.can_cast(x, xp.int16)
    assert xp.isdtype(autograd.bfloat16, "real floating")


@pytest.mark.parametrize(
    ("call", "error", "match"),
    [
        (lambda x: xp.isdtype(xp.int8, "number"), ValueError, "unknown kind 'number'; there are 'bool'"),
        (lambda x: xp.result_type(1, 2.0), ValueError, "at least one"),
        (lambda x: xp.add(1, 2), TypeError, "at least one"),
        (lambda x: xp.squeeze(x, 0), ValueError, r"axis 0 of an array of shape \(2, 3\)"),
        (lambda x: xp.expand_dims(x, 5), IndexError, "axis 5 is out of bounds"),
        (lambda x: xp.reshape(x.mT, (6,), copy=False), ValueError, "needs a copy"),
        (lambda x: xp.cumulative_sum(x), ValueError, "2 axes needs an axis"),
        (lambda x: xp.take(x, xp.asarray([0])), ValueError, "2 axes needs an axis"),
        (lambda x: xp.nonzero(x[0, 0]), ValueError, "0-d"),
        (lambda x: x.__array_namespace__(api_version="2020.01"), ValueError, "newest is '2024.12'"),
        (lambda x: x.to_device("cpu", stream=1), ValueError, "streams are not supported"),
        (lambda x: xp.finfo(xp.int8), TypeError, "use iinfo"),
        (lambda x: xp.iinfo(xp.float32), TypeError, "use finfo"),
    ],
)
def test_refusals(call, error, match):
    with pytest.raises(error, match=match):
        call(xp.ones((2, 3)))


def test_isin_inverted():
    assert xp.isin(xp.asarray([1, 2, 3]), xp.asarray([1, 5]), invert=True).tolist() == [False, True, True]


def test_devices_and_dlpack():
    x = xp.ones((2,), device="cpu")
    assert x.to_device("cpu") is x and xp.asarray(x) is x and xp.asarray(x, copy=True) is not x
    with pytest.raises(ValueError, match="asarray: .* needs a copy"):
        xp.asarray(x, dtype=xp.float64, copy=False)
    assert xp.from_dlpack(x, copy=True).tolist() == [1, 1]


def test_limits():
    import torch

    for name in ("float16", "bfloat16", "float32", "float64", "complex64"):
        ours, theirs = autograd.finfo(getattr(autograd, name)), torch.finfo(getattr(torch, name))
        for attribute in ("bits", "eps", "max", "min", "tiny", "smallest_normal", "resolution"):
            assert getattr(ours, attribute) == getattr(theirs, attribute)
        assert ours.dtype == theirs.dtype
    for name in ("int8", "int16", "int32", "int64", "uint8"):
        ours, theirs = autograd.iinfo(getattr(autograd, name)), torch.iinfo(getattr(torch, name))
        assert (ours.bits, ours.max, ours.min) == (theirs.bits, theirs.max, theirs.min) and ours.dtype == theirs.dtype
    assert repr(autograd.finfo()).startswith(
        "finfo(resolution=1e-06, min=-3.40282e+38, max=3.40282e+38, eps=1.19209e-07"
    )
    assert repr(autograd.iinfo(autograd.uint8)) == "iinfo(min=0, max=255, dtype=uint8)"
