"""Scaled dot-product attention."""

from __future__ import annotations

import math

import autograd
from autograd import Tensor, ops
from nn.functional.dropout import dropout


def scaled_dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Tensor:
    """softmax(query · keyᵀ · scale + mask) · value (Vaswani et al. 2017).

    Parameters
    ----------
    query : (*, H, L, E)
    key, value : (*, H', S, E) and (*, H', S, E')
    attn_mask : broadcasts to (*, H, L, S): booleans, true where to attend, or numbers that are added to the scores
    dropout_p : probability with which attention weights are dropped
    is_causal : position i attends to positions up to i only
    scale : by default 1 / √E
    enable_gqa : whether several heads of the query share one of key and value

    Raises
    ------
    RuntimeError
        If shapes or arguments do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> q = autograd.rand(2, 4, 5, 8)  # batch, heads, tokens, features
    >>> F.scaled_dot_product_attention(q, q, q, is_causal=True).shape
    autograd.Size([2, 4, 5, 8])
    """
    shapes = [list(x._data.shape) for x in (query, key, value)]
    if min(map(len, shapes)) < 2:
        raise RuntimeError(f"scaled_dot_product_attention: expected at least 2 dims, got sizes {shapes}")
    if not query.dtype is key.dtype is value.dtype or not query.is_floating_point():
        raise RuntimeError(
            f"scaled_dot_product_attention: expected query, key, and value to have the same floating dtype, but got "
            f"{query.dtype}, {key.dtype}, {value.dtype}"
        )
    if is_causal and attn_mask is not None:
        raise RuntimeError("scaled_dot_product_attention: explicit attn_mask should not be set when is_causal=True")
    if enable_gqa:
        heads = shapes[0][-3]
        key, value = (_repeated(x, heads) for x in (key, value))
    width = shapes[0][-1]
    factor = (1.0 / math.sqrt(width) if width else 1.0) if scale is None else scale
    scores = ops.matmul(query * factor, ops.matrix_transpose(key))
    length, positions = scores._data.shape[-2:]
    alive = None
    if is_causal:
        rows = autograd.arange(length, device=query.device)
        allowed = ops.expand_dims(rows, axis=1) >= autograd.arange(positions, device=query.device)
        scores = ops.where(allowed, scores, -math.inf)
    elif attn_mask is not None:
        if attn_mask.dtype is autograd.bool:
            allowed = attn_mask
            scores = ops.where(attn_mask, scores, -math.inf)
        else:
            allowed = attn_mask != -math.inf
            scores = scores + attn_mask
        alive = autograd.any(allowed, dim=-1, keepdim=True) if positions else None
    if alive is not None:  # a row that may attend to nothing is 0
        scores = ops.where(alive, scores, 0.0)
    weights = ops.softmax(scores, axis=-1)
    if alive is not None:
        weights = ops.where(alive, weights, 0.0)
    if dropout_p > 0.0:
        weights = dropout(weights, dropout_p)
    return ops.matmul(weights, value)


def _repeated(x: Tensor, heads: int) -> Tensor:
    """Each head as often as makes `heads` of them."""
    *lead, count, length, width = x._data.shape
    if heads % count:
        raise RuntimeError(
            f"scaled_dot_product_attention: number of heads in key and value must divide the number of heads in query, "
            f"got {count} and {heads}"
        )
    if heads == count:
        return x
    wide = ops.broadcast_to(ops.expand_dims(x, axis=-3), shape=(*lead, count, heads // count, length, width))
    return ops.reshape(wide, shape=(*lead, heads, length, width))
