"""`repr` of tensors is PyTorch's, character for character."""

from __future__ import annotations

import math
import pickle
import re

import numpy as np
import pytest
import torch

import autograd

VALUES = {
    "integers as floats": [1.0, -2.0, 30.0],
    "fractions": [1.5, 2.25, -1000.125],
    "small": [1e-5, 1.0],
    "large": [1e9, 1.0],
    "wide range of integers": [1.0, 5000.0],
    "zeros": [0.0, 0.0],
    "negative zero": [-0.0, 1.5],
    "infinite": [math.inf, -math.inf, math.nan, 1.0],
    "only nan": [math.nan],
    "nan and fraction": [math.nan, 0.5],
    "scientific integers": [1.0, 2e8],
    "tiny only": [1e-7],
    "empty": [],
    "scalar": 3.0,
    "scalar fraction": 0.1,
    "matrix": [[1.0, 2.0], [3.0, 4.5]],
    "cube": [[[1.0, 2.0]], [[3.0, 4.0]]],
    "four dims": [[[[1.0], [2.0]]], [[[3.0], [4.0]]]],
    "zero-sized": [[], []],
}
KINDS = ["float32", "float64", "float16", "complex64", "complex128"]


def same(array, kind=None, **how):
    ours = autograd.tensor(array, dtype=kind and getattr(autograd, kind), device="cpu", **how)
    theirs = torch.tensor(array, dtype=kind and getattr(torch, kind), **how)
    assert joined(repr(ours)) == joined(repr(theirs).replace("torch.", "autograd."))


def joined(text):
    """On one line what follows a type: its longer name, `autograd.float64`, may not fit where `torch.float64` does."""
    return re.sub(r",\n +(dtype|requires_grad)=", r", \1=", text) if "dtype=" in text else text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", list(VALUES))
@pytest.mark.filterwarnings("ignore:ComplexHalf")
def test_values(name, kind):
    if kind == "float16" and name in ("large", "scientific integers"):
        with np.errstate(over="ignore"):
            same(np.asarray(VALUES[name], "float16").tolist(), kind)
        return
    same(VALUES[name], kind)


@pytest.mark.parametrize("kind", ["bool", "uint8", "int8", "int16", "int32", "int64"])
@pytest.mark.parametrize("values", [[1, 0, 100], [], 1, [[1, 2], [3, 4]], [[[]]], list(range(40))])
def test_integers_and_booleans(values, kind):
    same(values, kind)


@pytest.mark.parametrize("shape", [(5,), (30,), (1000,), (1001,), (2000,), (40, 40), (7, 200), (3, 3, 200), (11, 11, 11),
                                   (2, 3, 4, 5), (1, 1, 1), (0, 3), (200, 7), (6, 500), (1, 2000), (2000, 1)])  # fmt: skip
@pytest.mark.parametrize("scale", [1.0, 1e-6, 1e6])
def test_layout(shape, scale):
    rng = np.random.default_rng(0)
    array = rng.standard_normal(shape) * scale
    same(array)
    same(array.astype("float32"))
    same(np.round(array * 100))
    same((array * 100).astype("int64"))
    same(array > 0)
    same(array + 1j * rng.standard_normal(shape))


def test_random_tensors():
    rng = np.random.default_rng(1)
    for _ in range(300):
        shape = tuple(rng.integers(0, 5, rng.integers(0, 5)))
        array = rng.standard_normal(shape) * 10.0 ** rng.integers(-8, 9)
        if rng.random() < 0.3:
            array = np.round(array)
        if rng.random() < 0.3:
            array = np.where(rng.random(shape) < 0.2, rng.choice([np.nan, np.inf, 0.0, -np.inf]), array)
        same(np.asarray(array).astype(rng.choice(["float32", "float64", "complex128", "float16"])))


def test_gradient_suffixes():
    same([1.0, 2.0], requires_grad=True)
    same(list(np.linspace(0, 1, 12)), "float64", requires_grad=True)
    for operation in (
        lambda x: x * 2,
        lambda x: x + x,
        lambda x: x.exp(),
        lambda x: x / 3,
        lambda x: -x,
        lambda x: x.sum(),
    ):
        ours = operation(autograd.tensor([1.0, 2.0], requires_grad=True, device="cpu"))
        theirs = operation(torch.tensor([1.0, 2.0], requires_grad=True))
        assert repr(ours) == repr(theirs)


@pytest.mark.parametrize(
    "options",
    [
        {"precision": 2},
        {"threshold": 5},
        {"threshold": 5, "edgeitems": 1},
        {"linewidth": 40},
        {"profile": "short"},
        {"profile": "full"},
        {"sci_mode": True},
        {"sci_mode": False},
    ],
)
def test_options(options):
    array = np.random.default_rng(2).standard_normal((6, 9)) * np.array([1e-6, 1, 1e3] * 3)
    try:
        autograd.set_printoptions(**options)
        torch.set_printoptions(**options)
        same(array)
        same(np.round(array))
        same(np.arange(30))
        assert autograd.get_printoptions()["precision"] == options.get(
            "precision", 2 if "short" in options.values() else 4
        )
    finally:
        autograd.set_printoptions(profile="default")
        torch.set_printoptions(profile="default")
    same(array)
    with pytest.raises(ValueError, match="profile"):
        autograd.set_printoptions(profile="long")


def test_default_dtype_has_no_suffix():
    try:
        autograd.set_default_dtype(autograd.float64)
        torch.set_default_dtype(torch.float64)
        same([1.5])
        same([1.5], "float32")
        same([1.5], "complex128")
    finally:
        autograd.set_default_dtype(autograd.float32)
        torch.set_default_dtype(torch.float32)


def test_device_suffix():
    assert repr(autograd.ones(2, device="sim")) == "tensor([1., 1.], device='sim')"


@pytest.mark.parametrize(
    "call",
    [
        lambda lib: lib.tensor([[1.0, 3.0], [4.0, 2.0]]).max(dim=1),
        lambda lib: lib.topk(lib.tensor([1.0, 3.0, 2.0]), 2),
        lambda lib: lib.linalg.svd(lib.eye(2)),
        lambda lib: lib.aminmax(lib.tensor([1, 2])),
        lambda lib: lib.frexp(lib.tensor([8.0])),
    ],
)
def test_named_results_print_a_field_a_line(call):
    mine, theirs = call(autograd), call(torch)
    assert re.sub(r", device='\w+'", "", repr(mine)).replace("autograd.", "torch.") == repr(theirs)
    assert type(mine) is getattr(autograd.return_types, type(mine).__name__)
    assert repr(pickle.loads(pickle.dumps(mine))) == repr(mine)


@pytest.mark.parametrize("values", [[0.0, -0.0], [math.inf, math.nan, 0.0]])
def test_zeros_are_not_scientific(values):
    for library in (autograd, torch):
        library.set_printoptions(sci_mode=True)
    try:
        mine = autograd.tensor(values, device="cpu")
        assert str(mine) == str(torch.tensor(values))
    finally:
        for library in (autograd, torch):
            library.set_printoptions(profile="default")


PARTS = {
    "one": lambda x: x[0], "rows": lambda x: x[1:], "column": lambda x: x[1:, 0], "last": lambda x: x[..., -1],
    "mask": lambda x: x[x > 0], "list": lambda x: x[[0, 1]], "new dim": lambda x: x[:, None], "all": lambda x: x[...],
    "sum": lambda x: x.sum(), "sums": lambda x: x.sum(0), "mean": lambda x: x.mean(), "means": lambda x: x.mean(-1),
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_nodes_of_parts_and_sums_have_pytorchs_names(part):
    ours, theirs = (PARTS[part](lib.ones(2, 3, requires_grad=True) * 2).grad_fn.name() for lib in (autograd, torch))
    assert ours == theirs
