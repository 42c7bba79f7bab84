"""Exponentials, logarithms and the logistic function."""

import numpy as np
from scipy import special

from tests.ops.cases import Row, draw

POSITIVE = draw(2, 3, low=0.3, high=2.0)
UNIT = draw(2, 3, low=0.2, high=0.8)
BOTH = {"elementwise": True, "complex": True}

ROWS = [
    Row("exp", (draw(2, 3),), reference=np.exp, **BOTH),
    Row("exp2", (draw(2, 3),), reference=np.exp2, **BOTH),
    Row("expm1", (draw(2, 3),), reference=np.expm1, **BOTH),
    Row("log", (POSITIVE,), reference=np.log, **BOTH),
    Row("log2", (POSITIVE,), reference=np.log2, **BOTH),
    Row("log10", (POSITIVE,), reference=np.log10, **BOTH),
    Row("log1p", (POSITIVE,), reference=np.log1p, **BOTH),
    Row("logaddexp", (draw(2, 3), draw(2, 3)), reference=np.logaddexp, elementwise=True),
    Row("logaddexp2", (draw(2, 3), draw(2, 3)), reference=np.logaddexp2, elementwise=True),
    Row("xlogy", (draw(2, 3, avoid=(0.0,)), POSITIVE), reference=special.xlogy, elementwise=True),
    Row("xlog1py", (draw(2, 3, avoid=(0.0,)), POSITIVE), reference=special.xlog1py, elementwise=True),
    Row("sigmoid", (draw(2, 3),), reference=lambda x: 1 / (1 + np.exp(-x)), **BOTH),
    Row("log_sigmoid", (draw(2, 3),), reference=special.log_expit, elementwise=True, promoted=False),
    Row("logit", (UNIT,), {"eps": None}, special.logit, elementwise=True, promoted=False, label="plain"),
    Row(
        "logit",
        (draw(2, 3, low=0.0, high=1.0, avoid=(0.3, 0.7)),),
        {"eps": 0.3},
        lambda x: special.logit(np.clip(x, 0.3, 0.7)),
        elementwise=True,
        promoted=False,
        label="limited",
    ),
]
