"""Adam (Kingma and Ba, 2015), with AMSGrad (Reddi et al., 2018)."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from optim.common import advance, check, counter, number, raw, zeros_for
from optim.optimizer import Optimizer, Params


class Adam(Optimizer):
    """p ← p - lr · m̂ / (√v̂ + eps), with running averages m of the gradient and v of its square, unbiased.

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate
    betas : how much of each running average is kept
    eps : added to the denominator
    weight_decay : L2 penalty; with `decoupled_weight_decay` as in `AdamW`
    amsgrad : divide by the largest v so far
    maximize : climb instead

    Raises
    ------
    ValueError
        If an option is negative or a beta not in [0, 1).

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.Adam([w], lr=0.1)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.9000, -1.9000])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
        decoupled_weight_decay: bool = False,
    ):
        check(lr=lr, eps=eps, betas=betas, weight_decay=weight_decay)
        super().__init__(
            params,
            dict(
                lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad, maximize=maximize,
                foreach=foreach, capturable=capturable, differentiable=differentiable, fused=fused,
                decoupled_weight_decay=decoupled_weight_decay,
            ),
        )  # fmt: skip

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Averages of zero."""
        state.update(step=counter(), exp_avg=zeros_for(param), exp_avg_sq=zeros_for(param))
        if group["amsgrad"]:
            state["max_exp_avg_sq"] = zeros_for(param)

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        beta1, beta2 = group["betas"]
        xp.adam_step(  # names would cost a tenth of a small parameter's step
            p, g, raw(state, "exp_avg"), raw(state, "exp_avg_sq"),
            raw(state, "max_exp_avg_sq") if group["amsgrad"] else None, self.scratch(xp, p),
            advance(state), number(group["lr"]), number(beta1), number(beta2), group["eps"],
            group["weight_decay"], group["decoupled_weight_decay"], group["maximize"],
        )  # fmt: skip
