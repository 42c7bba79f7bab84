"""The steps of SGD and Adam in one pass over memory; the same operations in the same order as the references."""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np

from autograd.backends.numpy.compiled.jit import BLOCK, loop, threaded, worthwhile

PARALLEL = 1 << 17


@loop
def _sgd(p, g, m, has_buffer, lr, momentum, kept, weight_decay, sign, nesterov):
    for i in range(p.size):
        d = g[i] * sign + p[i] * weight_decay if weight_decay else g[i] * sign
        if has_buffer:
            m[i] = m[i] * momentum + d * kept
            d = momentum * m[i] + d if nesterov else m[i]
        p[i] -= d * lr


@threaded
def _sgd_blocks(p, g, m, has_buffer, lr, momentum, kept, weight_decay, sign, nesterov):
    for block in numba.prange((p.size + BLOCK - 1) // BLOCK):
        part = slice(block * BLOCK, (block + 1) * BLOCK)
        _sgd(p[part], g[part], m[part], has_buffer, lr, momentum, kept, weight_decay, sign, nesterov)


def sgd_step(
    p: Any, g: Any, m: Any, lr: float, momentum: float, dampening: float, weight_decay: float, nesterov: bool,
    maximize: bool,
) -> None:  # fmt: skip
    """The reference's update of flat arrays; `m` is empty where there is no momentum."""
    kind = p.dtype.type
    numbers = map(kind, (lr, momentum, 1.0 - dampening, weight_decay, -1.0 if maximize else 1.0))
    function = _sgd_blocks if worthwhile(p.size, PARALLEL) else _sgd
    function(p, g, m, m.size > 0, *numbers, nesterov)


@loop
def _adam(p, g, m, v, largest, amsgrad, rate, new1, keep2, new2, eps, weight_decay, shrink, sign):
    for i in range(p.size):
        value = p[i] * shrink
        d = g[i] * sign + weight_decay * value if weight_decay else g[i] * sign
        m[i] += (d - m[i]) * new1
        v[i] = v[i] * keep2 + d * d * new2
        scale = v[i]
        if amsgrad:
            scale = largest[i] if largest[i] > scale or np.isnan(largest[i]) else scale
            largest[i] = scale
        p[i] = value - m[i] / (np.sqrt(scale) + eps) * rate


@threaded
def _adam_blocks(p, g, m, v, largest, amsgrad, rate, new1, keep2, new2, eps, weight_decay, shrink, sign):
    for block in numba.prange((p.size + BLOCK - 1) // BLOCK):
        part = slice(block * BLOCK, (block + 1) * BLOCK)
        _adam(
            p[part], g[part], m[part], v[part], largest[part], amsgrad, rate, new1, keep2, new2, eps,
            weight_decay, shrink, sign,
        )  # fmt: skip


def adam_step(
    p: Any, g: Any, m: Any, v: Any, largest: Any, step: float, lr: float, beta1: float, beta2: float, eps: float,
    weight_decay: float, decoupled: bool, maximize: bool,
) -> None:  # fmt: skip
    """The reference's update of flat arrays; `largest` is empty without AMSGrad."""
    root = math.sqrt(1.0 - beta2**step)
    kind = p.dtype.type
    numbers = map(  # differences in double precision: 1 - β₂ in single is off by 1e-5
        kind,
        (
            lr / (1.0 - beta1**step) * root,
            1.0 - beta1,
            beta2,
            1.0 - beta2,
            eps * root,
            0.0 if decoupled else weight_decay,
            1.0 - lr * weight_decay if decoupled else 1.0,
            -1.0 if maximize else 1.0,
        ),
    )
    function = _adam_blocks if worthwhile(p.size, PARALLEL) else _adam
    function(p, g, m, v, largest, largest.size > 0, *numbers)
