"""Views by strides and by sliding windows, each with its adjoint."""

from __future__ import annotations

from autograd.differentiable import differentiable


def _places(xp, size, stride, offset):
    """The place in the flat tensor of each element of the strided view."""
    found = xp.full((), offset, "int64")
    for axis, (length, step) in enumerate(zip(size, stride, strict=True)):
        along = xp.arange(0, length, 1, "int64") * step
        found = found + xp.reshape(along, shape=tuple(length if i == axis else 1 for i in range(len(size))))
    return xp.broadcast_to(found, shape=tuple(size))


@differentiable(
    x=lambda xp, g, x_shape, size, stride, offset: xp.as_strided_zeros(
        g, shape=x_shape, size=size, stride=stride, offset=offset
    ),
    view=True,
)
def as_strided(xp, x, *, size, stride, offset):
    """Elements of the flat tensor, counted from `offset` in steps of `stride` along each axis; a view."""
    return xp.strided_view(x, size, stride, offset)


@differentiable(x=lambda xp, g, size, stride, offset: xp.as_strided(g, size=size, stride=stride, offset=offset))
def as_strided_zeros(xp, x, *, shape, size, stride, offset):
    """Zeros of `shape` to which x is added at the places of a strided view: the adjoint of `as_strided`."""
    count = 1
    for length in shape:
        count *= length
    places = _places(xp, size, stride, offset)
    return xp.reshape(xp.index_put(xp.zeros((count,), x.dtype), x, index=(places,), accumulate=True), shape=shape)


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
