"""Cutting, padding, flipping and resizing images, by the names of `torchvision.transforms.functional`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import autograd
from autograd import Tensor
from autograd.transforms.images import (
    InterpolationMode,
    channels_of,
    checked,
    mode_of,
    nn_functional,
    pair,
    per_channel,
    planewise,
)

PADDING_MODES = ("constant", "edge", "reflect", "symmetric")


def get_dimensions(img: Tensor) -> list[int]:
    """[channels, height, width]."""
    img = checked("get_dimensions", img)
    return [channels_of(img), img.shape[-2], img.shape[-1]]


def get_image_size(img: Tensor) -> list[int]:
    """[width, height]."""
    return get_dimensions(img)[:0:-1]


def get_image_num_channels(img: Tensor) -> int:
    """How many channels the image has."""
    return get_dimensions(img)[0]


def hflip(img: Tensor) -> Tensor:
    """(..., H, W) with left and right exchanged.

    Examples
    --------
    >>> import autograd
    >>> hflip(autograd.tensor([[[1, 2, 3]]]))
    tensor([[[3, 2, 1]]])
    """
    return checked("hflip", img).flip(-1)


def vflip(img: Tensor) -> Tensor:
    """(..., H, W) with top and bottom exchanged."""
    return checked("vflip", img).flip(-2)


def crop(img: Tensor, top: int, left: int, height: int, width: int) -> Tensor:
    """The rectangle at (top, left); what lies outside of the image is 0."""
    rows, columns = checked("crop", img).shape[-2:]
    inside = img[..., max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)]
    before, above = max(min(-left, width), 0), max(min(-top, height), 0)
    after, below = width - before - inside.shape[-1], height - above - inside.shape[-2]
    if left >= 0 and top >= 0 and left + width <= columns and top + height <= rows:
        return inside
    return pad(inside, [before, above, after, below])


def center_crop(img: Tensor, output_size: int | Sequence[int]) -> Tensor:
    """The middle of the image, padded with 0 where the image is smaller."""
    height, width = pair(output_size)
    rows, columns = checked("center_crop", img).shape[-2:]
    wide, high = max(width - columns, 0), max(height - rows, 0)
    if wide or high:
        img = pad(img, [wide // 2, high // 2, (wide + 1) // 2, (high + 1) // 2])
        rows, columns = img.shape[-2:]
    return crop(img, round((rows - height) / 2.0), round((columns - width) / 2.0), height, width)


def five_crop(img: Tensor, size: int | Sequence[int]) -> tuple[Tensor, ...]:
    """The crops at the corners (top left, top right, bottom left, bottom right) and at the center.

    Raises
    ------
    ValueError
        If a crop is larger than the image.
    """
    height, width = pair(size)
    rows, columns = checked("five_crop", img).shape[-2:]
    if height > rows or width > columns:
        raise ValueError(f"Requested crop size {(height, width)} is bigger than input size {(rows, columns)}")
    corners = [(top, left) for top in (0, rows - height) for left in (0, columns - width)]
    return *(crop(img, top, left, height, width) for top, left in corners), center_crop(img, (height, width))


def ten_crop(img: Tensor, size: int | Sequence[int], vertical_flip: bool = False) -> tuple[Tensor, ...]:
    """`five_crop` of the image and of the flipped image."""
    return five_crop(img, size) + five_crop((vflip if vertical_flip else hflip)(img), size)


def sides(padding: Any) -> tuple[int, int, int, int]:
    """(left, top, right, bottom).

    Raises
    ------
    TypeError, ValueError
        For what is no number and no sequence of 1, 2 or 4 of them.
    """
    if isinstance(padding, int):
        return (padding,) * 4
    if not isinstance(padding, (tuple, list)):
        raise TypeError(f"Got inappropriate padding arg: {type(padding)}; give an int or 1, 2 or 4 ints")
    if len(padding) not in (1, 2, 4):
        raise ValueError(f"Padding must be an int or a 1, 2, or 4 element tuple, not a {len(padding)} element tuple")
    left, top, right, bottom = tuple(padding) * (4 // len(padding))
    return left, top, right, bottom


def pad(img: Tensor, padding: int | Sequence[int], fill: Any = 0, padding_mode: str = "constant") -> Tensor:
    """The image with a border.

    Parameters
    ----------
    img : (..., H, W)
    padding : of all sides, [left and right, top and bottom], or [left, top, right, bottom]; negative numbers cut off
    fill : for ``constant``: a number, or one for each channel
    padding_mode : ``constant``; ``edge`` repeats the last value, ``reflect`` mirrors without it, ``symmetric`` with it

    Raises
    ------
    ValueError
        For an unknown mode, or a reflection wider than the image.
    """
    left, top, right, bottom = sides(padding)
    img = checked("pad", img)
    if padding_mode not in PADDING_MODES:
        raise ValueError(f"Padding mode should be either {', '.join(PADDING_MODES)}; got {padding_mode!r}")
    if padding_mode != "constant":
        for axis, before, after in ((-2, top, bottom), (-1, left, right)):
            places = _places(img.shape[axis], before, after, padding_mode)
            img = img.index_select(axis, autograd.tensor(places, dtype=autograd.int64, device=img.device))
        return img
    widths, values = [left, right, top, bottom], per_channel("pad", fill, img)
    if not isinstance(values, Tensor):
        return nn_functional().pad(img, widths, value=values)
    inside = nn_functional().pad(autograd.ones(img.shape[-2:], dtype=autograd.bool, device=img.device), widths)
    return autograd.where(inside, nn_functional().pad(img, widths), values.to(img.dtype))


def _places(size: int, before: int, after: int, padding_mode: str) -> list[int]:
    """Which of `size` pixels each of the padded ones repeats."""
    reach = size - (padding_mode == "reflect")
    if padding_mode != "edge" and max(before, after) > reach:
        raise ValueError(f"pad: {padding_mode} padding of ({before}, {after}) is too wide for {size} pixels")
    found = []
    for i in range(-before, size + after):
        if padding_mode == "edge":
            i = min(max(i, 0), size - 1)
        elif i < 0:
            i = -i - (padding_mode == "symmetric")
        elif i >= size:
            i = 2 * (size - 1) - i + (padding_mode == "symmetric")
        found.append(i)
    return found


def _resized_shape(shape: tuple[int, int], size: Any, max_size: int | None) -> tuple[int, int]:
    """The new (height, width): of one number, that of the shorter side, the shape is kept."""
    if not isinstance(size, int) and len(size) == 2:
        if max_size is not None:
            raise ValueError(f"max_size should only be passed if size specifies the length of the smaller edge: {size}")
        return pair(size)
    wanted = pair(size)[0]
    short, long = min(shape), max(shape)
    new_short, new_long = wanted, int(wanted * long / short)
    if max_size is not None:
        if max_size <= wanted:
            raise ValueError(
                f"max_size = {max_size} must be strictly greater than the requested size for the smaller edge size = {size}"
            )
        if new_long > max_size:
            new_short, new_long = int(max_size * new_short / new_long), max_size
    return (new_short, new_long) if shape[0] <= shape[1] else (new_long, new_short)


def resize(
    img: Tensor,
    size: int | Sequence[int],
    interpolation: InterpolationMode | str = InterpolationMode.BILINEAR,
    max_size: int | None = None,
    antialias: bool | None = True,
) -> Tensor:
    """The image resized.

    Parameters
    ----------
    img : (..., H, W)
    size : (height, width), or the length of the shorter side; the shape is kept then
    interpolation : nearest, nearest-exact, bilinear or bicubic
    max_size : the most that the longer side may get, if `size` is one number
    antialias : widen the kernel where sizes shrink, for bilinear and bicubic

    Raises
    ------
    ValueError
        For an unknown interpolation, or a size that does not fit `max_size`.

    Examples
    --------
    >>> import autograd
    >>> resize(autograd.zeros(3, 20, 30), 10).shape
    autograd.Size([3, 10, 15])
    """
    mode = mode_of("resize", interpolation, tuple(m.value for m in InterpolationMode))
    old = tuple(checked("resize", img).shape[-2:])
    new = _resized_shape(old, size, max_size)  # type: ignore[arg-type]
    if new == old:
        return img
    smooth = mode in ("bilinear", "bicubic")
    options = {"align_corners": False, "antialias": bool(antialias)} if smooth else {}
    return planewise(img, lambda planes: nn_functional().interpolate(planes, new, mode=mode, **options))


def resized_crop(
    img: Tensor,
    top: int,
    left: int,
    height: int,
    width: int,
    size: int | Sequence[int],
    interpolation: InterpolationMode | str = InterpolationMode.BILINEAR,
    antialias: bool | None = True,
) -> Tensor:
    """`crop`, then `resize`."""
    return resize(crop(img, top, left, height, width), size, interpolation, antialias=antialias)


def erase(img: Tensor, i: int, j: int, h: int, w: int, v: Any, inplace: bool = False) -> Tensor:
    """The image with the rectangle at (i, j) of height h and width w set to `v`, a number or a tensor."""
    result = checked("erase", img) if inplace else img.clone()
    result[..., i : i + h, j : j + w] = v
    return result
