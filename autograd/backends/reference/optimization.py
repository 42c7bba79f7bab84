"""The steps of SGD and Adam: whole updates of one parameter, in place, in few array calls and without new memory.

These write into their arguments, so they take libraries whose functions have an output argument (NumPy's and CuPy's).
"""

from __future__ import annotations

import math
from typing import Any

Array = Any


def sgd_step(
    xp: Any,
    p: Array,
    g: Array,
    momentum_buffer: Array | None,
    scratch: Array,
    lr: float,
    momentum: float,
    dampening: float,
    weight_decay: float,
    nesterov: bool,
    maximize: bool,
) -> None:
    """p ← p - lr · d, where d is g + weight_decay · p, or its running average m ← momentum · m + (1 - dampening) · d.

    Examples
    --------
    >>> import numpy as np
    >>> p, g = np.ones(2), np.array([1.0, 2.0])
    >>> sgd_step(np, p, g, None, np.empty(2), lr=0.1, momentum=0, dampening=0, weight_decay=0, nesterov=False,
    ...          maximize=False)
    >>> p
    array([0.9, 0.8])
    """
    if maximize:
        g = -g
    if weight_decay:
        xp.multiply(p, weight_decay, scratch)
        xp.add(scratch, g, scratch)
        g = scratch
    if momentum_buffer is not None:
        m = momentum_buffer
        xp.multiply(m, momentum, m)
        xp.add(m, (1.0 - dampening) * g if dampening else g, m)
        g = momentum * m + g if nesterov else m
    xp.multiply(g, lr, scratch)
    xp.subtract(p, scratch, p)


def adam_step(
    xp: Any,
    p: Array,
    g: Array,
    exp_avg: Array,
    exp_avg_sq: Array,
    max_exp_avg_sq: Array | None,
    scratch: Array,
    step: float,
    lr: float,
    beta1: float,
    beta2: float,
    eps: float,
    weight_decay: float,
    decoupled: bool,
    maximize: bool,
) -> None:
    """p ← p - lr · m̂ / (√v̂ + eps), with the running averages m of g and v of g², each divided by 1 - βᵗ.

    `decoupled` shrinks p by lr · weight_decay first, instead of adding weight_decay · p to the gradient; with
    `max_exp_avg_sq`, the largest v so far takes v's place.
    """
    if maximize:
        g = -g
    if weight_decay:
        if decoupled:
            xp.multiply(p, 1.0 - lr * weight_decay, p)
        else:
            g = g + weight_decay * p
    xp.subtract(g, exp_avg, scratch)
    xp.multiply(scratch, 1.0 - beta1, scratch)
    xp.add(exp_avg, scratch, exp_avg)
    xp.multiply(g, g, scratch)
    xp.multiply(scratch, 1.0 - beta2, scratch)
    xp.multiply(exp_avg_sq, beta2, exp_avg_sq)
    xp.add(exp_avg_sq, scratch, exp_avg_sq)
    if max_exp_avg_sq is not None:
        xp.maximum(max_exp_avg_sq, exp_avg_sq, out=max_exp_avg_sq)
        exp_avg_sq = max_exp_avg_sq
    # (√v / c + eps), with c = √(1 - β₂ᵗ), is (√v + c · eps) / c: one array call less
    root = math.sqrt(1.0 - beta2**step)
    xp.sqrt(exp_avg_sq, scratch)
    xp.add(scratch, eps * root, scratch)
    xp.divide(exp_avg, scratch, scratch)
    xp.multiply(scratch, lr / (1.0 - beta1**step) * root, scratch)
    xp.subtract(p, scratch, p)
