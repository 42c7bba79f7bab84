"""Reading and writing a batched array at an index: at once where no index differs between slices, else one by one."""

from __future__ import annotations

from typing import Any

from autograd.backends.batched.fallback import looped, number_of_slices, slice_of


def _parts(index: Any) -> tuple:
    return index if isinstance(index, tuple) else (index,)


def _is_basic(parts: tuple) -> bool:
    return all(part is None or part is Ellipsis or part.__class__ is slice or part.__class__ is int for part in parts)


def common_index(backend: Any, parts: tuple) -> tuple | None:
    """The index behind the hidden axis that means the same for all slices at once; None if there is none.

    One array keeps its place among the axes; several, or one with integers, may move them in front of the hidden axis.
    """
    arrays = [part for part in parts if hasattr(part, "shape") or part.__class__ is bool]
    if not arrays:
        return (slice(None), *parts)
    owned = [backend.own(part) for part in arrays if part.__class__ is not bool]
    if len(arrays) > 1 or len(owned) != 1 or owned[0].hidden > 1 or any(part.__class__ is int for part in parts):
        return None
    return (slice(None), *(owned[0].data[0, ...] if part is arrays[0] else part for part in parts))


def read(array: Any, index: Any) -> Any:
    """`array[index]`; a view where the index has no arrays."""
    backend, parts = array.backend, _parts(index)
    at_once = common_index(backend, parts)
    if at_once is None:
        parts = tuple(backend.own(part) if hasattr(part, "shape") else part for part in parts)
        return looped(backend, "indexing with a mask", lambda x, i: x[i], array, parts)
    return type(array)(array.data[at_once], backend, array if _is_basic(parts) else None)


def write(array: Any, index: Any, value: Any) -> None:
    """`array[index] = value`."""
    backend, parts = array.backend, _parts(index)
    parts = tuple(backend.own(part) if hasattr(part, "shape") else part for part in parts)
    value = backend.own(value)
    is_array = isinstance(value, type(array))
    if number_of_slices((parts, value), backend) > array.hidden:
        array.grow()
    if _is_basic(parts):
        place = array.data[(slice(None), *parts)]
        if not is_array:
            array.data[(slice(None), *parts)] = value
        else:
            given = value.padded(place.ndim - 1)
            extra = given.ndim - place.ndim  # axes of length 1 in front, which NumPy drops
            if extra > 0 and given.shape[1 : 1 + extra] == (1,) * extra:
                given = backend.base.reshape(given, (given.shape[0], *given.shape[1 + extra :]))
            array.data[(slice(None), *parts)] = given
        return
    for number in range(array.hidden):
        row = array.data[number, ...]
        row[slice_of(parts, number, backend)] = slice_of(value, number, backend)
