"""How kernels are compiled: kept on disk, without Python's lock, and on several threads where TBB is installed.

Numba's cache notices changes of a kernel's own file only: a file of kernels imports no compiled function from another.
No kernel depends on how its work is split, so its results are the same on any number of threads.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib.metadata
import os
from collections.abc import Callable
from typing import Any

import numba

from autograd.backends import compiled

config: Any = numba.config
BLOCK = 1 << 14  # elements that one thread takes at a time
_forked = False


def _compiled(function: Callable, **options: Any) -> Any:
    options.update(nogil=True, error_model="numpy")
    try:
        kernel = numba.njit(cache=True, **options)(function)
    except RuntimeError:  # no place to keep it, as in a container without a home
        return numba.njit(**options)(function)
    save = kernel._cache.save_overload

    def save_overload(signature: Any, data: Any) -> None:
        with contextlib.suppress(OSError):  # a full disk: the kernel itself is there
            save(signature, data)

    kernel._cache.save_overload = save_overload
    return kernel


def loop(function: Callable) -> Any:
    """A kernel for one thread; IEEE arithmetic in the order that is written, so that NaN and infinities are kept."""
    return _compiled(function)


def threaded(function: Callable) -> Any:
    """A kernel whose `numba.prange` runs on TBB's threads; only called where `worthwhile`."""
    return _compiled(function, parallel=True)


def inner(function: Callable) -> Any:
    """A part of kernels in the same file."""
    return numba.njit(error_model="numpy")(function)


def _in_child() -> None:
    """A forked worker stays on its one thread: the pool's threads are its parent's."""
    global _forked
    _forked = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)


@functools.cache
def has_tbb() -> bool:
    """Whether Numba's threads are TBB's, which alone survive forks, several Python threads and BLAS's own pool.

    Its wheel puts the library where the loader does not look.
    """
    try:
        for file in importlib.metadata.files("tbb") or ():
            if file.name in ("libtbb.so.12", "tbb12.dll"):
                ctypes.CDLL(str(file.locate()), mode=ctypes.RTLD_GLOBAL)
        importlib.import_module("numba.np.ufunc.tbbpool")
    except (ImportError, OSError):
        return False
    try:
        return numba.threading_layer() == "tbb"
    except ValueError:  # none has started yet, and then the first that can be had is taken
        return config.THREADING_LAYER in ("default", "safe", "threadsafe", "forksafe", "tbb") and (
            config.THREADING_LAYER_PRIORITY[0] == "tbb"
        )


def worthwhile(size: int, least: int) -> bool:
    """Whether an array of `size` elements is shared between threads; if so, sets how many, where that was asked for."""
    if size < least or _forked or compiled.threads == 1 or config.NUMBA_NUM_THREADS == 1 or not has_tbb():
        return False
    if compiled.threads is not None:
        numba.set_num_threads(min(compiled.threads, config.NUMBA_NUM_THREADS))
    return True
