"""Transformers: stacks of encoder and decoder layers."""

from __future__ import annotations

import copy
import math
from typing import Any

import autograd
from autograd import Tensor
from nn import functional as F
from nn import init
from nn.container import ModuleList
from nn.module import Module
from nn.normalization import LayerNorm
from nn.transformer_layers import Activation, TransformerDecoderLayer, TransformerEncoderLayer


def _causal_mask(size: int, device: Any = None, dtype: Any = None) -> Tensor:
    """-inf above the diagonal, 0 elsewhere."""
    return autograd.triu(autograd.full((size, size), -math.inf, device=device, dtype=dtype), 1)


def _is_causal(mask: Tensor | None, hint: bool | None) -> bool:
    """Whether a mask is the causal one: what the hint says, or without one what the mask holds."""
    if hint is not None or mask is None:
        return bool(hint)
    rows, columns = mask.shape[-2:]
    if rows != columns or mask.dtype is autograd.bool:
        return False
    return bool((mask == _causal_mask(rows, mask.device, mask.dtype)).all())


def _get_clones(module: Module, N: int) -> ModuleList:
    """So many copies; programs that write their own stacks import it."""
    return ModuleList([copy.deepcopy(module) for _ in range(N)])


class _Stack(Module):
    """Copies of a layer, one after the other, and maybe a normalization."""

    norm: Module | None

    def _fill(self, layer: Module, num_layers: int, norm: Module | None) -> None:
        self.layers = _get_clones(layer, num_layers)
        self.num_layers, self.norm = num_layers, norm

    def _through(self, x: Tensor, *others: Tensor, **options: Any) -> Tensor:
        for layer in self.layers:
            x = layer(x, *others, **options)
        return x if self.norm is None else self.norm(x)


class TransformerEncoder(_Stack):
    """Encoder layers, one after the other.

    Parameters
    ----------
    encoder_layer : copied `num_layers` times, with its initial values
    num_layers : how many
    norm : applied to the output
    enable_nested_tensor, mask_check : accepted, and without effect: padding is computed along

    Examples
    --------
    >>> import autograd, nn
    >>> encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), num_layers=2)
    >>> encoder(autograd.ones(5, 3, 8)).shape
    autograd.Size([5, 3, 8])
    """

    def __init__(
        self,
        encoder_layer: Module,
        num_layers: int,
        norm: Module | None = None,
        enable_nested_tensor: bool = True,
        mask_check: bool = True,
    ):
        super().__init__()
        self._fill(encoder_layer, num_layers, norm)
        self.enable_nested_tensor, self.mask_check = enable_nested_tensor, mask_check

    def forward(
        self,
        src: Tensor,
        mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool | None = None,
    ) -> Tensor:
        """Encode a sequence (L, N, E), (N, L, E) with layers that are `batch_first`, or (L, E).

        Parameters
        ----------
        mask : (L, L) or (N · nhead, L, L), true where not to attend, or numbers that are added to the scores
        src_key_padding_mask : (N, L), true where an element is to be ignored, or numbers that are added
        is_causal : a hint that `mask` is the causal one; None: look
        """
        return self._through(
            src, src_mask=mask, src_key_padding_mask=src_key_padding_mask, is_causal=_is_causal(mask, is_causal)
        )


class TransformerDecoder(_Stack):
    """Decoder layers, one after the other, each looking at the encoder's output.

    Parameters
    ----------
    decoder_layer : copied `num_layers` times, with its initial values
    num_layers : how many
    norm : applied to the output

    Examples
    --------
    >>> import autograd, nn
    >>> decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 2, 16), num_layers=2)
    >>> decoder(autograd.ones(4, 3, 8), autograd.ones(5, 3, 8)).shape
    autograd.Size([4, 3, 8])
    """

    def __init__(self, decoder_layer: Module, num_layers: int, norm: Module | None = None):
        super().__init__()
        self._fill(decoder_layer, num_layers, norm)

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Decode a sequence (T, N, E), (N, T, E) with layers that are `batch_first`, or (T, E).

        Parameters
        ----------
        memory : the encoder's output, S in place of T
        tgt_mask, memory_mask : (T, T) and (T, S), or one for each of N · nhead; true where not to attend, or numbers
            that are added to the scores
        tgt_key_padding_mask, memory_key_padding_mask : (N, T) and (N, S), true where an element is to be ignored
        tgt_is_causal : a hint that `tgt_mask` is the causal one; None: look
        memory_is_causal : a hint that `memory_mask` is the causal one
        """
        return self._through(
            tgt, memory, tgt_mask=tgt_mask, memory_mask=memory_mask, tgt_key_padding_mask=tgt_key_padding_mask,
            memory_key_padding_mask=memory_key_padding_mask, tgt_is_causal=_is_causal(tgt_mask, tgt_is_causal),
            memory_is_causal=memory_is_causal,
        )  # fmt: skip


class Transformer(Module):
    """An encoder of the source and a decoder of the target that looks at what it makes (Vaswani et al., 2017).

    Parameters
    ----------
    d_model : E, the width of inputs and output
    nhead : heads of each attention
    num_encoder_layers, num_decoder_layers : how many of each
    dim_feedforward : the inner width of feed-forward networks
    dropout : probability of dropping, in training
    activation : of feed-forward networks: "relu", "gelu" or a function
    custom_encoder, custom_decoder : modules to use in place of the stacks
    layer_norm_eps : added to the variance in normalizations
    batch_first : whether inputs are (N, L, E) rather than (L, N, E)
    norm_first : whether to normalize the input of each part, rather than the sum with its output
    bias : whether linear maps and normalizations add one
    device, dtype : of the parameters

    Examples
    --------
    >>> import autograd, nn
    >>> model = nn.Transformer(8, 2, num_encoder_layers=1, num_decoder_layers=1, dim_feedforward=16)
    >>> mask = model.generate_square_subsequent_mask(4)
    >>> model(autograd.ones(5, 3, 8), autograd.ones(4, 3, 8), tgt_mask=mask).shape
    autograd.Size([4, 3, 8])
    """

    def __init__(
        self,
        d_model: int = 512,
        nhead: int = 8,
        num_encoder_layers: int = 6,
        num_decoder_layers: int = 6,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: Activation = F.relu,
        custom_encoder: Any | None = None,
        custom_decoder: Any | None = None,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ):
        super().__init__()
        layer = (
            d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias, device,
            dtype,
        )  # fmt: skip

        def norm() -> Module:
            return LayerNorm(d_model, layer_norm_eps, bias=bias, device=device, dtype=dtype)

        if custom_encoder is None:
            custom_encoder = TransformerEncoder(TransformerEncoderLayer(*layer), num_encoder_layers, norm())
        if custom_decoder is None:
            custom_decoder = TransformerDecoder(TransformerDecoderLayer(*layer), num_decoder_layers, norm())
        self.encoder, self.decoder = custom_encoder, custom_decoder
        self._reset_parameters()
        self.d_model, self.nhead, self.batch_first = d_model, nhead, batch_first

    def _reset_parameters(self) -> None:
        """Matrices by Glorot and Bengio; the rest stays."""
        for parameter in self.parameters():
            if parameter.ndim > 1:
                init.xavier_uniform_(parameter)

    @staticmethod
    def generate_square_subsequent_mask(sz: int, device: Any = None, dtype: Any = None) -> Tensor:
        """The causal mask (sz, sz): -inf above the diagonal, 0 elsewhere."""
        return _causal_mask(sz, device, dtype)

    def forward(
        self,
        src: Tensor,
        tgt: Tensor,
        src_mask: Tensor | None = None,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        src_is_causal: bool | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Source (S, N, E) and target (T, N, E) → (T, N, E); with `batch_first` (N, S, E), ...; or without N.

        Parameters
        ----------
        src_mask, tgt_mask, memory_mask : (S, S), (T, T) and (T, S), or one for each of N · nhead; true where not to
            attend, or numbers that are added to the scores
        src_key_padding_mask, tgt_key_padding_mask, memory_key_padding_mask : (N, S), (N, T) and (N, S), true where an
            element is to be ignored
        src_is_causal, tgt_is_causal, memory_is_causal : hints that a mask is the causal one; None: look

        Raises
        ------
        RuntimeError
            If the batch sizes differ, or a width is not `d_model`.
        """
        batch = 0 if self.batch_first else 1
        if src.ndim == 3 and src.shape[batch] != tgt.shape[batch]:
            raise RuntimeError(
                f"the batch number of src and tgt must be equal, got {src.shape[batch]} and {tgt.shape[batch]}; "
                f"batch_first is {self.batch_first}"
            )
        if src.shape[-1] != self.d_model or tgt.shape[-1] != self.d_model:
            raise RuntimeError(
                f"the feature number of src and tgt must be equal to d_model={self.d_model}, got {src.shape[-1]} and "
                f"{tgt.shape[-1]}"
            )
        memory = self.encoder(src, mask=src_mask, src_key_padding_mask=src_key_padding_mask, is_causal=src_is_causal)
        return self.decoder(
            tgt, memory, tgt_mask=tgt_mask, memory_mask=memory_mask, tgt_key_padding_mask=tgt_key_padding_mask,
            memory_key_padding_mask=memory_key_padding_mask, tgt_is_causal=tgt_is_causal,
            memory_is_causal=memory_is_causal,
        )  # fmt: skip
