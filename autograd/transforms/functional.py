"""Transforms of images as functions, by the names of `torchvision.transforms.functional`."""

from __future__ import annotations

from autograd.transforms.functional_blur import adjust_sharpness, gaussian_blur, gaussian_noise
from autograd.transforms.functional_color import (
    adjust_brightness,
    adjust_contrast,
    adjust_gamma,
    adjust_hue,
    adjust_saturation,
    rgb_to_grayscale,
)
from autograd.transforms.functional_conversion import (
    convert_image_dtype,
    normalize,
    pil_to_tensor,
    to_pil_image,
    to_tensor,
)
from autograd.transforms.functional_geometry import (
    center_crop,
    crop,
    erase,
    five_crop,
    get_dimensions,
    get_image_num_channels,
    get_image_size,
    hflip,
    pad,
    resize,
    resized_crop,
    ten_crop,
    vflip,
)
from autograd.transforms.functional_tone import autocontrast, equalize, invert, posterize, solarize
from autograd.transforms.functional_warp import affine, perspective, rotate
from autograd.transforms.images import InterpolationMode

__all__ = [
    "InterpolationMode", "adjust_brightness", "adjust_contrast", "adjust_gamma", "adjust_hue", "adjust_saturation",
    "adjust_sharpness", "affine", "autocontrast", "center_crop", "convert_image_dtype", "crop", "equalize", "erase",
    "five_crop", "gaussian_blur", "gaussian_noise", "get_dimensions", "get_image_num_channels", "get_image_size",
    "hflip", "invert", "normalize", "pad", "perspective", "pil_to_tensor", "posterize", "resize", "resized_crop",
    "rgb_to_grayscale", "rotate", "solarize", "ten_crop", "to_pil_image", "to_tensor", "vflip",
]  # fmt: skip
