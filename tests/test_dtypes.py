"""Element types and promotion, judged by PyTorch over every pair."""

from __future__ import annotations

import itertools
import pickle

import numpy as np
import pytest
import torch

import autograd
from autograd import dtypes

NAMES = [d.name for d in dtypes.ALL if d.name not in ("uint16", "uint32", "uint64")]


PAIRS = list(itertools.product(NAMES, NAMES))


def theirs(name: str) -> torch.dtype:
    return getattr(torch, name)


def name_of(kind: torch.dtype) -> str:
    """The name of PyTorch's type, in NumPy's narrowest complex type where NumPy has none so narrow."""
    return str(kind).removeprefix("torch.").replace("complex32", "complex64")


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_promote_types_is_pytorchs(a, b):
    expected = str(torch.promote_types(theirs(a), theirs(b))).removeprefix("torch.")
    assert autograd.promote_types(dtypes.lookup(a), dtypes.lookup(b)).name == expected


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_can_cast_is_pytorchs(a, b):
    assert autograd.can_cast(dtypes.lookup(a), dtypes.lookup(b)) == torch.can_cast(theirs(a), theirs(b))


@pytest.mark.parametrize(("a", "b"), PAIRS)
@pytest.mark.filterwarnings("ignore:ComplexHalf support")
@pytest.mark.parametrize("ranks", ["vector 0-d", "0-d vector"])
def test_sums_of_a_vector_and_a_0d_tensor_have_pytorchs_dtype(a, b, ranks):
    shapes = ((2,), ()) if ranks == "vector 0-d" else ((), (2,))
    got = autograd.ones(shapes[0], dtype=dtypes.lookup(a)) + autograd.ones(shapes[1], dtype=dtypes.lookup(b))
    wanted = torch.ones(shapes[0], dtype=theirs(a)) + torch.ones(shapes[1], dtype=theirs(b))
    assert got.dtype.name == name_of(wanted.dtype)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore:ComplexHalf support")
@pytest.mark.parametrize("number", [True, 2, 1.5, 1j])
@pytest.mark.parametrize("reflected", [False, True])
def test_python_numbers_are_weak(name, number, reflected):
    x, y = autograd.ones(2, dtype=dtypes.lookup(name)), torch.ones(2, dtype=theirs(name))
    got, wanted = (number * x, number * y) if reflected else (x * number, y * number)
    assert got.dtype.name == name_of(wanted.dtype)
    assert [complex(v) for v in got.tolist()] == [complex(v) for v in wanted.tolist()]


def test_default_dtype_rules_floats_and_division():
    assert autograd.tensor(1.5).dtype is autograd.float32
    assert (autograd.tensor(3) / 2).dtype is autograd.float32
    autograd.set_default_dtype(autograd.float64)
    try:
        assert autograd.tensor([1.5]).dtype is autograd.float64
        assert (autograd.tensor(3) / 2).dtype is autograd.float64
    finally:
        autograd.set_default_dtype(autograd.float32)


def test_default_dtype_must_be_floating():
    with pytest.raises(TypeError, match="floating-point"):
        autograd.set_default_dtype(autograd.int32)


def test_unknown_names_are_refused_with_the_known_ones():
    with pytest.raises(TypeError, match=r"autograd\.float32"):
        autograd.zeros(2, dtype="float31")


def test_equal_to_numpys_of_the_same_name_and_as_a_key():
    assert autograd.float32 == np.float32 and autograd.float32 == np.dtype("float32")
    assert autograd.float32 != np.float64 and autograd.float32 != autograd.float64
    assert autograd.float32 is not None and autograd.float32 != 3
    assert {autograd.int8: 1}[dtypes.lookup("int8")] == 1


def test_pickling_keeps_identity():
    assert pickle.loads(pickle.dumps(autograd.bfloat16)) is autograd.bfloat16


def test_unsigned_long_with_signed_is_refused():
    with pytest.raises(TypeError, match="uint64"):
        autograd.promote_types(autograd.uint64, autograd.int64)


def test_real_and_complex_partners():
    assert autograd.complex64.to_real() is autograd.float32
    assert autograd.float64.to_complex() is autograd.complex128
    assert autograd.complex64.to_complex() is autograd.complex64


@pytest.mark.parametrize("shapes", [((2, 3), (3, 4)), ((2, 2, 3), (2, 3, 4)), ((2, 2, 3), (3, 4)), ((3,), (3,))])
def test_products_of_bfloat16(shapes):
    first, second = (autograd.ones(*shape, dtype=autograd.bfloat16, device="cpu") for shape in shapes)
    out = first @ second
    assert out.dtype is autograd.bfloat16 and bool((out == 3).all())


@pytest.mark.parametrize(
    "convert", [lambda x: x.int(), lambda x: x.to(autograd.bool), lambda x: x.type(autograd.int64)]
)
def test_integers_carry_no_gradient(convert):
    x = autograd.tensor([2.0, 3.0], requires_grad=True)
    assert not convert(x).requires_grad
    (x * convert(x)).sum().backward()
    assert x.grad.tolist() == [float(v) for v in convert(x.detach()).tolist()]
    assert x.double().requires_grad


def test_memory_formats_are_values_of_a_type():
    for name in (
        "channels_last",
        "channels_last_3d",
        "contiguous_format",
        "preserve_format",
        "legacy_contiguous_format",
    ):
        mine, theirs = getattr(autograd, name), getattr(torch, name)
        assert isinstance(mine, autograd.memory_format) and repr(mine) == repr(theirs).replace("torch", "autograd")
        assert pickle.loads(pickle.dumps(mine)) is mine
    x = autograd.ones(1, 2, 3, 3)
    for same in (x.to(memory_format=autograd.channels_last), x.contiguous(memory_format=autograd.contiguous_format)):
        assert same.shape == x.shape
