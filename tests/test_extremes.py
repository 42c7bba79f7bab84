"""Elementwise functions where their arguments are infinite, not numbers, or plain Python numbers."""

from __future__ import annotations

import math

import pytest
import torch

import autograd
from tests.arrays import to_numpy

POINTS = [-math.inf, -2.5, -1.0, -0.0, 0.0, 0.5, 3.0, math.inf, math.nan]


@pytest.mark.parametrize(
    "name",
    [
        "sign",
        "sgn",
        "lgamma",
        "digamma",
        "special.spherical_bessel_j0",
        "special.entr",
        "sigmoid",
        "relu",
        "angle",
        "erf",
    ],
)
def test_infinities_and_nan(name: str) -> None:
    ours, theirs = autograd, torch
    for part in name.split("."):
        ours, theirs = getattr(ours, part), getattr(theirs, part)
    found = to_numpy(ours(autograd.tensor(POINTS, dtype=autograd.float64)))
    wanted = theirs(torch.tensor(POINTS, dtype=torch.float64))
    torch.testing.assert_close(torch.from_numpy(found), wanted, equal_nan=True)


def test_polygamma_at_minus_infinity() -> None:
    assert math.isnan(autograd.polygamma(1, autograd.tensor(-math.inf)).item())


@pytest.mark.parametrize("name", ["add", "sub", "mul", "div", "floor_divide"])
def test_two_numbers(name: str) -> None:
    found, wanted = (getattr(library, name)(7, 2.0) for library in (autograd, torch))
    assert found.item() == wanted.item()
    assert str(found.dtype).removeprefix("autograd.") == str(wanted.dtype).removeprefix("torch.")


def test_degrees_that_would_take_forever() -> None:
    with pytest.raises(RuntimeError, match="degrees above"):
        autograd.special.legendre_polynomial_p(autograd.tensor([0.5]), 10**9)


def test_comparison_with_what_is_no_number() -> None:
    x = autograd.tensor([1.0])
    assert (x == None) is False  # noqa: E711
    assert (x != "a") is True
