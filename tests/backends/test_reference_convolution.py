"""Convolution and its adjoints against PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograd.backends.reference import convolution
from tests.backends.libraries import LIBRARIES, check, normal, run

FUNCTIONS = {1: torch.nn.functional.conv1d, 2: torch.nn.functional.conv2d, 3: torch.nn.functional.conv3d}
CASES = [
    # x, w, stride, padding, dilation, groups
    ((2, 3, 9), (4, 3, 3), (1,), (0,), (1,), 1),
    ((2, 4, 10), (6, 2, 3), (2,), (1,), (2,), 2),
    ((2, 3, 7, 8), (4, 3, 3, 3), (1, 1), (1, 1), (1, 1), 1),
    ((2, 4, 9, 8), (4, 1, 3, 2), (2, 3), (1, 0), (1, 2), 4),
    ((3, 4, 6, 5), (8, 2, 1, 1), (1, 1), (0, 0), (1, 1), 2),
    ((2, 2, 8, 8), (2, 2, 3, 3), (3, 3), (2, 2), (1, 1), 1),
    ((1, 2, 5, 6, 5), (4, 1, 2, 3, 2), (1, 2, 1), (0, 1, 1), (2, 1, 1), 2),
    ((0, 3, 6, 6), (2, 3, 3, 3), (1, 1), (1, 1), (1, 1), 1),
]


def _expected(x, w, stride, padding, dilation, groups, seed=2):
    tx, tw = torch.tensor(x, requires_grad=True), torch.tensor(w, requires_grad=True)
    out = FUNCTIONS[len(stride)](tx, tw, None, stride, padding, dilation, groups)
    g = normal(*out.shape, dtype=x.dtype.name, seed=seed)
    gx, gw = torch.autograd.grad(out, (tx, tw), torch.tensor(g))
    return out.detach(), g, gx, gw


@LIBRARIES
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(("x_shape", "w_shape", "stride", "padding", "dilation", "groups"), CASES)
def test_convolution_and_gradients(library, dtype, x_shape, w_shape, stride, padding, dilation, groups):
    x, w = normal(*x_shape, dtype=dtype), normal(*w_shape, dtype=dtype, seed=1)
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    out, g, gx, gw = _expected(x, w, stride, padding, dilation, groups)
    check(run(library, "conv", x, w, **options), out, dtype)
    check(run(library, "conv_input_grad", g, w, input_shape=x_shape, **options), gx, dtype)
    check(run(library, "conv_weight_grad", x, g, weight_shape=w_shape, **options), gw, dtype)


def test_chunks_of_the_batch_add_up(monkeypatch):
    x, w = normal(5, 2, 6, 6), normal(3, 2, 3, 3, seed=1)
    options = {"stride": (1, 1), "padding": (1, 1), "dilation": (1, 1), "groups": 1}
    monkeypatch.setattr(convolution, "PATCH_ELEMENTS", 2 * 2 * 9 * 36)
    out, g, gx, gw = _expected(x, w, (1, 1), (1, 1), (1, 1), 1)
    check(run("numpy", "conv", x, w, **options), out)
    check(run("numpy", "conv_input_grad", g, w, input_shape=x.shape, **options), gx)
    check(run("numpy", "conv_weight_grad", x, g, weight_shape=w.shape, **options), gw)


def test_half_is_computed_in_single():
    x, w = (normal(2, 64, 6, 6, dtype="float16"), normal(4, 64, 3, 3, dtype="float16", seed=1))
    options = {"stride": (1, 1), "padding": (1, 1), "dilation": (1, 1), "groups": 1}
    exact = run("numpy", "conv", x.astype("float64"), w.astype("float64"), **options)
    check(run("numpy", "conv", x, w, **options), exact.astype("float16"), "float16")


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_adjoints(data):
    """<conv(x, w), g> = <x, conv_input_grad(g, w)> = <w, conv_weight_grad(x, g)>, for complex values too."""
    spatial = data.draw(st.integers(1, 2))
    pick = lambda low, high: tuple(data.draw(st.integers(low, high)) for _ in range(spatial))
    kernel, stride, padding, dilation, groups = (
        pick(1, 3),
        pick(1, 3),
        pick(0, 2),
        pick(1, 2),
        data.draw(st.integers(1, 2)),
    )
    sizes = tuple(d * (k - 1) + 1 + extra for d, k, extra in zip(dilation, kernel, pick(0, 4), strict=True))
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    x = normal(2, 2 * groups, *sizes) + 1j * normal(2, 2 * groups, *sizes, seed=1)
    w = normal(groups, 2, *kernel, seed=2) + 1j * normal(groups, 2, *kernel, seed=3)
    out = run("numpy", "conv", x, w, **options)
    g = normal(*out.shape, seed=4)
    left = np.sum(out * g)
    np.testing.assert_allclose(
        np.sum(x * run("numpy", "conv_input_grad", g + 0j, w, input_shape=x.shape, **options)), left
    )
    np.testing.assert_allclose(
        np.sum(w * run("numpy", "conv_weight_grad", x, g + 0j, weight_shape=w.shape, **options)), left
    )


def test_errors_name_the_shapes():
    options = {"stride": (1,), "padding": (0,), "dilation": (1,)}
    with pytest.raises(ValueError, match="3 channels in 1 group"):
        run("numpy", "conv", normal(1, 3, 5), normal(2, 2, 3), groups=1, **options)
    with pytest.raises(ValueError, match="got shapes"):
        run("numpy", "conv", normal(3, 5), normal(2, 3, 3), groups=1, **options)
    with pytest.raises(ValueError, match="larger than the input of 2"):
        run("numpy", "conv", normal(1, 3, 2), normal(2, 3, 3), groups=1, **options)
    with pytest.raises(ValueError, match="imply"):
        run("numpy", "conv_input_grad", normal(1, 2, 5), normal(2, 3, 3), input_shape=(1, 3, 5), groups=1, **options)
