"""Initial values of parameters, in place, by PyTorch's names."""

from __future__ import annotations

import functools
import math
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import autograd
from autograd import Tensor, no_grad
from autograd._lazy import suggesting

_GAINS = {
    **dict.fromkeys(
        ("linear", "sigmoid", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d"),
        1.0,
    ),
    "tanh": 5.0 / 3,
    "relu": math.sqrt(2.0),
    "selu": 3.0 / 4,
}
_Fill = TypeVar("_Fill", bound=Callable[..., Tensor])
_skips: ContextVar[bool] = ContextVar("skips", default=False)


@contextmanager
def skipped() -> Iterator[None]:
    """Within the block the functions of this file leave tensors as they are, for modules whose values come later."""
    token = _skips.set(True)
    try:
        yield
    finally:
        _skips.reset(token)


def _fills(fill: _Fill) -> _Fill:
    """Run a function that fills a tensor unrecorded, or under `skipped` not at all."""

    @functools.wraps(fill)
    def filled(tensor: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        if _skips.get():
            return tensor
        with no_grad():
            return fill(tensor, *args, **kwargs)

    return filled  # type: ignore[return-value]


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """By how much to widen weights so that a nonlinearity keeps the variance of its input.

    Parameters
    ----------
    nonlinearity : "linear", "conv2d", ..., "sigmoid", "tanh", "relu", "leaky_relu", "selu"
    param : the negative slope of "leaky_relu", default 0.01

    Raises
    ------
    ValueError
        For another name, or a slope that is no number.

    Examples
    --------
    >>> round(calculate_gain("leaky_relu", 0.2), 4)
    1.3868
    """
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else param
        if isinstance(slope, bool) or not isinstance(slope, (int, float)):
            raise ValueError(f"negative_slope {param} not a valid number")
        return math.sqrt(2.0 / (1 + slope**2))
    if nonlinearity not in _GAINS:
        raise ValueError(f"Unsupported nonlinearity {nonlinearity}; there are {', '.join(_GAINS)}, leaky_relu")
    return _GAINS[nonlinearity]


@_fills
def uniform_(tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Any = None) -> Tensor:
    """Uniform on [a, b).

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> w = init.uniform_(autograd.empty(50, 100), -0.5, 0.5)
    >>> bool(w.abs().max() <= 0.5)
    True
    """
    return tensor.uniform_(a, b, generator=generator)  # type: ignore[attr-defined]


@_fills
def normal_(tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Any = None) -> Tensor:
    """Normal with a mean and a standard deviation.

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> w = init.normal_(autograd.empty(200, 400))
    >>> abs(w.std().item() / 1 - 1) < 0.05
    True
    """
    return tensor.normal_(mean, std, generator=generator)  # type: ignore[attr-defined]


@_fills
def trunc_normal_(
    tensor: Tensor, mean: float = 0.0, std: float = 1.0, a: float = -2.0, b: float = 2.0, generator: Any = None
) -> Tensor:
    """Normal, but only values in [a, b]: the inverse of the distribution function, at uniform values.

    Warns if the mean is more than two standard deviations outside: where less than 1e-16 of the distribution is in
    [a, b], all values are the bound that is nearer.

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> w = init.trunc_normal_(autograd.empty(50, 100), 0.0, 1.0, -0.5, 0.5)
    >>> bool(w.abs().max() <= 0.5)
    True
    """
    if not a - 2 * std <= mean <= b + 2 * std:
        warnings.warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of values may be incorrect.",
            stacklevel=3,
        )

    def below(x: float) -> float:
        return math.erf((x - mean) / std / math.sqrt(2.0))

    drawn = autograd.empty(*tensor.shape, dtype=autograd.float64, device=tensor.device)
    drawn.uniform_(below(a), below(b), generator=generator)  # type: ignore[attr-defined]
    values = drawn.erfinv() * (std * math.sqrt(2.0)) + mean  # type: ignore[attr-defined]
    if not a <= mean <= b:
        values = autograd.where(values.isinf(), b if mean > b else a, values)
    return tensor.copy_(values.clamp(min=a, max=b))  # type: ignore[attr-defined]


@_fills
def constant_(tensor: Tensor, val: float) -> Tensor:
    """One value everywhere.

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> init.constant_(autograd.empty(2), 7.0)
    tensor([7., 7.])
    """
    tensor[...] = val
    return tensor


def ones_(tensor: Tensor) -> Tensor:
    """1 everywhere."""
    return constant_(tensor, 1.0)


def zeros_(tensor: Tensor) -> Tensor:
    """0 everywhere."""
    return constant_(tensor, 0.0)


@_fills
def eye_(tensor: Tensor) -> Tensor:
    """The identity matrix.

    Raises
    ------
    ValueError
        If the tensor has not two dimensions.

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> init.eye_(autograd.empty(2, 3))
    tensor([[1., 0., 0.],
            [0., 1., 0.]])
    """
    if tensor.ndim != 2:
        raise ValueError(f"Only tensors with 2 dimensions are supported, not {tensor.ndim}")
    tensor[...] = autograd.eye(*tensor.shape, dtype=tensor.dtype, device=tensor.device)
    return tensor


@_fills
def dirac_(tensor: Tensor, groups: int = 1) -> Tensor:
    """The convolution weight that passes each input channel on, in each group.

    Raises
    ------
    ValueError
        If the tensor has not three to five dimensions, or its first is not divisible by `groups`.

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> init.dirac_(autograd.empty(2, 2, 3))[0]
    tensor([[0., 1., 0.],
            [0., 0., 0.]])
    """
    if tensor.ndim not in (3, 4, 5):
        raise ValueError(f"Only tensors with 3, 4, or 5 dimensions are supported, not {tensor.ndim}")
    if tensor.shape[0] % groups:
        raise ValueError(f"dim 0 must be divisible by groups, but {tensor.shape[0]} is not by {groups}")
    per_group = tensor.shape[0] // groups
    middle = tuple(size // 2 for size in tensor.shape[2:])
    zeros_(tensor)
    for group in range(groups):
        for channel in range(min(per_group, tensor.shape[1])):
            tensor[(group * per_group + channel, channel, *middle)] = 1.0
    return tensor


def _calculate_fan_in_and_fan_out(tensor: Tensor) -> tuple[int, int]:
    """How many inputs an output has, and how many outputs an input.

    Raises
    ------
    ValueError
        If there are fewer than two dimensions.
    """
    if tensor.ndim < 2:
        raise ValueError("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions")
    field = math.prod(tensor.shape[2:])
    return tensor.shape[1] * field, tensor.shape[0] * field


def _calculate_correct_fan(tensor: Tensor, mode: str) -> int:
    mode = mode.lower()
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    return _calculate_fan_in_and_fan_out(tensor)[mode == "fan_out"]


def xavier_uniform_(tensor: Tensor, gain: float = 1.0, generator: Any = None) -> Tensor:
    """Uniform with variance gain² · 2 / (fan in + fan out) (Glorot and Bengio, 2010).

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> w = init.xavier_uniform_(autograd.empty(50, 100))
    >>> bool(w.abs().max() <= (6 / (100 + 50)) ** 0.5)
    True
    """
    bound = gain * math.sqrt(6.0 / sum(_calculate_fan_in_and_fan_out(tensor)))
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor: Tensor, gain: float = 1.0, generator: Any = None) -> Tensor:
    """Normal with variance gain² · 2 / (fan in + fan out) (Glorot and Bengio, 2010).

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> w = init.xavier_normal_(autograd.empty(200, 400))
    >>> abs(w.std().item() / ((2 / (400 + 200)) ** 0.5) - 1) < 0.05
    True
    """
    return normal_(tensor, 0.0, gain * math.sqrt(2.0 / sum(_calculate_fan_in_and_fan_out(tensor))), generator)


def kaiming_uniform_(
    tensor: Tensor, a: float = 0, mode: str = "fan_in", nonlinearity: str = "leaky_relu", generator: Any = None
) -> Tensor:
    """Uniform with variance gain² / fan, for rectifiers with negative slope `a` (He et al., 2015).

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> w = init.kaiming_uniform_(autograd.empty(50, 100))
    >>> bool(w.abs().max() <= (6 / 100) ** 0.5)
    True
    """
    if 0 in tensor.shape:
        return tensor
    bound = math.sqrt(3.0) * calculate_gain(nonlinearity, a) / math.sqrt(_calculate_correct_fan(tensor, mode))
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(
    tensor: Tensor, a: float = 0, mode: str = "fan_in", nonlinearity: str = "leaky_relu", generator: Any = None
) -> Tensor:
    """Normal with variance gain² / fan, for rectifiers with negative slope `a` (He et al., 2015).

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> w = init.kaiming_normal_(autograd.empty(200, 400))
    >>> abs(w.std().item() / ((2 / 400) ** 0.5) - 1) < 0.05
    True
    """
    if 0 in tensor.shape:
        return tensor
    std = calculate_gain(nonlinearity, a) / math.sqrt(_calculate_correct_fan(tensor, mode))
    return normal_(tensor, 0.0, std, generator)


@_fills
def orthogonal_(tensor: Tensor, gain: float = 1, generator: Any = None) -> Tensor:
    """A random matrix with orthonormal rows or columns, times `gain` (Saxe et al., 2014).

    Raises
    ------
    ValueError
        If there are fewer than two dimensions.

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> w = init.orthogonal_(autograd.empty(3, 5))
    >>> autograd.allclose(w @ w.T, autograd.eye(3), atol=1e-6)
    True
    """
    if tensor.ndim < 2:
        raise ValueError("Only tensors with 2 or more dimensions are supported")
    if 0 in tensor.shape:
        return tensor
    rows, columns = tensor.shape[0], tensor.numel() // tensor.shape[0]
    size = (max(rows, columns), min(rows, columns))
    flat = normal_(autograd.empty(*size, dtype=tensor.dtype, device=tensor.device), generator=generator)
    q, r = autograd.linalg.qr(flat)
    q = q * r.diagonal().sign()  # without this, the signs would not be uniformly distributed
    q = q.transpose(0, 1) if rows < columns else q
    tensor[...] = q.reshape(tensor.shape) * gain
    return tensor


@_fills
def sparse_(tensor: Tensor, sparsity: float, std: float = 0.01, generator: Any = None) -> Tensor:
    """Normal, with the given part of each column set to 0 (Martens, 2010).

    Raises
    ------
    ValueError
        If the tensor has not two dimensions.

    Examples
    --------
    >>> import autograd
    >>> from nn import init
    >>> w = init.sparse_(autograd.empty(10, 4), sparsity=0.3)
    >>> (w == 0).sum(0)
    tensor([3, 3, 3, 3])
    """
    if tensor.ndim != 2:
        raise ValueError(f"Only tensors with 2 dimensions are supported, not {tensor.ndim}")
    rows, columns = tensor.shape
    zeros = math.ceil(sparsity * rows)
    normal_(tensor, 0.0, std, generator)
    for column in range(columns):
        chosen = autograd.randperm(rows, generator=generator, device=tensor.device)[:zeros]
        tensor[chosen, column] = 0.0
    return tensor


def _deprecated(fill: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """The function under the name that it had without the underscore at the end."""
    new = fill.__name__

    @functools.wraps(fill)
    def old(*args: Any, **kwargs: Any) -> Tensor:
        message = f"`nn.init.{new[:-1]}` is now deprecated in favor of `nn.init.{new}`."
        warnings.warn(message, FutureWarning, stacklevel=2)
        return fill(*args, **kwargs)

    old.__name__ = old.__qualname__ = new[:-1]
    return old


uniform = _deprecated(uniform_)
normal = _deprecated(normal_)
constant = _deprecated(constant_)
eye = _deprecated(eye_)
dirac = _deprecated(dirac_)
xavier_uniform = _deprecated(xavier_uniform_)
xavier_normal = _deprecated(xavier_normal_)
kaiming_uniform = _deprecated(kaiming_uniform_)
kaiming_normal = _deprecated(kaiming_normal_)
orthogonal = _deprecated(orthogonal_)
sparse = _deprecated(sparse_)

__getattr__ = suggesting(__name__)
