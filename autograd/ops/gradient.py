"""Operations that change only the gradient."""

from __future__ import annotations

from autograd.differentiable import differentiable


@differentiable(x=lambda xp, g, factor: g * factor)
def scale_gradient(xp, x, factor):
    """x itself, whose gradient is multiplied by `factor`, which broadcasts."""
    return xp.copy(x)
