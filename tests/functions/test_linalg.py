"""Inverses, determinants, solvers and matrix functions where they refuse, and where matrices are singular or empty."""

from __future__ import annotations

import pytest
import torch

import autograd
from tests.arrays import to_numpy
from tests.functions.pairs import agree, refuse

SINGULAR = [[[1.0, 2.0], [2.0, 4.0]], [[2.0, 1.0], [1.0, 3.0]]]
REGULAR = [[4.0, 1.0], [2.0, 3.0]]

REFUSED = [
    (lambda m: m.linalg.inv(m.ones(2, 3)), "must be batches of square matrices, but they are 2 by 3"),
    (lambda m: m.linalg.inv(m.ones(3)), "at least 2 dimensions"),
    (lambda m: m.linalg.inv([[1.0]]), "Tensor"),
    (lambda m: m.linalg.inv(m.eye(2, dtype=m.int64)), "floating point"),
    (lambda m: m.linalg.inv(m.eye(2).half()), "Low precision"),
    (lambda m: m.linalg.solve(m.eye(2), m.ones(2, 1).double()), "dtype"),
    (lambda m: m.linalg.solve(m.eye(2), m.tensor(1.0)), "at least 1 dimension"),
    (lambda m: m.linalg.solve(m.eye(2), m.ones(3, 1)), "Incompatible shapes"),
    (lambda m: m.linalg.solve(m.eye(2).expand(3, 2, 2), m.ones(4, 2, 1)), "do not broadcast|must match"),
    (lambda m: m.linalg.solve(m.eye(2), m.ones(2), left=False), "left=False"),
    (lambda m: m.linalg.tensorinv(m.ones(4, 4), ind=0), "strictly positive integer"),
    (lambda m: m.linalg.tensorinv(m.ones(4, 3), ind=1), "tensorinv"),
    (lambda m: m.linalg.tensorsolve(m.ones(2, 3, 4), m.ones(2, 3)), "prod"),
    (lambda m: m.linalg.matrix_power(m.ones(2, 3), 2), "square"),
    (lambda m: m.linalg.cross(m.ones(3), m.ones(1, 3)), "same number of dimensions"),
    (lambda m: m.linalg.cross(m.ones(2), m.ones(2)), "must have length 3"),
    (lambda m: m.linalg.vander(m.ones(3), N=1), "N must be greater than 1"),
    (lambda m: m.linalg.diagonal(m.ones(2, 2), dim1=0, dim2=-2), "cannot be identical"),
    (lambda m: m.cross(m.ones(2, 2), m.ones(2, 2)), "no dimension of size 3"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


ALIKE = [
    lambda m: m.linalg.solve(m.tensor(REGULAR), m.tensor([[1.0, 2.0], [3.0, 5.0]]), left=False),
    lambda m: m.linalg.matrix_exp(m.ones(0, 2, 2)),
    lambda m: m.linalg.matrix_exp(m.ones(0, 0)),
    lambda m: m.linalg.matrix_power(m.tensor(REGULAR), 0),
    lambda m: m.linalg.matrix_power(m.tensor(REGULAR), -3),
    lambda m: m.linalg.vander(m.tensor([1, 2, 3], dtype=m.int32)),
    lambda m: m.linalg.vander(m.tensor(2.0), N=3),
    lambda m: m.logdet(m.tensor([[0.0, 1.0], [1.0, 0.0]])),
    lambda m: m.logdet(m.tensor([[1 + 2j, 0.5], [1.0, 1j]])),
    lambda m: m.slogdet(m.tensor(REGULAR)),
    lambda m: m.slogdet(m.tensor(REGULAR)).logabsdet,
    lambda m: m.linalg.tensorsolve(m.eye(6).reshape(2, 3, 6), m.ones(2, 3)),
    lambda m: m.linalg.tensorsolve(m.eye(6).reshape(6, 2, 3), m.ones(2, 3), dims=(0,)),
]


@pytest.mark.parametrize("call", ALIKE)
def test_rare_arguments(call):
    agree(call)


@pytest.mark.parametrize("name", ["inv_ex", "solve_ex"])
def test_info_says_which_matrices_are_singular(name):
    def call(m):
        more = (m.tensor([[1.0], [2.0]]),) if name == "solve_ex" else ()
        return getattr(m.linalg, name)(m.tensor(SINGULAR), *more)

    (ours, info), theirs = call(autograd), call(torch)
    assert info.tolist() == theirs.info.tolist() == [2, 0]
    assert to_numpy(ours[1]) == pytest.approx(theirs[0][1].numpy())
    assert not to_numpy(ours[0].isfinite()).any()


@pytest.mark.parametrize("name", ["inv_ex", "solve_ex"])
def test_errors_are_raised_on_request(name):
    more = (autograd.ones(2, 1),) if name == "solve_ex" else ()
    with pytest.raises(autograd.linalg.LinAlgError, match="Singular"):
        getattr(autograd.linalg, name)(autograd.tensor(SINGULAR), *more, check_errors=True)


OUT = {
    "inv_ex": lambda m, **out: m.linalg.inv_ex(m.tensor(REGULAR), **out),
    "solve_ex": lambda m, **out: m.linalg.solve_ex(m.tensor(REGULAR), m.ones(2, 1), **out),
    "geqrf": lambda m, **out: m.geqrf(m.tensor(REGULAR), **out),
    "qr": lambda m, **out: m.linalg.qr(m.tensor(REGULAR), **out),
}


@pytest.mark.parametrize("name", OUT)
def test_out_takes_every_part(name):
    def call(m):
        places = [m.empty(0), m.empty(0, dtype=m.int32 if name.endswith("_ex") else m.float32)]
        found = OUT[name](m, out=tuple(places))
        assert found[0] is places[0] and found[1] is places[1] and name in type(found).__name__
        return places

    agree(call)


def test_svd_without_vectors():
    agree(lambda m: m.svd(m.tensor([[3.0, 0.0, 0.0], [0.0, 4.0, 0.0]]), compute_uv=False))
