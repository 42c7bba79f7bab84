"""`einsum`: refusals, lists of labels in place of an equation, sizes of 1."""

from __future__ import annotations

import pytest

from tests.functions.pairs import agree, refuse

REFUSED = [
    (lambda m: m.einsum(), "must specify the equation"),
    (lambda m: m.einsum("ij"), "at least one operand"),
    (lambda m: m.einsum(m.ones(2), [52]), "must be"),
    (lambda m: m.einsum("i", [1.0]), "Tensor"),
    (lambda m: m.einsum("i,i", m.ones(2)), "fewer operands"),
    (lambda m: m.einsum("i", m.ones(2), m.ones(2)), "more operands"),
    (lambda m: m.einsum("1", m.ones(2)), r"\[a-zA-Z\]"),
    (lambda m: m.einsum("ij", m.ones(2)), "does not match the number of dimensions|number of subscripts"),
    (lambda m: m.einsum("i->ii", m.ones(2)), "more than once"),
    (lambda m: m.einsum("i->j", m.ones(2)), "does not appear"),
    (lambda m: m.einsum("ii", m.ones(2, 3)), "repeated for one operand"),
    (lambda m: m.einsum("i,i", m.ones(2), m.ones(3)), "do not broadcast"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


def grid(m, *shape):
    count = 1
    for size in shape:
        count *= size
    return m.arange(count, dtype=m.float32).reshape(shape)


ALIKE = [
    lambda m: m.einsum(grid(m, 2, 3), [0, 1], grid(m, 3), [1], [0]),
    lambda m: m.einsum(grid(m, 2, 3), [0, 27], grid(m, 3), [27]),
    lambda m: m.einsum(grid(m, 2, 2, 3), [..., 1], grid(m, 3), [1], [...]),
    lambda m: m.einsum("ij,jk", [grid(m, 2, 3), grid(m, 3, 2)]),
    lambda m: m.einsum("ba", grid(m, 2, 3)),
    lambda m: m.einsum("...i,i", grid(m, 2, 3), grid(m, 3)),
    lambda m: m.einsum("ij,jk->ik", grid(m, 2, 1), grid(m, 3, 2)),
    lambda m: m.einsum("ij,jk->ik", grid(m, 2, 3), grid(m, 1, 2)),
    lambda m: m.einsum("i->...i", grid(m, 3)),
    lambda m: m.einsum("ii->i", grid(m, 3, 3)),
]


@pytest.mark.parametrize("call", ALIKE)
def test_forms(call):
    agree(call)
