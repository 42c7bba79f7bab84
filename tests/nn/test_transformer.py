"""Transformers beside PyTorch's, with the same weights."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

import autograd
import nn
import nn.functional as F
from tests.arrays import to_numpy
from tests.nn.against_torch import check, tensor, with_weights_of

E, HEADS, HIDDEN, BATCH, S, T = 6, 2, 8, 3, 5, 4
CAUSAL = np.triu(np.full((T, T), -np.inf), 1)
PADDING = np.zeros((BATCH, T), dtype=bool)
PADDING[0, 2:] = True


def numbers(*shape):
    return np.random.default_rng(sum(shape)).standard_normal(shape)


def both(name, **options):
    """A layer of each library, without dropout."""
    layer = getattr(nn, name)(E, HEADS, HIDDEN, 0.0, dtype=autograd.float64, **options)
    activation = options.pop("activation", None)
    if activation is not None:
        options["activation"] = {F.silu: torch.nn.functional.silu}.get(activation, activation)
    return layer, getattr(torch.nn, name)(E, HEADS, HIDDEN, 0.0, dtype=torch.float64, **options)


OPTIONS = [
    {},
    {"norm_first": True},
    {"activation": "gelu"},
    {"activation": F.silu, "norm_first": True},
    {"bias": False},
    {"batch_first": True, "layer_norm_eps": 0.1},
]
MASKS = [{}, {"mask": CAUSAL}, {"mask": np.isinf(CAUSAL), "padding": PADDING}, {"padding": PADDING}]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("masks", MASKS)
def test_encoder_layer(options, masks):
    x = numbers(BATCH, T, E) if options.get("batch_first") else numbers(T, BATCH, E)
    pair = both("TransformerEncoderLayer", **options)
    check(*pair, x, src_mask=masks.get("mask"), src_key_padding_mask=masks.get("padding"))


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("masks", MASKS)
def test_decoder_layer(options, masks):
    first = options.get("batch_first")
    x, memory = (numbers(BATCH, n, E) if first else numbers(n, BATCH, E) for n in (T, S))
    pair = both("TransformerDecoderLayer", **options)
    seen = numbers(T, S)
    check(*pair, x, memory, tgt_mask=masks.get("mask"), tgt_key_padding_mask=masks.get("padding"), memory_mask=seen)


def test_layers_without_batch():
    check(*both("TransformerEncoderLayer"), numbers(T, E))
    check(*both("TransformerDecoderLayer"), numbers(T, E), numbers(S, E))


@pytest.mark.parametrize("causal", [None, True, False])
@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.filterwarnings("ignore:enable_nested_tensor")
def test_encoder(causal, norm):
    ours, theirs = both("TransformerEncoderLayer")
    stack = nn.TransformerEncoder(ours, 2, nn.LayerNorm(E, dtype=autograd.float64) if norm else None)
    other = torch.nn.TransformerEncoder(theirs, 2, torch.nn.LayerNorm(E, dtype=torch.float64) if norm else None)
    check(stack, other, numbers(T, BATCH, E), mask=CAUSAL, is_causal=causal)
    check(stack, other, numbers(T, BATCH, E), src_key_padding_mask=PADDING)


@pytest.mark.parametrize("causal", [None, True, False])
def test_decoder(causal):
    ours, theirs = both("TransformerDecoderLayer")
    stack, other = nn.TransformerDecoder(ours, 2), torch.nn.TransformerDecoder(theirs, 2)
    check(stack, other, numbers(T, BATCH, E), numbers(S, BATCH, E), tgt_mask=CAUSAL, tgt_is_causal=causal)


@pytest.mark.parametrize(
    "options", [{}, {"batch_first": True, "norm_first": True}, {"bias": False, "activation": "gelu"}]
)
@pytest.mark.filterwarnings("ignore:enable_nested_tensor")
def test_transformer(options):
    sizes = {"num_encoder_layers": 2, "num_decoder_layers": 1, "dim_feedforward": HIDDEN, "dropout": 0.0}
    ours = nn.Transformer(E, HEADS, **sizes, dtype=autograd.float64, **options)
    theirs = torch.nn.Transformer(E, HEADS, **sizes, dtype=torch.float64, **options)
    source, target = (numbers(BATCH, n, E) if options.get("batch_first") else numbers(n, BATCH, E) for n in (S, T))
    check(ours, theirs, source, target)
    padding = np.zeros((BATCH, S), dtype=bool)
    padding[1, 3:] = True
    check(
        ours, theirs, source, target, tgt_mask=CAUSAL, src_key_padding_mask=padding, memory_key_padding_mask=padding,
        tgt_key_padding_mask=np.where(PADDING, -np.inf, 0.0),
    )  # fmt: skip
    check(ours, theirs, numbers(S, E), numbers(T, E))


def test_subsequent_mask():
    mask = nn.Transformer.generate_square_subsequent_mask(T, dtype=autograd.float64)
    np.testing.assert_array_equal(to_numpy(mask), CAUSAL)
    assert nn.Transformer.generate_square_subsequent_mask(2).dtype is autograd.float32


class Spy(nn.Module):
    """Keeps the options with which it was called."""

    def forward(self, x, **options):
        self.options = options
        return x


@pytest.mark.parametrize(
    ("mask", "hint", "expected"),
    [
        (CAUSAL, None, True),
        (CAUSAL, False, False),
        (np.zeros((T, T)), None, False),
        (np.zeros((T, S)), None, False),
        (np.isinf(CAUSAL), None, False),
        (np.zeros((T, T)), True, True),
        (None, None, False),
    ],
)
def test_what_is_causal(mask, hint, expected):
    stack = nn.TransformerEncoder(Spy(), 1)
    stack(autograd.zeros(T, 1, E), None if mask is None else tensor(mask), is_causal=hint)
    assert stack.layers[0].options["is_causal"] is expected


def test_copies_and_custom_parts():
    layer = nn.TransformerEncoderLayer(E, HEADS, HIDDEN)
    stack = nn.TransformerEncoder(layer, 2)
    first, second = stack.layers
    assert first.linear1.weight is not second.linear1.weight
    assert first.linear1.weight.tolist() == second.linear1.weight.tolist() == layer.linear1.weight.tolist()
    x = autograd.randn(T, BATCH, E)
    assert copy.deepcopy(stack).eval()(x).tolist() == stack.eval()(x).tolist()
    encoder, decoder = Spy(), Spy()
    model = nn.Transformer(E, HEADS, custom_encoder=encoder, custom_decoder=decoder)
    assert model.encoder is encoder and model.decoder is decoder
    decoder.forward = lambda target, memory, **options: (target, memory)
    target = x[:2]
    assert [id(found) for found in model(x, target)] == [id(target), id(x)]


def test_dropout_is_of_training():
    layer = nn.TransformerDecoderLayer(E, HEADS, HIDDEN, dropout=0.5)
    x = autograd.randn(T, BATCH, E)
    assert layer(x, x).tolist() != layer(x, x).tolist()
    layer.eval()
    assert layer(x, x).tolist() == layer(x, x).tolist()
    theirs = torch.nn.TransformerDecoderLayer(E, HEADS, HIDDEN).eval()
    assert not with_weights_of(layer, theirs).training


def test_errors():
    with pytest.raises(RuntimeError, match="activation should be relu/gelu, not tanh"):
        nn.TransformerEncoderLayer(E, HEADS, activation="tanh")
    model = nn.Transformer(E, HEADS, 1, 1, HIDDEN)
    x = autograd.ones(T, BATCH, E)
    with pytest.raises(RuntimeError, match="batch number of src and tgt must be equal, got 3 and 2"):
        model(x, x[:, :2])
    with pytest.raises(RuntimeError, match="equal to d_model=6, got 6 and 4"):
        model(x, x[..., :4])


@pytest.mark.parametrize("dtype", [autograd.float16, autograd.bfloat16])
@pytest.mark.parametrize("norm_first", [False, True])
def test_low_precision(dtype, norm_first):
    layer = nn.TransformerDecoderLayer(E, HEADS, HIDDEN, norm_first=norm_first, dtype=dtype, device="cpu")
    x = autograd.randn(T, BATCH, E, device="cpu").to(dtype).requires_grad_()
    out = layer(x, x)
    out.sum().backward()
    assert {out.dtype, x.grad.dtype, *(parameter.grad.dtype for parameter in layer.parameters())} == {dtype}
