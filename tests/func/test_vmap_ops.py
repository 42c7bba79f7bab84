"""Every operation of the table under vmap: the same as a loop over the slices, its gradients too."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest

import autograd
from autograd import ops
from autograd.differentiable import OPS
from autograd.func import vmap
from tests.arrays import to_numpy
from tests.ops import checker
from tests.ops.cases import Row, all_rows

SLICES = 3
# The table's rows of these pick their own level, or have results whose shape depends on the data.
ELSEWHERE = {"batch", "unbatch", "lift", "collapse", "nonzero", "transfer"} | {"gamma_sample"}  # its row asks SciPy
ROWS = [row for row in all_rows() if row.op not in ELSEWHERE]


def drawn(row: Row, seed: int) -> list:
    rng = np.random.default_rng([zlib.crc32(checker.name_of(row).encode()), seed])
    return [checker.sample(spec, rng) for spec in row.args]


def stacked(row: Row, kept: int | None) -> tuple[list, list]:
    """(arguments with a dim in front, which are mapped): all but the one number `kept`."""
    slices = [drawn(row, seed) for seed in range(SLICES)]
    found, dims = [], []
    for position, values in enumerate(zip(*slices, strict=True)):
        mapped = values[0] is not None and position != kept
        found.append(np.stack(values) if mapped else values[0])
        dims.append(0 if mapped else None)
    return found, dims


def slices_of(args: list, dims: list, number: int) -> list:
    return [arg if dim is None else arg[number] for arg, dim in zip(args, dims, strict=True)]


def check(row: Row, kept: int | None, device: Any) -> None:
    arrays, dims = stacked(row, kept)

    def function(*args: Any) -> tuple:
        return tuple(checker.call(row, list(args)))

    args, others = checker.tensors(row, arrays, device), checker.tensors(row, arrays, device)
    found = vmap(function, in_dims=tuple(dims))(*args)
    rows = [function(*slices_of(others, dims, number)) for number in range(SLICES)]
    expected = [ops.stack(*parts, axis=0) for parts in zip(*rows, strict=True)]
    for one, other in zip(found, expected, strict=True):
        assert one.shape == other.shape and one.dtype == other.dtype
        np.testing.assert_allclose(to_numpy(one), to_numpy(other), rtol=1e-7, atol=1e-9)
    if not row.order:
        return
    slopes = []
    for outs, inputs in ((found, args), (expected, others)):
        rng = np.random.default_rng(3)
        able = [out for out in outs if out.requires_grad]
        leaves = [arg for arg in inputs if arg is not None and arg.requires_grad]
        seeds = [checker.tensor_like(seed, out) for seed, out in zip(checker.seeds(able, rng), able, strict=True)]
        slopes.append(autograd.grad(able, leaves, seeds, create_graph=row.order > 1, materialize_grads=True))
    for one, other in zip(*slopes, strict=True):
        np.testing.assert_allclose(to_numpy(one), to_numpy(other), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("row", ROWS, ids=[checker.name_of(row) for row in ROWS])
def test_mapping_equals_a_loop(row: Row, device: str) -> None:
    check(row, None, device)


SEVERAL = [row for row in ROWS if sum(spec is not None for spec in row.args) > 1]


@pytest.mark.parametrize("row", SEVERAL, ids=[checker.name_of(row) for row in SEVERAL])
def test_an_argument_that_is_not_mapped(row: Row, device: str) -> None:
    for kept in range(len(row.args)):
        if row.args[kept] is not None:
            check(row, kept, device)


def test_the_table_is_used() -> None:
    assert len({row.op for row in ROWS}) > len(OPS) - len(ELSEWHERE) - 1


def test_gamma_samples_differ_and_are_differentiable():
    from autograd.distributions import Gamma

    def draw(a):
        return Gamma(a, autograd.ones(()), validate_args=False).rsample()  # the check reads values

    shapes = autograd.full((50,), 2.0, requires_grad=True)
    samples = autograd.vmap(draw, randomness="different")(shapes)
    assert len(set(samples.tolist())) == 50
    samples.sum().backward()
    assert (shapes.grad > 0).all()
