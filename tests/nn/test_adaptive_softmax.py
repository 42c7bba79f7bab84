"""AdaptiveLogSoftmaxWithLoss and LinearCrossEntropyLoss beside PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
from tests.arrays import to_numpy
from tests.nn.against_torch import check, tensor, with_weights_of

CUTOFFS, CLASSES, WIDTH = [4, 7, 12], 20, 16


def numbers(*shape):
    return np.random.default_rng(sum(shape)).standard_normal(shape)


def both(**options):
    ours = nn.AdaptiveLogSoftmaxWithLoss(WIDTH, CLASSES, CUTOFFS, dtype=autograd.float64, **options)
    return ours, torch.nn.AdaptiveLogSoftmaxWithLoss(WIDTH, CLASSES, CUTOFFS, dtype=torch.float64, **options)


@pytest.mark.parametrize("options", [{"div_value": 2.0}, {"div_value": 1.5, "head_bias": True}])
@pytest.mark.parametrize("targets", [[0, 3, 4, 11, 12, 19], [1, 2, 3, 0, 0, 0], [19, 18, 12, 13, 19, 6]])
def test_forward(options, targets):
    out = check(*both(**options), numbers(6, WIDTH), np.array(targets))
    assert out._fields == ("output", "loss") and out.output.shape == (6,) and out.loss.shape == ()


def test_one_input_and_other_integers():
    assert check(*both(div_value=2.0), numbers(WIDTH), np.array(13)).output.shape == ()
    check(*both(div_value=2.0), numbers(2, WIDTH), np.array([13, 2], dtype=np.int32))


@pytest.mark.parametrize("scale", [0.01, 3.0])
def test_all_classes(scale):
    ours, theirs = both(div_value=2.0)
    with_weights_of(ours, theirs)
    x = numbers(9, WIDTH) * scale
    everything = ours.log_prob(tensor(x))
    np.testing.assert_allclose(to_numpy(everything.detach()), theirs.log_prob(torch.tensor(x)).detach().numpy(), 1e-10)
    np.testing.assert_allclose(to_numpy(everything.detach().exp().sum(1)), np.ones(9), 1e-10)
    assert ours.predict(tensor(x)).tolist() == theirs.predict(torch.tensor(x)).tolist()


def test_prediction_within_the_head_computes_no_cluster():
    ours, _ = both(div_value=2.0, head_bias=True)
    with autograd.no_grad():
        ours.head.bias[2] = 100.0
    del ours.tail[:]
    assert ours.predict(tensor(numbers(2, WIDTH))).tolist() == [2, 2]


def test_reset():
    ours, _ = both(div_value=2.0)
    before = [parameter.tolist() for parameter in ours.parameters()]
    ours.reset_parameters()
    assert all(old != new.tolist() for old, new in zip(before, ours.parameters(), strict=True))


def test_errors():
    for cutoffs in ([], [5, 3], [5, 5], [0, 5], [5, 20], [5, 30]):
        with pytest.raises(ValueError, match="cutoffs should be a sequence"):
            nn.AdaptiveLogSoftmaxWithLoss(WIDTH, CLASSES, cutoffs)
    with pytest.raises(TypeError, match="integer"):
        nn.AdaptiveLogSoftmaxWithLoss(WIDTH, CLASSES, [5.0])
    softmax, x = nn.AdaptiveLogSoftmaxWithLoss(WIDTH, CLASSES, [5], 2.0), autograd.ones(3, WIDTH)
    for shape in ((2,), (), (3, 1)):
        with pytest.raises(RuntimeError, match="same size in the batch dimension"):
            softmax(x, autograd.zeros(*shape, dtype=autograd.int64))
    for target in (-1, 20):
        with pytest.raises(RuntimeError, match=rf"in \[0, 19\], but values in range \[{target}, {target}\]"):
            softmax(x, autograd.full((3,), target))


@pytest.mark.parametrize("out_features", [(), (2,), (2, 3)])
@pytest.mark.parametrize("options", [{}, {"bias": True, "reduction": "none"}, {"label_smoothing": 0.2, "bias": True}])
def test_linear_cross_entropy(out_features, options):
    ours = nn.LinearCrossEntropyLoss(4, 5, out_features=out_features, dtype=autograd.float64, **options)
    theirs = torch.nn.LinearCrossEntropyLoss(4, 5, out_features=out_features, dtype=torch.float64, **options)
    classes = np.random.default_rng(0).integers(0, 5, (3, *out_features))
    probabilities = np.abs(numbers(3, 5, *out_features))
    check(ours, theirs, numbers(3, 4), classes)
    check(ours, theirs, numbers(3, 4), probabilities / probabilities.sum(1, keepdims=True))


def test_linear_cross_entropy_weights_and_ignored():
    weight = np.array([0.5, 1.0, 2.0])
    ours = nn.LinearCrossEntropyLoss(4, 3, weight=tensor(weight), ignore_index=1, dtype=autograd.float64)
    theirs = torch.nn.LinearCrossEntropyLoss(
        4, 3, weight=torch.tensor(weight), ignore_index=1, dtype=torch.float64
    )  # fmt: skip
    assert list(ours.state_dict()) == ["weight", "linear.weight"]
    check(ours, theirs, numbers(4, 4), np.array([0, 1, 2, 2]))
    assert repr(ours) == repr(theirs)
    with pytest.raises(RuntimeError, match="ignore_index is not supported for floating point target"):
        ours(tensor(numbers(4, 4)), tensor(numbers(4, 3)))


def test_linear_cross_entropy_options():
    options = nn.LinearCrossEntropyOptions(batch_chunk_size=2, chunking_method="aspect_ratio:2", acc_policy="compact")
    ours = nn.LinearCrossEntropyLoss(4, 3, options=options, dtype=autograd.float64)
    check(ours, torch.nn.LinearCrossEntropyLoss(4, 3, dtype=torch.float64), numbers(5, 4), np.array([0, 1, 2, 2, 0]))
    assert nn.LinearCrossEntropyOptions(acc_dtype=autograd.float32).acc_dtype is autograd.float32
    for wrong in (
        {"batch_chunk_size": 0}, {"batch_chunk_size": 2.0}, {"chunking_method": "aspect_ratio:0"},
        {"chunking_method": "fixed"}, {"acc_policy": "fast"}, {"acc_dtype": autograd.int64},
    ):  # fmt: skip
        with pytest.raises(ValueError, match=next(iter(wrong))):
            nn.LinearCrossEntropyOptions(**wrong)
    with pytest.raises(RuntimeError, match=r"label_smoothing to be in range \[0, 1\], got 2"):
        nn.LinearCrossEntropyLoss(4, 3, label_smoothing=2)
