"""Rprop (Riedmiller and Braun, 1993) and averaged SGD (Polyak and Juditsky, 1992)."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from autograd.engine import TensorBase
from optim.common import advance, check, counter, directed, full_for, number, raw, zeros_for
from optim.optimizer import Optimizer, Params


class Rprop(Optimizer):
    """p ← p - sign(g) · s, where the step s grows while the sign stays and shrinks when it turns.

    Parameters
    ----------
    params : parameters or groups of them
    lr : what s starts from
    etas : factors by which s shrinks and grows
    step_sizes : smallest and largest s
    maximize : climb instead

    Raises
    ------
    ValueError
        If the two etas do not lie on the two sides of 1.

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.Rprop([w], lr=0.1)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.9000, -1.9000])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-2,
        etas: tuple[float, float] = (0.5, 1.2),
        step_sizes: tuple[float, float] = (1e-6, 50),
        *,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ):
        check(lr=lr)
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError(f"Invalid eta values: {etas[0]}, {etas[1]}; they must lie on the two sides of 1")
        super().__init__(
            params,
            dict(
                lr=lr, etas=etas, step_sizes=step_sizes, foreach=foreach, maximize=maximize,
                differentiable=differentiable, capturable=capturable,
            ),
        )  # fmt: skip

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Equal steps, and no previous gradient."""
        lr = number(group["lr"])
        start = full_for(param, complex(lr, lr) if param.is_complex() else lr)  # type: ignore[arg-type]
        state.update(step=counter(), prev=zeros_for(param), step_size=start)

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        advance(state)
        g = -g if group["maximize"] else g
        previous, size = raw(state, "prev"), raw(state, "step_size")
        agree = g * previous
        size *= xp.where(agree > 0, group["etas"][1], xp.where(agree < 0, group["etas"][0], 1.0)).astype(size.dtype)
        size[...] = xp.minimum(xp.maximum(size, group["step_sizes"][0]), group["step_sizes"][1])
        g = xp.where(agree < 0, xp.zeros_like(g), g)
        p -= xp.sign(g) * size
        previous[...] = g


class ASGD(Optimizer):
    """SGD, p ← (1 - lambd · η) · p - η · g with η = lr / (1 + lambd · lr · t)^alpha, and the average of p in `ax`.

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate
    lambd : decay
    alpha : how fast η falls
    t0 : the step from which on the average is taken
    weight_decay : L2 penalty
    maximize : climb instead

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.ASGD([w], lr=0.1)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.8000, -1.6000])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-2,
        lambd: float = 1e-4,
        alpha: float = 0.75,
        t0: float = 1e6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ):
        check(lr=lr, weight_decay=weight_decay)
        super().__init__(
            params,
            dict(
                lr=lr, lambd=lambd, alpha=alpha, t0=t0, weight_decay=weight_decay, foreach=foreach, maximize=maximize,
                differentiable=differentiable, capturable=capturable,
            ),
        )  # fmt: skip

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """The first η is lr."""
        state.update(step=counter(), eta=counter(number(group["lr"])), mu=counter(1.0), ax=zeros_for(param))

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        lr, lambd = number(group["lr"]), group["lambd"]
        step = advance(state)
        g = directed(p, g, group)
        eta, mu, average = _scalar(state, "eta"), _scalar(state, "mu"), raw(state, "ax")
        p *= 1 - lambd * eta.item()
        p -= eta.item() * g
        average += mu.item() * (p - average)
        eta[...] = lr / (1 + lambd * lr * step) ** group["alpha"]
        mu[...] = 1 / max(1.0, step - group["t0"])


def _scalar(state: dict[str, Any], name: str) -> Any:
    if not isinstance(state[name], TensorBase):
        state[name] = counter(state[name])
    return state[name]._data
