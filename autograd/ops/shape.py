"""Shape: everything that moves elements without computing with them; most results are views."""

from __future__ import annotations

from autograd.differentiable import differentiable


@differentiable(x=lambda xp, g, x_shape: xp.reshape(g, shape=x_shape), view=True)
def reshape(xp, x, *, shape):
    """x with another shape, in row-major order; a view where the memory layout allows it."""
    return xp.reshape(x, shape=shape)


@differentiable(
    x=lambda xp, g, axes: xp.permute_dims(g, axes=tuple(sorted(range(len(axes)), key=axes.__getitem__))), view=True
)
def permute_dims(xp, x, *, axes):
    """x with its axes in another order (non-negative numbers)."""
    return xp.permute_dims(x, axes=axes)


@differentiable(x=lambda xp, g, x_shape: xp.sum_to(g, shape=x_shape), view=True)
def broadcast_to(xp, x, *, shape):
    """x stretched to a shape, by NumPy's broadcasting, without copying."""
    return xp.broadcast_view(x, shape=shape)


@differentiable(x=lambda xp, g, x_shape: xp.broadcast_to(g, shape=x_shape))
def sum_to(xp, x, *, shape):
    """x summed over the axes along which `shape` would be stretched to x's: the adjoint of `broadcast_to`."""
    return xp.sum_to(x, shape=shape)


@differentiable(x=lambda xp, g, x_shape: xp.reshape(g, shape=x_shape), view=True)
def expand_dims(xp, x, *, axis):
    """x with an axis of length 1 put in."""
    return xp.expand_dims(x, axis=axis)


@differentiable(x=lambda xp, g, x_shape: xp.reshape(g, shape=x_shape), view=True)
def squeeze(xp, x, *, axis):
    """x without the given axes, each of length 1."""
    return xp.squeeze(x, axis=axis)


@differentiable(x=lambda xp, g, axis: xp.flip(g, axis=axis))
def flip(xp, x, *, axis):
    """x with the order along some axes reversed."""
    return xp.copy(xp.flip(x, axis=axis))


@differentiable(x=lambda xp, g, shift, axis: xp.roll(g, shift=tuple(-step for step in shift), axis=axis))
def roll(xp, x, *, shift, axis):
    """x with its elements moved along the axes, those pushed out coming in at the other end."""
    return xp.roll(x, shift, axis=axis)


def _cut(widths, shape):
    return tuple(slice(before, before + size) for (before, _), size in zip(widths, shape, strict=True))


@differentiable(x=lambda xp, g, x_shape, widths: xp.getitem(g, index=_cut(widths, x_shape)))
def pad(xp, x, *, widths, value=0):
    """x in the middle of a larger array of one value: (before, after) for each axis, both >= 0."""
    shape = tuple(before + size + after for (before, after), size in zip(widths, x.shape, strict=True))
    out = xp.full(shape, value, x.dtype)
    out[_cut(widths, x.shape)] = x
    return out


@differentiable(
    x=lambda xp, g, x_shape, offset, axis1, axis2: xp.put_in_diagonal(
        g, shape=x_shape, offset=offset, axis1=axis1, axis2=axis2
    ),
    view=True,
)
def diagonal(xp, x, *, offset=0, axis1=0, axis2=1):
    """The diagonal of two axes, put last; offset k is k places to the right of the main one."""
    return xp.diagonal(x, offset=offset, axis1=axis1, axis2=axis2)


@differentiable(
    x=lambda xp, g, offset, axis1, axis2: xp.diagonal(g, offset=offset, axis1=axis1, axis2=axis2),
)
def put_in_diagonal(xp, x, *, shape, offset=0, axis1=0, axis2=1):
    """Zeros of `shape` with x on the diagonal: the adjoint of `diagonal`."""
    out = xp.zeros(shape, x.dtype)
    xp.diagonal(out, offset=offset, axis1=axis1, axis2=axis2)[...] = x
    return out


@differentiable(x=lambda xp, g, k: xp.triu(g, k=k))
def triu(xp, x, *, k=0):
    """The upper triangles of matrices, from the k-th diagonal on; zeros elsewhere."""
    return xp.triu(x, k=k)


@differentiable(x=lambda xp, g, k: xp.tril(g, k=k))
def tril(xp, x, *, k=0):
    """The lower triangles of matrices, up to the k-th diagonal; zeros elsewhere."""
    return xp.tril(x, k=k)


def _concat_rule(xp, g, needs, x_shape, axis):
    found, start = [], 0
    axis %= len(x_shape[0])
    for shape, need in zip(x_shape, needs, strict=True):
        stop = start + shape[axis]
        part = (*(slice(None),) * axis, slice(start, stop), ...)
        found.append(xp.getitem(g, index=part) if need else None)
        start = stop
    return tuple(found)


@differentiable(_all=_concat_rule)
def concat(xp, *x, axis):
    """Tensors joined along an axis; of one type, and one shape but for that axis."""
    return xp.concat(x, axis=axis)
