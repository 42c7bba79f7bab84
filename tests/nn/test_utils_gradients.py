"""Clipping of gradients, and parameters as one vector, against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
from nn import utils
from tests.arrays import to_numpy
from tests.nn.against_torch import tensor
from tests.nn.twins import same

SHAPES = [(3, 4), (5,), ()]


def both(seed=0, scale=1.0):
    """The same parameters with the same gradients here and in PyTorch; the last has none."""
    rng = np.random.default_rng(seed)
    ours, theirs = [], []
    for shape in SHAPES:
        values, gradient = rng.standard_normal(shape), rng.standard_normal(shape) * scale
        ours.append(nn.Parameter(tensor(values)))
        theirs.append(torch.nn.Parameter(torch.tensor(values)))
        ours[-1].grad, theirs[-1].grad = tensor(gradient), torch.tensor(gradient)
    ours.append(nn.Parameter(autograd.ones(2)))
    theirs.append(torch.nn.Parameter(torch.ones(2)))
    return ours, theirs


def same_gradients(ours, theirs):
    for our, their in zip(ours, theirs, strict=True):
        assert (our.grad is None) == (their.grad is None)
        if our.grad is not None:
            same(our.grad, their.grad, rtol=1e-14)


@pytest.mark.parametrize("norm_type", [1, 2.0, 3.0, float("inf"), "inf"])
@pytest.mark.parametrize("max_norm", [0.5, 100.0])
def test_clip_grad_norm(norm_type, max_norm):
    ours, theirs = both()
    total = utils.clip_grad_norm_(iter(ours), max_norm, norm_type, foreach=False)
    expected = torch.nn.utils.clip_grad_norm_(theirs, max_norm, norm_type)
    assert total.shape == () and total.dtype is autograd.float64
    same(total, expected, rtol=1e-14)
    same_gradients(ours, theirs)


def test_clip_grad_norm_of_one_tensor_and_of_none():
    weight = nn.Parameter(autograd.ones(4))
    weight.grad = autograd.full((4,), 2.0)
    assert utils.clip_grad_norm(weight, 1.0).item() == 4.0
    np.testing.assert_allclose(to_numpy(weight.grad), np.full(4, 0.5), rtol=1e-6)
    assert utils.clip_grad_norm_([], 1.0).item() == 0.0
    assert utils.clip_grad_norm_([nn.Parameter(autograd.ones(1))], 1.0).item() == 0.0
    with pytest.warns(UserWarning, match="empty generator"):
        assert utils.clip_grad_norm_((p for p in ()), 1.0).item() == 0.0


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_clip_grad_norm_of_what_is_not_finite(bad):
    weight = nn.Parameter(autograd.ones(2))
    weight.grad = autograd.tensor([1.0, bad])
    with pytest.raises(RuntimeError, match="non-finite"):
        utils.clip_grad_norm_(weight, 1.0, error_if_nonfinite=True)
    assert weight.grad[0].item() == 1.0
    theirs = torch.nn.Parameter(torch.ones(2))
    theirs.grad = torch.tensor([1.0, bad])
    total = utils.clip_grad_norm_(weight, 1.0)
    same(total, torch.nn.utils.clip_grad_norm_(theirs, 1.0))
    same(weight.grad, theirs.grad, rtol=1e-14)


def test_the_two_steps_of_clipping():
    ours, theirs = both(1)
    gradients = [p.grad for p in ours if p.grad is not None]
    total = utils.get_total_norm(gradients, 2.0, False, None)
    expected = torch.nn.utils.get_total_norm([p.grad for p in theirs if p.grad is not None])
    same(total, expected, rtol=1e-14)
    utils.clip_grads_with_norm_(ours, 0.1, total)
    torch.nn.utils.clip_grads_with_norm_(theirs, 0.1, expected)
    same_gradients(ours, theirs)
    assert utils.get_total_norm(autograd.tensor([3.0, 4.0])).item() == 5.0
    assert utils.get_total_norm([]).item() == 0.0


def test_clip_grad_value():
    ours, theirs = both(2)
    utils.clip_grad_value_(ours, 0.3, foreach=True)
    torch.nn.utils.clip_grad_value_(theirs, 0.3)
    same_gradients(ours, theirs)
    ours[0].grad = autograd.full((3, 4), 7.0, dtype=autograd.float64)
    utils.clip_grad_value_(ours[0], 2)
    assert ours[0].grad.max().item() == 2.0


def test_complex_gradients():
    values = np.array([3 + 4j, 1j])
    ours, theirs = nn.Parameter(tensor(values)), torch.nn.Parameter(torch.tensor(values))
    ours.grad, theirs.grad = tensor(values), torch.tensor(values)
    same(utils.clip_grad_norm_(ours, 1.0), torch.nn.utils.clip_grad_norm_(theirs, 1.0), rtol=1e-14)
    same_gradients([ours], [theirs])


def test_parameters_and_vectors():
    ours, theirs = both()
    vector, expected = utils.parameters_to_vector(iter(ours)), torch.nn.utils.parameters_to_vector(theirs)
    same(vector, expected, rtol=1e-14)
    vector.sum().backward()
    assert ours[3].grad.tolist() == [1.0, 1.0]
    with autograd.no_grad():
        doubled = vector * 2
    utils.vector_to_parameters(doubled, ours)
    torch.nn.utils.vector_to_parameters(expected.detach() * 2, theirs)
    for our, their in zip(ours, theirs, strict=True):
        same(our, their, rtol=1e-14)
        assert our.requires_grad and our.is_leaf
    doubled[0] = 99.0  # the memory is the vector's
    assert ours[0][0, 0].item() == 99.0


def test_refusals_of_vectors():
    layer = nn.Linear(2, 2)
    with pytest.raises(TypeError, match=r"expected autograd.Tensor, but got: list"):
        utils.vector_to_parameters([1.0], layer.parameters())
    with pytest.raises(RuntimeError, match="have 6 elements, vec only 3"):
        utils.vector_to_parameters(autograd.ones(3), layer.parameters())
    there = [autograd.ones(1, device="cpu"), autograd.ones(1, device="sim")]
    with pytest.raises(TypeError, match="different devices, cpu, sim"):
        utils.parameters_to_vector(there)
    with pytest.raises(TypeError, match="different devices"):
        utils.vector_to_parameters(autograd.ones(2), there)
