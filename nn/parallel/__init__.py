"""PyTorch's modules for several devices and processes, on one device in one process."""

from __future__ import annotations

from autograd._lazy import suggesting
from nn.parallel.data_parallel import DataParallel
from nn.parallel.distributed import DistributedDataParallel

__all__ = ["DataParallel", "DistributedDataParallel"]

__getattr__ = suggesting(__name__)
