"""Trigonometric and hyperbolic functions and their inverses."""

import numpy as np

from tests.ops.cases import Row, draw

UNIT = draw(2, 3, low=-0.8, high=0.8)
BOTH = {"elementwise": True, "complex": True}

ROWS = [
    Row("sin", (draw(2, 3),), reference=np.sin, **BOTH),
    Row("cos", (draw(2, 3),), reference=np.cos, **BOTH),
    Row("tan", (UNIT,), reference=np.tan, **BOTH),
    Row("asin", (UNIT,), reference=np.arcsin, **BOTH),
    Row("acos", (UNIT,), reference=np.arccos, **BOTH),
    Row("atan", (UNIT,), reference=np.arctan, **BOTH),
    Row("atan2", (draw(2, 3, low=0.3), draw(2, 3, low=0.3)), reference=np.arctan2, elementwise=True),
    Row("sinh", (draw(2, 3),), reference=np.sinh, **BOTH),
    Row("cosh", (draw(2, 3),), reference=np.cosh, **BOTH),
    Row("tanh", (UNIT,), reference=np.tanh, **BOTH),
    Row("asinh", (UNIT,), reference=np.arcsinh, **BOTH),
    Row("acosh", (draw(2, 3, low=1.3, high=3.0),), reference=np.arccosh, **BOTH),
    Row("atanh", (UNIT,), reference=np.arctanh, **BOTH),
    Row("sinc", (draw(2, 3, avoid=(0.0,)),), reference=np.sinc, **BOTH),
]
