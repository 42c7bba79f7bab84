"""Activation functions that write into their input: `relu_` and the like of `torch.nn.functional`.

Each takes the arguments of the function without the underscore and returns its input; the example of `relu_` stands for
all. A leaf that requires a gradient cannot be written to: RuntimeError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd.functions import activation, activation_slopes

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def relu_(input: Any) -> Tensor:
    """In-place version of `relu`.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([-1.0, 2.0])
    >>> _ = autograd.relu_(x)
    >>> x
    tensor([0., 2.])
    """
    return activation.relu(input, inplace=True)


def hardtanh_(input: Any, min_val: float = -1.0, max_val: float = 1.0) -> Tensor:
    """In-place version of `hardtanh`."""
    return activation.hardtanh(input, min_val, max_val, inplace=True)


def elu_(input: Any, alpha: float = 1.0) -> Tensor:
    """In-place version of `elu`."""
    return activation.elu(input, alpha, inplace=True)


def selu_(input: Any) -> Tensor:
    """In-place version of `selu`."""
    return activation.selu(input, inplace=True)


def celu_(input: Any, alpha: float = 1.0) -> Tensor:
    """In-place version of `celu`."""
    return activation.celu(input, alpha, inplace=True)


def leaky_relu_(input: Any, negative_slope: float = 0.01) -> Tensor:
    """In-place version of `leaky_relu`."""
    return activation.leaky_relu(input, negative_slope, inplace=True)


def threshold_(input: Any, threshold: float, value: float) -> Tensor:
    """In-place version of `threshold`."""
    return activation.threshold(input, threshold, value, inplace=True)


def rrelu_(input: Any, lower: float = 1.0 / 8, upper: float = 1.0 / 3, training: bool = False) -> Tensor:
    """In-place version of `rrelu`."""
    return activation_slopes.rrelu(input, lower, upper, training, inplace=True)
