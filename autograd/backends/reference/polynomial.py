"""Polynomials by Horner's rule, for the special functions."""

from __future__ import annotations

from typing import Any

from autograd.backends.reference.common import Array


def horner(x: Array, coefficients: tuple[float, ...]) -> Array:
    """Σ coefficients[k] · x^(n-k): highest power first."""
    total: Any = coefficients[0]
    for coefficient in coefficients[1:]:
        total = total * x + coefficient
    return total
