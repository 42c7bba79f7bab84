"""Losses between numbers: squared, absolute, between the two, and likelihoods."""

from __future__ import annotations

import math
import warnings

from autograd import Tensor, ops, promote_types
from autograd.names import named
from nn.functional.common import reduced, reduction_of


def _warn_of_shapes(name: str, input: Tensor, target: Tensor) -> None:
    if input._data.shape != target._data.shape:
        warnings.warn(
            f"{name}: using a target size {list(target._data.shape)} that is different to the input size "
            f"{list(input._data.shape)}. This will likely lead to incorrect results due to broadcasting. Please ensure "
            "they have the same size.",
            stacklevel=3,
        )


def mse_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """(input - target)², averaged.

    Parameters
    ----------
    input, target : of one shape
    reduction : "mean", "sum" or "none"
    weight : factor for each element

    Examples
    --------
    >>> import autograd
    >>> mse_loss(autograd.tensor([1.0, 2.0]), autograd.tensor([1.0, 4.0]))
    tensor(2.)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    _warn_of_shapes("mse_loss", input, target)
    loss = _weighted(ops.square(_difference(input, target)), weight, reduction)
    return named(loss, "MseLossBackward0")


def _difference(input: Tensor, target: Tensor) -> Tensor:
    """input - target, where one may be truth values, unlike for the operator."""
    try:
        return input - target
    except NotImplementedError:
        kind = promote_types(input.dtype, target.dtype)
        return input.to(kind) - target.to(kind)


def _weighted(loss: Tensor, weight: Tensor | None, reduction: str) -> Tensor:
    if weight is None:
        return reduced(loss, reduction)
    if weight._data.shape != loss._data.shape:
        raise ValueError("Weights and input must have the same size.")
    loss = loss * weight
    if reduction != "mean":
        return reduced(loss, reduction)
    return ops.sum(loss, axis=None, keepdims=False) / ops.sum(weight, axis=None, keepdims=False)


def l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """|input - target|, averaged; see `mse_loss`.

    Examples
    --------
    >>> import autograd
    >>> l1_loss(autograd.tensor([1.0, 2.0]), autograd.tensor([1.0, 4.0]))
    tensor(1.)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    _warn_of_shapes("l1_loss", input, target)
    return _weighted(ops.abs(input - target), weight, reduction)


def smooth_l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Tensor:
    """½ d² / beta for |d| = |input - target| below beta, |d| - ½ beta beyond (Girshick 2015).

    Raises
    ------
    RuntimeError
        If beta is negative.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.smooth_l1_loss(autograd.tensor([0.5, 4.0]), autograd.zeros(2))
    tensor(1.8125)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    _warn_of_shapes("smooth_l1_loss", input, target)
    if beta < 0:
        raise RuntimeError(f"smooth_l1_loss does not support negative values for beta, got {beta}")
    difference = _difference(input, target)
    distance = ops.abs(difference)
    if beta:
        near = difference * difference * (0.5 / beta)
        distance = ops.where(distance < beta, near, distance - 0.5 * beta)
    return named(reduced(distance, reduction), "SmoothL1LossBackward0")


def huber_loss(
    input: Tensor,
    target: Tensor,
    reduction: str = "mean",
    delta: float = 1.0,
    weight: Tensor | None = None,
) -> Tensor:
    """½ d² for |d| = |input - target| up to delta, delta · (|d| - ½ delta) beyond (Huber 1964).

    Raises
    ------
    RuntimeError
        If delta is not positive.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.huber_loss(autograd.tensor([0.5, 4.0]), autograd.zeros(2))
    tensor(1.8125)
    """
    reduction = reduction_of(reduction, None, None)
    if delta <= 0:
        raise RuntimeError(f"huber_loss does not support non-positive values for delta, got {delta}")
    _warn_of_shapes("huber_loss", input, target)
    difference = _difference(input, target)
    distance = ops.abs(difference)
    far = (distance - 0.5 * delta) * delta
    loss = ops.where(distance <= delta, difference * difference * 0.5, far)
    return named(_weighted(loss, weight, reduction), "HuberLossBackward0")


def poisson_nll_loss(
    input: Tensor,
    target: Tensor,
    log_input: bool = True,
    full: bool = False,
    size_average: bool | None = None,
    eps: float = 1e-8,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """The negative log likelihood of counts under a Poisson distribution with mean exp(input).

    Parameters
    ----------
    log_input : False takes `input` as the mean itself
    full : add Stirling's approximation of log target!
    eps : added to `input` before its logarithm is taken

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.poisson_nll_loss(autograd.tensor([0.0, 1.0]), autograd.tensor([1.0, 3.0]))
    tensor(0.3591)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    loss = ops.exp(input) - target * input if log_input else input - target * ops.log(input + eps)
    if full:
        many = target > 1
        safe = ops.where(many, target, 1.0)
        stirling = safe * ops.log(safe) - safe + 0.5 * ops.log(2 * math.pi * safe)
        loss = loss + ops.where(many, stirling, 0.0)
    return reduced(loss, reduction)


def gaussian_nll_loss(
    input: Tensor,
    target: Tensor,
    var: Tensor | float,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Tensor:
    """½ (log var + (input - target)² / var): the negative log likelihood under a normal distribution.

    Parameters
    ----------
    var : of the input's shape, or without its last dim, or with size 1 in one dim, or a number
    full : add the constant ½ log 2π
    eps : the least variance

    Raises
    ------
    ValueError
        If a variance is negative, or the shape of `var` does not fit.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.gaussian_nll_loss(autograd.tensor([0.5]), autograd.tensor([1.0]), var=autograd.tensor([0.25]))
    tensor(-0.1931)
    """
    if isinstance(var, Tensor):
        variance = var
    else:
        if var < 0:
            raise ValueError("var has negative entry/entries")
        variance = ops.full_like(input, value=float(var))
    shape, size = tuple(input._data.shape), tuple(variance._data.shape)
    if size != shape:
        if shape[:-1] == size:
            variance = ops.expand_dims(variance, axis=-1)
        elif len(size) != len(shape) or [n for n, full in zip(size, shape, strict=True) if n != full] != [1]:
            raise ValueError(
                f"var is of incorrect size: {list(size)} for an input of size {list(shape)}; at most one dim may be 1"
            )
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not valid; use 'none', 'mean' or 'sum'")
    if bool(variance.backend.any(variance._data < 0)):
        raise ValueError("var has negative entry/entries")
    # Where the variance is raised to eps, its gradient is that of eps all the same.
    variance = ops.where(variance < eps, variance - variance.detach() + eps, variance)
    loss = 0.5 * (ops.log(variance) + ops.square(input - target) / variance)
    return reduced(loss + 0.5 * math.log(2 * math.pi) if full else loss, reduction)
