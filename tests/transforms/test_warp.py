"""Rotations, affine maps and perspective."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.ndimage
import torch

import autograd
from autograd import transforms
from autograd.transforms import functional as F
from tests.arrays import to_numpy

IMAGE = np.random.default_rng(1).random((2, 3, 9, 12))


def test_quarter_turns_are_exact():
    square = IMAGE[..., :9]
    for k in range(4):
        for image in (square, (square * 255).astype(np.uint8)):
            found = to_numpy(F.rotate(autograd.tensor(image), 90 * k))
            np.testing.assert_array_equal(found, np.rot90(image, k, (-2, -1)))
            sampled = to_numpy(F.rotate(autograd.tensor(image), 90 * k, center=[4.5, 4.5]))
            np.testing.assert_array_equal(sampled, found)
        expanded = F.rotate(autograd.tensor(IMAGE), 90 * k, expand=True)
        np.testing.assert_array_equal(to_numpy(expanded), np.rot90(IMAGE, k, (-2, -1)))


@pytest.mark.parametrize("angle", [17.0, -60.0, 150.0])
def test_rotation_as_scipy(angle):
    """scipy.ndimage agrees where it needs no pixels from outside."""
    found = to_numpy(F.rotate(autograd.tensor(IMAGE), angle, "bilinear", fill=-5.0))
    expected = scipy.ndimage.rotate(IMAGE, angle, (-1, -2), reshape=False, order=1, cval=np.nan)
    known = ~np.isnan(expected)
    assert known.mean() > 0.4
    np.testing.assert_allclose(found[known], expected[known], rtol=1e-9)
    assert (found[~known] < 1).all() and (found == -5.0).any()


def test_expanded_size_covers_the_image():
    x = autograd.ones(1, 10, 20)
    found = F.rotate(x, 45, "bilinear", expand=True)
    assert tuple(found.shape) == (1, 22, 22)
    assert abs(found.sum().item() - 200) < 2


def test_center_of_rotation():
    x = autograd.zeros(1, 7, 7)
    x[0, 1, 1] = 1.0
    turned = F.rotate(x, 180, center=[2.5, 2.5])
    assert turned[0, 3, 3].item() == 1.0 and turned.sum().item() == 1.0
    same = F.affine(x, 180, (0, 0), 1.0, 0.0, center=[2.5, 2.5])
    assert same.tolist() == turned.tolist()


def test_identity_gives_the_input():
    for image in (IMAGE, (IMAGE * 255).astype(np.uint8), IMAGE[0, 0]):
        x = autograd.tensor(image)
        corners = [[0, 0], [11, 0], [11, 8], [0, 8]]
        for mode in ("nearest", "bilinear", "bicubic"):
            results = [
                F.rotate(x, 0, mode),
                F.affine(x, 0, (0, 0), 1.0, [0.0], mode),
                F.perspective(x, corners, corners, mode),
            ]
            for found in results:
                np.testing.assert_allclose(to_numpy(found), image, rtol=1e-9, atol=1e-12)


def test_translation_and_fill():
    x = autograd.tensor((IMAGE * 255).astype(np.uint8))
    moved = to_numpy(F.affine(x, 0, (2, -1), 1.0, 0.0, fill=(1, 2, 3)))
    source = to_numpy(x)
    np.testing.assert_array_equal(moved[..., :-1, 2:], source[..., 1:, :-2])
    for channel in range(3):
        assert (moved[:, channel, :, :2] == channel + 1).all() and (moved[:, channel, -1] == channel + 1).all()


@pytest.mark.parametrize("mode", ["nearest", "bilinear", "bicubic"])
def test_affine_as_torch(mode):
    """Shear, scale and angle by hand: the inverse matrix through torch's affine_grid and grid_sample."""
    angle, scale, shear, move = 30.0, 1.3, (10.0, -5.0), (1.5, -2.0)
    turn, sx, sy = np.radians(angle), np.radians(shear[0]), np.radians(shear[1])
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    slant = np.array([[1, 0], [-np.tan(sy), 1]]) @ np.array([[1, -np.tan(sx)], [0, 1]])
    back = np.linalg.inv(scale * rotation @ slant)
    half = np.array([6.0, 4.5])
    theta = np.c_[back * half[None] / half[:, None], -(back @ move) / half]
    grid = torch.nn.functional.affine_grid(torch.tensor(np.stack([theta] * 2)), (2, 3, 9, 12), align_corners=False)
    expected = torch.nn.functional.grid_sample(torch.tensor(IMAGE), grid, mode=mode, align_corners=False)
    found = F.affine(autograd.tensor(IMAGE), angle, move, scale, shear, transforms.InterpolationMode(mode))
    np.testing.assert_allclose(to_numpy(found), expected.numpy(), rtol=1e-8, atol=1e-10)


def test_perspective_moves_the_corners():
    x = autograd.tensor(IMAGE[:, :, :, :9])
    corners = [[0, 0], [9, 0], [9, 9], [0, 9]]
    flipped = F.perspective(x, corners, [corners[i] for i in (1, 0, 3, 2)], "nearest")
    np.testing.assert_array_equal(to_numpy(flipped), to_numpy(x)[..., ::-1])
    half = F.perspective(x, corners, [[0, 0], [4.5, 0], [4.5, 9], [0, 9]], "bilinear", fill=2.0)
    assert to_numpy(half)[..., 6:].min() == 2.0 and to_numpy(half)[..., :4].max() <= 1.0


def test_gradients_flow_through_warps():
    x = autograd.tensor(IMAGE[:1, :1, :5, :6], requires_grad=True)
    corners = [[0, 0], [5, 0], [5, 4], [0, 4]]
    for warp in (
        lambda x: F.rotate(x, 20, "bilinear", fill=0.5),
        lambda x: F.affine(x, 20, (1, 0), 0.9, 5.0, "bicubic"),
        lambda x: F.perspective(x, corners, [[1, 0], [5, 1], [4, 4], [0, 3]]),
    ):
        assert autograd.gradcheck(warp, (x,))


def test_random_warps():
    x = autograd.tensor(IMAGE)
    assert transforms.RandomRotation(30, expand=True)(x).shape[:2] == (2, 3)
    wide = transforms.RandomAffine(10, (0.2, 0.1), (0.8, 1.2), [-5, 5, -3, 3], "bilinear", fill=0.5)
    assert wide(x).shape == x.shape
    for _ in range(20):
        angle, moves, scale, shears = wide.get_params(wide.degrees, wide.translate, wide.scale, wide.shear, [100, 50])
        assert abs(angle) <= 10 and abs(moves[0]) <= 20 and abs(moves[1]) <= 5
        assert 0.8 <= scale <= 1.2 and abs(shears[0]) <= 5 and abs(shears[1]) <= 3
    fixed = transforms.RandomAffine((0, 0), shear=7)
    assert fixed.get_params(fixed.degrees, None, None, fixed.shear, [9, 9])[3][1] == 0.0
    np.testing.assert_allclose(to_numpy(transforms.RandomAffine(0)(x)), IMAGE)
    assert transforms.RandomPerspective(p=1.0)(x).shape == x.shape
    np.testing.assert_allclose(to_numpy(transforms.RandomPerspective(0.0, p=1.0)(x)), IMAGE, rtol=1e-9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: F.rotate(x, 1, "nearest-exact"), "interpolation must be one of"),
        (lambda x: F.rotate(x, 1, center=[1]), r"sequence \(x, y\) of length 2"),
        (lambda x: F.affine(x, 0, [1], 1.0, 0.0), "translate should be a sequence of length 2"),
        (lambda x: F.affine(x, 0, (0, 0), 0.0, 0.0), "scale should be positive"),
        (lambda x: F.affine(x, 0, (0, 0), 1.0, (1, 2, 3)), "Shear should be"),
        (lambda x: F.perspective(x, [[0, 0]], [[0, 0]]), "four points"),
        (lambda x: transforms.RandomRotation(-3), "degrees is a single number, it must be positive"),
        (lambda x: transforms.RandomRotation((1, 2, 3)), "degrees should be a number or a sequence"),
        (lambda x: transforms.RandomAffine(0, translate=(0.1, 2)), "between 0 and 1"),
        (lambda x: transforms.RandomAffine(0, scale=(0, 1)), "scale values should be"),
        (lambda x: transforms.RandomPerspective(2.0), "distortion_scale"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call(autograd.tensor(IMAGE))
