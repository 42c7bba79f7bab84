"""Complex numbers: parts, angle, conjugate, pairs."""

import numpy as np

from tests.ops.cases import Row, draw


def _made(*shape):
    rng = np.random.default_rng(5)
    return draw(values=rng.uniform(0.3, 2, shape) + 1j * rng.uniform(-2, 2, shape))


ROWS = [
    Row("conj", (draw(2, 3),), reference=np.conj, complex=True, elementwise=True),
    Row("real", (draw(2, 3),), reference=np.real, complex=True),
    Row("imag", (_made(2, 3),), reference=np.imag),
    Row("angle", (draw(2, 3, avoid=(0.0,)),), reference=np.angle, elementwise=True, complex=True),
    Row(
        "complex",
        (draw(2, 3), draw(2, 3)),
        reference=lambda x, y: x + 1j * y,
        elementwise=True,
        promoted=False,
        half=False,
        strict=False,
    ),
    Row(
        "view_as_real",
        (_made(2, 3),),
        reference=lambda x: np.stack([x.real, x.imag], -1),
        strict=False,
    ),
    Row(
        "view_as_complex",
        (draw(2, 3, 2),),
        reference=lambda x: x[..., 0] + 1j * x[..., 1],
        half=False,
        strict=False,
    ),
]
