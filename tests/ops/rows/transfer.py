"""Moving between devices."""

import numpy as np

from autograd.device import device
from tests.ops.cases import HERE, Row, draw

ROWS = [
    Row(
        "transfer",
        (draw(2, 3),),
        {"source": HERE, "device": device("sim")},
        reference=np.copy,
        complex=True,
        strict=False,
    ),
]
