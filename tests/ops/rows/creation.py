"""Constants shaped like a tensor, and copies."""

import numpy as np

from tests.ops.cases import Row, draw

ROWS = [
    Row("zeros_like", (draw(2, 3),), reference=np.zeros_like, order=0, complex=True),
    Row("ones_like", (draw(2, 3),), reference=np.ones_like, order=0, complex=True),
    Row("full_like", (draw(2, 3),), {"value": 1.5}, reference=lambda x: np.full_like(x, 1.5), order=0, complex=True),
    Row("overwrite", (draw(2, 3), draw(2, 3)), reference=lambda x, y: y, complex=True),
    Row("copy", (draw(2, 3),), reference=np.copy, complex=True),
    Row("copy_contiguous", (draw(3, 4),), {}, lambda x: x.copy(), complex=True),
    Row("zeros_from", (draw(3, 4),), {}, lambda x: np.zeros_like(x), complex=True),
    Row(
        "view_dtype",
        (draw(values=np.array([[1, 2], [3, 4]]), kind="int"),),
        {"dtype": "uint64"},
        lambda x: x.view("uint64"),
        order=0,
        strict=False,
    ),
]
