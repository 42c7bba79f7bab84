"""Adafactor (Shazeer and Stern, 2018)."""

from __future__ import annotations

import math
from typing import Any

from autograd import Tensor
from autograd.engine import engine
from optim.common import advance, check, counter, number, zeros_for
from optim.optimizer import Optimizer, Params


class Adafactor(Optimizer):
    """Adam without momentum, whose v of a matrix is kept as the product of a column and a row.

    p ← p - α · u / max(1, rms(u) / d) with u = g / √v and α = max(eps₂, rms(p)) · min(lr, 1/√t).

    Parameters
    ----------
    params : parameters or groups of them; real
    lr : largest relative step
    beta2_decay : the average takes t^beta2_decay of the new value in step t
    eps : smallest √v (None: the type's machine epsilon), and smallest rms of a parameter
    d : from which rms on an update is clipped
    weight_decay : the part of a parameter, times lr, that is taken away in a step
    maximize : climb instead

    Raises
    ------
    RuntimeError
        For complex parameters, in `step`.

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.Adafactor([w], lr=0.1)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> w.detach()
    tensor([ 0.8419, -1.8419])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-2,
        beta2_decay: float = -0.8,
        eps: tuple[float | None, float] = (None, 1e-3),
        d: float = 1.0,
        weight_decay: float = 0.0,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
    ):
        check(lr=lr, eps1=eps[0] or 0.0, eps2=eps[1], weight_decay=weight_decay)
        if beta2_decay > 0:
            raise ValueError(f"beta2_decay should be <= 0, got {beta2_decay}")
        if d < 1.0:
            raise ValueError(f"Clipping threshold d should be >= 1 but is: {d}")
        options = dict(lr=lr, beta2_decay=beta2_decay, eps=eps, d=d, weight_decay=weight_decay, foreach=foreach)
        super().__init__(params, options | {"maximize": maximize})

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Averages of zero: one row and one column of a matrix, all of a vector."""
        if param.is_complex():
            raise RuntimeError("Adafactor does not support complex parameters")
        state["step"] = counter()
        if param.ndim < 2:
            state["variance"] = zeros_for(param)
            return
        xp, array = param.backend, param._data
        state["row_var"] = engine.wrap(xp.zeros_like(array[..., :1]), xp)
        state["col_var"] = engine.wrap(xp.zeros_like(array[..., :1, :]), xp)

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        lr, (eps1, eps2) = number(group["lr"]), group["eps"]
        eps1 = xp.library.finfo(p.dtype).eps if eps1 is None else eps1
        step = advance(state)
        g = -g if group["maximize"] else g
        new = step ** group["beta2_decay"]
        alpha = max(eps2, _rms(xp, p)) * min(lr, 1 / math.sqrt(step))
        p *= 1 - lr * group["weight_decay"]
        square = g * g
        if g.ndim > 1:
            row, column = state["row_var"]._data, state["col_var"]._data
            row += new * (xp.mean(square, axis=-1, keepdims=True) - row)
            column += new * (xp.mean(square, axis=-2, keepdims=True) - column)
            v = row * column / xp.maximum(xp.mean(row, axis=-2, keepdims=True), eps1)
        else:
            v = state["variance"]._data
            v += new * (square - v)
        u = g / xp.sqrt(xp.maximum(v, eps1 * eps1))
        p -= alpha / max(1.0, _rms(xp, u) / group["d"]) * u


def _rms(xp: Any, array: Any) -> float:
    return math.sqrt(float(xp.sum(array * array)) / array.size) if array.size else 0.0
