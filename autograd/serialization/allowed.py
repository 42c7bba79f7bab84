"""Which classes and functions a checkpoint may name: a fixed list of harmless ones, and what the user has added."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import pickle
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any


def _encode(text: str, encoding: str) -> bytes:
    """Bytes as pickle's protocols 0 to 2 write them."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"load: bytes in the encoding {encoding!r}; the pickle format has only 'latin1'")
    return text.encode("latin1")


def _bytearray(content: bytes = b"") -> bytearray:
    """Only a copy: `bytearray(n)` would take any amount of memory."""
    return bytearray(memoryview(content))


# Plain values of Python. None of these runs code of the file's choice, whatever its arguments.
_PLAIN: dict[str, Any] = {
    "__builtin__.bytearray": _bytearray,
    "_codecs.encode": _encode,
    "builtins.bytearray": _bytearray,
    "collections.Counter": Counter,
    "collections.OrderedDict": OrderedDict,
    "collections.defaultdict": defaultdict,
    "collections.deque": deque,
    **{
        f"{module}.{name}": getattr(builtins, name)
        for module in ("builtins", "__builtin__")
        for name in ("bool", "complex", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple")
    },
}
# Our own values, found when a file names them.
_OURS = {
    "autograd.backends.backend_for",
    "autograd.device.device",
    "autograd.dtypes.lookup",
    "autograd.size.Size",
    "autograd.tensor.Tensor",
    "autograd.tensor._rebuild",
    "nn.parameter.Buffer",
    "nn.parameter.Parameter",
    "nn.parameter.UninitializedBuffer",
    "nn.parameter.UninitializedParameter",
    "nn.parameter._uninitialized",
}
_added: dict[str, Any] = {}


def full_name(item: Any) -> str:
    """Under which name a pickle mentions a class or a function."""
    return f"{item.__module__}.{item.__qualname__}"


def _named(items: Sequence[Any]) -> dict[str, Any]:
    return {entry[1]: entry[0] if isinstance(entry, tuple) else entry
            for entry in (item if isinstance(item, tuple) else (item, full_name(item)) for item in items)}  # fmt: skip


def add_safe_globals(safe_globals: Sequence[Any]) -> None:
    """Allow classes and functions in the files that `load` reads with `weights_only=True`.

    A file can then make instances of such a class with any state and call such a function with any arguments, so
    allow only what is harmless under these conditions.

    Parameters
    ----------
    safe_globals : classes and functions, or pairs of one and the full name that the file has for it

    Examples
    --------
    >>> import autograd, fractions
    >>> autograd.serialization.add_safe_globals([fractions.Fraction])
    >>> autograd.serialization.get_safe_globals()
    [<class 'fractions.Fraction'>]
    >>> autograd.serialization.clear_safe_globals()
    """
    _added.update(_named(safe_globals))


def get_safe_globals() -> list[Any]:
    """What the user has allowed so far; see `add_safe_globals`."""
    return list(_added.values())


def clear_safe_globals() -> None:
    """Forget all that the user has allowed; see `add_safe_globals`."""
    _added.clear()


@contextlib.contextmanager
def safe_globals(safe_globals: Sequence[Any]) -> Iterator[None]:
    """`add_safe_globals` for the length of a `with` block.

    Examples
    --------
    >>> import autograd, fractions, io
    >>> file = io.BytesIO()
    >>> autograd.save({"rate": fractions.Fraction(1, 3)}, file)
    >>> _ = file.seek(0)
    >>> with autograd.serialization.safe_globals([fractions.Fraction]):
    ...     autograd.load(file)
    {'rate': Fraction(1, 3)}
    """
    before = dict(_added)
    _added.update(_named(safe_globals))
    try:
        yield
    finally:
        _added.clear()
        _added.update(before)


def finder(more: dict[str, Any]) -> Callable[[str], Any]:
    """A function that gives what a file may mean by a full name, and raises KeyError for all else.

    Parameters
    ----------
    more : what this kind of file may name besides
    """

    def find(name: str) -> Any:
        if name in _OURS:
            module, _, attribute = name.rpartition(".")
            return getattr(importlib.import_module(module), attribute)
        for known in (more, _PLAIN, _added):
            if name in known:
                return known[name]
        raise KeyError(name)

    return find
