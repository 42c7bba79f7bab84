"""Batches in shared memory: a worker writes one into a block, the parent reads it there and gives the block back.

A batch is pickled with its arrays out of band, so that any structure travels, and only the block's number goes through a
pipe. The parent removes a block's name as soon as it knows the block: from then on the memory lives as long as somebody
maps it, whoever is killed. Python's resource tracker, which is told of every name, is the last resort.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
from collections import deque
from collections.abc import Sequence
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any, NamedTuple

from autograd import dtypes
from autograd.backends import backend_for

_ALIGN = 64  # bytes: a cache line, and the widest vector
_SMALLEST = 4096
_LENT = 8  # blocks that the parent's arrays may keep; of further batches it makes copies


class Parcel(NamedTuple):
    """What the parent must know to read a batch: how many parts lie in which block, and whether a block is gone."""

    block: int
    parts: int
    dropped: int | None


def prepare() -> None:
    """Start Python's resource tracker, so that workers find this one and do not start their own."""
    resource_tracker.ensure_running()


def _places(sizes: Sequence[int], start: int) -> list[int]:
    """Where parts of these sizes begin, each on a cache line of its own, and where all of them end."""
    rounded = (-(-size // _ALIGN) * _ALIGN for size in sizes)
    return list(itertools.accumulate(rounded, initial=-(-start // _ALIGN) * _ALIGN))


class Writer:
    """A worker's blocks.

    Parameters
    ----------
    prefix : of the blocks' names; a number follows, counted from 0
    """

    def __init__(self, prefix: str):
        self._prefix = prefix
        self._blocks: dict[int, SharedMemory] = {}
        self._free: list[int] = []
        self._made = 0

    def reuse(self, numbers: Sequence[int]) -> None:
        """Take back blocks that the parent has read."""
        self._free.extend(numbers)

    def write(self, batch: Any) -> Parcel:
        """Put a batch into a block that is free and large enough, or a new one."""
        buffers: list[pickle.PickleBuffer] = []
        text = pickle.dumps(batch, protocol=5, buffer_callback=buffers.append)
        parts = [memoryview(text), *(buffer.raw() for buffer in buffers)]
        table = memoryview(b"".join(part.nbytes.to_bytes(8, "little") for part in parts))
        places = _places([part.nbytes for part in parts], table.nbytes)
        number, dropped = self._block(places[-1])
        target: Any = self._blocks[number].buf
        target[: table.nbytes] = table
        for place, part in zip(places, parts):
            target[place : place + part.nbytes] = part
        return Parcel(number, len(parts), dropped)

    def _block(self, size: int) -> tuple[int, int | None]:
        """A block of at least this size; a new one takes the place of one that is too small."""
        for place, number in enumerate(self._free):
            if self._blocks[number].size >= size:
                del self._free[place]
                return number, None
        dropped = self._free.pop() if self._free else None
        if dropped is not None:
            self._blocks.pop(dropped).close()
        number, self._made = self._made, self._made + 1
        wanted = max(_SMALLEST, size + size // 8)  # batches differ a little in size
        self._blocks[number] = SharedMemory(f"{self._prefix}{number}", create=True, size=wanted)
        return number, dropped

    def abandon(self) -> None:
        """Remove the names that nobody has removed: those which the parent has not read, or could not any more."""
        for block in self._blocks.values():
            with contextlib.suppress(FileNotFoundError):
                block.unlink()


class _Lease:
    """The memory of a block, for as long as an array of the batch in it lives; then the block goes back."""

    def __init__(self, block: SharedMemory, number: int, returned: deque[int]):
        cpu = backend_for("cpu")
        self._block, self._number, self._returned = block, number, returned
        # By address: a buffer's export would keep the block from being closed when both go at once.
        start = cpu.address(cpu.from_buffer(block.buf, dtypes.uint8, -1, 0))
        self.__array_interface__ = {"version": 3, "typestr": "|u1", "shape": (block.size,), "data": (start, False)}

    def __del__(self) -> None:
        self._returned.append(self._number)


class Reader:
    """The parent's side of one worker's blocks.

    Parameters
    ----------
    prefix : of the blocks' names
    """

    def __init__(self, prefix: str):
        self._prefix = prefix
        self._blocks: dict[int, SharedMemory] = {}
        self._known = 0
        self._lent = 0
        self._returned: deque[int] = deque()

    def accept(self, parcel: Parcel) -> None:
        """Map a block that is new, and remove its name."""
        if parcel.dropped is not None:
            del self._blocks[parcel.dropped]
        if parcel.block not in self._blocks:
            block = SharedMemory(f"{self._prefix}{parcel.block}")
            block.unlink()
            self._blocks[parcel.block] = block
            self._known = parcel.block + 1
        self._lent += 1

    def read(self, parcel: Parcel) -> Any:
        """The batch: its arrays lie in the block, or in copies where many blocks are in use already."""
        cpu = backend_for("cpu")
        many = self._lent - len(self._returned) > _LENT
        lease = _Lease(self._blocks[parcel.block], parcel.block, self._returned)
        memory = cpu.asarray(lease)
        table = 8 * parcel.parts
        sizes = [int.from_bytes(memory[i : i + 8].tobytes(), "little") for i in range(0, table, 8)]
        parts = [memory[place : place + size] for place, size in zip(_places(sizes, table), sizes)]
        return pickle.loads(parts[0], buffers=[cpu.copy(part) if many else part for part in parts[1:]])

    def refuse(self, parcel: Parcel) -> None:
        """Give a block back unread."""
        self._returned.append(parcel.block)

    def take_returned(self) -> list[int]:
        """The blocks that the worker may write to again."""
        numbers = [self._returned.popleft() for _ in range(len(self._returned))]
        self._lent -= len(numbers)
        return numbers

    def sweep(self) -> None:
        """Remove the names of blocks that a worker made and never told of; only when it is dead."""
        for number in itertools.count(self._known):
            name = f"{self._prefix}{number}"
            try:
                SharedMemory(name).unlink()
            except FileNotFoundError:
                return
            except ValueError:  # killed before the block had a size
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(Path("/dev/shm", name))
