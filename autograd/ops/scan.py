"""Running sums, products and extrema along an axis."""

from __future__ import annotations

import math

from autograd import dtypes
from autograd.differentiable import differentiable
from autograd.ops.exponential import logaddexp


def reverse(xp, x, axis):
    """x in the opposite order along an axis (not negative)."""
    return xp.getitem(x, index=(*(slice(None),) * axis, slice(None, None, -1), ...))


def part(xp, x, axis, start, stop):
    """A slice of x along an axis (not negative)."""
    return xp.getitem(x, index=(*(slice(None),) * axis, slice(start, stop), ...))


def shifted(xp, x, axis, shape, value):
    """All but the last along an axis of `shape`, moved one place on; `value` in the first place."""
    moved = part(xp, x, axis, 0, shape[axis] - 1)
    return xp.pad(moved, widths=tuple((int(a == axis), 0) for a in range(len(shape))), value=value)


def advanced(xp, x, axis, shape):
    """All but the first along an axis of `shape`, moved one place ahead; 1 in the last place."""
    return xp.pad(part(xp, x, axis, 1, None), widths=_behind(axis, shape), value=1)


def _behind(axis, shape):
    return tuple((0, int(a == axis)) for a in range(len(shape)))


def widened(xp, x):
    """x, in float32 where its own type is too narrow to add up in."""
    kind = xp.dtype_of(x)
    return xp.astype(x, dtypes.float32) if kind.is_floating_point and kind.itemsize == 2 else x


def _suffix_sums(xp, factor, g, axis):
    """s with s_k = g_k + factor_k · s_{k+1}."""
    return reverse(xp, xp.linear_recurrence(reverse(xp, factor, axis), reverse(xp, g, axis), axis=axis), axis)


@differentiable(x=lambda xp, g, axis: reverse(xp, xp.cumsum(reverse(xp, g, axis), axis=axis), axis))
def cumsum(xp, x, *, axis):
    """The running sum along an axis (not negative); booleans and integers sum to int64."""
    wide = widened(xp, x)
    sums = xp.cumulative_sum(wide, axis=axis)
    return sums if wide is x else xp.astype(sums, x.dtype)


def _cumprod_rule(xp, g, x, x_shape, axis):
    # d/dx_k = (product ahead of k) · s_k with s_k = g_k + x_{k+1} · s_{k+1}: no division, so zeros do no harm.
    if not x_shape[axis]:
        return g
    return exclusive_cumprod(xp, x, x_shape, axis) * _suffix_sums(xp, advanced(xp, x, axis, x_shape), g, axis)


def exclusive_cumprod(xp, x, shape, axis):
    """The products of the elements ahead of each along an axis."""
    return xp.cumprod(shifted(xp, x, axis, shape, 1), axis=axis)


@differentiable(x=_cumprod_rule)
def cumprod(xp, x, *, axis):
    """The running product along an axis (not negative); booleans and integers multiply to int64."""
    wide = widened(xp, x)
    products = xp.cumulative_prod(wide, axis=axis)
    return products if wide is x else xp.astype(products, x.dtype)


def _recurrence_rule(xp, g, needs, a, out, a_shape, axis):
    gb = _suffix_sums(xp, advanced(xp, a, axis, a_shape), g, axis)
    return (gb * shifted(xp, out, axis, a_shape, 0) if needs[0] else None), gb


@differentiable(_recurrence_rule)
def linear_recurrence(xp, a, b, *, axis):
    """y with y_k = a_k · y_{k-1} + b_k along an axis, from y_{-1} = 0, by doubling (Hillis and Steele 1986)."""
    step, length = 1, b.shape[axis]
    while step < length:
        ahead = part(xp, a, axis, step, None)
        carried = ahead * part(xp, b, axis, 0, length - step) + part(xp, b, axis, step, None)
        b = xp.concat([part(xp, b, axis, 0, step), carried], axis=axis)
        a = xp.concat([part(xp, a, axis, 0, step), ahead * part(xp, a, axis, 0, length - step)], axis=axis)
        step *= 2
    return b


def _logcumsumexp_rule(xp, g, x, out, x_shape, axis):
    # Σ_{i ≥ k} g_i · exp(x_k - out_i). Apart, the two exponentials may overflow, so the sum is a recurrence again:
    # s_k = g_k + exp(out_k - out_{k+1}) · s_{k+1}, and the gradient exp(x_k - out_k) · s_k.
    if not x_shape[axis]:
        return g
    low = out == -math.inf
    safe = xp.where(low, 0.0, out)
    change = part(xp, safe, axis, 0, x_shape[axis] - 1) - part(xp, safe, axis, 1, None)
    change = xp.pad(change, widths=_behind(axis, x_shape), value=0)
    decay = xp.where(low, 0.0, xp.exp(xp.where(low, 0.0, change)))
    return xp.where(low, 0.0, xp.exp(x - safe)) * _suffix_sums(xp, decay, g, axis)


@differentiable(x=_logcumsumexp_rule)
def logcumsumexp(xp, x, *, axis):
    """log of the running sum of eˣ along an axis (not negative), without overflow."""
    if not xp.dtype_of(x).is_complex:
        return xp.logcumsumexp(x, axis=axis)
    found = [part(xp, x, axis, 0, 1)]
    for place in range(1, x.shape[axis]):  # one after the other, since the order decides the branch of the logarithm
        found.append(logaddexp.op.body(xp, part(xp, x, axis, place, place + 1), found[-1]))  # type: ignore[attr-defined]
    return xp.concat(found, axis=axis)


@differentiable(nondiff=True, outputs=2)
def cummax(xp, x, *, axis):
    """The largest element so far along an axis and its place; of equals the last."""
    return xp.cummax(x, axis=axis)


@differentiable(nondiff=True, outputs=2)
def cummin(xp, x, *, axis):
    """The smallest element so far along an axis and its place; of equals the last."""
    return xp.cummin(x, axis=axis)
