"""Rotations, affine maps and changes of perspective, by the names of `torchvision.transforms.functional`.

Each finds for every pixel of the result the place in the image that it comes from, and samples there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import autograd
from autograd import Tensor
from autograd.transforms.images import (
    InterpolationMode,
    as_float,
    checked,
    mode_of,
    nn_functional,
    per_channel,
    planewise,
)

Matrix = tuple[tuple[float, float], tuple[float, float]]


def _product(a: Matrix, b: Matrix) -> Matrix:
    (p, q), (r, s) = a
    (t, u), (v, w) = b
    return (p * t + q * v, p * u + q * w), (r * t + s * v, r * u + s * w)


def _linear_part(angle: float, scale: float, shear: Sequence[float]) -> Matrix:
    """Scale · rotation · shear along y · shear along x, in pixels with y pointing down; degrees."""
    turn, (x, y) = math.radians(angle), (math.radians(s) for s in shear)
    rotation = (math.cos(turn), -math.sin(turn)), (math.sin(turn), math.cos(turn))
    sheared = _product(((1.0, 0.0), (-math.tan(y), 1.0)), ((1.0, -math.tan(x)), (0.0, 1.0)))
    return _product(((scale, 0.0), (0.0, scale)), _product(rotation, sheared))


def _moved(
    img: Tensor,
    forward: Matrix,
    center: Sequence[float],
    translate: Sequence[float],
    size: tuple[int, int],
    mode: str,
    fill: Any,
) -> Tensor:
    """The image under x → forward · (x - center) + center + translate, all measured from the image's middle."""
    (a, b), (c, d) = forward
    determinant = a * d - b * c
    (a, b), (c, d) = (d / determinant, -b / determinant), (-c / determinant, a / determinant)
    x, y = center[0] + translate[0], center[1] + translate[1]
    rows, columns = img.shape[-2:]
    height, width = size
    theta = [
        [a * width / columns, b * height / columns, 2 * (center[0] - a * x - b * y) / columns],
        [c * width / rows, d * height / rows, 2 * (center[1] - c * x - d * y) / rows],
    ]
    kind = as_float(img).dtype
    matrix = autograd.tensor([theta], dtype=kind, device=img.device)
    return _sampled(img, nn_functional().affine_grid(matrix, (1, 1, height, width), align_corners=False), mode, fill)


def _sampled(img: Tensor, grid: Tensor, mode: str, fill: Any) -> Tensor:
    """The image at the places of a grid (1, H, W, 2), `fill` outside."""

    def sample(planes: Tensor) -> Tensor:
        return nn_functional().grid_sample(planes, grid, mode=mode, padding_mode="zeros", align_corners=False)

    if fill is None or fill == 0:
        return planewise(img, sample)
    value = per_channel("fill", fill, img)
    ones = autograd.ones(1, 1, *img.shape[-2:], dtype=grid.dtype, device=img.device)
    covered = sample(ones)[0, 0]

    def filled(planes: Tensor) -> Tensor:
        found = sample(planes).reshape(*img.shape[:-2], *grid.shape[1:3])
        return (found + (1.0 - covered) * value).reshape(1, -1, *grid.shape[1:3])

    return planewise(img, filled)


def _from_middle(img: Tensor, center: Sequence[float] | None) -> tuple[float, float]:
    """A place given from the upper left corner, measured from the image's middle."""
    if center is None:
        return 0.0, 0.0
    if len(center) != 2:
        raise ValueError(f"center should be a sequence (x, y) of length 2, got {center}")
    return center[0] - img.shape[-1] * 0.5, center[1] - img.shape[-2] * 0.5


def rotate(
    img: Tensor,
    angle: float,
    interpolation: InterpolationMode | str = InterpolationMode.NEAREST,
    expand: bool = False,
    center: Sequence[float] | None = None,
    fill: Any = None,
) -> Tensor:
    """The image turned counter-clockwise.

    Parameters
    ----------
    img : (..., H, W)
    angle : in degrees
    interpolation : nearest, bilinear or bicubic
    expand : make the result large enough for the whole image, turned around its middle
    center : (x, y) in pixels from the upper left corner; the middle by default
    fill : outside of the image; a number or one for each channel

    Raises
    ------
    ValueError
        For an unknown interpolation, or a center that is no pair.

    Examples
    --------
    >>> import autograd
    >>> rotate(autograd.tensor([[[1.0, 2.0], [3.0, 4.0]]]), 90)
    tensor([[[2., 4.],
             [1., 3.]]])
    """
    mode = mode_of("rotate", interpolation)
    rows, columns = checked("rotate", img).shape[-2:]
    turns, rest = divmod(angle % 360, 90)
    if center is None and not rest and (turns % 2 == 0 or expand or rows == columns):
        return autograd.rot90(img, int(turns), (-2, -1))  # exact, whatever the interpolation
    around = _from_middle(img, center)
    size = (rows, columns)
    if expand:
        cosine, sine = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
        size = _cover(sine * columns + cosine * rows, rows), _cover(cosine * columns + sine * rows, columns)
    return _moved(img, _linear_part(-angle, 1.0, (0.0, 0.0)), around, (0.0, 0.0), size, mode, fill)


def _cover(length: float, old: int) -> int:
    """How many pixels, of the old ones' raster, a length around the middle touches."""
    start, end = round((old - length) / 2, 4), round((old + length) / 2, 4)
    return math.ceil(end) - math.floor(start)


def affine(
    img: Tensor,
    angle: float,
    translate: Sequence[float],
    scale: float,
    shear: float | Sequence[float],
    interpolation: InterpolationMode | str = InterpolationMode.NEAREST,
    fill: Any = None,
    center: Sequence[float] | None = None,
) -> Tensor:
    """The image sheared, scaled and turned around a center, then translated.

    Parameters
    ----------
    img : (..., H, W)
    angle : clockwise, in degrees
    translate : (right, down) in pixels
    scale : above 0
    shear : degrees along x, or (x, y)
    interpolation : nearest, bilinear or bicubic
    fill : outside of the image; a number or one for each channel
    center : (x, y) in pixels from the upper left corner; the middle by default

    Raises
    ------
    ValueError
        For a scale that is not positive, or sequences of another length.
    """
    mode = mode_of("affine", interpolation)
    img = checked("affine", img)
    if len(translate) != 2:
        raise ValueError(f"translate should be a sequence of length 2, got {translate}")
    if scale <= 0.0:
        raise ValueError(f"Argument scale should be positive, got {scale}")
    slants = (float(shear), 0.0) if isinstance(shear, (int, float)) else tuple(shear)
    if len(slants) not in (1, 2):
        raise ValueError(f"Shear should be a sequence containing two values. Got {shear}")
    slants = slants if len(slants) == 2 else slants * 2
    around = _from_middle(img, center)
    size = (img.shape[-2], img.shape[-1])
    return _moved(img, _linear_part(angle, scale, slants), around, translate, size, mode, fill)


def perspective(
    img: Tensor,
    startpoints: Sequence[Sequence[float]],
    endpoints: Sequence[Sequence[float]],
    interpolation: InterpolationMode | str = InterpolationMode.BILINEAR,
    fill: Any = None,
) -> Tensor:
    """The image under the projective map that takes four points to four others.

    Parameters
    ----------
    img : (..., H, W)
    startpoints, endpoints : four (x, y) each: top left, top right, bottom right, bottom left
    interpolation : nearest, bilinear or bicubic
    fill : outside of the image; a number or one for each channel

    Raises
    ------
    ValueError
        If there are not four points each, or the interpolation is unknown.
    """
    mode = mode_of("perspective", interpolation)
    rows, columns = checked("perspective", img).shape[-2:]
    if len(startpoints) != 4 or len(endpoints) != 4:
        raise ValueError(f"perspective: four points each are needed, got {len(startpoints)} and {len(endpoints)}")
    equations, values = [], []
    for (x, y), (u, v) in zip(endpoints, startpoints, strict=True):
        equations += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    wide: dict[str, Any] = {"dtype": autograd.float64, "device": img.device}
    found = autograd.linalg.solve(autograd.tensor(equations, **wide), autograd.tensor(values, **wide))
    ones = autograd.ones(1, **wide)
    map_ = autograd.cat([found, ones]).reshape(3, 3)
    across = (autograd.arange(columns, **wide) + 0.5).reshape(1, -1).expand(rows, columns)
    down = (autograd.arange(rows, **wide) + 0.5).reshape(-1, 1).expand(rows, columns)
    x_, y_, w = (map_ @ autograd.stack([across, down, autograd.ones_like(across)]).reshape(3, -1)).unbind(0)
    grid = autograd.stack([2 * x_ / (w * columns) - 1, 2 * y_ / (w * rows) - 1], dim=-1)
    return _sampled(img, grid.reshape(1, rows, columns, 2).to(as_float(img).dtype), mode, fill)
