"""Conversion of a whole module: to another device, to other element types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import autograd
from autograd import Tensor
from autograd.engine import TensorBase


class ModuleConversion:
    """The converting methods of `Module`; parameters stay the same objects."""

    _parameters: dict[str, Any]
    _buffers: dict[str, Any]
    children: Callable[[], Any]

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Self:
        """Replace the data of all parameters, gradients and buffers by what `fn` makes of it; identities stay."""
        if recurse:
            for child in self.children():
                child._apply(fn)
        for parameter in self._parameters.values():
            if parameter is not None:
                gradient = parameter.grad
                parameter.data = fn(parameter.data)
                if gradient is not None:
                    gradient.data = fn(gradient.data)
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def to(self, *args: Any, **kwargs: Any) -> Self:
        """Move to a device, convert the floating parameters and buffers to a type, or both.

        Takes what `Tensor.to` takes: a device, a floating or complex dtype, or a tensor to be like.

        Raises
        ------
        TypeError
            If the dtype is neither floating nor complex.
        """
        device, dtype = _place_and_kind(*args, **kwargs)
        if dtype is not None and not (dtype.is_floating_point or dtype.is_complex):
            raise TypeError(
                f"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}"
            )

        def convert(tensor: Tensor) -> Tensor:
            converts = tensor.is_floating_point() or tensor.is_complex()
            return tensor.to(device=device, dtype=dtype if converts else None)  # type: ignore[attr-defined]

        return self._apply(convert)

    def compile(self, *args: Any, **kwargs: Any) -> None:
        """Accepted, with any arguments, for PyTorch's sake: nothing is compiled here."""

    def cpu(self) -> Self:
        """Move to the CPU."""
        return self.to(device="cpu")

    def cuda(self, device: Any = None) -> Self:
        """Move to a CUDA device."""
        return self.to(device="cuda" if device is None else device)

    def type(self, dst_type: Any) -> Self:
        """Convert all parameters and buffers to an element type."""
        return self._apply(lambda tensor: tensor.type(dst_type))

    def float(self) -> Self:
        """Convert the floating parameters and buffers to float32."""
        return self.to(autograd.float32)

    def double(self) -> Self:
        """Convert the floating parameters and buffers to float64."""
        return self.to(autograd.float64)

    def half(self) -> Self:
        """Convert the floating parameters and buffers to float16."""
        return self.to(autograd.float16)

    def bfloat16(self) -> Self:
        """Convert the floating parameters and buffers to bfloat16."""
        return self.to(autograd.bfloat16)

    def to_empty(self, *, device: Any, recurse: bool = True) -> Self:
        """Move to a device without the values."""
        return self._apply(lambda tensor: autograd.empty_like(tensor, device=device), recurse)

    def share_memory(self) -> Self:
        """Move parameters and buffers to memory that forked processes share; see `Tensor.share_memory_`."""
        return self._apply(lambda tensor: tensor.share_memory_())  # type: ignore[attr-defined]


def _place_and_kind(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
    """The device and dtype that the arguments of `to` ask for; None is to stay."""
    device, dtype = kwargs.pop("device", None), kwargs.pop("dtype", None)
    other = kwargs.pop("tensor", None)
    for option in ("non_blocking", "memory_format", "copy"):
        kwargs.pop(option, None)
    if dtype is not None:
        dtype = autograd.dtypes.lookup(dtype)
    if kwargs:
        raise TypeError(f"to() got an unexpected keyword argument {next(iter(kwargs))!r}")
    for arg in args:
        if isinstance(arg, TensorBase):
            other = arg
        elif isinstance(arg, autograd.dtype):
            dtype = arg
        elif arg is not None and not isinstance(arg, bool):
            device = arg
    if other is not None:
        device, dtype = other.device, other.dtype
    return device, dtype
