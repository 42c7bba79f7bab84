"""Choosing and placing elements by integer arrays: linear operations in pairs, each the other's gradient."""

from __future__ import annotations

from autograd.differentiable import differentiable


@differentiable(x=lambda xp, g, index, x_shape, axis: xp.scatter_zeros(g, index, shape=x_shape, axis=axis))
def take_along_axis(xp, x, index, *, axis):
    """out[i, j] = x[index[i, j], j] for axis 0 (`gather`); the index may be shorter than x along other axes."""
    return xp.take_along_axis(x, index, axis=axis)


@differentiable(x=lambda xp, g, index, axis: xp.take_along_axis(g, index, axis=axis))
def scatter_zeros(xp, x, index, *, shape, axis):
    """Zeros of `shape` to which x is added at `index`: the adjoint of `take_along_axis`."""
    return xp.scatter_add(xp.zeros(shape, x.dtype), index, x, axis=axis)


def _part(xp, g, index, shape):
    """The gradient of a source of which only the part of the index's shape was read."""
    found = g
    if tuple(index.shape) != tuple(shape):
        found = xp.put_in_zeros(found, shape=shape, index=tuple(slice(0, size) for size in index.shape))
    return found


@differentiable(
    x=lambda xp, g: g,
    src=lambda xp, g, index, src_shape, axis: _part(xp, xp.take_along_axis(g, index, axis=axis), index, src_shape),
)
def scatter_add(xp, x, index, src, *, axis):
    """x with src added at `index` along the axis; the index may be shorter than src."""
    return xp.scatter_add(x, index, src, axis=axis)


@differentiable(
    x=lambda xp, g, index, axis: xp.scatter(g, index, xp.take_along_axis(g, index, axis=axis) * 0, axis=axis),
    src=lambda xp, g, index, src_shape, axis: _part(xp, xp.take_along_axis(g, index, axis=axis), index, src_shape),
)
def scatter(xp, x, index, src, *, axis):
    """x with src written at `index` along the axis; of several writes to one place one wins."""
    out = xp.copy(x)
    cut = src[tuple(slice(0, size) for size in index.shape)]
    where = along_axis_index(xp, index, axis)
    return xp.index_put(out, cut, index=where, accumulate=False)


def along_axis_index(xp, index, axis):
    """The tuple of integer arrays that indexes what `take_along_axis` takes."""
    parts = []
    for position, size in enumerate(index.shape):
        if position == axis:
            parts.append(index)
        else:
            steps = tuple(size if i == position else 1 for i in range(index.ndim))
            parts.append(xp.reshape(xp.arange(0, size, 1, index.dtype), shape=steps))
    return tuple(parts)


@differentiable(x=lambda xp, g, index, x_shape, axis: xp.index_add_zeros(g, index, shape=x_shape, axis=axis))
def take(xp, x, index, *, axis):
    """The slices of x that a vector of integers names along an axis (`index_select`)."""
    return xp.take(x, index, axis=axis)


@differentiable(x=lambda xp, g, index, axis: xp.take(g, index, axis=axis))
def index_add_zeros(xp, x, index, *, shape, axis):
    """Zeros of `shape` to which the slices of x are added at `index`: the adjoint of `take`."""
    return xp.index_add(xp.zeros(shape, x.dtype), index, x, axis=axis)


@differentiable(x=lambda xp, g: g, src=lambda xp, g, index, axis: xp.take(g, index, axis=axis))
def index_add(xp, x, index, src, *, axis):
    """x with the slices of src added at `index` along an axis."""
    return xp.index_add(x, index, src, axis=axis)


def _extreme_rule(xp, g, needs, x, index, src, out, axis, largest, include_self):
    at_src = xp.take_along_axis(out, index, axis=axis)
    hit_src = xp.where(src == at_src, xp.ones_like(src), 0.0)
    untouched = xp.scatter_zeros(xp.ones_like(src), index, shape=x.shape, axis=axis) == 0
    hit_x = xp.where((x == out) & untouched if not include_self else x == out, xp.ones_like(x), 0.0)
    count = hit_x + xp.scatter_zeros(hit_src, index, shape=x.shape, axis=axis)
    each = g / count
    return each * hit_x, None, xp.take_along_axis(each, index, axis=axis) * hit_src


@differentiable(_extreme_rule)
def scatter_extreme(xp, x, index, src, *, axis, largest, include_self):
    """x with the largest (or smallest) of the src written at each place of `index`, and of x itself if included.

    Where several are equal each gets an equal part of the gradient.
    """
    out = xp.copy(x)
    places = along_axis_index(xp, index, axis)
    if not include_self:
        out = xp.index_put(out, src, index=places, accumulate=False)
    xp.extreme_at(out, places, src, largest)
    return out


@differentiable(nondiff=True)
def occurrence_number(xp, index, *, axis):
    """How often each value of `index` has occurred before it along the axis."""
    moved = xp.moveaxis(index, axis, -1)
    rows = xp.reshape(moved, shape=(-1, moved.shape[-1]))
    same = rows[:, :, None] == rows[:, None, :]
    earlier = xp.tril(xp.astype(same, index.dtype), k=-1)
    counts = xp.reshape(xp.sum(earlier, axis=-1), shape=moved.shape)
    return xp.moveaxis(counts, -1, axis)


@differentiable(nondiff=True)
def nonzero(xp, x):
    """The places of the elements that are not zero, one row each."""
    if not x.ndim:
        return xp.zeros((int(bool(x)), 0), "int64")
    return xp.stack(list(xp.nonzero(x)), axis=1)
