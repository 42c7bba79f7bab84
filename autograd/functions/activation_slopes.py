"""Rectifiers whose slope is learned or random, by the names of `torch.nn.functional`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions import random
from autograd.functions.activation import activate

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def prelu(input: Any, weight: Any) -> Tensor:
    """The input where it is positive, elsewhere weight · input (He et al. 2015).

    Parameters
    ----------
    input : (N, C, *)
    weight : one number, or (C,)

    Raises
    ------
    RuntimeError
        If the weight has neither one element nor one for each channel, or its type differs.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.prelu(autograd.tensor([-2.0, 0.0, 3.0]), autograd.tensor([0.25]))
    tensor([-0.5000,  0.0000,  3.0000])
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
    return ops.where(input > 0, input, ops.multiply(weight, input))


def rrelu(
    input: Any, lower: float = 1.0 / 8, upper: float = 1.0 / 3, training: bool = False, inplace: bool = False
) -> Tensor:
    """The input where it is not negative, elsewhere times a slope: random in training, else the middle one.

    Raises
    ------
    RuntimeError
        If `lower` exceeds `upper`.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.rrelu(autograd.tensor([-1.0, 1.0]), 0.25, 0.75)
    tensor([-0.5000,  1.0000])
    """
    if lower > upper:
        raise RuntimeError(f"rrelu: Lower bound should be less than or equal to the upper bound, got {lower}, {upper}")
    if not training:
        return activate("rrelu", ops.leaky_relu, input, inplace, slope=(lower + upper) / 2)
    drawn = random.rand(*input._data.shape, dtype=input.dtype, device=input.device)
    slope = ops.add(ops.multiply(drawn, upper - lower), lower)
    return activate("rrelu", _sloped, input, inplace, slope=slope)


def _sloped(input: Any, *, slope: Any) -> Tensor:
    return ops.where(input > 0, input, ops.multiply(input, slope))
