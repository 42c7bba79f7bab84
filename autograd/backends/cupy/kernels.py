"""CUDA kernels: faster versions of reference kernels, compiled when first used.

A version that cannot take its arguments hands them to the reference. `install` is what switches all of them on.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograd.backends.cupy.sparse import csr_matmul
from autograd.backends.namespace import Backend

Array = Any

OPTIONS = ("--std=c++17",)
# Source file -> the C names of its instances.
INSTANCES = {"adam.cu": ("adam_step<float>", "adam_step<double>")}
_C_TYPES = {"float32": "float", "float64": "double"}
_THREADS, _BLOCKS = 256, 4096


def source(name: str) -> str:
    """The text of a source file."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@functools.cache
def _function(library: Any, device: int, file: str, instance: str) -> Callable:
    """A compiled instance; CuPy loads a module into one device, and keeps what it compiled on disk."""
    module = library.RawModule(code=source(file), options=OPTIONS, name_expressions=INSTANCES[file])
    return module.get_function(instance)


def adam_step(
    xp: Any,
    reference: Callable,
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
    """The reference's update in one launch, for contiguous parameters in single or double precision."""
    buffers = [array for array in (p, g, exp_avg, exp_avg_sq, max_exp_avg_sq) if array is not None]
    c_type = _C_TYPES.get(p.dtype.name)
    if c_type is None or any(a.dtype != p.dtype or a.shape != p.shape or not a.flags.c_contiguous for a in buffers):
        reference(
            p, g, exp_avg, exp_avg_sq, max_exp_avg_sq, scratch, step=step, lr=lr, beta1=beta1, beta2=beta2, eps=eps,
            weight_decay=weight_decay, decoupled=decoupled, maximize=maximize,
        )  # fmt: skip
        return
    if not p.size:
        return
    root = math.sqrt(1.0 - beta2**step)
    kind = p.dtype.type
    numbers = (
        lr / (1.0 - beta1**step) * root,
        beta1,
        beta2,
        eps * root,
        0.0 if decoupled else weight_decay,
        1.0 - lr * weight_decay if decoupled else 1.0,
        -1.0 if maximize else 1.0,
    )
    function = _function(xp.library, xp.device.index, "adam.cu", f"adam_step<{c_type}>")
    blocks = min(_BLOCKS, -(-p.size // _THREADS))
    with xp.here():
        function(
            (blocks,),
            (_THREADS,),
            (p, g, exp_avg, exp_avg_sq, 0 if max_exp_avg_sq is None else max_exp_avg_sq, p.size, *map(kind, numbers)),
        )


KERNELS: dict[str, Callable] = {"adam_step": adam_step, "csr_matmul": csr_matmul}


def install(backend: Backend) -> None:
    """Put the kernels into a backend in place of the references."""
    for name, kernel in KERNELS.items():
        reference = getattr(backend, name, None)
        if reference is not None:
            setattr(backend, name, functools.partial(kernel, backend, reference))
