"""Matrix products, inverses, determinants and factorizations; every axis before the last two is a batch axis.

The rules of factorizations are derived with PyTorch's (conjugate) convention, in which the adjoints are the usual ones,
and turned to what the walk carries by `conj` at both ends; for real input that costs nothing.
"""

from __future__ import annotations

from autograd.differentiable import differentiable


def _adjoint(xp, x):
    """The conjugate transpose."""
    return xp.conj(xp.matrix_transpose(x))


# --- products --------------------------------------------------------------------------------------------------------


def _matmul_left_rule(xp, g, y, x_shape, y_shape):
    if len(y_shape) == 1:
        return xp.sum_to(xp.expand_dims(g, axis=-1) * y, shape=x_shape)
    if len(x_shape) == 1:
        return xp.sum_to(xp.matmul(y, xp.expand_dims(g, axis=-1))[..., 0], shape=x_shape)
    return xp.sum_to(xp.matmul(g, xp.matrix_transpose(y)), shape=x_shape)


def _matmul_right_rule(xp, g, x, x_shape, y_shape):
    if len(y_shape) == 1:
        if len(x_shape) == 1:
            return g * x
        return xp.sum_to(xp.matmul(xp.matrix_transpose(x), xp.expand_dims(g, axis=-1))[..., 0], shape=y_shape)
    if len(x_shape) == 1:
        return xp.sum_to(xp.expand_dims(x, axis=-1) * xp.expand_dims(g, axis=-2), shape=y_shape)
    return xp.sum_to(xp.matmul(xp.matrix_transpose(x), g), shape=y_shape)


@differentiable(x=_matmul_left_rule, y=_matmul_right_rule)
def matmul(xp, x, y):
    """The matrix product over the last two axes; the others broadcast. Vectors on either side."""
    return xp.matmul(x, y)


@differentiable(x=lambda xp, g: xp.matrix_transpose(g), view=True)
def matrix_transpose(xp, x):
    """x with its last two axes exchanged."""
    return xp.matrix_transpose(x)


# --- inverse, solve, determinant -------------------------------------------------------------------------------------


def _inv_rule(xp, g, out):
    t = xp.matrix_transpose(out)
    return -xp.matmul(t, xp.matmul(g, t))


@differentiable(x=_inv_rule)
def inv(xp, x):
    """The inverse matrix."""
    return xp.linalg_inv(x)


@differentiable(
    a=lambda xp, g, a, out, a_shape: xp.sum_to(
        -xp.matmul(xp.solve(xp.matrix_transpose(a), g), xp.matrix_transpose(out)), shape=a_shape
    ),
    b=lambda xp, g, a, b_shape: xp.sum_to(xp.solve(xp.matrix_transpose(a), g), shape=b_shape),
)
def solve(xp, a, b):
    """X with a @ X = b, for matrices b; batch axes broadcast."""
    return xp.linalg_solve(a, b)


def _triangular_mask(xp, x, upper, unitriangular):
    return xp.triu(x, k=int(unitriangular)) if upper else xp.tril(x, k=-int(unitriangular))


@differentiable(
    a=lambda xp, g, a, out, a_shape, upper, unitriangular: xp.sum_to(
        _triangular_mask(
            xp,
            -xp.matmul(
                xp.solve_triangular(xp.matrix_transpose(a), g, upper=not upper, unitriangular=unitriangular),
                xp.matrix_transpose(out),
            ),
            upper,
            unitriangular,
        ),
        shape=a_shape,
    ),
    b=lambda xp, g, a, b_shape, upper, unitriangular: xp.sum_to(
        xp.solve_triangular(xp.matrix_transpose(a), g, upper=not upper, unitriangular=unitriangular), shape=b_shape
    ),
)
def solve_triangular(xp, a, b, *, upper, unitriangular=False):
    """X with a @ X = b for triangular a, whose other triangle (and diagonal, if unit) is not read."""
    return xp.linalg_solve_triangular(a, b, upper=upper, unitriangular=unitriangular)


@differentiable(
    _all=lambda xp, g, needs, x, out: (g[1][..., None, None] * xp.matrix_transpose(xp.inv(x)),), outputs=2, nondiff=(0,)
)
def slogdet(xp, x):
    """(sign, log |determinant|) of real matrices."""
    return xp.linalg_slogdet(x)


# --- factorizations --------------------------------------------------------------------------------------------------


def _cholesky_rule(xp, g, out):
    g = xp.conj(g)
    left = _adjoint(xp, out)
    phi = xp.tril(xp.matmul(left, g), k=0)
    phi = (phi + _adjoint(xp, xp.tril(phi, k=-1))) / 2
    # The diagonal of phi is real for a real loss; its lower triangle mirrored makes it Hermitian.
    inner = xp.solve_triangular(left, phi, upper=True)
    result = _adjoint(xp, xp.solve_triangular(left, _adjoint(xp, inner), upper=True))
    return xp.conj(result)


@differentiable(x=_cholesky_rule)
def cholesky(xp, x):
    """The lower triangular L with L L^H = x, for Hermitian positive definite x."""
    return xp.linalg_cholesky(x)


def _eye_like(xp, x):
    """Ones on the diagonal of the last two axes, in x's type."""
    return xp.tril(xp.triu(xp.ones_like(x), k=0), k=0)


def _on_diagonal(xp, vector, like):
    """A batch of diagonal matrices shaped like `like`."""
    return xp.astype(vector, dtype=like.dtype)[..., None, :] * _eye_like(xp, like)


def _eigh_rule(xp, g, needs, out):
    w, v = out
    gw, gv = xp.conj(g[0]), xp.conj(g[1])
    inner = xp.matmul(_adjoint(xp, v), gv)
    eye = _eye_like(xp, inner)
    gaps = xp.astype(w[..., None, :] - w[..., :, None], dtype=inner.dtype) + eye
    inner = inner / gaps * (1 - eye) + _on_diagonal(xp, gw, inner)
    return (xp.conj(xp.matmul(v, xp.matmul(inner, _adjoint(xp, v)))),)


@differentiable(_all=_eigh_rule, outputs=2)
def eigh(xp, x):
    """(eigenvalues, ascending; eigenvectors in columns) of Hermitian matrices; the lower triangle is read."""
    return xp.linalg_eigh(x)


def _skew(xp, x):
    return x - _adjoint(xp, x)


def _svd_rule(xp, g, needs, out):
    u, s, vh = out
    gu, gs, gvh = (xp.conj(item) for item in g)
    v = _adjoint(xp, vh)
    gv = _adjoint(xp, gvh)
    uh = _adjoint(xp, u)
    left, right = xp.matmul(uh, gu), xp.matmul(vh, gv)
    eye = _eye_like(xp, left)
    squares = s * s
    gaps = xp.astype(squares[..., None, :] - squares[..., :, None], dtype=left.dtype) + eye
    row = xp.astype(s, dtype=left.dtype)
    inner = _skew(xp, left) * (1 - eye) / gaps * row[..., None, :]
    inner = inner + row[..., :, None] * (_skew(xp, right) * (1 - eye) / gaps)
    inner = inner + _on_diagonal(xp, gs, left) + _skew(xp, left) * eye / (2 * row[..., None, :])
    result = xp.matmul(u, xp.matmul(inner, vh))
    if u.shape[-2] > u.shape[-1]:
        rest = gu - xp.matmul(u, left)
        result = result + xp.matmul(rest / row[..., None, :], vh)
    if v.shape[-2] > v.shape[-1]:
        rest = gv - xp.matmul(v, right)
        result = result + xp.matmul(u, _adjoint(xp, rest / row[..., None, :]))
    return (xp.conj(result),)


@differentiable(_all=_svd_rule, outputs=3)
def svd(xp, x):
    """(U, S, V^H) with x = U diag(S) V^H, reduced; S descending."""
    return xp.linalg_svd(x)


def _qr_rule(xp, g, needs, out):
    q, r = out
    gq, gr = xp.conj(g[0]), xp.conj(g[1])
    inner = xp.triu(xp.matmul(gr, _adjoint(xp, r)) - xp.matmul(_adjoint(xp, q), gq), k=0)
    mirrored = inner + _adjoint(xp, inner)
    inner = mirrored - mirrored * _eye_like(xp, inner) / 2
    rows = gq + xp.matmul(q, inner)
    # rows @ R^-H, by solving with R from the left on the adjoint
    return (xp.conj(_adjoint(xp, xp.solve_triangular(r, _adjoint(xp, rows), upper=True))),)


@differentiable(_all=_qr_rule, outputs=2)
def qr(xp, x):
    """(Q, R) with x = Q R, reduced, for matrices with at least as many rows as columns."""
    return xp.linalg_qr(x)
