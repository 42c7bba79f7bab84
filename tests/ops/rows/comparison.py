"""Comparison, logic, bits, classification, divisors: nothing here has a gradient."""

import numpy as np

from tests.ops.cases import Row, draw

PAIR = (draw(2, 3), draw(2, 3))
WHOLE = (draw(2, 3, low=1, high=20, kind="int"), draw(2, 3, low=1, high=20, kind="int"))
SHIFT = (draw(2, 3, low=1, high=20, kind="int"), draw(2, 3, low=0, high=5, kind="int"))
TRUTH = (draw(2, 3, kind="bool"), draw(2, 3, kind="bool"))
NONE = {"order": 0, "elementwise": True}
ODD = np.array([[np.nan, np.inf, -np.inf], [0.5, -1.0, 0.0]])

ROWS = [
    Row("equal", PAIR, reference=np.equal, complex=True, **NONE),
    Row("not_equal", PAIR, reference=np.not_equal, complex=True, **NONE),
    Row("greater", PAIR, reference=np.greater, **NONE),
    Row("greater_equal", PAIR, reference=np.greater_equal, **NONE),
    Row("less", PAIR, reference=np.less, **NONE),
    Row("less_equal", PAIR, reference=np.less_equal, **NONE),
    Row("logical_and", TRUTH, reference=np.logical_and, **NONE),
    Row("logical_or", TRUTH, reference=np.logical_or, **NONE),
    Row("logical_xor", TRUTH, reference=np.logical_xor, **NONE),
    Row("logical_not", TRUTH[:1], reference=np.logical_not, **NONE),
    Row("bitwise_and", WHOLE, reference=np.bitwise_and, **NONE),
    Row("bitwise_or", WHOLE, reference=np.bitwise_or, **NONE),
    Row("bitwise_xor", WHOLE, reference=np.bitwise_xor, **NONE),
    Row("bitwise_left_shift", SHIFT, reference=np.left_shift, promoted=False, **NONE),
    Row("bitwise_right_shift", SHIFT, reference=np.right_shift, promoted=False, **NONE),
    Row("bitwise_invert", WHOLE[:1], reference=np.invert, **NONE),
    Row("gcd", WHOLE, reference=np.gcd, promoted=False, strict=False, **NONE),
    Row("lcm", WHOLE, reference=np.lcm, promoted=False, strict=False, **NONE),
    Row("isnan", (draw(values=ODD),), reference=np.isnan, order=0),
    Row("isinf", (draw(values=ODD),), reference=np.isinf, order=0),
    Row("isfinite", (draw(values=ODD),), reference=np.isfinite, order=0),
    Row("signbit", (draw(2, 3),), reference=np.signbit, promoted=False, **NONE),
]
