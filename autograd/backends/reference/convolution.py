"""Convolution over any number of spatial axes, channels first, and its two adjoints.

The three are bilinear and close under differentiation: each one's gradient is another of them. None conjugates; for
complex values the caller does. Every product is one gemm per group over patches laid out as [group, channel, tap,
batch, position]; the batch is cut into chunks so that the patches stay small.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from autograd.backends.reference.common import Array, narrow, widen
from autograd.backends.reference.windows import (
    crop_spatial,
    gather_windows,
    output_sizes,
    pad_spatial,
    scatter_windows,
)

PATCH_ELEMENTS = 2**22  # of one chunk: 16 MiB in float32


def _chunks(batch: int, elements_per_item: int) -> Iterator[slice]:
    step = max(1, PATCH_ELEMENTS // max(1, elements_per_item))
    for start in range(0, batch, step):
        yield slice(start, min(start + step, batch))


def _check(
    op: str,
    x_shape: tuple[int, ...],
    w_shape: tuple[int, ...],
    spatial: int,
    groups: int,
) -> None:
    if len(x_shape) != spatial + 2 or len(w_shape) != spatial + 2:
        raise ValueError(
            f"{op}: {spatial} strides need an input [batch, channels, {spatial} sizes] and a weight "
            f"[channels out, channels in / groups, {spatial} sizes]; got shapes {x_shape} and {w_shape}"
        )
    if x_shape[1] != w_shape[1] * groups or w_shape[0] % groups:
        raise ValueError(
            f"{op}: an input of {x_shape[1]} channels in {groups} group(s) does not fit a weight of shape {w_shape}; "
            "the weight's first axis must be a multiple of groups, its second the input's channels / groups"
        )


def _patches(
    xp: Any,
    x: Array,
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    out: tuple[int, ...],
    groups: int,
) -> Array:
    """[batch, channels, sizes] to [groups, channels / groups · taps, batch · positions]."""
    batch, channels = x.shape[:2]
    swapped = xp.permute_dims(x, (1, 0, *range(2, x.ndim)))
    columns = gather_windows(
        xp, pad_spatial(xp, swapped, padding, padding), 1, kernel, stride, dilation, out
    )
    return xp.reshape(
        columns,
        (groups, channels // groups * math.prod(kernel), batch * math.prod(out)),
    )


def _by_group(xp: Any, g: Array, groups: int) -> Array:
    """[batch, channels, sizes] to [groups, channels / groups, batch · positions]."""
    batch, channels, *sizes = g.shape
    swapped = xp.permute_dims(g, (1, 0, *range(2, g.ndim)))
    return xp.reshape(swapped, (groups, channels // groups, batch * math.prod(sizes)))


def conv(
    xp: Any,
    x: Array,
    w: Array,
    *,
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    groups: int,
) -> Array:
    """out[n, o, p] = Σ over c, k of w[o, c, k] · x[n, c, stride·p + dilation·k - padding] (cross-correlation).

    `x` is [N, C, sizes], `w` is [O, C / groups, kernel], the result [N, O, output sizes].

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or the kernel not the padded input.

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.arange(5.0).reshape(1, 1, 5), np.ones((1, 1, 3))
    >>> conv(np, x, w, stride=(2,), padding=(0,), dilation=(1,), groups=1)
    array([[[3., 9.]]])
    """
    _check("conv", x.shape, w.shape, len(stride), groups)
    dtype, x, w = x.dtype, widen(xp, x), widen(xp, w)
    batch, channels, *sizes = x.shape
    kernel = w.shape[2:]
    out = output_sizes(tuple(sizes), kernel, stride, padding, dilation)
    matrix = xp.reshape(
        w, (groups, w.shape[0] // groups, w.shape[1] * math.prod(kernel))
    )
    result = xp.empty((batch, w.shape[0], *out), dtype=x.dtype)
    order = (1, 0, *range(2, x.ndim))
    for chunk in _chunks(batch, channels * math.prod(kernel) * math.prod(out)):
        product = xp.matmul(
            matrix,
            _patches(xp, x[chunk, ...], kernel, stride, padding, dilation, out, groups),
        )
        product = xp.reshape(product, (w.shape[0], chunk.stop - chunk.start, *out))
        result[chunk, ...] = xp.permute_dims(product, order)
    return narrow(xp, result, dtype)


def conv_input_grad(
    xp: Any,
    g: Array,
    w: Array,
    *,
    input_shape: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    groups: int,
) -> Array:
    """The adjoint of `conv` in its input; at the same time the forward pass of a transposed convolution.

    `g` is [N, O, output sizes]; the result has `input_shape`, [N, C, sizes].
    """
    input_shape = tuple(input_shape)
    _check("conv_input_grad", input_shape, w.shape, len(stride), groups)
    dtype, g, w = g.dtype, widen(xp, g), widen(xp, w)
    channels, sizes, kernel = input_shape[1], input_shape[2:], w.shape[2:]
    out = output_sizes(sizes, kernel, stride, padding, dilation)
    _check_output("conv_input_grad", g.shape, (input_shape[0], w.shape[0], *out))
    padded_sizes = tuple(s + 2 * p for s, p in zip(sizes, padding, strict=True))
    count = math.prod(kernel)
    matrix = xp.matrix_transpose(
        xp.reshape(w, (groups, w.shape[0] // groups, w.shape[1] * count))
    )
    result = xp.empty(input_shape, dtype=g.dtype)
    order = (1, 0, *range(2, g.ndim))
    for chunk in _chunks(input_shape[0], channels * count * math.prod(out)):
        columns = xp.matmul(matrix, _by_group(xp, g[chunk, ...], groups))
        columns = xp.reshape(columns, (channels, count, chunk.stop - chunk.start, *out))
        padded = scatter_windows(xp, columns, 1, padded_sizes, kernel, stride, dilation)
        result[chunk, ...] = xp.permute_dims(
            crop_spatial(padded, padding, sizes), order
        )
    return narrow(xp, result, dtype)


def conv_weight_grad(
    xp: Any,
    x: Array,
    g: Array,
    *,
    weight_shape: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    groups: int,
) -> Array:
    """The adjoint of `conv` in its weight: `x` is [N, C, sizes], `g` [N, O, output sizes]; [O, C / groups, kernel]."""
    weight_shape = tuple(weight_shape)
    _check("conv_weight_grad", x.shape, weight_shape, len(stride), groups)
    dtype, x, g = x.dtype, widen(xp, x), widen(xp, g)
    kernel = weight_shape[2:]
    out = output_sizes(x.shape[2:], kernel, stride, padding, dilation)
    _check_output("conv_weight_grad", g.shape, (x.shape[0], weight_shape[0], *out))
    taps = math.prod(kernel)
    result = xp.zeros(
        (groups, weight_shape[0] // groups, weight_shape[1] * taps), dtype=x.dtype
    )
    for chunk in _chunks(x.shape[0], x.shape[1] * taps * math.prod(out)):
        columns = _patches(
            xp, x[chunk, ...], kernel, stride, padding, dilation, out, groups
        )
        result += xp.matmul(
            _by_group(xp, g[chunk, ...], groups), xp.matrix_transpose(columns)
        )
    return narrow(xp, xp.reshape(result, weight_shape), dtype)


def _check_output(op: str, came: tuple[int, ...], expected: tuple[int, ...]) -> None:
    if tuple(came) != expected:
        raise ValueError(
            f"{op}: the output's gradient has shape {tuple(came)}; input and weight imply {expected}"
        )
