"""Where compiled kernels stand in for references: for arrays from a size on at which they are clearly faster.

The files beside this one import Numba, and are imported when an array of that size first comes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograd.backends import compiled, reference

Array = Any

FLOATS = frozenset((np.dtype(np.float32), np.dtype(np.float64)))
STEP = 1 << 13


def takes(*arrays: Array | None) -> bool:
    """Whether all are whole pieces of memory that may be written, of the one type and shape that the first has."""
    kind, shape = arrays[0].dtype, arrays[0].shape  # type: ignore[union-attr]
    return kind in FLOATS and all(
        a is None or (a.dtype == kind and a.shape == shape and a.flags.carray) for a in arrays
    )


class CompiledKernels:
    """Mixed into the NumPy backend."""

    def sgd_step(
        self, p: Array, g: Array, momentum_buffer: Array | None, scratch: Array, *, lr: float, momentum: float,
        dampening: float, weight_decay: float, nesterov: bool, maximize: bool,
    ) -> None:  # fmt: skip
        if p.size >= STEP and takes(p, g, momentum_buffer):
            step = compiled.kernel("optimization", "sgd_step")
            if step is not None:
                flat = p.reshape(-1)
                m = flat[:0] if momentum_buffer is None else momentum_buffer.reshape(-1)
                step(flat, g.reshape(-1), m, lr, momentum, dampening, weight_decay, nesterov, maximize)
                return
        reference.sgd_step(
            self, p, g, momentum_buffer, scratch, lr=lr, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize,
        )  # fmt: skip

    def adam_step(
        self, p: Array, g: Array, exp_avg: Array, exp_avg_sq: Array, max_exp_avg_sq: Array | None, scratch: Array, *,
        step: float, lr: float, beta1: float, beta2: float, eps: float, weight_decay: float, decoupled: bool,
        maximize: bool,
    ) -> None:  # fmt: skip
        if p.size >= STEP and takes(p, g, exp_avg, exp_avg_sq, max_exp_avg_sq):
            fast = compiled.kernel("optimization", "adam_step")
            if fast is not None:
                v = exp_avg_sq.reshape(-1)
                largest = v[:0] if max_exp_avg_sq is None else max_exp_avg_sq.reshape(-1)
                fast(
                    p.reshape(-1), g.reshape(-1), exp_avg.reshape(-1), v, largest, step, lr, beta1, beta2, eps,
                    weight_decay, decoupled, maximize,
                )  # fmt: skip
                return
        reference.adam_step(
            self, p, g, exp_avg, exp_avg_sq, max_exp_avg_sq, scratch, step=step, lr=lr, beta1=beta1, beta2=beta2,
            eps=eps, weight_decay=weight_decay, decoupled=decoupled, maximize=maximize,
        )  # fmt: skip
