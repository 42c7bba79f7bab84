"""Hidden axes put in and taken out of raw arrays, wherever in the stack of levels they are."""

from __future__ import annotations

from typing import Any

from autograd.backends.levels import Level, levels_of, stacked


def batch(xp: Any, x: Any, level: Level, axis: int) -> Any:
    """x, of backend `xp`, with `axis` (not negative) hidden as the level's."""
    if levels_of(xp) and xp.level.number > level.number:
        return _over(xp.level, batch(xp.base, x.data, level, axis + 1), xp.base, level)
    return _wrapped(level, xp, xp.moveaxis(x, axis, 0))


def unbatch(xp: Any, x: Any, level: Level, axis: int) -> Any:
    """x with the level's hidden axis as `axis` (not negative) of the result, in full length and memory of its own."""
    if level not in levels_of(xp):
        x, xp = _lift_one(xp, x, level)
    if xp.level is level:
        data = xp.base.moveaxis(x.expanded(), 0, axis)
        return xp.base.copy(data) if x.hidden != level.size else data
    return _over(xp.level, unbatch(xp.base, x.data, level, axis + 1), xp.base, level, add=False)


def lift(xp: Any, x: Any, levels: tuple[Level, ...]) -> Any:
    """x as an array that is the same in every slice of some more levels."""
    for level in levels:
        if level not in levels_of(xp):
            x, xp = _lift_one(xp, x, level)
    return x


def collapse(xp: Any, x: Any, levels: tuple[Level, ...]) -> Any:
    """x summed over the slices of some levels: the adjoint of `lift`."""
    for level in levels:
        x, xp = _collapse_one(xp, x, level)
    return x


def moved(xp: Any, x: Any, target: Any) -> Any:
    """x on another device, an ordinary backend, under its levels."""
    if not levels_of(xp):
        return target.from_backend(x, xp)
    data = moved(xp.base, x.data, target)
    return _wrapped(xp.level, stacked(target, levels_of(xp.base)), data)


def _wrapped(level: Level, base: Any, data: Any) -> Any:
    backend = level.over(base)
    return backend.array_type(data, backend)


def _over(top: Level, data: Any, base: Any, level: Level, add: bool = True) -> Any:
    """`data`, whose levels are those of `base` and `level` (or without it), below the level `top`."""
    levels = {*levels_of(base), level} if add else {*levels_of(base)} - {level}
    return _wrapped(top, stacked(base, levels), data)


def _lift_one(xp: Any, x: Any, level: Level) -> tuple[Any, Any]:
    if levels_of(xp) and xp.level.number > level.number:
        data, base = _lift_one(xp.base, x.data, level)
        made = _wrapped(xp.level, base, data)
    else:
        made = _wrapped(level, xp, xp.expand_dims(xp.asarray(x), axis=0))
    return made, made.backend


def _collapse_one(xp: Any, x: Any, level: Level) -> tuple[Any, Any]:
    if level not in levels_of(xp):
        return x * level.size, xp
    if xp.level is level:
        base = xp.base
        total = base.sum(x.data, axis=0)
        return (total if x.hidden == level.size else total * level.size), base
    data, base = _collapse_one(xp.base, x.data, level)
    made = _wrapped(xp.level, base, data)
    return made, made.backend
