"""Norms, conditions and least squares: refusals, empty tensors, other types."""

from __future__ import annotations

import pytest

from tests.functions.pairs import agree, refuse

TALL = [[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]]
REGULAR = [[4.0, 1.0], [2.0, 3.0]]

REFUSED = [
    (lambda m: m.linalg.vector_norm(m.ones(2), ord="x"), "must be Number"),
    (lambda m: m.linalg.vector_norm(m.ones(2), dtype=m.int64), "dtype should be floating point"),
    (lambda m: m.linalg.vector_norm(m.ones(2, dtype=m.complex64), dtype=m.float32), "dtype should be complex"),
    (lambda m: m.linalg.vector_norm(m.ones(2).double(), dtype=m.float32), "without narrowing"),
    (lambda m: m.linalg.vector_norm(m.ones(2, 0), ord=float("inf"), dim=1), "does not have an identity"),
    (lambda m: m.linalg.vector_norm(m.ones(0), ord=-1), "does not have an identity"),
    (lambda m: m.linalg.matrix_norm(m.ones(2, 2), dim=(0,)), "2-tuple"),
    (lambda m: m.linalg.matrix_norm(m.ones(2, 2), dim=(0, -2)), "must be different"),
    (lambda m: m.linalg.matrix_norm(m.ones(2)), "at least 2 dimensions"),
    (lambda m: m.linalg.matrix_norm(m.ones(2, 2), ord=3), "Order 3 not supported"),
    (lambda m: m.linalg.matrix_norm(m.ones(2, 2).half(), ord="nuc"), "Low precision"),
    (lambda m: m.linalg.norm(m.ones(2, 2, 2), 2, dim=(0, 1, 2)), "length 1 or 2"),
    (lambda m: m.linalg.norm(m.ones(2, 2, 2), 2), "1D or 2D"),
    (lambda m: m.linalg.norm(m.ones(2), "fro"), "matri"),
    (lambda m: m.norm(m.ones(2), "x"), "norm"),
    (lambda m: m.linalg.cond(m.ones(2, 2), p=3), "invalid norm type|not supported"),
    (lambda m: m.linalg.cond(m.ones(2, 3), p=1), "square"),
    (lambda m: m.linalg.lstsq(m.ones(2, 2), m.ones(2, 1), driver="x"), "driver"),
    (lambda m: m.linalg.lstsq(m.ones(2, 2), m.tensor(1.0)), "at least 1 dimension"),
    (lambda m: m.linalg.lstsq(m.ones(2, 2), m.ones(3, 1)), "should match"),
    (lambda m: m.cdist(m.ones(2), m.ones(2)), "two dimensions"),
    (lambda m: m.cdist(m.ones(2, 2), m.ones(2, 2), p=-1), "non-negative p"),
    (lambda m: m.cdist(m.ones(2, 2), m.ones(2, 2), compute_mode="x"), "not a valid value for compute_mode"),
    (lambda m: m.renorm(m.ones(2, 2), 0, 0, 1.0), "non-positive-norm"),
    (lambda m: m.renorm(m.ones(2, 2), 2, 0, -1.0), "maxnorm"),
    (lambda m: m.renorm(m.ones(2), 2, 0, 1.0), "at least 2 dimensions"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


ALIKE = [
    lambda m: m.linalg.vector_norm(m.ones(2), dtype=m.float64),
    lambda m: m.linalg.matrix_norm(m.ones(0, 3), ord=1),
    lambda m: m.linalg.cond(m.ones(3, 0, 0)),
    lambda m: m.linalg.cond(m.ones(3, 0, 0), p=1),
    lambda m: m.linalg.cond(m.tensor([REGULAR, [[1.0, 2.0], [2.0, 4.0]]]), p="fro"),
    lambda m: m.linalg.cond(m.tensor(REGULAR), p=-1),
    lambda m: m.linalg.cond(m.tensor(REGULAR), p=-2),
    lambda m: m.norm(m.tensor(TALL), "nuc"),
    lambda m: m.linalg.matrix_norm(m.tensor([TALL, TALL]), "nuc", dim=(1, 2), keepdim=True),
    lambda m: m.linalg.matrix_norm(m.tensor([TALL, TALL]), -2, dim=(2, 0)),
]


@pytest.mark.parametrize("call", ALIKE)
def test_rare_arguments(call):
    agree(call)


@pytest.mark.parametrize("order", [2, -2, 1, float("inf"), "nuc"])
def test_a_matrix_without_elements(order):
    def call(m):
        return m.linalg.matrix_norm(m.ones(0, 0), order)

    if order == -2:
        refuse(call, "matrices without")
    else:
        agree(call)


@pytest.mark.parametrize("driver", ["gels", "gelsd", "gelss"])
def test_least_squares_have_residuals_where_there_are_more_rows(driver):
    agree(lambda m: m.linalg.lstsq(m.tensor(TALL), m.tensor([[1.0], [2.0], [4.0]]), driver=driver)[:2])
