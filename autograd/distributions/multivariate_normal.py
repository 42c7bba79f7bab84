"""The multivariate normal distribution, with a full covariance matrix."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import lazy_property, normal
from autograd.distributions.distribution import Distribution
from autograd.distributions.located import Located
from autograd.tensor import Tensor

LOG_2PI = math.log(2 * math.pi)


def squared_length(scale_tril: Tensor, difference: Tensor) -> Tensor:
    """‖L⁻¹ d‖² of the vectors in the last dimension of d: Mahalanobis' distance, squared."""
    solved = autograd.linalg.solve_triangular(scale_tril, difference.unsqueeze(-1), upper=False)
    return (solved * solved).sum((-2, -1))


def half_log_det(scale_tril: Tensor) -> Tensor:
    """log |L|, half of the covariance's logarithmic determinant."""
    return scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)


def factor_of_inverse(precision: Tensor) -> Tensor:
    """The Cholesky factor of a matrix's inverse, by that of the matrix with rows and columns turned around."""
    turned = autograd.linalg.cholesky(precision.flip((-2, -1))).flip((-2, -1)).mT
    identity = autograd.eye(precision.shape[-1], dtype=precision.dtype, device=precision.device)
    return autograd.linalg.solve_triangular(turned, identity, upper=False)


class ByCovariance(Distribution):
    """A family with a matrix that is given as itself, as its inverse or as its Cholesky factor."""

    matrix_constraints = {
        "covariance_matrix": constraints.positive_definite,
        "precision_matrix": constraints.positive_definite,
        "scale_tril": constraints.lower_cholesky,
    }

    def _take_matrix(self, **matrices: Tensor | None) -> None:
        """Keep the one matrix that was given, by its name."""
        given = {name: matrix for name, matrix in matrices.items() if matrix is not None}
        if len(given) != 1:
            names = " or ".join(matrices)
            raise ValueError(f"Exactly one of {names} may be specified.")
        ((self._source, matrix),) = given.items()
        if matrix.ndim < 2:
            raise ValueError(f"{self._source} must be at least two-dimensional, with optional leading batch dimensions")
        vars(self).update(given)

    @lazy_property
    def _factor(self) -> Tensor:
        """`scale_tril` for the family's own use: that name is printed once a program has asked for it, or given it."""
        if self._source == "scale_tril":
            return self.scale_tril
        if self._source == "covariance_matrix":
            return autograd.linalg.cholesky(self.covariance_matrix)
        return factor_of_inverse(self.precision_matrix)

    @lazy_property
    def scale_tril(self) -> Tensor:
        """The Cholesky factor of the covariance."""
        return self._factor

    @lazy_property
    def covariance_matrix(self) -> Tensor:
        """The covariance."""
        return self._factor @ self._factor.mT

    @lazy_property
    def precision_matrix(self) -> Tensor:
        """The inverse of the covariance."""
        return autograd.cholesky_inverse(self._factor)


class MultivariateNormal(Located, ByCovariance):
    """p(x) = exp(-½ (x - loc)ᵀ Σ⁻¹ (x - loc)) / √((2π)ᵏ |Σ|).

    Parameters
    ----------
    loc : mean, of shape (..., k)
    covariance_matrix : Σ, of shape (..., k, k); or one of:
    precision_matrix : Σ⁻¹
    scale_tril : the Cholesky factor L of Σ = L Lᵀ

    Raises
    ------
    ValueError
        Unless exactly one of the three is given, for too few dimensions, or a violated constraint.

    Examples
    --------
    >>> import autograd
    >>> d = MultivariateNormal(autograd.zeros(2), autograd.eye(2) * 4)
    >>> d.scale_tril.tolist()
    [[2.0, 0.0], [0.0, 2.0]]
    """

    arg_constraints = {"loc": constraints.real_vector, **ByCovariance.matrix_constraints}
    support = constraints.real_vector
    has_rsample = True

    def __init__(
        self, loc: Tensor, covariance_matrix: Tensor | None = None, precision_matrix: Tensor | None = None,
        scale_tril: Tensor | None = None, validate_args: Any = None,
    ):  # fmt: skip
        if loc.ndim < 1:
            raise ValueError("loc must be at least one-dimensional.")
        self._take_matrix(covariance_matrix=covariance_matrix, precision_matrix=precision_matrix, scale_tril=scale_tril)
        matrix = vars(self)[self._source]
        batch = autograd.broadcast_shapes(matrix.shape[:-2], loc.shape[:-1])
        setattr(self, self._source, matrix.expand(*batch, *matrix.shape[-2:]))
        self.loc = loc.expand(*batch, loc.shape[-1])
        super().__init__(batch, loc.shape[-1:], validate_args=validate_args)

    @property
    def variance(self) -> Tensor:
        return (self._factor**2).sum(-1)

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        noise = normal(self._extended_shape(sample_shape), self.loc)
        return self.loc + (self._factor @ noise.unsqueeze(-1)).squeeze(-1)

    def _log_prob(self, value: Tensor) -> Tensor:
        distance = squared_length(self._factor, value - self.loc)
        return -0.5 * (self._event_shape[0] * LOG_2PI + distance) - half_log_det(self._factor)

    def entropy(self) -> Tensor:
        return 0.5 * self._event_shape[0] * (1 + LOG_2PI) + half_log_det(self._factor)
