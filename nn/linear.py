"""Affine layers: Linear, Bilinear, Identity."""

from __future__ import annotations

import math
from typing import Any

import autograd
from autograd import Tensor
from nn import functional as F
from nn import init
from nn.layer import Layer
from nn.module import Module
from nn.parameter import Parameter


class Identity(Module):
    """Returns its input; any arguments are accepted and ignored."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__()

    def forward(self, input: Tensor) -> Tensor:
        """The input."""
        return input


class Linear(Layer):
    """input · weightᵀ + bias, with weight (out features, in features).

    Parameters
    ----------
    in_features, out_features : sizes of the last dim of input and output
    bias : whether to add one
    device, dtype : of the parameters

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Linear(4, 3)(autograd.ones(2, 4)).shape
    autograd.Size([2, 3])
    """

    shown = ("in_features", "out_features")
    weight: Tensor
    bias: Tensor | None

    def __init__(self, in_features: int, out_features: int, bias: bool = True, device: Any = None, dtype: Any = None):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        self.weight = Parameter(autograd.empty(out_features, in_features, device=device, dtype=dtype))
        self.register_parameter(
            "bias", Parameter(autograd.empty(out_features, device=device, dtype=dtype)) if bias else None
        )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Uniform on ± 1 / √(in features)."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            bound = 1 / math.sqrt(self.in_features) if self.in_features else 0
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input: Tensor) -> Tensor:
        """input (*, in features) → (*, out features)."""
        return F.linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        """The sizes."""
        return f"{super().extra_repr()}, bias={self.bias is not None}"


class NonDynamicallyQuantizableLinear(Linear):
    """A Linear under the name that PyTorch prints for the last projection of `MultiheadAttention`."""


class Bilinear(Layer):
    """input1ᵀ · weight[o] · input2 + bias[o] for each output o.

    Parameters
    ----------
    in1_features, in2_features, out_features : sizes of the last dims
    bias : whether to add one
    device, dtype : of the parameters

    Raises
    ------
    ValueError
        If `in1_features` is not positive.
    """

    shown = ("in1_features", "in2_features", "out_features")
    weight: Tensor
    bias: Tensor | None

    def __init__(
        self,
        in1_features: int,
        in2_features: int,
        out_features: int,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ):
        super().__init__()
        if in1_features <= 0:
            raise ValueError(f"in1_features must be > 0, but got {in1_features}")
        self.in1_features, self.in2_features, self.out_features = in1_features, in2_features, out_features
        self.weight = Parameter(
            autograd.empty(out_features, in1_features, in2_features, device=device, dtype=dtype)
        )  # fmt: skip
        self.register_parameter(
            "bias", Parameter(autograd.empty(out_features, device=device, dtype=dtype)) if bias else None
        )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Uniform on ± 1 / √(in1 features)."""
        bound = 1 / math.sqrt(self.in1_features)
        init.uniform_(self.weight, -bound, bound)
        if self.bias is not None:
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input1: Tensor, input2: Tensor) -> Tensor:
        """(*, in1 features), (*, in2 features) → (*, out features)."""
        return F.bilinear(input1, input2, self.weight, self.bias)

    def extra_repr(self) -> str:
        """The sizes."""
        return f"{super().extra_repr()}, bias={self.bias is not None}"
