"""Views by strides and by sliding windows, with their adjoints.

A view by strides names places in memory, which only the tensor it is made of has. So its gradient, laid out as it may
be, is taken by numbers: `source` says where in memory the elements of the tensor were.
"""

from __future__ import annotations

from autograd.differentiable import differentiable


def _addresses(xp, shape, strides, offset):
    """Where in memory the elements of an array are, in elements."""
    found = xp.zeros((1,) * len(shape), "int64") + offset
    for axis, (size, stride) in enumerate(zip(shape, strides, strict=True)):
        steps = tuple(size if position == axis else 1 for position in range(len(shape)))
        found = found + xp.reshape(xp.arange(0, size, 1, "int64") * stride, shape=steps)
    return found


def _places(xp, x_shape, shape, strides, offset, source):
    """For each element of the view: the number, from 1, of the element of x in that place; 0 where x has none."""
    if 0 in shape or 0 in x_shape:
        return xp.zeros(shape, "int64")
    wanted, given = _addresses(xp, shape, strides, offset), xp.reshape(_addresses(xp, x_shape, *source), shape=(-1,))
    table = xp.zeros((1 + max(int(xp.max(wanted)), int(xp.max(given))),), "int64")
    numbers = xp.arange(1, given.shape[0] + 1, 1, "int64")
    table = xp.index_put(table, numbers, index=(given,), accumulate=False)
    return xp.reshape(xp.take(table, xp.reshape(wanted, shape=(-1,)), axis=0), shape=shape)


@differentiable(
    x=lambda xp, g, x_shape, shape, strides, offset, source: xp.strided_put(
        g, shape=x_shape, strides=strides, offset=offset, source=source
    ),
    view=True,
)
def as_strided(xp, x, *, shape, strides, offset, source):
    """The elements of x's memory from `offset` on, `strides` apart; all are counted in elements.

    A copy if x is not laid out as `source`, (strides, offset), says.
    """
    layout = tuple(step // x.dtype.itemsize for step in x.strides), xp.storage_offset(x)
    if layout != source:
        return xp.strided_take(x, shape=shape, strides=strides, offset=offset, source=source)
    return xp.strided_view(x, shape=shape, strides=strides, offset=offset)


@differentiable(
    x=lambda xp, g, x_shape, strides, offset, source: xp.strided_put(
        g, shape=x_shape, strides=strides, offset=offset, source=source
    )
)
def strided_take(xp, x, *, shape, strides, offset, source):
    """What `as_strided` gives where x is laid out as `source`, whatever its layout; zeros for what is not in x."""
    places = _places(xp, x.shape, shape, strides, offset, source)
    padded = xp.concat([xp.zeros((1,), x.dtype), xp.reshape(x, shape=(-1,))])
    return xp.reshape(xp.take(padded, xp.reshape(places, shape=(-1,)), axis=0), shape=shape)


@differentiable(
    x=lambda xp, g, x_shape, strides, offset, source: xp.strided_take(
        g, shape=x_shape, strides=strides, offset=offset, source=source
    )
)
def strided_put(xp, x, *, shape, strides, offset, source):
    """Zeros of `shape` to which x is added in the places that `strided_take` reads: its adjoint."""
    places = _places(xp, shape, x.shape, strides, offset, source)
    size = 1
    for n in shape:
        size *= n
    flat = xp.zeros((1 + size,), x.dtype)
    flat = xp.index_add(flat, xp.reshape(places, shape=(-1,)), xp.reshape(x, shape=(-1,)), axis=0)
    return xp.reshape(flat[1:], shape=shape)


def _window(axis, start, count, step):
    return (*(slice(None),) * axis, slice(start, start + (count - 1) * step + 1, step), ...)


@differentiable(
    x=lambda xp, g, x_shape, axis, size, step: xp.sliding_zeros(g, shape=x_shape, axis=axis, size=size, step=step),
    view=True,
)
def sliding(xp, x, *, axis, size, step):
    """Windows of `size` elements every `step` along an axis; the place in the window comes last. A view."""
    return xp.sliding_view(x, axis, size, step)


@differentiable(x=lambda xp, g, axis, size, step: xp.sliding(g, axis=axis, size=size, step=step))
def sliding_zeros(xp, x, *, shape, axis, size, step):
    """Zeros of `shape` to which each window is added where it was taken: the adjoint of `sliding`."""
    out = xp.zeros(shape, x.dtype)
    for place in range(size):
        out[_window(axis, place, x.shape[axis], step)] += x[..., place]
    return out
