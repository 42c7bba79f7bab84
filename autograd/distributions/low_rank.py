"""The multivariate normal distribution with a covariance of low rank plus a diagonal."""

from __future__ import annotations

from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import lazy_property, normal
from autograd.distributions.located import Located
from autograd.distributions.multivariate_normal import LOG_2PI, half_log_det, squared_length
from autograd.tensor import Tensor


class LowRankMultivariateNormal(Located):
    """A MultivariateNormal with covariance W Wᵀ + diag(d), at the cost of the rank of W.

    Densities use the Woodbury identity and the matrix determinant lemma.

    Parameters
    ----------
    loc : mean, of shape (..., k)
    cov_factor : W, of shape (..., k, rank)
    cov_diag : d, of shape (..., k), positive

    Raises
    ------
    ValueError
        For shapes that do not fit, or a violated constraint.

    Examples
    --------
    >>> import autograd
    >>> d = LowRankMultivariateNormal(autograd.zeros(2), autograd.ones(2, 1), autograd.ones(2))
    >>> d.covariance_matrix.tolist()
    [[2.0, 1.0], [1.0, 2.0]]
    """

    arg_constraints = {
        "loc": constraints.real_vector,
        "cov_factor": constraints.independent(constraints.real, 2),
        "cov_diag": constraints.independent(constraints.positive, 1),
    }
    support = constraints.real_vector
    has_rsample = True

    def __init__(self, loc: Tensor, cov_factor: Tensor, cov_diag: Tensor, validate_args: Any = None):
        if loc.ndim < 1:
            raise ValueError("loc must be at least one-dimensional.")
        event = tuple(loc.shape[-1:])
        if cov_factor.ndim < 2:
            raise ValueError("cov_factor must be at least two-dimensional, with optional leading batch dimensions")
        if tuple(cov_factor.shape[-2:-1]) != event:
            raise ValueError(f"cov_factor must be a batch of matrices with shape {event[0]} x m")
        if tuple(cov_diag.shape[-1:]) != event:
            raise ValueError(f"cov_diag must be a batch of vectors with shape {event}")
        batch = autograd.broadcast_shapes(loc.shape[:-1], cov_factor.shape[:-2], cov_diag.shape[:-1])
        self.loc, self.cov_diag = loc.expand(*batch, *event), cov_diag.expand(*batch, *event)
        self.cov_factor = cov_factor.expand(*batch, *cov_factor.shape[-2:])
        super().__init__(batch, event, validate_args=validate_args)

    @lazy_property
    def variance(self) -> Tensor:
        return (self.cov_factor**2).sum(-1) + self.cov_diag

    @lazy_property
    def covariance_matrix(self) -> Tensor:
        """The covariance."""
        return self.cov_factor @ self.cov_factor.mT + self.cov_diag.diag_embed()

    @lazy_property
    def scale_tril(self) -> Tensor:
        """The Cholesky factor of the covariance."""
        return autograd.linalg.cholesky(self.covariance_matrix)

    @lazy_property
    def precision_matrix(self) -> Tensor:
        """The inverse of the covariance."""
        inverse = self.cov_diag.reciprocal()
        solved = autograd.linalg.solve_triangular(self._capacitance, self._scaled_factor, upper=False)
        return inverse.diag_embed() - solved.mT @ solved

    @property
    def _scaled_factor(self) -> Tensor:
        """Wᵀ D⁻¹."""
        return self.cov_factor.mT / self.cov_diag.unsqueeze(-2)

    @lazy_property
    def _capacitance(self) -> Tensor:
        """The Cholesky factor of 1 + Wᵀ D⁻¹ W."""
        matrix = self._scaled_factor @ self.cov_factor
        return autograd.linalg.cholesky(
            matrix + autograd.eye(matrix.shape[-1], dtype=matrix.dtype, device=self.loc.device)
        )

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        shape = self._extended_shape(sample_shape)
        low = normal((*shape[:-1], self.cov_factor.shape[-1], 1), self.loc)
        return self.loc + (self.cov_factor @ low).squeeze(-1) + self.cov_diag.sqrt() * normal(shape, self.loc)

    def _log_prob(self, value: Tensor) -> Tensor:
        difference = value - self.loc
        projected = (self._scaled_factor @ difference.unsqueeze(-1)).squeeze(-1)
        distance = (difference**2 / self.cov_diag).sum(-1) - squared_length(self._capacitance, projected)
        return -0.5 * (self._event_shape[0] * LOG_2PI + distance) - self._half_log_det()

    def _half_log_det(self) -> Tensor:
        return half_log_det(self._capacitance) + 0.5 * self.cov_diag.log().sum(-1)

    def entropy(self) -> Tensor:
        return 0.5 * self._event_shape[0] * (1 + LOG_2PI) + self._half_log_det()
