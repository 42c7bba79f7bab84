"""What printed tensors say of their graph: the names of nodes, and what these saved, are PyTorch's."""

from __future__ import annotations

import pytest
import torch

import autograd
import nn
from tests.arrays import to_numpy

EXPRESSIONS = """
x[0]; x[...]; x[:, :]; x[0, 1]; x[:, 0]; x[..., 0]; x[0:1]; x[:]; x[0, 1:]; x[None]; x[[0, 1]]; x[x > 0]
x.unbind()[0]; x.split(1)[0]; x.split([1, 1])[0]; x.chunk(2)[0]
x.sum(); x.sum(0); x.mean(); x.mean(0); x.max(); x.max(0).values; x.min(1).values
x.amax(0); x.amin(0); x.median(0).values; x.sort(0).values; x.topk(1).values; x.gather(0, i); x.squeeze(); x.squeeze(0)
x @ w; x @ w[:, 0]; x[0] @ x[0]; x[0] @ w; b @ b.mT; lib.bmm(b, b.mT); lib.addmm(x @ w, x, w); x**2; x**2.5; x**x
x.clamp(min=0); x.clamp(0, 1); x.clamp(max=1); x.masked_fill(x > 0, 0); x.log1p(); lib.diag_embed(x); x.unfold(1, 2, 1)
lib.linalg.inv(s); lib.linalg.det(s); lib.linalg.slogdet(s)[1]; lib.linalg.cholesky(s); lib.linalg.solve(s, s)
lib.linalg.eigvalsh(s); lib.linalg.svdvals(s); lib.linalg.qr(s)[0]; lib.linalg.pinv(s); lib.fft.rfft(x)
F.linear(x, w.T, w[0]); nn.Linear(3, 2)(b); F.embedding(j, x); F.embedding(j, x, padding_idx=0); F.layer_norm(x, (3,))
F.mse_loss(x, y); F.mse_loss(x, y, reduction="sum"); F.smooth_l1_loss(x, y); F.huber_loss(x, y); F.cross_entropy(x, j)
F.nll_loss(x, j); F.cross_entropy(b.mT[:, :, :2], i[:, :2].expand(2, 2)); F.binary_cross_entropy_with_logits(x, y)
F.binary_cross_entropy(x.sigmoid(), y); nn.BatchNorm1d(3)(x); nn.BatchNorm1d(3).eval()(x); nn.LayerNorm(3)(x)
nn.GroupNorm(1, 3)(x); nn.Conv1d(2, 2, 2)(b); nn.ConvTranspose1d(2, 2, 2)(b); F.max_pool1d(b, 2); F.avg_pool1d(b, 2)
F.max_pool2d(b[None], 2); F.avg_pool2d(b[None], 2); F.avg_pool3d(b[None, None], 2)
F.max_pool3d(b[None, None], 2); F.pad(x, (1, 1))
"""
EXPRESSIONS = [part.strip() for line in EXPRESSIONS.strip().splitlines() for part in line.split(";")]


def names(library, layers):
    def leaf(values):
        return library.tensor(values, requires_grad=True)

    return {
        "lib": library, "nn": layers, "F": layers.functional,
        "x": leaf([[0.1, 0.2, 0.3], [0.4, -0.5, 0.6]]), "y": library.tensor([[0.3, 0.2, 0.5], [0.2, 0.25, 0.1]]),
        "w": leaf([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]), "s": leaf([[2.0, 0.5], [0.5, 3.0]]),
        "b": (library.arange(12.0).reshape(2, 2, 3) / 10).detach().requires_grad_(),
        "i": library.tensor([[0, 1, 0]]), "j": library.tensor([0, 1]),
    }  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_name(expression):
    found, expected = eval(expression, names(autograd, nn)), eval(expression, names(torch, torch.nn))
    assert found.grad_fn.name() == expected.grad_fn.name()


def test_writes():
    x = autograd.ones(2, requires_grad=True).clone()
    x[0] = 0
    assert x.grad_fn.name() == "CopySlices" and repr(x).endswith("grad_fn=<CopySlices>)")


def test_saved_values():
    def found(library):
        x, y = library.tensor([1.0, 2.0], requires_grad=True), library.tensor([3.0, 4.0], requires_grad=True)
        square, product, root = x.pow(2).grad_fn, (x * y).grad_fn, x.sqrt()
        assert square._saved_self is x and root.grad_fn._saved_result.equal(root)
        (again,) = library.autograd.grad(root.grad_fn._saved_result.sum(), x)
        with library.autograd.graph.saved_tensors_hooks(lambda t: t * 4, lambda t: t / 4):
            packed = x.exp().grad_fn._saved_result
        return [product._saved_self, product._saved_other, again, packed]

    for ours, theirs in zip(found(autograd), found(torch), strict=True):
        assert to_numpy(ours.detach()).tolist() == pytest.approx(theirs.tolist())


def test_values_that_were_not_saved_or_freed():
    x = autograd.ones(2, requires_grad=True)
    y = (x * 2).exp()
    for node, name in ((y.grad_fn, "_saved_self"), ((x + 1).grad_fn, "_saved_other"), (x.sum().grad_fn, "_saved_x")):
        with pytest.raises(AttributeError, match=f"has no attribute '{name}': it is freed, or was not needed"):
            getattr(node, name)
    y.sum().backward()
    with pytest.raises(AttributeError, match="has no attribute '_saved_result'"):
        y.grad_fn._saved_result  # noqa: B018


def test_writes_to_saved_tensors_where_they_are_allowed():
    x = autograd.tensor([1.0, 2.0], requires_grad=True)
    with autograd.graph.allow_mutation_on_saved_tensors():
        y = x.clone()
        loss = (y**2 * y.exp()).sum()
        y.sin_()
        loss.backward()
    expected = torch.tensor([1.0, 2.0], requires_grad=True)
    (expected**2 * expected.exp()).sum().backward()
    assert to_numpy(x.grad).tolist() == pytest.approx(expected.grad.tolist())
