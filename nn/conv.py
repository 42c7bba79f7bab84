"""Convolution layers."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd import Tensor
from nn import functional as F
from nn import init
from nn.layer import Layer, tuple_of
from nn.parameter import Parameter

Size = int | tuple[int, ...]
_MODES = ("zeros", "reflect", "replicate", "circular")


class _ConvNd(Layer):
    """A convolution in any number of dims.

    Parameters
    ----------
    in_channels, out_channels : sizes of the channel dim
    kernel_size, stride, padding, dilation : a number, or one for each spatial dim; padding also "valid" or "same"
    groups : how many parts of the channels are convolved apart
    bias : whether to add one
    padding_mode : "zeros", "reflect", "replicate" or "circular"
    device, dtype : of the parameters

    Raises
    ------
    ValueError
        If the channels are not divisible by the groups, or an option has no such value.
    """

    spatial = 1
    transposed = False
    weight: Tensor
    bias: Tensor | None

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Any = 0,
        dilation: Size = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ):
        super().__init__()
        self._check(in_channels, out_channels, groups, padding, stride, padding_mode)
        count = self.spatial
        self.in_channels, self.out_channels, self.groups = in_channels, out_channels, groups
        self.kernel_size, self.stride = tuple_of(kernel_size, count), tuple_of(stride, count)
        self.padding = padding if isinstance(padding, str) else tuple_of(padding, count)
        self.dilation, self.padding_mode = tuple_of(dilation, count), padding_mode
        self.output_padding = (0,) * count
        channels = (in_channels, out_channels // groups) if self.transposed else (out_channels, in_channels // groups)
        self.weight = Parameter(autograd.empty(*channels, *self.kernel_size, device=device, dtype=dtype))
        self.register_parameter(
            "bias", Parameter(autograd.empty(out_channels, device=device, dtype=dtype)) if bias else None
        )
        self.reset_parameters()

    def _check(self, inputs: int, outputs: int, groups: int, padding: Any, stride: Size, mode: str) -> None:
        if groups <= 0:
            raise ValueError("groups must be a positive integer")
        if inputs % groups:
            raise ValueError(f"in_channels must be divisible by groups, but {inputs} is not by {groups}")
        if outputs % groups:
            raise ValueError(f"out_channels must be divisible by groups, but {outputs} is not by {groups}")
        if isinstance(padding, str):
            if padding not in ("same", "valid"):
                raise ValueError(f"Invalid padding string {padding!r}, should be one of 'same', 'valid'")
            if padding == "same" and any(step != 1 for step in tuple_of(stride, self.spatial)):
                raise ValueError("padding='same' is not supported for strided convolutions")
        if mode not in _MODES:
            raise ValueError(f"padding_mode must be one of {_MODES}, but got padding_mode='{mode}'")

    def reset_parameters(self) -> None:
        """Uniform on ± 1 / √(inputs of an output)."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            if fan_in:
                init.uniform_(self.bias, -1 / math.sqrt(fan_in), 1 / math.sqrt(fan_in))

    @property
    def _reversed_padding_repeated_twice(self) -> list[int]:
        """The padding as `F.pad` takes it: two numbers for each dim, the last dim's first."""
        if self.padding == "valid":
            return [0] * (2 * self.spatial)
        edges: list[int] = []
        for dim in reversed(range(self.spatial)):
            if self.padding == "same":
                total = self.dilation[dim] * (self.kernel_size[dim] - 1)
                edges += [total // 2, total - total // 2]
            else:
                edges += [self.padding[dim]] * 2  # type: ignore[list-item]
        return edges

    def _conv_forward(self, input: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """The convolution with another weight: subclasses that normalize or quantize theirs call it."""
        padding = self.padding
        if self.padding_mode != "zeros":
            input, padding = (
                F.pad(input, self._reversed_padding_repeated_twice, mode=self.padding_mode),
                (0,) * self.spatial,
            )
        return self._function(input, weight, bias, self.stride, padding, self.dilation, self.groups)

    def extra_repr(self) -> str:
        """Channels and sizes; the rest where it is not usual."""
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        usual = {"padding": 0, "dilation": 1, "output_padding": 0}
        for name, value in usual.items():
            if getattr(self, name) != (value,) * self.spatial:
                text += f", {name}={getattr(self, name)}"
        text += f", groups={self.groups}" if self.groups != 1 else ""
        text += ", bias=False" if self.bias is None else ""
        return text + (f", padding_mode={self.padding_mode}" if self.padding_mode != "zeros" else "")


class Conv1d(_ConvNd):
    """Convolution (cross-correlation) of (N, C, L) with weight (out, in / groups, k).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Conv1d(3, 16, kernel_size=3, stride=2, padding=1)(autograd.rand(1, 3, 8)).shape
    autograd.Size([1, 16, 4])
    """

    _function = staticmethod(F.conv1d)

    def forward(self, input: Tensor) -> Tensor:
        """(N, in, L) or (in, L) → (N, out, L')."""
        return self._conv_forward(input, self.weight, self.bias)


class Conv2d(_ConvNd):
    """Convolution (cross-correlation) of (N, C, H, W) with weight (out, in / groups, kh, kw).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Conv2d(3, 16, kernel_size=3, stride=2, padding=1)(autograd.rand(1, 3, 8, 8)).shape
    autograd.Size([1, 16, 4, 4])
    """

    spatial = 2
    _function = staticmethod(F.conv2d)

    def forward(self, input: Tensor) -> Tensor:
        """(N, in, H, W) or (in, H, W) → (N, out, H', W')."""
        return self._conv_forward(input, self.weight, self.bias)


class Conv3d(_ConvNd):
    """Convolution (cross-correlation) of (N, C, D, H, W) with weight (out, in / groups, kd, kh, kw).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Conv3d(3, 16, kernel_size=3, stride=2, padding=1)(autograd.rand(1, 3, 8, 8, 8)).shape
    autograd.Size([1, 16, 4, 4, 4])
    """

    spatial = 3
    _function = staticmethod(F.conv3d)

    def forward(self, input: Tensor) -> Tensor:
        """(N, in, D, H, W) or (in, D, H, W) → (N, out, D', H', W')."""
        return self._conv_forward(input, self.weight, self.bias)


class _ConvTransposeNd(_ConvNd):
    """The adjoint of a convolution, which enlarges.

    Parameters
    ----------
    in_channels, out_channels : sizes of the channel dim
    kernel_size, stride, padding, dilation : of the convolution that this is the adjoint of
    output_padding : added to one side of the output's size, which the stride leaves open
    groups, bias, padding_mode, device, dtype : as of a convolution; the only mode is "zeros"
    """

    transposed = True

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Size = 0,
        output_padding: Size = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Size = 1,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ):
        if padding_mode != "zeros":
            raise ValueError(f'Only "zeros" padding mode is supported for {type(self).__name__}')
        super().__init__(
            in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, device, dtype
        )
        self.output_padding = tuple_of(output_padding, self.spatial)

    def _extra(self, input: Tensor, output_size: Any) -> tuple[int, ...]:
        """The output padding that leads to a wanted size.

        Raises
        ------
        ValueError
            If none does.
        """
        if output_size is None:
            return self.output_padding
        wanted = list(output_size)[-self.spatial :]
        extra = []
        for dim, size in enumerate(wanted):
            length = input._data.shape[dim - self.spatial]
            least = (length - 1) * self.stride[dim] - 2 * self.padding[dim]
            least += self.dilation[dim] * (self.kernel_size[dim] - 1) + 1
            if not least <= size < least + self.stride[dim]:
                raise ValueError(
                    f"requested an output size of {wanted}, but size {dim} must be from {least} to "
                    f"{least + self.stride[dim] - 1} for an input of size {list(input.shape)}"
                )
            extra.append(size - least)
        return tuple(extra)

    def _adjoint(self, function: Any, input: Tensor, output_size: Any) -> Tensor:
        extra = self._extra(input, output_size)
        return function(input, self.weight, self.bias, self.stride, self.padding, extra, self.groups, self.dilation)


class ConvTranspose1d(_ConvTransposeNd):
    """The adjoint of `Conv1d`, with weight (in, out / groups, k).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ConvTranspose1d(3, 16, kernel_size=4, stride=2, padding=1)(autograd.rand(1, 3, 8)).shape
    autograd.Size([1, 16, 16])
    """

    def forward(self, input: Tensor, output_size: Any = None) -> Tensor:
        """(N, in, L) or (in, L) → (N, out, L')."""
        return self._adjoint(F.conv_transpose1d, input, output_size)


class ConvTranspose2d(_ConvTransposeNd):
    """The adjoint of `Conv2d`, with weight (in, out / groups, kh, kw).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ConvTranspose2d(3, 16, kernel_size=4, stride=2, padding=1)(autograd.rand(1, 3, 8, 8)).shape
    autograd.Size([1, 16, 16, 16])
    """

    spatial = 2

    def forward(self, input: Tensor, output_size: Any = None) -> Tensor:
        """(N, in, H, W) or (in, H, W) → (N, out, H', W')."""
        return self._adjoint(F.conv_transpose2d, input, output_size)


class ConvTranspose3d(_ConvTransposeNd):
    """The adjoint of `Conv3d`, with weight (in, out / groups, kd, kh, kw).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ConvTranspose3d(3, 16, kernel_size=4, stride=2, padding=1)(autograd.rand(1, 3, 8, 8, 8)).shape
    autograd.Size([1, 16, 16, 16, 16])
    """

    spatial = 3

    def forward(self, input: Tensor, output_size: Any = None) -> Tensor:
        """(N, in, D, H, W) or (in, D, H, W) → (N, out, D', H', W')."""
        return self._adjoint(F.conv_transpose3d, input, output_size)
