"""Relatives of Adam: Adamax, NAdam, RAdam."""

from __future__ import annotations

import math
from typing import Any

from autograd import Tensor
from autograd.engine import TensorBase
from optim.common import advance, averages, check, counter, directed, number, raw, zeros_for
from optim.optimizer import Optimizer, Params


class Adamax(Optimizer):
    """p ← p - lr / (1 - β₁ᵗ) · m / u, with the running average m of g and u = max(β₂ · u, |g| + eps).

    From the paper on Adam (Kingma and Ba, 2015), section 7.

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate
    betas : how much of m and u is kept
    eps : added to |g|
    weight_decay : L2 penalty
    maximize : climb instead

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.Adamax([w], lr=0.1)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.9000, -1.9000])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ):
        check(lr=lr, eps=eps, betas=betas, weight_decay=weight_decay)
        super().__init__(
            params,
            dict(
                lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, foreach=foreach, maximize=maximize,
                differentiable=differentiable, capturable=capturable,
            ),
        )  # fmt: skip

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Averages of zero."""
        state.update(step=counter(), exp_avg=zeros_for(param), exp_inf=zeros_for(param))

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        beta1, beta2 = group["betas"]
        step = advance(state)
        g = directed(p, g, group)
        m, u = raw(state, "exp_avg"), raw(state, "exp_inf")
        m += (1 - beta1) * (g - m)
        u[...] = xp.maximum(beta2 * u, xp.abs(g) + group["eps"])
        p -= number(group["lr"]) / (1 - beta1**step) * m / u


class NAdam(Optimizer):
    """Adam with Nesterov's look ahead, whose momentum μₜ = β₁ · (1 - 0.96^(t · momentum_decay) / 2) rises.

    Dozat, Incorporating Nesterov Momentum into Adam, 2016.

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate
    betas : how much of the averages of g and g² is kept
    eps : added to the denominator
    weight_decay : L2 penalty; decoupled as in AdamW if asked for
    momentum_decay : how fast μ rises
    decoupled_weight_decay : shrink the parameters instead of adding to the gradient
    maximize : climb instead

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.NAdam([w], lr=0.1)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.8944, -1.8944])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum_decay: float = 4e-3,
        decoupled_weight_decay: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
    ):
        check(lr=lr, eps=eps, betas=betas, weight_decay=weight_decay, momentum_decay=momentum_decay)
        super().__init__(
            params,
            dict(
                lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, momentum_decay=momentum_decay,
                decoupled_weight_decay=decoupled_weight_decay, maximize=maximize, foreach=foreach,
                capturable=capturable, differentiable=differentiable,
            ),
        )  # fmt: skip

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Averages of zero, and the product of all momenta so far."""
        state.update(
            step=counter(), mu_product=counter(1.0), exp_avg=zeros_for(param), exp_avg_sq=zeros_for(param)
        )  # fmt: skip

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        lr, (beta1, beta2), decay = number(group["lr"]), group["betas"], group["momentum_decay"]
        step = advance(state)
        g = decayed(p, g, lr, group)
        mu = beta1 * (1 - 0.5 * 0.96 ** (step * decay))
        mu_next = beta1 * (1 - 0.5 * 0.96 ** ((step + 1) * decay))
        if not isinstance(state["mu_product"], TensorBase):
            state["mu_product"] = counter(state["mu_product"])
        product = state["mu_product"]._data
        product *= mu
        so_far = product.item()
        m, v = averages(state, g, group["betas"])
        denominator = xp.sqrt(v / (1 - beta2**step)) + group["eps"]
        p -= (lr * (1 - mu) / (1 - so_far) * g + lr * mu_next / (1 - so_far * mu_next) * m) / denominator


class RAdam(Optimizer):
    """Adam that goes without the denominator until its variance is under control (Liu et al., 2020).

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate
    betas : how much of the averages of g and g² is kept
    eps : added to the denominator
    weight_decay : L2 penalty; decoupled as in AdamW if asked for
    decoupled_weight_decay : shrink the parameters instead of adding to the gradient
    maximize : climb instead

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.RAdam([w], lr=0.1)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.8000, -1.6000])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        decoupled_weight_decay: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
    ):
        check(lr=lr, eps=eps, betas=betas, weight_decay=weight_decay)
        super().__init__(
            params,
            dict(
                lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, maximize=maximize, foreach=foreach,
                capturable=capturable, decoupled_weight_decay=decoupled_weight_decay, differentiable=differentiable,
            ),
        )  # fmt: skip

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Averages of zero."""
        state.update(step=counter(), exp_avg=zeros_for(param), exp_avg_sq=zeros_for(param))

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        lr, (beta1, beta2) = number(group["lr"]), group["betas"]
        step = advance(state)
        g = decayed(p, g, lr, group)
        m, v = averages(state, g, group["betas"])
        unbiased = m / (1 - beta1**step)
        bias2 = 1 - beta2**step
        longest = 2 / (1 - beta2) - 1  # the length of the simple average that the running one amounts to
        length = longest - 2 * step * beta2**step / bias2
        if length > 5:
            ratio = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
            unbiased *= math.sqrt(ratio) * math.sqrt(bias2) / (xp.sqrt(v) + group["eps"])
        p -= lr * unbiased


def decayed(p: Any, g: Any, lr: float, group: dict[str, Any]) -> Any:
    """The gradient to descend along, after weight decay of the kind that the group asks for."""
    if not (group["decoupled_weight_decay"] and group["weight_decay"]):
        return directed(p, g, group)
    p *= 1 - lr * group["weight_decay"]
    return -g if group["maximize"] else g
