"""`vmap`: a function of one example as a function of many."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograd import ops
from autograd.alias import bump, records, version_of
from autograd.backends.levels import Level, levels_of, open_levels
from autograd.engine import TensorBase
from autograd.func.tree import flatten, spread, unflatten


def vmap(
    func: Callable,
    in_dims: Any = 0,
    out_dims: Any = 0,
    randomness: str = "error",
    *,
    chunk_size: int | None = None,
) -> Callable:
    """Map a function over a dim of its arguments: out[i] = func(x[i], y[i], ...), computed for all i at once.

    Parameters
    ----------
    func : takes tensors, or nested tuples, lists and dicts of them, and returns such; it sees one slice
    in_dims : the dim to map over, for all arguments; or a tuple with one for each, nested as the arguments are or
        shallower; None: the argument is handed on as it is
    out_dims : where the mapped dim is in the results; None for results that are the same in all slices
    randomness : what random functions do inside: 'error', 'different' (numbers of its own in every slice) or 'same'
    chunk_size : how many slices are computed at once; None: all

    Returns
    -------
    a function of the same arguments; keyword arguments are handed on as they are

    Raises
    ------
    ValueError
        If dims and arguments do not match, sizes differ, or `func` returns something that is no tensor.
    RuntimeError
        Inside, for control flow that depends on a mapped value, results whose shape does, and for writing a mapped
        value into a tensor that is not mapped.

    Examples
    --------
    >>> import autograd
    >>> from autograd.func import vmap
    >>> x, y = autograd.ones(3, 5), autograd.ones(3, 5)
    >>> vmap(autograd.dot)(x, y)
    tensor([5., 5., 5.])
    >>> vmap(lambda row: row / row.sum(), out_dims=1)(x).shape
    autograd.Size([5, 3])
    """
    if randomness not in ("error", "different", "same"):
        raise RuntimeError(f"Only allowed values for randomness are 'error', 'different', or 'same'. Got {randomness}")
    if chunk_size is not None and not (chunk_size.__class__ is int and chunk_size > 0):
        raise ValueError(f"vmap: chunk_size should be None or greater than 0. (got {chunk_size})")

    @functools.wraps(func)
    def mapped(*args: Any, **kwargs: Any) -> Any:
        leaves, dims, structure = inputs(func, args, in_dims)
        size = _size(func, leaves, dims)
        if chunk_size is None or chunk_size >= size:
            return run(func, leaves, dims, structure, kwargs, out_dims, Level(size, randomness))
        found = []
        for start in range(0, size, chunk_size):
            stop = min(start + chunk_size, size)
            parts = [
                leaf if dim is None else leaf.narrow(dim, start, stop - start)
                for leaf, dim in zip(leaves, dims, strict=True)
            ]
            found.append(run(func, parts, dims, structure, kwargs, out_dims, Level(stop - start, randomness)))
        return _joined(found, out_dims)

    return mapped


def _name(func: Callable) -> str:
    return getattr(func, "__name__", repr(func))


def inputs(func: Callable, args: tuple, in_dims: Any) -> tuple[list, list, Any]:
    """(leaves, non-negative dims, structure) of the arguments of a mapped function.

    Raises
    ------
    ValueError
        If they do not match.
    """
    called = f"vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>)"
    if in_dims.__class__ is not int and not isinstance(in_dims, (tuple, list)):
        raise ValueError(
            f"{called}: expected `in_dims` to be int or a (potentially nested) tuple matching the structure of inputs, "
            f"got: {type(in_dims).__name__}."
        )
    if not args:
        raise ValueError(
            f"{called}: got no inputs. Maybe you forgot to add inputs, or you are mapping a function of none."
        )
    leaves, structure = flatten(args)
    dims = spread(tuple(in_dims) if isinstance(in_dims, list) else in_dims, structure)
    if dims is None:
        raise ValueError(
            f"{called}: in_dims is not compatible with the structure of inputs: give one dim for each argument, nested "
            "as the arguments are"
        )
    found = []
    for leaf, dim in zip(leaves, dims, strict=True):
        if dim is not None:
            if dim.__class__ is not int:
                raise ValueError(
                    f"{called}: Got in_dim={dim} for an input but in_dim must be either an integer or None."
                )
            if not isinstance(leaf, TensorBase):
                raise ValueError(
                    f"{called}: Got in_dim={dim} for an input but the input is of type {type(leaf).__name__}. We cannot "
                    "vmap over non-Tensor arguments, please use None as the respective in_dim"
                )
            rank = leaf._data.ndim
            if not -rank <= dim < rank:
                raise ValueError(
                    f"{called}: Got in_dim={dim} for some input, but that input is a Tensor of dimensionality {rank} so "
                    f"expected in_dim to satisfy -{rank} <= in_dim < {rank}."
                )
            dim %= rank
        found.append(dim)
    return leaves, found, structure


def _size(func: Callable, leaves: list, dims: list) -> int:
    sizes = [leaf._data.shape[dim] for leaf, dim in zip(leaves, dims, strict=True) if dim is not None]
    if not sizes:
        raise ValueError(f"vmap({_name(func)}): at least one of in_dims must be an integer, got None for every input")
    if len(set(sizes)) > 1:
        raise ValueError(
            f"vmap({_name(func)}): Expected all tensors to have the same size in the mapped dimension, got sizes {sizes} "
            "for the mapped dimension"
        )
    return sizes[0]


def run(func: Callable, leaves: list, dims: list, structure: Any, kwargs: dict, out_dims: Any, level: Level) -> Any:
    """Call a function on one level of `vmap` and take its results off it."""
    hidden = [
        leaf if dim is None else ops.batch(leaf, level=level, axis=dim) for leaf, dim in zip(leaves, dims, strict=True)
    ]
    token = open_levels.set((*open_levels.get(), level))
    try:
        result = func(*unflatten(hidden, structure), **kwargs)
    finally:
        open_levels.reset(token)
    for leaf, inner, dim in zip(leaves, hidden, dims, strict=True):
        if dim is not None and version_of(inner):
            _written(func, leaf)
    found, form = flatten(result)
    places = spread(out_dims, form)
    if places is None:
        raise ValueError(
            f"vmap({_name(func)}, ..., out_dims={out_dims}): out_dims is not compatible with the structure of outputs"
        )
    return unflatten(
        [_taken_off(func, part, place, level, leaves) for part, place in zip(found, places, strict=True)], form
    )


def _written(func: Callable, leaf: Any) -> None:
    """The memory of an argument was written to through its slices."""
    if records(leaf):
        raise RuntimeError(
            f"vmap({_name(func)}): an argument that requires a gradient was written to in place; write to a clone()"
        )
    bump(leaf)


def _taken_off(func: Callable, part: Any, place: Any, level: Level, inputs: list) -> Any:
    """One result without the level's hidden axis.

    Raises
    ------
    ValueError
        If it is no tensor, differs between slices where it may not, or has no such dim.
    """
    mapped = isinstance(part, TensorBase) and level in levels_of(part.backend)
    if place is None:
        if mapped:
            raise ValueError(
                f"vmap({_name(func)}, ...): `{_name(func)}` can not return a BatchedTensor when out_dim is None"
            )
        return part
    if not isinstance(part, TensorBase):
        raise ValueError(
            f"vmap({_name(func)}, ...): `{_name(func)}` must only return Tensors, got type {type(part).__name__}. Did you "
            "mean to set out_dims= to None for output?"
        )
    rank = part._data.ndim + 1
    if place.__class__ is not int or not -rank <= place < rank:
        raise ValueError(
            f"vmap({_name(func)}, ...): out_dim={place} is not a dim of a result with {rank} dims, the mapped one included"
        )
    found = ops.unbatch(part, level=level, axis=place % rank)
    backend = found.backend
    for leaf in inputs:
        if isinstance(leaf, TensorBase) and leaf.backend is backend and backend.shares_memory(found._data, leaf._data):
            return ops.copy(found)
    return found


def _joined(chunks: list, out_dims: Any) -> Any:
    """The results of all chunks, those that are mapped joined along their dims."""
    structure = flatten(chunks[0])[1]
    parts = [flatten(chunk)[0] for chunk in chunks]
    places = spread(out_dims, structure)
    joined = [
        items[0] if place is None else ops.concat(*items, axis=place % items[0]._data.ndim)
        for items, place in zip(zip(*parts, strict=True), places, strict=True)  # type: ignore[arg-type]
    ]
    return unflatten(joined, structure)
