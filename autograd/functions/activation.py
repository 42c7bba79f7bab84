"""Activation functions, by the names of `torch.nn.functional`."""

from __future__ import annotations

from typing import Any

from autograd import dtypes, ops
from autograd.alias import in_place
from autograd.functions import random


def _apply(name: str, op: Any, input: Any, inplace: bool, **options: Any) -> Any:
    """An activation, out of place or into its input."""
    return in_place(input, f"{name}_", op, **options) if inplace else op(input, **options)


def _floating(name: str, input: Any, complex_too: bool = False) -> None:
    """Refuse what an activation is not defined on.

    Raises
    ------
    NotImplementedError
        For integers, and for complex numbers where these are not allowed.
    """
    kind = input.dtype
    if kind.category < dtypes.FLOATING or (kind.is_complex and not complex_too):
        raise NotImplementedError(f"{name}: not implemented for {kind}; convert to a floating type with .to()")


def _ordered(name: str, input: Any) -> None:
    """Refuse booleans and complex numbers."""
    kind = input.dtype
    if kind.category in (dtypes.BOOL, dtypes.COMPLEX):
        raise NotImplementedError(f"{name}: not implemented for {kind}; convert to a real type with .to()")


def relu(input: Any, inplace: bool = False) -> Any:
    """max(x, 0).

    Examples
    --------
    >>> import autograd
    >>> autograd.relu(autograd.tensor([-1.0, 2.0]))
    tensor([0., 2.])
    """
    if input._data.dtype.kind == "c":
        _ordered("relu", input)
    return in_place(input, "relu_", ops.relu) if inplace else ops.relu(input)


def relu6(input: Any, inplace: bool = False) -> Any:
    """min(max(x, 0), 6)."""
    return hardtanh(input, 0.0, 6.0, inplace)


def hardtanh(input: Any, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Any:
    """min(max(x, min_val), max_val).

    Raises
    ------
    ValueError
        If min_val exceeds max_val.
    """
    if min_val > max_val:
        raise ValueError(f"min_val cannot be greater than max_val, got {min_val} and {max_val}")
    _ordered("hardtanh", input)
    if input.dtype.category == dtypes.INTEGER:
        if min_val < 0 and not input.dtype.is_signed:
            raise RuntimeError("hardtanh: cannot do hardtanh on an unsigned type with negative limits; use .to()")
        min_val, max_val = int(min_val), int(max_val)
    return _apply("hardtanh", ops.hardtanh, input, inplace, low=min_val, high=max_val)


def hardsigmoid(input: Any, inplace: bool = False) -> Any:
    """min(max(x + 3, 0), 6) / 6."""
    _floating("hardsigmoid", input)
    return _apply("hardsigmoid", _hardsigmoid, input, inplace)


def _hardsigmoid(input: Any) -> Any:
    return ops.divide(ops.hardtanh(ops.add(input, 3.0), low=0.0, high=6.0), 6.0)


def hardswish(input: Any, inplace: bool = False) -> Any:
    """x · min(max(x + 3, 0), 6) / 6."""
    _floating("hardswish", input)
    return _apply("hardswish", ops.hardswish, input, inplace)


def elu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Any:
    """x where x > 0, elsewhere alpha · (eˣ - 1) (Clevert et al. 2016).

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.elu(autograd.tensor([-1.0, 2.0]))
    tensor([-0.6321,  2.0000])
    """
    _floating("elu", input)
    return _apply("elu", ops.elu, input, inplace, alpha=alpha, scale=1.0, input_scale=1.0)


def selu(input: Any, inplace: bool = False) -> Any:
    """The multiple of elu that keeps mean 0 and variance 1 (Klambauer et al. 2017)."""
    _floating("selu", input)
    return _apply("selu", ops.elu, input, inplace, alpha=_SELU_ALPHA, scale=_SELU_SCALE, input_scale=1.0)


_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946


def celu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Any:
    """x where x > 0, elsewhere alpha · (exp(x / alpha) - 1) (Barron 2017).

    Raises
    ------
    RuntimeError
        If alpha is 0.
    """
    _floating("celu", input)
    if alpha == 0:
        raise RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU")
    return _apply("celu", ops.elu, input, inplace, alpha=alpha, scale=1.0, input_scale=1.0 / alpha)


def leaky_relu(input: Any, negative_slope: float = 0.01, inplace: bool = False) -> Any:
    """x where x > 0, elsewhere negative_slope · x.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.leaky_relu(autograd.tensor([-1.0, 2.0]), 0.5)
    tensor([-0.5000,  2.0000])
    """
    _floating("leaky_relu", input)
    return _apply("leaky_relu", ops.leaky_relu, input, inplace, slope=negative_slope)


def threshold(input: Any, threshold: float, value: float, inplace: bool = False) -> Any:
    """x where x > threshold, elsewhere value."""
    _ordered("threshold", input)
    if input.dtype.category == dtypes.INTEGER:
        threshold, value = int(threshold), int(value)
    return _apply("threshold", ops.threshold, input, inplace, limit=threshold, value=value)


def gelu(input: Any, *, approximate: str = "none") -> Any:
    """x · Φ(x) with the normal distribution function Φ, or its approximation by tanh (Hendrycks and Gimpel 2016).

    Raises
    ------
    RuntimeError
        If `approximate` is neither ``"none"`` nor ``"tanh"``.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.gelu(autograd.tensor([-1.0, 2.0]))
    tensor([-0.1587,  1.9545])
    """
    if approximate not in ("none", "tanh"):
        raise RuntimeError(f"gelu: approximate argument must be either none or tanh, got {approximate!r}")
    _floating("gelu", input)
    return ops.gelu(input) if approximate == "none" else ops.gelu_tanh(input)


def silu(input: Any, inplace: bool = False) -> Any:
    """x · sigmoid(x).

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.silu(autograd.tensor([-1.0, 2.0]))
    tensor([-0.2689,  1.7616])
    """
    _floating("silu", input, complex_too=True)
    return _apply("silu", ops.silu, input, inplace)


def mish(input: Any, inplace: bool = False) -> Any:
    """x · tanh(log(1 + eˣ)) (Misra 2019)."""
    _floating("mish", input)
    return _apply("mish", ops.mish, input, inplace)


def softplus(input: Any, beta: float = 1.0, threshold: float = 20.0) -> Any:
    """log(1 + exp(beta · x)) / beta, and x itself where beta · x > threshold.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.softplus(autograd.tensor([-1.0, 2.0]))
    tensor([0.3133, 2.1269])
    """
    _floating("softplus", input)
    return ops.softplus(input, beta=beta, threshold=threshold)


def logsigmoid(input: Any) -> Any:
    """log(1 / (1 + e⁻ˣ)) without overflow."""
    _floating("logsigmoid", input)
    return ops.log_sigmoid(input)


def softsign(input: Any) -> Any:
    """x / (1 + |x|)."""
    return ops.divide(input, ops.add(ops.abs(input), 1))


def tanhshrink(input: Any) -> Any:
    """x - tanh x."""
    return ops.subtract(input, ops.tanh(input))


def softshrink(input: Any, lambd: float = 0.5) -> Any:
    """x moved towards 0 by lambd, at most to 0.

    Raises
    ------
    RuntimeError
        If lambd is negative.
    """
    _floating("softshrink", input)
    if not lambd >= 0:
        raise RuntimeError(f"softshrink: lambda must be greater or equal to 0, but found to be {lambd}")
    return ops.softshrink(input, limit=lambd)


def hardshrink(input: Any, lambd: float = 0.5) -> Any:
    """x where |x| > lambd, elsewhere 0."""
    _floating("hardshrink", input)
    return ops.hardshrink(input, limit=lambd)


def glu(input: Any, dim: int = -1) -> Any:
    """a · sigmoid(b), a and b the halves of the input along a dim (Dauphin et al. 2017).

    Raises
    ------
    RuntimeError
        If the dim cannot be halved.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.glu(autograd.tensor([2.0, 0.0]))
    tensor([1.])
    """
    if not input._data.ndim:
        raise RuntimeError("glu does not support 0-dimensional tensors")
    axis = dim % input._data.ndim
    size = input._data.shape[axis]
    if size % 2:
        raise RuntimeError(f"Halving dimension must be even, but dimension {dim} is size {size}")
    lead = (slice(None),) * axis
    first, second = (ops.getitem(input, index=(*lead, half)) for half in (slice(0, size // 2), slice(size // 2, None)))
    return ops.multiply(first, ops.sigmoid(second))


def prelu(input: Any, weight: Any) -> Any:
    """The input where it is positive, elsewhere weight · input (He et al. 2015).

    Parameters
    ----------
    input : (N, C, *)
    weight : one number, or (C,)

    Raises
    ------
    RuntimeError
        If the weight has neither one element nor one for each channel, or its type differs.
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
) -> Any:
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
        return _apply("rrelu", ops.leaky_relu, input, inplace, slope=(lower + upper) / 2)
    drawn = random.rand(*input._data.shape, dtype=input.dtype, device=input.device)
    slope = ops.add(ops.multiply(drawn, upper - lower), lower)
    return _apply("rrelu", _sloped, input, inplace, slope=slope)


def _sloped(input: Any, *, slope: Any) -> Any:
    return ops.where(input > 0, input, ops.multiply(input, slope))
