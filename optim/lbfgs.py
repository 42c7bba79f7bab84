"""L-BFGS (Liu and Nocedal, 1989)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd
from autograd import Tensor
from autograd.alias import bump
from autograd.engine import TensorBase, engine
from optim.common import check, number, real_view
from optim.line_search import Point, strong_wolfe
from optim.optimizer import Optimizer, Params


class LBFGS(Optimizer):
    """Quasi-Newton steps from the last gradients; each `step` is up to `max_iter` of them, and needs a closure.

    Parameters
    ----------
    params : parameters; one group only
    lr : step length, or where the line search starts
    max_iter : iterations in a step
    max_eval : calls of the closure in a step; default 5/4 of `max_iter`
    tolerance_grad : the largest gradient at which a step ends
    tolerance_change : the change of value or parameters at which a step ends
    history_size : how many gradients are remembered
    line_search_fn : None or "strong_wolfe"

    Raises
    ------
    ValueError
        For several groups.

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.tensor([1.0, -2.0], requires_grad=True)
    >>> optimizer = optim.LBFGS([w], line_search_fn="strong_wolfe")
    >>> def closure():
    ...     optimizer.zero_grad()
    ...     loss = ((w - 3) ** 2).sum()
    ...     loss.backward()
    ...     return loss
    >>> first_loss = optimizer.step(closure)
    >>> w.detach().round(decimals=4)
    tensor([3., 3.])
    """

    def __init__(
        self,
        params: Params,
        lr: float | Tensor = 1,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: str | None = None,
    ):
        check(lr=lr)
        max_eval = max_iter * 5 // 4 if max_eval is None else max_eval
        super().__init__(
            params,
            dict(
                lr=lr, max_iter=max_iter, max_eval=max_eval, tolerance_grad=tolerance_grad,
                tolerance_change=tolerance_change, history_size=history_size, line_search_fn=line_search_fn,
            ),
        )  # fmt: skip
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")

    def _flat(self, arrays: list[Any]) -> Any:
        """One raw vector of all, complex numbers as pairs."""
        xp = self.param_groups[0]["params"][0].backend
        parts = [real_view(xp.copy(a)) if a.dtype.kind == "c" else a for a in arrays]
        return xp.concat([xp.reshape(part, (-1,)) for part in parts])

    def _gradient(self) -> Any:
        params = self.param_groups[0]["params"]
        return self._flat([p.backend.zeros_like(p._data) if p.grad is None else p.grad._data for p in params])

    def _move(self, vector: Any) -> None:
        """Set all parameters to the values of a vector."""
        offset = 0
        for param in self.param_groups[0]["params"]:
            array = real_view(param._data) if param.is_complex() else param._data
            array[...] = param.backend.reshape(vector[offset : offset + array.size], array.shape)
            offset += array.size
            bump(param)

    def step(self, closure: Callable[[], Any]) -> Any:  # type: ignore[override]
        """Up to `max_iter` iterations.

        Parameters
        ----------
        closure : clears the gradients, computes the loss, calls `backward`, and returns the loss

        Returns
        -------
        The loss before the step.

        Raises
        ------
        RuntimeError
            For an unknown line search.
        """
        group = self.param_groups[0]
        if group["line_search_fn"] not in (None, "strong_wolfe"):
            raise RuntimeError(f"only 'strong_wolfe' is supported, not {group['line_search_fn']!r}")
        params, lr = group["params"], number(group["lr"])
        xp = params[0].backend
        state = self.state[params[0]]
        memory = _Memory(xp, state, group["history_size"])

        def evaluate() -> tuple[Any, Any]:
            with autograd.enable_grad():
                found = closure()
            state["func_evals"] = state.get("func_evals", 0) + 1
            return found, self._gradient()

        first, g = evaluate()
        loss, calls = float(first), 1
        settled = _largest(xp, g) <= group["tolerance_grad"]
        for iteration in range(1, group["max_iter"] + 1):
            if settled:
                break
            state["n_iter"] = state.get("n_iter", 0) + 1
            d = memory.direction(g)
            before = loss
            t = lr * min(1.0, 1.0 / float(xp.sum(xp.abs(g)))) if state["n_iter"] == 1 else lr
            slope = float(xp.sum(g * d))
            memory.t = t
            if slope > -group["tolerance_change"]:
                break
            start = self._flat([param._data for param in params])
            used = 0
            if group["line_search_fn"] is not None:

                def along(t: float, start: Any = start, d: Any = d) -> Point:
                    self._move(start + t * d)
                    value, gradient = evaluate()
                    return Point(t, float(value), gradient, float(xp.sum(gradient * d)))

                point, used = strong_wolfe(
                    along, Point(0.0, loss, g, slope), t, _largest(xp, d), group["max_eval"] - calls,
                    group["tolerance_change"],
                )  # fmt: skip
                t, loss, g = point.t, point.value, point.gradient
                self._move(start + t * d)
            else:
                self._move(start + t * d)
                if iteration != group["max_iter"]:
                    value, g = evaluate()
                    loss, used = float(value), 1
            memory.t = t
            calls += used
            settled = (
                _largest(xp, g) <= group["tolerance_grad"]
                or calls >= group["max_eval"]
                or _largest(xp, d * t) <= group["tolerance_change"]
                or abs(loss - before) < group["tolerance_change"]
            )
            state["prev_loss"] = before
        memory.store(state)
        return first


class _Memory:
    """The last changes of position and gradient, and what follows from them for the next direction."""

    def __init__(self, xp: Any, state: dict[str, Any], size: int):
        def raw(value: Any) -> Any:
            return value._data if isinstance(value, TensorBase) else value

        self.xp, self.size = xp, size
        self.d, self.t, self.previous = raw(state.get("d")), raw(state.get("t")), raw(state.get("prev_flat_grad"))
        self.t = None if self.t is None else float(self.t)
        self.changes = [raw(value) for value in state.get("old_dirs") or ()]
        self.steps = [raw(value) for value in state.get("old_stps") or ()]
        self.ro = [float(raw(value)) for value in state.get("ro") or ()]
        self.scale = float(raw(state.get("H_diag", 1.0)))

    def direction(self, g: Any) -> Any:
        """The step towards the minimum, from the gradient: the two-loop recursion."""
        xp = self.xp
        if self.previous is not None:
            y, s = g - self.previous, self.d * self.t
            curvature = float(xp.sum(y * s))
            if curvature > 1e-10:
                if len(self.changes) == self.size:
                    for row in (self.changes, self.steps, self.ro):
                        row.pop(0)
                self.changes.append(y)
                self.steps.append(s)
                self.ro.append(1.0 / curvature)
                self.scale = curvature / float(xp.sum(y * y))
        q, weights = -g, []
        for y, s, ro in zip(reversed(self.changes), reversed(self.steps), reversed(self.ro), strict=True):
            weights.append(ro * float(xp.sum(s * q)))
            q = q - weights[-1] * y
        d = q * self.scale if self.previous is not None else q
        for y, s, ro, weight in zip(self.changes, self.steps, self.ro, reversed(weights), strict=True):
            d = d + s * (weight - ro * float(xp.sum(y * d)))
        self.d, self.previous = d, g
        return d

    def store(self, state: dict[str, Any]) -> None:
        """Put everything back into the optimizer's state, under PyTorch's names."""
        if self.d is None:
            return
        xp = self.xp
        state.update(
            d=engine.wrap(self.d, xp),
            t=self.t,
            old_dirs=[engine.wrap(y, xp) for y in self.changes],
            old_stps=[engine.wrap(s, xp) for s in self.steps],
            ro=list(self.ro),
            H_diag=self.scale,
            prev_flat_grad=engine.wrap(self.previous, xp),
        )


def _largest(xp: Any, vector: Any) -> float:
    return float(xp.max(xp.abs(vector)))
