"""Orders: the places that sort an axis, and searching in what is sorted."""

from __future__ import annotations

from autograd import dtypes
from autograd.backends.reference.ordering import searchsorted as searchsorted_in_rows
from autograd.differentiable import differentiable
from autograd.ops.scan import part, reverse


@differentiable(nondiff=True)
def argsort(xp, x, *, axis=-1, descending=False):
    """The places that sort x along an axis (not negative), equals in their order; NaN counts as the largest."""
    if not descending:
        return xp.argsort(x, axis=axis)
    return x.shape[axis] - 1 - reverse(xp, xp.argsort(reverse(xp, x, axis), axis=axis), axis)


def _median_rule(xp, g, x, out, x_dtype):
    chosen = xp.logical_or(x == out, xp.logical_and(x != x, out != out))
    return xp.where(chosen, g / xp.sum(xp.astype(chosen, dtype=x_dtype)), 0.0)


@differentiable(x=_median_rule)
def median(xp, x, *, ignore_nan=False):
    """The lower median of all elements; equal ones share the gradient evenly."""
    x = xp.reshape(x, shape=(-1,))
    place = xp.median_place(x, axis=0, ignore_nan=ignore_nan)
    return xp.take(x, place, axis=0)[0]


@differentiable(nondiff=True)
def median_place(xp, x, *, axis, ignore_nan=False):
    """Where along an axis (not negative, kept with length 1) the lower median is; of NaNs the first."""
    order = xp.argsort(x, axis=axis)
    missing = x != x
    if ignore_nan:
        known = xp.sum(xp.astype(~missing, dtypes.int64), axis=axis, keepdims=True)
        return xp.take_along_axis(order, xp.where(known > 0, (known - 1) // 2, 0), axis=axis)
    middle = order[(*(slice(None),) * axis, slice((x.shape[axis] - 1) // 2, (x.shape[axis] - 1) // 2 + 1), ...)]
    first = xp.argmax(xp.astype(missing, dtypes.int64), axis=axis, keepdims=True)
    return xp.where(xp.any(missing, axis=axis, keepdims=True), first, middle)


@differentiable(nondiff=True)
def mode_place(xp, x, *, axis):
    """Where along an axis (not negative, kept with length 1) the most frequent element, of these the least, is last."""
    order = xp.argsort(x, axis=axis)
    ordered = xp.take_along_axis(x, order, axis=axis)
    size = x.shape[axis]
    places = xp.reshape(xp.arange(0, size, 1, order.dtype), shape=(-1, *(1,) * (x.ndim - axis - 1)))
    differs = part(xp, ordered, axis, 1, None) != part(xp, ordered, axis, 0, size - 1)
    starts = xp.where(differs, part(xp, places, 0, 1, None), 0)
    starts = xp.concat([xp.zeros_like(part(xp, order, axis, 0, 1)), starts], axis=axis)
    length = places - xp.cummax(starts, axis=axis)[0]
    return xp.take_along_axis(order, xp.argmax(length, axis=axis, keepdims=True), axis=axis)


@differentiable(nondiff=True)
def searchsorted(xp, sequence, values, *, side="left"):
    """Where in the sorted last axis of `sequence` the values would go, before (left) or after (right) equals."""
    if sequence.ndim > 1:
        return searchsorted_in_rows(xp, sequence, values, side=side)
    return xp.searchsorted(sequence, values, side=side)
