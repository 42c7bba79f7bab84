"""Losses between probabilities: binary cross entropy, its multi-label mean, Kullback-Leibler divergence."""

from __future__ import annotations

import warnings

from autograd import Tensor, ops
from autograd.names import named
from nn.functional.common import reduced, reduction_of


def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """-(target · log input + (1 - target) · log(1 - input)), with logarithms of at least -100.

    Parameters
    ----------
    input, target : probabilities, of one shape
    weight : factor for each element; broadcasts

    Raises
    ------
    ValueError
        If the shapes differ.
    RuntimeError
        If the input leaves [0, 1].

    Examples
    --------
    >>> import autograd
    >>> binary_cross_entropy(autograd.tensor([0.5]), autograd.tensor([1.0]))
    tensor(0.6931)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    if target._data.shape != input._data.shape:
        raise ValueError(
            f"Using a target size ({list(target._data.shape)}) that is different to the input size "
            f"({list(input._data.shape)}) is deprecated. Please ensure they have the same size."
        )
    raw = input._data
    if input.backend.device.type == "cpu" and bool(input.backend.any((raw < 0) | (raw > 1))):
        raise RuntimeError("binary_cross_entropy: all elements of input should be between 0 and 1")
    loss = ops.binary_entropy(input, target)
    return named(reduced(loss if weight is None else loss * weight, reduction), "BinaryCrossEntropyBackward0")


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """`binary_cross_entropy` of sigmoid(input), computed from the logits without overflow.

    Parameters
    ----------
    input, target : logits and probabilities, of one shape
    weight : factor for each element; broadcasts
    pos_weight : factor for the positive part; broadcasts

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import autograd
    >>> binary_cross_entropy_with_logits(autograd.tensor([0.0]), autograd.tensor([1.0]))
    tensor(0.6931)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    if target._data.shape != input._data.shape:
        raise ValueError(
            f"Target size ({list(target._data.shape)}) must be the same as input size ({list(input._data.shape)})"
        )
    tail = ops.log_sigmoid(input)
    if pos_weight is not None:
        tail = tail * ((pos_weight - 1) * target + 1)
    loss = (1 - target) * input - tail
    loss = reduced(loss if weight is None else loss * weight, reduction)
    return named(loss, "BinaryCrossEntropyWithLogitsBackward0")


def multilabel_soft_margin_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """The mean over the classes, the last dim, of binary cross entropy with logits.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.multilabel_soft_margin_loss(autograd.tensor([[2.0, -1.0]]), autograd.tensor([[1.0, 0.0]]))
    tensor(0.2201)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    loss = -(target * ops.log_sigmoid(input) + (1 - target) * ops.log_sigmoid(-input))
    if weight is not None:
        loss = loss * weight
    return reduced(ops.sum(loss, axis=-1, keepdims=False) / float(input._data.shape[-1]), reduction)


def soft_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """log(1 + exp(-target · input)) for targets 1 and -1.

    Examples
    --------
    >>> import autograd
    >>> soft_margin_loss(autograd.tensor([0.0]), autograd.tensor([1.0]))
    tensor(0.6931)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    return reduced(-ops.log_sigmoid(target * input), reduction)


def kl_div(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    """The Kullback-Leibler divergence target · (log target - input), where `input` holds log probabilities.

    Parameters
    ----------
    reduction : "batchmean" (the sum over the size of dim 0: the mathematical definition), "mean", "sum" or "none"
    log_target : whether `target` holds log probabilities, too

    Examples
    --------
    >>> import autograd
    >>> kl_div(autograd.tensor([[0.0]]), autograd.tensor([[1.0]]), reduction="batchmean")
    tensor(0.)
    """
    by_batch = reduction == "batchmean"
    if not by_batch:
        if reduction == "mean" and size_average is None and reduce is None:
            warnings.warn(
                "reduction: 'mean' divides the total loss by both the batch size and the support size. 'batchmean' "
                "divides only by the batch size, and aligns with the KL div math definition.",
                stacklevel=2,
            )
        reduction = reduction_of(reduction, size_average, reduce)
    if log_target:
        loss = ops.exp(target) * (target - input)
    else:
        loss = ops.xlogy(target, target) - target * input
    if by_batch:
        return reduced(loss, "sum") / float(input._data.shape[0] if input._data.ndim else 1)
    return reduced(loss, reduction)
