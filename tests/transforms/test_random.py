"""Containers, probabilities, seeds, mixing of batches, and how transforms are shown."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
import nn
from autograd import transforms
from autograd.transforms.base import Sometimes
from autograd.transforms.mixing import _Mixing
from tests.arrays import to_numpy

BATCH = np.random.default_rng(5).random((3, 3, 8, 9))
RANDOM = [
    transforms.RandomCrop(5), transforms.RandomResizedCrop(5), transforms.RandomHorizontalFlip(),
    transforms.RandomVerticalFlip(), transforms.RandomErasing(value="random"), transforms.RandomRotation(30),
    transforms.RandomAffine(10, (0.2, 0.2), (0.5, 1.5), 5), transforms.RandomPerspective(),
    transforms.ColorJitter(0.5, 0.5, 0.5, 0.2), transforms.GaussianBlur(3), transforms.GaussianNoise(),
    transforms.RandomInvert(), transforms.RandomSolarize(0.5), transforms.RandomAutocontrast(),
]  # fmt: skip


@pytest.mark.parametrize("transform", RANDOM, ids=lambda t: type(t).__name__)
def test_seeds_reproduce_and_draws_differ(transform):
    x = autograd.tensor(BATCH)

    def runs():
        autograd.manual_seed(3)
        return [to_numpy(transform(x)) for _ in range(12)]

    first, second = runs(), runs()
    for a, b in zip(first, second, strict=True):
        np.testing.assert_array_equal(a, b)
    assert any(not np.array_equal(first[0], other) for other in first[1:])


def test_probabilities():
    x = autograd.tensor(BATCH)
    autograd.manual_seed(0)
    assert transforms.RandomInvert(0.0)(x) is x
    flipped = sum(transforms.RandomHorizontalFlip(0.3)(x) is not x for _ in range(600))
    assert 130 < flipped < 230
    assert transforms.RandomPosterize(1, 1.0)(x.to(autograd.uint8)).unique().tolist() == [0]
    with pytest.raises(NotImplementedError):
        Sometimes(1.0)(x)


def test_containers():
    def plus(n):
        return transforms.Lambda(lambda x: x + n)

    def times(n):
        return transforms.Lambda(lambda x: x * n)

    assert transforms.Compose([plus(1), times(3)])(1) == 6
    assert transforms.RandomApply([plus(1), times(3)], p=1.0)(1) == 6
    assert transforms.RandomApply(nn.ModuleList([transforms.RandomInvert(1.0)]), p=0.0)(1) == 1
    assert {transforms.RandomOrder([plus(1), times(3)])(1) for _ in range(30)} == {4, 6}
    assert {transforms.RandomChoice([plus(1), times(3), plus(9)])(1) for _ in range(60)} == {2, 3, 10}
    assert {transforms.RandomChoice([plus(1), times(3), plus(9)], p=[1, 0, 2])(1) for _ in range(60)} == {2, 10}
    chain = nn.Sequential(transforms.CenterCrop(4), transforms.Normalize([0.5], [0.5]))
    assert chain(autograd.tensor(BATCH)).shape == (3, 3, 4, 4)
    for call, error in (
        (lambda: transforms.RandomOrder(plus(1)), TypeError),
        (lambda: transforms.RandomChoice([plus(1)], p=1.0), TypeError),
        (lambda: transforms.RandomChoice([plus(1)], p=[1, 2]), ValueError),
        (lambda: transforms.RandomApply([plus(1)], p=2), ValueError),
    ):
        with pytest.raises(error):
            call()


def test_mixup():
    x = autograd.tensor(BATCH, requires_grad=True)
    images, labels = transforms.MixUp(num_classes=4)(x, autograd.tensor([0, 3, 1]))
    share = labels[0, 0].item()
    assert labels.dtype is autograd.float32 and labels.sum(1).tolist() == pytest.approx([1.0] * 3)
    np.testing.assert_allclose(
        to_numpy(images), share * BATCH + (1 - share) * np.roll(BATCH, 1, 0), rtol=1e-5, atol=1e-6
    )
    assert labels[1].tolist() == pytest.approx([1 - share, 0, 0, share])
    images.sum().backward()
    np.testing.assert_allclose(to_numpy(x.grad), 1.0)


def test_cutmix():
    x = autograd.tensor((BATCH * 255).astype(np.uint8))
    own = np.arange(3)
    for _ in range(20):
        images, labels = transforms.CutMix(alpha=0.5)(x, autograd.eye(3, dtype=autograd.float64))
        from_before = (to_numpy(images) == np.roll(to_numpy(x), 1, 0)).all((0, 1))
        kept = (to_numpy(images) == to_numpy(x)).all((0, 1))
        assert (from_before | kept).all()
        np.testing.assert_allclose(to_numpy(labels)[own, own], kept.mean())
        np.testing.assert_allclose(to_numpy(labels)[own, own - 1], 1 - kept.mean())


def test_mixing_refusals():
    x, y = autograd.tensor(BATCH), autograd.tensor([0, 1, 2])
    for call, message in (
        (lambda: transforms.MixUp(alpha=0.0), "alpha should be positive"),
        (lambda: transforms.MixUp(num_classes=3)(x[0], y), "expected a batch of images"),
        (lambda: transforms.CutMix()(x, y), "num_classes must be passed"),
        (lambda: transforms.MixUp(num_classes=3)(x.to(autograd.uint8), y), "images should be floating"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(NotImplementedError):
        _Mixing(num_classes=3)(x, y)


@pytest.mark.parametrize(
    ("transform", "shown"),
    [
        (transforms.Compose([transforms.CenterCrop(3), transforms.ToTensor()]),
         "Compose(\n    CenterCrop(size=(3, 3))\n    ToTensor()\n)"),
        (transforms.RandomApply([transforms.Lambda(abs)]), "RandomApply(\n    p=0.5\n    Lambda()\n)"),
        (transforms.RandomChoice([transforms.PILToTensor()]), "RandomChoice(\n    PILToTensor()\n)(p=None)"),
        (transforms.RandomOrder([transforms.ToPILImage("L")]), "RandomOrder(\n    ToPILImage(mode=L)\n)"),
        (transforms.Resize(5), "Resize(size=5, interpolation=bilinear, max_size=None, antialias=True)"),
        (transforms.RandomCrop(4, 1), "RandomCrop(size=(4, 4), padding=1)"),
        (transforms.RandomResizedCrop(4),
         "RandomResizedCrop(size=(4, 4), scale=(0.08, 1.0), "
         "ratio=(0.75, 1.3333), interpolation=bilinear, antialias=True)"),
        (transforms.RandomErasing(), "RandomErasing(p=0.5, scale=(0.02, 0.33), ratio=(0.3, 3.3), value=0, inplace=False)"),
        (transforms.RandomRotation(30),
         "RandomRotation(degrees=[-30.0, 30.0], interpolation=nearest, expand=False, fill=0)"),
        (transforms.RandomAffine(3, (0.1, 0), interpolation="bilinear", fill=1, center=(1, 2)),
         "RandomAffine(degrees=[-3.0, 3.0], translate=(0.1, 0), interpolation=bilinear, fill=1, center=(1, 2))"),
        (transforms.ColorJitter(0.5), "ColorJitter(brightness=(0.5, 1.5), contrast=None, saturation=None, hue=None)"),
        (transforms.RandomPosterize(3), "RandomPosterize(bits=3, p=0.5)"),
        (transforms.RandomPerspective(), "RandomPerspective(p=0.5)"),
        (transforms.ConvertImageDtype(autograd.uint8), "ConvertImageDtype()"),
        (transforms.GaussianBlur(3), "GaussianBlur(kernel_size=(3, 3), sigma=(0.1, 2.0))"),
        (transforms.MixUp(num_classes=3), "MixUp(alpha=1.0, num_classes=3)"),
    ],
)  # fmt: skip
def test_how_they_are_shown(transform, shown):
    assert repr(transform) == shown
