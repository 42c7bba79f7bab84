"""Whole Jacobians and Hessians."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd import ops
from autograd.func.jacobians import basis, jacfwd, map_rows
from autograd.functional.common import as_tuple, evaluated, finished, gradients, put_on, require_dependence, single
from autograd.grad_mode import enable_grad, no_grad


def jacobian(
    func: Callable,
    inputs: Any,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    strategy: str = "reverse-mode",
) -> Any:
    """The Jacobian J[i, j] = ∂f[i]/∂x[j] of a function at a place.

    Parameters
    ----------
    func : takes tensors and returns a tensor or a tuple of them
    inputs : a tensor or a tuple of tensors
    create_graph : the Jacobian can be differentiated
    strict : refuse, instead of returning zeros, where an output does not depend on an input
    vectorize : all rows at once, by `vmap`, instead of one backward pass after the other
    strategy : 'reverse-mode', or with `vectorize` 'forward-mode', which takes columns

    Returns
    -------
    a tensor of the output's shape followed by the input's; for a tuple of outputs, or of inputs, a tuple of these, for
    both a tuple for each output with one for each input

    Raises
    ------
    RuntimeError
        In strict mode; if `strict` is combined with `vectorize`.
    TypeError
        For inputs or outputs that are no tensors.
    ValueError
        For another strategy.
    NotImplementedError
        For forward mode without `vectorize`, or with `create_graph`.

    Examples
    --------
    >>> import autograd
    >>> autograd.functional.jacobian(lambda x: x * x.sum(), autograd.tensor([1.0, 2.0]))
    tensor([[4., 1.],
            [2., 5.]])
    """
    if strategy not in ("forward-mode", "reverse-mode"):
        raise ValueError(f'jacobian: expected strategy to be either "forward-mode" or "reverse-mode", got {strategy!r}')
    if strict and vectorize:
        raise RuntimeError(
            "jacobian: `strict=True` and `vectorize=True` are not supported together. Please set one of them to False."
        )
    given, many = as_tuple(inputs, "inputs", "jacobian")
    if strategy == "forward-mode":
        if not vectorize or create_graph:
            raise NotImplementedError(
                "jacobian: strategy='forward-mode' is only implemented for vectorize=True and create_graph=False"
            )
        return _forward(func, given, many)
    with enable_grad():
        given = put_on(given, create_graph)
        outputs, several = evaluated("jacobian", func, given, strict)
        rows = []
        for out in outputs:
            found = _rows(out, given, create_graph, strict, vectorize)
            require_dependence(found, "jacobian", strict and create_graph)
            rows.append(finished(found, many, create_graph))
    return tuple(rows) if several else rows[0]


def _rows(out: Any, inputs: tuple, record: bool, strict: bool, vectorize: bool) -> list:
    """The Jacobian of one output by each input."""

    def row(seed: Any) -> list:
        return list(gradients("jacobian", [out], [seed], inputs, record=record, strict=strict, stage="back"))

    shapes = [(*out._data.shape, *x._data.shape) for x in inputs]
    if not out._data.size:
        return [x.new_zeros(shape) for x, shape in zip(inputs, shapes, strict=True)]
    if vectorize:
        stacked = map_rows(row, basis(out), None)
    else:
        stacked = [ops.stack(*parts, axis=0) for parts in zip(*(row(seed) for seed in basis(out)), strict=True)]
    return [ops.reshape(part, shape=shape) for part, shape in zip(stacked, shapes, strict=True)]


def _forward(func: Callable, inputs: tuple, many: bool) -> Any:
    several = False

    def checked(*args: Any) -> tuple:
        nonlocal several
        outputs, several = as_tuple(func(*args), "outputs of the user-provided function", "jacobian")
        return outputs

    with no_grad():  # nothing outside follows the result
        found = jacfwd(checked, argnums=tuple(range(len(inputs))))(*inputs)
    rows = tuple(row if many else row[0] for row in found)
    return rows if several else rows[0]


def hessian(
    func: Callable,
    inputs: Any,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    outer_jacobian_strategy: str = "reverse-mode",
) -> Any:
    """The Hessian H[i, j] = ∂²f/∂x[i]∂x[j] of a function that returns one number.

    Parameters and errors as in `jacobian`, which is taken twice.

    Returns
    -------
    a tensor of the input's shape twice; for a tuple of inputs a tuple of tuples of tensors

    Examples
    --------
    >>> import autograd
    >>> autograd.functional.hessian(lambda x: x[0] * x[1] ** 2, autograd.tensor([1.0, 2.0]))
    tensor([[0., 4.],
            [4., 2.]])
    """
    _, many = as_tuple(inputs, "inputs", "hessian")

    def value(*args: Any) -> Any:
        return single("hessian", *as_tuple(func(*args), "outputs of the user-provided function", "hessian"))

    def first(*args: Any) -> Any:
        found = jacobian(value, args if many else args[0], create_graph=True)
        require_dependence(found if many else (found,), "hessian", strict)
        return found

    return jacobian(first, inputs, create_graph, strict, vectorize, outer_jacobian_strategy)
