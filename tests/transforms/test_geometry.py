"""Cutting, padding, flipping, resizing and erasing images."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from autograd import transforms
from autograd.transforms import functional as F
from tests.arrays import to_numpy

RNG = np.random.default_rng(0)
BATCH = RNG.random((2, 3, 7, 9), dtype=np.float32)
BYTES = (BATCH * 255).astype(np.uint8)


def test_flips_are_involutions_and_keep_leading_dims():
    for flip, axis in ((F.hflip, -1), (F.vflip, -2)):
        for image in (BATCH, BYTES[0], BYTES[0, 0]):
            x = autograd.tensor(image)
            np.testing.assert_array_equal(to_numpy(flip(x)), np.flip(image, axis))
            np.testing.assert_array_equal(to_numpy(flip(flip(x))), image)


@pytest.mark.parametrize(
    "box", [(1, 2, 3, 4), (-1, -2, 5, 6), (5, 7, 4, 4), (-2, 0, 12, 9), (-9, 3, 4, 4), (9, 9, 2, 3)]
)
def test_crops_reach_into_zeros(box):
    top, left, height, width = box
    padded = np.pad(BYTES, [(0, 0), (0, 0), (20, 20), (20, 20)])
    expected = padded[..., 20 + top : 20 + top + height, 20 + left : 20 + left + width]
    np.testing.assert_array_equal(to_numpy(F.crop(autograd.tensor(BYTES), *box)), expected)


def test_center_crop_of_smaller_and_larger_sizes():
    x = autograd.arange(16).reshape(1, 4, 4)
    assert F.center_crop(x, 2).tolist() == [[[5, 6], [9, 10]]]
    assert F.center_crop(x, [4, 4]).tolist() == x.tolist()
    wide = transforms.CenterCrop((2, 7))(x)
    assert wide.tolist() == [[[0, 4, 5, 6, 7, 0, 0], [0, 8, 9, 10, 11, 0, 0]]]


def test_five_and_ten_crops():
    x = autograd.arange(12).reshape(1, 3, 4)
    found = [crop.reshape(-1).tolist() for crop in transforms.FiveCrop((2, 2))(x)]
    assert found == [[0, 1, 4, 5], [2, 3, 6, 7], [4, 5, 8, 9], [6, 7, 10, 11], [1, 2, 5, 6]]
    for vertical, flip in ((False, F.hflip), (True, F.vflip)):
        ten = transforms.TenCrop(2, vertical)(x)
        assert len(ten) == 10
        assert [c.tolist() for c in ten[5:]] == [c.tolist() for c in F.five_crop(flip(x), 2)]
    with pytest.raises(ValueError, match=r"crop size \(9, 9\) is bigger than input size \(3, 4\)"):
        F.five_crop(x, 9)


@pytest.mark.parametrize(("ours", "theirs"), [("edge", "edge"), ("reflect", "reflect"), ("symmetric", "symmetric")])
def test_padding_modes_as_numpy(ours, theirs):
    x = autograd.tensor(BYTES)
    for padding, widths in ((2, ((2, 2), (2, 2))), ([1, 3], ((3, 3), (1, 1))), ([0, 1, 2, 3], ((1, 3), (0, 2)))):
        expected = np.pad(BYTES, ((0, 0), (0, 0), *widths), mode=theirs)
        np.testing.assert_array_equal(to_numpy(F.pad(x, padding, padding_mode=ours)), expected)


def test_constant_padding():
    x = autograd.ones(2, 1, 2, dtype=autograd.uint8)
    assert F.pad(x, [1, 0], 7)[0].tolist() == [[7, 1, 1, 7]]
    assert F.pad(x, [1, 0], (7, 8))[:, 0].tolist() == [[7, 1, 1, 7], [8, 1, 1, 8]]
    assert F.pad(x, [1, 0], [5]).dtype is autograd.uint8
    assert F.pad(x, [-1, 0, 0, 1])[0].tolist() == [[1], [0]]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda x: F.pad(x, "2"), TypeError, "inappropriate padding"),
        (lambda x: F.pad(x, [1, 2, 3]), ValueError, "1, 2, or 4 element"),
        (lambda x: F.pad(x, 1, padding_mode="wrap"), ValueError, "Padding mode should be"),
        (lambda x: transforms.Pad(1, padding_mode="wrap"), ValueError, "Padding mode should be"),
        (lambda x: F.pad(x, 7, padding_mode="reflect"), ValueError, r"\(7, 7\) is too wide for 7 pixels"),
        (lambda x: F.pad(x, 1, (1, 2)), ValueError, "one fill value or 3"),
        (lambda x: F.center_crop(x, (1, 2, 3)), ValueError, "only two dimensions"),
        (lambda x: F.hflip([1]), TypeError, "should be a tensor image"),
        (lambda x: F.hflip(x[0, 0, 0]), TypeError, r"\(..., H, W\)"),
        (lambda x: F.resize(x, (1, 2), max_size=3), ValueError, "max_size should only be passed"),
        (lambda x: F.resize(x, 5, max_size=5), ValueError, "must be strictly greater"),
        (lambda x: F.resize(x, 5, "box"), ValueError, "interpolation must be one of"),
        (lambda x: transforms.Resize((1, 2, 3)), ValueError, "1 or 2 values"),
        (lambda x: transforms.RandomCrop(20)(x), ValueError, r"\(20, 20\) is larger than input image size \(7, 9\)"),
        (lambda x: transforms.RandomResizedCrop(5, (1.0, 0.5)), ValueError, r"scale should be of kind \(min, max\)"),
        (lambda x: transforms.RandomHorizontalFlip(1.5), ValueError, "p should be"),
        (lambda x: transforms.RandomErasing(value={}), TypeError, "number or str or a sequence"),
        (lambda x: transforms.RandomErasing(value="noise"), ValueError, "should be 'random'"),
        (lambda x: transforms.RandomErasing(scale=(0.5, 2)), ValueError, "Scale should be between"),
        (lambda x: transforms.RandomErasing(ratio=(2, 1)), ValueError, "ratio should be"),
        (lambda x: transforms.RandomErasing(1.0, value=(1, 2))(x), ValueError, "single value or 3"),
    ],
)  # fmt: skip
def test_refusals(call, error, message):
    with pytest.raises(error, match=message):
        call(autograd.tensor(BATCH))


@pytest.mark.parametrize("mode", ["nearest", "nearest-exact", "bilinear", "bicubic"])
@pytest.mark.parametrize("size", [(4, 5), (10, 20), (7, 4)])
@pytest.mark.parametrize("antialias", [False, True])
def test_resize_as_torch(mode, size, antialias):
    smooth = mode in ("bilinear", "bicubic")
    options = {"antialias": antialias, "align_corners": False} if smooth else {}
    expected = torch.nn.functional.interpolate(torch.tensor(BATCH), size, mode=mode, **options).numpy()
    found = F.resize(autograd.tensor(BATCH), size, transforms.InterpolationMode(mode), antialias=antialias)
    np.testing.assert_allclose(to_numpy(found), expected, rtol=1e-5, atol=1e-6)
    wide = torch.nn.functional.interpolate(torch.tensor(BYTES).double(), size, mode=mode, **options)
    rounded = to_numpy(F.resize(autograd.tensor(BYTES), size, mode, antialias=antialias))
    assert rounded.dtype == np.uint8
    assert np.abs(rounded - wide.clamp(0, 255).numpy()).max() <= 0.501


def test_sizes_of_resize():
    x = autograd.zeros(3, 20, 30)
    for size, max_size, expected in (
        (10, None, (10, 15)),
        ([10], None, (10, 15)),
        (16, 20, (13, 20)),
        ((4, 5), None, (4, 5)),
    ):
        assert tuple(F.resize(x, size, max_size=max_size).shape) == (3, *expected)
        assert tuple(transforms.Resize(size, max_size=max_size)(x.transpose(1, 2)).shape[1:]) == (
            expected if size == (4, 5) else expected[::-1]
        )
    assert F.resize(x, 20) is x
    assert F.resize(x[0], (2, 2)).shape == (2, 2)
    assert F.resized_crop(x, 1, 2, 4, 4, [6, 7]).shape == (3, 6, 7)


def test_random_crops_are_parts_of_the_image():
    x = autograd.arange(63).reshape(1, 7, 9)
    places = set()
    for _ in range(60):
        part = transforms.RandomCrop((3, 4))(x)
        start = part[0, 0, 0].item()
        places.add(start)
        assert part.tolist() == F.crop(x, start // 9, start % 9, 3, 4).tolist()
    assert len(places) > 15
    assert transforms.RandomCrop(10, padding=2, pad_if_needed=True, padding_mode="edge")(x).shape == (1, 10, 10)
    assert transforms.RandomCrop(9, pad_if_needed=True)(x).shape == (1, 9, 9)


def test_random_resized_crop_falls_back_to_the_middle():
    crop = transforms.RandomResizedCrop
    for size, expected in (((2, 40), (0, 18, 2, 3)), ((40, 2), (18, 0, 3, 2))):
        assert crop.get_params(autograd.zeros(1, *size), (0.9, 1.0), (3 / 4, 4 / 3)) == expected
    for _ in range(30):
        top, left, height, width = crop.get_params(autograd.zeros(1, 50, 60), (0.2, 0.5), (0.5, 2.0))
        assert 0 <= top <= 50 - height and 0 <= left <= 60 - width
        assert 0.18 < height * width / 3000 < 0.52 and 0.45 < width / height < 2.2
    assert crop(5, antialias=False)(autograd.tensor(BATCH)).shape == (2, 3, 5, 5)


def test_erasing():
    x = autograd.tensor(BATCH)
    erased = F.erase(x, 1, 2, 3, 4, 9.0)
    expected = BATCH.copy()
    expected[..., 1:4, 2:6] = 9.0
    np.testing.assert_array_equal(to_numpy(erased), expected)
    np.testing.assert_array_equal(to_numpy(x), BATCH)
    assert F.erase(x, 0, 0, 1, 1, 0.0, inplace=True) is x
    found = to_numpy(transforms.RandomErasing(1.0, value=(5.0, 6.0, 7.0))(x))
    for channel, value in enumerate((5.0, 6.0, 7.0)):
        assert 0.02 <= (found[:, channel] == value).mean() <= 0.4
    noisy = to_numpy(transforms.RandomErasing(1.0, value="random")(x))
    assert 0 < (noisy != to_numpy(x)).mean() < 0.5
    assert to_numpy(transforms.RandomErasing(1.0, value="random")(autograd.tensor(BYTES))).dtype == np.uint8
    whole = transforms.RandomErasing(1.0, scale=(1.0, 1.0), ratio=(1.0, 1.0))
    np.testing.assert_array_equal(to_numpy(whole(autograd.tensor(BATCH))), BATCH)


def test_gradients_flow_through_geometry():
    x = autograd.tensor(BATCH, requires_grad=True)
    chain = transforms.Compose(
        [transforms.Resize(6), transforms.CenterCrop(8), transforms.Pad(1, padding_mode="reflect")]
    )
    F.hflip(chain(x)).sum().backward()
    reference = torch.tensor(BATCH, requires_grad=True)
    small = torch.nn.functional.interpolate(reference, (6, 7), mode="bilinear", antialias=True)
    padded = torch.nn.functional.pad(small, (0, 1, 1, 1))
    torch.nn.functional.pad(padded, (1, 1, 1, 1), mode="reflect").sum().backward()
    np.testing.assert_allclose(to_numpy(x.grad), reference.grad.numpy(), rtol=1e-5)
