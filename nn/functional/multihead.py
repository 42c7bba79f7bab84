"""Multi-head attention with its projections, as one function."""

from __future__ import annotations

import math

import autograd
from autograd import Tensor, ops
from nn.functional.attention import scaled_dot_product_attention
from nn.functional.dropout import dropout
from nn.functional.linear import linear


def multi_head_attention_forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    embed_dim_to_check: int,
    num_heads: int,
    in_proj_weight: Tensor | None,
    in_proj_bias: Tensor | None,
    bias_k: Tensor | None,
    bias_v: Tensor | None,
    add_zero_attn: bool,
    dropout_p: float,
    out_proj_weight: Tensor,
    out_proj_bias: Tensor | None,
    training: bool = True,
    key_padding_mask: Tensor | None = None,
    need_weights: bool = True,
    attn_mask: Tensor | None = None,
    use_separate_proj_weight: bool = False,
    q_proj_weight: Tensor | None = None,
    k_proj_weight: Tensor | None = None,
    v_proj_weight: Tensor | None = None,
    static_k: Tensor | None = None,
    static_v: Tensor | None = None,
    average_attn_weights: bool = True,
    is_causal: bool = False,
) -> tuple[Tensor, Tensor | None]:
    """Attention of several heads between its input and output projections (Vaswani et al. 2017).

    Parameters
    ----------
    query, key, value : (L, N, E), (S, N, E'), (S, N, E''); or all without N
    embed_dim_to_check : E
    in_proj_weight : (3 E, E), unless `use_separate_proj_weight`: then three weights (E, *)
    bias_k, bias_v : (1, 1, E), one more key and value
    add_zero_attn : whether to add a key and value of zeros
    key_padding_mask : (N, S), true where a key is to be ignored, or numbers that are added
    need_weights : whether to return the attention weights, too: (N, L, S) averaged over heads, else (N, heads, L, S)
    attn_mask : (L, S) or (N · heads, L, S), true where not to attend, or numbers that are added
    static_k, static_v : (N · heads, S, E / heads), in place of the projected key and value
    is_causal : a hint that `attn_mask` is the causal one

    Raises
    ------
    RuntimeError, AssertionError
        If shapes or arguments do not fit each other.
    """
    batched = query._data.ndim == 3
    _check(query, key, value, batched, key_padding_mask, attn_mask, num_heads)
    if is_causal and attn_mask is None:
        raise RuntimeError("Need attn_mask if specifying the is_causal hint.")
    if not batched:
        query, key, value = (ops.expand_dims(x, axis=1) for x in (query, key, value))
        if key_padding_mask is not None:
            key_padding_mask = ops.expand_dims(key_padding_mask, axis=0)
    length, batch, width = query._data.shape
    if width != embed_dim_to_check:
        raise AssertionError(f"was expecting embedding dimension of {embed_dim_to_check}, but got {width}")
    if width % num_heads:
        raise AssertionError(f"embed_dim {width} not divisible by num_heads {num_heads}")
    weights = (
        (q_proj_weight, k_proj_weight, v_proj_weight) if use_separate_proj_weight else _thirds(in_proj_weight, width)
    )
    biases = _thirds(in_proj_bias, width)
    q, k, v = (
        linear(x, weight, bias)  # type: ignore[arg-type]
        for x, weight, bias in zip((query, key, value), weights, biases, strict=True)
    )
    extra = 0
    if bias_k is not None and bias_v is not None:
        k, v = (autograd.cat((x, ops.broadcast_to(b, shape=(1, batch, width)))) for x, b in ((k, bias_k), (v, bias_v)))
        extra += 1
    size = width // num_heads

    def by_head(x: Tensor) -> Tensor:
        return ops.permute_dims(ops.reshape(x, shape=(-1, batch, num_heads, size)), axes=(1, 2, 0, 3))

    q = by_head(q)
    k, v = (
        by_head(x) if static is None else ops.reshape(static, shape=(batch, num_heads, -1, size))
        for x, static in ((k, static_k), (v, static_v))
    )
    if add_zero_attn:
        nothing = autograd.zeros(batch, num_heads, 1, size, dtype=k.dtype, device=k.device)
        k, v = (autograd.cat((x, nothing), dim=2) for x in (k, v))
        extra += 1
    # The causal mask alone needs no array: with the hint, the product makes do without.
    bare = is_causal and key_padding_mask is None and not need_weights and not extra
    mask = None if bare else _mask(attn_mask, key_padding_mask, batch, num_heads, q, extra)
    p = dropout_p if training else 0.0
    if need_weights:
        scores = ops.matmul(q * (1.0 / math.sqrt(size)), ops.matrix_transpose(k))
        attention = dropout(ops.softmax(scores if mask is None else scores + mask, axis=-1), p)
        mixed = ops.matmul(attention, v)
    else:
        mixed = scaled_dot_product_attention(q, k, v, mask, p, is_causal=bare)
    joined = ops.reshape(ops.permute_dims(mixed, axes=(2, 0, 1, 3)), shape=(length, batch, width))
    out = linear(joined, out_proj_weight, out_proj_bias)
    if not batched:
        out = ops.squeeze(out, axis=1)
    if not need_weights:
        return out, None
    if average_attn_weights:
        attention = ops.sum(attention, axis=1, keepdims=False) / float(num_heads)
    return out, attention if batched else ops.squeeze(attention, axis=0)


def _thirds(packed: Tensor | None, width: int) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
    """The parts of a packed parameter that belong to query, key and value."""
    if packed is None:
        return None, None, None
    return packed[:width], packed[width : 2 * width], packed[2 * width :]


def _check(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    batched: bool,
    key_padding_mask: Tensor | None,
    attn_mask: Tensor | None,
    num_heads: int,
) -> None:
    ndim = query._data.ndim
    if ndim not in (2, 3):
        raise AssertionError(f"query should be unbatched 2D or batched 3D tensor but received {ndim}-D query tensor")
    if key._data.ndim != ndim or value._data.ndim != ndim:
        raise AssertionError(f"expected key and value to be {ndim}-D, but got {key._data.ndim}-D, {value._data.ndim}-D")
    if key._data.shape[:-1] != value._data.shape[:-1]:
        raise AssertionError(
            f"key's sequence and batch dims {list(key._data.shape[:-1])} do not match value's "
            f"{list(value._data.shape[:-1])}"
        )
    if key_padding_mask is not None and key_padding_mask._data.ndim != ndim - 1:
        raise AssertionError(f"expected key_padding_mask to be {ndim - 1}-D, got {key_padding_mask._data.ndim}-D")
    if attn_mask is not None:
        batch = query._data.shape[1] if batched else 1
        flat = (query._data.shape[0], key._data.shape[0])
        if attn_mask._data.shape not in (flat, (batch * num_heads, *flat)):
            raise RuntimeError(
                f"The shape of the attn_mask is {list(attn_mask._data.shape)}, but should be {list(flat)} or "
                f"{[batch * num_heads, *flat]}"
            )


def _additive(mask: Tensor, like: Tensor, name: str) -> Tensor:
    """A mask as numbers to add: -inf where a boolean one is true."""
    if mask.dtype is autograd.bool:
        return ops.where(mask, -math.inf, autograd.zeros((), dtype=like.dtype, device=like.device))
    if not mask.is_floating_point():
        raise AssertionError(f"only bool and floating types of {name} are supported, got {mask.dtype}")
    return mask


def _mask(
    attn_mask: Tensor | None, padding: Tensor | None, batch: int, num_heads: int, like: Tensor, extra: int
) -> Tensor | None:
    """Both masks as one to add to the scores, with `extra` keys at the end that all attend to."""
    total: Tensor | None = None
    if attn_mask is not None:
        total = _additive(attn_mask, like, "attn_mask")
        if total._data.ndim == 3:
            total = ops.reshape(total, shape=(batch, num_heads, *total._data.shape[1:]))
        else:
            total = ops.reshape(total, shape=(1, 1, *total._data.shape))
    if padding is not None:
        keys = _additive(padding, like, "key_padding_mask")
        keys = ops.reshape(keys, shape=(batch, 1, 1, keys._data.shape[1]))
        total = keys if total is None else total + keys
    if total is not None and extra:
        shape = (*total._data.shape[:-1], extra)
        total = autograd.cat((total, autograd.zeros(*shape, dtype=total.dtype, device=total.device)), dim=3)
    return total
