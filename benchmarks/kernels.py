"""The compiled kernels beside their references and beside PyTorch, in one process.

    python benchmarks/kernels.py              # a table of ratios; below 1 the compiled kernel is faster
    python benchmarks/kernels.py --threads 1  # everything on one thread

The rounds alternate, and the ratio of the shortest times is what counts: absolute times differ between machines.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

import autograd
from autograd.backends import backend_for, compiled

CPU = backend_for("cpu")
ADAM = {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.0, "maximize": False}
SGD = {"lr": 1e-3, "momentum": 0.9, "dampening": 0.0, "weight_decay": 0.0, "nesterov": False, "maximize": False}
Row = tuple[str, Callable[[], Any], Callable[[], Any]]


def shortest(functions: list[Callable[[], Any]], rounds: int) -> list[float]:
    """The least seconds that a call of each took."""
    numbers = []
    for function in functions:
        function()
        start = time.perf_counter()
        function()
        numbers.append(max(1, int(2e-3 / (time.perf_counter() - start))))
    best = [float("inf")] * len(functions)
    for _ in range(rounds):
        for place, (function, number) in enumerate(zip(functions, numbers)):
            start = time.perf_counter()
            for _ in range(number):
                function()
            best[place] = min(best[place], (time.perf_counter() - start) / number)
    return best


def optimizers(torch: Any, kind: str) -> Iterator[Row]:
    for size in (1 << 14, 1 << 16, 1 << 20):
        p, g, m, v, scratch = (np.random.default_rng(0).uniform(0.1, 1, size).astype(kind) for _ in range(5))
        weight = torch.nn.Parameter(torch.tensor(p))
        weight.grad = torch.tensor(g)
        for name, ours, theirs in (
            (
                "adam_step",
                lambda a=(p, g, m, v, None, scratch): CPU.adam_step(*a, step=9.0, decoupled=False, **ADAM),
                torch.optim.Adam([weight]).step,
            ),
            (
                "sgd_step",
                lambda a=(p, g, m, scratch): CPU.sgd_step(*a, **SGD),
                torch.optim.SGD([weight], momentum=0.9).step,
            ),
        ):
            yield f"{name} {size}", ours, theirs


def rows(torch: Any, kind: str) -> Iterator[Row]:
    for shape in ((1024, 16), (128, 256), (4096, 64), (64, 32000)):
        x = np.random.default_rng(0).standard_normal(shape).astype(kind)
        tensor = torch.tensor(x)
        for name in ("softmax", "log_softmax"):
            yield (
                f"{name} {shape}",
                partial(getattr(CPU, name), x, axis=-1),
                partial(getattr(torch, name), tensor, -1),
            )
        yield (
            f"standardize {shape}",
            lambda x=x: CPU.standardize(x, axes=(1,), eps=1e-5),
            lambda x=tensor: torch.native_layer_norm(x, x.shape[1:], None, None, 1e-5),
        )
    for shape in ((32, 16, 8, 8), (32, 32, 28, 28)):
        x = np.random.default_rng(0).standard_normal(shape).astype(kind)
        tensor = torch.tensor(x)
        yield (
            f"standardize {shape}, of channels",
            lambda x=x: CPU.standardize(x, axes=(0, 2, 3), eps=1e-5),
            lambda x=tensor: torch.native_batch_norm(x, None, None, None, None, True, 0.1, 1e-5),
        )
        options = {"kernel": (2, 2), "stride": (2, 2), "padding": (0, 0), "dilation": (1, 1), "ceil_mode": False}
        yield (
            f"max_pool_indices {shape}",
            lambda x=x, options=options: CPU.max_pool_indices(x, **options),
            lambda x=tensor: torch.nn.functional.max_pool2d(x, 2, return_indices=True),
        )


def additions(torch: Any, kind: str) -> Iterator[Row]:
    for size, count, width in ((1000, 128, 32), (10000, 4096, 128)):
        rng = np.random.default_rng(0)
        x, src = np.zeros((size, width), kind), rng.standard_normal((count, width)).astype(kind)
        index = rng.integers(0, size, count)
        wide = np.repeat(index[:, None], width, 1)
        label = f"{count} x {width} to {size}"
        mine, theirs = (x, index, src), tuple(map(torch.tensor, (x, index, src)))
        yield (
            f"index_add {label}",
            lambda a=mine: CPU.index_add(*a, axis=0),
            lambda a=theirs: torch.index_add(a[0], 0, *a[1:]),
        )
        yield (
            f"index_put {label}",
            lambda a=mine: CPU.index_put(a[0], a[2], index=(a[1],), accumulate=True),
            lambda a=theirs: torch.index_put(a[0], (a[1],), a[2], accumulate=True),
        )
        each = torch.tensor(wide)
        yield (
            f"scatter_add {label}",
            lambda a=(x, wide, src): CPU.scatter_add(*a, axis=0),
            lambda a=theirs, index=each: torch.scatter_add(a[0], 0, index, a[2]),
        )


def switched_off(function: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        with compiled.flags(enabled=False):
            function()

    return run


def main() -> None:
    import torch

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, help="of both libraries; all processors if not given")
    options = parser.parse_args()
    if options.threads:
        autograd.set_num_threads(options.threads)
        torch.set_num_threads(options.threads)
    if not compiled.is_available():
        print("Numba is not installed (pip install 'retrograd[fast]'): both ratios are those of the references")
    print(f"{'kernel':<48}{'compiled':>12}{'/ reference':>13}{'/ PyTorch':>11}")
    for kind in ("float32", "float64"):
        for family in (optimizers, rows, additions):
            for name, ours, theirs in family(torch, kind):
                fast, slow, other = shortest([ours, switched_off(ours), theirs], options.rounds)
                print(f"{kind} {name:<40}{fast * 1e6:>9.1f} µs{fast / slow:>13.2f}{fast / other:>11.2f}", flush=True)


if __name__ == "__main__":
    main()
