"""Losses of classifiers: cross entropy, negative log likelihood, binary cross entropy."""

from __future__ import annotations

import math
from typing import Any

from autograd import Tensor, ops
from autograd.names import named
from nn.functional.common import outside, reduced, reduction_of


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """-log softmax(input)[target]: the loss of a classifier given its logits.

    Parameters
    ----------
    input : (C), (N, C) or (N, C, *)
    target : class numbers (), (N) or (N, *); or class probabilities of `input`'s shape
    weight : (C,), for each class
    ignore_index : a class number that does not count
    reduction : "mean" (weighted by the targets' weights), "sum" or "none"
    label_smoothing : share of the target that is spread over all classes (Szegedy et al. 2016)

    Raises
    ------
    RuntimeError
        If the shapes do not fit each other, or `label_smoothing` is outside [0, 1].
    IndexError
        If a class number is out of range.

    Examples
    --------
    >>> import autograd
    >>> cross_entropy(autograd.tensor([[0.0, 0.0]]), autograd.tensor([1]))
    tensor(0.6931)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    if not 0.0 <= label_smoothing <= 1.0:
        raise RuntimeError(f"cross_entropy: label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing}")
    if not input._data.ndim:
        raise RuntimeError("cross_entropy: expected input of at least 1 dim, the classes, but got a 0-d tensor")
    if target._data.shape == input._data.shape and target.is_floating_point():
        _check_weight("cross_entropy", weight, input)
        return _soft_cross_entropy(input, target, weight, reduction, label_smoothing)
    alone = input._data.ndim == 1
    if alone:
        input, target = ops.expand_dims(input, axis=0), ops.reshape(target, shape=(1, *target._data.shape))
    if label_smoothing:
        scores = ops.log_softmax(input, axis=1)
        counted, picked, safe = _targets("cross_entropy", scores, target, weight, ignore_index)
        loss = -ops.squeeze(ops.pool_at(_classes_last(scores), ops.expand_dims(safe, axis=-1), spatial=1), axis=-1)
        weighted = scores if weight is None else scores * _along_classes(weight, scores)
        smooth = -ops.sum(weighted, axis=1, keepdims=False)
        smooth = ops.where(counted, smooth, 0.0)
        result = _averaged(_masked(loss, counted, picked), counted, picked, reduction) * (1.0 - label_smoothing)
        share = label_smoothing / input._data.shape[1]
        result = result + _averaged(smooth, counted, picked, reduction) * share
    else:
        counted, picked, safe = _targets("cross_entropy", input, target, weight, ignore_index)
        loss, _ = ops.class_cross_entropy(input, safe)
        result = named(_averaged(_masked(loss, counted, picked), counted, picked, reduction), _node_name(input))
    return ops.reshape(result, shape=()) if alone else result


def _node_name(scores: Tensor) -> str:
    return "NllLossBackward0" if scores._data.ndim == 2 else "NllLoss2DBackward0"


def _classes_last(scores: Tensor) -> Tensor:
    ndim = scores._data.ndim
    return ops.permute_dims(scores, axes=(0, *range(2, ndim), 1))


def _along_classes(weight: Tensor, like: Tensor) -> Tensor:
    return ops.reshape(weight, shape=(1, -1, *(1,) * (like._data.ndim - 2)))


def _check_weight(name: str, weight: Tensor | None, input: Tensor) -> None:
    classes = input._data.shape[0 if input._data.ndim == 1 else 1]
    if weight is not None and weight._data.shape != (classes,):
        raise RuntimeError(
            f"{name}: weight tensor should be defined either for all {classes} classes or no classes but got weight "
            f"tensor of shape: {list(weight._data.shape)}"
        )


def _targets(
    name: str, input: Tensor, target: Tensor, weight: Tensor | None, ignore_index: int
) -> tuple[Tensor, Tensor | None, Tensor]:
    """Where targets count, their weights (None: all 1), and class numbers with 0 where they do not count."""
    shape = input._data.shape
    if target._data.shape != (shape[0], *shape[2:]):
        raise ValueError(
            f"{name}: expected target of size {[shape[0], *shape[2:]]} for input of size {list(shape)}, got "
            f"{list(target._data.shape)}"
        )
    if target._data.dtype.kind not in "iu":
        raise RuntimeError(f"{name}: expected class numbers of type int64, but got {target.dtype}; use .long()")
    _check_weight(name, weight, input)
    counted = target != ignore_index
    safe = ops.where(counted, target, 0)
    if outside(safe, shape[1]):
        raise IndexError(f"{name}: a target is out of bounds: there are {shape[1]} classes, numbered from 0")
    picked = None if weight is None else ops.where(counted, ops.at(weight, safe), 0.0)
    return counted, picked, safe


def _masked(loss: Tensor, counted: Tensor, picked: Tensor | None) -> Tensor:
    loss = ops.where(counted, loss, 0.0)
    return loss if picked is None else loss * picked


def _averaged(loss: Tensor, counted: Tensor, picked: Tensor | None, reduction: str) -> Tensor:
    if reduction != "mean":
        return reduced(loss, reduction)
    number = ops.astype(counted, dtype=loss.dtype) if picked is None else picked
    return ops.sum(loss, axis=None, keepdims=False) / ops.sum(number, axis=None, keepdims=False)


def _soft_cross_entropy(
    input: Tensor, target: Tensor, weight: Tensor | None, reduction: str, label_smoothing: float
) -> Tensor:
    """Cross entropy with probabilities as targets; the mean is over samples."""
    axis = 0 if input._data.ndim == 1 else 1
    if label_smoothing:
        target = target * (1.0 - label_smoothing) + label_smoothing / input._data.shape[axis]
    scores = ops.log_softmax(input, axis=axis)
    if weight is not None:
        scores = scores * (_along_classes(weight, scores) if axis else weight)
    loss = -ops.sum(scores * target, axis=axis, keepdims=False)
    if reduction != "mean":
        return reduced(loss, reduction)
    return ops.sum(loss, axis=None, keepdims=False) / float(max(1, math.prod(loss._data.shape)))


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """-input[target]: the negative log likelihood, given log probabilities.

    Parameters
    ----------
    input : (C), (N, C) or (N, C, *)
    target : class numbers (), (N) or (N, *)
    weight : (C,), for each class
    ignore_index : a class number that does not count
    reduction : "mean" (weighted by the targets' weights), "sum" or "none"

    Raises
    ------
    ValueError, RuntimeError
        If the shapes do not fit each other.
    IndexError
        If a class number is out of range.

    Examples
    --------
    >>> import autograd
    >>> nll_loss(autograd.tensor([[-0.5, -1.0]]), autograd.tensor([1]))
    tensor(1.)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    if not input._data.ndim:
        raise RuntimeError("nll_loss: expected input of at least 1 dim, the classes, but got a 0-d tensor")
    alone = input._data.ndim == 1
    if alone:
        input, target = ops.expand_dims(input, axis=0), ops.reshape(target, shape=(-1,))
    counted, picked, safe = _targets("nll_loss", input, target, weight, ignore_index)
    chosen = ops.pool_at(_classes_last(input), ops.expand_dims(safe, axis=-1), spatial=1)
    result = _averaged(_masked(-ops.squeeze(chosen, axis=-1), counted, picked), counted, picked, reduction)
    named(result, _node_name(input))
    return ops.reshape(result, shape=()) if alone else result


def linear_cross_entropy(
    input: Tensor,
    linear_weight: Tensor,
    target: Tensor,
    *,
    linear_bias: Tensor | None = None,
    weight: Tensor | None = None,
    reduction: str = "mean",
    ignore_index: int | None = None,
    label_smoothing: float = 0.0,
    options: Any = None,
) -> Tensor:
    """`cross_entropy` of the logits linear_weight · input + linear_bias.

    Parameters
    ----------
    input : (F) or (N, F)
    linear_weight : (C, F) or (C, *, F)
    target : class numbers (), (N) or (N, *); or class probabilities of the logits' shape, (N, C, *)
    linear_bias : (C) or (C, *)
    options : how PyTorch divides the work to save memory; accepted, the result does not depend on it

    Raises
    ------
    RuntimeError
        If the shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.linear_cross_entropy(autograd.ones(2, 3), autograd.zeros(4, 3), autograd.tensor([0, 3]))
    tensor(1.3863)
    """
    shape, rows = tuple(linear_weight._data.shape), tuple(input._data.shape)
    if len(shape) < 2 or len(rows) not in (1, 2) or rows[-1] != shape[-1] or (len(shape) > 2 and len(rows) == 1):
        raise RuntimeError(
            f"linear_cross_entropy: an input of size {list(rows)} does not fit a linear_weight of size {list(shape)}; "
            "expected (N, F) or (F), and (C, *, F)"
        )
    if ignore_index is not None and target.is_floating_point():
        raise RuntimeError("linear_cross_entropy: ignore_index is not supported for floating point target")
    flat = ops.reshape(linear_weight, shape=(math.prod(shape[:-1]), shape[-1]))
    logits = ops.reshape(ops.matmul(input, ops.matrix_transpose(flat)), shape=(*rows[:-1], *shape[:-1]))
    if linear_bias is not None:
        logits = logits + ops.reshape(
            linear_bias, shape=(*linear_bias._data.shape, *(1,) * (len(shape) - 1 - linear_bias._data.ndim))
        )
    ignored = -100 if ignore_index is None else ignore_index
    return cross_entropy(
        logits, target, weight, ignore_index=ignored, reduction=reduction, label_smoothing=label_smoothing
    )
