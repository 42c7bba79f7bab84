"""Softmax along the last axis, and standardization: each row is read from memory once or twice.

Sums run in eight lanes, in an order that the row's length alone decides, and longer ones add up blocks in float64.
"""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from numba.extending import overload

from autograd.backends.numpy.compiled.jit import BLOCK, inner, loop, threaded, worthwhile

PARALLEL = 1 << 16
_SUMMED = 128


@inner
def _exp32(x):
    """eˣ for x <= 0, to 1 unit in the last place, by Cody and Waite's reduction; NaN stays.

    The polynomial is Chebyshev's fit of (eʳ - 1 - r) / r² for |r| <= log(2) / 2.
    """
    x = np.float32(-104.0) if x < np.float32(-104.0) else x  # rounds to 0
    shifted = x * np.float32(1.4426950408889634) + np.float32(12582912.0)  # the integer is in the last bits
    n = shifted - np.float32(12582912.0)
    r = (x - n * np.float32(0.693359375)) + n * np.float32(2.12194440e-4)
    y = np.float32(0.00139261835877134945) * r + np.float32(0.00836317905272257737)
    y = y * r + np.float32(0.0416665546172045742)
    y = y * r + np.float32(0.166665769896987757)
    y = y * r + np.float32(0.5)
    y = np.float32(1) + (r + r * r * y)
    k = np.float32(shifted).view(np.int32) - np.int32(0x4B400000)
    half = k >> np.int32(1)  # two factors, since 2ᵏ itself may be too small to be a normal number
    first = np.int32((half + np.int32(127)) << np.int32(23)).view(np.float32)
    second = np.int32((k - half + np.int32(127)) << np.int32(23)).view(np.float32)
    return y * first * second


@inner
def _exp64(x):
    """As `_exp32`, in double precision."""
    x = -746.0 if x < -746.0 else x
    shifted = x * 1.4426950408889634 + 6755399441055744.0
    n = shifted - 6755399441055744.0
    r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10
    y = 2.51003854955103191e-8 * r + 2.76200884454097482e-7
    y = y * r + 2.75572684599970648e-6
    y = y * r + 0.0000248015212959543751
    y = y * r + 0.000198412698630536169
    y = y * r + 0.00138888889172137169
    y = y * r + 0.00833333333333006183
    y = y * r + 0.0416666666666241279
    y = y * r + 0.166666666666666675
    y = y * r + 0.500000000000000102
    y = 1.0 + (r + r * r * y)
    k = np.float64(shifted).view(np.int64) - np.int64(0x4338000000000000)
    half = k >> np.int64(1)
    first = np.int64((half + np.int64(1023)) << np.int64(52)).view(np.float64)
    second = np.int64((k - half + np.int64(1023)) << np.int64(52)).view(np.float64)
    return y * first * second


def _exp(x):
    """The one of the two that suits x's type."""


@overload(_exp)
def _choose(x):
    return (lambda x: _exp32(x)) if x == numba.float32 else (lambda x: _exp64(x))


@inner
def _largest(row):
    """The maximum of the elements that are numbers, -inf if there is none."""
    a = b = c = d = e = f = g = h = row.dtype.type(-np.inf)
    whole = row.size // 8 * 8
    for j in range(0, whole, 8):
        x = row[j : j + 8]
        a = x[0] if x[0] > a else a
        b = x[1] if x[1] > b else b
        c = x[2] if x[2] > c else c
        d = x[3] if x[3] > d else d
        e = x[4] if x[4] > e else e
        f = x[5] if x[5] > f else f
        g = x[6] if x[6] > g else g
        h = x[7] if x[7] > h else h
    top = max(max(max(a, b), max(c, d)), max(max(e, f), max(g, h)))
    for x in row[whole:]:
        top = x if x > top else top
    return top


@inner
def _sum(row):
    total = 0.0
    zero = row.dtype.type(0)
    for start in range(0, row.size, _SUMMED):
        block = row[start : start + _SUMMED]
        a = b = c = d = e = f = g = h = zero
        whole = block.size // 8 * 8
        for j in range(0, whole, 8):
            x = block[j : j + 8]
            a += x[0]
            b += x[1]
            c += x[2]
            d += x[3]
            e += x[4]
            f += x[5]
            g += x[6]
            h += x[7]
        part = ((a + b) + (c + d)) + ((e + f) + (g + h))
        for x in block[whole:]:
            part += x
        total += part
    return total


@loop
def _softmax(x, out, logarithm):
    kind = x.dtype.type
    for i in range(x.shape[0]):
        row, to = x[i], out[i]
        top = _largest(row)
        if np.isinf(top):  # or all are NaN
            to[:] = np.nan
            continue
        for j in range(row.size):
            to[j] = _exp(row[j] - top)
        total = _sum(to)
        if logarithm:
            shift = kind(math.log(total))
            for j in range(row.size):
                to[j] = row[j] - top - shift
        else:
            scale = kind(1.0 / total)
            for j in range(row.size):
                to[j] *= scale


@threaded
def _softmax_blocks(x, out, logarithm):
    rows = max(1, BLOCK // x.shape[1])
    for block in numba.prange((x.shape[0] + rows - 1) // rows):
        part = slice(block * rows, (block + 1) * rows)
        _softmax(x[part], out[part], logarithm)


def softmax(x: Any, logarithm: bool) -> Any:
    """Softmax of the last axis, or its logarithm."""
    out = np.empty_like(x)
    function = _softmax_blocks if worthwhile(x.size, PARALLEL) else _softmax
    function(x.reshape(-1, x.shape[-1]), out.reshape(-1, x.shape[-1]), logarithm)
    return out


@loop
def _standardize(x, out, mean, rstd, eps, first, last):
    kind = x.dtype.type
    count = x.shape[0] * x.shape[2]
    for k in range(first, last):
        total = 0.0
        for n in range(x.shape[0]):
            total += _sum(x[n, k])
        center = kind(total / count)
        total = 0.0
        for n in range(x.shape[0]):
            row, to = x[n, k], out[n, k]
            for j in range(row.size):
                difference = row[j] - center
                to[j] = difference * difference
            total += _sum(to)
        scale = kind(1.0) / np.sqrt(kind(total / count) + eps)
        for n in range(x.shape[0]):
            row, to = x[n, k], out[n, k]
            for j in range(row.size):
                to[j] = (row[j] - center) * scale
        mean[k], rstd[k] = center, scale


@threaded
def _standardize_blocks(x, out, mean, rstd, eps):
    kept = max(1, BLOCK // (x.shape[0] * x.shape[2]))
    for block in numba.prange((x.shape[1] + kept - 1) // kept):
        _standardize(x, out, mean, rstd, eps, block * kept, min((block + 1) * kept, x.shape[1]))


def standardize(x: Any, eps: float) -> tuple[Any, Any, Any]:
    """Standardization of [outer, kept, inner] over outer and inner; the statistics are [kept]."""
    out, mean, rstd = np.empty_like(x), np.empty(x.shape[1], x.dtype), np.empty(x.shape[1], x.dtype)
    if worthwhile(x.size, PARALLEL):
        _standardize_blocks(x, out, mean, rstd, x.dtype.type(eps))
    else:
        _standardize(x, out, mean, rstd, x.dtype.type(eps), 0, x.shape[1])
    return out, mean, rstd
