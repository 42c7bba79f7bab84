"""Gradients of scalar functions, and products of Jacobians with vectors."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograd import ops
from autograd.engine import TensorBase
from autograd.func.tape import Tape, chosen, filled, picked, pull, replaced, split_aux, tensors_of
from autograd.func.tree import flatten, unflatten
from autograd.function_record import pushing


def grad(func: Callable, argnums: int | tuple[int, ...] = 0, has_aux: bool = False) -> Callable:
    """The gradient of a function that returns one number: x -> ∂f/∂x.

    Parameters
    ----------
    func : returns a tensor with one element and no dims, and with `has_aux` a second thing, which is handed on
    argnums : by which arguments; these may be nested tuples, lists and dicts of tensors
    has_aux : the result is (gradients, what `func` returned besides)

    Returns
    -------
    a function of the same arguments; its result is nested as the argument is, a tuple for a tuple of argnums

    Raises
    ------
    RuntimeError
        If the function returns something else, or argnums name no argument.

    Examples
    --------
    >>> import autograd
    >>> from autograd.func import grad
    >>> grad(autograd.sin)(autograd.tensor(0.0))
    tensor(1.)
    >>> grad(grad(lambda x: x**3))(autograd.tensor(2.0))
    tensor(12.)
    """

    @functools.wraps(func)
    def gradient(*args: Any, **kwargs: Any) -> Any:
        found, value = _grad_and_value("grad", func, argnums, has_aux, args, kwargs)
        return (found, value[1]) if has_aux else found

    return gradient


def grad_and_value(func: Callable, argnums: int | tuple[int, ...] = 0, has_aux: bool = False) -> Callable:
    """The gradient of a function that returns one number, and that number: x -> (∂f/∂x, f(x)).

    Parameters and errors as in `grad`; with `has_aux` the result is (gradients, (value, what `func` returned besides)).

    Examples
    --------
    >>> import autograd
    >>> from autograd.func import grad_and_value
    >>> grad_and_value(lambda x: (x * x).sum())(autograd.tensor([1.0, 2.0]))
    (tensor([2., 4.]), tensor(5.))
    """

    @functools.wraps(func)
    def both(*args: Any, **kwargs: Any) -> Any:
        return _grad_and_value("grad_and_value", func, argnums, has_aux, args, kwargs)

    return both


def _grad_and_value(
    name: str, func: Callable, argnums: Any, has_aux: bool, args: tuple, kwargs: dict
) -> tuple[Any, Any]:
    numbers = chosen(name, argnums, args)
    tape = Tape(name, picked(argnums, args, numbers))
    result = tape.call(func, replaced(argnums, args, numbers, tape.inputs), kwargs)
    output, aux = split_aux(name, result, has_aux)
    if not isinstance(output, TensorBase) or output._data.ndim:
        got = f"tensor of {output._data.ndim} dims" if isinstance(output, TensorBase) else type(output).__name__
        raise RuntimeError(
            f"{name}: Expected f(*args) to return a scalar tensor, got {got}. Maybe you forgot to reduce the output, or "
            "to set has_aux=True"
        )
    record = tape.followed(output)
    found = tape.pull([output], [ops.ones_like(output)], tape.leaves, record=record, retain=has_aux)
    gradients = unflatten(found, tape.structure)
    if not has_aux:
        return gradients, tape.taken_off(output)
    return gradients, (tape.taken_off(output), tape.taken_off(aux))


def vjp(func: Callable, *primals: Any, has_aux: bool = False) -> tuple:
    """The value of a function, and the function that multiplies a vector with its Jacobian: v -> Jᵀ v.

    Returns
    -------
    (f(*primals), vjp_fn), and with `has_aux` what `func` returned besides. `vjp_fn(v)` takes what is nested and shaped
    as the output, and returns a tuple with one gradient for each of the primals; it may be called again, and mapped.

    Raises
    ------
    RuntimeError
        If an output is no tensor, or v does not match the output.

    Examples
    --------
    >>> import autograd
    >>> from autograd.func import vjp
    >>> value, pull = vjp(autograd.square, autograd.tensor([1.0, 3.0]))
    >>> value
    tensor([1., 9.])
    >>> pull(autograd.tensor([1.0, 10.0]))
    (tensor([ 2., 60.]),)
    """
    tape = Tape("vjp", primals)
    output, aux = split_aux("vjp", tape.call(func, tape.inputs), has_aux)
    outs, structure = tensors_of("vjp", output)

    def vjp_fn(cotangents: Any, retain_graph: bool = True, create_graph: bool | None = None) -> tuple:
        seeds, form = flatten(cotangents)
        _require_match("vjp", "cotangents", seeds, form, outs, structure)
        record = create_graph is not False and (
            any(tape.followed(out) for out in outs) or any(tape.followed(seed) for seed in seeds)
        )
        found = tape.pull(outs, seeds, tape.leaves, record=record, retain=retain_graph)
        return unflatten(found, tape.structure)

    results = tape.taken_off(output)
    return (results, vjp_fn, tape.taken_off(aux)) if has_aux else (results, vjp_fn)


def _require_match(name: str, what: str, given: list, form: Any, wanted: list, structure: Any) -> None:
    """Refuse tensors that are not nested and shaped as others.

    Raises
    ------
    RuntimeError
        Naming the first difference.
    """
    if form != structure:
        raise RuntimeError(f"{name}: expected {what} to be nested as {structure}, got {form}")
    for value, like in zip(given, wanted, strict=True):
        if not isinstance(value, TensorBase):
            raise RuntimeError(f"{name}: expected {what} to be Tensors, got {type(value).__name__}")
        if value._data.shape != like._data.shape:
            raise RuntimeError(
                f"{name}: expected {what} of shape {list(like._data.shape)}, got {list(value._data.shape)}"
            )


def transposed(tape: Tape, outs: list, leaves: list) -> tuple[list, list]:
    """(u, Jᵀ u) for recorded zeros u, None for leaves that no output depends on: derived by u, Jᵀ u gives J."""
    dummies: list[Any] = [ops.zeros_like(out).requires_grad_() for out in outs]
    tape.private.update(dummy.node for dummy in dummies)
    token = pushing.set(True)
    try:
        return dummies, pull(tape.name, outs, dummies, leaves, record=True, retain=True)
    finally:
        pushing.reset(token)


class Pushforward:
    """v -> J v by two backward passes: u -> Jᵀ u is linear, and its own transposed is J (the double-vjp trick).

    So nothing but the reverse rules is needed; it costs about two reverse passes, where forward mode would cost one.
    """

    def __init__(self, name: str, func: Callable, primals: tuple, has_aux: bool = False):
        self.name = name
        self.tape = tape = Tape(name, primals)
        output, aux = split_aux(name, tape.call(func, tape.inputs), has_aux)
        self.outs, self.structure = tensors_of(name, output)
        self.record = any(tape.followed(out) for out in self.outs)
        self.value, self.aux = tape.taken_off(output), tape.taken_off(aux)
        self.dummies, pulled = transposed(tape, self.outs, tape.leaves)
        self.pulled = filled(tape.leaves, pulled)

    def __call__(self, tangents: list, retain: bool = True) -> Any:
        """J v, nested as the output, for one tangent for each tensor of the primals."""
        record = self.record or any(self.tape.followed(tangent) for tangent in tangents)
        found = self.tape.pull(self.pulled, tangents, self.dummies, record=record, retain=retain)
        return unflatten(found, self.structure)

    def all_depend(self) -> bool:
        """Whether each output depends on one of the primals at least."""
        leaves = self.tape.leaves
        return all(
            any(found is not None for found in pull(self.name, [out], [seed], leaves, record=False, retain=True))
            for out, seed in zip(self.outs, self.dummies, strict=True)
        )

    def check(self, tangents: tuple) -> list:
        """The tangents as a list."""
        given, form = flatten(tangents)
        _require_match(self.name, "tangents", given, form, self.tape.leaves, self.tape.structure)
        return given


def jvp(func: Callable, primals: tuple, tangents: tuple, *, strict: bool = False, has_aux: bool = False) -> tuple:
    """The value of a function and its derivative along a direction: (f(x), J v).

    Computed by two reverse passes: the gradient g(u) = Jᵀ u is linear in u, and J v is its product with v.

    Parameters
    ----------
    primals, tangents : tuples, nested and shaped alike
    strict : refuse outputs that do not depend on the inputs; else their derivative is zero
    has_aux : the function returns a second thing, which comes third

    Raises
    ------
    RuntimeError
        If primals and tangents do not match, or are no tuples; with `strict`, for an output that does not depend on
        the inputs.

    Examples
    --------
    >>> import autograd
    >>> from autograd.func import jvp
    >>> jvp(autograd.sin, (autograd.tensor(0.0),), (autograd.tensor(2.0),))
    (tensor(0.), tensor(2.))
    """
    if not isinstance(primals, tuple) or not isinstance(tangents, tuple) or len(primals) != len(tangents):
        raise RuntimeError("jvp(f, primals, tangents): Expected primals and tangents to be tuples of one length")
    push = Pushforward("jvp", func, primals, has_aux)
    if strict and not push.all_depend():
        raise RuntimeError("jvp: an output of f is independent of the inputs. This is not allowed with strict=True.")
    derivative = push(push.check(tangents), retain=False)
    return (push.value, derivative, push.aux) if has_aux else (push.value, derivative)


def linearize(func: Callable, *primals: Any) -> tuple[Any, Callable]:
    """The value of a function, and its derivative at this place as a function of the direction: v -> J v.

    Examples
    --------
    >>> import autograd
    >>> from autograd.func import linearize
    >>> value, push = linearize(autograd.square, autograd.tensor([1.0, 3.0]))
    >>> push(autograd.tensor([1.0, 10.0]))
    tensor([ 2., 60.])
    """
    push = Pushforward("linearize", func, primals)

    def jvp_fn(*tangents: Any) -> Any:
        return push(push.check(tangents))

    return push.value, jvp_fn
