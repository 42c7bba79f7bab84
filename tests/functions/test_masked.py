"""`autograd.masked`: types of least elements, weights, refusals."""

from __future__ import annotations

import pytest
import torch

import autograd
from tests.functions.pairs import compare


def test_without_a_mask():
    x = [[1.0, 2.0], [3.0, 4.0]]
    compare(autograd.masked.sum(autograd.tensor(x), 1), torch.masked.sum(torch.tensor(x), 1), "sum")
    compare(autograd.masked.amax(autograd.tensor([1, 2]), 0), torch.masked.amax(torch.tensor([1, 2]), 0), "amax")


def test_least_of_booleans():
    x, mask = autograd.tensor([True, False]), autograd.tensor([False, True])
    assert autograd.masked.amax(x, 0, mask=mask).item() is False
    assert autograd.masked.amin(autograd.tensor([True, True]), 0, mask=mask).item() is True


@pytest.mark.parametrize("kind", ["int32", "uint8", "float64"])
def test_least_elements_do_not_count(kind):
    def call(t):
        x = t.tensor([1, 7, 3], dtype=getattr(t, kind))
        mask = t.tensor([True, False, True])
        return t.masked.amax(x, 0, mask=mask), t.masked.amin(x, 0, mask=mask)

    compare(call(autograd), call(torch), kind)


def test_refusals():
    x = autograd.tensor([1.0, 2.0])
    with pytest.raises(TypeError, match="must be a boolean tensor"):
        autograd.masked.sum(x, mask=x)
    with pytest.raises(ValueError, match="floating type"):
        autograd.masked.median(autograd.tensor([1, 2]), 0)
    with pytest.raises(ValueError, match="not both"):
        autograd.masked.var(x, 0, True, correction=1)
