"""Nested values as JSON, with their arrays beside it."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable
from typing import Any

from autograd import dtypes
from autograd.backends import backend_for
from autograd.serialization.allowed import finder, full_name
from autograd.serialization.place import backend_at
from autograd.sparse.creation import sparse_coo_tensor, sparse_csr_tensor
from autograd.sparse.tensor import SparseTensor
from autograd.tensor import Tensor, wrap

_MARK = "__retrograd__"
_KINDS = ("nn.parameter.Parameter", "nn.parameter.Buffer")
_DEEPEST = 200  # levels; beyond some hundreds Python's recursion ends


class NoData(TypeError):
    """A value that is not plain data."""


def packed(obj: Any, arrays: dict[str, Any]) -> Any:
    """The structure of a nested value as JSON takes it; its arrays go into `arrays`, by their path.

    Raises
    ------
    NoData
        If there is something else in it than dictionaries, lists, tuples, sets, numbers, strings, None and tensors.
    """
    flat = (
        isinstance(obj, dict)
        and bool(obj)
        and all(isinstance(key, str) and isinstance(value, Tensor) for key, value in obj.items())
    )
    return _packed(obj, arrays, "" if flat else "root", 0)


def stored(array: Any, arrays: dict[str, Any], name: str) -> dict[str, Any]:
    """Put an array among the file's, under a free name; what is needed to get it back."""
    while name in arrays:  # a nested name may read like a dotted one
        name += "'"
    entry: dict[str, Any] = {"name": name}
    array = array if array.flags.c_contiguous else array.copy(order="C")
    if array.dtype.kind == "c":  # most of the format's readers have no complex numbers: pairs of real ones
        entry["complex"] = True
        array = array.reshape((*array.shape, 1)).view(array.real.dtype)
    elif array.dtype.name not in dtypes.BY_NAME:  # of NumPy alone, such as uint32 or text
        entry |= {"dtype": array.dtype.str, "shape": list(array.shape)}
        array = array.reshape(-1).view("u1")
    arrays[name] = array
    return entry


def restored(entry: dict[str, Any], read: Callable[[str], Any]) -> Any:
    """The array that `stored` put away."""
    array = read(entry["name"])
    if entry.get("complex"):
        return array.view("c8" if array.dtype.itemsize == 4 else "c16").reshape(array.shape[:-1])
    if "dtype" in entry:
        return array.view(entry["dtype"]).reshape(entry["shape"])
    return array


def flat(names: Iterable[str]) -> Any:
    """The structure of a file that has none: a dictionary of tensors by name."""
    return {_MARK: "dict", "items": [[name, {_MARK: "tensor", "name": name, "device": "cpu"}] for name in names]}


def _packed(value: Any, arrays: dict[str, Any], path: str, depth: int) -> Any:
    if isinstance(value, SparseTensor):
        return _sparse(value, arrays, path or "tensor")
    if isinstance(value, Tensor):
        array = value.backend.to_numpy(value._data)
        entry = {_MARK: "tensor", "device": str(value.backend.device), **stored(array, arrays, path or "tensor")}
        if value.requires_grad and value.is_leaf:
            entry["requires_grad"] = True
        if full_name(type(value)) in _KINDS:
            entry["class"] = full_name(type(value))
        return entry
    if depth > _DEEPEST:
        raise NoData(f"cannot write more than {_DEEPEST} levels of nesting as data")
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {_MARK: "float", "value": repr(value)}
    if isinstance(value, complex):
        return {_MARK: "complex", "value": [repr(value.real), repr(value.imag)]}
    if isinstance(value, bytes):
        return {_MARK: "bytes", "value": value.hex()}
    if isinstance(value, dtypes.dtype):
        return {_MARK: "dtype", "value": value.name}
    if isinstance(value, dict):
        pairs = [[_packed(k, arrays, f"{path}.key{i}", depth + 1), _packed(v, arrays, _join(path, k, i), depth + 1)]
                 for i, (k, v) in enumerate(value.items())]  # fmt: skip
        kind = next((k for k in _MAPPINGS if isinstance(value, _MAPPINGS[k])), "dict")
        entry = {_MARK: kind, "items": pairs}
        if hasattr(value, "_metadata"):  # of a module's state: the versions of its modules' formats
            entry["metadata"] = _packed(value._metadata, arrays, f"{path}.metadata", depth + 1)
        return entry
    if isinstance(value, (list, tuple, set, frozenset, deque)):
        kind = next(k for k in (list, tuple, set, frozenset, deque) if isinstance(value, k)).__name__
        return {_MARK: kind, "items": [_packed(part, arrays, f"{path}.{i}", depth + 1) for i, part in enumerate(value)]}
    if isinstance(value, type(backend_for("cpu").empty(0, dtypes.uint8))) and value.ndim and not value.dtype.hasobject:
        return {_MARK: "array", **stored(value, arrays, path or "array")}
    item = getattr(value, "item", None)
    if callable(item) and getattr(value, "ndim", None) == 0:  # a number of an array library
        return _packed(item(), arrays, path, depth)
    raise NoData(
        f"cannot write a {type(value).__name__} (at {path or 'the top'}) as data; a checkpoint holds dictionaries, "
        "lists, tuples, sets, numbers, strings, None and tensors"
    )


def _sparse(x: SparseTensor, arrays: dict[str, Any], path: str) -> dict[str, Any]:
    """A sparse tensor: its values as a tensor, the arrays of its pattern, its shape."""
    pattern = x.pattern
    places = [
        stored(x.backend.to_numpy(array), arrays, f"{path}.{name}")
        for name, array in zip(_PLACES[x.layout.name], pattern.arrays(), strict=True)
    ]
    values = _packed(x.detach().stored, arrays, f"{path}.values", 0)
    entry = {_MARK: "sparse", "layout": x.layout.name, "places": places, "values": values, "size": list(x.shape)}
    if x.is_sparse and pattern.coalesced:
        entry["coalesced"] = True
    if x.requires_grad and x.is_leaf:
        entry["requires_grad"] = True
    return entry


def _unsparse(value: dict[str, Any], read: Callable[[str], Any], map_location: Any) -> SparseTensor:
    """The sparse tensor that `_sparse` described; its indices are checked."""
    values = unpacked(value["values"], read, map_location)
    places = [restored(entry, read) for entry in value["places"]]
    size, grad = value["size"], value.get("requires_grad", False)
    try:
        if value["layout"] == "sparse_csr":
            crow, col = places
            return sparse_csr_tensor(crow, col, values, size, requires_grad=grad)
        (indices,) = places
        return sparse_coo_tensor(indices, values, size, requires_grad=grad, is_coalesced=value.get("coalesced", False))
    except RuntimeError as error:
        raise ValueError(error) from None


def _join(path: str, key: Any, number: int) -> str:
    part = key if isinstance(key, str) else str(key) if isinstance(key, int) else f"item{number}"
    return f"{path}.{part}" if path else part


def unpacked(value: Any, read: Callable[[str], Any], map_location: Any) -> Any:
    """The value that `packed` described; `read` gives the file's arrays by name."""
    if not isinstance(value, dict):
        return value
    kind = value[_MARK]
    if kind == "tensor":
        backend = backend_at(value["device"], map_location)
        tensor = wrap(backend.from_numpy(restored(value, read)), backend)
        if value.get("class") in _KINDS:
            tensor.__class__ = finder({})(value["class"])
        return tensor.requires_grad_() if value.get("requires_grad") else tensor
    if kind == "sparse":
        return _unsparse(value, read, map_location)
    if kind == "array":
        return restored(value, read)
    if kind in _MAPPINGS:
        pairs = ((unpacked(k, read, map_location), unpacked(v, read, map_location)) for k, v in value["items"])
        mapping = _MAPPINGS[kind](dict(pairs))
        if "metadata" in value:
            mapping._metadata = unpacked(value["metadata"], read, map_location)
        return mapping
    if kind in _SEQUENCES:
        return _SEQUENCES[kind](unpacked(part, read, map_location) for part in value["items"])
    if kind == "float":
        return float(value["value"])
    if kind == "complex":
        return complex(*map(float, value["value"]))
    if kind == "bytes":
        return bytes.fromhex(value["value"])
    if kind == "dtype":
        return dtypes.BY_NAME[value["value"]]
    raise ValueError(f"unknown kind {kind!r}")


_PLACES = {"sparse_coo": ("indices",), "sparse_csr": ("crow_indices", "col_indices")}
_MAPPINGS: dict[str, Any] = {"Counter": Counter, "OrderedDict": OrderedDict, "dict": dict}
_SEQUENCES: dict[str, Callable[[Any], Any]] = {
    "list": list, "tuple": tuple, "set": set, "frozenset": frozenset, "deque": deque,
}  # fmt: skip
