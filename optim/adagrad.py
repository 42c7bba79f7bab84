"""Adagrad (Duchi et al., 2011) and Adadelta (Zeiler, 2012)."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from optim.common import advance, check, counter, directed, full_for, number, raw, zeros_for
from optim.optimizer import Optimizer, Params


class Adagrad(Optimizer):
    """p ← p - lr / (1 + (t - 1) · lr_decay) · g / (√s + eps), with the sum s of all g² so far.

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate
    lr_decay : how fast the learning rate falls
    weight_decay : L2 penalty
    initial_accumulator_value : what s starts from
    eps : added to the denominator
    maximize : climb instead

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.Adagrad([w], lr=0.5)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.5000, -1.5000])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ):
        check(
            lr=lr, lr_decay=lr_decay, weight_decay=weight_decay, eps=eps,
            initial_accumulator_value=initial_accumulator_value,
        )  # fmt: skip
        super().__init__(
            params,
            dict(
                lr=lr, lr_decay=lr_decay, eps=eps, weight_decay=weight_decay,
                initial_accumulator_value=initial_accumulator_value, foreach=foreach, maximize=maximize,
                differentiable=differentiable, fused=fused,
            ),
        )  # fmt: skip
        for group in self.param_groups:
            for param in group["params"]:
                self.begin(self.state[param], param, group)

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """The sum starts from a given value, in both parts of a complex number."""
        value = group["initial_accumulator_value"]
        value = complex(value, value) if param.is_complex() else value
        state.update(step=counter(), sum=full_for(param, value))  # type: ignore[arg-type]

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        step = advance(state)
        g = directed(p, g, group)
        total = raw(state, "sum")
        total += g * g
        p -= number(group["lr"]) / (1 + (step - 1) * group["lr_decay"]) * g / (xp.sqrt(total) + group["eps"])


class Adadelta(Optimizer):
    """p ← p - lr · d with d = √(u + eps) / √(v + eps) · g, and running averages v of g² and u of d².

    Parameters
    ----------
    params : parameters or groups of them
    lr : what the step is multiplied by
    rho : how much of the averages is kept
    eps : added under the roots
    weight_decay : L2 penalty
    maximize : climb instead

    Raises
    ------
    ValueError
        If `rho` is not in [0, 1], or another option is negative.

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.Adadelta([w], lr=1.0)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.9968, -1.9968])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        capturable: bool = False,
        maximize: bool = False,
        differentiable: bool = False,
    ):
        check(lr=lr, eps=eps, weight_decay=weight_decay)
        if not 0.0 <= rho <= 1.0:
            raise ValueError(f"Invalid rho value: {rho}; it must lie in [0, 1]")
        super().__init__(
            params,
            dict(
                lr=lr, rho=rho, eps=eps, weight_decay=weight_decay, maximize=maximize, capturable=capturable,
                foreach=foreach, differentiable=differentiable,
            ),
        )  # fmt: skip

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Averages of zero."""
        state.update(step=counter(), square_avg=zeros_for(param), acc_delta=zeros_for(param))

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        rho, eps = group["rho"], group["eps"]
        advance(state)
        g = directed(p, g, group)
        v, u = raw(state, "square_avg"), raw(state, "acc_delta")
        v *= rho
        v += (1 - rho) * g * g
        d = xp.sqrt(u + eps) / xp.sqrt(v + eps) * g
        u *= rho
        u += (1 - rho) * d * d
        p -= number(group["lr"]) * d
