"""Losses between numbers: squared, absolute, and between the two."""

from __future__ import annotations

import warnings

from autograd import Tensor, ops
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
    return _weighted(ops.square(input - target), weight, reduction)


def _weighted(loss: Tensor, weight: Tensor | None, reduction: str) -> Tensor:
    if weight is None:
        return reduced(loss, reduction)
    if weight._data.shape != loss._data.shape:
        raise ValueError("Weights and input must have the same size.")
    loss = loss * weight
    if reduction != "mean":
        return reduced(loss, reduction)
    return ops.sum(loss, axis=None, keepdims=False) / ops.sum(weight, axis=None, keepdims=False)
