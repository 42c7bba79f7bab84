"""PyTorch's modules for several devices, in one process on one device: DataParallel and its like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograd import Tensor
from nn.batchnorm import _BatchNorm
from nn.module import Module

__all__ = ["DataParallel", "DistributedDataParallel", "SyncBatchNorm"]


class DataParallel(Module):
    """A module that calls another, its attribute `module`; the batch is not divided among devices.

    Parameters
    ----------
    module : what to call; the keys of its state begin with ``module.``
    device_ids, output_device, dim : kept for PyTorch's sake

    Raises
    ------
    RuntimeError
        If more than one device is named.

    Examples
    --------
    >>> import autograd, nn
    >>> model = nn.DataParallel(nn.Linear(2, 3))
    >>> list(model.state_dict()), model(autograd.ones(4, 2)).shape
    (['module.weight', 'module.bias'], autograd.Size([4, 3]))
    """

    def __init__(
        self, module: Module, device_ids: Sequence[Any] | None = None, output_device: Any = None, dim: int = 0
    ):
        super().__init__()
        if device_ids is not None and len(device_ids) > 1:
            raise RuntimeError(f"DataParallel runs on one device, got device_ids={list(device_ids)}; name one")
        self.module = module
        self.device_ids = list(device_ids or ())
        self.output_device, self.dim = output_device, dim

    def forward(self, *inputs: Any, **kwargs: Any) -> Any:
        """What the module returns."""
        return self.module(*inputs, **kwargs)


class DistributedDataParallel(Module):
    """The name that programs ask about, `isinstance(model, DistributedDataParallel)`: no module is one here.

    Raises
    ------
    ValueError
        Always: there is no process group.
    """

    def __init__(self, module: Module, *args: Any, **kwargs: Any):
        raise ValueError(
            "DistributedDataParallel: Default process group has not been initialized, and there is none to initialize; "
            "train the module itself, or in DataParallel"
        )


class SyncBatchNorm(_BatchNorm):
    """Batch normalization of any input with at least two dims: in one process there is nobody to share statistics with.

    Parameters
    ----------
    num_features, eps, momentum, affine, track_running_stats, device, dtype, bias : as in `BatchNorm2d`
    process_group : kept for PyTorch's sake
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

    def _check_input_dim(self, input: Tensor) -> None:
        if input.ndim < 2:
            raise ValueError(f"expected at least 2D input (got {input.ndim}D input)")

    @classmethod
    def convert_sync_batchnorm(cls, module: Module, process_group: Any = None) -> Module:
        """The module with a `SyncBatchNorm`, of the same parameters and statistics, for each batch normalization.

        Examples
        --------
        >>> import nn
        >>> nn.SyncBatchNorm.convert_sync_batchnorm(nn.Sequential(nn.BatchNorm1d(2)))
        Sequential(
          (0): SyncBatchNorm(2, eps=1e-05, momentum=0.1, affine=True, bias=True, track_running_stats=True)
        )
        """
        result = module
        if isinstance(module, _BatchNorm):
            result = cls(
                module.num_features, module.eps, module.momentum, module.affine, module.track_running_stats,
                process_group, bias=module.bias is not None,
            )  # fmt: skip
            for table in ("_parameters", "_buffers"):
                getattr(result, table).update(getattr(module, table))
            result.training = module.training
        for name, child in module.named_children():
            result.add_module(name, cls.convert_sync_batchnorm(child, process_group))
        return result
