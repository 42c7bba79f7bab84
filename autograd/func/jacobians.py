"""Jacobians and Hessians: products with all unit vectors at once, by `vmap`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograd import ops
from autograd.backends.levels import Level, root_of
from autograd.engine import engine
from autograd.func.gradients import Pushforward
from autograd.func.mapping import run
from autograd.func.tape import Tape, chosen, picked, replaced, split_aux, tensors_of
from autograd.func.tree import unflatten


def basis(like: Any) -> Any:
    """All unit vectors in the shape of a tensor, along a new first dim."""
    backend, size = root_of(like.backend), like._data.size
    array = backend.reshape(backend.eye(size, size, like.dtype), (size, *like._data.shape))
    return engine.wrap(array, backend)


def map_rows(function: Callable[[Any], list], rows: Any, chunk_size: int | None, randomness: str = "error") -> list:
    """`function` of each row of a tensor, its results stacked: `vmap` with one argument."""
    size = rows._data.shape[0]
    step = chunk_size or max(size, 1)
    found = []
    for start in range(0, size, step):
        part = rows if step >= size else rows.narrow(0, start, min(step, size - start))
        level = Level(part._data.shape[0], randomness)
        found.append(run(function, [part], [0], (part,), {}, 0, level))
    if len(found) == 1:
        return found[0]
    return [ops.concat(*parts, axis=0) for parts in zip(*found, strict=True)]


def _require_real(name: str, what: str, tensors: list) -> None:
    """Refuse complex tensors, whose derivatives one Jacobian does not hold.

    Raises
    ------
    RuntimeError
        With the position of the first.
    """
    for position, tensor in enumerate(tensors):
        if tensor.is_complex():
            raise RuntimeError(
                f"{name}: Expected all {what}s to be real but received complex tensor at flattened {what} idx: "
                f"{position}; use view_as_real() in the function"
            )


def _empty(outs: list, inputs: list) -> list:
    """The Jacobian of an output without elements by each input."""
    return [x.new_zeros((*outs[0]._data.shape, *x._data.shape)) for x in inputs]


def jacrev(
    func: Callable,
    argnums: int | tuple[int, ...] = 0,
    *,
    has_aux: bool = False,
    chunk_size: int | None = None,
) -> Callable:
    """The Jacobian J[i, j] = ∂f[i]/∂x[j], one reverse pass a row, all rows at once.

    Parameters
    ----------
    func : returns tensors, nested as it likes, and with `has_aux` a second thing, which is handed on
    argnums : by which arguments; these may be nested
    chunk_size : how many rows are computed at once; None: all

    Returns
    -------
    a function of the same arguments. Its result is nested as the output, each tensor of which is replaced by what is
    nested as the argument; each of these has the output's shape followed by the argument's

    Raises
    ------
    RuntimeError
        If an output is no tensor, an input or output is complex, or argnums name no argument.

    Examples
    --------
    >>> import autograd
    >>> from autograd.func import jacrev
    >>> jacrev(autograd.square)(autograd.tensor([1.0, 2.0]))
    tensor([[2., 0.],
            [0., 4.]])
    """
    if chunk_size is not None and not chunk_size > 0:
        raise ValueError("jacrev: `chunk_size` should be greater than 0.")

    @functools.wraps(func)
    def jacobian(*args: Any, **kwargs: Any) -> Any:
        numbers = chosen("jacrev", argnums, args)
        tape = Tape("jacrev", picked(argnums, args, numbers))
        result = tape.call(func, replaced(argnums, args, numbers, tape.inputs), kwargs)
        output, aux = split_aux("jacrev", result, has_aux)
        outs, structure = tensors_of("jacrev", output)
        _require_real("jacrev", "input", tape.leaves)
        _require_real("jacrev", "output", outs)
        found = []
        for out in outs:
            record = tape.followed(out)

            def row(seed: Any, out: Any = out, record: bool = record) -> list:
                return tape.pull([out], [seed], tape.leaves, record=record)

            rows = map_rows(row, basis(out), chunk_size) if out._data.size else None
            parts = [
                part.reshape((*out._data.shape, *x._data.shape))
                for part, x in zip(rows or _empty([out], tape.leaves), tape.leaves, strict=True)
            ]
            found.append(unflatten(parts, tape.structure))
        jacobians = unflatten(found, structure)
        return (jacobians, tape.taken_off(aux)) if has_aux else jacobians

    return jacobian


def jacfwd(
    func: Callable, argnums: int | tuple[int, ...] = 0, has_aux: bool = False, *, randomness: str = "error"
) -> Callable:
    """The Jacobian J[i, j] = ∂f[i]/∂x[j], one column for each element of the input, all columns at once.

    Parameters, results and errors as in `jacrev`. Columns come from `jvp`, here two reverse passes; it is the better
    choice where there are far fewer inputs than outputs.

    Examples
    --------
    >>> import autograd
    >>> from autograd.func import jacfwd
    >>> jacfwd(lambda x: x * autograd.ones(3))(autograd.tensor(2.0))
    tensor([1., 1., 1.])
    """

    @functools.wraps(func)
    def jacobian(*args: Any, **kwargs: Any) -> Any:
        numbers = chosen("jacfwd", argnums, args)

        def of_chosen(values: Any) -> Any:
            return func(*replaced(argnums, args, numbers, values), **kwargs)

        push = Pushforward("jacfwd", of_chosen, (picked(argnums, args, numbers),), has_aux)
        inputs = push.tape.leaves
        _require_real("jacfwd", "input", inputs)
        _require_real("jacfwd", "output", push.outs)
        parts: list[list] = [[] for _ in push.outs]
        for position, x in enumerate(inputs):

            def column(tangent: Any, position: int = position) -> list:
                others = [ops.zeros_like(other) for other in inputs]
                return _leaves(push([*others[:position], tangent, *others[position + 1 :]]))

            columns = map_rows(column, basis(x), None, randomness) if x._data.size else None
            for index, out in enumerate(push.outs):
                if columns is None:
                    made = out.new_zeros((*out._data.shape, *x._data.shape))
                else:
                    made = columns[index].movedim(0, -1).reshape((*out._data.shape, *x._data.shape))
                parts[index].append(made)
        structure = push.tape.structure[0]
        jacobians = unflatten([unflatten(part, structure) for part in parts], push.structure)
        return (jacobians, push.aux) if has_aux else jacobians

    return jacobian


def _leaves(tree: Any) -> list:
    from autograd.func.tree import flatten

    return flatten(tree)[0]


def hessian(func: Callable, argnums: int | tuple[int, ...] = 0) -> Callable:
    """The second derivatives H[i, j] = ∂²f/∂x[i]∂x[j]: the Jacobian, by reverse passes, of the Jacobian.

    PyTorch takes the outer one forward; here the reverse pass is the cheaper of the two.

    Examples
    --------
    >>> import autograd
    >>> from autograd.func import hessian
    >>> hessian(lambda x: (x**3).sum())(autograd.tensor([1.0, 2.0]))
    tensor([[ 6.,  0.],
            [ 0., 12.]])
    """
    return jacrev(jacrev(func, argnums), argnums)
