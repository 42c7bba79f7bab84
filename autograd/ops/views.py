"""Indexing, and reading and writing through views: two closed linear families."""

from __future__ import annotations

from autograd import dtypes
from autograd.differentiable import differentiable


@differentiable(
    x=lambda xp, g, x_shape, index: xp.put_in_zeros(g, shape=x_shape, index=index),
    view=True,
)
def getitem(xp, x, *, index):
    """x[index], for every kind of NumPy index; the parts of `index` that are arrays are raw."""
    return x[index]


@differentiable(x=lambda xp, g, index: xp.getitem(g, index=index))
def put_in_zeros(xp, x, *, shape, index):
    """Zeros of `shape` to which x is added at `index`: the adjoint of `getitem`."""
    out = xp.zeros(shape, x.dtype)
    if is_basic(index):
        out[index] = x
        return out
    return xp.index_put(out, x, index=index, accumulate=True)


@differentiable(
    x=lambda xp, g, value_shape, index, accumulate: (
        g if accumulate else xp.index_put(g, xp.zeros_like(xp.getitem(g, index=index)), index=index, accumulate=False)
    ),
    value=lambda xp, g, value_shape, index: xp.sum_to(xp.getitem(g, index=index), shape=value_shape),
)
def index_put(xp, x, value, *, index, accumulate):
    """x with `value`, broadcast, written at `index`, or added there with `accumulate`."""
    return xp.index_put(x, value, index=index, accumulate=accumulate)


def is_basic(index) -> bool:
    """Whether an index has only integers, slices, None and Ellipsis, so that it yields a view."""
    parts = index if isinstance(index, tuple) else (index,)
    return all(part is None or part is Ellipsis or part.__class__ is slice or part.__class__ is int for part in parts)


# A path may lead from complex numbers to real ones, and the walk carries conjugates: hence `conj` on both sides of it.


def _read(xp, g, path):
    return xp.conj(xp.view_read(xp.conj(g), path=path))


@differentiable(
    x=lambda xp, g, x_shape, x_dtype, path: xp.conj(
        xp.view_write_zeros(xp.conj(g), shape=x_shape, complex=dtypes.lookup(x_dtype).is_complex, path=path)
    ),
    view=True,
)
def view_read(xp, x, *, path):
    """The view of x that `path` leads to."""
    return path.apply(xp, x)


@differentiable(x=lambda xp, g, path: _read(xp, g, path))
def view_write_zeros(xp, x, *, shape, path, complex=None):
    """Zeros of `shape`, complex or not (None: as x), with x in the view `path` leads to: the adjoint of `view_read`."""
    kind = x.dtype
    if complex is not None and complex != xp.dtype_of(x).is_complex:
        kind = xp.dtype_of(x).to_complex() if complex else xp.real(x).dtype
    return path.write(xp, xp.zeros(shape, kind), x)


@differentiable(
    x=lambda xp, g, path: xp.view_write(g, xp.zeros_like(xp.view_read(g, path=path)), path=path),
    value=lambda xp, g, path: _read(xp, g, path),
)
def view_write(xp, x, value, *, path):
    """x with `value` in the view that `path` leads to."""
    return path.write(xp, xp.copy(x), value)


@differentiable(nondiff=True, view=True)
def view_dtype(xp, x, *, dtype):
    """The same bytes read as another element type; the last axis grows or shrinks."""
    return x.view(xp.native(dtype))
