"""Activation functions."""

import numpy as np
from scipy import special

from tests.ops.cases import Row, draw

KINKED = draw(2, 3, avoid=(-1.0, -0.5, 0.0, 0.5, 1.0))
WIDE = draw(2, 3, low=-5, high=5, avoid=(-3.0, 3.0))
PLAIN = {"elementwise": True, "promoted": False}


def _gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def _elu(x):
    return 1.5 * np.where(x > 0, x, 0.7 * np.expm1(2 * np.minimum(x, 0)))


ROWS = [
    Row("relu", (KINKED,), reference=lambda x: np.maximum(x, 0), **PLAIN),
    Row("gelu", (draw(2, 3),), reference=lambda x: x * special.ndtr(x), **PLAIN),
    Row("gelu_tanh", (draw(2, 3),), reference=_gelu_tanh, **PLAIN),
    Row("silu", (draw(2, 3),), reference=lambda x: x / (1 + np.exp(-x)), complex=True, **PLAIN),
    Row("mish", (draw(2, 3),), reference=lambda x: x * np.tanh(np.log1p(np.exp(x))), **PLAIN),
    Row(
        "softplus",
        (draw(2, 3, avoid=(0.5,)),),
        {"beta": 2.0, "threshold": 1.0},
        lambda x: np.where(x * 2 > 1, x, np.log1p(np.exp(2 * x)) / 2),
        **PLAIN,
    ),
    Row("elu", (KINKED,), {"alpha": 0.7, "scale": 1.5, "input_scale": 2.0}, _elu, **PLAIN),
    Row("leaky_relu", (KINKED,), {"slope": 0.2}, lambda x: np.where(x > 0, x, 0.2 * x), **PLAIN),
    Row("hardtanh", (KINKED,), {"low": -0.5, "high": 1.0}, lambda x: np.clip(x, -0.5, 1), **PLAIN),
    Row("hardswish", (WIDE,), reference=lambda x: x * np.clip(x + 3, 0, 6) / 6, **PLAIN),
    Row("softshrink", (KINKED,), {"limit": 0.5}, lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.5, 0), **PLAIN),
    Row("hardshrink", (KINKED,), {"limit": 0.5}, lambda x: np.where(np.abs(x) > 0.5, x, 0), **PLAIN),
    Row("threshold", (KINKED,), {"limit": 0.5, "value": 3.0}, lambda x: np.where(x > 0.5, x, 3.0), **PLAIN),
]
