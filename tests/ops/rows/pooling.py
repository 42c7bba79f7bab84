"""Pooling, and reading and writing at the places of maxima."""

import numpy as np
import torch
import torch.nn.functional as F

from tests.ops.cases import Row, draw

WINDOWS = {"kernel": (2, 3), "stride": (2, 2), "padding": (1, 1), "ceil_mode": True}
AVERAGE = {**WINDOWS, "count_include_pad": False, "divisor_override": None}
PLACES = np.array([[[0, 3, 3], [5, 1, 2]]])


def _average(x):
    return F.avg_pool2d(torch.from_numpy(x.copy()), (2, 3), 2, 1, True, False).numpy()


def _average_grad(y):
    x = torch.zeros(2, 3, 5, 6, dtype=torch.float64, requires_grad=True)
    out = F.avg_pool2d(x, (2, 3), 2, 1, True, False)
    return torch.autograd.grad(out, x, torch.from_numpy(y.copy()))[0].numpy()


def _added(y, index):
    out = np.zeros((1, 2, 6))
    for row in range(2):
        np.add.at(out[0, row], index[0, row], y[0, row])
    return out


def _put(y, index):
    out = np.zeros((1, 2, 6))
    np.put_along_axis(out, index, y, axis=2)
    return out


ROWS = [
    Row(
        "max_pool_indices",
        (draw(2, 3, 5, 6, distinct=True),),
        {**WINDOWS, "dilation": (1, 1)},
        lambda x: F.max_pool2d(torch.from_numpy(x.copy()), (2, 3), 2, 1, 1, True, True)[1].numpy(),
        order=0,
    ),
    Row(
        "adaptive_max_pool_indices",
        (draw(2, 3, 5, 6, distinct=True),),
        {"output_size": (2, 4)},
        lambda x: F.adaptive_max_pool2d(torch.from_numpy(x.copy()), (2, 4), True)[1].numpy(),
        order=0,
    ),
    Row(
        "pool_at",
        (draw(1, 2, 2, 3), draw(values=PLACES[..., None])),
        {"spatial": 2},
        lambda x, index: np.take_along_axis(x.reshape(1, 2, 6), index[..., 0], axis=2)[..., None],
        complex=True,
    ),
    Row("unpool_add", (draw(1, 2, 3), draw(values=PLACES)), {"sizes": (6,)}, _added, strict=False),
    Row(
        "unpool_put",
        (draw(1, 2, 3), draw(values=np.array([[[0, 3, 4], [5, 1, 2]]]))),
        {"sizes": (6,)},
        _put,
        strict=False,
    ),
    Row("avg_pool", (draw(2, 3, 5, 6),), AVERAGE, _average),
    Row("avg_pool_grad", (draw(2, 3, 3, 4),), {"input_shape": (2, 3, 5, 6), **AVERAGE}, _average_grad),
]
