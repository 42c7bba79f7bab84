"""Losses that want a margin: between classes, pairs and triplets."""

from __future__ import annotations

from collections.abc import Callable

import autograd
from autograd import Tensor, ops
from nn.functional.common import outside, reduced, reduction_of
from nn.functional.distance import pairwise_distance


def _at_least_zero(x: Tensor) -> Tensor:
    return ops.clip_lower(x, 0.0)


def margin_ranking_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """max(0, -target · (input1 - input2) + margin): target 1 ranks the first higher, -1 the second.

    Raises
    ------
    RuntimeError
        If the numbers of dims differ.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.margin_ranking_loss(autograd.tensor([1.0]), autograd.tensor([0.75]), autograd.tensor([1.0]), margin=0.5)
    tensor(0.2500)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    if not input1._data.ndim == input2._data.ndim == target._data.ndim:
        raise RuntimeError(
            f"margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: "
            f"{list(input1._data.shape)}, input2: {list(input2._data.shape)}, target: {list(target._data.shape)} "
        )
    return reduced(_at_least_zero(-target * (input1 - input2) + margin), reduction)


def hinge_embedding_loss(
    input: Tensor,
    target: Tensor,
    margin: float = 1.0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """The input where target is 1, max(0, margin - input) where it is -1.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.hinge_embedding_loss(autograd.tensor([0.5, 0.25]), autograd.tensor([1.0, -1.0]))
    tensor(0.6250)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    far = ops.where(target != 1, _at_least_zero(margin - input), 0.0)
    return reduced(far + ops.where(target != -1, input, 0.0), reduction)


def cosine_embedding_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """1 - cos(input1, input2) where target is 1, max(0, cos - margin) where it is -1.

    Parameters
    ----------
    input1, input2 : (N, D) or (D)
    target : (N) or ()

    Raises
    ------
    RuntimeError
        If the shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> a, b = autograd.tensor([[1.0, 0.0]]), autograd.tensor([[1.0, 1.0]])
    >>> F.cosine_embedding_loss(a, b, autograd.tensor([1.0]))
    tensor(0.2929)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    ndim = target._data.ndim
    if ndim not in (0, 1) or not input1._data.ndim == input2._data.ndim == ndim + 1:
        raise RuntimeError(
            f"cosine_embedding_loss: a {ndim}D target expects {ndim + 1}D input tensors (of at most 2D), but found "
            f"sizes {list(input1._data.shape)} and {list(input2._data.shape)}"
        )

    def dot(x: Tensor, y: Tensor) -> Tensor:
        return ops.sum(x * y, axis=-1, keepdims=False)

    eps = 1e-12
    cosine = dot(input1, input2) / ops.sqrt((dot(input1, input1) + eps) * (dot(input2, input2) + eps))
    alike = ops.where(target == 1, 1.0 - cosine, 0.0)
    return reduced(alike + ops.where(target == -1, _at_least_zero(cosine - margin), 0.0), reduction)


def triplet_margin_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """max(0, d(anchor, positive) - d(anchor, negative) + margin), d the p-norm distance.

    Parameters
    ----------
    anchor, positive, negative : (N, D) or (D)
    swap : take d(positive, negative) where it is smaller (Balntas et al. 2016)

    Raises
    ------
    ValueError
        If the margin is not positive.
    RuntimeError
        If the numbers of dims differ.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> anchor, positive, negative = autograd.tensor([[0.0]]), autograd.tensor([[1.0]]), autograd.tensor([[1.5]])
    >>> F.triplet_margin_loss(anchor, positive, negative)
    tensor(0.5000)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    return _triplet(
        "triplet_margin_loss", anchor, positive, negative, lambda x, y: pairwise_distance(x, y, p, eps), margin, swap,
        reduction,
    )  # fmt: skip


def triplet_margin_with_distance_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    distance_function: Callable[[Tensor, Tensor], Tensor] | None = None,
    margin: float = 1.0,
    swap: bool = False,
    reduction: str = "mean",
) -> Tensor:
    """`triplet_margin_loss` with a distance of one's own; by default `pairwise_distance`.

    Raises
    ------
    ValueError
        If the margin is not positive, or the reduction unknown.
    RuntimeError
        If the numbers of dims differ.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> anchor, positive, negative = autograd.tensor([[0.0]]), autograd.tensor([[1.0]]), autograd.tensor([[1.5]])
    >>> F.triplet_margin_with_distance_loss(anchor, positive, negative, distance_function=F.pairwise_distance)
    tensor(0.5000)
    """
    reduction = reduction_of(reduction, None, None)
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    distance = pairwise_distance if distance_function is None else distance_function
    return _triplet("triplet_margin_with_distance_loss", anchor, positive, negative, distance, margin, swap, reduction)


def _triplet(
    name: str,
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    distance: Callable[[Tensor, Tensor], Tensor],
    margin: float,
    swap: bool,
    reduction: str,
) -> Tensor:
    if not anchor._data.ndim == positive._data.ndim == negative._data.ndim:
        raise RuntimeError(
            f"{name}: the anchor, positive, and negative tensors are expected to have the same number of dimensions, "
            f"but got: anchor {anchor._data.ndim}D, positive {positive._data.ndim}D, and negative "
            f"{negative._data.ndim}D inputs"
        )
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = ops.minimum(far, distance(positive, negative))
    return reduced(_at_least_zero(margin + near - far), reduction)


def multi_margin_loss(
    input: Tensor,
    target: Tensor,
    p: int = 1,
    margin: float = 1.0,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """The mean over classes j ≠ target of max(0, margin - input[target] + input[j])^p.

    Parameters
    ----------
    input : (N, C) or (C)
    target : class numbers (N) or ()
    p : 1 or 2
    weight : (C,), for each class

    Raises
    ------
    ValueError
        If `p` is neither 1 nor 2.
    RuntimeError
        If the shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.multi_margin_loss(autograd.tensor([[0.1, 0.2, 0.4, 0.8]]), autograd.tensor([3]))
    tensor(0.3250)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    if p not in (1, 2):
        raise ValueError("only p == 1 and p == 2 supported")
    shape = input._data.shape
    alone = len(shape) < 2
    scores = ops.reshape(input, shape=(1, -1)) if alone else input
    classes = scores._data.shape[1] if len(shape) < 3 else 0
    if not classes or target._data.ndim > 1 or target._data.size != scores._data.shape[0]:
        raise RuntimeError(
            f"multi_margin_loss: inconsistent target size {list(target._data.shape)} for input of size {list(shape)}; "
            "expected a non-empty (N, C) or (C) input and one class number for each sample"
        )
    if weight is not None and weight._data.shape != (classes,):
        raise RuntimeError(f"multi_margin_loss: inconsistent weight size, expected {classes} but got {weight.shape}")
    number = ops.reshape(target, shape=(-1,))
    if outside(number, classes):
        raise RuntimeError(f"multi_margin_loss: target out of range, there are {classes} classes")
    chosen = ops.pool_at(scores, ops.expand_dims(number, axis=1), spatial=1)
    short = _at_least_zero(margin - chosen + scores)
    if p == 2:
        short = short * short
    if weight is not None:
        short = short * ops.expand_dims(ops.at(weight, number), axis=1)
    short = ops.where(ops.one_hot_like(scores, number), 0.0, short)
    loss = ops.sum(short, axis=1, keepdims=False) / float(classes)
    return reduced(ops.reshape(loss, shape=target._data.shape) if alone else loss, reduction)


def multilabel_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Σ max(0, 1 - input[j] + input[i]) / C over the targets j and the classes i that are none.

    Parameters
    ----------
    input : (N, C) or (C)
    target : class numbers of the same shape; in each row those before the first negative one count

    Raises
    ------
    RuntimeError
        If the shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.multilabel_margin_loss(autograd.tensor([[0.1, 0.2, 0.4, 0.8]]), autograd.tensor([[3, 0, -1, 1]]))
    tensor(0.8500)
    """
    reduction = reduction_of(reduction, size_average, reduce)
    shape = input._data.shape
    if tuple(target._data.shape) != tuple(shape) or len(shape) > 2 or (len(shape) and 0 in shape[-1:]):
        raise RuntimeError(
            f"multilabel_margin_loss: inconsistent target size: {list(target._data.shape)} for input of size: "
            f"{list(shape)}; both must be (N, C) or (C)"
        )
    scores, numbers = (ops.reshape(x, shape=(-1, shape[-1] if shape else 1)) for x in (input, target))
    classes = scores._data.shape[1]
    if outside(numbers + 1, classes + 1):
        raise RuntimeError(f"multilabel_margin_loss: target out of range, there are {classes} classes")
    listed = autograd.cumsum(ops.astype(numbers < 0, dtype=autograd.int64), dim=1) == 0  # before the first -1
    safe = ops.where(listed, numbers, 0)
    chosen = ops.pool_at(scores, safe, spatial=1)
    marks = ops.unpool_add(ops.astype(listed, dtype=scores.dtype), safe, sizes=(classes,))
    short = _at_least_zero(1.0 - ops.expand_dims(chosen, axis=2) + ops.expand_dims(scores, axis=1))
    pairs = ops.expand_dims(listed, axis=2) & ops.expand_dims(marks == 0, axis=1)
    loss = ops.sum(ops.where(pairs, short, 0.0), axis=(1, 2), keepdims=False) / float(classes)
    return reduced(loss if len(shape) == 2 else ops.reshape(loss, shape=()), reduction)
