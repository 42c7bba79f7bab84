"""Sliding windows: their number, the padding they run over, and moving data between a grid and its windows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from typing import Any

from autograd.backends.reference.common import Array


def output_size(
    size: int,
    kernel: int,
    stride: int,
    padding: int,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """How many windows fit along one axis, by PyTorch's rule.

    ⌊(size + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1; with `ceil_mode` rounded up, but a last window
    that would start in the right-hand padding is dropped.

    Raises
    ------
    ValueError
        If not even one window fits.

    Examples
    --------
    >>> output_size(6, 3, 2, 0), output_size(6, 3, 2, 0, ceil_mode=True)
    (2, 3)
    """
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    count = (room + (stride - 1 if ceil_mode else 0)) // stride + 1
    if ceil_mode and (count - 1) * stride >= size + padding:
        count -= 1
    if count <= 0:
        raise ValueError(
            f"a window of {kernel} (dilation {dilation}) is larger than the input of {size} padded by {padding} on "
            "both sides; use a smaller kernel or dilation, or more padding"
        )
    return count


def output_sizes(
    sizes: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    ceil_mode: bool = False,
) -> tuple[int, ...]:
    """`output_size` along every spatial axis."""
    return tuple(
        output_size(*each, ceil_mode=ceil_mode)
        for each in zip(sizes, kernel, stride, padding, dilation, strict=True)
    )


def pad_spatial(
    xp: Any,
    x: Array,
    before: tuple[int, ...],
    after: tuple[int, ...],
    value: float | int | bool = 0,
) -> Array:
    """`x` with its last ``len(before)`` axes extended by a constant; `x` itself where nothing is added."""
    if not any(before) and not any(after):
        return x
    lead = x.ndim - len(before)
    sizes = x.shape[lead:]
    shape = x.shape[:lead] + tuple(
        b + s + a for b, s, a in zip(before, sizes, after, strict=True)
    )
    padded = xp.full(shape, value, dtype=x.dtype)
    padded[(..., *(slice(b, b + s) for b, s in zip(before, sizes, strict=True)))] = x
    return padded


def crop_spatial(x: Array, before: tuple[int, ...], sizes: tuple[int, ...]) -> Array:
    """The part of `x` that `pad_spatial` put there: its adjoint."""
    return x[(..., *(slice(b, b + s) for b, s in zip(before, sizes, strict=True)))]


def taps(
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    out: tuple[int, ...],
) -> Iterator[tuple]:
    """For each kernel position in row-major order: the index that reads it in all windows at once."""
    for position in product(*(range(k) for k in kernel)):
        yield (
            ...,
            *(
                slice(p * d, p * d + (o - 1) * s + 1, s)
                for p, d, s, o in zip(position, dilation, stride, out, strict=True)
            ),
        )


def gather_windows(
    xp: Any,
    padded: Array,
    axis: int,
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    out: tuple[int, ...],
) -> Array:
    """All windows' values: the padded grid's leading axes with the kernel's positions inserted at `axis`, then `out`."""
    lead = padded.shape[: padded.ndim - len(kernel)]
    columns = xp.empty(
        (*lead[:axis], math.prod(kernel), *lead[axis:], *out), dtype=padded.dtype
    )
    for number, tap in enumerate(taps(kernel, stride, dilation, out)):
        columns[(slice(None),) * axis + (number,)] = padded[tap]
    return columns


def scatter_windows(
    xp: Any,
    columns: Array,
    axis: int,
    padded_sizes: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
) -> Array:
    """The adjoint of `gather_windows`: every value is added to the grid position it was read from."""
    lead = columns.ndim - len(kernel)
    out = columns.shape[lead:]
    shape = columns.shape[:axis] + columns.shape[axis + 1 : lead] + padded_sizes
    padded = xp.zeros(shape, dtype=columns.dtype)
    for number, tap in enumerate(taps(kernel, stride, dilation, out)):
        padded[tap] += columns[(slice(None),) * axis + (number,)]
    return padded
