"""PyTorch's modules for several devices and processes, on one device in one process."""

from __future__ import annotations

from autograd._lazy import suggesting
from nn.parallel.data_parallel import DataParallel, data_parallel
from nn.parallel.distributed import DistributedDataParallel

__all__ = ["DataParallel", "DistributedDataParallel", "data_parallel"]

__getattr__ = suggesting(__name__)
