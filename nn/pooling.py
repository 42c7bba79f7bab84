"""Pooling layers; the functions are in `nn.functional`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from autograd import Tensor
from nn import functional as F
from nn.layer import Layer, per_dim

Size = int | tuple[int, ...]


class _MaxPool(Layer):
    """The largest value of each window.

    Parameters
    ----------
    kernel_size : of the window
    stride : between windows; default: the window's size
    padding : -inf added on both sides
    dilation : between the elements of a window
    return_indices : also return where they are, for unpooling
    ceil_mode : let the last window reach over the edge
    """

    shown = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
    _function: ClassVar[Callable[..., Any]]

    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        dilation: Size = 1,
        return_indices: bool = False,
        ceil_mode: bool = False,
    ):
        self.settle(locals())
        self.stride = kernel_size if stride is None else stride

    def forward(self, input: Tensor) -> Any:
        """(N, C, *sizes) or without N → the same with pooled sizes."""
        return self._function(
            input, self.kernel_size, self.stride, self.padding, self.dilation, ceil_mode=self.ceil_mode,
            return_indices=self.return_indices,
        )  # fmt: skip


class MaxPool1d(_MaxPool):
    """The largest value of each window of (N, C, L)."""

    _function = staticmethod(F.max_pool1d)


class MaxPool2d(_MaxPool):
    """The largest value of each window of (N, C, H, W)."""

    _function = staticmethod(F.max_pool2d)


class MaxPool3d(_MaxPool):
    """The largest value of each window of (N, C, D, H, W)."""

    _function = staticmethod(F.max_pool3d)


class AvgPool1d(Layer):
    """The mean of each window of (N, C, L).

    Parameters
    ----------
    kernel_size : of the window
    stride : between windows; default: the window's size
    padding : zeros added on both sides
    ceil_mode : let the last window reach over the edge
    count_include_pad : whether the zeros count
    """

    shown = ("kernel_size", "stride", "padding")

    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ):
        self.settle(locals())
        self.kernel_size, self.padding = per_dim(kernel_size, 1), per_dim(padding, 1)
        self.stride = self.kernel_size if stride is None else per_dim(stride, 1)

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, L) or without N → the same with pooled sizes."""
        return F.avg_pool1d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad)


class _AvgPool(Layer):
    """The mean of each window, over two or three dims.

    Parameters
    ----------
    kernel_size : of the window
    stride : between windows; default: the window's size
    padding : zeros added on both sides
    ceil_mode : let the last window reach over the edge
    count_include_pad : whether the zeros count
    divisor_override : divide by this instead of by the window's size
    """

    shown = ("kernel_size", "stride", "padding")
    _function: ClassVar[Callable[..., Tensor]]

    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ):
        self.settle(locals())
        self.stride = kernel_size if stride is None else stride

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, *sizes) or without N → the same with pooled sizes."""
        return self._function(
            input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad,
            self.divisor_override,
        )  # fmt: skip


class AvgPool2d(_AvgPool):
    """The mean of each window of (N, C, H, W)."""

    _function = staticmethod(F.avg_pool2d)


class AvgPool3d(_AvgPool):
    """The mean of each window of (N, C, D, H, W)."""

    _function = staticmethod(F.avg_pool3d)


class _Adaptive(Layer):
    """Windows that cover the input, as many as wanted.

    Parameters
    ----------
    output_size : how many windows: one number for all dims, or one for each; None keeps a size
    """

    _function: ClassVar[Callable[..., Any]]

    def __init__(self, output_size: Any):
        self.settle(locals())

    def extra_repr(self) -> str:
        """The size."""
        return f"output_size={self.output_size}"


class _AdaptiveAvgPool(_Adaptive):
    """The mean of each window."""

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, *sizes) or without N → the same with the output size."""
        return self._function(input, self.output_size)


class AdaptiveAvgPool1d(_AdaptiveAvgPool):
    """The mean of each of `output_size` windows that cover (N, C, L)."""

    _function = staticmethod(F.adaptive_avg_pool1d)


class AdaptiveAvgPool2d(_AdaptiveAvgPool):
    """The mean of each of `output_size` windows that cover (N, C, H, W)."""

    _function = staticmethod(F.adaptive_avg_pool2d)


class AdaptiveAvgPool3d(_AdaptiveAvgPool):
    """The mean of each of `output_size` windows that cover (N, C, D, H, W)."""

    _function = staticmethod(F.adaptive_avg_pool3d)


class _AdaptiveMaxPool(_Adaptive):
    """The largest value of each window."""

    def __init__(self, output_size: Any, return_indices: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Any:
        """(N, C, *sizes) or without N → the same with the output size."""
        return self._function(input, self.output_size, self.return_indices)


class AdaptiveMaxPool1d(_AdaptiveMaxPool):
    """The largest value of each of `output_size` windows that cover (N, C, L)."""

    _function = staticmethod(F.adaptive_max_pool1d)


class AdaptiveMaxPool2d(_AdaptiveMaxPool):
    """The largest value of each of `output_size` windows that cover (N, C, H, W)."""

    _function = staticmethod(F.adaptive_max_pool2d)


class AdaptiveMaxPool3d(_AdaptiveMaxPool):
    """The largest value of each of `output_size` windows that cover (N, C, D, H, W)."""

    _function = staticmethod(F.adaptive_max_pool3d)
