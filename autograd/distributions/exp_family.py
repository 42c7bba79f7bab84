"""Exponential families: entropy from the normalizer."""

from __future__ import annotations

from typing import Any

import autograd
from autograd.distributions.distribution import Distribution
from autograd.tensor import Tensor


class ExponentialFamily(Distribution):
    """p(x) = exp(Σ θᵢ tᵢ(x) - F(θ) + k(x)).

    A family that defines its natural parameters θ as the tuple `_natural_params`, the log normalizer F as
    `_log_normalizer(*natural_params)` and E[k(x)] as the number `_mean_carrier_measure` has its entropy computed.

    Examples
    --------
    >>> import autograd
    >>> isinstance(autograd.distributions.Normal(0.0, 1.0), autograd.distributions.ExponentialFamily)
    True
    """

    @property
    def _natural_params(self) -> tuple[Tensor, ...]:
        raise NotImplementedError(f"{type(self).__name__} does not say its natural parameters")

    def _log_normalizer(self, *natural_params: Tensor) -> Tensor:
        raise NotImplementedError(f"{type(self).__name__} does not say its log normalizer")

    _mean_carrier_measure: Any = 0

    def entropy(self) -> Tensor:
        """F(θ) - Σ θᵢ ∂F/∂θᵢ - E[k(x)] (Nielsen and Nock 2010); of shape `batch_shape`."""
        with autograd.enable_grad():
            recorded = any(value.requires_grad for value in self._natural_params)
            natural = [v if v.requires_grad else v.detach().requires_grad_() for v in self._natural_params]
            normalizer = self._log_normalizer(*natural)
            gradients = autograd.grad(normalizer.sum(), natural, create_graph=recorded)
        entropy = (normalizer if recorded else normalizer.detach()) - self._mean_carrier_measure
        for value, gradient in zip(natural, gradients, strict=True):
            product = (value if recorded else value.detach()) * gradient
            entropy = entropy - product.reshape(*self._batch_shape, -1).sum(-1)
        return entropy
