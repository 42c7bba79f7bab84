"""Kernels along axes behind a hidden one: reductions, scans, orders, and what is normalized over axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.backends.batched.shape import shifted


def _reduction(name: str) -> Callable:
    def reduce(self: Any, x: Any, axis: Any = None, *, keepdims: bool = False, **options: Any) -> Any:
        x = self.own(x)
        function = getattr(self.base, name)
        if not x.ndim:  # a number in every slice: an axis to reduce, so that the hidden one is not
            return self.wrap(function(self.base.expand_dims(x.data, axis=1), axis=1, **options))
        axes = tuple(range(1, x.ndim + 1)) if axis is None else shifted(axis)
        return self.wrap(function(x.data, axis=axes, keepdims=keepdims, **options))

    return reduce


def _place(name: str) -> Callable:
    """`argmax` and its like: without an axis the place in the flattened array."""

    def find(self: Any, x: Any, axis: int | None = None, *, keepdims: bool = False) -> Any:
        function = getattr(self.base, name)
        if axis is None or not x.ndim:
            found = function(self.base.reshape(x.data, (x.hidden, x.size)), axis=1)
            shape = (1,) * x.ndim if keepdims else ()
            return self.reshape(self.wrap(found), shape)
        return self.wrap(function(x.data, axis=shifted(axis), keepdims=keepdims))

    return find


def _along(name: str) -> Callable:
    """Kernels that keep the shape and work along one axis, or several."""

    def run(self: Any, x: Any, *, axis: Any = -1, **options: Any) -> Any:
        function = getattr(self.base, name)
        if x.ndim:
            return self.wrap(function(x.data, axis=shifted(axis), **options))
        found = self.wrap(function(self.base.expand_dims(x.data, axis=1), axis=1, **options))
        return tuple(part[0] for part in found) if isinstance(found, tuple) else found[0]

    return run


class ReductionRules:
    """Mixed into the batched backend."""

    base: Any
    wrap: Any

    sum, prod, max, min = (_reduction(name) for name in ("sum", "prod", "max", "min"))
    all, any, mean = (_reduction(name) for name in ("all", "any", "mean"))
    logsumexp = _reduction("logsumexp")
    argmax, argmin = _place("argmax"), _place("argmin")
    sort, argsort = _along("sort"), _along("argsort")
    cumulative_sum, cumulative_prod = _along("cumulative_sum"), _along("cumulative_prod")
    cummax, cummin, logcumsumexp = _along("cummax"), _along("cummin"), _along("logcumsumexp")
    softmax, log_softmax = _along("softmax"), _along("log_softmax")
    fft_real, fft_to_real = _along("fft_real"), _along("fft_to_real")

    def fft_complex(self, x: Any, *, axes: tuple[int, ...], norm: str, inverse: bool) -> Any:
        return self.wrap(self.base.fft_complex(x.data, axes=shifted(axes), norm=norm, inverse=inverse))

    def standardize(self, x: Any, *, axes: tuple[int, ...], eps: float) -> tuple:
        return self.wrap(self.base.standardize(x.data, axes=shifted(axes), eps=eps))
