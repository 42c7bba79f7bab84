"""`check_op`: searches for an input where an operation's gradient is wrong, and reports the smallest it can find."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograd import dtypes
from autograd.checking import GradcheckError, gradcheck, gradgradcheck
from autograd.engine import TensorBase
from autograd.testing.domains import Domain
from autograd.testing.strategies import broadcastable_shapes, hypothesis_strategies, tensors


class OpCheckError(AssertionError):
    """An input where an operation fails.

    Attributes
    ----------
    inputs : the smallest such input found
    error : what happened there
    """

    def __init__(self, message: str, inputs: tuple, error: Exception):
        super().__init__(message)
        self.inputs, self.error = inputs, error


def check_op(
    function: Callable[..., Any],
    *specs: Any,
    order: int = 2,
    domain: Domain | None = None,
    dtype: Any = dtypes.float64,
    max_examples: int = 100,
    reject: Sequence[type[Exception]] = (),
    seed: int | None = None,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    nondet_tol: float = 0.0,
    fast_mode: bool = False,
) -> None:
    """Search for an input where the gradient of `function` is wrong, and shrink it to the smallest.

    Shapes (0-d, empty, broadcast), layouts in memory and values vary. Inputs whose result is not finite are taken to be
    outside of the operation's domain and passed over.

    Parameters
    ----------
    function : an operation made with `differentiable`, `MyFunction.apply`, or any function of tensors
    *specs : one for each argument: a hypothesis strategy, a `Domain`, or a value that is passed as it is; without any,
        each argument without default gets a tensor, and their shapes broadcast
    order : 2 to check second derivatives as well, 1 not to
    domain : of the arguments for which no spec is given
    dtype : element type of these; complex128 is possible
    max_examples : how many inputs to try
    reject : errors by which the function refuses an illegal input
    seed : for another search; the default repeats the same one each time
    eps, atol, rtol, nondet_tol, fast_mode : as in `gradcheck`

    Raises
    ------
    OpCheckError
        With the smallest failing input found, and the likely cause where it can be told.
    TypeError
        If it can not be told how many arguments the function takes.

    Examples
    --------
    >>> import autograd
    >>> from autograd.testing import check_op, positive
    >>> check_op(autograd.log, positive, max_examples=10)
    """
    st = hypothesis_strategies()
    import hypothesis

    names = _names(function) if not specs else [f"input {index}" for index in range(len(specs))]
    strategy = (
        _together(len(names), domain, dtype) if not specs else st.tuples(*[_strategy(st, s, dtype) for s in specs])
    )
    options = {"eps": eps, "atol": atol, "rtol": rtol, "nondet_tol": nondet_tol, "fast_mode": fast_mode}
    latest: list[tuple[tuple, int, Exception]] = []

    def attempt(inputs: tuple) -> None:
        if not any(isinstance(item, TensorBase) and item.requires_grad for item in inputs):  # type: ignore[attr-defined]
            hypothesis.reject()
        try:
            outcome = function(*inputs)
        except tuple(reject):
            hypothesis.reject()
        except Exception as error:
            latest[:] = [(inputs, 0, error)]
            raise
        if not _finite(outcome):
            hypothesis.reject()
        step = 1
        try:
            gradcheck(function, inputs, **options)  # type: ignore[arg-type]
            if order > 1:
                step = 2
                gradgradcheck(function, inputs, **options)  # type: ignore[arg-type]
        except Exception as error:
            latest[:] = [(inputs, step, error)]
            raise

    settings = hypothesis.settings(
        max_examples=max_examples,
        deadline=None,
        database=None,
        derandomize=seed is None,
        report_multiple_bugs=False,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),  # explaining would trace every line run
        suppress_health_check=list(hypothesis.HealthCheck),
        verbosity=hypothesis.Verbosity.quiet,
    )
    search = settings(hypothesis.given(strategy)(attempt))
    if seed is not None:
        search = hypothesis.seed(seed)(search)
    try:
        search()
    except hypothesis.errors.HypothesisException:
        raise
    except Exception as error:
        if not latest:
            raise
        inputs, step, cause = latest[0]
        raise OpCheckError(_report(function, names, inputs, step, cause), inputs, error) from None


def _names(function: Callable) -> list[str]:
    """The names of the arguments that have to be given."""
    op = getattr(function, "op", None)
    if op is not None:
        if op.variadic:
            return [op.args[0], op.args[0]]
        return [name for name in op.args if name not in op.optional]
    owner = getattr(function, "__self__", None)
    skip = 0
    target: Callable = function
    if getattr(function, "__name__", "") == "apply" and isinstance(owner, type) and hasattr(owner, "setup_context"):
        from autograd.function import Function

        target = owner.forward  # type: ignore[attr-defined]
        skip = int(owner.setup_context is Function.setup_context)
    try:
        parameters = list(inspect.signature(target).parameters.values())[skip:]
    except (TypeError, ValueError):
        raise TypeError(f"check_op: the arguments of {function!r} are not known; give a spec for each") from None
    needed = [
        p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and p.default is p.empty
    ]
    if not needed:
        raise TypeError(f"check_op: {function!r} has no required argument; give a spec for each to pass")
    return needed


def _together(count: int, domain: Domain | None, dtype: Any) -> Any:
    st = hypothesis_strategies()
    return broadcastable_shapes(count).flatmap(
        lambda chosen: st.tuples(*[tensors(shape, dtype, domain) for shape in chosen])
    )


def _strategy(st: Any, spec: Any, dtype: Any) -> Any:
    if isinstance(spec, Domain):
        return tensors(domain=spec, dtype=dtype)
    return spec if isinstance(spec, st.SearchStrategy) else st.just(spec)


def _finite(outcome: Any) -> bool:
    for item in outcome if isinstance(outcome, (tuple, list)) else (outcome,):
        if isinstance(item, TensorBase) and not np.isfinite(item.backend.to_numpy(item._data)).all():
            return False
    return True


def _report(function: Callable, names: list[str], inputs: tuple, step: int, error: Exception) -> str:
    owner = getattr(function, "__self__", None)
    name = owner.__name__ if isinstance(owner, type) else getattr(function, "__name__", repr(function))
    what = {0: f"{name} fails", 1: f"the gradient of {name} is wrong", 2: f"the second derivative of {name} is wrong"}
    lines = [f"check_op: {what[step]}. The smallest input found:"]
    width = max(map(len, names))
    for label, value in zip(names, inputs, strict=True):
        text = _described(value).replace("\n", "\n" + " " * (width + 5))
        lines.append(f"  {label.ljust(width)} = {text}")
    shown = str(error) if isinstance(error, GradcheckError) else f"{type(error).__name__}: {error}"
    return "\n".join([*lines, shown])


def _described(value: Any) -> str:
    if not isinstance(value, TensorBase):
        return repr(value)
    shape = list(value._data.shape)
    notes = "" if value.is_contiguous() else ", not contiguous"  # type: ignore[attr-defined]
    return f"{value.detach()!r}  (shape {shape}{notes})"  # type: ignore[attr-defined]
