"""Distances and similarities between vectors."""

from __future__ import annotations

import autograd
from autograd import Tensor, ops
from autograd.functions.common import axis_of


def _norm(x: Tensor, p: float, keepdim: bool = False, dim: int = -1) -> Tensor:
    axis = axis_of(dim, x._data.ndim) if x._data.ndim else None
    return ops.vector_norm(x, order=float(p), axis=axis, keepdims=keepdim)


def pairwise_distance(x1: Tensor, x2: Tensor, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False) -> Tensor:
    """The p-norm of x1 - x2 + eps over the last dim.

    Examples
    --------
    >>> import autograd
    >>> pairwise_distance(autograd.tensor([[3.0, 4.0]]), autograd.zeros(1, 2))
    tensor([5.0000])
    """
    return _norm(x1 - x2 + eps, p, keepdim)


def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """x1 · x2 / (max(‖x1‖, eps) · max(‖x2‖, eps)) along a dim; the others broadcast.

    Examples
    --------
    >>> import autograd
    >>> cosine_similarity(autograd.tensor([[1.0, 0.0]]), autograd.tensor([[2.0, 0.0]]))
    tensor([1.])
    """
    x1, x2 = autograd.broadcast_tensors(x1, x2)
    first, second = (x / ops.clip_lower(_norm(x, 2.0, True, dim), eps) for x in (x1, x2))
    axis = axis_of(dim, first._data.ndim) if first._data.ndim else None
    return ops.sum(first * second, axis=axis, keepdims=False)


def normalize(input: Tensor, p: float = 2.0, dim: int = 1, eps: float = 1e-12, out: Tensor | None = None) -> Tensor:
    """input / max(‖input‖, eps), with the p-norm along a dim.

    Examples
    --------
    >>> import autograd
    >>> normalize(autograd.tensor([[3.0, 4.0]]))
    tensor([[0.6000, 0.8000]])
    """
    denominator = ops.clip_lower(_norm(input, p, True, dim), eps)
    return input / denominator if out is None else autograd.div(input, denominator, out=out)


def pdist(input: Tensor, p: float = 2.0) -> Tensor:
    """The p-norm distances of all pairs of rows, row by row of the upper triangle: (N, D) to (N (N - 1) / 2).

    Raises
    ------
    RuntimeError
        If the input has other than two dims, or p is negative.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.pdist(autograd.tensor([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]]))
    tensor([ 5., 10.,  5.])
    """
    if input._data.ndim != 2:
        raise RuntimeError(f"pdist only supports 2D tensors, got: {input._data.ndim}D")
    if not input.is_floating_point():
        raise RuntimeError(f"pdist only supports floating-point dtypes, got {input.dtype}")
    if p < 0:
        raise RuntimeError(f"pdist only supports non-negative p values, got {p}")
    rows = input._data.shape[0]
    first, second = autograd.triu_indices(rows, rows, 1, device=input.device)
    return _norm(input[first] - input[second], p)
