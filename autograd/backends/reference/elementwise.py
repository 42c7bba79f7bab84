"""Elementwise functions that the array API standard lacks."""

from __future__ import annotations

from typing import Any

from autograd.backends.reference.common import Array, dtype_name, dtype_named


def exp2(xp: Any, x: Array) -> Array:
    """2ˣ."""
    return xp.pow(xp.full_like(x, 2.0), x)


def logaddexp2(xp: Any, x: Array, y: Array) -> Array:
    """log₂(2ˣ + 2ʸ) without overflow."""
    large = xp.maximum(x, y)
    finite = xp.where(xp.isinf(large), xp.zeros_like(large), large)
    return xp.log2(exp2(xp, x - finite) + exp2(xp, y - finite)) + finite


def fmax(xp: Any, x: Array, y: Array) -> Array:
    """The larger, or the one that is not NaN."""
    return xp.where(xp.isnan(y), x, xp.where(xp.isnan(x), y, xp.maximum(x, y)))


def fmin(xp: Any, x: Array, y: Array) -> Array:
    """The smaller, or the one that is not NaN."""
    return xp.where(xp.isnan(y), x, xp.where(xp.isnan(x), y, xp.minimum(x, y)))


def fmod(xp: Any, x: Array, y: Array) -> Array:
    """The remainder with the sign of x."""
    rest = xp.remainder(xp.abs(x), xp.abs(y))
    return xp.where(x < 0, -rest, rest)


def frexp(xp: Any, x: Array) -> tuple[Array, Array]:
    """Mantissa and exponent: x = mantissa · 2^exponent with |mantissa| in [½, 1)."""
    special = (x == 0) | ~xp.isfinite(x)
    exponent = xp.floor(xp.log2(xp.where(special, xp.ones_like(x), xp.abs(x)))) + 1
    half = xp.floor(exponent / 2)  # in two steps, since 2^exponent may be too large
    mantissa = x / exp2(xp, half) / exp2(xp, exponent - half)
    low, high = xp.abs(mantissa) < 0.5, xp.abs(mantissa) >= 1
    mantissa = xp.where(low, mantissa * 2, xp.where(high, mantissa / 2, mantissa))
    exponent = exponent + xp.where(high, 1.0, xp.where(low, -1.0, xp.zeros_like(x)))
    exponent = xp.where(special, xp.zeros_like(x), exponent)
    return xp.where(special, x, mantissa), xp.astype(exponent, dtype_named(xp, "int32"))


def gcd(xp: Any, x: Array, y: Array) -> Array:
    """The greatest common divisor, by Euclid's algorithm on all elements at once."""
    x, y = xp.broadcast_arrays(xp.abs(x), xp.abs(y))
    while bool(xp.any(y != 0)):
        done = y == 0
        x, y = xp.where(done, x, y), xp.where(done, y, xp.remainder(x, xp.where(done, xp.ones_like(y), y)))
    return x


def lcm(xp: Any, x: Array, y: Array) -> Array:
    """The least common multiple."""
    divisor = gcd(xp, x, y)
    return xp.abs(xp.floor_divide(x, xp.where(divisor == 0, xp.ones_like(divisor), divisor)) * y)


def complex_of(xp: Any, x: Array, y: Array) -> Array:
    """x + iy."""
    return xp.add(x, xp.multiply(y, 1j))


def view_as_real(xp: Any, x: Array) -> Array:
    """Complex numbers as pairs along a new last axis."""
    return xp.stack([xp.real(x), xp.imag(x)], axis=-1)


def view_as_complex(xp: Any, x: Array) -> Array:
    """The pairs along the last axis as complex numbers."""
    if dtype_name(x) not in ("float32", "float64"):
        raise RuntimeError(f"view_as_complex is for float32 and float64, not {dtype_name(x)}")
    return complex_of(xp, x[..., 0], x[..., 1])
