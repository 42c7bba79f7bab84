"""Matrix products, inverses, determinants and triangular systems; every axis before the last two is a batch axis."""

from __future__ import annotations

import math

from autograd.differentiable import differentiable

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


def _rows(xp, x, shape):
    """A batch of vectors as one matrix of rows."""
    return x if len(shape) == 2 else xp.reshape(x, shape=(math.prod(shape[:-1]), shape[-1]))


def _affine_weight_rule(xp, g, x, x_shape, w_shape):
    return xp.matmul(xp.matrix_transpose(_rows(xp, g, (*x_shape[:-1], w_shape[0]))), _rows(xp, x, x_shape))


@differentiable(
    x=lambda xp, g, w: xp.matmul(g, w),
    w=_affine_weight_rule,
    b=lambda xp, g, x_shape: xp.sum(g, axis=tuple(range(len(x_shape) - 1))),
)
def affine(xp, x, w, b):
    """x wᵀ + b for vectors x along the last axis, w [out, in] and b [out]."""
    return xp.matmul(x, xp.matrix_transpose(w)) + b


@differentiable(x=lambda xp, g: xp.matrix_transpose(g), view=True)
def matrix_transpose(xp, x):
    """x with its last two axes exchanged."""
    return xp.matrix_transpose(x)


# --- inverse and solve -----------------------------------------------------------------------------------------------


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


def _solve_transposed(xp, g, a, upper, unitriangular):
    return xp.solve_triangular(xp.matrix_transpose(a), g, upper=not upper, unitriangular=unitriangular)


def _triangular_matrix_rule(xp, g, a, out, a_shape, upper, unitriangular):
    full = -xp.matmul(_solve_transposed(xp, g, a, upper, unitriangular), xp.matrix_transpose(out))
    k = 1 if unitriangular else 0
    return xp.sum_to(xp.triu(full, k=k) if upper else xp.tril(full, k=-k), shape=a_shape)


@differentiable(
    a=_triangular_matrix_rule,
    b=lambda xp, g, a, b_shape, upper, unitriangular: xp.sum_to(
        _solve_transposed(xp, g, a, upper, unitriangular), shape=b_shape
    ),
)
def solve_triangular(xp, a, b, *, upper, unitriangular=False):
    """X with a @ X = b for triangular a, whose other triangle (and diagonal, if unit) is not read."""
    return xp.linalg_solve_triangular(a, b, upper=upper, unitriangular=unitriangular)


# --- determinant -----------------------------------------------------------------------------------------------------


def eye_like(xp, x):
    """Ones on the diagonal of the last two axes, in x's type."""
    return xp.tril(xp.triu(xp.ones_like(x), k=0), k=0)


@differentiable(x=lambda xp, g, x: g[..., None, None] * xp.matrix_transpose(xp.adjugate(x)))
def det(xp, x):
    """The determinant; its gradient is right for singular matrices too."""
    return xp.linalg_det(x)


def _adjugate_parts(xp, x):
    """(det U · det V^H, U, V^H, products of all singular values but two) of x = U S V^H."""
    u, s, vh = xp.svd(x, full=True)
    factor = (xp.det(u) * xp.det(vh))[..., None, None]
    return factor, u, vh, xp.pair_products(s)


def _adjugate_rule(xp, g, x, x_dtype):
    # Two formulas of one value: by singular vectors, which have no derivative where singular values are equal, for
    # matrices near singular ones, and by the inverse, to every order, for the others. Each formula gets a harmless
    # matrix, its own singular values far apart, in place of the other's.
    _, s, _ = xp.svd(x, full=True)
    regular = xp.all(s > 1e-3 * s[..., :1], axis=-1, keepdims=True)[..., None]
    eye = eye_like(xp, x)
    harmless = eye * xp.cumsum(xp.ones_like(x), axis=-1)
    invertible = xp.where(regular, x, harmless)
    inverse = xp.inv(invertible)
    turned, total = xp.matrix_transpose(inverse), xp.sum(g * inverse, axis=(-2, -1), keepdims=True)
    direct = xp.det(invertible)[..., None, None] * (total * turned - xp.matmul(turned, xp.matmul(g, turned)))
    return xp.where(regular, direct, _singular_adjugate_rule(xp, g, xp.where(regular, harmless, x), x_dtype))


def _singular_adjugate_rule(xp, g, x, x_dtype):
    # The derivative of the adjugate of diag(s) in direction F: -F[i, j] P[i, j] off the diagonal, sum_k F[k, k] P[i, k]
    # on it, where P are the products of all singular values but i and j.
    factor, u, vh, pairs = _adjugate_parts(xp, x)
    pairs = xp.astype(pairs, dtype=x_dtype)
    inner = xp.matmul(xp.conj(vh), xp.matmul(g, xp.conj(u)))
    eye = eye_like(xp, pairs)
    off = pairs * (1 - eye)
    on = xp.sum(inner * eye, axis=-2, keepdims=True)
    inner = xp.matmul(on, off) * eye - inner * off
    return factor * xp.matmul(xp.conj(u), xp.matmul(inner, xp.conj(vh)))


@differentiable(x=_adjugate_rule)
def adjugate(xp, x):
    """The transposed matrix of cofactors: det(x) · inv(x), for singular x too."""
    factor, u, vh, pairs = _adjugate_parts(xp, x)
    others = xp.diagonal(pairs, offset=0, axis1=-2, axis2=-1)
    middle = xp.astype(others, dtype=x.dtype)[..., :, None] * xp.conj(xp.matrix_transpose(u))
    return factor * xp.matmul(xp.conj(xp.matrix_transpose(vh)), middle)


def _pair_products_rule(xp, g, s, out):
    # The derivative by s[k] is P / s[k] wherever k is neither i nor j.
    share = g * out
    total = xp.sum(share, axis=(-2, -1))[..., None]
    same = xp.diagonal(share, offset=0, axis1=-2, axis2=-1)
    own = xp.sum(share, axis=-1) + xp.sum(share, axis=-2) - same
    return (total - own) / s


@differentiable(s=_pair_products_rule)
def pair_products(xp, s):
    """The products of all s[k] but k = i and k = j, for all i and j, along the last axis."""
    return xp.linalg_pair_products(s)


def _slogdet_rule(xp, g, needs, x, out, x_dtype):
    # sign = e^(i Im z) and logabs = Re z for the holomorphic z = log det x.
    sign, value = out
    gz = g[1]
    if sign.dtype != value.dtype:
        gz = xp.astype(gz, dtype=x_dtype) + 1j * xp.astype(xp.real(g[0] * sign * -1j), dtype=x_dtype)
    return (gz[..., None, None] * xp.matrix_transpose(xp.inv(x)),)


@differentiable(_all=_slogdet_rule, outputs=2)
def slogdet(xp, x):
    """(sign, log |determinant|); the sign of complex matrices is a complex number of modulus 1."""
    return xp.linalg_slogdet(x)
