"""Colors, tones, blur and noise."""

from __future__ import annotations

import colorsys

import numpy as np
import pytest
import scipy.ndimage

import autograd
from autograd import transforms
from autograd.transforms import functional as F
from tests.arrays import to_numpy

IMAGE = np.random.default_rng(2).random((2, 3, 6, 7))
BYTES = (IMAGE * 255).astype(np.uint8)
GRAY = np.einsum("c,nchw->nhw", [0.2989, 0.587, 0.114], IMAGE)[:, None]


def test_grayscale():
    x = autograd.tensor(IMAGE)
    np.testing.assert_allclose(to_numpy(F.rgb_to_grayscale(x)), GRAY)
    np.testing.assert_allclose(to_numpy(transforms.Grayscale(3)(x)), np.repeat(GRAY, 3, 1))
    assert transforms.RandomGrayscale(1.0)(x).shape == x.shape
    one = x[:, :1]
    assert F.rgb_to_grayscale(one) is one and F.rgb_to_grayscale(one, 3).shape == x.shape
    pixel = autograd.tensor([[[100]], [[50]], [[200]]], dtype=autograd.uint8)
    assert F.rgb_to_grayscale(pixel).tolist() == [[[82]]]  # 29.89 + 29.35 + 22.8 = 82.04


@pytest.mark.parametrize("factor", [0.0, 0.4, 1.0, 1.7])
def test_blends(factor):
    x = autograd.tensor(IMAGE)
    mean = GRAY.mean((1, 2, 3), keepdims=True)
    for adjust, other in ((F.adjust_brightness, 0.0), (F.adjust_contrast, mean), (F.adjust_saturation, GRAY)):
        expected = np.clip(factor * IMAGE + (1 - factor) * other, 0, 1)
        np.testing.assert_allclose(to_numpy(adjust(x, factor)), expected, atol=1e-12)
        for image in (BYTES, BYTES[0, :1]):
            found = adjust(autograd.tensor(image), factor)
            assert found.dtype is autograd.uint8 and tuple(found.shape) == image.shape
            if factor == 1.0:
                np.testing.assert_array_equal(to_numpy(found), image)
    dark = F.adjust_brightness(autograd.tensor([[100, 255]], dtype=autograd.uint8), factor)
    assert dark.tolist() == [[int(100 * factor), min(int(255 * factor), 255)]]
    assert F.adjust_contrast(x[0, 0], factor).shape == x[0, 0].shape


@pytest.mark.parametrize("shift", [-0.5, -0.13, 0.0, 0.25, 0.5])
def test_hue_as_colorsys(shift):
    image = IMAGE.copy()
    image[0, :, 0, 0] = 0.4  # gray, black and white have no hue
    image[0, :, 0, 1], image[0, :, 0, 2] = 0.0, 1.0
    found = to_numpy(F.adjust_hue(autograd.tensor(image), shift))
    for n, row, column in np.ndindex(2, 6, 7):
        hue, saturation, value = colorsys.rgb_to_hsv(*image[n, :, row, column])
        expected = colorsys.hsv_to_rgb((hue + shift) % 1.0, saturation, value)
        np.testing.assert_allclose(found[n, :, row, column], expected, atol=1e-9)
    if shift == 0.0:
        np.testing.assert_array_equal(to_numpy(F.adjust_hue(autograd.tensor(BYTES), shift)), BYTES)
    gray = autograd.tensor(IMAGE[:, :1])
    assert F.adjust_hue(gray, shift) is gray


def test_gamma():
    x = autograd.tensor(IMAGE)
    np.testing.assert_allclose(to_numpy(F.adjust_gamma(x, 2.2, 1.5)), np.clip(1.5 * IMAGE**2.2, 0, 1))
    np.testing.assert_array_equal(to_numpy(F.adjust_gamma(autograd.tensor(BYTES), 1.0)), BYTES)


def test_sharpness():
    kernel = np.array([[1, 1, 1], [1, 5, 1], [1, 1, 1]]) / 13
    smooth = IMAGE.copy()
    smooth[..., 1:-1, 1:-1] = scipy.ndimage.correlate(IMAGE, kernel[None, None])[..., 1:-1, 1:-1]
    for factor in (0.0, 1.0, 2.0):
        expected = np.clip(factor * IMAGE + (1 - factor) * smooth, 0, 1)
        np.testing.assert_allclose(to_numpy(F.adjust_sharpness(autograd.tensor(IMAGE), factor)), expected, atol=1e-12)
    found = to_numpy(transforms.RandomAdjustSharpness(0, 1.0)(autograd.tensor(BYTES)))
    expected = scipy.ndimage.correlate(BYTES.astype(float), kernel[None, None])
    assert np.abs(found - expected)[..., 1:-1, 1:-1].max() <= 0.501
    small = autograd.ones(1, 2, 9)
    assert F.adjust_sharpness(small, 3.0) is small


def test_tones():
    x = autograd.tensor([[[0, 55, 100, 255]]], dtype=autograd.uint8)
    assert F.invert(x).tolist() == [[[255, 200, 155, 0]]]
    assert F.invert(F.invert(x)).tolist() == x.tolist()
    assert F.posterize(x, 2).tolist() == [[[0, 0, 64, 192]]]
    assert F.posterize(x, 8).tolist() == x.tolist() and F.posterize(x, 0).tolist() == [[[0, 0, 0, 0]]]
    assert F.solarize(x, 100).tolist() == [[[0, 55, 155, 0]]]
    assert F.autocontrast(autograd.tensor([[[10, 20, 60]]], dtype=autograd.uint8)).tolist() == [[[0, 51, 255]]]
    flat = autograd.tensor([[[7, 7]], [[0, 1]], [[0, 0]]], dtype=autograd.uint8)
    assert F.autocontrast(flat).tolist() == [[[7, 7]], [[0, 255]], [[0, 0]]]
    np.testing.assert_allclose(to_numpy(F.invert(autograd.tensor(IMAGE))), 1 - IMAGE)


def test_equalize_by_hand():
    """Each plane against the same steps in plain NumPy; planes of few pixels stay."""
    image = np.random.default_rng(3).integers(0, 90, (2, 3, 40, 50), dtype=np.uint8)
    image[0, 0] = 9
    found = to_numpy(F.equalize(autograd.tensor(image)))
    for plane, ours in zip(image.reshape(6, -1), found.reshape(6, -1), strict=True):
        counts = np.bincount(plane, minlength=256)
        step = counts[counts > 0][:-1].sum() // 255
        if step:
            curve = np.clip((np.concatenate([[0], np.cumsum(counts)[:-1]]) + step // 2) // step, 0, 255)
            plane = curve[plane]
        np.testing.assert_array_equal(ours, plane)
    small = autograd.tensor(BYTES)
    np.testing.assert_array_equal(to_numpy(transforms.RandomEqualize(1.0)(small)), BYTES)


def test_blur_as_scipy():
    x = autograd.tensor(IMAGE)
    expected = IMAGE
    for axis, (size, sigma) in ((-1, (3, 0.8)), (-2, (5, 1.1))):
        at = np.arange(size) - size // 2
        weights = np.exp(-0.5 * (at / sigma) ** 2)
        expected = scipy.ndimage.correlate1d(expected, weights / weights.sum(), axis, mode="mirror")
    np.testing.assert_allclose(to_numpy(F.gaussian_blur(x, [3, 5], [0.8, 1.1])), expected, rtol=1e-10)
    default = F.gaussian_blur(x, 3, [0.8])
    np.testing.assert_allclose(to_numpy(default), to_numpy(F.gaussian_blur(x, 3)))
    assert F.gaussian_blur(autograd.full((1, 5, 5), 200, dtype=autograd.uint8), 3).unique().tolist() == [200]
    assert transforms.GaussianBlur(3, 0.7)(x[0]).shape == x[0].shape


def test_noise():
    x = autograd.full((1, 100, 100), 0.5, dtype=autograd.float64)
    noisy = to_numpy(F.gaussian_noise(x, 0.1, 0.05, clip=False))
    assert abs(noisy.mean() - 0.6) < 0.003 and abs(noisy.std() - 0.05) < 0.003
    clipped = to_numpy(transforms.GaussianNoise(sigma=2.0)(x))
    assert clipped.min() == 0.0 and clipped.max() == 1.0
    whole = to_numpy(F.gaussian_noise(autograd.full((1, 100, 100), 100, dtype=autograd.uint8)))
    assert whole.dtype == np.uint8 and abs(whole.mean() - 100) < 1.5 and abs(whole.std() - 25.5) < 1.0


def test_gradients_flow_through_colors():
    x = autograd.tensor(IMAGE[:1, :, :3, :4] * 0.8 + 0.1, requires_grad=True)
    for change in (
        lambda x: F.adjust_contrast(x, 0.7),
        lambda x: F.adjust_saturation(x, 0.7),
        lambda x: F.adjust_hue(x, 0.1),
        lambda x: F.adjust_gamma(x, 1.5),
        lambda x: F.adjust_sharpness(x, 0.5),
        lambda x: F.gaussian_blur(x, 3),
        F.invert,
    ):
        assert autograd.gradcheck(change, (x,))
    gray = autograd.full((3, 2, 2), 0.5, requires_grad=True)
    F.adjust_hue(gray, 0.2).sum().backward()
    assert np.isfinite(to_numpy(gray.grad)).all()


def test_jitter():
    x = autograd.tensor(IMAGE)
    jitter = transforms.ColorJitter(0.5, (0.2, 0.4), 2.0, 0.1)
    assert (jitter.brightness, jitter.contrast, jitter.saturation, jitter.hue) == (
        (0.5, 1.5),
        (0.2, 0.4),
        (0.0, 3.0),
        (-0.1, 0.1),
    )
    orders = set()
    for _ in range(30):
        order, brightness, contrast, saturation, hue = jitter.get_params(
            jitter.brightness, jitter.contrast, jitter.saturation, jitter.hue
        )
        assert sorted(order) == [0, 1, 2, 3]
        orders.add(tuple(order))
        assert 0.5 <= brightness <= 1.5 and 0.2 <= contrast <= 0.4 and 0 <= saturation <= 3 and abs(hue) <= 0.1
    assert len(orders) > 5
    assert jitter(x).shape == x.shape
    assert transforms.ColorJitter()(x) is x


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda x: F.rgb_to_grayscale(x, 2), ValueError, "either 1 or 3"),
        (lambda x: F.rgb_to_grayscale(x[:, :2]), TypeError, "permitted channel values are 1 or 3, but found 2"),
        (lambda x: F.adjust_brightness(x, -1), ValueError, "brightness_factor"),
        (lambda x: F.adjust_sharpness(x, -1), ValueError, "sharpness_factor"),
        (lambda x: F.adjust_hue(x, 0.6), ValueError, "hue_factor"),
        (lambda x: F.posterize(x, 9), ValueError, "between 0 and 8"),
        (lambda x: F.posterize(x, 3), TypeError, "only uint8"),
        (lambda x: F.solarize(x, 1.5), TypeError, "less than bound"),
        (lambda x: F.gaussian_blur(x, 4), ValueError, "odd and positive"),
        (lambda x: F.gaussian_blur(x, [3, 3, 3]), ValueError, "length should be 1 or 2"),
        (lambda x: F.gaussian_blur(x, 3, 0.0), ValueError, "sigma should have positive"),
        (lambda x: transforms.GaussianBlur(2), ValueError, "odd and positive"),
        (lambda x: transforms.GaussianBlur(3, (2, 1)), ValueError, "min, max"),
        (lambda x: F.gaussian_noise(x, sigma=-1), ValueError, "negative"),
        (lambda x: F.gaussian_noise(x.to(autograd.int32)), ValueError, "uint8 or float"),
        (lambda x: transforms.ColorJitter(-1), ValueError, "brightness is a single number"),
        (lambda x: transforms.ColorJitter(hue=0.6), ValueError, "hue values should be between -0.5 and 0.5"),
    ],
)  # fmt: skip
def test_refusals(call, error, message):
    with pytest.raises(error, match=message):
        call(autograd.tensor(IMAGE))
