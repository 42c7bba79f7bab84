"""Modules for several devices, on one: `DataParallel` and `SyncBatchNorm`, so that programs which use them run."""

from __future__ import annotations

from typing import Any

from nn.batchnorm import BatchNorm1d, BatchNorm2d, BatchNorm3d, _BatchNorm
from nn.module import Module


class DataParallel(Module):
    """Run a module on one device; state dicts have the prefix `module.` as PyTorch's.

    Parameters
    ----------
    module : what is run
    device_ids : at most one device
    output_device, dim : accepted for compatibility

    Raises
    ------
    NotImplementedError
        If `device_ids` names several devices.
    """

    def __init__(self, module: Module, device_ids: Any = None, output_device: Any = None, dim: int = 0):
        super().__init__()
        self.device_ids = list(device_ids or ())
        if len(self.device_ids) > 1:
            raise NotImplementedError(
                f"DataParallel runs on one device, but got device_ids={self.device_ids}; give one of them, or none"
            )
        self.dim, self.output_device, self.module = dim, output_device, module

    def forward(self, *inputs: Any, **kwargs: Any) -> Any:
        """What the module returns."""
        return self.module(*inputs, **kwargs)


class SyncBatchNorm(_BatchNorm):
    """Batch normalization over all dims but the channels'; in one process, the statistics are this batch's.

    Parameters
    ----------
    num_features, eps, momentum, affine, track_running_stats, bias : as those of `BatchNorm2d`
    process_group : accepted for compatibility
    device, dtype : of the parameters and statistics
    """

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        process_group: Any = None,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype, bias=bias)
        self.process_group = process_group

    @classmethod
    def convert_sync_batchnorm(cls, module: Module, process_group: Any = None) -> Module:
        """The module with each BatchNorm in it replaced by one of these, with the same parameters and statistics."""
        made = module
        if isinstance(module, (BatchNorm1d, BatchNorm2d, BatchNorm3d)):
            made = cls(module.num_features, process_group=process_group)
            made.__dict__.update(module.__dict__)
        for name, child in module.named_children():
            made.add_module(name, cls.convert_sync_batchnorm(child, process_group))
        return made
