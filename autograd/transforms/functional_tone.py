"""Tone curves and histograms of images, by the names of `torchvision.transforms.functional`."""

from __future__ import annotations

import autograd
from autograd import Tensor
from autograd.transforms.images import as_float, checked, greatest


def invert(img: Tensor) -> Tensor:
    """The negative: white minus the image.

    Examples
    --------
    >>> import autograd
    >>> invert(autograd.tensor([[[0, 55, 255]]], dtype=autograd.uint8))
    tensor([[[255, 200,   0]]], dtype=autograd.uint8)
    """
    return greatest(checked("invert", img, (1, 3)).dtype) - img


def _bytes(name: str, img: Tensor) -> Tensor:
    """The image, known to be of uint8.

    Raises
    ------
    TypeError
        For another type.
    """
    if checked(name, img, (1, 3)).dtype is not autograd.uint8:
        raise TypeError(f"{name}: only uint8 image tensors are supported, but found {img.dtype}; convert_image_dtype")
    return img


def posterize(img: Tensor, bits: int) -> Tensor:
    """The uint8 image with only the highest `bits` of each value.

    Raises
    ------
    TypeError, ValueError
        For another type, or bits outside of 0 to 8.
    """
    if not 0 <= bits <= 8:
        raise ValueError(f"The number of bits should be between 0 and 8. Got {bits}")
    return _bytes("posterize", img) & (256 - 2 ** (8 - bits))


def solarize(img: Tensor, threshold: float) -> Tensor:
    """The image with the values from `threshold` up inverted.

    Raises
    ------
    TypeError
        If the threshold is above white.
    """
    if threshold > greatest(checked("solarize", img, (1, 3)).dtype):
        raise TypeError(f"Threshold should be less than bound of img, {greatest(img.dtype)}; got {threshold}")
    return autograd.where(img >= threshold, invert(img), img)


def autocontrast(img: Tensor) -> Tensor:
    """Each channel stretched, so that its darkest value becomes black and its lightest white."""
    bound = greatest(checked("autocontrast", img, (1, 3)).dtype)
    values = as_float(img)
    least, most = values.amin((-2, -1), keepdim=True), values.amax((-2, -1), keepdim=True)
    flat = most == least
    scale = autograd.where(flat, 1.0, bound / autograd.where(flat, 1.0, most - least))
    return ((values - autograd.where(flat, 0.0, least)) * scale).clamp(0, bound).to(img.dtype)


def equalize(img: Tensor) -> Tensor:
    """Each channel of a uint8 image with its values spread, so that they occur about equally often.

    Raises
    ------
    TypeError
        For another type.
    """
    planes = _bytes("equalize", img).reshape(-1, img.shape[-2] * img.shape[-1]).to(autograd.int64)
    count, size = planes.shape
    shifts = autograd.arange(count, device=img.device).reshape(-1, 1) * 256
    histogram = autograd.bincount((planes + shifts).reshape(-1), minlength=256 * count).reshape(count, 256)
    lightest = histogram.gather(1, planes.amax(1, keepdim=True))
    step = (size - lightest) // 255
    divisor = step.clamp(min=1)
    below = histogram.cumsum(1) - histogram
    curve = ((below + divisor // 2) // divisor).clamp(0, 255)
    result = autograd.where(step == 0, planes, curve.gather(1, planes))
    return result.to(autograd.uint8).reshape(img.shape)
