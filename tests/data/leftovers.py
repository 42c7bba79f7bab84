"""What loaders may leave behind: names of shared memory, and processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
from pathlib import Path


def blocks(pid: int | None = None) -> set[str]:
    """The names of a program's shared memory; other tests may run beside this one."""
    return {path.name for path in Path("/dev/shm").iterdir() if path.name.startswith(f"rg{pid or os.getpid()}_")}


def children(pid: int | None = None) -> set[int]:
    """The processes that a process started, but for Python's own tracker of resources."""
    found = set()
    for task in Path(f"/proc/{pid or os.getpid()}/task").iterdir():
        for child in (task / "children").read_text().split():
            if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes():
                found.add(int(child))
    return found


def assert_nothing_left() -> None:
    if blocks() or multiprocessing.active_children():
        gc.collect()  # an exception's traceback may hold an iterator in a cycle
    assert not blocks()
    assert not multiprocessing.active_children()
