"""Normalization within a sample: LayerNorm, RMSNorm, GroupNorm, LocalResponseNorm."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor
from nn import functional as F
from nn import init
from nn.affine import Affine
from nn.layer import Layer
from nn.parameter import Parameter


class LayerNorm(Affine):
    """(x - mean) / √(variance + eps) · weight + bias over the last dims (Ba et al., 2016).

    Parameters
    ----------
    normalized_shape : sizes of the last dims
    eps : added to the variance
    elementwise_affine : whether to scale and shift by learned parameters
    bias : whether to shift
    device, dtype : of the parameters

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LayerNorm(3)(autograd.tensor([[1.0, 2.0, 3.0]])).detach()
    tensor([[-1.2247,  0.0000,  1.2247]])
    """

    def __init__(
        self,
        normalized_shape: Any,
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ):
        super().__init__()
        shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        self.normalized_shape, self.eps, self.elementwise_affine = shape, eps, elementwise_affine
        self._make_affine(shape, elementwise_affine, elementwise_affine and bias, device, dtype)
        self.reset_parameters()

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """The shape and options."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}, "
            f"bias={self.bias is not None}"
        )


class RMSNorm(Layer):
    """x / √(mean of x² + eps) · weight over the last dims (Zhang and Sennrich, 2019).

    Parameters
    ----------
    normalized_shape : sizes of the last dims
    eps : added to the mean square; default: the type's machine epsilon
    elementwise_affine : whether to scale by learned parameters
    device, dtype : of the parameters

    Examples
    --------
    >>> import autograd, nn
    >>> nn.RMSNorm(2)(autograd.tensor([[3.0, 4.0]])).detach()
    tensor([[0.8485, 1.1314]])
    """

    shown = ("eps", "elementwise_affine")
    weight: Tensor | None

    def __init__(
        self,
        normalized_shape: Any,
        eps: float | None = None,
        elementwise_affine: bool = True,
        device: Any = None,
        dtype: Any = None,
    ):
        super().__init__()
        shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        self.normalized_shape, self.eps, self.elementwise_affine = shape, eps, elementwise_affine
        made = Parameter(autograd.empty(*shape, device=device, dtype=dtype)) if elementwise_affine else None
        self.register_parameter("weight", made)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Weight 1."""
        if self.weight is not None:
            init.ones_(self.weight)

    def forward(self, x: Tensor) -> Tensor:
        """The shape stays."""
        return F.rms_norm(x, self.normalized_shape, self.weight, self.eps)

    def extra_repr(self) -> str:
        """The shape and options."""
        return f"{self.normalized_shape}, {super().extra_repr()}"


class GroupNorm(Affine):
    """(x - mean) / √(variance + eps) · weight + bias over each group of channels (Wu and He, 2018).

    Parameters
    ----------
    num_groups : into how many groups the channels are divided
    num_channels : size of dim 1
    eps : added to the variance
    affine : whether to scale and shift by learned parameters
    device, dtype : of the parameters
    bias : whether to shift

    Raises
    ------
    ValueError
        If the channels are not divisible by the groups.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.GroupNorm(num_groups=2, num_channels=6)(autograd.rand(4, 6, 8, 8)).shape
    autograd.Size([4, 6, 8, 8])
    """

    shown = ("eps", "affine")

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ):
        if num_channels % num_groups:
            raise ValueError(f"num_channels ({num_channels}) must be divisible by num_groups ({num_groups})")
        self.settle({key: value for key, value in locals().items() if key != "bias"})
        self._make_affine((num_channels,), affine, affine and bias, device, dtype)
        self.reset_parameters()

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, *) → the same."""
        return F.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """Groups, channels and options."""
        return f"{self.num_groups}, {self.num_channels}, {super().extra_repr()}, bias={self.bias is not None}"


class LocalResponseNorm(Layer):
    """x / (k + alpha · mean of x² over `size` neighboring channels)^beta (Krizhevsky et al., 2012).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LocalResponseNorm(2)(autograd.rand(1, 6, 8)).shape
    autograd.Size([1, 6, 8])
    """

    shown = ("alpha", "beta", "k")

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, *) → the same."""
        return F.local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self) -> str:
        """The options."""
        return f"{self.size}, {super().extra_repr()}"
