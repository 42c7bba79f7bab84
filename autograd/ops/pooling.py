"""Pooling over the last axes: which element a maximum is, reading and writing at such places, and averages."""

from __future__ import annotations

import math

from autograd.differentiable import differentiable


@differentiable(nondiff=True)
def max_pool_indices(xp, x, *, kernel, stride, padding, dilation, ceil_mode):
    """Where each window's maximum is, in the flattened spatial axes."""
    return xp.max_pool_indices(x, kernel=kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode)


@differentiable(nondiff=True)
def adaptive_max_pool_indices(xp, x, *, output_size):
    """Where the maxima are of `output_size` windows that cover the spatial axes, flattened."""
    return xp.adaptive_max_pool_indices(x, output_size=output_size)


@differentiable(x=lambda xp, g, index, x_shape, spatial: xp.unpool_add(g, index, sizes=x_shape[-spatial:]))
def pool_at(xp, x, index, *, spatial):
    """x [..., sizes] read at flat positions `index` [..., output sizes], of `spatial` axes each."""
    lead = x.shape[: x.ndim - spatial]
    flat = xp.reshape(x, shape=(*lead, math.prod(x.shape[x.ndim - spatial :])))
    places = xp.reshape(index, shape=(*lead, math.prod(index.shape[index.ndim - spatial :])))
    return xp.reshape(xp.take_along_axis(flat, places, axis=flat.ndim - 1), shape=index.shape)


def _places(xp, index, lead, size):
    """Flat positions in the whole array of positions within each of its last axes' `size` elements."""
    rows = math.prod(lead)
    starts = xp.reshape(xp.arange(0, rows, 1, index.dtype), shape=(rows, 1)) * size
    return xp.reshape(xp.reshape(index, shape=(rows, -1 if rows else 0)) + starts, shape=(-1,))


def _written(xp, y, index, sizes, accumulate):
    lead, size = y.shape[: y.ndim - len(sizes)], math.prod(sizes)
    out = xp.zeros((math.prod(lead) * size,), y.dtype)
    if 0 not in y.shape:
        values = xp.reshape(y, shape=(-1,))
        out = xp.index_put(out, values, index=(_places(xp, index, lead, size),), accumulate=accumulate)
    return xp.reshape(out, shape=(*lead, *sizes))


@differentiable(y=lambda xp, g, index, sizes: xp.pool_at(g, index, spatial=len(sizes)))
def unpool_add(xp, y, index, *, sizes):
    """Zeros of [..., sizes] with y added at flat positions: the adjoint of `pool_at`."""
    return _written(xp, y, index, sizes, True)


@differentiable(y=lambda xp, g, index, sizes: xp.pool_at(g, index, spatial=len(sizes)))
def unpool_put(xp, y, index, *, sizes):
    """Zeros of [..., sizes] with y at flat positions, each given once."""
    return _written(xp, y, index, sizes, False)


def _averaged(xp, x, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override):
    counted = {"count_include_pad": count_include_pad, "divisor_override": divisor_override}
    return xp.avg_pool(x, kernel=kernel, stride=stride, padding=padding, ceil_mode=ceil_mode, **counted)


def _shared(xp, g, input_shape, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override):
    window = {"kernel": kernel, "stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    counted = {"count_include_pad": count_include_pad, "divisor_override": divisor_override}
    return xp.avg_pool_grad(g, input_shape=input_shape, **window, **counted)


def _avg_pool_rule(xp, g, x_shape, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override):
    return _shared(xp, g, x_shape, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override)


@differentiable(x=_avg_pool_rule)
def avg_pool(xp, x, *, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override):
    """Each window's sum over the number of its elements, over the last axes."""
    return _averaged(xp, x, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override)


def _avg_pool_grad_rule(xp, g, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override):
    return _averaged(xp, g, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override)


@differentiable(y=_avg_pool_grad_rule)
def avg_pool_grad(xp, y, *, input_shape, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override):
    """The adjoint of `avg_pool`."""
    return _shared(xp, y, input_shape, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override)
