"""Fourier transforms of the array API standard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd import fft as functions


def _along_one(name: str) -> Callable[..., Any]:
    function = getattr(functions, name)

    def call(x: Any, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Any:
        return function(x, n, axis, norm)

    return _named(call, name, function)


def _along_several(name: str) -> Callable[..., Any]:
    function = getattr(functions, name)

    def call(x: Any, /, *, s: Any = None, axes: Any = None, norm: str = "backward") -> Any:
        return function(x, s, axes, norm)

    return _named(call, name, function)


def _shift(name: str) -> Callable[..., Any]:
    function = getattr(functions, name)

    def call(x: Any, /, *, axes: Any = None) -> Any:
        return function(x, axes)

    return _named(call, name, function)


def _frequencies(name: str) -> Callable[..., Any]:
    function = getattr(functions, name)

    def call(n: int, /, *, d: float = 1.0, dtype: Any = None, device: Any = None) -> Any:
        return function(n, d, dtype=dtype, device=device)

    return _named(call, name, function)


def _named(call: Any, name: str, function: Any) -> Any:
    call.__name__ = call.__qualname__ = name
    call.__doc__ = function.__doc__
    return call


fft, ifft, rfft, irfft, hfft, ihfft = map(_along_one, ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"))
fftn, ifftn, rfftn, irfftn = map(_along_several, ("fftn", "ifftn", "rfftn", "irfftn"))
fftshift, ifftshift = map(_shift, ("fftshift", "ifftshift"))
fftfreq, rfftfreq = map(_frequencies, ("fftfreq", "rfftfreq"))
