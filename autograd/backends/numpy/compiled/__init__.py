"""Where compiled kernels stand in for references: for arrays from a size on at which they are clearly faster.

The files beside this one import Numba, and are imported when an array of that size first comes.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograd.backends import compiled, reference
from autograd.backends.reference.common import narrow, widen
from autograd.backends.reference.optimization import adam_step as reference_adam_step
from autograd.backends.reference.optimization import sgd_step as reference_sgd_step
from autograd.backends.reference.windows import output_sizes

Array = Any

FLOATS = frozenset((np.dtype(np.float32), np.dtype(np.float64)))
INTEGERS = frozenset((np.dtype(np.int32), np.dtype(np.int64)))
# The sizes from which on a kernel is compiled; below, importing Numba costs more than a program would win.
ADAM = 1 << 13
SGD = 1 << 14
ROWS = 1 << 13
INDEX = 1 << 11
POOL = 1 << 12
SHORT = 16  # elements side by side, from which on rows are taken in lanes


def takes(*arrays: Array | None) -> bool:
    """Whether all are whole pieces of memory that may be written, of the one type and shape that the first has."""
    kind, shape = arrays[0].dtype, arrays[0].shape  # type: ignore[union-attr]
    return kind in FLOATS and all(
        a is None or (a.dtype == kind and a.shape == shape and a.flags.carray) for a in arrays
    )


def indexes(index: Array) -> bool:
    """Whether these are positions in one piece of memory that may be written, which Numba compiles for."""
    return index.dtype in INTEGERS and index.flags.carray


def _reduced(x: Array, axes: tuple[int, ...]) -> Array | None:
    """x as [outer, kept, inner] where `axes` are its last ones, or all but the second; None for rows too short."""
    axes = tuple(sorted(axis % x.ndim for axis in axes))
    if axes and axes == tuple(range(axes[0], x.ndim)):
        grouped = x.reshape(1, math.prod(x.shape[: axes[0]]), -1)
    elif axes == (0, *range(2, x.ndim)):
        grouped = x.reshape(x.shape[0], x.shape[1], -1)
    else:
        return None
    return grouped if grouped.shape[2] >= SHORT else None


def _beside(shape: tuple[int, ...], axis: int) -> tuple[int, int, int]:
    """How many elements an axis has before it, along it and after it."""
    return math.prod(shape[:axis]), shape[axis], math.prod(shape[axis + 1 :])


def add_in_order(xp: Any, x: Array, positions: Array, values: Array) -> Array:
    """Flat `x` with flat `values` added at flat `positions`, one after the other, which the reference has to sort for."""
    out = np.array(widen(xp, x))
    np.add.at(out, positions, widen(xp, values))
    return narrow(xp, out, x.dtype)


class CompiledKernels:
    """Mixed into the NumPy backend."""

    def sgd_step(
        self, p: Array, g: Array, momentum_buffer: Array | None, scratch: Array, lr: float, momentum: float,
        dampening: float, weight_decay: float, nesterov: bool, maximize: bool,
    ) -> None:  # fmt: skip
        if p.size >= SGD and takes(p, g, momentum_buffer):
            step = compiled.kernel("optimization", "sgd_step")
            if step is not None:
                flat = p.reshape(-1)
                m = flat[:0] if momentum_buffer is None else momentum_buffer.reshape(-1)
                step(flat, g.reshape(-1), m, lr, momentum, dampening, weight_decay, nesterov, maximize)
                return
        reference_sgd_step(
            self, p, g, momentum_buffer, scratch, lr, momentum, dampening, weight_decay, nesterov, maximize
        )  # fmt: skip

    def adam_step(
        self, p: Array, g: Array, exp_avg: Array, exp_avg_sq: Array, max_exp_avg_sq: Array | None, scratch: Array,
        step: float, lr: float, beta1: float, beta2: float, eps: float, weight_decay: float, decoupled: bool,
        maximize: bool,
    ) -> None:  # fmt: skip
        if p.size >= ADAM and takes(p, g, exp_avg, exp_avg_sq, max_exp_avg_sq):
            fast = compiled.kernel("optimization", "adam_step")
            if fast is not None:
                v = exp_avg_sq.reshape(-1)
                largest = v[:0] if max_exp_avg_sq is None else max_exp_avg_sq.reshape(-1)
                fast(
                    p.reshape(-1), g.reshape(-1), exp_avg.reshape(-1), v, largest, step, lr, beta1, beta2, eps,
                    weight_decay, decoupled, maximize,
                )  # fmt: skip
                return
        reference_adam_step(
            self, p, g, exp_avg, exp_avg_sq, max_exp_avg_sq, scratch, step, lr, beta1, beta2, eps, weight_decay,
            decoupled, maximize,
        )  # fmt: skip

    def softmax(self, x: Array, *, axis: int) -> Array:
        if x.size >= ROWS and axis in (-1, x.ndim - 1) and takes(x):
            fast = compiled.kernel("rows", "softmax")
            if fast is not None:
                return fast(x, False)
        return reference.softmax(self, x, axis=axis)

    def log_softmax(self, x: Array, *, axis: int) -> Array:
        if x.size >= ROWS and axis in (-1, x.ndim - 1) and takes(x):
            fast = compiled.kernel("rows", "softmax")
            if fast is not None:
                return fast(x, True)
        return reference.log_softmax(self, x, axis=axis)

    def standardize(self, x: Array, *, axes: tuple[int, ...], eps: float) -> tuple[Array, Array, Array]:
        if x.size >= ROWS and takes(x):
            grouped = _reduced(x, axes)
            fast = None if grouped is None else compiled.kernel("rows", "standardize")
            if fast is not None:
                out, mean, rstd = fast(grouped, eps)
                kept = tuple(1 if axis in axes or axis - x.ndim in axes else n for axis, n in enumerate(x.shape))
                return out.reshape(x.shape), mean.reshape(kept), rstd.reshape(kept)
        return reference.standardize(self, x, axes=axes, eps=eps)

    def index_add(self, x: Array, index: Array, src: Array, *, axis: int) -> Array:
        fits = src.size >= INDEX and index.ndim == 1 and -x.ndim <= axis < x.ndim
        if fits and takes(x) and takes(src) and x.dtype == src.dtype and indexes(index):
            axis %= x.ndim
            if src.shape == (*x.shape[:axis], index.size, *x.shape[axis + 1 :]):
                add = compiled.kernel("indexing", "index_add")
                out = add and add(x.reshape(_beside(x.shape, axis)), index, src.reshape(_beside(src.shape, axis)))
                if out is not None:
                    return out.reshape(x.shape)
        return reference.index_add(self, x, index, src, axis=axis, add=add_in_order)

    def _rows_added(self, x: Array, index: Any, value: Array) -> Array | None:
        """x with x[index] += value for rows of x that one array names; None where this does not take it.

        Single elements NumPy adds as fast.
        """
        if (
            value.size < INDEX
            or x.ndim < 2
            or index.__class__ is not tuple
            or len(index) != 1
            or not isinstance(index[0], np.ndarray)
        ):
            return None
        (places,) = index
        if not (takes(x) and takes(value) and x.dtype == value.dtype and indexes(places)):
            return None
        add = compiled.kernel("indexing", "index_add") if value.shape == places.shape + x.shape[1:] else None
        rows = (1, places.size, math.prod(x.shape[1:]))
        out = add and add(x.reshape(_beside(x.shape, 0)), places.reshape(-1), value.reshape(rows))
        return None if out is None else out.reshape(x.shape)

    def scatter_add(self, x: Array, index: Array, src: Array, *, axis: int) -> Array:
        fits = src.size >= INDEX and index.shape == src.shape and -x.ndim <= axis < x.ndim == src.ndim
        if fits and takes(x) and takes(src) and x.dtype == src.dtype and indexes(index):
            axis %= x.ndim
            if x.shape[:axis] == src.shape[:axis] and x.shape[axis + 1 :] == src.shape[axis + 1 :]:
                add = compiled.kernel("indexing", "scatter_add")
                sides = _beside(src.shape, axis)
                out = add and add(x.reshape(_beside(x.shape, axis)), index.reshape(sides), src.reshape(sides))
                if out is not None:
                    return out.reshape(x.shape)
        return reference.scatter_add(self, x, index, src, axis=axis, add=add_in_order)

    def max_pool_indices(
        self, x: Array, *, kernel: tuple[int, ...], stride: tuple[int, ...], padding: tuple[int, ...],
        dilation: tuple[int, ...], ceil_mode: bool,
    ) -> Array:  # fmt: skip
        spatial = len(kernel)
        if x.size >= POOL and spatial <= 2 and takes(x):
            fast = compiled.kernel("pooling", "max_pool_indices")
            if fast is not None:
                lead, sizes = x.shape[: x.ndim - spatial], x.shape[x.ndim - spatial :]
                out = output_sizes(sizes, kernel, stride, padding, dilation, ceil_mode)
                one, none = (1,) * (2 - spatial), (0,) * (2 - spatial)
                planes = x.reshape(-1, *one, *sizes)
                found = fast(planes, one + out, one + kernel, one + stride, none + padding, one + dilation)
                return found.reshape(*lead, *out)
        return reference.max_pool_indices(
            self, x, kernel=kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode
        )
