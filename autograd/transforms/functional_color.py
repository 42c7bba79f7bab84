"""Colors of images, by the names of `torchvision.transforms.functional`."""

from __future__ import annotations

import autograd
from autograd import Tensor
from autograd.transforms.functional_conversion import convert_image_dtype
from autograd.transforms.images import as_float, as_type, channels_of, checked, greatest


def rgb_to_grayscale(img: Tensor, num_output_channels: int = 1) -> Tensor:
    """0.2989 R + 0.587 G + 0.114 B (ITU-R BT.601), in one channel or in three equal ones.

    Parameters
    ----------
    img : (..., 3, H, W), or (..., 1, H, W), which stays
    num_output_channels : 1 or 3

    Raises
    ------
    ValueError
        For another number of channels asked for.
    TypeError
        If the image has another number of channels.
    """
    if num_output_channels not in (1, 3):
        raise ValueError(f"num_output_channels should be either 1 or 3, got {num_output_channels}")
    gray = checked("rgb_to_grayscale", img, (1, 3))
    if img.ndim > 2 and channels_of(img) == 3:
        red, green, blue = as_float(img).split(1, dim=-3)
        gray = as_type(0.2989 * red + 0.587 * green + 0.114 * blue, img)
    return gray if num_output_channels == 1 else gray.expand(*gray.shape[:-3], 3, *gray.shape[-2:]).clone()


def _blend(img: Tensor, other: Tensor | float, ratio: float) -> Tensor:
    """ratio · img + (1 - ratio) · other, within the image's range."""
    mixed = as_float(img) * ratio + other * (1.0 - ratio)
    return mixed.clamp(0, greatest(img.dtype)).to(img.dtype)


def _nonnegative(name: str, factor: float) -> float:
    if factor < 0:
        raise ValueError(f"{name} ({factor}) is not non-negative.")
    return float(factor)


def adjust_brightness(img: Tensor, brightness_factor: float) -> Tensor:
    """brightness_factor · img, clamped: 0 gives black, 1 the image.

    Raises
    ------
    ValueError
        For a negative factor.
    """
    factor = _nonnegative("brightness_factor", brightness_factor)
    return _blend(checked("adjust_brightness", img, (1, 3)), 0.0, factor)


def adjust_contrast(img: Tensor, contrast_factor: float) -> Tensor:
    """The image blended with the mean of its gray values: 0 gives that gray, 1 the image.

    Raises
    ------
    ValueError
        For a negative factor.
    """
    factor = _nonnegative("contrast_factor", contrast_factor)
    gray = as_float(rgb_to_grayscale(checked("adjust_contrast", img, (1, 3))))
    return _blend(img, gray.mean(dim=tuple(range(-min(img.ndim, 3), 0)), keepdim=True), factor)


def adjust_saturation(img: Tensor, saturation_factor: float) -> Tensor:
    """The image blended with its gray values: 0 gives black and white, 1 the image.

    Raises
    ------
    ValueError
        For a negative factor.
    """
    factor = _nonnegative("saturation_factor", saturation_factor)
    checked("adjust_saturation", img, (1, 3))
    return img if channels_of(img) == 1 else _blend(img, as_float(rgb_to_grayscale(img)), factor)


def adjust_gamma(img: Tensor, gamma: float, gain: float = 1) -> Tensor:
    """gain · img^gamma of values between 0 and 1, clamped.

    Raises
    ------
    ValueError
        For a negative gamma.
    """
    gamma = _nonnegative("gamma", gamma)
    values = as_float(convert_image_dtype(checked("adjust_gamma", img, (1, 3)), _computing(img)))
    return convert_image_dtype((gain * values**gamma).clamp(0, 1), img.dtype)


def _computing(img: Tensor) -> autograd.dtype:
    return img.dtype if img.dtype.is_floating_point else autograd.float32


def adjust_hue(img: Tensor, hue_factor: float) -> Tensor:
    """The image with its hues turned: by ±0.5 to the complementary colors, by 0 not at all.

    The hue is changed in HSV space (A. R. Smith, Color gamut transform pairs, 1978).

    Parameters
    ----------
    img : (..., 3, H, W), values not negative; of one channel it stays
    hue_factor : in [-0.5, 0.5]

    Raises
    ------
    ValueError
        For another factor.
    """
    if not -0.5 <= hue_factor <= 0.5:
        raise ValueError(f"hue_factor ({hue_factor}) is not in [-0.5, 0.5].")
    if channels_of(checked("adjust_hue", img, (1, 3))) == 1:
        return img
    hue, saturation, value = _hsv(convert_image_dtype(img, _computing(img)))
    turned = hue + hue_factor
    return convert_image_dtype(_rgb(turned - turned.detach().floor(), saturation, value), img.dtype)


def _hsv(img: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Hue, saturation and value in [0, 1] of red, green and blue."""
    red, green, blue = img.unbind(-3)
    value, least = img.amax(-3), img.amin(-3)
    chroma = value - least
    gray = chroma == 0
    safe = autograd.where(gray, 1.0, chroma)  # a divisor for gray too, so that gradients there are not NaN
    saturation = chroma / autograd.where(gray, 1.0, value)
    sixth = autograd.where(
        value == red,
        (green - blue) / safe,
        autograd.where(value == green, 2.0 + (blue - red) / safe, 4.0 + (red - green) / safe),
    )
    return sixth / 6.0, saturation, value


def _rgb(hue: Tensor, saturation: Tensor, value: Tensor) -> Tensor:
    """Red, green and blue: value · (1 - saturation · clamp(min(k, 4 - k), 0, 1)), k = (n + 6 hue) mod 6, n = 5, 3, 1."""
    channels = []
    for n in (5.0, 3.0, 1.0):
        k = n + 6.0 * hue
        k = k - 6.0 * (k.detach() / 6.0).floor()
        channels.append(value * (1.0 - saturation * autograd.minimum(k, 4.0 - k).clamp(0, 1)))
    return autograd.stack(channels, dim=-3).clamp(0, 1)
