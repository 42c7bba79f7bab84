"""Checkpoints: `save` and `load` nested structures of tensors as one safetensors file.

The tensors are the file's tensors, and the structure around them (dictionaries, lists, numbers, strings) is JSON in its
metadata. A flat dictionary of tensors by name is a plain safetensors file that other programs read. Nothing in a file
is ever executed. A save writes a temporary file beside the old one and renames it when it is whole on the disk.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograd import dtypes
from autograd.backends import backend_for
from autograd.engine import TensorBase, engine

_KEY = "retrograd.structure"
_MARK = "__retrograd__"
MapLocation = Any


def _library() -> Any:
    try:
        import safetensors.numpy
    except ImportError:
        raise ImportError(
            "saving and loading checkpoints needs the package safetensors: pip install 'retrograd[safetensors]'"
        ) from None
    return safetensors


def save(obj: Any, f: str | os.PathLike[str]) -> None:
    """Write a nested structure of dictionaries, lists, tuples, numbers, strings and tensors to a file, atomically.

    Parameters
    ----------
    obj : a state dict, or a whole checkpoint with several of them
    f : path of the file; an old one is replaced only when the new one is whole

    Raises
    ------
    TypeError
        For values of other types.
    ImportError
        If the package safetensors is missing.
    """
    library = _library()
    tensors: dict[str, Any] = {}
    flat = (
        isinstance(obj, dict)
        and bool(obj)
        and all(isinstance(key, str) and isinstance(value, TensorBase) for key, value in obj.items())
    )
    structure = _packed(obj, tensors, "" if flat else "root")
    metadata = {_KEY: json.dumps(structure)}
    data = library.numpy.save(tensors, metadata)
    _write_atomically(Path(os.fspath(f)), data)


def _packed(value: Any, tensors: dict[str, Any], path: str) -> Any:
    """The structure as JSON; its tensors go into `tensors`, by their path."""
    if isinstance(value, TensorBase):
        name = path or "tensor"
        while name in tensors:  # a nested name may read like a dotted one
            name += "'"
        array = value.backend.to_numpy(value._data).copy(order="C")
        entry = {_MARK: "tensor", "name": name, "device": str(value.backend.device)}
        if array.dtype.kind == "c":  # the format has no complex numbers: pairs of real ones
            entry["complex"] = True  # type: ignore[assignment]
            array = array.reshape((*array.shape, 1)).view(array.real.dtype)
        tensors[name] = array
        return entry
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
        pairs = [[_packed(k, tensors, f"{path}.key{i}"), _packed(v, tensors, _join(path, k, i))]
                 for i, (k, v) in enumerate(value.items())]  # fmt: skip
        kind = next((k for k in _MAPPINGS if isinstance(value, _MAPPINGS[k])), "dict")
        return {_MARK: kind, "items": pairs}
    if isinstance(value, (list, tuple, set, frozenset, deque)):
        kind = next(k for k in (list, tuple, set, frozenset, deque) if isinstance(value, k)).__name__
        return {_MARK: kind, "items": [_packed(part, tensors, f"{path}.{i}") for i, part in enumerate(value)]}
    item = getattr(value, "item", None)
    if callable(item) and getattr(value, "ndim", None) == 0:  # a number of an array library
        return _packed(item(), tensors, path)
    raise TypeError(
        f"save: cannot write a {type(value).__name__} (at {path or 'the top'}); a checkpoint holds dictionaries, "
        "lists, tuples, sets, numbers, strings, None and tensors"
    )


def _join(path: str, key: Any, number: int) -> str:
    part = key if isinstance(key, str) else str(key) if isinstance(key, int) else f"item{number}"
    return f"{path}.{part}" if path else part


def _write_atomically(path: Path, data: bytes) -> None:
    """Write beside the file, force it to the disk, and rename: at every moment the path holds one whole file."""
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _usual_mode(path))
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if hasattr(os, "O_DIRECTORY"):  # the rename too must reach the disk; Windows has no such call
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _usual_mode(path: Path) -> int:
    """The old file's permissions, or those that a new file usually has."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def load(f: str | os.PathLike[str], map_location: MapLocation = None, *, weights_only: bool = True) -> Any:
    """Read what `save` wrote, or any safetensors file as a dictionary of tensors.

    Parameters
    ----------
    f : path of the file
    map_location : the device for all tensors; or a dictionary from the device's name at the time of saving to
        another, or a function of "cpu" and that name; default: that device
    weights_only : accepted; nothing but data is ever read

    Raises
    ------
    RuntimeError
        If the file is damaged or no such file.
    FileNotFoundError
        If there is none.
    ImportError
        If the package safetensors is missing.
    """
    library = _library()
    path = Path(os.fspath(f))
    if not path.exists():
        raise FileNotFoundError(f"load: there is no file {str(path)!r}")
    try:
        with library.safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        structure = json.loads(metadata[_KEY]) if _KEY in metadata else None
    except OSError:
        raise
    except Exception as error:
        raise RuntimeError(
            f"load: {str(path)!r} is no whole safetensors file: it is damaged, cut short, or of another "
            f"format ({error})"
        ) from None
    if structure is None:
        structure = {
            _MARK: "dict",
            "items": [[name, {_MARK: "tensor", "name": name, "device": "cpu"}] for name in arrays],
        }
    try:
        return _unpacked(structure, arrays, map_location)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise RuntimeError(f"load: the structure in {str(path)!r} is damaged ({error!r})") from None


def _unpacked(value: Any, arrays: dict[str, Any], map_location: MapLocation) -> Any:
    """The structure with its tensors in it."""
    if not isinstance(value, dict):
        return value
    kind = value[_MARK]
    if kind == "tensor":
        backend = backend_for(_place(value["device"], map_location))
        array = arrays[value["name"]]
        if value.get("complex"):
            array = array.view("c8" if array.dtype.itemsize == 4 else "c16").reshape(array.shape[:-1])
        return engine.wrap(backend.from_numpy(array), backend)
    if kind in _MAPPINGS:
        pairs = ((_unpacked(k, arrays, map_location), _unpacked(v, arrays, map_location)) for k, v in value["items"])
        return _MAPPINGS[kind](dict(pairs))
    if kind in _SEQUENCES:
        return _SEQUENCES[kind](_unpacked(part, arrays, map_location) for part in value["items"])
    if kind == "float":
        return float(value["value"])
    if kind == "complex":
        return complex(*map(float, value["value"]))
    if kind == "bytes":
        return bytes.fromhex(value["value"])
    if kind == "dtype":
        return dtypes.BY_NAME[value["value"]]
    raise ValueError(f"unknown kind {kind!r}")


_MAPPINGS: dict[str, Any] = {"Counter": Counter, "OrderedDict": OrderedDict, "dict": dict}
_SEQUENCES: dict[str, Callable[[Any], Any]] = {
    "list": list, "tuple": tuple, "set": set, "frozenset": frozenset, "deque": deque,
}  # fmt: skip


def _place(saved: str, map_location: MapLocation) -> Any:
    if map_location is None:
        return saved
    if isinstance(map_location, dict):
        return map_location.get(saved, saved)
    if not callable(map_location):
        return map_location
    # PyTorch's functions take a storage, which is on the CPU, and the device; returning it means to leave it there.
    return map_location("cpu", saved)
