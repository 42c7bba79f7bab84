"""Discrete Fourier transforms: linear, and each other's adjoints."""

from __future__ import annotations

from autograd.differentiable import differentiable


@differentiable(
    x=lambda xp, g, axes, norm, inverse: xp.fft_complex(g, axes=axes, norm=norm, inverse=inverse),
)
def fft_complex(xp, x, *, axes, norm="backward", inverse=False):
    """The transform of complex numbers over some axes: a symmetric matrix, and so its own adjoint."""
    return xp.fft_complex(x, axes=axes, norm=norm, inverse=inverse)


def _fft_real_rule(xp, g, x_shape, axis, norm):
    half = (slice(None),) * axis + (slice(0, x_shape[axis] // 2 + 1),)
    whole = xp.put_in_zeros(g, shape=x_shape, index=half)
    return xp.real(xp.fft_complex(whole, axes=(axis,), norm=norm, inverse=False))


@differentiable(x=_fft_real_rule)
def fft_real(xp, x, *, axis, norm="backward"):
    """The half of the transform of real numbers along one axis that determines the rest."""
    return xp.fft_real(x, axis=axis, norm=norm)


def _fft_to_real_rule(xp, g, x_shape, axis, size, norm):
    # All but the first and, for even sizes, the last frequency stand for two.
    half = xp.conj(xp.fft_real(g, axis=axis, norm=_OPPOSITE[norm]))
    twice = (slice(None),) * axis + (slice(1, (size + 1) // 2),)
    return half + xp.put_in_zeros(xp.getitem(half, index=twice), shape=x_shape, index=twice)


_OPPOSITE = {"backward": "forward", "forward": "backward", "ortho": "ortho"}


@differentiable(x=_fft_to_real_rule)
def fft_to_real(xp, x, *, axis, size, norm="backward"):
    """The inverse of `fft_real`: `size` real numbers from the first size // 2 + 1 frequencies along one axis."""
    return xp.fft_to_real(x, axis=axis, size=size, norm=norm)
