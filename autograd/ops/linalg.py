"""Matrix products and the linear algebra core."""

from __future__ import annotations

from autograd.differentiable import differentiable


def _matmul_left_rule(xp, g, y, x_shape, y_shape):
    if len(y_shape) == 1:
        return xp.expand_dims(g, axis=-1) * y
    if len(x_shape) == 1:
        return xp.sum_to(xp.matmul(y, xp.expand_dims(g, axis=-1))[..., 0], shape=x_shape)
    return xp.sum_to(xp.matmul(g, xp.matrix_transpose(y)), shape=x_shape)


def _matmul_right_rule(xp, g, x, x_shape, y_shape):
    if len(x_shape) == 1:
        rows = xp.expand_dims(g, axis=-2) if len(y_shape) > 1 else g
        return xp.sum_to(xp.expand_dims(x, axis=-1) * rows if len(y_shape) > 1 else x * rows, shape=y_shape)
    if len(y_shape) == 1:
        return xp.sum_to(xp.matmul(xp.matrix_transpose(x), xp.expand_dims(g, axis=-1))[..., 0], shape=y_shape)
    return xp.sum_to(xp.matmul(xp.matrix_transpose(x), g), shape=y_shape)


@differentiable(x=_matmul_left_rule, y=_matmul_right_rule)
def matmul(xp, x, y):
    """The matrix product over the last two axes; the others broadcast. Vectors on either side."""
    return xp.matmul(x, y)


@differentiable(x=lambda xp, g: xp.matrix_transpose(g), view=True)
def matrix_transpose(xp, x):
    """x with its last two axes exchanged."""
    return xp.matrix_transpose(x)
