"""Softmax, log-sum-exp and standardization against PyTorch's."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.backends.libraries import LIBRARIES, check, normal, run

DTYPES = pytest.mark.parametrize("dtype", ["float64", "float32"])
ROWS = np.array(
    [
        [0.0, 1.0, 2.0],
        [-math.inf, 1.0, 2.0],
        [-math.inf, -math.inf, -math.inf],
        [math.inf, 1.0, 2.0],
        [math.inf, math.inf, -math.inf],
        [math.nan, 1.0, math.inf],
        [1000.0, 999.0, -1000.0],
    ]
)


@LIBRARIES
@DTYPES
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax(library, dtype, name, axis):
    x = normal(4, 5, 3, dtype=dtype) * 5
    check(run(library, name, x, axis=axis), getattr(torch, name)(torch.tensor(x), axis), dtype)


@LIBRARIES
@DTYPES
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_of_infinities(library, dtype, name):
    rows = ROWS.astype(dtype)
    check(run(library, name, rows, axis=1), getattr(torch, name)(torch.tensor(rows), 1), dtype)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_softmax_of_nothing(name, shape):
    assert run("strict", name, np.zeros(shape), axis=1).shape == shape


@LIBRARIES
@DTYPES
@pytest.mark.parametrize("axis", [0, -1, (0, 2), (0, 1, 2)])
@pytest.mark.parametrize("keepdims", [False, True])
def test_logsumexp(library, dtype, axis, keepdims):
    x = normal(4, 5, 3, dtype=dtype) * 5
    check(
        run(library, "logsumexp", x, axis=axis, keepdims=keepdims),
        torch.logsumexp(torch.tensor(x), axis, keepdims),
        dtype,
    )


@LIBRARIES
@DTYPES
def test_logsumexp_of_infinities(library, dtype):
    rows = ROWS.astype(dtype)
    found = run(library, "logsumexp", rows, axis=1, keepdims=False)
    check(found, torch.logsumexp(torch.tensor(rows), 1), dtype)


@LIBRARIES
@pytest.mark.parametrize(("shape", "axis"), [((0, 3), 0), ((0, 3), 1), ((3, 0), (0, 1))])
def test_logsumexp_of_nothing(library, shape, axis):
    x = np.zeros(shape)
    check(run(library, "logsumexp", x, axis=axis, keepdims=False), torch.logsumexp(torch.tensor(x), axis))


def test_logsumexp_names_the_axis():
    with pytest.raises(IndexError, match="axis 2 is out of range"):
        run("numpy", "logsumexp", np.zeros((2, 2)), axis=2, keepdims=False)


@LIBRARIES
@DTYPES
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_logcumsumexp(library, dtype, axis):
    x = normal(4, 5, 3, dtype=dtype) * 5
    check(run(library, "logcumsumexp", x, axis=axis), torch.logcumsumexp(torch.tensor(x), axis), dtype)


def test_logcumsumexp_from_minus_infinity():
    x = np.array([-math.inf, -math.inf, 0.0, 3.0, -math.inf])
    check(run("numpy", "logcumsumexp", x, axis=0), torch.logcumsumexp(torch.tensor(x), 0))
    assert run("numpy", "logcumsumexp", np.array(2.0), axis=0) == 2.0


@given(rows=st.lists(st.lists(st.floats(-700, 700), min_size=3, max_size=3), min_size=1, max_size=4))
def test_softmax_sums_to_one(rows):
    np.testing.assert_allclose(run("numpy", "softmax", np.array(rows), axis=1).sum(axis=1), 1.0)


@LIBRARIES
@DTYPES
@pytest.mark.parametrize("axes", [(1,), (0, 2), (1, 2), (-1,)])
def test_standardize(library, dtype, axes):
    x = normal(4, 5, 3, dtype=dtype) * 3 + 10
    y, mean, rstd = run(library, "standardize", x, axes=axes, eps=1e-5)
    tx = torch.tensor(x)
    variance, expected_mean = torch.var_mean(tx, axes, correction=0, keepdim=True)
    expected_rstd = 1 / torch.sqrt(variance + 1e-5)
    check(mean, expected_mean, dtype)
    check(rstd, expected_rstd, dtype)
    check(y, (tx - expected_mean) * expected_rstd, dtype)


def test_standardize_matches_layer_norm_and_survives_an_empty_batch():
    x = normal(4, 6)
    check(run("numpy", "standardize", x, axes=(1,), eps=1e-5)[0], torch.nn.functional.layer_norm(torch.tensor(x), (6,)))
    assert run("numpy", "standardize", x[:0], axes=(1,), eps=1e-5)[0].shape == (0, 6)
    assert run("numpy", "standardize", x[:0], axes=(0,), eps=1e-5)[1].shape == (1, 6)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("softmax", {"axis": 0}),
        ("log_softmax", {"axis": 0}),
        ("logsumexp", {"axis": 0, "keepdims": False}),
        ("logcumsumexp", {"axis": 0}),
    ],
)
def test_half_keeps_its_type(name, options):
    x = normal(300, dtype="float16")
    exact = run("numpy", name, x.astype("float64"), **options)
    check(run("numpy", name, x, **options), exact.astype("float16"), "float16")
