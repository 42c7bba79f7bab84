"""The hidden axes of `vmap`: put in and taken out, in pairs, each the other's gradient."""

from __future__ import annotations

from typing import Any

from autograd.backends import batched  # noqa: F401 (registers the arrays)
from autograd.backends.batched import stack
from autograd.backends.levels import innermost, levels_of, root_of
from autograd.differentiable import differentiable
from autograd.ops.views import getitem, index_put


@differentiable(x=lambda xp, g, level, axis: xp.unbatch(g, level=level, axis=axis), moves=True)
def batch(xp, x, *, level, axis):
    """x with an axis (not negative) hidden as that of a level, so that operations see one slice."""
    return stack.batch(xp, x, level, axis)


@differentiable(x=lambda xp, g, level, axis: xp.batch(g, level=level, axis=axis), moves=True)
def unbatch(xp, x, *, level, axis):
    """x with the hidden axis of a level as `axis` (not negative)."""
    return stack.unbatch(xp, x, level, axis)


@differentiable(x=lambda xp, g, levels: xp.collapse(g, levels=levels), moves=True)
def lift(xp, x, *, levels):
    """x as a tensor of more levels, the same in every slice of them."""
    return stack.lift(xp, x, levels)


@differentiable(x=lambda xp, g, levels: xp.lift(g, levels=levels), moves=True)
def collapse(xp, x, *, levels):
    """x summed over the slices of some levels: the adjoint of `lift`."""
    return stack.collapse(xp, x, levels)


def lifted_to(x: Any, backend: Any) -> Any:
    """x with the levels that a backend has and it lacks."""
    missing = tuple(level for level in levels_of(backend) if level not in levels_of(x.backend))
    return lift(x, levels=missing) if missing else x


def lifted_here(x: Any) -> Any:
    """x with all the levels that are open just now."""
    return lifted_to(x, innermost(x.backend))


def on_common_levels(tensors: list) -> list:
    """Tensors of one device, each with the levels of all; of several devices, as they are."""
    levels = {level for x in tensors for level in levels_of(x.backend)}
    if not levels or any(root_of(x.backend) is not root_of(tensors[0].backend) for x in tensors):
        return tensors
    ordered = sorted(levels, key=lambda level: level.number)
    found = []
    for x in tensors:
        missing = tuple(level for level in ordered if level not in levels_of(x.backend))
        found.append(lift(x, levels=missing) if missing else x)
    return found


def at(x: Any, *indices: Any) -> Any:
    """x[indices] for tensors as indices, mapped or not."""
    x, *parts = on_common_levels([x, *indices])
    return getitem(x, index=tuple(part._data for part in parts))


def put_at(x: Any, value: Any, *indices: Any, accumulate: bool = False) -> Any:
    """x with `value` written, or added, at tensors as indices, mapped or not."""
    x, value, *parts = on_common_levels([x, value, *indices])
    return index_put(x, value, index=tuple(part._data for part in parts), accumulate=accumulate)
