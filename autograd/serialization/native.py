"""The library's own files: the safetensors format, with the structure around the tensors in its metadata.

A safetensors file is the length of its header (8 bytes, little endian), the header (JSON: element type, shape and place
of each tensor, and metadata of strings), and the tensors' bytes. The package safetensors writes it.
"""

from __future__ import annotations

import io
import json
import math
import mmap
import os
import pickle
from typing import Any

from autograd import dtypes
from autograd.backends import backend_for
from autograd.serialization import structure
from autograd.serialization.allowed import finder
from autograd.serialization.restricted import Interpreter

_STRUCTURE, _PICKLE = "retrograd.structure", "retrograd.pickle"
_CODES = {
    "BOOL": dtypes.bool_, "U8": dtypes.uint8, "U16": dtypes.uint16, "U32": dtypes.uint32, "U64": dtypes.uint64,
    "I8": dtypes.int8, "I16": dtypes.int16, "I32": dtypes.int32, "I64": dtypes.int64, "F16": dtypes.float16,
    "BF16": dtypes.bfloat16, "F32": dtypes.float32, "F64": dtypes.float64, "C64": dtypes.complex64,
}  # fmt: skip
_LARGEST_HEADER = 100_000_000  # of the format's definition


class Contents:
    """What goes into a file: arrays by name, and metadata.

    Parameters
    ----------
    obj : what `save` was given

    Raises
    ------
    TypeError
        If it can be written neither as data nor as a pickle.
    """

    def __init__(self, obj: Any):
        try:
            import safetensors.numpy
        except ImportError:
            raise ImportError(
                "saving checkpoints needs the package safetensors: pip install 'retrograd[safetensors]'"
            ) from None
        self.library = safetensors.numpy
        self.arrays: dict[str, Any] = {}
        try:
            text = json.dumps(structure.packed(obj, self.arrays))
            self.metadata = {_STRUCTURE: text}
        except structure.NoData as reason:
            self.arrays.clear()
            self._pickle(obj, reason)

    def _pickle(self, obj: Any, reason: Exception) -> None:
        stream = io.BytesIO()
        try:
            _Pickler(stream, self.arrays).dump(obj)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise TypeError(f"save: {reason}; nor can the whole be pickled ({error})") from None
        cpu = backend_for("cpu")
        self.arrays[_PICKLE] = cpu.from_buffer(stream.getvalue(), dtypes.uint8, -1, 0)
        self.metadata = {_PICKLE: "1"}

    def write(self, path: str) -> None:
        """Fill the file."""
        self.library.save_file(self.arrays, path, self.metadata)

    def to_bytes(self) -> bytes:
        """The file's bytes."""
        return self.library.save(self.arrays, self.metadata)


class _Pickler(pickle.Pickler):
    """Puts arrays beside the pickle instead of into it."""

    def __init__(self, stream: Any, arrays: dict[str, Any]):
        super().__init__(stream, 5)
        self.arrays = arrays
        self.kind = type(backend_for("cpu").empty(0, dtypes.uint8))

    def persistent_id(self, obj: Any) -> Any:
        if type(obj) is not self.kind or obj.dtype.hasobject:
            return None
        entry = structure.stored(obj, self.arrays, f"array{len(self.arrays)}")
        return tuple(entry.items())


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A dictionary of the header's, if no name is there twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice")
    return found


class NativeFile:
    """An open file in the safetensors format.

    Parameters
    ----------
    file : its stream
    memory : the whole file's memory, to share arrays with it instead of reading them; or None
    map_location : see `load`
    """

    def __init__(self, file: Any, memory: mmap.mmap | None, map_location: Any):
        self.file, self.memory, self.map_location = file, memory, map_location
        self.origin = file.tell()
        size = file.seek(0, os.SEEK_END) - self.origin
        file.seek(self.origin)
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= min(size - 8, _LARGEST_HEADER):
            raise ValueError("the header's length is impossible")
        header = json.loads(file.read(length), object_pairs_hook=_unique)
        self.metadata = header.pop("__metadata__", {})
        self.start = 8 + length
        self.entries = {name: self._checked(name, entry, size) for name, entry in header.items()}
        reached = 0
        for name, (first, end) in sorted(((n, e["data_offsets"]) for n, e in header.items()), key=lambda pair: pair[1]):
            if first != reached:
                raise ValueError(f"tensor {name!r} begins at byte {first}, but the one before it ends at {reached}")
            reached = end
        if self.start + reached != size:
            raise ValueError(f"{size - self.start - reached} bytes follow the last tensor")

    def _checked(self, name: str, entry: dict, size: int) -> tuple:
        """Element type, shape and first byte of an entry whose numbers agree with one another and with the file."""
        if entry["dtype"] not in _CODES:
            raise RuntimeError(
                f"load: tensor {name!r} has the element type {entry['dtype']}, which does not exist here"
            )
        dtype, shape, (first, end) = _CODES[entry["dtype"]], tuple(entry["shape"]), entry["data_offsets"]
        whole = all(isinstance(number, int) and number >= 0 for number in (*shape, first, end))
        if not whole or end - first != math.prod(shape) * dtype.itemsize or self.start + end > size:
            raise ValueError(f"the place of tensor {name!r} is impossible")
        return dtype, shape, self.start + first

    def array(self, name: str) -> Any:
        """The array of a tensor, on the CPU."""
        dtype, shape, first = self.entries[name]
        cpu, count = backend_for("cpu"), math.prod(shape)
        if not count:
            return cpu.empty(shape, dtype)
        if self.memory is not None:
            return cpu.from_buffer(self.memory, dtype, count, first).reshape(shape)
        self.file.seek(self.origin + first)
        # A bytearray, since what is read must be writable.
        content = bytearray(count * dtype.itemsize)
        self.file.readinto(content)
        return cpu.from_buffer(content, dtype, count, 0).reshape(shape)

    def pickle(self) -> bytes | None:
        """The pickle, in the file of an object that is not plain data."""
        return self.array(_PICKLE).tobytes() if _PICKLE in self.metadata else None

    def find(self) -> Any:
        """What the pickle may name; see `finder`."""
        return finder({})

    def load(self, weights_only: bool) -> Any:
        """The object that the file describes."""
        data = self.pickle()
        if data is None:
            if _STRUCTURE in self.metadata:
                described = json.loads(self.metadata[_STRUCTURE])
            else:
                described = structure.flat(self.entries)
            return structure.unpacked(described, self.array, self.map_location)
        if weights_only:
            return Interpreter(data, self.find(), self._persistent).run()
        trusting = pickle.Unpickler(io.BytesIO(data))
        trusting.persistent_load = self._persistent  # type: ignore[method-assign]
        return trusting.load()

    def _persistent(self, identity: tuple) -> Any:
        return structure.restored(dict(identity), self.array)
