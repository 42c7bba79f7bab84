"""Elementwise arithmetic, powers, extrema and selection."""

import numpy as np

from tests.ops.cases import Row, draw

MIXED = draw(2, 3, distinct=True, avoid=(0.0,))
POSITIVE = draw(2, 3, low=0.3, high=2.0)
BOTH = {"elementwise": True, "complex": True}
# Quotients whose rounding no small step changes: x / y is off every integer.
DIVIDEND = draw(2, 3, low=4.2, high=4.8)
DIVISOR = draw(2, 3, low=1.62, high=1.98)


def _lerp(x, y, weight):
    return x + weight * (y - x)


ROWS = [
    Row("add", (draw(2, 3), draw(2, 3)), reference=np.add, **BOTH),
    Row("subtract", (draw(2, 3), draw(2, 3)), reference=np.subtract, **BOTH, promoted=False),
    Row("multiply", (draw(2, 3), draw(2, 3)), reference=np.multiply, **BOTH),
    Row("divide", (draw(2, 3), POSITIVE), reference=np.divide, **BOTH),
    Row("floor_divide", (DIVIDEND, DIVISOR), reference=np.floor_divide, elementwise=True, promoted=False),
    Row(
        "trunc_divide",
        (draw(2, 3, low=-4.8, high=-4.2), DIVISOR),
        reference=lambda x, y: np.trunc(x / y),
        elementwise=True,
        promoted=False,
    ),
    Row("remainder", (DIVIDEND, DIVISOR), reference=np.remainder, elementwise=True, promoted=False),
    Row(
        "fmod",
        (draw(2, 3, low=-4.8, high=-4.2), DIVISOR),
        reference=np.fmod,
        elementwise=True,
        promoted=False,
        strict=False,
    ),
    Row("negative", (draw(2, 3),), reference=np.negative, **BOTH, promoted=False),
    Row("abs", (MIXED,), reference=np.abs, **BOTH),
    Row("sign", (MIXED,), reference=np.sign, elementwise=True),
    Row("sign", (POSITIVE,), reference=np.sign, complex=True, label="complex"),
    Row("pow", (POSITIVE, draw(2, 3)), reference=np.power, **BOTH, promoted=False),
    Row("square", (draw(2, 3),), reference=np.square, **BOTH, promoted=False),
    Row("sqrt", (POSITIVE,), reference=np.sqrt, **BOTH),
    Row("rsqrt", (POSITIVE,), reference=lambda x: 1 / np.sqrt(x), **BOTH),
    Row("reciprocal", (POSITIVE,), reference=np.reciprocal, **BOTH),
    Row("hypot", (POSITIVE, MIXED), reference=np.hypot, elementwise=True, promoted=False),
    Row("maximum", (draw(2, 3), draw(2, 3)), reference=np.maximum, elementwise=True),
    Row("minimum", (draw(2, 3), draw(2, 3)), reference=np.minimum, elementwise=True),
    Row("fmax", (draw(2, 3), draw(2, 3)), reference=np.fmax, elementwise=True),
    Row("fmin", (draw(2, 3), draw(2, 3)), reference=np.fmin, elementwise=True),
    Row(
        "clip",
        (draw(2, 3), draw(2, 3, low=-1, high=-0.5), draw(2, 3, low=0.5, high=1)),
        reference=np.clip,
        elementwise=True,
    ),
    Row("clip_lower", (draw(2, 3), draw(2, 3)), reference=np.maximum, elementwise=True),
    Row("clip_upper", (draw(2, 3), draw(2, 3)), reference=np.minimum, elementwise=True),
    Row("where", (draw(2, 3, kind="bool"), draw(2, 3), draw(2, 3)), reference=np.where, **BOTH),
    Row("lerp", (draw(2, 3), draw(2, 3), draw(2, 3, avoid=(-0.5, 0.5))), reference=_lerp, **BOTH, promoted=False),
    Row("astype", (draw(2, 3),), {"dtype": "complex128"}, lambda x: x.astype("complex128"), label="complex"),
]
