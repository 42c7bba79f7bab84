"""SGD: stochastic gradient descent with momentum."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from autograd.engine import engine
from optim.common import check, number
from optim.optimizer import Optimizer, Params


class SGD(Optimizer):
    """p ← p - lr · d with d = g + weight_decay · p, averaged with momentum where asked for.

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate
    momentum : how much of the previous direction is kept, m ← momentum · m + (1 - dampening) · d
    dampening : how much less of the new direction is taken
    weight_decay : L2 penalty
    nesterov : look ahead, d + momentum · m (Sutskever et al., 2013)
    maximize : climb instead

    Raises
    ------
    ValueError
        If an option is negative, or `nesterov` goes without momentum or with dampening.

    Examples
    --------
    >>> import autograd, nn, optim
    >>> p = nn.Parameter(autograd.ones(2))
    >>> (p * p).sum().backward()
    >>> optim.SGD([p], lr=0.1).step()
    >>> p.detach()
    tensor([0.8000, 0.8000])
    """

    splits_complex = False

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ):
        check(lr=lr, momentum=momentum, weight_decay=weight_decay)
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        super().__init__(
            params,
            dict(
                lr=lr, momentum=momentum, dampening=dampening, weight_decay=weight_decay, nesterov=nesterov,
                maximize=maximize, foreach=foreach, differentiable=differentiable, fused=fused,
            ),
        )  # fmt: skip

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter; momentum starts at the first direction itself, undampened."""
        momentum, dampening, buffer = group["momentum"], group["dampening"], None
        if momentum:
            if state.get("momentum_buffer") is None:
                state["momentum_buffer"] = engine.wrap(xp.zeros_like(p), xp)
                dampening = 0.0
            buffer = state["momentum_buffer"]._data
        xp.sgd_step(  # names would cost a tenth of a small parameter's step
            p, g, buffer, self.scratch(xp, p), number(group["lr"]), momentum, dampening,
            group["weight_decay"], group["nesterov"], group["maximize"],
        )  # fmt: skip
