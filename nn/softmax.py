"""Softmax and its kin as modules; the functions are in `nn.functional`."""

from __future__ import annotations

from autograd import Tensor
from nn import functional as F
from nn.layer import Layer


class Softmax(Layer):
    """eˣ / Σ eˣ along a dim.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Softmax(dim=-1)(autograd.tensor([[1.0, 2.0, 3.0]]))
    tensor([[0.0900, 0.2447, 0.6652]])
    """

    shown = ("dim",)

    def __init__(self, dim: int | None = None):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softmax(input, self.dim)


class Softmin(Layer):
    """e⁻ˣ / Σ e⁻ˣ along a dim.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Softmin(dim=-1)(autograd.tensor([[1.0, 2.0, 3.0]]))
    tensor([[0.6652, 0.2447, 0.0900]])
    """

    shown = ("dim",)

    def __init__(self, dim: int | None = None):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softmin(input, self.dim)


class LogSoftmax(Layer):
    """x - log Σ eˣ along a dim.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LogSoftmax(dim=-1)(autograd.tensor([[1.0, 2.0, 3.0]]))
    tensor([[-2.4076, -1.4076, -0.4076]])
    """

    shown = ("dim",)

    def __init__(self, dim: int | None = None):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.log_softmax(input, self.dim)


class Softmax2d(Layer):
    """Softmax over the channels of (N, C, H, W) or (C, H, W).

    Raises
    ------
    ValueError
        For other numbers of dims.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Softmax2d()(autograd.zeros(1, 4, 1, 2)).flatten()
    tensor([0.2500, 0.2500, 0.2500, 0.2500, 0.2500, 0.2500, 0.2500, 0.2500])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        if input.ndim not in (3, 4):
            raise ValueError(f"Softmax2d: expected input to be 3D or 4D, got {input.ndim}D instead")
        return F.softmax(input, -3)
