"""From samples to batches: `default_collate`, `default_convert`, and a walk over nested structures."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, MutableMapping, MutableSequence, Sequence
from typing import Any

from autograd import dtypes
from autograd.backends import backend_for
from autograd.engine import TensorBase
from autograd.functions.creation import as_tensor, tensor
from autograd.functions.joining import stack

_NUMPY: Any = backend_for("cpu").library
_UNKNOWN = "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {}"


def rebuilt(data: Any, items: Iterable[tuple[Any, Any]]) -> Any:
    """A mapping, tuple or sequence like `data` with other entries, given by key; mutable kinds keep what else they hold.

    A kind that cannot be made anew becomes a plain dictionary or list.
    """
    pairs = list(items)
    if isinstance(data, tuple):
        values = [value for _, value in pairs]
        return type(data)(*values) if _named(data) else type(data)(values)
    mapping = isinstance(data, Mapping)
    try:
        if isinstance(data, (MutableMapping, MutableSequence)):
            twin: Any = copy.copy(data)
            for key, value in pairs:
                twin[key] = value
            return twin
        return type(data)(dict(pairs) if mapping else [value for _, value in pairs])  # type: ignore[call-arg]
    except TypeError:
        return dict(pairs) if mapping else [value for _, value in pairs]


def mapped(data: Any, convert: Callable[[Any], Any], lists: bool = False) -> Any:
    """Apply `convert` to what is in a structure of mappings and sequences; with `lists`, plain tuples become lists.

    Strings are no sequences here.
    """
    if isinstance(data, (str, bytes, TensorBase, _NUMPY.ndarray)):
        return convert(data)
    if isinstance(data, Mapping):
        return rebuilt(data, [(key, mapped(value, convert, lists)) for key, value in data.items()])
    if isinstance(data, Sequence):
        values = [mapped(value, convert, lists) for value in data]
        return values if lists and isinstance(data, tuple) and not _named(data) else rebuilt(data, enumerate(values))
    return convert(data)


def _named(data: Any) -> bool:
    """Whether a tuple is a named one."""
    return hasattr(data, "_fields")


def default_convert(data: Any) -> Any:
    """NumPy arrays and numbers of a structure as tensors, all else as it is: what a loader does without batches.

    Examples
    --------
    >>> import numpy
    >>> from autograd.utils.data import default_convert
    >>> default_convert({"x": numpy.array([1, 2]), "name": "a"})
    {'x': tensor([1, 2]), 'name': 'a'}
    """
    return mapped(data, _converted, lists=True)


def _converted(item: Any) -> Any:
    if isinstance(item, (_NUMPY.ndarray, _NUMPY.generic)) and item.dtype.kind not in "SUO":
        return as_tensor(item)
    return item


def collate(batch: Sequence, *, collate_fn_map: dict[Any, Callable] | None = None) -> Any:
    """One batch from a list of samples, with a function for each type of leaf.

    Parameters
    ----------
    batch : samples of one structure
    collate_fn_map : by type or tuple of types, functions called with a list and `collate_fn_map`; the type itself
        first, then the first that it is a subclass of

    Raises
    ------
    RuntimeError
        If sequences differ in length.
    TypeError
        For a type that is neither in the map nor a mapping or sequence.
    """
    first, functions = batch[0], collate_fn_map or {}
    chosen = functions.get(type(first)) or next((f for kind, f in functions.items() if isinstance(first, kind)), None)
    if chosen is not None:
        return chosen(batch, collate_fn_map=collate_fn_map)
    if isinstance(first, Mapping):
        return rebuilt(
            first, [(key, collate([one[key] for one in batch], collate_fn_map=collate_fn_map)) for key in first]
        )
    if isinstance(first, Sequence):
        if not _named(first) and any(len(sample) != len(first) for sample in batch):
            lengths = sorted({len(sample) for sample in batch})
            raise RuntimeError(f"each element in list of batch should be of equal size, got the sizes {lengths}")
        columns = [collate(column, collate_fn_map=collate_fn_map) for column in zip(*batch)]
        return columns if isinstance(first, tuple) and not _named(first) else rebuilt(first, enumerate(columns))
    raise TypeError(_UNKNOWN.format(type(first)))


def _stacked(batch: Sequence, *, collate_fn_map: Any = None) -> Any:
    return stack(batch, 0)


def _arrays(batch: Sequence, *, collate_fn_map: Any = None) -> Any:
    if batch[0].dtype.kind in "SUO":
        raise TypeError(_UNKNOWN.format(batch[0].dtype))
    return collate([as_tensor(item) for item in batch], collate_fn_map=collate_fn_map)


def _numbers(batch: Sequence, *, collate_fn_map: Any = None) -> Any:
    return as_tensor(batch)


def _floats(batch: Sequence, *, collate_fn_map: Any = None) -> Any:
    return tensor(batch, dtype=dtypes.float64)


def _unchanged(batch: Sequence, *, collate_fn_map: Any = None) -> Any:
    return batch


default_collate_fn_map: dict[Any, Callable] = {
    TensorBase: _stacked,
    _NUMPY.ndarray: _arrays,
    (_NUMPY.bool_, _NUMPY.number): _numbers,
    float: _floats,
    int: _numbers,
    str: _unchanged,
    bytes: _unchanged,
}


def default_collate(batch: Sequence) -> Any:
    """One batch from a list of samples: tensors and arrays are stacked along a new first dimension, numbers become
    tensors (floats of float64, as in PyTorch), strings stay a list, mappings and sequences keep their structure.

    Raises
    ------
    RuntimeError
        If samples differ in shape or length.
    TypeError
        For samples of other types.

    Examples
    --------
    >>> from autograd.utils.data import default_collate
    >>> default_collate([(0, "a"), (1, "b")])
    [tensor([0, 1]), ('a', 'b')]
    """
    return collate(batch, collate_fn_map=default_collate_fn_map)
