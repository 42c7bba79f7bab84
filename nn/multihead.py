"""MultiheadAttention: attention of several heads between learned projections."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor, ops
from nn import functional as F
from nn import init
from nn.linear import NonDynamicallyQuantizableLinear
from nn.module import Module
from nn.parameter import Parameter


class MultiheadAttention(Module):
    """concat(head₁, ..., headₕ) · out_projᵀ, where headᵢ = softmax(qᵢ · kᵢᵀ / √d) · vᵢ (Vaswani et al., 2017).

    Parameters
    ----------
    embed_dim : E, the width of queries and of the output
    num_heads : into how many heads of width d = E / num_heads it is divided
    dropout : probability with which attention weights are dropped in training
    bias : whether the projections add one
    add_bias_kv : whether to add a learned key and value
    add_zero_attn : whether to add a key and value of zeros
    kdim, vdim : widths of keys and values, E by default
    batch_first : whether the batch dim comes before the sequence's
    device, dtype : of the parameters

    Raises
    ------
    ValueError
        If a size is not positive.
    AssertionError
        If `embed_dim` is not divisible by `num_heads`.

    Examples
    --------
    >>> import autograd, nn
    >>> attention = nn.MultiheadAttention(8, 2, batch_first=True)
    >>> x = autograd.ones(3, 5, 8)
    >>> out, weights = attention(x, x, x)
    >>> out.shape, weights.shape
    (autograd.Size([3, 5, 8]), autograd.Size([3, 5, 5]))
    """

    in_proj_weight: Tensor | None
    in_proj_bias: Tensor | None
    q_proj_weight: Tensor | None
    k_proj_weight: Tensor | None
    v_proj_weight: Tensor | None
    bias_k: Tensor | None
    bias_v: Tensor | None

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        add_bias_kv: bool = False,
        add_zero_attn: bool = False,
        kdim: int | None = None,
        vdim: int | None = None,
        batch_first: bool = False,
        device: Any = None,
        dtype: Any = None,
    ):
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(
                f"embed_dim and num_heads must be greater than 0, got embed_dim={embed_dim} and num_heads={num_heads}"
            )
        if embed_dim % num_heads:
            raise AssertionError(f"embed_dim must be divisible by num_heads, got {embed_dim} and {num_heads}")
        super().__init__()
        self.embed_dim, self.num_heads, self.head_dim = embed_dim, num_heads, embed_dim // num_heads
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self._qkv_same_embed_dim = self.kdim == self.vdim == embed_dim
        self.dropout, self.batch_first, self.add_zero_attn = dropout, batch_first, add_zero_attn
        packed = self._qkv_same_embed_dim
        shapes: dict[str, tuple[int, ...] | None] = {
            "q_proj_weight": None if packed else (embed_dim, embed_dim),
            "k_proj_weight": None if packed else (embed_dim, self.kdim),
            "v_proj_weight": None if packed else (embed_dim, self.vdim),
            "in_proj_weight": (3 * embed_dim, embed_dim) if packed else None,
            "in_proj_bias": (3 * embed_dim,) if bias else None,
            "bias_k": (1, 1, embed_dim) if add_bias_kv else None,
            "bias_v": (1, 1, embed_dim) if add_bias_kv else None,
        }
        for name, shape in shapes.items():
            made = None if shape is None else Parameter(autograd.empty(*shape, device=device, dtype=dtype))
            self.register_parameter(name, made)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, device=device, dtype=dtype)
        self._reset_parameters()

    def _reset_parameters(self) -> None:
        """Projections by Glorot and Bengio, biases 0."""
        for weight in (self.in_proj_weight, self.q_proj_weight, self.k_proj_weight, self.v_proj_weight):
            if weight is not None:
                init.xavier_uniform_(weight)
        for bias in (self.in_proj_bias, self.out_proj.bias):
            if bias is not None:
                init.zeros_(bias)
        for bias in (self.bias_k, self.bias_v):
            if bias is not None:
                init.xavier_normal_(bias)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: bool = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """Attend from each query to all keys.

        Parameters
        ----------
        query, key, value : (L, N, E), (S, N, kdim), (S, N, vdim); (N, L, E), ... with `batch_first`; or without N
        key_padding_mask : (N, S), true where a key is to be ignored, or numbers that are added to the scores
        need_weights : whether to return the weights; without, the product may be computed with less memory
        attn_mask : (L, S) or (N · num_heads, L, S), true where not to attend, or numbers that are added
        average_attn_weights : whether the weights are the mean over heads (N, L, S), or all (N, num_heads, L, S)
        is_causal : a hint that `attn_mask` is the causal one

        Returns
        -------
        The output, shaped as the query, and the weights or None.

        Raises
        ------
        RuntimeError, AssertionError
            If shapes or arguments do not fit each other.
        """
        turns = self.batch_first and query.ndim == 3
        if turns:
            query, key, value = (ops.permute_dims(x, axes=(1, 0, 2)) for x in (query, key, value))
        out, weights = F.multi_head_attention_forward(
            query, key, value, self.embed_dim, self.num_heads, self.in_proj_weight, self.in_proj_bias, self.bias_k,
            self.bias_v, self.add_zero_attn, self.dropout, self.out_proj.weight, self.out_proj.bias, self.training,
            key_padding_mask, need_weights, attn_mask, not self._qkv_same_embed_dim, self.q_proj_weight,
            self.k_proj_weight, self.v_proj_weight, average_attn_weights=average_attn_weights, is_causal=is_causal,
        )  # fmt: skip
        return (ops.permute_dims(out, axes=(1, 0, 2)) if turns else out), weights
