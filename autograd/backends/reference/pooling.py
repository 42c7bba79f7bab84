"""Pooling over any number of spatial axes (the last ones): which element a maximum is, and averages with their adjoint."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

from autograd.backends.reference.common import (
    Array,
    int64,
    is_nan,
    lowest,
    narrow,
    offsets,
    widen,
)
from autograd.backends.reference.windows import (
    crop_spatial,
    output_sizes,
    pad_spatial,
    taps,
)


def _row_major(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(math.prod(sizes[axis + 1 :]) for axis in range(len(sizes)))


def _flat(xp: Any, starts: list[list[int]], sizes: tuple[int, ...]) -> Array:
    """The flat position of every combination of one coordinate per axis."""
    total: Any = 0
    for axis, (coordinates, stride) in enumerate(
        zip(starts, _row_major(sizes), strict=True)
    ):
        shape = tuple(len(coordinates) if a == axis else 1 for a in range(len(sizes)))
        total = total + xp.reshape(
            xp.asarray([c * stride for c in coordinates], dtype=int64(xp)), shape
        )
    return total


def max_pool_indices(
    xp: Any,
    x: Array,
    *,
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    ceil_mode: bool,
) -> Array:
    """Where each window's maximum is: int64 positions in the flattened spatial axes, as PyTorch's `return_indices`.

    `x` is [..., sizes], the result [..., output sizes]. Of equal maxima the first counts; a NaN is the maximum, and of
    several the last counts.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 3.0, 3.0, 0.0]])
    >>> max_pool_indices(np, x, kernel=(2,), stride=(2,), padding=(0,), dilation=(1,), ceil_mode=False)
    array([[1, 2]])
    """
    spatial = len(kernel)
    lead, sizes = x.shape[: x.ndim - spatial], x.shape[x.ndim - spatial :]
    out = output_sizes(sizes, kernel, stride, padding, dilation, ceil_mode)
    reach = [
        (o - 1) * s + (k - 1) * d + 1
        for o, s, k, d in zip(out, stride, kernel, dilation, strict=True)
    ]
    after = tuple(
        max(0, r - n - p) for r, n, p in zip(reach, sizes, padding, strict=True)
    )
    padded = pad_spatial(xp, x, padding, after, lowest(x))
    # A window of nothing but -inf answers with its first position that is not padding.
    starts = [
        [o * s - p + (-(-max(0, p - o * s) // d)) * d for o in range(count)]
        for count, s, p, d in zip(out, stride, padding, dilation, strict=True)
    ]
    best = xp.full((*lead, *out), lowest(x), dtype=x.dtype)
    index = xp.zeros((*lead, *out), dtype=int64(xp)) + _flat(xp, starts, sizes)
    corner = _flat(
        xp,
        [
            [o * s - p for o in range(count)]
            for count, s, p in zip(out, stride, padding, strict=True)
        ],
        sizes,
    )
    steps = tuple(
        d * stride for d, stride in zip(dilation, _row_major(sizes), strict=True)
    )
    positions = product(*(range(k) for k in kernel))
    for position, tap in zip(
        positions, taps(kernel, stride, dilation, out), strict=True
    ):
        value = padded[tap]
        wins = value > best
        nan = is_nan(xp, value)
        wins = wins if nan is None else wins | nan
        best = xp.where(wins, value, best)
        index = xp.where(
            wins,
            corner + sum(p * s for p, s in zip(position, steps, strict=True)),
            index,
        )
    return index


def adaptive_max_pool_indices(
    xp: Any, x: Array, *, output_size: tuple[int, ...]
) -> Array:
    """Where the maxima are of `output_size` windows that cover the spatial axes: int64 flat positions.

    Window i of o over n elements is [⌊i·n/o⌋, ⌈(i+1)·n/o⌉), so neighbors may overlap by one element.
    Ties and NaN as in `max_pool_indices`.
    """
    spatial = len(output_size)
    lead, sizes = x.shape[: x.ndim - spatial], x.shape[x.ndim - spatial :]
    if 0 in sizes:
        raise ValueError(
            f"adaptive_max_pool_indices: the spatial axes must not be empty; got shape {x.shape}"
        )
    starts = [
        [i * n // o for i in range(o)] for n, o in zip(sizes, output_size, strict=True)
    ]
    widths = [
        [-(-(i + 1) * n // o) - i * n // o for i in range(o)]
        for n, o in zip(sizes, output_size, strict=True)
    ]
    flat = xp.reshape(x, (*lead, math.prod(sizes)))
    index = xp.zeros((*lead, *output_size), dtype=int64(xp)) + _flat(xp, starts, sizes)
    best = xp.full(index.shape, lowest(x), dtype=x.dtype)
    for position in product(*(range(max(w, default=0)) for w in widths)):
        # A tap beyond a narrow window's end reads that window's last element again: it changes nothing but a NaN's
        # place, which is the same.
        here = _flat(
            xp,
            [
                [s + min(p, w - 1) for s, w in zip(*each, strict=True)]
                for p, *each in zip(position, starts, widths)
            ],
            sizes,
        )
        values = xp.reshape(
            xp.take(flat, xp.reshape(here, (-1,)), axis=len(lead)), index.shape
        )
        wins = values > best
        nan = is_nan(xp, values)
        wins = wins if nan is None else wins | nan
        best = xp.where(wins, values, best)
        index = xp.where(wins, here, index)
    return index


def _divisor(
    xp: Any,
    dtype: Any,
    sizes: tuple[int, ...],
    out: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    count_include_pad: bool,
    divisor_override: int | None,
) -> Any:
    """How many elements each window counts; its part beyond the right-hand padding never counts."""
    if divisor_override is not None:
        if divisor_override == 0:
            raise ValueError("avg_pool: divisor_override must not be zero")
        return divisor_override
    total: Any = 1
    for axis, (n, o, k, s, p) in enumerate(
        zip(sizes, out, kernel, stride, padding, strict=True)
    ):
        counts = []
        for i in range(o):
            start, end = i * s - p, min(i * s - p + k, n + p)
            counts.append(
                end - start if count_include_pad else min(end, n) - max(start, 0)
            )
        shape = tuple(o if a == axis else 1 for a in range(len(sizes)))
        total = total * xp.reshape(xp.asarray(counts, dtype=dtype), shape)
    return total


def avg_pool(
    xp: Any,
    x: Array,
    *,
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
) -> Array:
    """Each window's sum over the number of its elements; `x` is [..., sizes], the result [..., output sizes].

    Padding counts as elements where `count_include_pad`; `divisor_override` replaces the number altogether.

    Examples
    --------
    >>> import numpy as np
    >>> options = dict(kernel=(2,), stride=(2,), padding=(0,), ceil_mode=False)
    >>> avg_pool(np, np.array([1.0, 3.0, 5.0, 6.0]), **options, count_include_pad=True, divisor_override=None)
    array([2. , 5.5])
    """
    dtype, x = x.dtype, widen(xp, x)
    spatial = len(kernel)
    sizes = x.shape[x.ndim - spatial :]
    out = output_sizes(sizes, kernel, stride, padding, (1,) * spatial, ceil_mode)
    divisor = _divisor(
        xp,
        x.dtype,
        sizes,
        out,
        kernel,
        stride,
        padding,
        count_include_pad,
        divisor_override,
    )
    after = _after(sizes, out, kernel, stride, padding)
    total = pad_spatial(xp, x, padding, after)
    for axis in range(spatial):  # a box sum separates
        window = [slice(None)] * spatial
        summed: Any = None
        for k in range(kernel[axis]):
            window[axis] = slice(
                k, k + (out[axis] - 1) * stride[axis] + 1, stride[axis]
            )
            part = total[(..., *window)]
            summed = part if summed is None else summed + part
        total = summed
    return narrow(xp, total / divisor, dtype)


def avg_pool_grad(
    xp: Any,
    g: Array,
    *,
    input_shape: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
) -> Array:
    """The adjoint of `avg_pool`: [..., output sizes] to `input_shape`, [..., sizes]."""
    dtype, g = g.dtype, widen(xp, g)
    spatial = len(kernel)
    sizes = tuple(input_shape[len(input_shape) - spatial :])
    out = output_sizes(sizes, kernel, stride, padding, (1,) * spatial, ceil_mode)
    total = g / _divisor(
        xp,
        g.dtype,
        sizes,
        out,
        kernel,
        stride,
        padding,
        count_include_pad,
        divisor_override,
    )
    after = _after(sizes, out, kernel, stride, padding)
    for axis in range(spatial):
        window = [slice(None)] * spatial
        where = total.ndim - spatial + axis
        length = padding[axis] + sizes[axis] + after[axis]
        spread = xp.zeros(
            (*total.shape[:where], length, *total.shape[where + 1 :]), dtype=total.dtype
        )
        for k in range(kernel[axis]):
            window[axis] = slice(
                k, k + (out[axis] - 1) * stride[axis] + 1, stride[axis]
            )
            spread[(..., *window)] += total
        total = spread
    return narrow(xp, crop_spatial(total, padding, sizes), dtype)


def _after(
    sizes: tuple[int, ...],
    out: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
) -> tuple[int, ...]:
    """How far the last window reaches beyond the input, per axis."""
    return tuple(
        max(0, (o - 1) * s + k - n - p)
        for o, s, k, n, p in zip(out, stride, kernel, sizes, padding, strict=True)
    )
