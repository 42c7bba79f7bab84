"""Switches that programs set: threads, determinism, precision, compilation."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from autograd.backends import compiled

_state: dict[str, Any] = {"deterministic": False, "warn_only": False, "precision": "highest"}


def set_num_threads(num: int) -> None:
    """Let the libraries that NumPy stands on, and the compiled kernels, use at most so many threads.

    The libraries need the package threadpoolctl (scikit-learn brings it); without it they keep their own number.

    Raises
    ------
    RuntimeError
        If the number is not positive.

    Examples
    --------
    >>> import autograd
    >>> autograd.set_num_threads(autograd.get_num_threads())
    """
    if num < 1:
        raise RuntimeError("set_num_threads expects a positive integer")
    compiled.threads = num
    _limit(num)


@contextlib.contextmanager
def threads(num: int) -> Iterator[None]:
    """A context inside of which `set_num_threads` holds; afterwards all is as before."""
    before = compiled.threads
    compiled.threads = num
    try:
        with _limit(num):
            yield
    finally:
        compiled.threads = before


def _limit(num: int) -> AbstractContextManager:
    """Set the limit; as a context it is taken back at the end."""
    try:
        import threadpoolctl
    except ImportError:
        return contextlib.nullcontext()
    return threadpoolctl.threadpool_limits(num)


def get_num_threads() -> int:
    """The number of threads: that of `set_num_threads`, or of the machine's processors.

    Examples
    --------
    >>> import autograd
    >>> autograd.get_num_threads() >= 1
    True
    """
    return compiled.threads or os.cpu_count() or 1


def use_deterministic_algorithms(mode: bool, *, warn_only: bool = False) -> None:
    """Ask for results that are the same each time; on the CPU they always are.

    Parameters
    ----------
    mode : whether to ask
    warn_only : kept for PyTorch's sake

    Examples
    --------
    >>> import autograd
    >>> autograd.use_deterministic_algorithms(True)
    >>> autograd.are_deterministic_algorithms_enabled()
    True
    >>> autograd.use_deterministic_algorithms(False)
    """
    _state.update(deterministic=mode, warn_only=warn_only)


def are_deterministic_algorithms_enabled() -> bool:
    """What `use_deterministic_algorithms` was last told.

    Examples
    --------
    >>> import autograd
    >>> autograd.are_deterministic_algorithms_enabled()
    False
    """
    return _state["deterministic"]


def is_deterministic_algorithms_warn_only_enabled() -> bool:
    """What `use_deterministic_algorithms` was last told of `warn_only`.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_deterministic_algorithms_warn_only_enabled()
    False
    """
    return _state["warn_only"]


def set_float32_matmul_precision(precision: str) -> None:
    """Accepted for PyTorch's sake: products of float32 matrices are always computed in float32.

    Raises
    ------
    RuntimeError
        For another value than "highest", "high" and "medium".

    Examples
    --------
    >>> import autograd
    >>> autograd.set_float32_matmul_precision("highest")
    """
    if precision not in ("highest", "high", "medium"):
        raise RuntimeError(f"set_float32_matmul_precision: {precision!r} is not 'highest', 'high' or 'medium'")
    _state["precision"] = precision


def get_float32_matmul_precision() -> str:
    """What `set_float32_matmul_precision` was last told.

    Examples
    --------
    >>> import autograd
    >>> autograd.get_float32_matmul_precision()
    'highest'
    """
    return _state["precision"]


def compile(model: Callable | None = None, **options: Any) -> Any:
    """The function or module itself, so that programs with PyTorch's `compile` run; nothing is compiled here.

    Examples
    --------
    >>> import autograd
    >>> @autograd.compile
    ... def double(x):
    ...     return 2 * x
    >>> double(autograd.ones(1))
    tensor([2.])
    """
    return (lambda function: function) if model is None else model
