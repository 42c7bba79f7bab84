"""The checker finds what is wrong: mistakes planted on purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograd import ops
from autograd.backends.namespace import Backend
from autograd.differentiable import OPS, differentiable
from tests.ops import checker
from tests.ops.cases import Row, draw


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Registers an operation for the length of a test."""

    def register(function: Any) -> Any:
        op = function.op
        monkeypatch.setitem(OPS, op.name, op)
        monkeypatch.setitem(Backend.bodies, op.name, op.body)
        monkeypatch.setattr(ops, op.name, function, raising=False)
        return function

    return register


def test_a_right_gradient_passes(registered: Callable, device: str) -> None:
    @registered
    @differentiable(x=lambda xp, g, x: 3 * g * x * x)
    def cube(xp, x):
        return x * x * x

    row = Row("cube", (draw(2, 3),))
    for kind in ("float64", "complex128"):
        checker.check_first_order(row, checker.sample_all(row, kind), device)
        checker.check_second_order(row, checker.sample_all(row, kind), device)


def test_a_wrong_factor_fails(registered: Callable, device: str) -> None:
    @registered
    @differentiable(x=lambda xp, g, x: 2 * g * x * x)
    def cube(xp, x):
        return x * x * x

    row = Row("cube", (draw(2, 3),))
    with pytest.raises(AssertionError, match="cube: gradient along a direction"):
        checker.check_first_order(row, checker.sample_all(row), device)


def test_a_forgotten_conjugate_fails(registered: Callable, device: str) -> None:
    @registered
    @differentiable(x=lambda xp, g: g)
    def mirrored(xp, x):
        return xp.conj(x)

    row = Row("mirrored", (draw(2, 3),))
    checker.check_first_order(row, checker.sample_all(row), device)
    with pytest.raises(AssertionError, match="mirrored: gradient along a direction"):
        checker.check_first_order(row, checker.sample_all(row, "complex128"), device)


def test_a_wrong_second_derivative_fails(registered: Callable, device: str) -> None:
    @registered
    @differentiable(x=lambda xp, g: g)
    def doubled(xp, x):
        return 2 * x

    @registered
    @differentiable(x=lambda xp, g, x: g * xp.doubled(x))
    def squared(xp, x):
        return x * x

    row = Row("squared", (draw(2, 3),))
    checker.check_first_order(row, checker.sample_all(row), device)
    with pytest.raises(AssertionError, match="squared: second-order gradient along a direction"):
        checker.check_second_order(row, checker.sample_all(row), device)


def test_a_missing_gradient_fails(registered: Callable, device: str) -> None:
    @registered
    @differentiable(nondiff=True)
    def silent(xp, x):
        return 2 * x

    row = Row("silent", (draw(2, 3),))
    with pytest.raises(AssertionError, match="silent: no result requires a gradient"):
        checker.check_first_order(row, checker.sample_all(row), device)


def test_draws_keep_away_from_kinks_and_ties() -> None:
    row = Row("abs", (draw(40, avoid=(0.0,)), draw(40, distinct=True), draw(40, kind="int", low=-3, high=3)))
    apart, distinct, whole = checker.sample_all(row)
    assert abs(apart).min() >= 0.1
    assert len(set(distinct.round(2))) > 35 and whole.dtype == "int64" and abs(whole).max() <= 3
    again = checker.sample_all(row)
    assert all((a == b).all() for a, b in zip((apart, distinct, whole), again, strict=True))
