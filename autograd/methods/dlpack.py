"""The DLPack protocol."""

from __future__ import annotations

from autograd.functions import dlpack


class DLPackMethods:
    """Handing memory to other libraries."""

    __slots__ = ()

    __dlpack__ = dlpack.dlpack
    __dlpack_device__ = dlpack.dlpack_device
