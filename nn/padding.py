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
    """Padding of 1 dim with what is inside mirrored at the edge.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ReflectionPad1d(1)(autograd.tensor([[1.0, 2.0, 3.0]]))
    tensor([[2., 1., 2., 3., 2.]])
    """

    mode = "reflect"


class ReflectionPad2d(_Pad):
    """Padding of 2 dims with what is inside mirrored at the edge.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ReflectionPad2d(1)(autograd.rand(1, 3, 8, 8)).shape
    autograd.Size([1, 3, 10, 10])
    """

    mode = "reflect"
    spatial = 2


class ReflectionPad3d(_Pad):
    """Padding of 3 dims with what is inside mirrored at the edge.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ReflectionPad3d(1)(autograd.rand(1, 3, 8, 8, 8)).shape
    autograd.Size([1, 3, 10, 10, 10])
    """

    mode = "reflect"
    spatial = 3


class ReplicationPad1d(_Pad):
    """Padding of 1 dim with the edge repeated.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ReplicationPad1d(1)(autograd.tensor([[1.0, 2.0, 3.0]]))
    tensor([[1., 1., 2., 3., 3.]])
    """

    mode = "replicate"


class ReplicationPad2d(_Pad):
    """Padding of 2 dims with the edge repeated.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ReplicationPad2d(1)(autograd.rand(1, 3, 8, 8)).shape
    autograd.Size([1, 3, 10, 10])
    """

    mode = "replicate"
    spatial = 2


class ReplicationPad3d(_Pad):
    """Padding of 3 dims with the edge repeated.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ReplicationPad3d(1)(autograd.rand(1, 3, 8, 8, 8)).shape
    autograd.Size([1, 3, 10, 10, 10])
    """

    mode = "replicate"
    spatial = 3


class CircularPad1d(_Pad):
    """Padding of 1 dim with the other side.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.CircularPad1d(1)(autograd.tensor([[1.0, 2.0, 3.0]]))
    tensor([[3., 1., 2., 3., 1.]])
    """

    mode = "circular"


class CircularPad2d(_Pad):
    """Padding of 2 dims with the other side.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.CircularPad2d(1)(autograd.rand(1, 3, 8, 8)).shape
    autograd.Size([1, 3, 10, 10])
    """

    mode = "circular"
    spatial = 2


class CircularPad3d(_Pad):
    """Padding of 3 dims with the other side.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.CircularPad3d(1)(autograd.rand(1, 3, 8, 8, 8)).shape
    autograd.Size([1, 3, 10, 10, 10])
    """

    mode = "circular"
    spatial = 3


class ZeroPad1d(_Pad):
    """Padding of 1 dim with zeros.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ZeroPad1d(1)(autograd.tensor([[1.0, 2.0, 3.0]]))
    tensor([[0., 1., 2., 3., 0.]])
    """


class ZeroPad2d(_Pad):
    """Padding of 2 dims with zeros.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ZeroPad2d(1)(autograd.rand(1, 3, 8, 8)).shape
    autograd.Size([1, 3, 10, 10])
    """

    spatial = 2


class ZeroPad3d(_Pad):
    """Padding of 3 dims with zeros.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ZeroPad3d(1)(autograd.rand(1, 3, 8, 8, 8)).shape
    autograd.Size([1, 3, 10, 10, 10])
    """

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
    """Padding of 1 dim with a value.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ConstantPad1d(1, 7.0)(autograd.tensor([[1.0, 2.0, 3.0]]))
    tensor([[7., 1., 2., 3., 7.]])
    """


class ConstantPad2d(_ConstantPad):
    """Padding of 2 dims with a value.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ConstantPad2d(1, 7.0)(autograd.rand(1, 3, 8, 8)).shape
    autograd.Size([1, 3, 10, 10])
    """

    spatial = 2


class ConstantPad3d(_ConstantPad):
    """Padding of 3 dims with a value.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ConstantPad3d(1, 7.0)(autograd.rand(1, 3, 8, 8, 8)).shape
    autograd.Size([1, 3, 10, 10, 10])
    """

    spatial = 3
