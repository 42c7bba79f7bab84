"""What the transforms share: which tensors are images, their value range, floats to compute in, random numbers."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

import autograd
from autograd import Tensor


class InterpolationMode(Enum):
    """How values between pixels are found."""

    NEAREST = "nearest"
    NEAREST_EXACT = "nearest-exact"
    BILINEAR = "bilinear"
    BICUBIC = "bicubic"


def mode_of(name: str, interpolation: Any, allowed: Sequence[str] = ("nearest", "bilinear", "bicubic")) -> str:
    """The interpolation's name.

    Raises
    ------
    ValueError
        For one that the operation does not have.
    """
    mode = interpolation.value if isinstance(interpolation, InterpolationMode) else interpolation
    if mode not in allowed:
        raise ValueError(f"{name}: interpolation must be one of {', '.join(allowed)}, got {interpolation!r}")
    return mode


def nn_functional() -> Any:
    """`nn.functional`, which stands above this package and is therefore loaded when used."""
    return importlib.import_module("nn.functional")


def checked(name: str, img: Any, channels: Sequence[int] = ()) -> Tensor:
    """The image, known to be a tensor (..., H, W), with one of these numbers of channels.

    Raises
    ------
    TypeError
        For anything else.
    """
    if not isinstance(img, Tensor):
        raise TypeError(f"{name}: img should be a tensor image, got {type(img)}; convert it with ToTensor first")
    if img.ndim < 2:
        raise TypeError(f"{name}: a tensor image has the shape (..., H, W), got {list(img.shape)}")
    if channels and channels_of(img) not in channels:
        wanted = " or ".join(str(n) for n in channels)
        raise TypeError(
            f"{name}: input image tensor permitted channel values are {wanted}, but found {channels_of(img)} in the "
            f"shape {list(img.shape)}; the channels' dim is the third from the end"
        )
    return img


def channels_of(img: Tensor) -> int:
    """How many channels an image has."""
    return 1 if img.ndim == 2 else img.shape[-3]


def greatest(dtype: Any) -> int:
    """The value of white: 1 for floating types, the largest integer for integer types."""
    return 1 if dtype.is_floating_point or dtype is autograd.bool else autograd.iinfo(dtype).max


def as_float(img: Tensor) -> Tensor:
    """The image in float32, or float64 if it is that already."""
    return img if img.dtype in (autograd.float32, autograd.float64) else img.to(autograd.float32)


def cast_back(result: Tensor, img: Tensor) -> Tensor:
    """Floats rounded to the nearest value of the image's type."""
    return result if result.dtype is img.dtype else as_type(result if is_float(img) else result.round(), img)


def as_type(result: Tensor, img: Tensor) -> Tensor:
    """Floats clamped to the image's range and cast to its type, without rounding."""
    return result.to(img.dtype) if is_float(img) else result.clamp(0, greatest(img.dtype)).to(img.dtype)


def is_float(img: Tensor) -> bool:
    """Whether the values are floating."""
    return img.dtype.is_floating_point


def planewise(img: Tensor, change: Callable[[Tensor], Tensor]) -> Tensor:
    """Apply what maps (1, planes, H, W) floats, all planes of a batch at once; the result has the image's type."""
    lead = tuple(img.shape[:-2])
    planes = 1
    for n in lead:
        planes *= n
    result = change(as_float(img).reshape(1, planes, *img.shape[-2:]))
    return cast_back(result.reshape(*lead, *result.shape[-2:]), img)


def per_channel(name: str, values: Any, img: Tensor) -> Any:
    """A number, or one number for each channel as (C, 1, 1).

    Raises
    ------
    ValueError
        If there are neither one nor as many as channels.
    """
    if not isinstance(values, (tuple, list)):
        return values
    if len(values) not in (1, channels_of(img)):
        raise ValueError(
            f"{name}: expected one fill value or {channels_of(img)}, one for each channel, got {len(values)}"
        )
    if len(values) == 1:
        return values[0]
    kind = img.dtype if is_float(img) else autograd.float32
    return autograd.tensor(list(values), dtype=kind, device=img.device).reshape(-1, 1, 1)


def pair(size: Any, message: str = "Please provide only two dimensions (h, w) for size.") -> tuple[int, int]:
    """(height, width) of one number or a sequence of one or two.

    Raises
    ------
    ValueError
        For a sequence of another length.
    """
    if isinstance(size, int):
        return size, size
    if len(size) not in (1, 2):
        raise ValueError(f"{message} Got {size}")
    return int(size[0]), int(size[-1])


def uniform(low: float = 0.0, high: float = 1.0) -> float:
    """A number of [low, high) from the library's generator; drawn on the CPU, so that no device is waited for."""
    return low + (high - low) * autograd.rand(1, dtype=autograd.float64, device="cpu").item()


def integer(low: int, high: int) -> int:
    """An integer of [low, high)."""
    return int(autograd.randint(low, high, (1,), device="cpu").item())
