"""Counts and histograms: refusals, edges, weights and densities."""

from __future__ import annotations

import pytest

from tests.functions.pairs import agree, refuse

POINTS = [[0.0, 1.0], [1.0, 0.5], [0.25, 0.75], [0.5, 0.5]]

REFUSED = [
    (lambda m: m.bincount(m.tensor([1]), minlength=-1), "minlength should be >= 0"),
    (lambda m: m.bincount(m.tensor([1.0])), "bincount"),
    (lambda m: m.bincount(m.tensor([-1])), "non-negative"),
    (lambda m: m.bincount(m.ones(2, 2, dtype=m.int64)), "1-d"),
    (lambda m: m.bincount(m.tensor([1, 2]), m.ones(3)), "same length"),
    (lambda m: m.histc(m.tensor([1.0]), bins=0), "bins must be > 0"),
    (lambda m: m.histc(m.tensor([1]), bins=2), "histc"),
    (lambda m: m.histc(m.tensor([float("inf")]), bins=2), "not finite"),
    (lambda m: m.histc(m.tensor([1.0]), bins=2, min=2, max=1), "max must be larger than min"),
    (lambda m: m.histogramdd(m.ones(2), [2]), "at least 2 dimensions"),
    (lambda m: m.histogramdd(m.ones(2, 2, dtype=m.int64), [2, 2]), "not implemented for"),
    (lambda m: m.histogramdd(m.ones(2, 2), [2]), "bins"),
    (lambda m: m.histogramdd(m.ones(2, 2), [2, 0]), "must be > 0"),
    (lambda m: m.histogramdd(m.ones(2, 1), [m.ones(2, 2)]), "one dimension"),
    (lambda m: m.histogramdd(m.ones(2, 1), [m.tensor([0, 1])]), "type"),
    (lambda m: m.histogramdd(m.ones(2, 2), [2, 2], range=[0.0, 1.0]), "range should have"),
    (lambda m: m.histogramdd(m.ones(2, 2), [2, 2], weight=m.ones(3)), "weight"),
    (lambda m: m.histogramdd(m.ones(2, 2), [2, 2], weight=m.ones(2).double()), "weight"),
    (lambda m: m.histogram(m.ones(2), 2, weight=m.ones(3)), "same shape"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


ALIKE = [
    lambda m: m.bincount(m.tensor([0, 2, 2]), m.tensor([1.0, 2.0, 3.0]), minlength=5),
    lambda m: m.bincount(m.tensor([0, 2, 2]), m.tensor([1, 2, 3])),
    lambda m: m.histogramdd(m.tensor(POINTS), 2),
    lambda m: m.histogramdd(m.tensor(POINTS), [2, 3], density=True),
    lambda m: m.histogramdd(m.tensor(POINTS), [m.tensor([0.0, 0.3, 1.0]), m.tensor([0.5, 1.0])]),
    lambda m: m.histogramdd(m.tensor(POINTS), [2, 2], weight=m.tensor([1.0, 2.0, 3.0, 4.0])),
    lambda m: m.histogram(m.tensor([0.0, 1.0, 1.5]), m.tensor([0.0, 1.0, 2.0])),
    lambda m: m.histogram(m.tensor([1.0, 1.0]), 2, range=(1.0, 1.0)),
    lambda m: m.histogram(m.ones(0), 2),
    lambda m: m.histogram(m.tensor([0.0, 1.0]), 2, density=True),
    lambda m: m.histc(m.tensor([1.0, 1.0]), bins=3),
    lambda m: m.histc(m.ones(0), bins=3),
    lambda m: m.histogram(m.tensor([0.0, 1.0]), 2, out=(m.empty(0), m.empty(0))),
]


@pytest.mark.parametrize("call", ALIKE)
def test_rare_arguments(call):
    agree(call)
