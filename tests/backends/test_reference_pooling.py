"""Pooling and sliding blocks against PyTorch's."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.backends.libraries import LIBRARIES, check, normal, run

F = torch.nn.functional
MAX = {1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}
AVG = {1: F.avg_pool1d, 2: F.avg_pool2d, 3: F.avg_pool3d}
ADAPTIVE = {1: F.adaptive_max_pool1d, 2: F.adaptive_max_pool2d, 3: F.adaptive_max_pool3d}
WINDOWS = [
    # sizes, kernel, stride, padding, dilation
    ((9,), (3,), (2,), (1,), (1,)),
    ((10,), (3,), (3,), (1,), (2,)),
    ((7, 8), (2, 2), (2, 2), (0, 0), (1, 1)),
    ((7, 8), (3, 2), (2, 3), (1, 1), (1, 2)),
    ((6, 7), (3, 3), (1, 2), (1, 0), (2, 1)),
    ((5, 6, 7), (2, 3, 2), (2, 2, 3), (1, 1, 0), (1, 2, 1)),
]


@LIBRARIES
@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("values", ["normal", "ties", "nan", "-inf", "float32"])
@pytest.mark.parametrize(("sizes", "kernel", "stride", "padding", "dilation"), WINDOWS)
def test_max_pool_indices(library, ceil_mode, values, sizes, kernel, stride, padding, dilation):
    x = normal(2, 3, *sizes, dtype="float32" if values == "float32" else "float64")
    if values == "ties":
        x = np.round(x)
    elif values == "nan":
        x[x > 1] = np.nan
    elif values == "-inf":
        x[...] = -np.inf
    _, expected = MAX[len(sizes)](torch.tensor(x), kernel, stride, padding, dilation, ceil_mode, return_indices=True)
    options = {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    check(run(library, "max_pool_indices", x, ceil_mode=ceil_mode, **options), expected, "int64")


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_max_pool_indices_of_any_window(data):
    size, kernel = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 4))
    stride, dilation, ceil_mode = (data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3)), data.draw(st.booleans()))
    padding = data.draw(st.integers(0, kernel // 2))
    assume(size + 2 * padding >= dilation * (kernel - 1) + 1)
    x = np.array(data.draw(st.lists(st.integers(-2, 2), min_size=size, max_size=size)), "float64")[None]
    _, expected = F.max_pool1d(torch.tensor(x), kernel, stride, padding, dilation, ceil_mode, return_indices=True)
    options = {"kernel": (kernel,), "stride": (stride,), "padding": (padding,), "dilation": (dilation,)}
    check(run("numpy", "max_pool_indices", x, ceil_mode=ceil_mode, **options), expected, "int64")


def test_max_pool_indices_of_integers():
    options = {"kernel": (2,), "stride": (2,), "padding": (1,), "dilation": (1,), "ceil_mode": False}
    found = run("numpy", "max_pool_indices", np.array([[-3, -5, -4, -9]]), **options)
    check(found, np.array([[0, 2, 3]]), "int64")


@LIBRARIES
@pytest.mark.parametrize("nan", [False, True])
@pytest.mark.parametrize(("sizes", "out"), [((10,), (3,)), ((7, 5), (3, 5)), ((4, 6), (7, 1)), ((3, 4, 5), (2, 3, 2))])
def test_adaptive_max_pool_indices(library, nan, sizes, out):
    x = np.round(normal(2, 3, *sizes) * 2)
    if nan:
        x[x > 2] = np.nan
    _, expected = ADAPTIVE[len(sizes)](torch.tensor(x), out, return_indices=True)
    check(run(library, "adaptive_max_pool_indices", x, output_size=out), expected, "int64")


@LIBRARIES
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("count_include_pad", [False, True])
@pytest.mark.parametrize("divisor_override", [None, 5])
@pytest.mark.parametrize(("sizes", "kernel", "stride", "padding", "dilation"), WINDOWS)
def test_avg_pool(
    library, dtype, ceil_mode, count_include_pad, divisor_override, sizes, kernel, stride, padding, dilation
):
    x = normal(2, 3, *sizes, dtype=dtype)
    override = {} if len(sizes) == 1 else {"divisor_override": divisor_override}
    tx = torch.tensor(x, requires_grad=True)
    out = AVG[len(sizes)](tx, kernel, stride, padding, ceil_mode, count_include_pad, **override)
    g = normal(*out.shape, dtype=dtype, seed=1)
    (gx,) = torch.autograd.grad(out, tx, torch.tensor(g))
    options = {"kernel": kernel, "stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    options |= {"count_include_pad": count_include_pad, "divisor_override": override.get("divisor_override")}
    check(run(library, "avg_pool", x, **options), out.detach(), dtype)
    check(run(library, "avg_pool_grad", g, input_shape=x.shape, **options), gx, dtype)


def test_avg_pool_refuses_to_divide_by_zero():
    options = {"kernel": (2,), "stride": (2,), "padding": (0,), "ceil_mode": False, "count_include_pad": True}
    with pytest.raises(ValueError, match="divisor_override"):
        run("numpy", "avg_pool", normal(4), divisor_override=0, **options)


@LIBRARIES
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("batch", [(), (2,), (0,)])
@pytest.mark.parametrize(("sizes", "kernel", "stride", "padding", "dilation"), [w for w in WINDOWS if len(w[0]) == 2])
def test_unfold_and_fold(library, dtype, batch, sizes, kernel, stride, padding, dilation):
    x = normal(*batch, 3, *sizes, dtype=dtype)
    options = {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    torch_options = (kernel, dilation, padding, stride)
    expected = F.unfold(torch.tensor(x), *torch_options)
    check(run(library, "unfold", x, **options), expected, dtype)
    columns = normal(*expected.shape, dtype=dtype, seed=1)
    grid = run(library, "fold", columns, output_size=sizes, **options)
    if batch == (0,):
        assert grid.shape == x.shape
    else:
        check(grid, F.fold(torch.tensor(columns), sizes, *torch_options), dtype)


@pytest.mark.parametrize(("sizes", "kernel", "stride", "padding", "dilation"), WINDOWS)
def test_fold_is_the_adjoint(sizes, kernel, stride, padding, dilation):
    x = normal(2, 3, *sizes)
    options = {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    columns = run("numpy", "unfold", x, **options)
    assert columns.shape[1] == 3 * math.prod(kernel)
    g = normal(*columns.shape, seed=1)
    folded = run("numpy", "fold", g, output_size=sizes, **options)
    np.testing.assert_allclose(np.sum(x * folded), np.sum(columns * g))


def test_fold_names_the_number_of_blocks():
    options = {"kernel": (2,), "stride": (1,), "padding": (0,), "dilation": (1,)}
    with pytest.raises(ValueError, match="has 3 blocks"):
        run("numpy", "fold", normal(2, 4), output_size=(4,), **options)
