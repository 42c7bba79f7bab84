"""Functions of the public face under vmap: the same as a loop over the slices, and so are their gradients."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
import nn
from autograd.func import vmap
from nn import functional
from tests.arrays import to_numpy

RNG = np.random.default_rng(8)
FLAT, SQUARE, IMAGE = RNG.normal(size=(3, 6)), RNG.normal(size=(3, 4, 4)), RNG.normal(size=(3, 2, 3, 6, 6))
POINT = RNG.normal(size=3)
LABELS = RNG.integers(0, 6, (3, 5))
LOGITS = RNG.normal(size=(3, 5, 6))
LSTM_WEIGHT = RNG.normal(size=(4, 3, 3, 3))


def ones(*size):
    return autograd.ones(*size, dtype=autograd.float64)


CASES = {
    "cat": (lambda x: autograd.cat([x, x * 2, autograd.zeros(2, dtype=x.dtype)]), FLAT),
    "stack": (lambda x: autograd.stack([x, autograd.ones_like(x)], -1), FLAT),
    "sort": (lambda x: x.sort(descending=True), FLAT),
    "sort of a number": (lambda x: x.sort(), POINT),
    "topk": (lambda x: x.topk(3), FLAT),
    "median": (lambda x: (x.median(), *x.median(0)), FLAT),
    "kthvalue": (lambda x: x.kthvalue(2), FLAT),
    "cumulative": (lambda x: (x.cumsum(0), x.cumprod(0), x.logcumsumexp(0), *x.cummax(0)), FLAT),
    "of a number": (lambda x: (x.sum(), x.mean(), x.softmax(0), x.cumsum(0), x.argmax(), x.max(), x.exp() + x), POINT),
    "extrema": (lambda x: (x.max(), *x.max(0), x.amin(), x.argmin(0), x.argmax(), x.aminmax().min), SQUARE),
    "keepdim": (lambda x: (x.sum((0, 1), keepdim=True), x.argmax(keepdim=True), x.logsumexp((0, 1))), SQUARE),
    "moments": (lambda x: (x.std(), x.var(0), *autograd.std_mean(x, -1)), SQUARE),
    "truth": (lambda x: ((x > 0).all(), (x > 0).any(0), (x > 0).sum(), x.count_nonzero(), x * 1), SQUARE),
    "quantile": (lambda x: x.quantile(0.3), FLAT),
    "unbind": (lambda x: sum(row * n for n, row in enumerate(x)), SQUARE),
    "split": (lambda x: tuple(part.sum() for part in x.split(2)), FLAT),
    "shapes": (lambda x: (x.T, x.flatten(), x.view(2, 8), x[None], x.unsqueeze(-1).squeeze(-1), x.movedim(0, 1)), SQUARE),
    "expand": (lambda x: (x.expand(2, -1), x.repeat(2, 2), x.tile(3), x.repeat_interleave(2)), FLAT),
    "strides": (lambda x: (x.clone().as_strided((2, 2), (1, 2), 1), x.unfold(0, 3, 2)), FLAT),
    "rolled": (lambda x: (x.roll(1), x.flip(0), x.rot90(), x.tril(), x.triu(1)), SQUARE),
    "diagonals": (lambda x: (x.diag(), x.diagonal(1), x.trace(), x.diag().diag_embed()), SQUARE),
    "where": (lambda x: (autograd.where(x > 0, x, -x), x.clamp(-0.5, 0.5), x.masked_fill(x > 0, 0.0), x.relu()), FLAT),
    "index": (lambda x: (x[[0, 2]], x[:, [1, 3]], x[[0, 1], [2, 3]], x[..., 1], x[1:3, None]), SQUARE),
    "gather": (lambda x: (x.gather(0, x.argsort(0)), x.index_select(0, autograd.tensor([1, 1]))), SQUARE),
    "scatter": (lambda x: (x.scatter_add(0, x.argsort(0), x * 2), x.index_add(0, autograd.tensor([1]), x[:1])), SQUARE),
    "reduce": (lambda x: x.scatter_reduce(0, x.argsort(0), x * 2, "amax"), SQUARE),
    "products": (lambda x: (x @ x[0], x[0] @ x, x[0] @ x[1], x @ x, x.mm(x.T)), SQUARE),
    "products with a constant": (lambda x: (x @ ones(4, 2), ones(4) @ x, x @ ones(4), ones(2, 1, 4) @ x), SQUARE),
    "einsum": (lambda x: autograd.einsum("ij,kj->ik", x, x), SQUARE),
    "linear algebra": (
        lambda x: (x.det(), x.inverse(), autograd.linalg.solve(x, x[0]), autograd.linalg.svd(x).S, x.matrix_exp()),
        SQUARE,
    ),
    "factors": (
        lambda x: (autograd.linalg.cholesky(x @ x.T + 4 * autograd.eye(4, dtype=x.dtype)), *autograd.linalg.slogdet(x)),
        SQUARE,
    ),
    "norms": (lambda x: (x.norm(), autograd.linalg.norm(x, 1), autograd.linalg.vector_norm(x, 3, 0)), SQUARE),
    "fft": (lambda x: (autograd.fft.fft(x).abs(), autograd.fft.irfft(autograd.fft.rfft(x))), FLAT),
    "complex": (lambda x: autograd.view_as_real(autograd.complex(x, x * 2) * 1j), FLAT),
    "distances": (lambda x: (autograd.cdist(x, x + 1), functional.cosine_similarity(x, x.T)), SQUARE),
    "activations": (
        lambda x: (functional.gelu(x), functional.softplus(x), functional.log_softmax(x, 0), functional.glu(x, 0)),
        FLAT,
    ),
    "pooling": (
        lambda x: (functional.max_pool2d(x, 2), functional.avg_pool2d(x, 3, 2), functional.adaptive_avg_pool2d(x, 2)),
        IMAGE,
    ),
    "convolutions": (
        lambda x: (
            functional.conv2d(x, x[:, :, :3, :3].reshape(2, 3, 3, 3)),
            functional.conv2d(x, autograd.tensor(LSTM_WEIGHT.tolist(), dtype=x.dtype), padding=1, stride=2),
            functional.conv_transpose2d(x, autograd.ones(3, 2, 2, 2, dtype=x.dtype)),
        ),
        IMAGE,
    ),
    "resized": (lambda x: (functional.interpolate(x, scale_factor=2.0), functional.pad(x, (1, 2))), IMAGE),
    "patches": (lambda x: functional.unfold(x, 2), IMAGE),
    "normalized": (
        lambda x: (
            functional.layer_norm(x, x.shape[-2:]),
            functional.group_norm(x, 3),
            functional.batch_norm(x, None, None, training=True),
        ),
        IMAGE,
    ),
    "attention": (lambda x: functional.scaled_dot_product_attention(x, x, x, is_causal=True), SQUARE),
    "losses": (
        lambda x: (
            functional.mse_loss(x, x * 2),
            functional.smooth_l1_loss(x, x + 1),
            functional.binary_cross_entropy(x.sigmoid(), x.sigmoid()),
            functional.kl_div(x.log_softmax(0), x.softmax(0), reduction="sum"),
        ),
        FLAT,
    ),
}  # fmt: skip


def compare(function, *arrays):
    args = [autograd.tensor(a, device=autograd.get_default_device()) for a in arrays]
    args[0].requires_grad_()

    def as_tuple(*values):
        found = function(*values)
        return tuple(found) if isinstance(found, (tuple, list)) else (found,)

    found = vmap(as_tuple)(*args)
    rows = [as_tuple(*(arg[number] for arg in args)) for number in range(3)]
    expected = [autograd.stack(list(parts)) for parts in zip(*rows, strict=True)]
    slopes = []
    for outs in (found, expected):
        total = sum((out * (out.detach().cos() + 2)).sum() for out in outs if out.requires_grad)
        slopes.append(to_numpy(autograd.grad(total, args[0])[0]))
    for one, other in zip([*map(to_numpy, found), slopes[0]], [*map(to_numpy, expected), slopes[1]], strict=True):
        assert one.shape == other.shape and one.dtype == other.dtype
        np.testing.assert_allclose(one, other, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_mapping_equals_a_loop(name):
    compare(*CASES[name])


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
def test_classification_losses(reduction):
    compare(lambda x, y: functional.cross_entropy(x, y, reduction=reduction), LOGITS, LABELS)
    weight = autograd.arange(1.0, 7.0, dtype=autograd.float64)
    compare(lambda x, y: functional.nll_loss(x.log_softmax(-1), y, weight, reduction=reduction), LOGITS, LABELS)
    compare(lambda x, y: functional.multi_margin_loss(x, y, weight=weight, reduction=reduction), LOGITS, LABELS)


def test_recurrent_and_embedded():
    compare(lambda table, words: functional.embedding(words, table), SQUARE, LABELS % 4)
    layer = nn.Linear(6, 2).double()
    compare(lambda x: layer(x).tanh(), FLAT)


def test_counting_and_membership():
    """One of the two arguments mapped, or both."""
    rows, other = autograd.tensor([[1, 2, 2], [2, 1, 1]]), autograd.tensor([0.5, 2.0, 1.0])
    for function, fixed in (
        (lambda x, y: autograd.bincount(x, y), other),
        (lambda x, y: autograd.isin(x, y), autograd.tensor([1, 7])),
        (lambda x, y: autograd.isin(y, x), autograd.tensor([1, 7])),
    ):
        expected = np.stack([to_numpy(function(row, fixed)) for row in rows])
        np.testing.assert_array_equal(to_numpy(vmap(function, in_dims=(0, None))(rows, fixed)), expected)
        expected = np.stack([to_numpy(function(row, fixed * (n + 1))) for n, row in enumerate(rows)])
        both = vmap(function)(rows, autograd.stack([fixed, fixed * 2]))
        np.testing.assert_array_equal(to_numpy(both), expected)


def test_polynomials_of_mapped_degrees():
    x, n = autograd.tensor(FLAT[:, :2]), autograd.tensor([[0, 3], [1, 2], [4, 0]])
    for f in (autograd.special.hermite_polynomial_h, autograd.special.chebyshev_polynomial_t):
        np.testing.assert_allclose(to_numpy(vmap(f)(x, n)), to_numpy(f(x, n)))
