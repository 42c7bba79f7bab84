"""Transforms of vectors and matrices: to the simplex, to Cholesky factors, to positive definite matrices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.transforms.base import Transform
from autograd.functions.activation import softplus
from autograd.functions.limits import finfo
from autograd.tensor import Size, Tensor


class _Plain(Transform):
    """A transform without parameters."""

    def _fields(self) -> Any:
        return None


class SoftmaxTransform(_Plain):
    """y = softmax(x); not invertible, its `inv` gives the logarithm."""

    domain = constraints.real_vector
    codomain = constraints.simplex

    def _call(self, x: Tensor) -> Tensor:
        return x.softmax(-1)

    def _inverse(self, y: Tensor) -> Tensor:
        return y.log()


def _with_one(x: Tensor, first: bool) -> Tensor:
    """The last dimension with a 1 put before or after it."""
    one = autograd.ones_like(x[..., :1])
    return autograd.cat([one, x] if first else [x, one], -1)


class StickBreakingTransform(_Plain):
    """K - 1 numbers to the simplex of K: each takes its share, by a sigmoid, of what is left of a stick of length 1.

    The offset log(K - k) makes 0 the middle of the simplex (Stan Reference Manual, unit simplex).

    Examples
    --------
    >>> import autograd
    >>> [round(p, 4) for p in StickBreakingTransform()(autograd.zeros(3)).tolist()]
    [0.25, 0.25, 0.25, 0.25]
    """

    domain = constraints.real_vector
    codomain = constraints.simplex
    bijective = True

    def _offset(self, x: Tensor) -> Tensor:
        return autograd.arange(x.shape[-1], 0, -1, dtype=x.dtype, device=x.device).log()

    def _call(self, x: Tensor) -> Tensor:
        share = (x - self._offset(x)).sigmoid().clamp(finfo(x.dtype).tiny, 1 - finfo(x.dtype).eps)
        return _with_one(share, first=False) * _with_one((1 - share).cumprod(-1), first=True)

    def _inverse(self, y: Tensor) -> Tensor:
        taken = y[..., :-1]
        left = (1 - taken.cumsum(-1)).clamp(min=finfo(y.dtype).tiny)
        return taken.log() - left.log() + self._offset(taken)

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        return (y[..., :-1].log() - softplus(x - self._offset(x))).sum(-1)

    def forward_shape(self, shape: Sequence[int]) -> Size:
        return Size((*shape[:-1], shape[-1] + 1))

    def inverse_shape(self, shape: Sequence[int]) -> Size:
        return Size((*shape[:-1], shape[-1] - 1))


def _below(matrix: Tensor, diagonal: int = -1) -> Tensor:
    """The elements below the diagonal as a vector, row by row."""
    rows, columns = autograd.tril_indices(matrix.shape[-1], matrix.shape[-1], diagonal, device=matrix.device)
    return matrix[..., rows, columns]


def _placed_below(vector: Tensor) -> Tensor:
    """The inverse of `_below`."""
    size = (1 + math.isqrt(1 + 8 * vector.shape[-1])) // 2
    if size * (size - 1) // 2 != vector.shape[-1]:
        raise ValueError(
            f"The size of last dimension is {vector.shape[-1]} which cannot be expressed as the lower triangular part "
            "of a square D x D matrix."
        )
    rows, columns = autograd.tril_indices(size, size, -1, device=vector.device)
    matrix = autograd.zeros((*vector.shape[:-1], size, size), dtype=vector.dtype, device=vector.device)
    matrix[..., rows, columns] = vector
    return matrix


class CorrCholeskyTransform(_Plain):
    """D (D - 1) / 2 numbers to the Cholesky factor of a D × D correlation matrix.

    Their tanh are partial correlations: each takes its share of what is left of its row's length 1 (Stan Reference
    Manual, Cholesky factors of correlation matrices).

    Examples
    --------
    >>> import autograd
    >>> CorrCholeskyTransform()(autograd.zeros(1)).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """

    domain = constraints.real_vector
    codomain = constraints.corr_cholesky
    bijective = True

    def _call(self, x: Tensor) -> Tensor:
        gap = finfo(x.dtype).eps
        partial = _placed_below(x.tanh().clamp(-1 + gap, 1 - gap))
        left = _with_one((1 - partial**2).sqrt().cumprod(-1)[..., :-1], first=True)
        identity = autograd.eye(partial.shape[-1], dtype=x.dtype, device=x.device)
        return (partial + identity) * left

    def _inverse(self, y: Tensor) -> Tensor:
        left = _with_one((1 - (y * y).cumsum(-1))[..., :-1], first=True)
        return (_below(y) / _below(left).clamp(min=finfo(y.dtype).tiny).sqrt()).atanh()

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        left = _below(1 - (y * y).cumsum(-1), -2)
        return 0.5 * left.log().sum(-1) - 2 * (x + softplus(-2 * x) - math.log(2)).sum(-1)

    def forward_shape(self, shape: Sequence[int]) -> Size:
        size = (1 + math.isqrt(1 + 8 * shape[-1])) // 2
        if size * (size - 1) // 2 != shape[-1]:
            raise ValueError(f"Input is not a flattened lower-diagonal number: {shape[-1]} elements")
        return Size((*shape[:-1], size, size))

    def inverse_shape(self, shape: Sequence[int]) -> Size:
        if shape[-2] != shape[-1]:
            raise ValueError(f"Input is not square: {tuple(shape)}")
        return Size((*shape[:-2], shape[-1] * (shape[-1] - 1) // 2))


class LowerCholeskyTransform(_Plain):
    """The lower triangle of a matrix, with the exponential on its diagonal."""

    domain = constraints.independent(constraints.real, 2)
    codomain = constraints.lower_cholesky

    def _call(self, x: Tensor) -> Tensor:
        return x.tril(-1) + x.diagonal(dim1=-2, dim2=-1).exp().diag_embed()

    def _inverse(self, y: Tensor) -> Tensor:
        return y.tril(-1) + y.diagonal(dim1=-2, dim2=-1).log().diag_embed()


class PositiveDefiniteTransform(_Plain):
    """L Lᵀ with L = LowerCholeskyTransform()(x)."""

    domain = constraints.independent(constraints.real, 2)
    codomain = constraints.positive_definite

    def _call(self, x: Tensor) -> Tensor:
        factor = LowerCholeskyTransform()(x)
        return factor @ factor.mT

    def _inverse(self, y: Tensor) -> Tensor:
        return LowerCholeskyTransform().inv(autograd.linalg.cholesky(y))
