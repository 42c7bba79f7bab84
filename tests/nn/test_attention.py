"""MultiheadAttention beside PyTorch's: all options, masks and layouts."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
from tests.nn.against_torch import check, tensor

E, HEADS, BATCH, LENGTH, KEYS = 6, 2, 3, 4, 5
PADDING = np.array([[False, False, True, False, True], [False] * 5, [False, False, False, False, True]])
CAUSAL = np.triu(np.full((LENGTH, LENGTH), -np.inf), 1)


def numbers(*shape):
    return np.random.default_rng(sum(shape)).standard_normal(shape)


def both(**options):
    ours = nn.MultiheadAttention(E, HEADS, dtype=autograd.float64, **options)
    return ours, torch.nn.MultiheadAttention(E, HEADS, dtype=torch.float64, **options)


def inputs(batch_first=False, kdim=E, vdim=E):
    shapes = (LENGTH, E), (KEYS, kdim), (KEYS, vdim)
    return [numbers(BATCH, n, width) if batch_first else numbers(n, BATCH, width) for n, width in shapes]


@pytest.mark.parametrize("need_weights", [True, False])
@pytest.mark.parametrize("kept", [{}, {"kdim": 3}, {"kdim": 4, "vdim": 5}])
@pytest.mark.parametrize(
    "options",
    [{}, {"bias": False}, {"add_bias_kv": True}, {"add_zero_attn": True, "add_bias_kv": True}, {"batch_first": True}],
)
def test_construction(options, kept, need_weights):
    arrays = inputs(options.get("batch_first", False), **kept)
    check(*both(**options, **kept), *arrays, need_weights=need_weights, key_padding_mask=PADDING)


@pytest.mark.parametrize("need_weights", [True, False])
@pytest.mark.parametrize("padding", [None, PADDING, np.where(PADDING, -np.inf, 0.0)])
@pytest.mark.parametrize(
    "mask",
    [
        np.arange(20).reshape(LENGTH, KEYS) % 3 == 1,
        numbers(LENGTH, KEYS),
        np.arange(120).reshape(BATCH * HEADS, LENGTH, KEYS) % 7 == 1,
        numbers(BATCH * HEADS, LENGTH, KEYS),
    ],
)
@pytest.mark.filterwarnings("ignore:Support for mismatched key_padding_mask")
def test_masks(mask, padding, need_weights):
    check(*both(), *inputs(), attn_mask=mask, key_padding_mask=padding, need_weights=need_weights)
    check(*both(add_zero_attn=True), *inputs(), attn_mask=mask, key_padding_mask=padding, need_weights=need_weights)


@pytest.mark.parametrize("batch_first", [False, True])
@pytest.mark.parametrize("need_weights", [True, False])
def test_causal_hint(batch_first, need_weights):
    x = numbers(BATCH, LENGTH, E) if batch_first else numbers(LENGTH, BATCH, E)
    pair = both(batch_first=batch_first)
    hinted = check(*pair, x, x, x, attn_mask=CAUSAL, is_causal=True, need_weights=need_weights)
    assert (hinted[1] is None) == (not need_weights)


def test_causal_hint_keeps_added_keys():
    """PyTorch's hint hides the added key from the first queries; the result must not depend on a hint."""
    ours, _ = both(add_zero_attn=True)
    x, mask = tensor(numbers(LENGTH, BATCH, E)), tensor(CAUSAL)
    outs = [ours(x, x, x, attn_mask=mask, is_causal=hint, need_weights=False)[0] for hint in (True, False)]
    assert outs[0].tolist() == outs[1].tolist()


def test_weights_of_each_head_and_without_batch():
    out, weights = check(*both(), *inputs(), average_attn_weights=False)
    assert weights.shape == (BATCH, HEADS, LENGTH, KEYS) and out.shape == (LENGTH, BATCH, E)
    for batch_first in (False, True):
        pair = both(batch_first=batch_first)
        out, weights = check(*pair, numbers(LENGTH, E), numbers(KEYS, E), numbers(KEYS, E), key_padding_mask=PADDING[0])
        assert weights.shape == (LENGTH, KEYS) and out.shape == (LENGTH, E)


def test_float32_and_evaluation():
    ours, theirs = nn.MultiheadAttention(E, HEADS, 0.5), torch.nn.MultiheadAttention(E, HEADS, 0.5).eval()
    check(ours, theirs, *(x.astype(np.float32) for x in inputs()), tolerance=1e-5)


def test_dropout_is_of_training():
    attention = nn.MultiheadAttention(E, HEADS, dropout=0.9)
    x = autograd.randn(LENGTH, BATCH, E)
    first, second = (attention(x, x, x)[0] for _ in range(2))
    assert first.tolist() != second.tolist()
    attention.eval()
    first, second = (attention(x, x, x)[0] for _ in range(2))
    assert first.tolist() == second.tolist()


def test_initial_values():
    attention = nn.MultiheadAttention(E, HEADS, add_bias_kv=True)
    assert not attention.in_proj_bias.any() and not attention.out_proj.bias.any()
    bound = (6 / (3 * E + E)) ** 0.5
    assert 0.5 * bound < attention.in_proj_weight.abs().max().item() <= bound
    assert repr(nn.MultiheadAttention(E, HEADS)) == repr(torch.nn.MultiheadAttention(E, HEADS))


def test_errors():
    with pytest.raises(ValueError, match="embed_dim and num_heads must be greater than 0"):
        nn.MultiheadAttention(0, 1)
    with pytest.raises(AssertionError, match="divisible by num_heads, got 6 and 4"):
        nn.MultiheadAttention(6, 4)
    attention, x = nn.MultiheadAttention(E, HEADS), autograd.ones(LENGTH, BATCH, E)
    for call, kind, text in (
        (lambda: attention(x, x, x, is_causal=True), RuntimeError, "Need attn_mask"),
        (lambda: attention(x, x, x, attn_mask=autograd.ones(2, 2)), RuntimeError, "shape of the attn_mask"),
        (lambda: attention(x[0, 0], x, x), AssertionError, "2D or batched 3D"),
        (lambda: attention(x, x[0], x[0]), AssertionError, "to be 3-D"),
        (lambda: attention(x, x, x[:2]), AssertionError, "do not match value's"),
        (lambda: attention(x[..., :4], x, x), AssertionError, "embedding dimension of 6, but got 4"),
        (lambda: attention(x, x, x, key_padding_mask=x[:, 0, 0]), AssertionError, "key_padding_mask to be 2-D"),
        (lambda: attention(x, x, x, attn_mask=autograd.ones(4, 4, dtype=autograd.int64)), AssertionError, "floating"),
    ):
        with pytest.raises(kind, match=text):
            call()
