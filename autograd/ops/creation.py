"""Constants shaped like a tensor; no gradient flows through them."""

from __future__ import annotations

from autograd.differentiable import differentiable


@differentiable(nondiff=True)
def zeros_like(xp, x):
    """Zeros of x's shape and type."""
    return xp.zeros_like(x)


@differentiable(nondiff=True)
def ones_like(xp, x):
    """Ones of x's shape and type."""
    return xp.ones_like(x)


@differentiable(nondiff=True)
def full_like(xp, x, *, value):
    """One value, in x's shape and type."""
    return xp.full_like(x, value)


@differentiable(x=lambda xp, g: xp.zeros_like(g), y=lambda xp, g: g, elementwise=True)
def overwrite(xp, x, y):
    """y in place of x, of the same shape and type: what `copy_` and `fill_` record."""
    return xp.copy(xp.broadcast_to(y, x.shape))


@differentiable(x=lambda xp, g: g)
def copy(xp, x):
    """x in memory of its own."""
    return xp.copy(x)


@differentiable(x=lambda xp, g: g)
def copy_contiguous(xp, x):
    """x in row-major memory of its own."""
    return xp.copy(x, order="C")


@differentiable(x=lambda xp, g: xp.zeros_like(g))
def zeros_from(xp, x):
    """Zeros in place of x, still in its graph: what `zero_` records."""
    return xp.zeros_like(x)
