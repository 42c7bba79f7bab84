"""The general way to run a kernel on batched arrays: slice by slice, the results stacked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _is_batched(value: Any, backend: Any) -> bool:
    return value.__class__ is backend.array_type and value.backend is backend


def number_of_slices(value: Any, backend: Any) -> int:
    """The longest hidden axis among the batched arrays in nested tuples, lists and dicts; 1 if there are none."""
    if _is_batched(value, backend):
        return value.hidden
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, (tuple, list)):
        return max((number_of_slices(item, backend) for item in value), default=1)
    return 1


def slice_of(value: Any, number: int, backend: Any) -> Any:
    """The same with every batched array replaced by its slice, an array of the backend below."""
    if _is_batched(value, backend):
        return value.data[number if value.hidden > 1 else 0, ...]
    if value.__class__ in (tuple, list):
        return type(value)(slice_of(item, number, backend) for item in value)
    if value.__class__ is dict:
        return {name: slice_of(item, number, backend) for name, item in value.items()}
    return value


def looped(backend: Any, name: str, function: Callable, *args: Any, **options: Any) -> Any:
    """`function` of each slice, stacked; once only, where no argument differs between slices.

    Raises
    ------
    RuntimeError
        If the results' shapes differ, since they depend on the data.
    """
    base = backend.base
    found = [
        function(*slice_of(args, number, backend), **slice_of(options, number, backend))
        for number in range(number_of_slices((args, options), backend))
    ]

    def stack(parts: list) -> Any:
        if isinstance(parts[0], (tuple, list)):
            return tuple(stack(list(items)) for items in zip(*parts, strict=True))
        arrays = [base.asarray(part) for part in parts]
        if any(array.shape != arrays[0].shape for array in arrays):
            raise RuntimeError(
                f"vmap: {name} gives results whose shape depends on the data, here "
                f"{', '.join(str(list(array.shape)) for array in arrays)}; they cannot be stacked. Loop over the "
                "slices instead of vmap"
            )
        return backend.array_type(base.stack(arrays, axis=0), backend)

    return stack(found)
