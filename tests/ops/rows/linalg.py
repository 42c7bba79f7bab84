"""Matrix products, inverses, determinants, factorizations and norms; NumPy and SciPy are the references."""

import math

import numpy as np
import scipy.linalg

from autograd import ops
from tests.ops.cases import Row, draw

SQUARE = draw(2, 3, 3)
TOLERANCE = draw(values=np.array([1e-10]))
SYMMETRIC = np.array([[1.0, 2.0, 3.0, 0.5], [2.0, 0.0, 1.0, 4.0], [3.0, 1.0, -2.0, 1.0], [0.5, 4.0, 1.0, 0.1]])
LDL, LDL_PIVOTS, _ = scipy.linalg.lapack.dsytrf(SYMMETRIC, lower=1)
SINGULAR = np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.5], [3.0, 6.0, 9.0]])


def _adjoint(x):
    return x.conj().swapaxes(-1, -2)


def _hermitian(x):
    """Twice the Hermitian part."""
    return x + _adjoint(x)


def _definite(x):
    """A positive definite matrix."""
    return x @ _adjoint(x)


def _made_hermitian(x, *others):
    return [x + x.mH, *others]


def _made_definite(x):
    return [x @ x.mH]


def _adjugate(x):
    n = x.shape[-1]
    out = np.empty_like(x)
    for i in range(n):
        for j in range(n):
            minor = np.delete(np.delete(x, j, -2), i, -1)
            out[..., i, j] = (-1) ** (i + j) * np.linalg.det(minor)
    return out


def _pair_products(s):
    n = s.shape[-1]
    out = np.empty((*s.shape, n))
    for i in range(n):
        for j in range(n):
            out[..., i, j] = np.prod([s[..., k] for k in range(n) if k not in (i, j)], axis=0)
    return out


def _triangular(a, b, upper, unit):
    return np.stack([scipy.linalg.solve_triangular(m, r, lower=not upper, unit_diagonal=unit) for m, r in zip(a, b)])


def _lu(x):
    return np.stack([scipy.linalg.lu_factor(m)[0] for m in x])


def _moduli(*parts):
    """What does not depend on the phases of singular vectors or eigenvectors."""
    return tuple(abs(part) if isinstance(part, np.ndarray) else ops.abs(part) for part in parts)


def _geqrf(x):
    h, tau = np.linalg.qr(x, mode="raw")
    return h.swapaxes(-1, -2), tau


def _norm(order, axis=None, keepdims=False):
    options = {"order": order, "axis": axis, "keepdims": keepdims}

    def reference(x):
        size = abs(x)
        if order == 0:
            return (size != 0).sum(axis, keepdims=keepdims).astype(size.dtype)
        if math.isinf(order):
            return (np.max if order > 0 else np.min)(size, axis=axis, keepdims=keepdims)
        return (size**order).sum(axis, keepdims=keepdims) ** (1 / order)

    label = f"{order}-{axis}"
    return Row("vector_norm", (draw(3, 4, low=0.1),), options, reference, complex=True, label=label, strict=True)


def _linalg(name, args, options=None, reference=None, **how):
    """A row of what LAPACK does, for which there is neither float16 nor a standard."""
    how = {"complex": True, "strict": False, "half": False, "rtol": 1e-5} | how
    return Row(name, args, options or {}, reference, **how)


ROWS = [
    Row("affine", (draw(4, 3), draw(2, 3), draw(2)), {}, lambda x, w, b: x @ w.T + b, complex=True, label="matrix"),
    Row("affine", (draw(3), draw(2, 3), draw(2)), {}, lambda x, w, b: x @ w.T + b, complex=True, label="vector"),
    Row("affine", (draw(2, 4, 3), draw(5, 3), draw(5)), {}, lambda x, w, b: x @ w.T + b, label="batch"),
    Row("matmul", (draw(3, 4), draw(4, 2)), {}, np.matmul, complex=True),
    Row("matmul", (draw(2, 1, 3, 4), draw(5, 4, 2)), {}, np.matmul, complex=True, label="batch"),
    Row("matmul", (draw(4), draw(4)), {}, np.matmul, complex=True, label="vectors"),
    Row("matmul", (draw(2, 3, 4), draw(4)), {}, np.matmul, complex=True, label="right-vector"),
    Row("matmul", (draw(4), draw(2, 4, 3)), {}, np.matmul, complex=True, label="left-vector"),
    Row("matmul", (draw(3, 0), draw(0, 2)), {}, np.matmul, complex=True, label="empty"),
    Row("matrix_transpose", (draw(2, 3, 4),), {}, lambda x: x.swapaxes(-1, -2), complex=True),
    _linalg("inv", (SQUARE,), {}, np.linalg.inv),
    _linalg("solve", (SQUARE, draw(3, 2)), {}, lambda a, b: np.linalg.solve(a, b), label="broadcast"),
    _linalg("solve", (SQUARE, draw(2, 3, 2)), {}, np.linalg.solve),
    *(
        _linalg(
            "solve_triangular",
            (draw(2, 3, 3, avoid=(0.0,)), draw(2, 3, 2)),
            {"upper": upper, "unitriangular": unit},
            lambda a, b, upper=upper, unit=unit: _triangular(a, b, upper, unit),
            label=f"{'upper' if upper else 'lower'}{'-unit' if unit else ''}",
        )
        for upper in (True, False)
        for unit in (True, False)
    ),
    _linalg(
        "solve_triangular",
        (draw(1, 40, 40, low=0.01, high=0.05), draw(1, 40, 2)),
        {"upper": False, "unitriangular": True},
        lambda a, b: _triangular(a, b, False, True),
        label="in-halves",
    ),
    _linalg("det", (SQUARE,), {}, np.linalg.det),
    _linalg("det", (draw(values=SINGULAR),), {}, np.linalg.det, label="singular"),
    _linalg("det", (draw(values=np.zeros((3, 3))),), {}, np.linalg.det, label="zeros"),
    _linalg("adjugate", (SQUARE,), {}, _adjugate),
    _linalg("adjugate", (draw(values=np.diag([2.0, -2.0, 2.0])),), {}, _adjugate, label="equal singular values"),
    _linalg("adjugate", (draw(values=SINGULAR),), {}, _adjugate, label="singular", order=1),
    _linalg("pair_products", (draw(2, 4, low=0.2),), {}, _pair_products, complex=False),
    _linalg("slogdet", (SQUARE,), {}, lambda x: tuple(np.linalg.slogdet(x))),
    _linalg("lu", (SQUARE,), {}, _lu, finish=lambda out: out[0] if isinstance(out, tuple) else out),
    _linalg("lu", (draw(2, 3, 5),), {"pivot": False}, finish=lambda out: out[0], label="wide"),
    _linalg("lu", (draw(2, 5, 3),), finish=lambda out: out[0], label="tall"),
    _linalg("lu", (draw(1, 40, 40),), {}, _lu, finish=lambda out: out[0] if isinstance(out, tuple) else out,
            label="in-halves", order=1, complex=False),
    _linalg(
        "permutation",
        (draw(values=np.array([2, 3, 3], np.int32)), draw(3, 3)),
        {"size": 3},
        lambda pivots, like: np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
        order=0,
    ),
    _linalg("ldl", (draw(values=SYMMETRIC),), {}, lambda x: (np.tril(LDL), LDL_PIVOTS, 0), order=0, complex=False),
    _linalg(
        "ldl_solve",
        (draw(values=LDL), draw(values=LDL_PIVOTS), draw(4, 2)),
        {},
        lambda factors, pivots, b: np.linalg.solve(SYMMETRIC, b),
        order=0,
        complex=False,
    ),
    _linalg("cholesky", (draw(2, 3, 5),), {}, lambda x: np.linalg.cholesky(_definite(x)), prepare=_made_definite),
    _linalg(
        "cholesky_info",
        (draw(2, 3, 5),),
        {},
        lambda x: (np.linalg.cholesky(_definite(x)), np.zeros(2, np.int32)),
        prepare=_made_definite,
        order=0,
    ),
    _linalg("qr", (draw(2, 4, 3),), {}, lambda x: tuple(np.linalg.qr(x))),
    _linalg("full_qr", (draw(2, 4, 3),), {}, lambda x: tuple(np.linalg.qr(x, mode="complete")), order=0),
    _linalg("geqrf", (draw(2, 4, 3),), {}, _geqrf, order=0),
    _linalg("undifferentiable", (draw(2), draw(2)), {"reason": "no derivative"}, lambda x, value: value, order=0,
            constant=("x",)),
    _linalg("eigh", (SQUARE,), {}, lambda x: tuple(np.linalg.eigh(_hermitian(x))), prepare=_made_hermitian,
            finish=lambda out: (out[0], *_moduli(out[1]))),
    _linalg("eig", (draw(values=np.array([[1.0, 2.0, 0.3], [0.1, -2.0, 1.5], [0.7, 0.2, 4.0]])),), {},
            finish=lambda out: (out[0], *_moduli(out[1]))),
    _linalg("svd", (draw(2, 4, 3),), {}, lambda x: tuple(np.linalg.svd(x, full_matrices=False)),
            finish=lambda out: (*_moduli(out[0]), out[1], *_moduli(out[2]))),
    _linalg("svd", (draw(3, 4),), {"full": True}, lambda x: tuple(np.linalg.svd(x)),
            finish=lambda out: (*_moduli(out[0]), out[1], *_moduli(out[2][..., :3, :])), label="full"),
    _linalg("pinv", (draw(2, 4, 3), TOLERANCE, TOLERANCE), {}, lambda x, atol, rtol: np.linalg.pinv(x)),
    _linalg("pinv", (draw(2, 3, 4), TOLERANCE, TOLERANCE), {}, lambda x, atol, rtol: np.linalg.pinv(x), label="wide"),
    _linalg("pinv", (SQUARE, TOLERANCE, TOLERANCE), {"hermitian": True},
            lambda x, atol, rtol: np.linalg.pinv(_hermitian(x)), prepare=_made_hermitian, label="hermitian"),
    *(_norm(order) for order in (0, 0.5, 1, 1.5, 2, 3, math.inf, -math.inf)),
    _norm(2, (1,), True),
    _norm(3, (0,)),
]  # fmt: skip
