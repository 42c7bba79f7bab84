"""`save` and `load`: any training state, in one file, atomically; and files of PyTorch."""

from __future__ import annotations

import contextlib
import errno
import mmap as mapping
import os
import pickle
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from autograd.serialization import atomic, native
from autograd.serialization.restricted import unknown_globals

MapLocation = Any
Target = str | os.PathLike[str] | BinaryIO


def save(obj: Any, f: Target, pickle_module: Any = None, pickle_protocol: int | None = None, **options: Any) -> None:
    """Write a nested structure of dictionaries, lists, tuples, numbers, strings and tensors to a file, atomically.

    The file is a safetensors file: its tensors are the tensors, and its metadata has the structure around them as
    JSON. A flat dictionary of tensors by name is a plain safetensors file that other programs read. An object with
    other things in it, such as a whole module, is written as a pickle inside of such a file; reading that asks for
    `weights_only=False` or for its classes to be allowed by name (`serialization.safe_globals`).

    Parameters
    ----------
    obj : a state dict, a whole checkpoint with several of them, a module
    f : path of the file; an old one is replaced only when the new one is whole. Or a binary file object
    pickle_module, pickle_protocol, options : accepted for PyTorch's sake, without effect

    Raises
    ------
    TypeError
        For objects that cannot be pickled, such as local functions.
    ImportError
        If the package safetensors is missing.

    Examples
    --------
    >>> import autograd, io
    >>> file = io.BytesIO()
    >>> autograd.save({"weight": autograd.ones(2), "epoch": 3}, file)
    >>> _ = file.seek(0)
    >>> autograd.load(file)
    {'weight': tensor([1., 1.]), 'epoch': 3}
    """
    contents = native.Contents(obj)
    if isinstance(f, (str, os.PathLike)):
        atomic.replace(Path(os.fspath(f)), contents.write)
    elif hasattr(f, "write"):
        f.write(contents.to_bytes())
    else:
        raise TypeError(f"save: expected a path or a binary file to write to, got {type(f).__name__}")


def load(
    f: Target,
    map_location: MapLocation = None,
    pickle_module: Any = None,
    *,
    weights_only: bool | None = None,
    mmap: bool | None = None,
    **options: Any,
) -> Any:
    """Read what `save` wrote, any safetensors file, or a file of PyTorch's `torch.save`.

    Nothing in the file is executed unless `weights_only=False`.

    Parameters
    ----------
    f : path of the file, or a binary file object that can seek
    map_location : the device for all tensors; or a dictionary from the device's name at the time of saving to
        another, or a function of a storage on the CPU and that name, whose result is the storage, its `cuda(number)`,
        a name, or None for that device; default: that device
    weights_only : whether to refuse everything but data and the classes that were allowed; default: True
    mmap : whether tensors on the CPU share the file's memory, so that only what is used is read; writing to them does
        not change the file. Needs a path
    pickle_module, options : accepted for PyTorch's sake, without effect

    Returns
    -------
    The object; a plain safetensors file gives a dictionary of tensors by name.

    Raises
    ------
    RuntimeError
        If the file is damaged or of another kind.
    pickle.UnpicklingError
        If it asks for classes or functions that are not allowed; they are named.
    FileNotFoundError
        If there is none.
    ImportError
        If the package safetensors is missing, for its files.

    Examples
    --------
    >>> import io
    >>> import autograd
    >>> file = io.BytesIO()
    >>> autograd.save({"weights": autograd.ones(2), "epoch": 3}, file)
    >>> _ = file.seek(0)
    >>> autograd.load(file)
    {'weights': tensor([1., 1.]), 'epoch': 3}
    """
    trusted = weights_only is False
    if not isinstance(f, (str, os.PathLike)):
        if not hasattr(f, "read"):
            raise TypeError(f"load: expected a path or a binary file to read from, got {type(f).__name__}")
        if mmap:
            raise RuntimeError("load: mmap=True needs the path of a file; a file object's memory cannot be shared")
        return _read(f, "the file object", None, map_location, trusted)
    path = Path(os.fspath(f))
    if not path.exists():
        raise FileNotFoundError(f"load: there is no file {str(path)!r}")
    with open(path, "rb") as file:
        memory = None
        if mmap and path.stat().st_size:
            memory = mapping.mmap(file.fileno(), 0, access=mapping.ACCESS_COPY)
        return _read(file, repr(str(path)), memory, map_location, trusted)


def _read(file: Any, name: str, memory: Any, map_location: MapLocation, trusted: bool) -> Any:
    with _open(file, name, memory, map_location) as contents:
        return contents.load(not trusted)


@contextlib.contextmanager
def _open(file: Any, name: str, memory: Any, map_location: MapLocation) -> Iterator[Any]:
    """A reader for the file's format, which its first bytes tell."""
    origin = file.tell()
    first = file.read(9)
    file.seek(origin)
    # A safetensors file begins with its header's length, whose bytes may be those of the other formats.
    ours = first[8:] == b"{"
    if first[:1] == b"\x80" and not ours:
        raise RuntimeError(
            f"load: {name} is a bare pickle, as PyTorch wrote before its version 1.6; load it there and save it again"
        )
    try:
        if first[:4] == b"PK\x03\x04" and not ours:
            from autograd.serialization.torch_file import TorchFile  # what it imports is not needed for our own files

            with zipfile.ZipFile(file) as archive:
                yield TorchFile(archive, memory, file.seek(0, os.SEEK_END), map_location)
        else:
            yield native.NativeFile(file, memory, map_location)
    except NotImplementedError as error:
        raise RuntimeError(f"load: {name} is a zip archive that PyTorch does not write ({error})") from None
    except RecursionError:
        raise RuntimeError(f"load: the structure in {name} is nested too deeply") from None
    except (RuntimeError, ImportError, pickle.UnpicklingError):
        raise
    except Exception as error:  # of zipfile, json, or of values where the format has others
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # which is a place before the file's start
            raise
        reason = repr(error) if len(repr(error)) < 300 else type(error).__name__  # some repeat the whole file
        raise RuntimeError(
            f"load: {name} is damaged, cut short, or neither a safetensors file nor one of PyTorch's ({reason})"
        ) from None


def get_unsafe_globals_in_checkpoint(f: Target) -> list[str]:
    """The classes and functions that `load` would refuse to use, by their full names, without loading anything.

    Parameters
    ----------
    f : path of the file, or a binary file object that can seek
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(open(f, "rb")) if isinstance(f, (str, os.PathLike)) else f
        contents = stack.enter_context(_open(file, "the file", None, None))
        data = contents.pickle()
        return [] if data is None else unknown_globals(data, contents.find())
