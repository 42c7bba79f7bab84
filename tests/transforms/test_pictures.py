"""Transforms of PIL images: what a pipeline does before `ToTensor`."""

from __future__ import annotations

import numpy as np
import PIL.Image
import pytest

import autograd
from autograd import transforms
from tests.arrays import to_numpy

BYTES = np.random.default_rng(4).integers(0, 256, (12, 10, 4), dtype=np.uint8)
CHANGES = [
    transforms.Resize(6),
    transforms.CenterCrop(4),
    transforms.Pad(2, padding_mode="reflect"),
    transforms.RandomCrop(8, padding=2),
    transforms.RandomHorizontalFlip(1.0),
    transforms.RandomResizedCrop(5),
    transforms.RandomRotation(20),
    transforms.ColorJitter(0.2),
    transforms.Grayscale(),
    transforms.RandomApply([transforms.RandomVerticalFlip(1.0)], 1.0),
    transforms.Compose([transforms.CenterCrop(8), transforms.Resize(4)]),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_a_picture_becomes_a_picture(change):
    picture = PIL.Image.fromarray(BYTES[..., :3])
    autograd.manual_seed(0)
    changed = change(picture)
    autograd.manual_seed(0)
    expected = change(transforms.PILToTensor()(picture))
    assert changed.mode == ("L" if expected.shape[0] == 1 else "RGB")
    np.testing.assert_array_equal(to_numpy(transforms.PILToTensor()(changed)), to_numpy(expected))


@pytest.mark.parametrize(("mode", "channels"), [("L", 1), ("LA", 2), ("RGBA", 4), ("CMYK", 4), ("HSV", 3)])
def test_the_mode_stays(mode, channels):
    values = BYTES[..., 0] if channels == 1 else BYTES[..., :channels]
    picture = PIL.Image.frombytes(mode, (10, 12), np.ascontiguousarray(values).tobytes())
    flipped = transforms.RandomHorizontalFlip(1.0)(picture)
    assert flipped.mode == mode
    np.testing.assert_array_equal(np.asarray(flipped), values[:, ::-1])


def test_several_pictures():
    crops = transforms.FiveCrop(4)(PIL.Image.fromarray(BYTES))
    assert [crop.size for crop in crops] == [(4, 4)] * 5


@pytest.mark.parametrize(
    "change",
    [transforms.Normalize([0.5], [0.5]), transforms.RandomErasing(1.0), transforms.GaussianNoise()],
    ids=lambda change: type(change).__name__,
)
def test_some_take_tensors_only(change):
    with pytest.raises(TypeError, match="convert it with ToTensor first"):
        change(PIL.Image.fromarray(BYTES[..., :3]))


def test_pictures_without_bytes_are_refused():
    with pytest.raises(TypeError, match="convert it with ToTensor first"):
        transforms.CenterCrop(4)(PIL.Image.fromarray(BYTES[..., 0].astype(np.float32)))
