"""`DistributedDataParallel` in a world of one process: it calls its module, whose gradients are everybody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from autograd import device, distributed
from nn.module import Module
from nn.parameter import UninitializedParameter


class DistributedDataParallel(Module):
    """A module that calls another, its attribute `module`; there is nobody to average gradients with.

    Parameters
    ----------
    module : what to call; the keys of its state begin with ``module.``
    device_ids, output_device : the one GPU that the module is on, or None
    process_group : one of `autograd.distributed`, by default that of all processes
    dim, broadcast_buffers, init_sync, bucket_cap_mb, find_unused_parameters, check_reduction, gradient_as_bucket_view,
    static_graph : kept for PyTorch's sake

    Raises
    ------
    ValueError
        If `autograd.distributed.init_process_group` was not called, or if `device_ids` are several, or name a GPU for a
        module on the CPU.
    RuntimeError
        If no parameter requires a gradient, or one is still without a shape.

    Examples
    --------
    >>> import autograd, nn
    >>> autograd.distributed.init_process_group("gloo", rank=0, world_size=1)
    >>> model = nn.parallel.DistributedDataParallel(nn.Linear(2, 3))
    >>> list(model.state_dict()), model(autograd.ones(4, 2)).shape
    (['module.weight', 'module.bias'], autograd.Size([4, 3]))
    >>> autograd.distributed.destroy_process_group()
    """

    def __init__(
        self,
        module: Module,
        device_ids: Sequence[Any] | None = None,
        output_device: Any = None,
        dim: int = 0,
        broadcast_buffers: bool = True,
        init_sync: bool = True,
        process_group: distributed.ProcessGroup | None = None,
        bucket_cap_mb: float | None = None,
        find_unused_parameters: bool = False,
        check_reduction: bool = False,
        gradient_as_bucket_view: bool = False,
        static_graph: bool = False,
    ):
        super().__init__()
        distributed.get_rank(process_group)
        parameters = list(module.parameters())
        if not any(parameter.requires_grad for parameter in parameters):
            raise RuntimeError(
                "DistributedDataParallel is not needed when a module doesn't have any parameter that requires a gradient."
            )
        if any(isinstance(parameter, UninitializedParameter) for parameter in parameters):
            raise RuntimeError(
                "Modules with uninitialized parameters can't be used with `DistributedDataParallel`. "
                "Run a dummy forward pass to correctly initialize the modules"
            )
        if device_ids is not None and len(device_ids) > 1:
            raise ValueError(f"device_ids can only be None or contain a single element, got {list(device_ids)}.")
        kinds = {parameter.device.type for parameter in parameters}
        if (device_ids or output_device is not None) and "cpu" in kinds:
            raise ValueError(
                "DistributedDataParallel device_ids and output_device arguments only work with GPU modules, but got "
                f"device_ids {device_ids}, output_device {output_device}, and module parameters on {sorted(kinds)}."
            )
        self.module, self.dim, self.broadcast_buffers = module, dim, broadcast_buffers
        self.device_ids = [_index(one) for one in device_ids] if device_ids else None
        self.output_device = self.device_ids[0] if output_device is None and self.device_ids else output_device
        self.process_group = process_group or distributed.group.WORLD
        self.find_unused_parameters, self.gradient_as_bucket_view = find_unused_parameters, gradient_as_bucket_view
        self.static_graph, self.require_backward_grad_sync = static_graph, True

    def forward(self, *inputs: Any, **kwargs: Any) -> Any:
        """What the module returns."""
        return self.module(*inputs, **kwargs)

    @contextmanager
    def no_sync(self) -> Iterator[None]:
        """A context for backward passes that only accumulate, as they all do here."""
        before, self.require_backward_grad_sync = self.require_backward_grad_sync, False
        try:
            yield
        finally:
            self.require_backward_grad_sync = before

    @contextmanager
    def join(
        self, divide_by_initial_world_size: bool = True, enable: bool = True, throw_on_early_termination: bool = False
    ) -> Iterator[None]:
        """A context in which processes may have different numbers of batches: there is one."""
        yield


def _index(named: Any) -> Any:
    """The index of a GPU that is named by it, by a text or by a device."""
    return named if isinstance(named, int) else device(named).index
