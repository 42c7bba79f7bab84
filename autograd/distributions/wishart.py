"""The Wishart distribution of positive definite matrices."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import normal
from autograd.distributions.exp_family import ExponentialFamily
from autograd.distributions.gamma import Chi2
from autograd.distributions.multivariate_normal import ByCovariance, half_log_det
from autograd.tensor import Tensor


class Wishart(ByCovariance, ExponentialFamily):
    """X = Σ zᵢ zᵢᵀ over `df` vectors z of MultivariateNormal(0, V); `df` need not be an integer.

    Samples are made by Bartlett's decomposition.

    Parameters
    ----------
    df : degrees of freedom, greater than k - 1
    covariance_matrix : V, of shape (..., k, k); or one of:
    precision_matrix : V⁻¹
    scale_tril : the Cholesky factor of V

    Raises
    ------
    ValueError
        Unless exactly one of the three is given, for too few dimensions, or a violated constraint.

    Examples
    --------
    >>> import autograd
    >>> Wishart(3.0, autograd.eye(2)).mean.tolist()
    [[3.0, 0.0], [0.0, 3.0]]
    """

    arg_constraints = {"df": constraints.greater_than(0), **ByCovariance.matrix_constraints}
    support = constraints.positive_definite
    has_rsample = True

    def __init__(
        self, df: Any, covariance_matrix: Tensor | None = None, precision_matrix: Tensor | None = None,
        scale_tril: Tensor | None = None, validate_args: Any = None,
    ):  # fmt: skip
        self._take_matrix(covariance_matrix=covariance_matrix, precision_matrix=precision_matrix, scale_tril=scale_tril)
        matrix = vars(self)[self._source]
        size = matrix.shape[-1]
        df = df if isinstance(df, Tensor) else autograd.tensor(float(df), dtype=matrix.dtype, device=matrix.device)
        batch = autograd.broadcast_shapes(matrix.shape[:-2], df.shape)
        self.df = df.expand(batch)
        setattr(self, self._source, matrix.expand(*batch, size, size))
        if bool((self.df <= size - 1).any()):
            raise ValueError(f"Value of df={df} expected to be greater than ndim - 1 = {size - 1}.")
        super().__init__(batch, (size, size), validate_args=validate_args)

    @property
    def _freedom(self) -> Tensor:
        """`df` as 1 × 1 matrices."""
        return self.df.unsqueeze(-1).unsqueeze(-1)

    @property
    def mean(self) -> Tensor:
        return self._freedom * self.covariance_matrix

    @property
    def mode(self) -> Tensor:
        factor = self._freedom - self._event_shape[0] - 1
        return autograd.where(factor > 0, factor, math.nan) * self.covariance_matrix

    @property
    def variance(self) -> Tensor:
        v = self.covariance_matrix
        diagonal = v.diagonal(dim1=-2, dim2=-1)
        return self._freedom * (v**2 + diagonal.unsqueeze(-1) * diagonal.unsqueeze(-2))

    def rsample(self, sample_shape: Any = ()) -> Tensor:
        size = self._event_shape[0]
        freedom = self.df.unsqueeze(-1) - autograd.arange(size, dtype=self.df.dtype, device=self.df.device)
        lengths = Chi2(freedom, validate_args=False).rsample(sample_shape).sqrt()
        below = normal(self._extended_shape(sample_shape), self.df).tril(-1)
        factor = self._factor @ (below + lengths.diag_embed())
        return factor @ factor.mT

    def _log_prob(self, value: Tensor) -> Tensor:
        size = self._event_shape[0]
        trace = autograd.cholesky_solve(value, self._factor).diagonal(dim1=-2, dim2=-1).sum(-1)
        inner = (self.df - size - 1) * half_log_det(autograd.linalg.cholesky(value)) - 0.5 * trace
        return inner - self._log_constant()

    def _log_constant(self) -> Tensor:
        size = self._event_shape[0]
        return self.df * (half_log_det(self._factor) + 0.5 * size * math.log(2)) + (self.df / 2).mvlgamma(size)

    def entropy(self) -> Tensor:
        size = self._event_shape[0]
        steps = autograd.arange(size, dtype=self.df.dtype, device=self.df.device) / 2
        digammas = (self.df.unsqueeze(-1) / 2 - steps).digamma().sum(-1)
        mean_log_det = digammas + size * math.log(2) + 2 * half_log_det(self._factor)
        return self._log_constant() - 0.5 * (self.df - size - 1) * mean_log_det + 0.5 * self.df * size
