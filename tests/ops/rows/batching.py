"""The hidden axes of vmap: what is put in is taken out again before it is compared."""

import numpy as np

from autograd import ops
from autograd.backends.levels import Level
from tests.ops.cases import Row, draw

LEVEL = Level(2)


def _shown(out):
    return out if isinstance(out, np.ndarray) else ops.unbatch(out, level=LEVEL, axis=0)


def _hidden(x):
    return [ops.batch(x, level=LEVEL, axis=0)]


def _row(op, args, options, reference, **how):
    return Row(op, args, options, reference, complex=True, strict=False, **how)


ROWS = [
    _row("batch", (draw(3, 2),), {"level": LEVEL, "axis": 1}, lambda x: x.T, finish=_shown),
    _row("unbatch", (draw(2, 3),), {"level": LEVEL, "axis": 1}, lambda x: x.T, prepare=_hidden),
    _row("lift", (draw(3),), {"levels": (LEVEL,)}, lambda x: np.stack([x, x]), finish=_shown),
    _row("collapse", (draw(2, 3),), {"levels": (LEVEL,)}, lambda x: x.sum(0), prepare=_hidden),
]
