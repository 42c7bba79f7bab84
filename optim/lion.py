"""Lion (Chen et al., 2023) and LAMB (You et al., 2020)."""

from __future__ import annotations

import math
from typing import Any

from autograd import Tensor
from optim.adam_family import decayed
from optim.common import advance, averages, check, counter, number, raw, zeros_for
from optim.optimizer import Optimizer, Params


class Lion(Optimizer):
    """p ← p - lr · (sign(β₁ · m + (1 - β₁) · g) + weight_decay · p), then m ← β₂ · m + (1 - β₂) · g.

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate; about a fifth of what Adam takes
    betas : how much of m is in the direction, and how much is kept
    weight_decay : the part of a parameter, times lr, that is taken away in a step
    maximize : climb instead

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.Lion([w], lr=0.1)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.9000, -1.9000])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-4,
        betas: tuple[float, float] = (0.9, 0.99),
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ):
        check(lr=lr, betas=betas, weight_decay=weight_decay)
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay, maximize=maximize))

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """An average of zero."""
        state["exp_avg"] = zeros_for(param)

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        lr, (beta1, beta2) = number(group["lr"]), group["betas"]
        g = decayed(p, g, lr, {**group, "decoupled_weight_decay": True})
        m = raw(state, "exp_avg")
        p -= lr * xp.sign(beta1 * m + (1 - beta1) * g)
        m += (1 - beta2) * (g - m)


class LAMB(Optimizer):
    """p ← p - lr · ‖p‖ / ‖u‖ · u with Adam's direction and decay, u = m̂ / (√v̂ + eps) + weight_decay · p.

    Parameters
    ----------
    params : parameters or groups of them; each parameter is scaled as a whole
    lr : learning rate
    betas : how much of the averages of g and g² is kept
    eps : added to the denominator
    weight_decay : how much of the parameter is in the direction
    maximize : climb instead

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.LAMB([w], lr=0.1)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.8419, -1.8419])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-6,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ):
        check(lr=lr, eps=eps, betas=betas, weight_decay=weight_decay)
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, maximize=maximize))

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Averages of zero."""
        state.update(step=counter(), exp_avg=zeros_for(param), exp_avg_sq=zeros_for(param))

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        beta1, beta2 = group["betas"]
        step = advance(state)
        g = -g if group["maximize"] else g
        m, v = averages(state, g, group["betas"])
        u = m / (1 - beta1**step) / (xp.sqrt(v / (1 - beta2**step)) + group["eps"]) + group["weight_decay"] * p
        size, length = (math.sqrt(float(xp.sum(x * x))) for x in (p, u))
        p -= number(group["lr"]) * (size / length if size and length else 1.0) * u
