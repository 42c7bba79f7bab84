"""Results that a program for PyTorch may write to before backward: no gradient here needs them as they were."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy

RESULTS = (
    "x / y", "x / 2", "2 / x", "x * y", "x * 3", "x ** 2", "x @ y.mT", "x.abs()", "x.log()", "x.sin()",
    "x.clamp(0.3, 0.6)", "x.var(1)", "x.cumsum(1)", "x.sort(1)[0]", "x.gather(1, index)",
    "torch.where(x > 0.5, x, y)", "torch.maximum(x, y)", "torch.cat([x, y])", "x.lerp(y, 0.3)", "F.gelu(x)",
    "F.silu(x)", "F.mish(x)", "F.hardswish(x)", "F.softplus(x)", "F.softsign(x)", "F.normalize(x, dim=1)",
    "F.linear(x, y[0])", "F.layer_norm(x, (4,))", "F.layer_norm(x, (4,), y[0, 0])", "F.rms_norm(x, (4,))",
    "F.batch_norm(x, None, None, training=True)", "F.batch_norm(x, y[0, :, 0].detach(), y[0, :, 1].detach())",
    "F.instance_norm(x)", "F.instance_norm(x, weight=y[0, :, 0])", "F.group_norm(x, 1)", "F.conv1d(x, y)",
    "F.max_pool1d(x, 2)", "F.avg_pool1d(x, 2)", "F.interpolate(x, scale_factor=2)", "F.pad(x, (1, 1), 'reflect')",
    "F.mse_loss(x, y, reduction='none')", "F.smooth_l1_loss(x, y, reduction='none')",
    "F.binary_cross_entropy(x, y, reduction='none')", "F.local_response_norm(x, 2)", "F.cosine_similarity(x, y)",
)  # fmt: skip


def gradients(lib, expression):
    values = np.random.default_rng(0).uniform(0.1, 0.9, (2, 3, 3, 4))
    leaves = [lib.tensor(values[i], dtype=lib.float64, requires_grad=True) for i in range(2)]
    x, y = (leaf * 1.0 for leaf in leaves)
    index = lib.tensor([[[0, 2, 1, 1]]] * 3)
    result = eval(expression, {"torch": lib, "F": lib.nn.functional, "x": x, "y": y, "index": index})
    result.mul_(2).relu_()
    (result * result).sum().backward()
    return [leaf.grad for leaf in leaves]


@pytest.mark.parametrize("expression", RESULTS)
def test_a_result_written_to(expression):
    for found, expected in zip(gradients(autograd, expression), gradients(torch, expression), strict=True):
        assert (found is None) == (expected is None)
        if expected is not None:
            np.testing.assert_allclose(to_numpy(found), expected.numpy(), rtol=1e-9, atol=1e-9)
