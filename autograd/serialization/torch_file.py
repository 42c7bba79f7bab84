"""PyTorch's own checkpoint files: a zip archive of a pickle and of raw storages, read without PyTorch.

The archive `name.pt` has the entries `name/data.pkl`, `name/data/<key>` for each storage, and `name/byteorder`. The
pickle names a storage by a persistent id `("storage", type, key, location, elements)` and a tensor by a call of a
rebuilding function with storage, offset, shape and strides. Here such calls go to the functions of this file.
"""

from __future__ import annotations

import importlib
import io
import mmap
import pickle
import sys
import zipfile
from collections.abc import Callable
from typing import Any

from autograd import dtypes
from autograd.backends import backend_for
from autograd.device import device
from autograd.functions.strided import as_strided
from autograd.serialization.allowed import finder
from autograd.serialization.place import backend_at
from autograd.serialization.restricted import Interpreter
from autograd.size import Size
from autograd.sparse.creation import sparse_coo_tensor, sparse_csr_tensor
from autograd.tensor import wrap

_STORAGES = {
    "Double": dtypes.float64, "Float": dtypes.float32, "Half": dtypes.float16, "BFloat16": dtypes.bfloat16,
    "Long": dtypes.int64, "Int": dtypes.int32, "Short": dtypes.int16, "Char": dtypes.int8, "Byte": dtypes.uint8,
    "Bool": dtypes.bool_, "ComplexFloat": dtypes.complex64, "ComplexDouble": dtypes.complex128,
    "Untyped": dtypes.uint8,
}  # fmt: skip
# A stored tensor whose elements overlap (of `expand`) may stand for at most this many bytes more than it holds.
_LARGEST_EXPANSION = 2**28


class _StorageKind:
    """A storage class of PyTorch: its element type."""

    def __init__(self, dtype: dtypes.dtype):
        self.dtype = dtype


class TorchFile:
    """An open archive.

    Parameters
    ----------
    archive : the zip file, opened
    memory : the whole file's memory, to share storages with it instead of reading them; or None
    size : bytes of the file
    map_location : see `load`
    """

    def __init__(self, archive: zipfile.ZipFile, memory: mmap.mmap | None, size: int, map_location: Any):
        self.archive, self.memory, self.size, self.map_location = archive, memory, size, map_location
        self.entries = {entry.filename: entry for entry in archive.infolist()}
        pickles = [name for name in self.entries if name.endswith("/data.pkl") and name.count("/") == 1]
        if len(pickles) != 1:
            raise RuntimeError(
                "load: the zip archive is no PyTorch checkpoint: it has no entry data.pkl"
                + (
                    ""
                    if not any("constants.pkl" in name for name in self.entries)
                    else " (it is a TorchScript archive)"
                )
            )
        self.folder = pickles[0].removesuffix("data.pkl")
        self.storages: dict[str, Any] = {}
        order = f"{self.folder}byteorder"
        self.swapped = order in self.entries and self._bytes(order) != sys.byteorder.encode()
        self.known: dict[str, Any] = {
            "torch.Size": Size,
            "torch.device": device,
            "torch._utils._rebuild_tensor": self._tensor,
            "torch._utils._rebuild_tensor_v2": self._tensor,
            "torch._utils._rebuild_tensor_v3": self._tensor_v3,
            "torch._utils._rebuild_parameter": self._parameter,
            "torch._utils._rebuild_parameter_with_state": self._parameter,
            "torch._utils._rebuild_sparse_tensor": self._sparse,
            "torch.serialization._get_layout": str,
            **{f"torch.{item.name}": item for item in dtypes.ALL},
            **{f"torch.{name}Storage": _StorageKind(item) for name, item in _STORAGES.items()},
            "torch.storage.UntypedStorage": _StorageKind(dtypes.uint8),
        }

    def pickle(self) -> bytes:
        """The archive's pickle."""
        return self._bytes(f"{self.folder}data.pkl")

    def find(self) -> Callable[[str], Any]:
        """What the pickle may name; see `finder`."""
        return finder(self.known)

    def load(self, weights_only: bool) -> Any:
        """The object that the file describes."""
        if weights_only:
            return Interpreter(self.pickle(), self.find(), self.persistent_load).run()
        return _Trusting(io.BytesIO(self.pickle()), self).load()

    def _bytes(self, name: str) -> bytes:
        entry = self._entry(name)
        return self.archive.read(entry)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = self.entries.get(name)
        if entry is None:
            raise RuntimeError(f"load: the archive is damaged: it has no entry {name!r}")
        # PyTorch never compresses, and a small compressed entry can stand for any amount of memory.
        if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
            raise RuntimeError(f"load: the archive's entry {name!r} is compressed, which PyTorch's files never are")
        if entry.flag_bits & 1:
            raise RuntimeError(f"load: the archive's entry {name!r} is encrypted, which PyTorch's files never are")
        if entry.header_offset + entry.file_size > self.size:
            raise RuntimeError(
                f"load: the archive's entry {name!r} is longer than the file; it is cut short or damaged"
            )
        return entry

    def persistent_load(self, identity: Any) -> Any:
        """The storage for a persistent id: the array of its elements, and its place."""
        if not (isinstance(identity, tuple) and len(identity) == 5 and identity[0] == "storage"):
            raise RuntimeError("load: the pickle refers to something else than a storage")
        _, kind, key, location, count = identity
        if not (isinstance(kind, _StorageKind) and isinstance(key, str) and isinstance(location, str)
                and isinstance(count, int)):  # fmt: skip
            raise RuntimeError("load: the pickle refers to a storage in a way that PyTorch does not")
        if key not in self.storages:
            self.storages[key] = self._storage(key, kind.dtype, location, count)
        return self.storages[key]

    def _storage(self, key: str, dtype: dtypes.dtype, location: str, count: int) -> Any:
        name = f"{self.folder}data/{key}"
        entry = self._entry(name)
        if not 0 <= count * dtype.itemsize <= entry.file_size:
            raise RuntimeError(
                f"load: storage {key} should have {count} elements of {dtype}, but has {entry.file_size} bytes"
            )
        cpu = backend_for("cpu")
        if count == 0:
            array = cpu.empty(0, dtype)
        elif self.memory is not None:
            array = cpu.from_buffer(self.memory, dtype, count, self._offset(entry))
        else:
            array = cpu.from_buffer(bytearray(self.archive.read(entry)), dtype, count, 0)
        if self.swapped and dtype.itemsize > 1:
            array = array.byteswap()  # PyTorch on a machine of the other byte order
        backend = backend_at(location, self.map_location)
        return wrap(backend.from_numpy(array), backend)

    def _offset(self, entry: zipfile.ZipInfo) -> int:
        """Where an entry's bytes begin: after its local header, a name and extra fields of their own lengths."""
        start = entry.header_offset + 30
        lengths = memoryview(self.memory)[start - 4 : start]  # type: ignore[arg-type]
        name, extra = (int.from_bytes(lengths[i : i + 2], "little") for i in (0, 2))
        if start + name + extra + entry.file_size > self.size:
            raise RuntimeError(f"load: the archive's entry {entry.filename!r} is longer than the file")
        return start + name + extra

    def _tensor(
        self, storage: Any, offset: int, shape: Any, strides: Any, requires_grad: bool = False, *rest: Any
    ) -> Any:
        count = 1
        for size in shape:
            count *= size
        last = offset + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
        held = len(storage)
        if min((offset, *shape, *strides), default=0) < 0 or (count and last >= held):
            raise RuntimeError(f"load: a tensor of shape {tuple(shape)} reaches beyond its storage of {held} elements")
        if (count - held) * storage.dtype.itemsize > _LARGEST_EXPANSION:
            raise RuntimeError(
                f"load: a tensor of shape {tuple(shape)} is an expanded view of a storage of {held} elements; save a "
                "clone() of it"
            )
        tensor = (
            as_strided(storage, tuple(shape), tuple(strides), offset).detach() if count else storage[:0].reshape(shape)
        )
        return tensor.requires_grad_() if requires_grad else tensor

    def _tensor_v3(
        self, storage: Any, offset: int, shape: Any, strides: Any, requires_grad: bool, hooks: Any, dtype: Any, *_: Any
    ) -> Any:
        """An element type without a storage class of its own: the storage holds bytes."""
        return self._tensor(storage.view(dtype), offset, shape, strides, requires_grad)

    def _sparse(self, layout: str, data: Any) -> Any:
        """A sparse tensor by coordinates or in compressed rows, its indices checked.

        Raises
        ------
        RuntimeError
            For another layout.
        """
        if layout == "torch.sparse_coo":
            indices, values, size, *coalesced = data
            return sparse_coo_tensor(indices, values, size, is_coalesced=bool(coalesced and coalesced[0]))
        if layout == "torch.sparse_csr":
            return sparse_csr_tensor(*data)
        raise RuntimeError(
            f"load: a sparse tensor of layout {layout!r}; save it as torch.sparse_coo or torch.sparse_csr"
        )

    def _parameter(self, data: Any, requires_grad: bool = True, *rest: Any) -> Any:
        return importlib.import_module("nn").Parameter(data.detach(), requires_grad)


class _Trusting(pickle.Unpickler):
    """Python's unpickler for files that the user trusts; PyTorch's tensors become ours here too."""

    def __init__(self, stream: Any, file: TorchFile):
        super().__init__(stream)
        self.find, self.persistent = file.find(), file.persistent_load

    def find_class(self, module: str, name: str) -> Any:
        try:
            return self.find(f"{module}.{name}")
        except KeyError:
            return super().find_class(module, name)

    def persistent_load(self, identity: Any) -> Any:
        return self.persistent(identity)
