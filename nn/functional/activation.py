"""Activation functions; they are the tensor library's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.activation import (
    celu,
    elu,
    gelu,
    glu,
    hardshrink,
    hardsigmoid,
    hardswish,
    hardtanh,
    leaky_relu,
    logsigmoid,
    mish,
    relu,
    relu6,
    selu,
    silu,
    softplus,
    softshrink,
    softsign,
    tanhshrink,
    threshold,
)  # fmt: skip
from autograd.functions.activation_in_place import (
    celu_,
    elu_,
    hardtanh_,
    leaky_relu_,
    relu_,
    rrelu_,
    selu_,
    threshold_,
)  # fmt: skip
from autograd.functions.activation_slopes import prelu, rrelu

if TYPE_CHECKING:
    from autograd.tensor import Tensor

__all__ = [
    "celu", "celu_", "elu", "elu_", "gelu", "glu", "hardshrink", "hardsigmoid", "hardswish", "hardtanh", "hardtanh_",
    "leaky_relu", "leaky_relu_", "logsigmoid", "mish", "prelu", "relu", "relu6", "relu_", "rrelu", "rrelu_", "selu",
    "selu_", "sigmoid", "silu", "softplus", "softshrink", "softsign", "tanh", "tanhshrink", "threshold", "threshold_",
]  # fmt: skip


def sigmoid(input: Any) -> Tensor:
    """1 / (1 + e⁻ˣ).

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.sigmoid(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([0.1192, 0.5000, 0.9526])
    """
    return ops.sigmoid(input)


def tanh(input: Any) -> Tensor:
    """The hyperbolic tangent.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.tanh(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.9640,  0.0000,  0.9951])
    """
    return ops.tanh(input)
