"""What `vmap` does with a `Function` that has a rule of its own for many examples at once: its static method `vmap`."""

from __future__ import annotations

from typing import Any, NamedTuple

from autograd.backends.levels import levels_of, open_levels
from autograd.engine import TensorBase, engine


class VmapInfo(NamedTuple):
    """What a Function's `vmap` is told first: how many examples there are, and what random functions do."""

    batch_size: int
    randomness: str


def has_levels(args: tuple) -> bool:
    """Whether a tensor among the arguments is mapped."""
    return any(isinstance(arg, TensorBase) and levels_of(arg.backend) for arg in args)


def by_rule(cls: Any, args: tuple) -> Any:
    """The outputs of `cls.vmap(info, in_dims, *args)` with the innermost level's axis hidden again.

    Raises
    ------
    RuntimeError
        If the method returns no pair of outputs and their dims.
    """
    tensors = [arg for arg in args if isinstance(arg, TensorBase)]
    level = max((level for arg in tensors for level in levels_of(arg.backend)), key=lambda level: level.number)
    in_dims = tuple(0 if isinstance(arg, TensorBase) and level in levels_of(arg.backend) else None for arg in args)
    plain = [
        arg if dim is None else engine.ops.unbatch(arg, level=level, axis=0)
        for arg, dim in zip(args, in_dims, strict=True)
    ]
    token = open_levels.set(tuple(other for other in open_levels.get() if other is not level))
    try:
        found = cls.vmap(VmapInfo(level.size, level.randomness), in_dims, *plain)
    finally:
        open_levels.reset(token)
    if not (isinstance(found, tuple) and len(found) == 2):
        raise RuntimeError(
            f"{cls.__name__}.vmap: expected to return two values, the output and out_dims, the dims of it that are mapped"
        )
    output, dims = found
    if not isinstance(output, tuple):
        return _hidden(output, dims, level)
    dims = dims if isinstance(dims, (tuple, list)) else (dims,) * len(output)
    return tuple(_hidden(item, dim, level) for item, dim in zip(output, dims, strict=True))


def _hidden(item: Any, dim: int | None, level: Any) -> Any:
    if dim is None or not isinstance(item, TensorBase):
        return item
    return engine.ops.batch(item, level=level, axis=dim % item._data.ndim)
