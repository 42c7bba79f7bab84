"""Products of vectors with Jacobians and Hessians."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd import ops
from autograd.functional.common import (
    as_tuple,
    evaluated,
    finished,
    gradients,
    put_on,
    require_dependence,
    single,
    vectors,
)
from autograd.grad_mode import enable_grad


def vjp(func: Callable, inputs: Any, v: Any = None, create_graph: bool = False, strict: bool = False) -> tuple:
    """The outputs of a function, and vᵀ J: the product of a vector with its Jacobian.

    Parameters
    ----------
    func : takes tensors and returns a tensor or a tuple of them
    inputs : a tensor or a tuple of tensors
    v : as the outputs; may be left out for a single output with one element
    create_graph : the results can be differentiated
    strict : refuse, instead of returning zeros, where an output does not depend on an input

    Raises
    ------
    RuntimeError
        If v does not match the outputs; in strict mode.
    TypeError
        For inputs or outputs that are no tensors.

    Examples
    --------
    >>> import autograd
    >>> autograd.functional.vjp(lambda x: x.exp(), autograd.zeros(2), autograd.tensor([1.0, 2.0]))
    (tensor([1., 1.]), tensor([1., 2.]))
    """
    with enable_grad():
        given, many = as_tuple(inputs, "inputs", "vjp")
        given = put_on(given, create_graph)
        outputs, several = evaluated("vjp", func, given, strict)
        seeds = vectors(v, outputs, several, "the user-provided function returns")
        found = gradients("vjp", outputs, seeds, given, record=create_graph, strict=strict, stage="back")
        require_dependence(found, "jacobian", strict and create_graph)
        return finished(outputs, several, create_graph), finished(found, many, create_graph)


def jvp(func: Callable, inputs: Any, v: Any = None, create_graph: bool = False, strict: bool = False) -> tuple:
    """The outputs of a function, and J v: the product of its Jacobian with a vector, by two backward passes.

    Parameters and errors as in `vjp`; v is as the inputs.

    Examples
    --------
    >>> import autograd
    >>> autograd.functional.jvp(lambda x: x.sum() * x, autograd.ones(2), autograd.tensor([1.0, 0.0]))
    (tensor([2., 2.]), tensor([3., 1.]))
    """
    with enable_grad():
        given, many = as_tuple(inputs, "inputs", "jvp")
        given = put_on(given, create_graph)
        directions = vectors(v, given, many, "the input to the user-provided function is")
        outputs, several = evaluated("jvp", func, given, strict)
        # The gradient is linear in the seeds; its transposed is the Jacobian.
        seeds = tuple(ops.zeros_like(out).requires_grad_() for out in outputs)
        pulled = gradients("jvp", outputs, seeds, given, record=True, strict=strict, stage="back")
        require_dependence(pulled, "jacobian", strict)
        found = gradients("jvp", pulled, directions, seeds, record=create_graph, strict=strict, stage="trick")
        return finished(outputs, several, create_graph), finished(found, several, create_graph)


def vhp(func: Callable, inputs: Any, v: Any = None, create_graph: bool = False, strict: bool = False) -> tuple:
    """The value of a function that returns one number, and vᵀ H: the product of a vector with its Hessian.

    Parameters and errors as in `vjp`; v is as the inputs.

    Examples
    --------
    >>> import autograd
    >>> autograd.functional.vhp(lambda x: (x**3).sum(), autograd.ones(2), autograd.tensor([1.0, 2.0]))
    (tensor(2.), tensor([ 6., 12.]))
    """
    return _hessian_product("vhp", func, inputs, v, create_graph, strict)


def hvp(func: Callable, inputs: Any, v: Any = None, create_graph: bool = False, strict: bool = False) -> tuple:
    """The value of a function that returns one number, and H v: the product of its Hessian with a vector.

    A Hessian is symmetric, so that this is `vhp`, which takes one backward pass less. Parameters and errors as there.

    Examples
    --------
    >>> import autograd
    >>> autograd.functional.hvp(lambda x: (x**3).sum(), autograd.ones(2), autograd.tensor([1.0, 2.0]))
    (tensor(2.), tensor([ 6., 12.]))
    """
    return _hessian_product("hvp", func, inputs, v, create_graph, strict)


def _hessian_product(name: str, func: Callable, inputs: Any, v: Any, create_graph: bool, strict: bool) -> tuple:
    with enable_grad():
        given, many = as_tuple(inputs, "inputs", name)
        given = put_on(given, create_graph)
        directions = vectors(v, given, many, "the input to the user-provided function is")
        outputs, several = evaluated(name, func, given, strict)
        value = single(name, outputs, several)
        first = gradients(name, [value], [ops.ones_like(value)], given, record=True, strict=strict, stage="back")
        require_dependence(first, "hessian", strict)
        second = gradients(name, first, directions, given, record=create_graph, strict=strict, stage="double")
        require_dependence(second, "hessian", strict and create_graph)
        return finished(outputs, several, create_graph), finished(second, many, create_graph)
