"""gather, scatter, index_* and take: refusals, and what happens with 0-d and empty tensors."""

from __future__ import annotations

import pytest

from tests.functions.pairs import agree, refuse


def i(m, *values):
    return m.tensor(list(values))


def ones(m, *shape):
    return m.ones(*shape)


REFUSED = [
    (lambda m: ones(m, 2).gather(0, ones(m, 2)), "index"),
    (lambda m: ones(m, 2, 2).gather(0, i(m, 0)), "same number of dimensions"),
    (lambda m: ones(m, 2, 2).gather(0, m.zeros(1, 3, dtype=m.int64)), "Size does not match|Expected index"),
    (lambda m: ones(m, 2, 2).take_along_dim(ones(m, 2, 2), 0), "take_along_dim"),
    (lambda m: ones(m, 2, 2).take_along_dim(i(m, 0), 0), "same number of dimensions"),
    (lambda m: ones(m, 2).scatter(0, i(m, 0), ones(m, 2).double()), "dtype"),
    (lambda m: ones(m, 2).scatter(0, i(m, 0, 1), ones(m, 1)), "Expected index"),
    (lambda m: ones(m, 2).scatter(0, i(m, 0), ones(m, 1, 1)), "same number of dimensions"),
    (lambda m: ones(m, 2).scatter(0, i(m, 0), ones(m, 1), reduce="x"), "either add or multiply"),
    (lambda m: ones(m, 2).scatter_reduce(0, i(m, 0), ones(m, 1), "x"), "reduce argument must be either"),
    (lambda m: ones(m, 2).index_select(0, m.zeros(1, 1, dtype=m.int64)), "vector"),
    (lambda m: m.tensor(1.0).index_select(0, i(m, 0, 0)), "scalar"),
    (lambda m: ones(m, 2).index_add(0, i(m, 0), ones(m, 1).double()), "same (dtype|scalar type)"),
    (lambda m: ones(m, 2, 2).index_add(0, i(m, 0), ones(m, 1, 3)), "does not match|source"),
    (lambda m: ones(m, 2).index_fill(0, i(m, 0), ones(m, 1)), "0-dimensional value"),
    (lambda m: ones(m, 2).index_put((i(m, 0),), ones(m, 1).double()), "dtypes match"),
    (lambda m: ones(m, 0).take(i(m, 0)), "empty tensor"),
    (lambda m: ones(m, 2).put(i(m, 0), ones(m, 2)), "same number of elements"),
    (lambda m: ones(m, 2).put(i(m, 0), ones(m, 1).double()), "same dtype"),
    (lambda m: m.gather(ones(m, 2), 0, i(m, 0), out=m.empty(1).double()), "dtype"),
    (lambda m: (lambda x: m.gather(x, 0, i(m, 1, 0), out=x[:2]))(ones(m, 4)), "memory"),
    (lambda m: m.gather(ones(m, 2), True, i(m, 0)), "must be int"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


NONE = [
    lambda m: ones(m, 2).scatter(0, m.empty(0, dtype=m.int64), ones(m, 2)),
    lambda m: ones(m, 2).scatter_add(0, m.empty(0, dtype=m.int64), ones(m, 2)),
    lambda m: ones(m, 2).scatter_reduce(0, m.empty(0, dtype=m.int64), ones(m, 2), "sum"),
    lambda m: ones(m, 2).gather(0, m.empty(0, dtype=m.int64)),
    lambda m: ones(m, 0).take(m.empty(0, dtype=m.int64)),
]

ALIKE = [
    lambda m: m.tensor([1.0, 2.0]).scatter_reduce(0, i(m, 1, 1), m.tensor([3.0, 4.0, 5.0]), "prod"),
    lambda m: m.tensor([1.0, 2.0]).scatter(0, i(m, 1), m.tensor([3.0]), reduce="add"),
    lambda m: m.tensor([1.0, 2.0]).scatter(0, i(m, 1), 3.0, reduce="multiply"),
    lambda m: m.tensor([1.0, 2.0]).index_add(0, i(m, 1, 1), m.tensor([3.0, 4.0]), alpha=2),
    lambda m: m.tensor([1.0, 2.0]).index_add(0, i(m, 1, 1), m.tensor([3.0, 4.0])),
    lambda m: m.tensor(1.0).index_select(0, i(m, 0)),
    lambda m: m.tensor([1.0, 2.0]).take_along_dim(i(m, 1, 0, 0)),
    lambda m: m.tensor([1, 2]).index_fill(0, i(m, 1), m.tensor(7)),
]


@pytest.mark.filterwarnings("ignore:The reduce argument of torch.scatter:UserWarning")
@pytest.mark.parametrize("call", NONE + ALIKE)
def test_rare_arguments(call):
    agree(call)


OUTSIDE = [
    *(lambda m, name=name: getattr(ones(m, 2), name)(0, i(m, 5)) for name in ("gather", "index_select")),
    *(
        lambda m, name=name: getattr(ones(m, 2), name)(0, i(m, 5), ones(m, 1))
        for name in ("scatter", "scatter_add", "index_add", "index_copy")
    ),
    lambda m: ones(m, 2).index_fill(0, i(m, 5), 1.0),
    lambda m: ones(m, 2).take(i(m, -3)),
    lambda m: ones(m, 2).put(i(m, 5), ones(m, 1)),
]


@pytest.mark.cpu_only
@pytest.mark.parametrize("call", OUTSIDE)
def test_places_outside(call):
    """A GPU does not look: this would wait for it."""
    refuse(call, "out of bounds")
