"""Blurring, sharpening and noise, by the names of `torchvision.transforms.functional`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import autograd
from autograd import Tensor
from autograd.transforms.functional_geometry import pad
from autograd.transforms.images import as_float, cast_back, checked, greatest, is_float, nn_functional, planewise


def both(name: str, value: Any) -> list:
    """(x, y) of one number or a sequence of one or two.

    Raises
    ------
    ValueError
        For a sequence of another length.
    """
    values = list(value) if isinstance(value, (tuple, list)) else [value]
    if len(values) not in (1, 2):
        raise ValueError(f"If {name} is a sequence its length should be 1 or 2. Got {len(values)}: {value}")
    return [values[0], values[-1]]


def gaussian_blur(
    img: Tensor, kernel_size: int | Sequence[int], sigma: float | Sequence[float] | None = None
) -> Tensor:
    """The image blurred with a Gaussian, its border reflected.

    Parameters
    ----------
    img : (..., H, W)
    kernel_size : odd, or (x, y)
    sigma : the standard deviation in pixels, or (x, y); 0.15 · kernel_size + 0.35 by default

    Raises
    ------
    ValueError
        For a size that is not odd and positive, or a sigma that is not positive.
    """
    sizes = both("kernel_size", kernel_size)
    sigmas = [0.15 * n + 0.35 for n in sizes] if sigma is None else both("sigma", sigma)
    if any(n % 2 == 0 or n < 1 for n in sizes):
        raise ValueError(f"kernel_size should have odd and positive integers. Got {kernel_size}")
    if any(s <= 0 for s in sigmas):
        raise ValueError(f"sigma should have positive values. Got {sigma}")
    img = checked("gaussian_blur", img)

    def blur(planes: Tensor) -> Tensor:
        result = pad(planes, [sizes[0] // 2, sizes[1] // 2], padding_mode="reflect").transpose(0, 1)
        for n, spread, shape in zip(sizes, sigmas, ((1, 1, 1, -1), (1, 1, -1, 1)), strict=True):
            at = autograd.arange(n, dtype=planes.dtype, device=img.device) - (n - 1) / 2
            weights = autograd.exp(-0.5 * (at / spread) ** 2)
            result = nn_functional().conv2d(result, (weights / weights.sum()).reshape(shape))
        return result.transpose(0, 1)

    return planewise(img, blur)


def adjust_sharpness(img: Tensor, sharpness_factor: float) -> Tensor:
    """The image blended with a smoothed one: 0 gives the smoothed image, 1 the image, 2 one that is sharper.

    The smoothing kernel is [[1, 1, 1], [1, 5, 1], [1, 1, 1]] / 13; the border is left as it is.

    Raises
    ------
    ValueError
        For a negative factor.
    """
    if sharpness_factor < 0:
        raise ValueError(f"sharpness_factor ({sharpness_factor}) is not non-negative.")
    rows, columns = checked("adjust_sharpness", img, (1, 3)).shape[-2:]
    if rows <= 2 or columns <= 2:
        return img
    kernel = autograd.ones(1, 1, 3, 3, dtype=as_float(img).dtype, device=img.device)
    kernel[0, 0, 1, 1] = 5.0

    def smooth(planes: Tensor) -> Tensor:
        return nn_functional().conv2d(planes.transpose(0, 1), kernel / 13.0).transpose(0, 1)

    middle = as_float(img)[..., 1:-1, 1:-1]
    change = nn_functional().pad(as_float(planewise(img, smooth)) - middle, [1, 1, 1, 1])
    sharpened = as_float(img) + (1.0 - sharpness_factor) * change
    return sharpened.clamp(0, greatest(img.dtype)).to(img.dtype)


def gaussian_noise(img: Tensor, mean: float = 0.0, sigma: float = 0.1, clip: bool = True) -> Tensor:
    """The image with normal noise added to its values, measured with white as 1.

    Parameters
    ----------
    img : floating, or uint8
    mean, sigma : of the noise
    clip : keep the result between black and white; always so for uint8

    Raises
    ------
    ValueError
        For a negative sigma, or another type.
    """
    if sigma < 0:
        raise ValueError(f"sigma shouldn't be negative. Got {sigma}")
    if not (is_float(checked("gaussian_noise", img)) or img.dtype is autograd.uint8):
        raise ValueError(f"Input tensor is expected to be in uint8 or float dtype, got dtype={img.dtype}")
    bound, values = greatest(img.dtype), as_float(img)
    noise = autograd.randn(img.shape, dtype=values.dtype, device=img.device)
    result = values + bound * (mean + sigma * noise)
    return cast_back(result.clamp(0, bound) if clip or not is_float(img) else result, img)
