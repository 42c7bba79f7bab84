"""PyTorch's module for several devices of one process, on one device."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nn.module import Module


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


def data_parallel(
    module: Module,
    inputs: Any,
    device_ids: Sequence[Any] | None = None,
    output_device: Any = None,
    dim: int = 0,
    module_kwargs: dict[str, Any] | None = None,
) -> Any:
    """What `DataParallel` of the module gives for the inputs, one or a tuple of them."""
    inputs = inputs if isinstance(inputs, tuple) else (inputs,)
    return DataParallel(module, device_ids, output_device, dim)(*inputs, **(module_kwargs or {}))
