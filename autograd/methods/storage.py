"""Methods about a tensor's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import cuda
from autograd.backends import backend_for
from autograd.engine import engine
from autograd.functions import storage

if TYPE_CHECKING:
    from autograd.tensor import Tensor


class StorageMethods:
    """Resizing, sharing and pinning memory."""

    __slots__ = ()

    resize_ = storage.resize_
    resize_as_ = storage.resize_as_
    share_memory_ = storage.share_memory_
    is_shared = storage.is_shared
    untyped_storage = storage.untyped_storage

    @property
    def _base(self: Any) -> Any:
        """The tensor that this one is a view of, by however many steps; None if it is no view."""
        return None if self.alias is None else self.alias.base

    def _is_view(self) -> bool:
        """Whether the tensor is a view of another, which writes through it reach in the graph too."""
        return self._base is not None

    def is_pinned(self: Any, device: Any = None) -> bool:
        """Whether the memory is locked for copies to a GPU: never here.

        Examples
        --------
        >>> import autograd
        >>> autograd.ones(2).is_pinned()
        False
        """
        return False

    def pin_memory(self: Any, device: Any = None) -> Tensor:
        """A copy in page-locked memory, which a GPU reads without a copy in between; itself on a GPU.

        Raises
        ------
        RuntimeError
            Without a CUDA device, as in PyTorch.

        Examples
        --------
        >>> import autograd
        >>> x = autograd.ones(2).pin_memory() if autograd.cuda.is_available() else autograd.ones(2)
        """
        if not cuda.is_available():
            raise RuntimeError("pin_memory: cannot access an accelerator device when none is available; leave it out")
        if self.backend.device.type != "cpu":
            return self
        return engine.wrap(backend_for("cuda").pinned(self._data), self.backend)
