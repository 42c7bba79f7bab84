"""Rounding, and operations on the sign, the fraction and the exponent."""

import numpy as np

from tests.ops.cases import Row, draw

FRACTIONS = draw(2, 3, avoid=(-2.0, -1.0, 0.0, 1.0, 2.0))
HALVES = draw(2, 3, avoid=(-1.5, -0.5, 0.5, 1.5))
ODD = np.array([[np.nan, np.inf, -np.inf], [0.5, -1.0, 2.0]])

ROWS = [
    Row("floor", (FRACTIONS,), reference=np.floor, elementwise=True),
    Row("ceil", (FRACTIONS,), reference=np.ceil, elementwise=True),
    Row("trunc", (FRACTIONS,), reference=np.trunc, elementwise=True),
    Row("round", (HALVES,), reference=np.round, elementwise=True),
    Row("copysign", (draw(2, 3, avoid=(0.0,)), draw(2, 3, avoid=(0.0,))), reference=np.copysign, elementwise=True),
    Row("heaviside", (draw(2, 3, avoid=(0.0,)), draw(2, 3)), reference=np.heaviside, order=0, elementwise=True),
    Row("nextafter", (draw(2, 3), draw(2, 3)), reference=np.nextafter, elementwise=True, promoted=False, half=False),
    Row("frexp", (draw(2, 3, low=0.6, high=0.9),), reference=np.frexp, strict=False),
    Row(
        "nan_to_num",
        (draw(2, 3),),
        {"nan": 0.0, "posinf": 9.0, "neginf": -9.0},
        lambda x: np.nan_to_num(x, nan=0.0, posinf=9.0, neginf=-9.0),
    ),
    Row(
        "nan_to_num",
        (draw(values=ODD),),
        {"nan": 0.25, "posinf": 9.0, "neginf": -9.0},
        lambda x: np.nan_to_num(x, nan=0.25, posinf=9.0, neginf=-9.0),
        order=1,
        label="replaced",
    ),
]
