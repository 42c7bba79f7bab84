"""What one operation costs on small arrays, beside PyTorch in the same process.

    python benchmarks/overhead.py            # the table of ratios
    python benchmarks/overhead.py --check    # exit status 1 if a ratio is above its goal
    python benchmarks/overhead.py --chain    # the million-operation chain: recursion and memory

Each row is timed in alternating rounds of both libraries; the ratio of the medians is what counts, since absolute
times differ between machines. PyTorch runs with one thread, which is its faster setting at this size.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

import autograd
import nn
import optim

CHAIN = 100
SIZE = 16


def chain(step: Callable[[Any, Any], Any]) -> Callable[[Any, Any], None]:
    """Forward and backward of 100 times the same step."""

    def run(x: Any, ones: Any) -> None:
        y = x
        for _ in range(CHAIN):
            y = step(y, x)
        y.backward(ones)

    return run


def mix(x: Any, ones: Any) -> None:
    """Forward and backward of 100 operations of ten kinds."""
    y = x
    for _ in range(CHAIN // 10):
        a = y * x
        b = a + x
        c = b.tanh()
        d = c.exp()
        e = d - 1.5
        f = -e
        h = f.sigmoid()
        i = h / x
        j = i.relu()
        y = j.sqrt()
    y.backward(ones)


def mlp_step(torch: Any, nn: Any, optimizer: Callable) -> Callable[[], None]:
    """A whole training step of the XOR network 2-16-1, batch 4."""
    inputs = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    targets = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
    criterion = nn.MSELoss()
    updates = optimizer(model.parameters())

    def step() -> None:
        updates.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        updates.step()

    return step


def paired(ours: Callable[[], None], theirs: Callable[[], None], rounds: int, number: int) -> tuple[float, float]:
    """Median seconds of one call each, timed in turn so that both meet the same machine."""
    times: tuple[list[float], list[float]] = ([], [])
    for function in (ours, theirs):
        for _ in range(number):
            function()
    for _ in range(rounds):
        for function, found in zip((ours, theirs), times, strict=True):
            start = time.perf_counter()
            for _ in range(number):
                function()
            found.append((time.perf_counter() - start) / number)
    return statistics.median(times[0]), statistics.median(times[1])


def table(rounds: int) -> list[tuple[str, float, float, float]]:
    """Rows (what, ours in µs, PyTorch's in µs, goal for the ratio)."""
    import torch

    torch.set_num_threads(1)
    start = np.linspace(0.9, 1.1, SIZE, dtype=np.float32)
    mine, ones = autograd.tensor(start, requires_grad=True), autograd.ones(SIZE)
    other, torch_ones = torch.tensor(start, requires_grad=True), torch.ones(SIZE)
    programs: list[tuple[str, Callable, float]] = [
        ("100 x y*1.01, forward + backward", chain(lambda y, x: y * 1.01), 0.55),
        ("100 x y*x, forward + backward", chain(lambda y, x: y * x), 0.55),
        ("100 ops of 10 kinds, forward + backward", mix, 0.55),
    ]
    rows = []
    for name, program, goal in programs:
        seconds = paired(lambda p=program: p(mine, ones), lambda p=program: p(other, torch_ones), rounds, 10)
        rows.append((name, *seconds, goal))
    for name, ours, theirs in (
        ("XOR MLP step, SGD", lambda p: optim.SGD(p, lr=0.1), lambda p: torch.optim.SGD(p, lr=0.1)),
        ("XOR MLP step, Adam", lambda p: optim.Adam(p, lr=0.01), lambda p: torch.optim.Adam(p, lr=0.01)),
    ):
        seconds = paired(mlp_step(autograd, nn, ours), mlp_step(torch, torch.nn, theirs), rounds, 20)
        rows.append((name, *seconds, 0.6))
    return rows


def resident() -> int:
    """Bytes of memory the process holds now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def long_chain(length: int) -> tuple[int, int, int, int]:
    """Resident bytes before, at half of the chain, at its end, and after backward and release, with `gc` disabled."""
    x = autograd.ones(SIZE, requires_grad=True)
    for _ in range(2):  # the first round lets the allocator keep what it keeps
        x.grad = None
        gc.collect()
        gc.disable()
        before = resident()
        y = x
        for _ in range(length // 2):
            y = y * 1.0000001
        half = resident()
        for _ in range(length - length // 2):
            y = y * 1.0000001
        full = resident()
        y.backward(autograd.ones(SIZE))
        del y
        x.grad = None
        after = resident()
        gc.enable()
    return before, half, full, after


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--check", action="store_true", help="exit status 1 if a ratio is above its goal")
    parser.add_argument("--chain", type=int, nargs="?", const=1_000_000, help="measure a chain of this length instead")
    options = parser.parse_args()
    if options.chain:
        before, half, full, after = long_chain(options.chain)
        mb = 2.0**20
        print(f"{options.chain:,} operations: {(full - before) / options.chain:.0f} bytes each")
        print(f"growth of the second half / the first: {(full - half) / (half - before):.3f}")
        print(f"resident before {before / mb:.1f} MB, after {after / mb:.1f} MB: {after / before - 1:+.1%}")
        return int(options.check and abs(after / before - 1) > 0.05)
    rows = table(options.rounds)
    for name, ours, theirs, goal in rows:
        print(
            f"{name:42s} {ours * 1e6:9.1f} µs  PyTorch {theirs * 1e6:9.1f} µs  ratio {ours / theirs:.2f}  goal {goal}"
        )
    return int(options.check and any(ours / theirs > goal for _, ours, theirs, goal in rows))


if __name__ == "__main__":
    sys.exit(main())
