"""Views and writing in place, judged by PyTorch: random short programs of both run in the two libraries.

    python tests/test_views.py --programs 50000     # as many as there is time for

A program makes views of a tensor in a graph, writes through some, reads others, and takes the gradient at the end; or one
of the two libraries refuses a step, and then the other has to.
"""

from __future__ import annotations

import argparse
import random
import sys
from typing import Any

import numpy as np
import pytest
import torch

import autograd

PROGRAMS = 2000
START = np.linspace(-1.0, 2.0, 12).reshape(3, 4)
OTHER = np.linspace(0.5, 1.5, 12).reshape(3, 4)


class Program:
    """Steps drawn from a seed, run on either library; what is drawn depends on shapes only, so both draw the same."""

    def __init__(self, seed: int):
        self.seed = seed

    def run(self, lib: Any) -> tuple[str, Any]:
        """("values", everything that came out) or ("error", the step that was refused)."""
        draw = random.Random(self.seed)
        x = lib.tensor(START.tolist(), dtype=lib.float64, requires_grad=True)
        w = lib.tensor(OTHER.tolist(), dtype=lib.float64, requires_grad=draw.random() < 0.7)
        base = x * 1.5 if draw.random() < 0.7 else (x.T * 1.5)  # the second is in column-major order
        tensors = [base if draw.random() < 0.8 else base.detach()]
        total = None
        for _ in range(draw.randint(2, 9)):
            try:
                total = self._step(lib, draw, tensors, x, w, total)
            except (RuntimeError, ValueError, IndexError, TypeError) as error:
                return "error", str(error)
        try:
            result = sum(((t * t).sum() for t in tensors), tensors[0].sum())
            result = result if total is None else result + total
            if not result.requires_grad:
                return "values", [result.item(), *(t.tolist() for t in tensors)]
            result.backward()
        except RuntimeError as error:
            return "error", str(error)
        found = [result.item(), *(t.detach().tolist() for t in tensors)]
        found += [None if leaf.grad is None else leaf.grad.tolist() for leaf in (x, w)]
        return "values", found

    def _step(self, lib: Any, draw: random.Random, tensors: list, x: Any, w: Any, total: Any) -> Any:
        t = tensors[draw.randrange(len(tensors))]
        kind, wanted = draw.random(), False
        if kind < 0.45:
            tensors.append(self._view(lib, draw, t))
        elif kind < 0.85:
            self._write(lib, draw, t, tensors, w)
        elif kind < 0.93:
            read = t * t if draw.random() < 0.5 else t.exp() * 0.1
            total = read.sum() if total is None else total + read.sum()
        elif kind < 0.97:
            tensors.append(t.detach())
        else:
            with lib.no_grad():
                if draw.random() < 0.5:
                    self._write(lib, draw, t, tensors, w)
                else:
                    view = self._view(lib, draw, t)
                    wanted = True
        if wanted and draw.random() < 0.7:  # written to, never read: PyTorch makes a leaf of it (its issue 11390)
            self._write(lib, draw, view, tensors, w)
        return total

    @staticmethod
    def _view(lib: Any, draw: random.Random, t: Any) -> Any:
        shape = tuple(t.shape)
        dims = len(shape)
        choices = ["all", "unsqueeze"]
        if dims:
            choices += ["select", "slice", "reshape", "transpose", "flat", "unbind", "narrow"]
        if dims == 2:
            choices += ["T", "diagonal", "expand"]
        kind = draw.choice(choices)
        if kind == "all":
            return t[...]
        if kind == "unsqueeze":
            return t.unsqueeze(draw.randint(0, dims)) if dims < 4 else t[...]
        dim = draw.randrange(dims)
        size = shape[dim]
        if kind == "select":
            place = draw.randrange(max(size, 1))
            return t.select(dim, place)
        if kind == "slice":
            start = draw.randint(0, size)
            return t[(slice(None),) * dim + (slice(start, None, draw.choice([1, 2])),)]
        if kind == "reshape":
            return t.reshape(-1, size)
        if kind == "transpose":
            return t.transpose(dim, draw.randrange(dims))
        if kind == "flat":
            return t.flatten()
        if kind == "unbind":
            parts = t.unbind(dim)
            return parts[draw.randrange(len(parts))]
        if kind == "narrow":
            return t.narrow(dim, 0, draw.randint(0, size))
        if kind == "T":
            return t.T
        if kind == "diagonal":
            return t.diagonal()
        return t.unsqueeze(0).expand(2, *shape)

    @staticmethod
    def _write(lib: Any, draw: random.Random, t: Any, tensors: list, w: Any) -> None:
        if any(step == 0 and size > 1 for step, size in zip(t.stride(), t.shape, strict=True)):
            return  # PyTorch lets some operations write to expanded memory, with a warning; here none may
        kind = draw.choice(["mul", "add", "zero", "fill", "copy", "set", "exp", "mask", "tensor"])
        if kind == "mul":
            t.mul_(1.25)
        elif kind == "add":
            t.add_(0.5)
        elif kind == "zero":
            t.zero_()
        elif kind == "fill":
            t.fill_(0.75)
        elif kind == "exp":
            t.copy_(t * t)
        elif kind == "mask":
            t.masked_fill_(t.detach() > 0.5, 0.25)
        elif kind == "set":
            if t.dim():
                t[0] = 0.3
            else:
                t[...] = 0.3
        else:
            source = w.flatten()[: t.numel()].reshape(t.shape) if t.numel() <= 12 else None
            if source is None:
                t.mul_(2.0)
            elif kind == "copy":
                t.copy_(source)
            else:
                t.mul_(source)


def disagreement(seed: int) -> str | None:
    """What differs between the two libraries in the program of a seed, None if nothing does."""
    (kind, got), (expected_kind, wanted) = Program(seed).run(autograd), Program(seed).run(torch)
    if expected_kind == "error" and "a leaf Variable that requires grad is being used" in wanted:
        # Where a tensor outside the graph gets into it by a write through one view, PyTorch takes its other views for
        # leaves and refuses to write through them; here they are views like any other.
        return None
    if kind != expected_kind:
        return f"{kind} {got!r} instead of {expected_kind} {wanted!r}"
    if kind == "error":  # some are found out when a view is read, others by PyTorch only at backward
        return None
    for position, (a, b) in enumerate(zip(got, wanted, strict=True)):
        if (a is None) != (b is None):
            return f"result {position}: {a} instead of {b}"
        if a is not None and not np.allclose(np.array(a, float), np.array(b, float), 1e-9, 1e-12, equal_nan=True):
            return f"result {position}: {a} instead of {b}"
    return None


@pytest.mark.cpu_only
@pytest.mark.parametrize("block", range(20))
def test_random_programs_agree_with_pytorch(block):
    count = PROGRAMS // 20
    for seed in range(block * count, (block + 1) * count):
        found = disagreement(seed)
        assert found is None, f"program {seed}: {found}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--programs", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    bad = [
        (seed, found)
        for seed in range(options.first, options.first + options.programs)
        if (found := disagreement(seed)) is not None
    ]
    for seed, found in bad[:20]:
        print(f"program {seed}: {found}")
    print(f"{options.programs} programs, {len(bad)} disagree")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
