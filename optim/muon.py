"""Muon (Jordan et al., 2024): momentum whose direction is made orthogonal."""

from __future__ import annotations

import math
from typing import Any

from autograd import Tensor
from autograd.engine import TensorBase
from optim.common import check, number, zeros_for
from optim.optimizer import Optimizer, Params


class Muon(Optimizer):
    """P ← (1 - lr · weight_decay) · P - lr' · orthogonalized(M), for matrices, with the running average M of G.

    Parameters
    ----------
    params : matrices, or groups of them; other parameters need another optimizer
    lr : learning rate
    weight_decay : the part of a parameter, times lr, that is taken away in a step
    momentum : how much of M is kept
    nesterov : look ahead
    ns_coefficients : a, b, c of the Newton-Schulz polynomial a·x + b·x³ + c·x⁵
    eps : smallest norm that is divided by
    ns_steps : how often the polynomial is applied
    adjust_lr_fn : how lr' follows from the shape: "original" or "match_rms_adamw"

    Raises
    ------
    ValueError
        If a parameter is no matrix, or an option has no such value.

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.eye(2, requires_grad=True)
    >>> optimizer = optim.Muon([w], lr=0.1, weight_decay=0)
    >>> (w**2).sum().backward()
    >>> optimizer.step()
    >>> bool((w.diagonal() < 1).all())
    True
    """

    def __init__(
        self,
        params: Params,
        lr: float = 1e-3,
        weight_decay: float = 0.1,
        momentum: float = 0.95,
        nesterov: bool = True,
        ns_coefficients: tuple[float, float, float] = (3.4445, -4.775, 2.0315),
        eps: float = 1e-7,
        ns_steps: int = 5,
        adjust_lr_fn: str | None = None,
    ):
        check(lr=lr, momentum=momentum, weight_decay=weight_decay)
        if adjust_lr_fn not in (None, "original", "match_rms_adamw"):
            raise ValueError(f"Adjust learning rate function {adjust_lr_fn} is not supported")
        super().__init__(
            params,
            dict(
                lr=lr, weight_decay=weight_decay, momentum=momentum, nesterov=nesterov,
                ns_coefficients=ns_coefficients, eps=eps, ns_steps=ns_steps, adjust_lr_fn=adjust_lr_fn,
            ),
        )  # fmt: skip

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Add matrices with options of their own.

        Raises
        ------
        ValueError
            If a parameter is no matrix.
        """
        super().add_param_group(param_group)
        for param in self.param_groups[-1]["params"]:
            if isinstance(param, TensorBase) and param._data.ndim != 2:
                self.param_groups.pop()
                raise ValueError(
                    f"Muon only supports 2D parameters whereas we found a parameter of size: {param.shape}"  # type: ignore[attr-defined]
                )

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """An average of zero."""
        state["momentum_buffer"] = zeros_for(param)

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        lr, momentum = number(group["lr"]), group["momentum"]
        m = state["momentum_buffer"]._data
        m += (1 - momentum) * (g - m)
        direction = g + momentum * (m - g) if group["nesterov"] else m
        direction = orthogonalized(xp, direction, group["ns_coefficients"], group["ns_steps"], group["eps"])
        rows, columns = p.shape
        match_rms = group["adjust_lr_fn"] == "match_rms_adamw"
        ratio = 0.2 * math.sqrt(max(p.shape)) if match_rms else math.sqrt(max(1.0, rows / columns))
        p *= 1 - lr * group["weight_decay"]
        p -= lr * ratio * direction


def orthogonalized(xp: Any, x: Any, coefficients: tuple[float, float, float], steps: int, eps: float) -> Any:
    """x with singular values driven towards 1 by the polynomial a·x + b·x³ + c·x⁵, applied `steps` times."""
    a, b, c = coefficients
    tall = x.shape[0] > x.shape[1]
    x = xp.permute_dims(x, (1, 0)) if tall else x
    x = x / max(math.sqrt(float(xp.sum(x * x))), eps)
    for _ in range(steps):
        gram = xp.matmul(x, xp.permute_dims(x, (1, 0)))
        x = a * x + xp.matmul(b * gram + c * xp.matmul(gram, gram), x)
    return xp.permute_dims(x, (1, 0)) if tall else x
