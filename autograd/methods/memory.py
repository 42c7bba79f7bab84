"""Where the memory of a tensor lies: shared with other processes, or page-locked for a GPU to read."""

from __future__ import annotations

from mmap import mmap
from typing import Any

from autograd.backends import backend_for
from autograd.engine import engine
from autograd.functions.creation import frombuffer


class MemoryMethods:
    """Moves between kinds of host memory; a tensor on a GPU stays where it is."""

    __slots__ = ()

    def share_memory_(self: Any) -> Any:
        """Move the data into memory that processes forked from here share: each sees what the others write.

        Examples
        --------
        >>> import autograd
        >>> autograd.zeros(2).share_memory_().is_shared()
        True
        """
        if not self.is_shared() and self.numel():
            shared = frombuffer(mmap(-1, self.nbytes), dtype=self.dtype).reshape(self.shape)
            self.data = shared.copy_(self.detach())
        return self

    def is_shared(self: Any) -> bool:
        """Whether processes forked from here share the data; on a GPU they always may."""
        owner = self._data
        while self.is_cpu and not isinstance(owner, mmap):
            owner = owner.obj if isinstance(owner, memoryview) else getattr(owner, "base", None)
            if owner is None:
                return False
        return True

    def pin_memory(self: Any, device: Any = None) -> Any:
        """A copy in page-locked memory, which a GPU reads without a copy in between; itself on a GPU.

        Raises
        ------
        RuntimeError
            Where there is no GPU.
        """
        return engine.wrap(backend_for("cuda").pinned(self._data), self.backend) if self.is_cpu else self
