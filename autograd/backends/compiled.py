"""The switch of the kernels that Numba compiles for the CPU, where the extra `fast` is installed.

They take large, contiguous arrays of float32 and float64; whatever else comes, and everything without Numba, is computed
by the references. `autograd.set_num_threads(1)` keeps them on one thread.

Examples
--------
>>> import autograd
>>> with autograd.backends.compiled.flags(enabled=False):
...     p = autograd.ones(3).softmax(0)
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.util
from collections.abc import Callable, Iterator
from typing import Any

enabled = True
threads: int | None = None  # at most so many; None means as many as Numba takes, by itself one for each processor
_PLACE = "autograd.backends.numpy.compiled."


def is_available() -> bool:
    """Whether Numba is installed; asking does not import it."""
    return importlib.util.find_spec("numba") is not None


@contextlib.contextmanager
def flags(enabled: bool = True) -> Iterator[None]:
    """Switch the compiled kernels on or off inside a `with` block, for all threads of the process.

    Parameters
    ----------
    enabled : False to compute everything by the references

    Examples
    --------
    >>> import autograd
    >>> with autograd.backends.compiled.flags(enabled=False):
    ...     autograd.backends.compiled.enabled
    False
    """
    before = globals()["enabled"]
    globals()["enabled"] = enabled
    try:
        yield
    finally:
        globals()["enabled"] = before


@functools.cache
def _module(file: str) -> Any:
    """A file of compiled kernels, None where Numba cannot be imported."""
    try:
        return importlib.import_module(_PLACE + file)
    except ImportError:
        return None


def kernel(file: str, name: str) -> Callable | None:
    """A compiled kernel, imported when first wanted; None if it is switched off or Numba is missing."""
    if not enabled:
        return None
    module = _module(file)
    return None if module is None else getattr(module, name)
