"""Differences, numerical gradients and the trapezoidal rule where they refuse."""

from __future__ import annotations

import pytest

import autograd
from tests.functions.pairs import agree, refuse

REFUSED = [
    (lambda m: m.diff(m.tensor(1.0)), "at least one-dimensional"),
    (lambda m: m.diff(m.ones(2), n=-1), "non-negative"),
    (lambda m: m.diff(m.ones(2), prepend=m.ones(1, 1)), "same dimension"),
    (lambda m: m.gradient(m.ones(3), spacing=m.ones(3)), "spacing"),
    (lambda m: m.gradient(m.ones(3), spacing=[1.0, 2.0]), "spacing"),
    (lambda m: m.gradient(m.ones(3), edge_order=3), "edge_order"),
    (lambda m: m.gradient(m.ones(3, dtype=m.uint8)), "uint8"),
    (lambda m: m.gradient(m.ones(2), edge_order=2), "edge_order"),
    (lambda m: m.trapezoid(m.ones(3), m.ones(3), dx=1), "trapezoid"),
    (lambda m: m.trapezoid(m.ones(3), m.ones(2)), "must be one `x` value"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


ALIKE = [
    lambda m: m.diff(m.tensor([1.0, 4.0, 9.0]), n=0),
    lambda m: m.diff(m.tensor([1.0, 4.0]), n=5),
    lambda m: m.diff(m.tensor([True, False, True])),
    lambda m: m.trapezoid(m.ones(0)),
    lambda m: m.trapezoid(m.ones(2, 0)),
    lambda m: m.cumulative_trapezoid(m.tensor([[1.0, 2.0, 4.0]]), m.tensor([[0.0, 1.0, 3.0], [0.0, 2.0, 3.0]])),
    lambda m: m.gradient(m.tensor([1, 4, 9, 16]), spacing=2.0, edge_order=2),
    lambda m: m.gradient(m.tensor([1.0, 4.0, 9.0]), spacing=[m.tensor([0.0, 1.0, 3.0])], dim=0),
    lambda m: m.gradient(m.tensor([1.0, 4.0, 9.0]), spacing=m.tensor(2.0)),
    lambda m: m.gradient(m.tensor([[1.0, 4.0], [9.0, 16.0]]), spacing=[1.0, 2.0]),
]


@pytest.mark.parametrize("call", ALIKE)
def test_rare_arguments(call):
    agree(call)


def test_coordinates_of_another_size():
    with pytest.raises(
        RuntimeError, match="each element of spacing to have one dimension, of the size of the dim 0, 3"
    ):
        autograd.gradient(autograd.ones(3), spacing=[autograd.ones(2)])
