"""The LKJ distribution of correlation matrices, by their Cholesky factors."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import normal
from autograd.distributions.dirichlet import Beta
from autograd.distributions.distribution import Distribution
from autograd.tensor import Tensor


class LKJCholesky(Distribution):
    """The factor L of a correlation matrix M = L Lᵀ with p(M) ∝ det(M)^(concentration - 1).

    For a concentration of 1 all correlation matrices are equally likely; more favours those near the identity. Samples are
    made row by row: a direction on the sphere, and by a Beta distribution how far from the diagonal it lies (Lewandowski,
    Kurowicka and Joe 2009, section 3.2, the onion method).

    Parameters
    ----------
    dim : the number of rows
    concentration : positive

    Raises
    ------
    ValueError
        For less than two rows, or a violated constraint.

    Examples
    --------
    >>> import autograd
    >>> LKJCholesky(2, 1.0).log_prob(autograd.eye(2)).exp().item()
    0.5
    """

    concentration: Tensor
    arg_constraints = {"concentration": constraints.positive}
    support = constraints.corr_cholesky

    def __init__(self, dim: int, concentration: Any = 1.0, validate_args: Any = None):
        if dim < 2:
            raise ValueError(f"Expected dim to be an integer greater than or equal to 2. Found dim={dim}.")
        self.dim = dim
        super().__init__(self._broadcast(concentration=concentration), (dim, dim), validate_args=validate_args)

    def sample(self, sample_shape: Any = ()) -> Tensor:
        like, size = self.concentration, self.dim
        with autograd.no_grad():
            row = autograd.arange(1, size, dtype=like.dtype, device=like.device)
            beta = Beta(row / 2, like.unsqueeze(-1) + (size - 1 - row) / 2, validate_args=False)
            inside = beta.sample(sample_shape).unsqueeze(-1)
            below = normal(self._extended_shape(sample_shape), like).tril(-1)[..., 1:, :]
            below = inside.sqrt() * below / below.norm(dim=-1, keepdim=True)
            first = autograd.zeros_like(below[..., :1, :])
            diagonal = autograd.cat([autograd.ones_like(inside[..., :1, 0]), (1 - inside[..., 0]).sqrt()], -1)
            return autograd.cat([first, below], -2) + diagonal.diag_embed()

    def _log_prob(self, value: Tensor) -> Tensor:
        like, rows = self.concentration, self.dim - 1
        row = autograd.arange(1, self.dim, dtype=like.dtype, device=like.device)
        powers = 2 * (like.unsqueeze(-1) - 1) + rows - row
        density = (powers * value.diagonal(dim1=-2, dim2=-1)[..., 1:].log()).sum(-1)
        most = like + rows / 2
        return density - (rows / 2 * math.log(math.pi) + (most - 0.5).mvlgamma(rows) - rows * most.lgamma())
