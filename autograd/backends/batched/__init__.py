"""The backend of `vmap`: every kernel over one hidden leading axis, on top of another backend.

Operations, gradient rules and the walk know nothing of it: they call kernels of this backend, which does to each slice
what the backend below does to one array. Levels of `vmap` within each other stack: the backend below may be a batched
one. A kernel without a rule of its own runs slice by slice.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from autograd.backends.batched.array import _CONTROL_FLOW, BatchedArray
from autograd.backends.batched.convolution import ConvolutionRules
from autograd.backends.batched.creation import CreationRules
from autograd.backends.batched.fallback import looped
from autograd.backends.batched.linalg import LinalgRules
from autograd.backends.batched.random import RandomRules
from autograd.backends.batched.reduction import ReductionRules
from autograd.backends.batched.selection import SelectionRules
from autograd.backends.batched.shape import ShapeRules
from autograd.backends.levels import Level, levels_of, root_of
from autograd.backends.namespace import STANDARD, Backend
from autograd.backends.reference import KERNELS
from autograd.backends.special import SPECIAL

# Kernels of one or more arrays that broadcast; the standard's come first in its list.
ELEMENTWISE = frozenset(
    (
        *STANDARD[: STANDARD.index("where") + 1],
        *("clip", "exp2", "fmax", "fmin", "fmod", "frexp", "gcd", "lcm", "logaddexp2", "complex"),
        *SPECIAL,
    )
)


class BatchedBackend(
    CreationRules,
    ShapeRules,
    ReductionRules,
    SelectionRules,
    LinalgRules,
    ConvolutionRules,
    RandomRules,
    Backend,
):
    """The kernels of one level over a backend.

    Attributes
    ----------
    level : whose axis is hidden
    base : the backend of the arrays that have it in front
    root : the ordinary backend below all levels
    levels : all of them, the outermost first
    """

    def __init__(self, level: Level, base: Any):
        self.level, self.base, self.root = level, base, root_of(base)
        self.levels = (*levels_of(base), level)
        self.device, self.library, self.array_type = base.device, base.library, BatchedArray
        self.float_numbers, self.int_numbers = {}, {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in ELEMENTWISE:
            made = partial(self.elementwise, getattr(self.base, name))
        elif name in self.bodies and name not in STANDARD and name not in KERNELS:
            made = partial(self.bodies[name], self)
        else:
            made = partial(looped, self, name, getattr(self.base, name))
        setattr(self, name, made)
        return made

    # --- arrays ---

    def own(self, value: Any) -> Any:
        """An argument of a kernel as this backend's array; numbers stay as they are."""
        if value.__class__ is BatchedArray and value.backend is self:
            return value
        if isinstance(value, (bool, int, float, complex)) and not hasattr(value, "dtype"):
            return value
        return self.lifted(value)

    def lifted(self, value: Any) -> BatchedArray:
        """An array of a backend below, or of fewer levels, as one that is the same in every slice."""
        if value.__class__ is BatchedArray and value.backend.level is self.level:
            return BatchedArray(self.base.own(value.data), self)
        below = self.base.own(value) if levels_of(self.base) else value
        return BatchedArray(self.base.expand_dims(self.base.asarray(below), axis=0), self)

    def aligned(self, args: tuple) -> list:
        """Data with axes of length 1 put behind the hidden one, so that the others meet as in broadcasting."""
        owned = [self.own(arg) for arg in args]
        rank = max(arg.ndim for arg in owned if arg.__class__ is BatchedArray)
        return [arg.padded(rank) if arg.__class__ is BatchedArray else arg for arg in owned]

    def wrap(self, found: Any) -> Any:
        """What a kernel of the backend below returned, as this one's."""
        if isinstance(found, tuple):
            return tuple(BatchedArray(part, self) for part in found)
        return BatchedArray(found, self)

    def elementwise(self, function: Any, *args: Any, out: Any = None, **options: Any) -> Any:
        """A kernel of arrays that broadcast."""
        found = self.wrap(function(*self.aligned(args), **options))
        if out is None:
            return found
        out[...] = found
        return out

    # --- what the engine asks ---

    def native(self, kind: Any) -> Any:
        return self.base.native(kind)

    def dtype_of(self, array: Any) -> Any:
        return self.base.dtype_of(array.data)

    def to_numpy(self, array: Any) -> Any:
        if array.hidden > 1 or self.level.size == 1:
            raise RuntimeError(_CONTROL_FLOW)
        return self.base.to_numpy(array.data[0, ...])

    def address(self, array: Any) -> int:
        return self.base.address(array.data)

    def shares_memory(self, a: Any, b: Any) -> bool:
        return self.base.shares_memory(a.data, b.data)

    def overlaps_itself(self, array: Any) -> bool:
        return self.base.overlaps_itself(array.data)

    def bounds(self, array: Any) -> tuple[Any, Any]:
        return self.base.bounds(array.data)

    def position(self, index: Any) -> Any:
        return int(index) if index.hidden == 1 else index

    def storage_size(self, array: Any) -> int:
        return self.base.storage_size(array.data)

    def storage_offset(self, array: Any) -> int:
        return self.base.storage_offset(array.data)

    def synchronize(self) -> None:
        self.base.synchronize()


def _register() -> None:
    from autograd.backends import register_array_types

    register_array_types((BatchedArray,), lambda array: array.backend)


_register()
