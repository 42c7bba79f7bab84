"""Comparing gradients with finite differences: `gradcheck` and `gradgradcheck`.

A complex number counts as two real ones here: the Jacobian of the real parts and imaginary parts is what both sides
compute, analytic rows from PyTorch's gradient of Re(v)·Re(y) + Im(v)·Im(y), numeric columns by central differences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograd import dtypes
from autograd.checking.causes import likely_causes
from autograd.checking.jacobian import GradcheckError, Problem, many, real, seeds
from autograd.engine import TensorBase, engine
from autograd.functions.differentiation import grad
from autograd.grad_mode import enable_grad

__all__ = ["GradcheckError", "gradcheck", "gradgradcheck"]


def gradcheck(
    func: Callable[..., Any],
    inputs: TensorBase | Sequence[Any],
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_batched_forward_grad: bool = False,
    check_forward_ad: bool = False,
    check_backward_ad: bool = True,
    fast_mode: bool = False,
    masked: bool | None = None,
) -> bool:
    """Compare the gradients of `func` at `inputs` with central differences.

    Passes if |analytic - numeric| ≤ atol + rtol · |numeric| for each entry of the Jacobian of each floating or complex
    output that requires a gradient, by each input that does.

    Parameters
    ----------
    func : takes the inputs, returns a tensor or several
    inputs : tensors (float64 or complex128 where gradients are checked) and anything else
    eps : how far an input is moved
    raise_exception : raise with an explanation, instead of returning False
    nondet_tol : by how much backward may differ from one call to the next
    check_undefined_grad : also check that backward treats a missing gradient of one of several outputs as zeros
    check_grad_dtypes : also check that gradients have their inputs' types
    fast_mode : compare one random direction instead of the whole Jacobian; on failure the whole tells where
    check_batched_grad : also check that backward gives the same for several gradients at once, mapped by `vmap`
    check_backward_ad : must be True, the check that there is
    check_forward_ad, check_batched_forward_grad, masked : accepted for compatibility; gradients here are those of
        reverse mode, of dense tensors

    Raises
    ------
    GradcheckError
        Naming output, input, element, both values, and the likely cause where it can be told.
    ValueError
        If no input requires a gradient, or backward is not to be checked.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([0.5, 2.0], dtype=autograd.float64, requires_grad=True)
    >>> autograd.gradcheck(lambda x: x * x, (x,))
    True
    """
    if not check_backward_ad:
        raise ValueError("gradcheck: check_backward_ad=False leaves nothing to check; there is no forward mode")
    problem = Problem(func, inputs, eps, atol, rtol)
    try:
        _check(problem, nondet_tol, check_undefined_grad, check_grad_dtypes, check_batched_grad, fast_mode)
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def _check(problem: Problem, nondet_tol: float, undefined: bool, types: bool, batched: bool, fast: bool) -> None:
    for position in problem.wanted:
        tensor = problem.inputs[position]
        if tensor.backend.overlaps_itself(tensor._data):
            raise GradcheckError(
                f"The {position}th input has a dimension with stride 0. gradcheck only supports inputs that are "
                "non-overlapping to be able to compute the numerical gradients correctly. You should call "
                ".contiguous on the input before passing it to gradcheck."
            )
    outputs = problem.outputs()
    if not outputs:
        _check_constant(problem)
        return
    for index in range(len(outputs)):
        _check_backward(problem, outputs, index, nondet_tol, types)
    if undefined and len(outputs) > 1:
        _check_undefined(problem, outputs)
    for index in range(len(outputs)):
        if not fast or not _directional(problem, outputs, index):
            _compare(problem, outputs, index)
        if batched:
            _check_batched(problem, outputs[index], index)


def _check_constant(problem: Problem) -> None:
    """Without an output that requires a gradient nothing may depend on the inputs."""
    for index, output in enumerate(problem.values()):
        for position in problem.wanted:
            if np.abs(problem.numeric(position, index)).max(initial=0) > problem.atol:
                raise GradcheckError(
                    f"Numerical gradient for function expected to be zero: output {index}, of shape "
                    f"{list(output.shape)}, does not require a gradient but changes with input {position}. Likely "
                    "cause: the graph is cut, by detach(), .data, no_grad or a way through NumPy"
                )


def _check_backward(problem: Problem, outputs: list, index: int, nondet_tol: float, types: bool) -> None:
    """What must hold of backward whatever the function: shapes, types, the same each time, linear in its gradient."""
    output = outputs[index]
    seed = np.random.default_rng(0).standard_normal(output._data.shape)
    first, again = (problem.gradients(output, seed) for _ in range(2))
    for position, a, b in zip(problem.wanted, first, again, strict=True):
        source = problem.inputs[position]
        where = f"output {index} with respect to input {position}"
        if a is None:
            continue
        if a._data.shape != source._data.shape:
            raise GradcheckError(
                f"Gradient of {where} has shape {list(a._data.shape)}, the input {list(source._data.shape)}. Likely "
                "cause: broadcasting is not undone: declare the operation elementwise=True, or sum the gradient to "
                "the input's shape (xp.sum_to)"
            )
        if types and a._data.dtype != source._data.dtype:
            raise GradcheckError(f"Gradient of {where} has dtype {a.dtype}, the input {source.dtype}")
        apart = np.abs(real(a) - real(b)).max(initial=0)
        if not apart <= nondet_tol and np.isfinite(real(a)).all():
            raise GradcheckError(
                f"Backward is not reentrant, i.e., running backward with same input and grad_output multiple times "
                f"gives different values, although analytical gradient matches numerical gradient or not: {where} "
                f"differs by {apart:.3g}, allowed is nondet_tol = {nondet_tol:.3g}. Likely cause: the backward is "
                "not deterministic, as one that draws random numbers or keeps state"
            )
    for position, g in zip(problem.wanted, problem.gradients(output, np.zeros(output._data.shape)), strict=True):
        if g is not None and np.isfinite(real(g)).all() and np.abs(real(g)).max(initial=0) > 0:
            raise GradcheckError(
                f"backward not multiplied by grad_output: for an incoming gradient of zeros, that of output {index} "
                f"with respect to input {position} is {np.abs(real(g)).max():.3g}. Likely cause: the backward forgets "
                "to multiply by its incoming gradient"
            )


def _check_undefined(problem: Problem, outputs: list) -> None:
    """A gradient that is missing means zeros."""
    for index, output in enumerate(outputs):
        seed = np.random.default_rng(0).standard_normal(output._data.shape)
        alone = problem.gradients(output, seed)
        full = [seed if k == index else np.zeros(o._data.shape) for k, o in enumerate(outputs)]
        together = problem.gradients(outputs, full)
        for position, a, b in zip(problem.wanted, alone, together, strict=True):
            x, y = (0.0 if g is None else real(g) for g in (a, b))
            if not np.allclose(x, y, rtol=1e-9, atol=1e-12, equal_nan=True):
                raise GradcheckError(
                    "Expected backward function to handle undefined output grads: with the gradient of output "
                    f"{index} alone, that of input {position} is not what it is with zeros for the other outputs"
                )


def _check_batched(problem: Problem, output: Any, index: int) -> None:
    """Backward of two gradients at once gives those of each."""
    rng = np.random.default_rng(0)
    rows = [seeds(output, rng) for _ in range(2)]
    alone = [problem.gradients(output, row) for row in rows]
    try:
        together = problem.gradients(output, np.stack(rows), batched=True)
    except RuntimeError as error:
        raise GradcheckError(f"While computing batched gradients of output {index}, got: {error}") from error
    for position, first, second, both in zip(problem.wanted, *alone, together, strict=True):
        if both is None:
            continue
        expected = np.concatenate([np.zeros(real(both).size // 2) if g is None else real(g) for g in (first, second)])
        if not np.allclose(real(both), expected, rtol=problem.rtol, atol=problem.atol, equal_nan=True):
            raise GradcheckError(
                f"Batched gradients of output {index} with respect to input {position} are not those of each gradient "
                "alone. Likely cause: backward mixes values of different slices, or keeps state"
            )


def _directional(problem: Problem, outputs: list, index: int) -> bool:
    """Whether a random projection of the Jacobian agrees."""
    rng = np.random.default_rng(0)
    output = outputs[index]
    v = seeds(output, rng)
    analytic = problem.gradients(output, v)
    for position, gradient in zip(problem.wanted, analytic, strict=True):
        u = seeds(problem.inputs[position], rng)
        column = problem.along(position, u, problem.number_of(index))
        numeric = float(column @ _flat(v))
        found = 0.0 if gradient is None else float(real(gradient) @ _flat(u))
        slack = problem.atol * np.abs(_flat(u)).sum() * np.abs(_flat(v)).sum()
        if not abs(found - numeric) <= slack + problem.rtol * abs(numeric):
            return False
    return True


def _flat(values: Any) -> Any:
    return np.stack([values.real, values.imag], -1).ravel() if values.dtype.kind == "c" else values.ravel()


def _compare(problem: Problem, outputs: list, index: int) -> None:
    """The whole Jacobians of one output."""
    analytic = problem.analytic(outputs[index])
    for position, found in zip(problem.wanted, analytic, strict=True):
        numeric = problem.numeric(position, problem.number_of(index))
        allowed = problem.atol + problem.rtol * np.abs(numeric)
        same = (found == numeric) | (np.isnan(found) & np.isnan(numeric))
        with np.errstate(invalid="ignore"):
            wrong = ~(same | (np.abs(found - numeric) <= allowed))
        if wrong.any():
            _explain(problem, outputs[index], index, position, found, numeric, wrong)


def _explain(problem: Problem, output: Any, index: int, position: int, found: Any, numeric: Any, wrong: Any) -> None:
    """Raise with the worst entry and what is likely to be wrong."""
    with np.errstate(invalid="ignore"):
        apart = np.where(wrong, np.nan_to_num(np.abs(found - numeric), nan=np.inf), -1.0)
    row, column = (int(i) for i in np.unravel_index(np.argmax(apart), apart.shape))
    source = problem.inputs[position]
    causes = likely_causes(problem, output, index, position, found, numeric, column)
    advice = "\nLikely cause: " + "\n          or: ".join(causes) if causes else ""
    show = found.size <= 64
    matrices = f"\nnumerical:{_matrix(numeric)}\nanalytical:{_matrix(found)}" if show else ""
    raise GradcheckError(
        f"Jacobian mismatch for output {index} with respect to input {position}, at output element "
        f"{_element(output, row)} and input element {_element(source, column)}:\n"
        f"  analytic {found[row, column]:.7g}\n  numeric  {numeric[row, column]:.7g}\n"
        f"  {int(wrong.sum())} of {wrong.size} entries differ by more than {problem.atol:g} + {problem.rtol:g} * "
        f"|numeric|{advice}{matrices}",
        causes,
    )


def _matrix(values: Any) -> str:
    text = np.array2string(values, precision=5, separator=", ", max_line_width=100)
    return "\n  " + text.replace("\n", "\n  ")


def _element(tensor: Any, component: int) -> str:
    shape, part = tensor._data.shape, ""
    if tensor._data.dtype.kind == "c":
        component, imaginary = divmod(component, 2)
        part = " (imaginary part)" if imaginary else " (real part)"
    return f"{tuple(int(i) for i in np.unravel_index(component, shape)) if shape else ()}{part}"


def gradgradcheck(
    func: Callable[..., Any],
    inputs: TensorBase | Sequence[Any],
    grad_outputs: TensorBase | Sequence[Any] | None = None,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    gen_non_contig_grad_outputs: bool = False,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_fwd_over_rev: bool = False,
    check_rev_over_rev: bool = True,
    fast_mode: bool = False,
    masked: bool | None = None,
) -> bool:
    """Compare the gradients of the gradients of `func` with central differences of its gradients.

    Parameters
    ----------
    grad_outputs : one for each differentiable output; random if None
    gen_non_contig_grad_outputs : whether the random ones are not contiguous
    others : as in `gradcheck`

    Raises
    ------
    GradcheckError
        As `gradcheck`; inputs are numbered on with the gradients of the outputs after the inputs of `func`.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([0.5, 2.0], dtype=autograd.float64, requires_grad=True)
    >>> autograd.gradgradcheck(lambda x: x * x * x, (x,))
    True
    """
    sources = many(inputs)
    problem = Problem(func, sources, eps, atol, rtol)
    if grad_outputs is None:
        rng = np.random.default_rng(0)
        given = [_random_like(output, rng, gen_non_contig_grad_outputs) for output in problem.outputs()]
    else:
        given = many(grad_outputs)
    count = len(sources)

    def gradients(*args: Any) -> tuple:
        with enable_grad():
            found = Problem(func, args[:count], eps, atol, rtol)
            outputs = found.outputs()
            targets = [args[position] for position in found.wanted]
            if not outputs:
                return ()
            results = grad(outputs, targets, list(args[count:]), create_graph=True, allow_unused=True)
            return tuple(item for item in results if item is not None)

    return gradcheck(
        gradients,
        (*sources, *given),
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
        check_undefined_grad=check_undefined_grad,
        check_grad_dtypes=check_grad_dtypes,
        check_batched_grad=check_batched_grad,
        fast_mode=fast_mode,
    )


def _random_like(output: Any, rng: Any, scattered: bool) -> Any:
    backend, shape = output.backend, output._data.shape
    values = seeds(output, rng)
    if scattered and shape:
        values = np.repeat(values, 2, axis=-1)
    array = backend.asarray(backend.from_numpy(values), dtype=dtypes.lookup(output.dtype))
    tensor = engine.wrap(array[..., ::2] if scattered and shape else array, backend)
    return tensor.requires_grad_()
