"""Discrete Fourier transforms on top of the array library's own `fft`; results have the input's precision."""

from __future__ import annotations

from typing import Any


def fft_complex(xp: Any, x: Any, *, axes: tuple[int, ...], norm: str, inverse: bool) -> Any:
    """The transform of complex numbers over some axes, of the sizes that these have."""
    if not x.size:
        return xp.copy(x)
    transform = xp.fft.ifftn if inverse else xp.fft.fftn
    return _as(xp, transform(x, axes=axes, norm=norm), x.dtype)


def fft_real(xp: Any, x: Any, *, axis: int, norm: str) -> Any:
    """The half of the transform of real numbers along one axis that determines the rest."""
    return _as(xp, xp.fft.rfft(x, axis=axis, norm=norm), xp.native(xp.dtype_of(x).to_complex()))


def fft_to_real(xp: Any, x: Any, *, axis: int, size: int, norm: str) -> Any:
    """The inverse of `fft_real`, for a result of `size` elements along the axis."""
    return _as(xp, xp.fft.irfft(x, n=size, axis=axis, norm=norm), xp.native(xp.dtype_of(x).to_real()))


def _as(xp: Any, x: Any, dtype: Any) -> Any:
    return x if x.dtype == dtype else xp.astype(x, dtype)
