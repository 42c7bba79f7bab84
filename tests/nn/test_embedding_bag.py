"""Embedding and EmbeddingBag beside PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
from tests.arrays import to_numpy
from tests.nn.against_torch import check, tensor, with_weights_of

ROWS, WIDTH = 7, 3
FLAT, OFFSETS = np.array([1, 4, 6, 4, 0, 2, 1]), np.array([0, 3, 3, 5])
MATRIX = np.array([[1, 4, 6], [4, 4, 0], [2, 1, 2]])


def both(**options):
    ours = nn.EmbeddingBag(ROWS, WIDTH, dtype=autograd.float64, **options)
    return ours, torch.nn.EmbeddingBag(ROWS, WIDTH, dtype=torch.float64, **options)


@pytest.mark.parametrize("mode", ["sum", "mean", "max"])
@pytest.mark.parametrize("options", [{}, {"padding_idx": 4}, {"padding_idx": -3}, {"include_last_offset": True}])
def test_modes(mode, options):
    last = options.get("include_last_offset")
    check(*both(mode=mode, **options), FLAT, np.append(OFFSETS, len(FLAT)) if last else OFFSETS)
    check(*both(mode=mode, **options), MATRIX)


def test_bag_of_padding():
    check(*both(padding_idx=4), np.array([[4, 4], [1, 4]]))
    check(*both(padding_idx=4, mode="max"), np.array([4, 4, 1]), np.array([0, 2]))


def test_per_sample_weights():
    weights = np.random.default_rng(1).standard_normal(len(FLAT))
    check(*both(mode="sum"), FLAT, OFFSETS, weights)
    check(*both(mode="sum", padding_idx=4), MATRIX, per_sample_weights=weights[:1].repeat(9).reshape(3, 3))
    with pytest.raises(NotImplementedError, match="only supported for mode='sum'"):
        both()[0](tensor(FLAT), tensor(OFFSETS), tensor(weights))


@pytest.mark.parametrize(("mode", "sizes"), [("sum", 1.0), ("mean", np.repeat([3, 2, 2], [3, 2, 2]))])
def test_gradient_by_frequency(mode, sizes):
    """By the definition; PyTorch on the CPU divides by the frequency of another row."""
    ours, _ = both(mode=mode, scale_grad_by_freq=True)
    ours(tensor(FLAT), tensor(OFFSETS)).sum().backward()
    expected = np.zeros(ROWS)
    np.add.at(expected, FLAT, 1 / sizes)
    expected /= np.maximum(np.bincount(FLAT, minlength=ROWS), 1)
    np.testing.assert_allclose(to_numpy(ours.weight.grad), np.tile(expected[:, None], WIDTH), 1e-12)


@pytest.mark.parametrize("norm_type", [2.0, 1.0])
def test_max_norm_scales_the_table(norm_type):
    ours, theirs = both(max_norm=0.7, norm_type=norm_type)
    with_weights_of(ours, theirs)
    ours.weight.requires_grad_(False)
    theirs.weight.requires_grad_(False)
    out, wanted = ours(tensor(FLAT), tensor(OFFSETS)), theirs(torch.tensor(FLAT), torch.tensor(OFFSETS))
    np.testing.assert_allclose(to_numpy(out), wanted.numpy(), 1e-12)
    np.testing.assert_allclose(to_numpy(ours.weight.detach()), theirs.weight.numpy(), 1e-12)


@pytest.mark.parametrize("kind", [nn.Embedding, nn.EmbeddingBag])
def test_from_pretrained(kind):
    table = autograd.randn(4, 3)
    frozen = kind.from_pretrained(table, padding_idx=-1)
    assert not frozen.weight.requires_grad and frozen.weight.tolist() == table.tolist() and frozen.padding_idx == 3
    assert kind.from_pretrained(table, freeze=False, max_norm=2.0).weight.requires_grad
    with pytest.raises(AssertionError, match="expected to be 2-dimensional, not 1"):
        kind.from_pretrained(table[0])


@pytest.mark.parametrize("kind", [nn.Embedding, nn.EmbeddingBag])
def test_construction(kind):
    layer = kind(5, 3, padding_idx=-2)
    assert layer.padding_idx == 3 and not layer.weight[3].any() and layer.weight[2].any()
    with pytest.raises(AssertionError, match=r"padding_idx must be within num_embeddings \(5\), but got 5"):
        kind(5, 3, padding_idx=5)
    with pytest.raises(AssertionError, match=r"Shape of weight \[2, 2\] does not match"):
        kind(5, 3, _weight=autograd.ones(2, 2))


@pytest.mark.parametrize("options", [{}, {"max_norm": 1.0, "norm_type": 1.0, "padding_idx": 1}, {"mode": "sum"}])
def test_text(options):
    ours, theirs = both(**options)
    assert repr(ours) == repr(theirs)
    options.pop("mode", None)
    flags = {"scale_grad_by_freq": True, "sparse": True}
    assert repr(nn.Embedding(ROWS, WIDTH, **options)) == repr(torch.nn.Embedding(ROWS, WIDTH, **options))
    assert repr(nn.Embedding(ROWS, WIDTH, **flags)) == repr(torch.nn.Embedding(ROWS, WIDTH, **flags))


def test_errors():
    bags = nn.EmbeddingBag(ROWS, WIDTH)
    for arguments, kind, text in (
        ((FLAT,), ValueError, "offsets has to be a 1D Tensor but got None"),
        ((MATRIX, OFFSETS), ValueError, "if input is 2D, then offsets has to be None"),
        ((FLAT, OFFSETS + 1), RuntimeError, r"offsets\[0\] has to be 0"),
        ((FLAT, OFFSETS * 3), RuntimeError, r"offsets\[-1\] can not be greater than input's length"),
        ((MATRIX * 1.0,), RuntimeError, "expected indices of type int64 or int32"),
    ):
        with pytest.raises(kind, match=text):
            bags(*(tensor(argument) for argument in arguments))
    with pytest.raises(ValueError, match="mode has to be one of sum, mean or max"):
        nn.EmbeddingBag(ROWS, WIDTH, mode="median")(tensor(MATRIX))


@pytest.mark.cpu_only
def test_indices_out_of_range():
    """On a GPU, looking would mean to wait."""
    for layer, kind in ((nn.EmbeddingBag(ROWS, WIDTH), RuntimeError), (nn.Embedding(ROWS, WIDTH), IndexError)):
        with pytest.raises(kind, match="the table has 7 rows"):
            layer(tensor(MATRIX + 1))
