"""Padding layers."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from nn import functional as F
from nn.layer import Layer


class _Pad(Layer):
    """What padding layers share: `padding` is one number, or two for each dim, the last dim's first."""

    mode = "constant"
    spatial = 1
    value: float = 0.0

    def __init__(self, padding: Any):
        self.settle(locals())
        self.padding = (padding,) * (2 * self.spatial) if isinstance(padding, int) else tuple(padding)

    def forward(self, input: Tensor) -> Tensor:
        """The spatial sizes grow by the padding."""
        return F.pad(input, self.padding, self.mode, self.value if self.mode == "constant" else None)

    def extra_repr(self) -> str:
        """The padding."""
        return str(self.padding)


class ReflectionPad1d(_Pad):
    """Padding of 1 dim with what is inside mirrored at the edge."""

    mode = "reflect"


class ReflectionPad2d(_Pad):
    """Padding of 2 dims with what is inside mirrored at the edge."""

    mode = "reflect"
    spatial = 2


class ReflectionPad3d(_Pad):
    """Padding of 3 dims with what is inside mirrored at the edge."""

    mode = "reflect"
    spatial = 3


class ReplicationPad1d(_Pad):
    """Padding of 1 dim with the edge repeated."""

    mode = "replicate"


class ReplicationPad2d(_Pad):
    """Padding of 2 dims with the edge repeated."""

    mode = "replicate"
    spatial = 2


class ReplicationPad3d(_Pad):
    """Padding of 3 dims with the edge repeated."""

    mode = "replicate"
    spatial = 3


class CircularPad1d(_Pad):
    """Padding of 1 dim with the other side."""

    mode = "circular"


class CircularPad2d(_Pad):
    """Padding of 2 dims with the other side."""

    mode = "circular"
    spatial = 2


class CircularPad3d(_Pad):
    """Padding of 3 dims with the other side."""

    mode = "circular"
    spatial = 3


class ZeroPad1d(_Pad):
    """Padding of 1 dim with zeros."""


class ZeroPad2d(_Pad):
    """Padding of 2 dims with zeros."""

    spatial = 2


class ZeroPad3d(_Pad):
    """Padding of 3 dims with zeros."""

    spatial = 3


class _ConstantPad(_Pad):
    """Padding with a value of one's own."""

    def __init__(self, padding: Any, value: float):
        super().__init__(padding)
        self.value = value

    def extra_repr(self) -> str:
        """The padding and the value."""
        return f"padding={self.padding}, value={self.value}"


class ConstantPad1d(_ConstantPad):
    """Padding of 1 dim with a value."""


class ConstantPad2d(_ConstantPad):
    """Padding of 2 dims with a value."""

    spatial = 2


class ConstantPad3d(_ConstantPad):
    """Padding of 3 dims with a value."""

    spatial = 3
