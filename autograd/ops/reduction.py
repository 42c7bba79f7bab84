"""Reductions: sums, products, extrema, moments and truth values over axes."""

from __future__ import annotations

import math

from autograd import dtypes
from autograd.differentiable import differentiable
from autograd.ops.scan import exclusive_cumprod, reverse, widened


def spread(xp, g, shape, axis, keepdims):
    """A reduction's gradient, or its result, stretched over the axes that it reduced."""
    return xp.broadcast_to(kept(xp, g, shape, axis, keepdims), shape=shape)


def kept(xp, g, shape, axis, keepdims):
    """A reduction's gradient, or its result, with length 1 along the axes that it reduced."""
    if not keepdims and axis is not None and len(shape):
        axes = {a % len(shape) for a in ((axis,) if isinstance(axis, int) else axis)}
        g = xp.reshape(g, shape=tuple(1 if a in axes else size for a, size in enumerate(shape)))
    return g


def count(shape, axis):
    """How many elements go into one of the result."""
    if axis is None:
        return math.prod(shape)
    return math.prod(shape[a] for a in ((axis,) if isinstance(axis, int) else axis))


# --- sums and products -----------------------------------------------------------------------------------------------


@differentiable(x=lambda xp, g, x_shape, axis, keepdims: spread(xp, g, x_shape, axis, keepdims))
def sum(xp, x, *, axis=None, keepdims=False):
    """The sum over the axes; booleans and integers sum to int64."""
    return xp.sum(x, axis=axis, keepdims=keepdims)


@differentiable(
    x=lambda xp, g, x_shape, axis, keepdims: spread(xp, g / (count(x_shape, axis) or 1), x_shape, axis, keepdims)
)
def mean(xp, x, *, axis=None, keepdims=False):
    """The mean over the axes; over nothing it is NaN."""
    size = count(x.shape, axis)
    wide = widened(xp, x)
    total = xp.sum(wide, axis=axis, keepdims=keepdims)
    total = total / size if size else total * math.nan
    return total if wide is x else xp.astype(total, x.dtype)


def _prod_rule(xp, g, x, x_shape, axis, keepdims):
    # The product of all the other elements, without a division, so that zeros do no harm.
    if not x_shape[axis]:
        return xp.broadcast_to(kept(xp, g, x_shape, axis, keepdims), shape=x_shape)
    before = exclusive_cumprod(xp, x, x_shape, axis)
    after = reverse(xp, exclusive_cumprod(xp, reverse(xp, x, axis), x_shape, axis), axis)
    return kept(xp, g, x_shape, axis, keepdims) * before * after


@differentiable(x=_prod_rule)
def prod(xp, x, *, axis, keepdims=False):
    """The product along one axis (not negative); booleans and integers multiply to int64."""
    return xp.prod(x, axis=axis, keepdims=keepdims)


# --- extrema ---------------------------------------------------------------------------------------------------------


def share_evenly(xp, g, x, out, x_shape, x_dtype, axis, keepdims):
    """The gradient of a value picked from x, in equal parts to all elements that equal it; NaN equals NaN."""
    out = spread(xp, out, x_shape, axis, keepdims)
    chosen = xp.logical_or(x == out, xp.logical_and(x != x, out != out))
    number = xp.sum(xp.astype(chosen, dtype=x_dtype), axis=axis, keepdims=True)
    return xp.where(chosen, kept(xp, g, x_shape, axis, keepdims) / number, 0.0)


@differentiable(x=share_evenly)
def max(xp, x, *, axis=None, keepdims=False):
    """The largest element over the axes, NaN if there is one; equal ones share the gradient evenly."""
    return xp.max(x, axis=axis, keepdims=keepdims)


@differentiable(x=share_evenly)
def min(xp, x, *, axis=None, keepdims=False):
    """The smallest element over the axes, NaN if there is one; equal ones share the gradient evenly."""
    return xp.min(x, axis=axis, keepdims=keepdims)


@differentiable(nondiff=True)
def argmax(xp, x, *, axis=None, keepdims=False):
    """Where along an axis, or in the flattened array, the largest element is; of equals the first."""
    return xp.argmax(x, axis=axis, keepdims=keepdims)


@differentiable(nondiff=True)
def argmin(xp, x, *, axis=None, keepdims=False):
    """Where along an axis, or in the flattened array, the smallest element is; of equals the first."""
    return xp.argmin(x, axis=axis, keepdims=keepdims)


# --- moments ---------------------------------------------------------------------------------------------------------


def _var_rule(xp, g, x, x_shape, axis, correction, keepdims):
    freedom = count(x_shape, axis) - correction
    centered = xp.conj(x - xp.mean(x, axis=axis, keepdims=True))
    return kept(xp, g, x_shape, axis, keepdims) * ((2 / freedom if freedom else math.inf) * centered)


def _std_rule(xp, g, x, out, x_shape, axis, correction, keepdims):
    zero = out == 0
    g = xp.where(zero, 0.0, g / xp.where(zero, 1.0, 2 * out))
    return _var_rule(xp, g, x, x_shape, axis, correction, keepdims)


def _variance(xp, x, axis, correction, keepdims):
    size = count(x.shape, axis)
    centered = x - xp.sum(x, axis=axis, keepdims=True) / (size or 1)
    if xp.dtype_of(x).is_complex:
        squares = xp.real(centered) * xp.real(centered) + xp.imag(centered) * xp.imag(centered)
    else:
        squares = centered * centered
    total = xp.sum(squares, axis=axis, keepdims=keepdims)
    freedom = size - correction
    # Without a degree of freedom 0/0 is NaN and any other quotient infinite.
    return total / freedom if freedom > 0 else xp.where(total == 0, math.nan, total * math.inf)


@differentiable(x=_var_rule)
def var(xp, x, *, axis=None, correction=1, keepdims=False):
    """Σ |x - mean|² / (n - correction) over the axes, real also for complex x."""
    wide = widened(xp, x)
    found = _variance(xp, wide, axis, correction, keepdims)
    return found if wide is x else xp.astype(found, x.dtype)


@differentiable(x=_std_rule)
def std(xp, x, *, axis=None, correction=1, keepdims=False):
    """The square root of `var`; its gradient is 0 where it is 0."""
    wide = widened(xp, x)
    found = xp.sqrt(_variance(xp, wide, axis, correction, keepdims))
    return found if wide is x else xp.astype(found, x.dtype)


# --- exponentials ----------------------------------------------------------------------------------------------------


def _logsumexp_rule(xp, g, x, out, x_shape, axis, keepdims):
    finite = xp.where(xp.isfinite(out), out, 0.0)
    return kept(xp, g, x_shape, axis, keepdims) * xp.exp(x - kept(xp, finite, x_shape, axis, keepdims))


@differentiable(x=_logsumexp_rule)
def logsumexp(xp, x, *, axis, keepdims=False):
    """log Σ eˣ over the axes, without overflow."""
    if xp.dtype_of(x).is_complex:
        top = xp.max(xp.real(x), axis=axis, keepdims=True)
        top = xp.where(xp.isfinite(top), top, 0.0)
        total = xp.sum(xp.exp(x - top), axis=axis, keepdims=True)
        out = xp.log(total) + top
        return out if keepdims else xp.sum(out, axis=axis)
    return xp.logsumexp(x, axis=axis, keepdims=keepdims)


# --- truth values and counts -----------------------------------------------------------------------------------------


@differentiable(nondiff=True)
def all(xp, x, *, axis=None, keepdims=False):
    """Whether every element over the axes is nonzero."""
    return xp.all(x, axis=axis, keepdims=keepdims)


@differentiable(nondiff=True)
def any(xp, x, *, axis=None, keepdims=False):
    """Whether some element over the axes is nonzero."""
    return xp.any(x, axis=axis, keepdims=keepdims)


@differentiable(nondiff=True)
def count_nonzero(xp, x, *, axis=None):
    """How many elements over the axes are nonzero, as int64."""
    return xp.sum(xp.astype(x != 0, dtypes.int64), axis=axis)
