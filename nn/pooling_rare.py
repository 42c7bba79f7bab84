"""Pooling layers that are rarer: power averages, fractional windows, and unpooling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from autograd import Tensor
from nn import functional as F
from nn.layer import Layer, per_dim

Size = int | tuple[int, ...]


class _LPPool(Layer):
    """(Σ x^norm_type)^(1 / norm_type) over each window.

    Parameters
    ----------
    norm_type : the exponent
    kernel_size : of the window
    stride : between windows; default: the window's size
    ceil_mode : let the last window reach over the edge
    """

    shown = ("norm_type", "kernel_size", "stride", "ceil_mode")
    _function: ClassVar[Callable[..., Tensor]]

    def __init__(self, norm_type: float, kernel_size: Size, stride: Size | None = None, ceil_mode: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The spatial sizes are pooled."""
        return self._function(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)


class LPPool1d(_LPPool):
    """(Σ x^norm_type)^(1 / norm_type) over each window, in 1 dim."""

    _function = staticmethod(F.lp_pool1d)


class LPPool2d(_LPPool):
    """(Σ x^norm_type)^(1 / norm_type) over each window, in 2 dims."""

    _function = staticmethod(F.lp_pool2d)


class LPPool3d(_LPPool):
    """(Σ x^norm_type)^(1 / norm_type) over each window, in 3 dims."""

    _function = staticmethod(F.lp_pool3d)


class _FractionalMaxPool(Layer):
    """Max pooling over windows at random places (Graham, 2014).

    Parameters
    ----------
    kernel_size : of the windows
    output_size : how many windows; or give `output_ratio`, their number as a part of the input's size
    return_indices : also return where the values are
    _random_samples : the random numbers to use

    Raises
    ------
    ValueError
        If neither or both are given, or a ratio is not in (0, 1).
    """

    _function: ClassVar[Callable[..., Any]]
    _spatial: ClassVar[int]

    def __init__(
        self,
        kernel_size: Size,
        output_size: Size | None = None,
        output_ratio: Any = None,
        return_indices: bool = False,
        _random_samples: Tensor | None = None,
    ):
        if (output_size is None) == (output_ratio is None):
            raise ValueError(f"{type(self).__name__} requires either output_size or output_ratio, and not both")
        super().__init__()
        self.kernel_size, self.output_size, self.output_ratio = kernel_size, output_size, output_ratio
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)
        ratios = (output_ratio,) * self._spatial if isinstance(output_ratio, float) else output_ratio
        if ratios is not None and not all(0 < ratio < 1 for ratio in ratios):
            raise ValueError(f"output_ratio must be between 0 and 1 (got {output_ratio})")

    def forward(self, input: Tensor) -> Any:
        """The spatial sizes become the output size."""
        return self._function(
            input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices,
            _random_samples=self._random_samples,
        )  # fmt: skip


class FractionalMaxPool2d(_FractionalMaxPool):
    """Max pooling over windows at random places (Graham, 2014), in 2 dims."""

    _function = staticmethod(F.fractional_max_pool2d)
    _spatial = 2


class FractionalMaxPool3d(_FractionalMaxPool):
    """Max pooling over windows at random places (Graham, 2014), in 3 dims."""

    _function = staticmethod(F.fractional_max_pool3d)
    _spatial = 3


class _MaxUnpool(Layer):
    """Puts the values of a maximum pooling back where they were, among zeros.

    Parameters
    ----------
    kernel_size, stride, padding : as of the pooling
    """

    shown = ("kernel_size", "stride", "padding")
    _function: ClassVar[Callable[..., Tensor]]
    spatial: ClassVar[int]

    def __init__(self, kernel_size: Size, stride: Size | None = None, padding: Size = 0):
        self.settle(locals())
        self.kernel_size, self.padding = per_dim(kernel_size, self.spatial), per_dim(padding, self.spatial)
        self.stride = self.kernel_size if stride is None else per_dim(stride, self.spatial)

    def forward(self, input: Tensor, indices: Tensor, output_size: Any = None) -> Tensor:
        """Values and indices of the pooling → its input's shape."""
        return self._function(input, indices, self.kernel_size, self.stride, self.padding, output_size)


class MaxUnpool1d(_MaxUnpool):
    """Puts the values of `MaxPool1d` back where they were, among zeros."""

    spatial = 1
    _function = staticmethod(F.max_unpool1d)


class MaxUnpool2d(_MaxUnpool):
    """Puts the values of `MaxPool2d` back where they were, among zeros."""

    spatial = 2
    _function = staticmethod(F.max_unpool2d)


class MaxUnpool3d(_MaxUnpool):
    """Puts the values of `MaxPool3d` back where they were, among zeros."""

    spatial = 3
    _function = staticmethod(F.max_unpool3d)
