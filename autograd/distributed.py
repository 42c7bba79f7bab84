"""What programs ask before they train in several processes: whether they can. Here they cannot."""

from __future__ import annotations

from typing import Any

__all__ = ["get_rank", "get_world_size", "is_available", "is_initialized"]


def is_available() -> bool:
    """False: programs run in one process here.

    Examples
    --------
    >>> import autograd
    >>> autograd.distributed.is_available() or autograd.distributed.is_initialized()
    False
    """
    return False


def is_initialized() -> bool:
    """False: there is no process group."""
    return False


def get_rank(group: Any = None) -> int:
    """The number of this process in its group.

    Raises
    ------
    ValueError
        Always: there is no process group.
    """
    return _no_group("get_rank")


def get_world_size(group: Any = None) -> int:
    """How many processes a group has.

    Raises
    ------
    ValueError
        Always: there is no process group.
    """
    return _no_group("get_world_size")


def _no_group(name: str) -> int:
    raise ValueError(
        f"{name}: Default process group has not been initialized, and there is none to initialize; ask "
        "`is_initialized()` first, and take rank 0 of 1 where it says no"
    )
