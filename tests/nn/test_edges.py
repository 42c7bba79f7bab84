"""What layers make of NaN, of empty batches and of shapes that are seldom given: what PyTorch's do."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
import nn.functional as F
from tests.arrays import to_numpy
from tests.nn.against_torch import check, tensor


@pytest.mark.parametrize("size", [(0, 3), (0, 3, 5)])
def test_batch_norm_of_nothing_keeps_its_statistics(size):
    ours, theirs = nn.BatchNorm1d(3, momentum=0.3), torch.nn.BatchNorm1d(3, momentum=0.3)
    check(ours, theirs, np.zeros(size, dtype=np.float32))
    for name, wanted in theirs.state_dict().items():
        assert ours.state_dict()[name].tolist() == wanted.tolist()


def test_gradient_of_nan():
    values = [np.nan, -1.0, 0.0, 2.0]
    x, y = tensor(np.array(values), requires_grad=True), torch.tensor(values, requires_grad=True)
    F.relu(x).sum().backward()
    torch.relu(y).sum().backward()
    assert x.grad.tolist() == y.grad.tolist() == [1.0, 0.0, 0.0, 1.0]


def test_power_average_of_negative_numbers():
    x = np.array([[[1.0, 2.0, 3.0, -1.0, 2.0, 3.0, -5.0, -4.0, -3.0]]])
    check(nn.LPPool1d(1.5, 3), torch.nn.LPPool1d(1.5, 3), x)


def test_more_random_samples_than_needed():
    x, samples = np.random.default_rng(0).standard_normal((4, 6, 6, 6)), np.random.default_rng(1).random((2, 4, 3))
    found, wanted = (
        library.fractional_max_pool3d(make(x), 2, 3, _random_samples=make(samples))
        for library, make in ((F, tensor), (torch.nn.functional, torch.tensor))
    )
    np.testing.assert_array_equal(to_numpy(found), wanted.numpy())
    for shape in ((0, 4, 3), (2, 5, 3), (2, 4, 2), (4, 3)):
        with pytest.raises(RuntimeError, match="expected _random_samples of the input's dtype and shape"):
            F.fractional_max_pool3d(tensor(x), 2, 3, _random_samples=autograd.rand(*shape, dtype=autograd.float64))


@pytest.mark.parametrize("shape", [(4, 3), (1, 3), (4, 1), (4,)])
def test_variance_is_broadcast(shape):
    mean, target, variance = np.ones((4, 3)), np.arange(12.0).reshape(4, 3), np.full(shape, 2.0)
    check(nn.GaussianNLLLoss(reduction="none"), torch.nn.GaussianNLLLoss(reduction="none"), mean, target, variance)


@pytest.mark.parametrize("shape", [(), (1,), (3,), (1, 1), (2, 3), (1, 4, 3)])
def test_variance_that_does_not_fit(shape):
    with pytest.raises(ValueError, match="var is of incorrect size"):
        nn.GaussianNLLLoss()(autograd.ones(4, 3), autograd.ones(4, 3), autograd.ones(*shape))


def test_tables_and_indices_elsewhere():
    table, words = autograd.ones(3, 2, device="sim"), autograd.tensor([[0, 1]], device="cpu")
    for lookup in (F.embedding, F.embedding_bag):
        with pytest.raises(RuntimeError, match="found indices on cpu and a table on sim"):
            lookup(words, table)
