"""Pooling layers that are rarer: power averages, fractional windows, and unpooling."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from nn import functional as F
from nn.layer import Layer

Size = int | tuple[int, ...]


class LPPool1d(Layer):
    """(Σ x^norm_type)^(1 / norm_type) over each window, in 1 dim."""

    shown = ("norm_type", "kernel_size", "stride", "ceil_mode")

    def __init__(self, norm_type: float, kernel_size: Size, stride: Size | None = None, ceil_mode: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The spatial sizes are pooled."""
        return F.lp_pool1d(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)


class LPPool2d(Layer):
    """(Σ x^norm_type)^(1 / norm_type) over each window, in 2 dims."""

    shown = ("norm_type", "kernel_size", "stride", "ceil_mode")

    def __init__(self, norm_type: float, kernel_size: Size, stride: Size | None = None, ceil_mode: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The spatial sizes are pooled."""
        return F.lp_pool2d(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)


class LPPool3d(Layer):
    """(Σ x^norm_type)^(1 / norm_type) over each window, in 3 dims."""

    shown = ("norm_type", "kernel_size", "stride", "ceil_mode")

    def __init__(self, norm_type: float, kernel_size: Size, stride: Size | None = None, ceil_mode: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The spatial sizes are pooled."""
        return F.lp_pool3d(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)


class FractionalMaxPool2d(Layer):
    """Max pooling over windows at random places (Graham, 2014), in 2 dims.

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

    def __init__(
        self,
        kernel_size: Size,
        output_size: Size | None = None,
        output_ratio: Any = None,
        return_indices: bool = False,
        _random_samples: Tensor | None = None,
    ):
        if (output_size is None) == (output_ratio is None):
            raise ValueError("FractionalMaxPool2d requires either output_size or output_ratio, and not both")
        super().__init__()
        self.kernel_size, self.output_size, self.output_ratio = kernel_size, output_size, output_ratio
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)
        ratios = (output_ratio,) * 2 if isinstance(output_ratio, float) else output_ratio
        if ratios is not None and not all(0 < ratio < 1 for ratio in ratios):
            raise ValueError(f"output_ratio must be between 0 and 1 (got {output_ratio})")

    def forward(self, input: Tensor) -> Any:
        """The spatial sizes become the output size."""
        return F.fractional_max_pool2d(
            input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices,
            _random_samples=self._random_samples,
        )  # fmt: skip


class FractionalMaxPool3d(Layer):
    """Max pooling over windows at random places (Graham, 2014), in 3 dims.

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

    def __init__(
        self,
        kernel_size: Size,
        output_size: Size | None = None,
        output_ratio: Any = None,
        return_indices: bool = False,
        _random_samples: Tensor | None = None,
    ):
        if (output_size is None) == (output_ratio is None):
            raise ValueError("FractionalMaxPool3d requires either output_size or output_ratio, and not both")
        super().__init__()
        self.kernel_size, self.output_size, self.output_ratio = kernel_size, output_size, output_ratio
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)
        ratios = (output_ratio,) * 3 if isinstance(output_ratio, float) else output_ratio
        if ratios is not None and not all(0 < ratio < 1 for ratio in ratios):
            raise ValueError(f"output_ratio must be between 0 and 1 (got {output_ratio})")

    def forward(self, input: Tensor) -> Any:
        """The spatial sizes become the output size."""
        return F.fractional_max_pool3d(
            input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices,
            _random_samples=self._random_samples,
        )  # fmt: skip


class MaxUnpool1d(Layer):
    """Puts the values of `MaxPool1d` back where they were, among zeros."""

    shown = ("kernel_size", "stride", "padding")

    def __init__(self, kernel_size: Size, stride: Size | None = None, padding: Size = 0):
        self.settle(locals())
        self.stride = kernel_size if stride is None else stride

    def forward(self, input: Tensor, indices: Tensor, output_size: Any = None) -> Tensor:
        """Values and indices of the pooling → its input's shape."""
        return F.max_unpool1d(input, indices, self.kernel_size, self.stride, self.padding, output_size)


class MaxUnpool2d(Layer):
    """Puts the values of `MaxPool2d` back where they were, among zeros."""

    shown = ("kernel_size", "stride", "padding")

    def __init__(self, kernel_size: Size, stride: Size | None = None, padding: Size = 0):
        self.settle(locals())
        self.stride = kernel_size if stride is None else stride

    def forward(self, input: Tensor, indices: Tensor, output_size: Any = None) -> Tensor:
        """Values and indices of the pooling → its input's shape."""
        return F.max_unpool2d(input, indices, self.kernel_size, self.stride, self.padding, output_size)


class MaxUnpool3d(Layer):
    """Puts the values of `MaxPool3d` back where they were, among zeros."""

    shown = ("kernel_size", "stride", "padding")

    def __init__(self, kernel_size: Size, stride: Size | None = None, padding: Size = 0):
        self.settle(locals())
        self.stride = kernel_size if stride is None else stride

    def forward(self, input: Tensor, indices: Tensor, output_size: Any = None) -> Tensor:
        """Values and indices of the pooling → its input's shape."""
        return F.max_unpool3d(input, indices, self.kernel_size, self.stride, self.padding, output_size)
