"""The layers of a transformer: attention and a feed-forward network, each with a residual and a normalization."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd import Tensor
from nn import functional as F
from nn.dropout import Dropout
from nn.linear import Linear
from nn.module import Module
from nn.multihead import MultiheadAttention
from nn.normalization import LayerNorm

Activation = str | Callable[[Tensor], Tensor]


class _TransformerLayer(Module):
    """What the layers of encoder and decoder share: the attentions that they name, and the feed-forward network."""

    attentions: tuple[str, ...] = ()

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: Activation = F.relu,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ):
        super().__init__()
        for name in self.attentions:
            attention = MultiheadAttention(
                d_model, nhead, dropout, bias, batch_first=batch_first, device=device, dtype=dtype
            )
            setattr(self, name, attention)
        self.linear1 = Linear(d_model, dim_feedforward, bias, device, dtype)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, bias, device, dtype)
        self.norm_first = norm_first
        parts = range(1, len(self.attentions) + 2)
        for part in parts:
            setattr(self, f"norm{part}", LayerNorm(d_model, layer_norm_eps, bias=bias, device=device, dtype=dtype))
        for part in parts:
            setattr(self, f"dropout{part}", Dropout(dropout))
        self.activation = _get_activation_fn(activation)

    def _add(self, part: int, x: Tensor, computed: Callable[[Tensor], Tensor]) -> Tensor:
        """A part with its residual, dropout and normalization."""
        norm, dropout = getattr(self, f"norm{part}"), getattr(self, f"dropout{part}")
        if self.norm_first:
            return x + dropout(computed(norm(x)))
        return norm(x + dropout(computed(x)))

    def _feed_forward(self, x: Tensor) -> Tensor:
        return self.linear2(self.dropout(self.activation(self.linear1(x))))


def _get_activation_fn(activation: Activation) -> Callable[[Tensor], Tensor]:
    """A function, or the one of that name."""
    if not isinstance(activation, str):
        return activation
    if activation not in ("relu", "gelu"):
        raise RuntimeError(f"activation should be relu/gelu, not {activation}; or give a function")
    return F.relu if activation == "relu" else F.gelu


class TransformerEncoderLayer(_TransformerLayer):
    """x = norm1(x + attention(x)); norm2(x + feed_forward(x)) (Vaswani et al., 2017).

    Parameters
    ----------
    d_model : the width of input and output
    nhead : heads of the attention
    dim_feedforward : the inner width of the feed-forward network
    dropout : probability of dropping, in training
    activation : of the feed-forward network: "relu", "gelu" or a function
    layer_norm_eps : added to the variance in normalizations
    batch_first : whether inputs are (N, L, E) rather than (L, N, E)
    norm_first : whether to normalize the input of each part, rather than the sum with its output
    bias : whether linear maps and normalizations add one
    device, dtype : of the parameters

    Raises
    ------
    RuntimeError
        If the activation has another name.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)(autograd.ones(3, 5, 8)).shape
    autograd.Size([3, 5, 8])
    """

    attentions = ("self_attn",)

    def forward(
        self,
        src: Tensor,
        src_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool = False,
    ) -> Tensor:
        """Encode a sequence (L, N, E), (N, L, E) with `batch_first`, or (L, E).

        Parameters
        ----------
        src_mask : (L, L) or (N · nhead, L, L), true where not to attend, or numbers that are added to the scores
        src_key_padding_mask : (N, L), true where an element is to be ignored, or numbers that are added
        is_causal : a hint that `src_mask` is the causal one
        """
        x = self._add(1, src, lambda x: _attend(self.self_attn, x, x, src_mask, src_key_padding_mask, is_causal))
        return self._add(2, x, self._feed_forward)


class TransformerDecoderLayer(_TransformerLayer):
    """x = norm1(x + attention(x)); x = norm2(x + attention(x, memory)); norm3(x + feed_forward(x)).

    From Vaswani et al., 2017.

    Parameters
    ----------
    d_model : the width of input and output
    nhead : heads of the attention
    dim_feedforward : the inner width of the feed-forward network
    dropout : probability of dropping, in training
    activation : of the feed-forward network: "relu", "gelu" or a function
    layer_norm_eps : added to the variance in normalizations
    batch_first : whether inputs are (N, L, E) rather than (L, N, E)
    norm_first : whether to normalize the input of each part, rather than the sum with its output
    bias : whether linear maps and normalizations add one
    device, dtype : of the parameters

    Raises
    ------
    RuntimeError
        If the activation has another name.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.TransformerDecoderLayer(8, 2, 16)(autograd.ones(4, 3, 8), autograd.ones(5, 3, 8)).shape
    autograd.Size([4, 3, 8])
    """

    attentions = ("self_attn", "multihead_attn")

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool = False,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Decode a sequence (T, N, E), (N, T, E) with `batch_first`, or (T, E), looking at the encoder's output.

        Parameters
        ----------
        memory : the encoder's output, S in place of T
        tgt_mask, memory_mask : (T, T) and (T, S), or one for each of N · nhead; true where not to attend, or numbers
            that are added to the scores
        tgt_key_padding_mask, memory_key_padding_mask : (N, T) and (N, S), true where an element is to be ignored
        tgt_is_causal, memory_is_causal : hints that the mask is the causal one
        """
        x = self._add(1, tgt, lambda x: _attend(self.self_attn, x, x, tgt_mask, tgt_key_padding_mask, tgt_is_causal))
        x = self._add(
            2, x,
            lambda x: _attend(self.multihead_attn, x, memory, memory_mask, memory_key_padding_mask, memory_is_causal),
        )  # fmt: skip
        return self._add(3, x, self._feed_forward)


def _attend(
    attention: Module, x: Tensor, to: Tensor, mask: Tensor | None, padding: Tensor | None, is_causal: bool
) -> Tensor:
    return attention(x, to, to, key_padding_mask=padding, need_weights=False, attn_mask=mask, is_causal=is_causal)[0]
