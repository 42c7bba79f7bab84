"""Activation functions."""

from __future__ import annotations

import autograd
from autograd import Tensor, ops
from autograd.alias import in_place


def glu(input: Tensor, dim: int = -1) -> Tensor:
    """a · sigmoid(b), a and b the halves of the input along a dim (Dauphin et al. 2017).

    Raises
    ------
    RuntimeError
        If the dim cannot be halved.

    Examples
    --------
    >>> import autograd
    >>> glu(autograd.tensor([2.0, 0.0]))
    tensor([1.])
    """
    if not input._data.ndim:
        raise RuntimeError("glu does not support 0-dimensional tensors")
    axis = dim % input._data.ndim
    size = input._data.shape[axis]
    if size % 2:
        raise RuntimeError(f"Halving dimension must be even, but dimension {dim} is size {size}")
    lead = (slice(None),) * axis
    return input[(*lead, slice(0, size // 2))] * ops.sigmoid(input[(*lead, slice(size // 2, None))])


def prelu(input: Tensor, weight: Tensor) -> Tensor:
    """The input where it is positive, elsewhere weight · input (He et al. 2015).

    Parameters
    ----------
    input : (N, C, *)
    weight : one number, or (C,)

    Raises
    ------
    RuntimeError
        If the weight has neither one element nor one for each channel.
    """
    shape, size = input._data.shape, weight._data.size
    channels = shape[1] if len(shape) > 1 else 1
    if weight._data.ndim > 1 or size not in (1, channels) or (size != 1 and not shape):
        raise RuntimeError(
            f"prelu: mismatch of parameter numbers and input channel size. Found weight of size "
            f"{list(weight._data.shape)} and channel size = {channels} for input of size {list(shape)}"
        )
    if weight.dtype is not input.dtype:
        raise RuntimeError(f"prelu: Type promoting not supported. Got {input.dtype} and {weight.dtype}")
    if len(shape) > 1 and size > 1:
        weight = ops.reshape(weight, shape=(1, size, *(1,) * (len(shape) - 2)))
    elif weight._data.ndim and not shape:
        weight = ops.reshape(weight, shape=())
    return ops.where(input > 0, input, weight * input)


def rrelu(
    input: Tensor,
    lower: float = 1.0 / 8,
    upper: float = 1.0 / 3,
    training: bool = False,
    inplace: bool = False,
) -> Tensor:
    """The input where it is not negative, elsewhere times a slope: random in training, else the middle one.

    Raises
    ------
    RuntimeError
        If `lower` exceeds `upper`.

    Examples
    --------
    >>> import autograd
    >>> rrelu(autograd.tensor([-1.0, 1.0]), 0.25, 0.75)
    tensor([-0.5000,  1.0000])
    """
    if lower > upper:
        raise RuntimeError(f"rrelu: Lower bound should be less than or equal to the upper bound, got {lower}, {upper}")

    def compute(x: Tensor) -> Tensor:
        if not training:
            return ops.where(x > 0, x, x * ((lower + upper) / 2))
        slope = autograd.rand(*x._data.shape, dtype=x.dtype, device=x.device) * (upper - lower) + lower
        return ops.where(x > 0, x, x * slope)

    return in_place(input, "rrelu_", compute) if inplace else compute(input)


def rrelu_(input: Tensor, lower: float = 1.0 / 8, upper: float = 1.0 / 3, training: bool = False) -> Tensor:
    """In-place version of `rrelu`."""
    return rrelu(input, lower, upper, training, inplace=True)


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """max(input, 0).

    Examples
    --------
    >>> import autograd
    >>> relu(autograd.tensor([-1.0, 2.0]))
    tensor([0., 2.])
    """
    return in_place(input, "relu_", ops.relu) if inplace else ops.relu(input)


def sigmoid(input: Tensor) -> Tensor:
    """1 / (1 + exp(-input))."""
    return ops.sigmoid(input)


def tanh(input: Tensor) -> Tensor:
    """The hyperbolic tangent."""
    return ops.tanh(input)
