"""Operators on shapes that do not fit: refused as PyTorch refuses them, naming operation and shapes."""

from __future__ import annotations

import pytest

import autograd
from tests.functions.pairs import refuse

PRODUCTS = [
    ((2, 3), (2, 3), r"matmul: mat1 and mat2 shapes cannot be multiplied \(2x3 and 2x3\)"),
    ((2, 3), (2,), r"matmul: .* \(2x3 and 2\)"),
    ((4, 2, 3), (5, 3, 2), r"matmul: .* \(4x2x3 and 5x3x2\)"),
    ((2, 3), (), r"matmul: both arguments need to be at least 1D, .* \[2, 3\] and \[\]"),
]


@pytest.mark.parametrize(("a", "b", "message"), PRODUCTS)
def test_products(a, b, message):
    refuse(lambda m: m.ones(a) @ m.ones(b), message)
    refuse(lambda m: m.matmul(m.ones(a), m.ones(b)), message)
    refuse(lambda m: m.ones(a, requires_grad=True) @ m.ones(b), message)


OPERATORS = {
    "add": lambda a, b: a + b,
    "pow": lambda a, b: a**b,
    "greater": lambda a, b: a > b,
    "maximum": lambda a, b: a.maximum(b),
    "atan2": lambda a, b: a.atan2(b),
    "xlogy": lambda a, b: a.xlogy(b),
}


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_elementwise_operators(name, kind):
    """Of one type the call goes a short way, of two types a longer one."""

    def call(m):
        return OPERATORS[name](m.ones(2, 3), m.ones(4, dtype=getattr(m, kind)))

    refuse(call, rf"{name}: the shapes \[2, 3\] and \[4\] do not broadcast")


@pytest.mark.parametrize("other", [autograd.float32, autograd.float64])
def test_what_is_no_matter_of_shapes_keeps_its_message(other):
    @autograd.differentiable(elementwise=True, x=lambda xp, g: g, y=lambda xp, g: g)
    def picky(xp, x, y):
        raise ValueError("picky: not today")

    with pytest.raises(ValueError, match="picky: not today"):
        picky(autograd.ones(3), autograd.ones(3, dtype=other))


def test_an_operation_that_is_not_elementwise_keeps_its_message():
    @autograd.differentiable(x=lambda xp, g: g, y=lambda xp, g: g)
    def choosy(xp, x, y):
        raise ValueError("choosy: not today")

    with pytest.raises(ValueError, match="choosy: not today"):
        choosy(1.0, autograd.ones(4))
