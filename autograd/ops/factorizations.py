"""Matrix factorizations: LU, Cholesky, QR, eigenvalues, singular values, pseudoinverse.

The rules of those that involve a conjugate are derived with PyTorch's (conjugate) convention, in which the adjoints are
the usual ones, and turned to what the walk carries by `conj` at both ends; for real input that costs nothing.
"""

from __future__ import annotations

from autograd.differentiable import differentiable
from autograd.ops.linalg import eye_like


def _adjoint(xp, x):
    """The conjugate transpose."""
    return xp.conj(xp.matrix_transpose(x))


def _over(xp, x, y):
    """x / y, where 0 / 0 is 0: what has no gradient needs no gap between the values."""
    return x / xp.where((y == 0) & (x == 0), 1.0, y)


def _on_diagonal(xp, vector, like):
    """A batch of diagonal matrices shaped like `like`."""
    return xp.astype(vector, dtype=like.dtype)[..., None, :] * eye_like(xp, like)


# --- LU --------------------------------------------------------------------------------------------------------------


def _lu_rule(xp, g, needs, out):
    packed, _, permutation, _ = out
    g = g[0]
    rows, columns = packed.shape[-2:]
    k = min(rows, columns)
    square = packed[..., :k, :k]
    lower_t, upper_t = xp.matrix_transpose(square), xp.matrix_transpose(square)

    def times_inverse_upper(y):  # y @ U^-T
        return xp.matrix_transpose(xp.solve_triangular(square, xp.matrix_transpose(y), upper=True))

    g_lower, g_upper = xp.tril(g[..., :k, :k], k=-1), xp.triu(g[..., :k, :k], k=0)
    rest = None
    if columns > k:  # the right part of U is L^-1 times that of x
        rest = xp.solve_triangular(lower_t, g[..., k:], upper=True, unitriangular=True)
        g_lower = g_lower - xp.tril(xp.matmul(rest, xp.matrix_transpose(packed[..., k:])), k=-1)
    elif rows > k:  # the lower part of L is that of x times U^-1
        rest = times_inverse_upper(g[..., k:, :])
        g_upper = g_upper - xp.triu(xp.matmul(xp.matrix_transpose(packed[..., k:, :]), rest), k=0)
    unit = xp.tril(square, k=-1) + eye_like(xp, square)
    inner = xp.tril(xp.matmul(xp.matrix_transpose(unit), g_lower), k=-1)
    inner = inner + xp.triu(xp.matmul(g_upper, xp.tril(upper_t, k=0)), k=0)
    result = times_inverse_upper(xp.solve_triangular(lower_t, inner, upper=True, unitriangular=True))
    if rest is not None:
        tail = (slice(None),) if rows > k else ()
        first, last = (..., slice(0, k), *tail), (..., slice(k, None), *tail)
        shape = packed.shape
        result = xp.put_in_zeros(result, shape=shape, index=first) + xp.put_in_zeros(rest, shape=shape, index=last)
    return (xp.matmul(permutation, result),)


@differentiable(_all=_lu_rule, outputs=4, nondiff=(1, 2, 3))
def lu(xp, x, *, pivot=True):
    """(L below U in one matrix, pivots, P, info) with x = P L U; the diagonal of L is ones and not stored."""
    packed, pivots, info = xp.linalg_lu(x, pivot=pivot)
    return packed, pivots, xp.linalg_permutation(pivots, x, size=x.shape[-2]), info


@differentiable(nondiff=True)
def permutation(xp, pivots, like, *, size):
    """The matrix P that the pivots of an LU factorization stand for, in `like`'s type."""
    return xp.linalg_permutation(pivots, like, size=size)


@differentiable(outputs=3, nondiff=True)
def ldl(xp, x, *, hermitian=False):
    """(L and D in one matrix, pivots, info) of symmetric or Hermitian matrices, of which the lower triangle is read."""
    return xp.linalg_ldl(x, hermitian=hermitian)


@differentiable(nondiff=True)
def ldl_solve(xp, factors, pivots, b, *, hermitian=False):
    """X with x @ X = b, from what `ldl` made of x."""
    return xp.linalg_ldl_solve(factors, pivots, b, hermitian=hermitian)


# --- Cholesky, QR ----------------------------------------------------------------------------------------------------


def _cholesky_rule(xp, g, out):
    g = xp.conj(g)
    left = _adjoint(xp, out)
    phi = xp.tril(xp.matmul(left, g), k=0)
    diagonal = phi * eye_like(xp, phi)
    # The diagonal counts half and, being that of a real loss, is real.
    phi = xp.tril(phi, k=-1)
    phi = (phi + _adjoint(xp, phi) + xp.astype(xp.real(diagonal), dtype=phi.dtype)) / 2
    inner = xp.solve_triangular(left, phi, upper=True)
    return xp.conj(_adjoint(xp, xp.solve_triangular(left, _adjoint(xp, inner), upper=True)))


@differentiable(x=_cholesky_rule)
def cholesky(xp, x):
    """The lower triangular L with L L^H = x, for Hermitian positive definite x, of which the lower triangle is read."""
    return xp.linalg_cholesky(x)


@differentiable(outputs=2, nondiff=True)
def cholesky_info(xp, x):
    """(L, info): info is the order of the first leading minor that is not positive, 0 if x is positive definite."""
    return xp.linalg_cholesky_info(x)


def _qr_rule(xp, g, needs, out):
    q, r = out
    gq, gr = xp.conj(g[0]), xp.conj(g[1])
    inner = xp.matmul(gr, _adjoint(xp, r)) - xp.matmul(_adjoint(xp, q), gq)
    below = _adjoint(xp, xp.triu(inner, k=1))
    inner = xp.triu(inner, k=1) + below + xp.astype(xp.real(inner * eye_like(xp, inner)), dtype=inner.dtype)
    rows = gq + xp.matmul(q, inner)
    # rows @ R^-H, by solving with R from the left on the adjoint
    return (xp.conj(_adjoint(xp, xp.solve_triangular(r, _adjoint(xp, rows), upper=True))),)


@differentiable(_all=_qr_rule, outputs=2)
def qr(xp, x):
    """(Q, R) with x = Q R, reduced, for matrices with at least as many rows as columns."""
    return xp.linalg_qr(x, mode="reduced")


@differentiable(outputs=2, nondiff=True)
def full_qr(xp, x):
    """(Q, R) with x = Q R and a square Q."""
    return xp.linalg_qr(x, mode="complete")


def _refuse(xp, g, reason):
    raise RuntimeError(reason)


@differentiable(x=_refuse)
def undifferentiable(xp, x, value, *, reason):
    """`value`, computed from x in a way that has no derivative: backward raises, for the reason given."""
    return value


@differentiable(outputs=2, nondiff=True)
def geqrf(xp, x):
    """(reflectors below R, their factors): the QR factorization as LAPACK stores it."""
    return xp.linalg_geqrf(x)


# --- eigenvalues, singular values ------------------------------------------------------------------------------------


def _eigh_rule(xp, g, needs, out):
    w, v = out
    gw, gv = xp.conj(g[0]), xp.conj(g[1])
    inner = xp.matmul(_adjoint(xp, v), gv)
    eye = eye_like(xp, inner)
    gaps = xp.astype(w[..., None, :] - w[..., :, None], dtype=inner.dtype) + eye
    inner = _over(xp, inner * (1 - eye), gaps) + _on_diagonal(xp, gw, inner)
    return (xp.conj(xp.matmul(v, xp.matmul(inner, _adjoint(xp, v)))),)


@differentiable(_all=_eigh_rule, outputs=2)
def eigh(xp, x):
    """(eigenvalues, ascending; eigenvectors in columns) of Hermitian matrices; the lower triangle is read."""
    return xp.linalg_eigh(x)


def _eig_rule(xp, g, needs, out, x_dtype):
    w, v = out
    gw, gv = xp.conj(g[0]), xp.conj(g[1])
    vh = _adjoint(xp, v)
    inner = xp.matmul(vh, gv)
    eye = eye_like(xp, inner)
    # Eigenvectors are normalized: what changes only their length is taken out.
    lengths = xp.astype(xp.real(xp.sum(inner * eye, axis=-2, keepdims=True)), dtype=inner.dtype)
    inner = inner - xp.matmul(vh, v * lengths)
    gaps = xp.conj(w[..., None, :] - w[..., :, None]) + eye
    inner = _over(xp, inner * (1 - eye), gaps) + _on_diagonal(xp, gw, inner)
    return (xp.astype(xp.conj(xp.solve(vh, xp.matmul(inner, vh))), dtype=x_dtype),)


@differentiable(_all=_eig_rule, outputs=2)
def eig(xp, x):
    """(eigenvalues, eigenvectors in columns, of norm 1) of square matrices, complex in any case."""
    return xp.linalg_eig(x)


def _skew(xp, x):
    return x - _adjoint(xp, x)


def _svd_rule(xp, g, needs, out, full):
    u, s, vh = out
    gu, gs, gvh = (xp.conj(item) for item in g)
    k = s.shape[-1]
    if full:  # the columns that complete U and V are any, and have no gradient
        u, gu, vh, gvh = u[..., :k], gu[..., :k], vh[..., :k, :], gvh[..., :k, :]
    v, gv = _adjoint(xp, vh), _adjoint(xp, gvh)
    left, right = xp.matmul(_adjoint(xp, u), gu), xp.matmul(vh, gv)
    eye = eye_like(xp, left)
    squares = s * s
    gaps = xp.astype(squares[..., None, :] - squares[..., :, None], dtype=left.dtype) + eye
    row = xp.astype(s, dtype=left.dtype)
    inner = _over(xp, _skew(xp, left) * (1 - eye), gaps) * row[..., None, :]
    inner = inner + row[..., :, None] * _over(xp, _skew(xp, right) * (1 - eye), gaps)
    inner = inner + _on_diagonal(xp, gs, left) + _over(xp, _skew(xp, left) * eye, 2 * row[..., None, :])
    result = xp.matmul(u, xp.matmul(inner, vh))
    if u.shape[-2] > k:
        rest = gu - xp.matmul(u, left)
        result = result + xp.matmul(_over(xp, rest, row[..., None, :]), vh)
    if v.shape[-2] > k:
        rest = gv - xp.matmul(v, right)
        result = result + xp.matmul(u, _adjoint(xp, _over(xp, rest, row[..., None, :])))
    return (xp.conj(result),)


@differentiable(_all=_svd_rule, outputs=3)
def svd(xp, x, *, full=False):
    """(U, S, V^H) with x = U diag(S) V^H; S descending; U and V square with `full`, else as wide as S is long."""
    return xp.linalg_svd(x, full=full)


# --- pseudoinverse ---------------------------------------------------------------------------------------------------


def _pinv_rule(xp, g, x, out):
    g, h = xp.conj(g), _adjoint(xp, out)
    gh = _adjoint(xp, g)
    first = xp.matmul(xp.matmul(gh, out), h)  # G^H P P^H
    second = xp.matmul(h, xp.matmul(out, gh))  # P^H P G^H
    result = first - xp.matmul(x, xp.matmul(out, first)) + second - xp.matmul(xp.matmul(second, out), x)
    return xp.conj(result - xp.matmul(h, xp.matmul(g, h)))


@differentiable(x=_pinv_rule)
def pinv(xp, x, atol, rtol, *, hermitian=False):
    """The Moore-Penrose inverse; singular values up to max(atol, rtol · the largest) count as zero.

    The derivative is that of Golub and Pereyra (SIAM J. Numer. Anal. 10, 1973), for matrices of constant rank.
    """
    if hermitian:
        s, u = xp.linalg_eigh(x)
        vh = xp.conj(xp.matrix_transpose(u))
    else:
        u, s, vh = xp.linalg_svd(x, full=False)
    size = xp.abs(s)
    if not s.shape[-1]:
        return xp.conj(xp.matrix_transpose(x)) + 0
    bound = xp.maximum(atol, rtol * xp.max(size, axis=-1))
    inverse = xp.where(size > bound[..., None], 1 / xp.where(size == 0, xp.ones_like(s), s), xp.zeros_like(s))
    scaled = xp.conj(xp.matrix_transpose(vh)) * xp.astype(inverse, x.dtype)[..., None, :]
    return xp.matmul(scaled, xp.conj(xp.matrix_transpose(u)))
