"""Linear maps along one dim, as matrices: how adaptive pooling and interpolation compute."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Any

import autograd
from autograd import Tensor, ops

Taps = Sequence[Sequence[tuple[int, float]]]  # for every output, the inputs it reads and with which weights


@functools.lru_cache(32)
def _matrix(size: int, taps: tuple, kind: Any, place: Any) -> Tensor:
    """The transposed matrix [size, outputs] of weights."""
    rows = [[0.0] * len(taps) for _ in range(size)]
    for output, pairs in enumerate(taps):
        for position, weight in pairs:
            rows[position][output] += weight
    return autograd.tensor(rows, dtype=kind, device=place)


def along(input: Tensor, axis: int, taps: tuple) -> Tensor:
    """The input with its `axis` (counted from the front) mapped linearly."""
    matrix = _matrix(input._data.shape[axis], taps, input.dtype, input.device)
    last = input._data.ndim - 1
    if axis == last:
        return ops.matmul(input, matrix)
    if axis == last - 1:
        return ops.matmul(ops.matrix_transpose(matrix), input)
    axes = list(range(input._data.ndim))
    axes[axis], axes[last] = last, axis
    moved = ops.matmul(ops.permute_dims(input, axes=tuple(axes)), matrix)
    return ops.permute_dims(moved, axes=tuple(axes))


@functools.lru_cache(256)
def area_taps(size: int, outputs: int) -> tuple:
    """Means over the windows [⌊i·n/o⌋, ⌈(i+1)·n/o⌉)."""
    found = []
    for i in range(outputs):
        start, end = i * size // outputs, -(-(i + 1) * size // outputs)
        found.append(tuple((j, 1.0 / (end - start)) for j in range(start, end)))
    return tuple(found)


def _sources(size: int, outputs: int, align_corners: bool, scale: float | None) -> list[float]:
    """Where each output lies among the inputs."""
    if align_corners:
        step = (size - 1) / (outputs - 1) if outputs > 1 else 0.0
        return [i * step for i in range(outputs)]
    step = 1.0 / scale if scale is not None and scale > 0 else size / outputs
    return [(i + 0.5) * step - 0.5 for i in range(outputs)]


@functools.lru_cache(256)
def linear_taps(size: int, outputs: int, align_corners: bool, scale: float | None) -> tuple:
    """Linear interpolation between the two nearest inputs."""
    found = []
    for source in _sources(size, outputs, align_corners, scale):
        source = max(source, 0.0)
        low = min(int(source), size - 1)
        high = min(low + 1, size - 1)
        share = min(max(source - low, 0.0), 1.0)
        found.append(((low, 1.0 - share), (high, share)))
    return tuple(found)


def cubic_weight(distance: float, a: float) -> float:
    """Keys' cubic convolution kernel (1981)."""
    x = abs(distance)
    if x <= 1:
        return ((a + 2) * x - (a + 3)) * x * x + 1
    return (((x - 5) * x + 8) * x - 4) * a if x < 2 else 0.0


@functools.lru_cache(256)
def cubic_taps(size: int, outputs: int, align_corners: bool, scale: float | None) -> tuple:
    """Cubic interpolation between the four nearest inputs; beyond the border the border's values count."""
    found = []
    for source in _sources(size, outputs, align_corners, scale):
        low = math.floor(source)
        share = source - low
        found.append(tuple((min(max(low + k, 0), size - 1), cubic_weight(share - k, -0.75)) for k in range(-1, 3)))
    return tuple(found)


@functools.lru_cache(256)
def antialiased_taps(size: int, outputs: int, align_corners: bool, scale: float | None, cubic: bool) -> tuple:
    """Interpolation whose kernel widens when sizes shrink, so that every input counts."""
    if align_corners:
        step = (size - 1) / (outputs - 1) if outputs > 1 else 0.0
    else:
        step = 1.0 / scale if scale is not None and scale > 0 else size / outputs
    reach = 2.0 if cubic else 1.0
    support = reach * step if step >= 1.0 else reach
    narrowed = 1.0 / step if step >= 1.0 else 1.0
    found = []
    for i in range(outputs):
        center = step * (i + 0.5)
        start = max(int(center - support + 0.5), 0)
        end = min(int(center + support + 0.5), size)
        weights = []
        for j in range(start, end):
            distance = abs((j - center + 0.5) * narrowed)
            weights.append(cubic_weight(distance, -0.5) if cubic else max(0.0, 1.0 - distance))
        total = sum(weights) or 1.0
        found.append(tuple((start + j, weight / total) for j, weight in enumerate(weights)))
    return tuple(found)


def nearest_sources(size: int, outputs: int, scale: float | None, exact: bool) -> list[int]:
    """Which input each output repeats."""
    step = 1.0 / scale if scale is not None and scale > 0 else size / outputs
    return [min(math.floor((i + (0.5 if exact else 0.0)) * step), size - 1) for i in range(outputs)]
