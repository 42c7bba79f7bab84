"""Factorizations: refusals, failures on purpose, rare modes."""

from __future__ import annotations

import pytest
import torch

import autograd
from tests.arrays import to_numpy
from tests.functions.pairs import agree, refuse

INDEFINITE = [[[1.0, 0.0], [0.0, -1.0]], [[2.0, 0.5], [0.5, 2.0]]]
WIDE = [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]


def factors(m):
    return m.linalg.lu_factor(m.tensor([[1.0, 2.0], [3.0, 5.0]]))


REFUSED = [
    (lambda m: m.linalg.qr(m.eye(2), mode="x"), "unrecognized mode 'x'"),
    (lambda m: m.linalg.householder_product(m.ones(2, 3), m.ones(2)), "greater than or equal"),
    (lambda m: m.linalg.householder_product(m.ones(3, 2), m.ones(3)), "householder_product"),
    (lambda m: m.ormqr(m.ones(3, 2), m.ones(2), m.ones(2, 2)), "ormqr"),
    (lambda m: m.linalg.eigh(m.eye(2), UPLO="x"), "UPLO argument to be 'L' or 'U'"),
    (lambda m: m.linalg.eig(m.tensor([[float("nan")]])), "infs or NaNs"),
    (lambda m: m.svd_lowrank(m.ones(3, 2), q=-1), "negative"),
    (lambda m: m.pca_lowrank(m.ones(3, 2), q=3), "non-negative integer and not greater than"),
    (lambda m: m.lu_unpack(factors(m)[0], factors(m)[1].long()), "int32"),
    (lambda m: m.linalg.lu_solve(factors(m)[0], factors(m)[1][:1], m.ones(2, 1)), "pivots"),
    (lambda m: m.linalg.ldl_solve(m.eye(2), m.ones(2), m.ones(2, 1)), "pivots"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


@pytest.mark.parametrize("upper", [False, True])
def test_info_says_which_matrices_are_not_positive_definite(upper):
    def call(m):
        return m.linalg.cholesky_ex(m.tensor(INDEFINITE), upper=upper)

    ours, theirs = call(autograd), call(torch)
    assert ours.info.tolist() == theirs.info.tolist() == [2, 0]
    assert to_numpy(ours.L[1]) == pytest.approx(theirs.L[1].numpy())


FAILING = {
    "cholesky_ex": lambda m: m.linalg.cholesky_ex(m.tensor(INDEFINITE), check_errors=True),
    "cholesky": lambda m: m.linalg.cholesky(m.tensor(INDEFINITE)),
    "lu_factor_ex": lambda m: m.linalg.lu_factor_ex(m.zeros(2, 2), check_errors=True),
    "ldl_factor": lambda m: m.linalg.ldl_factor(m.zeros(2, 2)),
    "ldl_factor_ex": lambda m: m.linalg.ldl_factor_ex(m.zeros(2, 2), check_errors=True),
    "inv": lambda m: m.linalg.inv(m.zeros(2, 2)),
}


@pytest.mark.parametrize("name", FAILING)
def test_failures(name):
    with pytest.raises(RuntimeError):
        FAILING[name](torch)
    with pytest.raises(autograd.linalg.LinAlgError, match=r"[Ss]ingular|positive"):
        FAILING[name](autograd)


@pytest.mark.parametrize("mode", ["complete", "r"])
def test_there_is_no_gradient_where_q_is_not_unique(mode):
    x = autograd.tensor([[1.0], [2.0], [2.0]], requires_grad=True)
    with pytest.raises(RuntimeError, match="differentiable only when mode='reduced'"):
        autograd.linalg.qr(x, mode=mode).R.sum().backward()


def test_complete_and_r_modes():
    agree(lambda m: m.linalg.qr(m.tensor(WIDE), mode="r"))
    agree(lambda m: m.linalg.qr(m.tensor(WIDE).mT, mode="complete").R.abs())


@pytest.mark.parametrize("transpose", [False, True])
@pytest.mark.parametrize("left", [False, True])
def test_ormqr_multiplies_on_either_side(left, transpose):
    def call(m):
        a, tau = m.geqrf(m.tensor(WIDE).mT)
        other = m.tensor(WIDE) if not left else m.tensor(WIDE).mT
        return m.ormqr(a, tau, other, left=left, transpose=transpose)

    agree(call)


def test_pivots_of_another_shape():
    with pytest.raises(RuntimeError, match="pivots have shape"):
        autograd.lu_unpack(factors(autograd)[0], factors(autograd)[1][:1])


def test_unpacking_nothing():
    agree(lambda m: m.lu_unpack(*factors(m), unpack_data=False, unpack_pivots=False))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("q", [2, None])
def test_low_rank_factors_give_back_a_matrix_of_low_rank(turned, q):
    a = autograd.tensor([[float(i * j + i) for j in range(8)] for i in range(9)])
    a = a.mT if turned else a
    u, s, v = autograd.svd_lowrank(a, q=q)
    assert to_numpy(u @ autograd.diag(s) @ v.mT) == pytest.approx(to_numpy(a), abs=1e-3)
    assert s.shape[0] == (q or 6)
    moved = autograd.svd_lowrank(a + 1, q=2, M=autograd.ones_like(a))
    assert to_numpy(moved[1]) == pytest.approx(to_numpy(s[:2]), rel=1e-4, abs=1e-3)


@pytest.mark.parametrize("center", [False, True])
def test_principal_components(center):
    x = autograd.tensor([[float((3 * i + 5 * j) % 7) for j in range(3)] for i in range(6)], dtype=autograd.float64)
    _, s, _ = autograd.pca_lowrank(x, center=center)
    kept = torch.tensor(x.tolist(), dtype=torch.float64)
    wanted = torch.linalg.svdvals(kept - kept.mean(0) if center else kept)
    assert to_numpy(s) == pytest.approx(wanted.numpy())
    assert autograd.pca_lowrank(x, q=0)[1].shape == (0,)
