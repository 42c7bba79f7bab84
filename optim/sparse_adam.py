"""Adam for gradients with few rows, as those of embeddings: what a batch did not use stays."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from optim.common import advance, check, counter, number, raw, zeros_for
from optim.optimizer import Optimizer, Params


class SparseAdam(Optimizer):
    """Adam whose rows with no gradient keep their averages and values: p ← p - lr · m̂ / (√v̂ + eps) in the others.

    Gradients of embeddings are dense here, so a row counts as used where its gradient is not all zero. PyTorch takes the
    rows that were looked up, and differs only for one that was and has exactly no gradient.

    Parameters
    ----------
    params : parameters or groups of them
    lr : learning rate
    betas : how much of the averages of g and g² is kept
    eps : added to the denominator
    maximize : climb instead

    Raises
    ------
    ValueError
        If an option is negative, `lr` or `eps` is 0, or a beta is not in [0, 1).

    Examples
    --------
    >>> import autograd, nn, optim
    >>> table = nn.Embedding.from_pretrained(autograd.zeros(3, 1), freeze=False, sparse=True)
    >>> table(autograd.tensor([1])).sum().backward()
    >>> optim.SparseAdam(table.parameters(), lr=0.1).step()
    >>> table.weight.flatten().tolist()[::2]
    [0.0, 0.0]
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        maximize: bool = False,
    ):
        check(lr=lr, eps=eps, betas=betas)
        for label, value in (("learning rate", lr), ("epsilon value", eps)):
            if number(value) == 0:
                raise ValueError(f"Invalid {label}: {value}; it must be positive")
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, maximize=maximize))

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Averages of zero."""
        state.update(step=counter(), exp_avg=zeros_for(param), exp_avg_sq=zeros_for(param))

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """One step of one parameter."""
        step, (beta1, beta2) = advance(state), group["betas"]
        used = (g != 0).any(axis=tuple(range(1, g.ndim)), keepdims=True)
        g = -g if group["maximize"] else g
        m, v = raw(state, "exp_avg"), raw(state, "exp_avg_sq")
        m += used * (1 - beta1) * (g - m)
        v += used * (1 - beta2) * (g * g - v)
        rate = number(group["lr"]) * (1 - beta2**step) ** 0.5 / (1 - beta1**step)
        p -= used * rate * m / (xp.sqrt(v) + group["eps"])
