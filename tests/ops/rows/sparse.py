"""Products with sparse matrices; the dense product is the reference."""

import numpy as np

from tests.ops.cases import Row, draw

# The second row is empty, the fourth names a column twice.
CROW, COL = np.array([0, 2, 2, 3, 5]), np.array([0, 2, 1, 2, 2])
ROWS_OF = np.array([0, 0, 2, 3, 3])


def _dense(values):
    made = np.zeros((4, 3), values.dtype)
    np.add.at(made, (ROWS_OF, COL), values)
    return made


def _product(transposed, kind="int64"):
    def reference(values, crow, col, y):
        return (_dense(values).T if transposed else _dense(values)) @ y

    return Row(
        "csr_matmul",
        (draw(5), draw(values=CROW.astype(kind)), draw(values=COL.astype(kind)), draw(4 if transposed else 3, 2)),
        {"shape": (4, 3), "transposed": transposed},
        reference,
        complex=True,
        label=("transposed-" if transposed else "") + kind,
    )


ROWS = [
    *(_product(transposed, kind) for transposed in (False, True) for kind in ("int64", "int32")),
    Row(
        "csr_sampled_matmul",
        (draw(values=CROW), draw(values=COL), draw(4, 2), draw(3, 2)),
        {},
        lambda crow, col, a, b: (a @ b.T)[ROWS_OF, COL],
        complex=True,
    ),
]
