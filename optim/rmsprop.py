"""RMSprop (Hinton, Neural Networks for Machine Learning, lecture 6e)."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from optim.common import advance, check, counter, directed, number, raw, zeros_for
from optim.optimizer import Optimizer, Params


class RMSprop(Optimizer):
    """p ← p - lr · g / (√v + eps), with the running average v of g².

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate
    alpha : how much of the average is kept
    eps : added to the denominator
    weight_decay : L2 penalty
    momentum : how much of the previous direction is kept
    centered : take the average gradient's square from v, which makes it a variance
    maximize : climb instead

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.RMSprop([w], lr=0.01)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.9000, -1.9000])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ):
        check(lr=lr, eps=eps, momentum=momentum, weight_decay=weight_decay, alpha=alpha)
        super().__init__(
            params,
            dict(
                lr=lr, momentum=momentum, alpha=alpha, eps=eps, centered=centered, weight_decay=weight_decay,
                capturable=capturable, foreach=foreach, maximize=maximize, differentiable=differentiable,
            ),
        )  # fmt: skip

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Averages of zero."""
        state.update(step=counter(), square_avg=zeros_for(param))
        if group["momentum"] > 0:
            state["momentum_buffer"] = zeros_for(param)
        if group["centered"]:
            state["grad_avg"] = zeros_for(param)

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        lr, alpha = number(group["lr"]), group["alpha"]
        advance(state)
        g = directed(p, g, group)
        v = raw(state, "square_avg")
        v *= alpha
        v += (1 - alpha) * g * g
        if group["centered"]:
            mean = raw(state, "grad_avg")
            mean += (1 - alpha) * (g - mean)
            v = v - mean * mean
        direction = g / (xp.sqrt(v) + group["eps"])
        if group["momentum"] > 0:
            buffer = raw(state, "momentum_buffer")
            buffer *= group["momentum"]
            buffer += direction
            direction = buffer
        p -= lr * direction
