"""Dropout of elements and of whole channels."""

from __future__ import annotations

import math
import warnings

import autograd
from autograd import Tensor, no_grad, ops


def _drops(input: Tensor, p: float, training: bool) -> bool:
    """Whether there is anything to do; refuses a `p` that is no probability."""
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    return training and p != 0.0 and bool(input._data.size)


def _kept(shape: tuple[int, ...], like: Tensor, p: float) -> Tensor:
    """Where elements are kept: true with probability 1 - p."""
    kind = like.dtype.to_real()
    with no_grad():
        return autograd.rand(*shape, dtype=kind, device=like.device) >= p


def _multiplied(input: Tensor, factor: Tensor, inplace: bool) -> Tensor:
    if not inplace:
        return input * factor
    input *= factor
    return input


def _dropped(input: Tensor, shape: tuple[int, ...], p: float, inplace: bool) -> Tensor:
    if p == 1.0:
        factor = ops.zeros_like(input)
    else:
        factor = ops.astype(_kept(shape, input, p), dtype=input.dtype) * (1.0 / (1.0 - p))
    return _multiplied(input, factor, inplace)


def _channels(input: Tensor) -> tuple[int, ...]:
    shape = input._data.shape
    if len(shape) < 2:
        raise RuntimeError(f"feature dropout requires at least 2 dims, (N, C, ...), in the input, got {list(shape)}")
    return (*shape[:2], *(1,) * (len(shape) - 2))


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Zero elements with probability `p` and scale the others by 1 / (1 - p) (Srivastava et al. 2014).

    Raises
    ------
    ValueError
        If `p` is no probability.

    Examples
    --------
    >>> import autograd
    >>> dropout(autograd.ones(3), training=False)
    tensor([1., 1., 1.])
    """
    return _dropped(input, input._data.shape, p, inplace) if _drops(input, p, training) else input


def dropout1d(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Zero whole channels of (N, C, L) or (C, L) with probability `p` and scale the others by 1 / (1 - p).

    Raises
    ------
    ValueError
        If `p` is no probability.
    RuntimeError
        If the input has other than two or three dims.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> y = F.dropout1d(autograd.ones(2, 16, 4))
    >>> sorted(set(y.flatten(2).mean(2).flatten().tolist()))  # whole channels
    [0.0, 2.0]
    """
    drops = _drops(input, p, training)
    if input._data.ndim not in (2, 3):
        raise RuntimeError(f"dropout1d: Expected 2D or 3D input, but received a {input._data.ndim}D input")
    shape = (input._data.shape[0], 1) if input._data.ndim == 2 else _channels(input)
    return _dropped(input, shape, p, inplace) if drops else input


def dropout2d(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Zero whole channels of (N, C, H, W) with probability `p` and scale the others by 1 / (1 - p).

    Raises
    ------
    ValueError
        If `p` is no probability.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> y = F.dropout2d(autograd.ones(2, 16, 4, 4))
    >>> sorted(set(y.flatten(2).mean(2).flatten().tolist()))  # whole channels
    [0.0, 2.0]
    """
    return _feature_dropout("dropout2d", (3, 4), input, p, training, inplace)


def dropout3d(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Zero whole channels of (N, C, D, H, W) with probability `p` and scale the others by 1 / (1 - p).

    Raises
    ------
    ValueError
        If `p` is no probability.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> y = F.dropout3d(autograd.ones(2, 16, 4, 4, 4))
    >>> sorted(set(y.flatten(2).mean(2).flatten().tolist()))  # whole channels
    [0.0, 2.0]
    """
    return _feature_dropout("dropout3d", (4, 5), input, p, training, inplace)


def _feature_dropout(
    name: str, usual: tuple[int, int], input: Tensor, p: float, training: bool, inplace: bool
) -> Tensor:
    drops = _drops(input, p, training)
    if input._data.ndim not in usual:
        warnings.warn(
            f"{name}: Received a {input._data.ndim}-D input to {name}, which is deprecated and will result in an error "
            "in a future release. To retain the behavior and silence this warning, please use dropout instead.",
            stacklevel=3,
        )
    return _dropped(input, _channels(input), p, inplace) if drops else input


def alpha_dropout(input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False) -> Tensor:
    """Dropout that keeps mean and variance after SELU: elements become SELU's lower limit (Klambauer et al. 2017).

    Raises
    ------
    ValueError
        If `p` is no probability.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.alpha_dropout(autograd.ones(3), p=0.2, training=False)
    tensor([1., 1., 1.])
    """
    return _alpha_dropped(input, input._data.shape, p, inplace) if _drops(input, p, training) else input


def feature_alpha_dropout(input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False) -> Tensor:
    """`alpha_dropout` of whole channels.

    Raises
    ------
    ValueError
        If `p` is no probability.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.feature_alpha_dropout(autograd.ones(1, 3), p=0.2, training=False)
    tensor([[1., 1., 1.]])
    """
    return _alpha_dropped(input, _channels(input), p, inplace) if _drops(input, p, training) else input


_LIMIT = 1.7580993408473766  # -SELU(-inf) = scale · alpha


def _alpha_dropped(input: Tensor, shape: tuple[int, ...], p: float, inplace: bool) -> Tensor:
    if p == 1.0:
        factor = ops.zeros_like(input)
        return _multiplied(input, factor, inplace)
    scale = 1.0 / math.sqrt((_LIMIT * _LIMIT * p + 1.0) * (1.0 - p))
    kept = ops.astype(_kept(shape, input, p), dtype=input.dtype)
    factor, shift = kept * scale, (kept - 1.0) * (_LIMIT * scale) + _LIMIT * scale * p
    if inplace:
        input *= factor
        input += shift
        return input
    return input * factor + shift
