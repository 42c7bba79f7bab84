"""Activation functions, by the names of `torch.nn.functional`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.alias import in_place
from autograd.engine import NotDense

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def activate(name: str, op: Any, input: Any, inplace: bool, **options: Any) -> Tensor:
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


def relu(input: Any, inplace: bool = False) -> Tensor:
    """max(x, 0).

    Examples
    --------
    >>> import autograd
    >>> autograd.relu(autograd.tensor([-1.0, 2.0]))
    tensor([0., 2.])
    """
    try:
        if input._data.dtype.kind == "c":
            _ordered("relu", input)
    except NotDense:
        _ordered("relu", input)
    return in_place(input, "relu_", ops.relu) if inplace else ops.relu(input)


def relu6(input: Any, inplace: bool = False) -> Tensor:
    """min(max(x, 0), 6).

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.relu6(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([0., 0., 3.])
    """
    return hardtanh(input, 0.0, 6.0, inplace)


def hardtanh(input: Any, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Tensor:
    """min(max(x, min_val), max_val).

    Raises
    ------
    ValueError
        If min_val exceeds max_val.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.hardtanh(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-1.,  0.,  1.])
    """
    if min_val > max_val:
        raise ValueError(f"min_val cannot be greater than max_val, got {min_val} and {max_val}")
    _ordered("hardtanh", input)
    if input.dtype.category == dtypes.INTEGER:
        if min_val < 0 and not input.dtype.is_signed:
            raise RuntimeError("hardtanh: cannot do hardtanh on an unsigned type with negative limits; use .to()")
        min_val, max_val = int(min_val), int(max_val)
    return activate("hardtanh", ops.hardtanh, input, inplace, low=min_val, high=max_val)


def hardsigmoid(input: Any, inplace: bool = False) -> Tensor:
    """min(max(x + 3, 0), 6) / 6.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.hardsigmoid(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([0.1667, 0.5000, 1.0000])
    """
    _floating("hardsigmoid", input)
    return activate("hardsigmoid", _hardsigmoid, input, inplace)


def _hardsigmoid(input: Any) -> Tensor:
    return ops.divide(ops.hardtanh(ops.add(input, 3.0), low=0.0, high=6.0), 6.0)


def hardswish(input: Any, inplace: bool = False) -> Tensor:
    """x · min(max(x + 3, 0), 6) / 6.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.hardswish(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.3333,  0.0000,  3.0000])
    """
    _floating("hardswish", input)
    return activate("hardswish", ops.hardswish, input, inplace)


def elu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """x where x > 0, elsewhere alpha · (eˣ - 1) (Clevert et al. 2016).

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.elu(autograd.tensor([-1.0, 2.0]))
    tensor([-0.6321,  2.0000])
    """
    _floating("elu", input)
    return activate("elu", ops.elu, input, inplace, alpha=alpha, scale=1.0, input_scale=1.0)


def selu(input: Any, inplace: bool = False) -> Tensor:
    """The multiple of elu that keeps mean 0 and variance 1 (Klambauer et al. 2017).

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.selu(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-1.5202,  0.0000,  3.1521])
    """
    _floating("selu", input)
    return activate("selu", ops.elu, input, inplace, alpha=_SELU_ALPHA, scale=_SELU_SCALE, input_scale=1.0)


_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946


def celu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """x where x > 0, elsewhere alpha · (exp(x / alpha) - 1) (Barron 2017).

    Raises
    ------
    RuntimeError
        If alpha is 0.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.celu(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.8647,  0.0000,  3.0000])
    """
    _floating("celu", input)
    if alpha == 0:
        raise RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU")
    return activate("celu", ops.elu, input, inplace, alpha=alpha, scale=1.0, input_scale=1.0 / alpha)


def leaky_relu(input: Any, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """x where x > 0, elsewhere negative_slope · x.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.leaky_relu(autograd.tensor([-1.0, 2.0]), 0.5)
    tensor([-0.5000,  2.0000])
    """
    _floating("leaky_relu", input)
    return activate("leaky_relu", ops.leaky_relu, input, inplace, slope=negative_slope)


def threshold(input: Any, threshold: float, value: float, inplace: bool = False) -> Tensor:
    """x where x > threshold, elsewhere value.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.threshold(autograd.tensor([-2.0, 0.0, 3.0]), 0.5, -1.0)
    tensor([-1., -1.,  3.])
    """
    _ordered("threshold", input)
    if input.dtype.category == dtypes.INTEGER:
        threshold, value = int(threshold), int(value)
    return activate("threshold", ops.threshold, input, inplace, limit=threshold, value=value)


def gelu(input: Any, *, approximate: str = "none") -> Tensor:
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


def silu(input: Any, inplace: bool = False) -> Tensor:
    """x · sigmoid(x).

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.silu(autograd.tensor([-1.0, 2.0]))
    tensor([-0.2689,  1.7616])
    """
    _floating("silu", input, complex_too=True)
    return activate("silu", ops.silu, input, inplace)


def mish(input: Any, inplace: bool = False) -> Tensor:
    """x · tanh(log(1 + eˣ)) (Misra 2019).

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.mish(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.2525,  0.0000,  2.9865])
    """
    _floating("mish", input)
    return activate("mish", ops.mish, input, inplace)


def softplus(input: Any, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
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


def logsigmoid(input: Any) -> Tensor:
    """log(1 / (1 + e⁻ˣ)) without overflow.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.logsigmoid(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-2.1269, -0.6931, -0.0486])
    """
    _floating("logsigmoid", input)
    return ops.log_sigmoid(input)


def softsign(input: Any) -> Tensor:
    """x / (1 + |x|).

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.softsign(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.6667,  0.0000,  0.7500])
    """
    return ops.divide(input, ops.add(ops.abs(input), 1))


def tanhshrink(input: Any) -> Tensor:
    """x - tanh x.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.tanhshrink(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-1.0360,  0.0000,  2.0049])
    """
    return ops.subtract(input, ops.tanh(input))


def softshrink(input: Any, lambd: float = 0.5) -> Tensor:
    """x moved towards 0 by lambd, at most to 0.

    Raises
    ------
    RuntimeError
        If lambd is negative.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.softshrink(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-1.5000,  0.0000,  2.5000])
    """
    _floating("softshrink", input)
    if not lambd >= 0:
        raise RuntimeError(f"softshrink: lambda must be greater or equal to 0, but found to be {lambd}")
    return ops.softshrink(input, limit=lambd)


def hardshrink(input: Any, lambd: float = 0.5) -> Tensor:
    """x where |x| > lambd, elsewhere 0.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.hardshrink(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-2.,  0.,  3.])
    """
    _floating("hardshrink", input)
    return ops.hardshrink(input, limit=lambd)


def glu(input: Any, dim: int = -1) -> Tensor:
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
