"""Transforms that cut, pad, flip and resize images."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import autograd
from autograd import Tensor
from autograd.transforms import functional as F
from autograd.transforms.base import Sometimes, Transform, probability
from autograd.transforms.functional_geometry import PADDING_MODES, sides
from autograd.transforms.images import InterpolationMode, as_float, as_type, integer, mode_of, pair, uniform

Size = int | Sequence[int]
Interpolation = InterpolationMode | str


def _rectangles(whole: int, scale: Sequence[float], ratio: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Ten random pairs of sides: their product over `whole` within `scale`, their quotient within `ratio`."""
    for _ in range(10):
        area = whole * uniform(*scale)
        aspect = math.exp(uniform(math.log(ratio[0]), math.log(ratio[1])))
        yield round(math.sqrt(area * aspect)), round(math.sqrt(area / aspect))


class Resize(Transform):
    """Resizes to (height, width), or the shorter side to a number of pixels.

    Parameters
    ----------
    size, interpolation, max_size, antialias : see `functional.resize`

    Raises
    ------
    ValueError
        If `size` is a sequence of neither one nor two numbers.

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.Resize(4)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 4, 4])
    """

    shown = ("size", "interpolation", "max_size", "antialias")

    def __init__(
        self,
        size: Size,
        interpolation: Interpolation = InterpolationMode.BILINEAR,
        max_size: int | None = None,
        antialias: bool | None = True,
    ):
        if not isinstance(size, int) and len(size) not in (1, 2):
            raise ValueError(f"If size is a sequence, it should have 1 or 2 values, got {size}")
        mode_of("Resize", interpolation, tuple(m.value for m in InterpolationMode))
        self.settle(locals())

    def forward(self, img: Tensor) -> Tensor:
        """(..., H, W) → (..., H', W')."""
        return F.resize(img, self.size, self.interpolation, self.max_size, self.antialias)


class CenterCrop(Transform):
    """The middle of the image, padded with 0 where the image is smaller.

    Parameters
    ----------
    size : (height, width), or one number for both

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.CenterCrop(4)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 4, 4])
    """

    shown = ("size",)

    def __init__(self, size: Size):
        self.settle({"size": pair(size)})

    def forward(self, img: Tensor) -> Any:
        """(..., H, W) → (..., *size)."""
        return F.center_crop(img, self.size)


class FiveCrop(CenterCrop):
    """A tuple of the crops at the corners and at the center.

    Parameters
    ----------
    size : (height, width), or one number for both

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> len(transforms.FiveCrop(4)(autograd.rand(3, 8, 8)))
    5
    """

    def forward(self, img: Tensor) -> tuple[Tensor, ...]:
        """(..., H, W) → five times (..., *size)."""
        return F.five_crop(img, self.size)


class TenCrop(Transform):
    """A tuple of the `FiveCrop` of the image and of the flipped image.

    Parameters
    ----------
    size : (height, width), or one number for both
    vertical_flip : exchange top and bottom instead of left and right
    """

    shown = ("size", "vertical_flip")

    def __init__(self, size: Size, vertical_flip: bool = False):
        self.settle({"size": pair(size), "vertical_flip": vertical_flip})

    def forward(self, img: Tensor) -> tuple[Tensor, ...]:
        """(..., H, W) → ten times (..., *size)."""
        return F.ten_crop(img, self.size, self.vertical_flip)


class Pad(Transform):
    """Adds a border.

    Parameters
    ----------
    padding, fill, padding_mode : see `functional.pad`

    Raises
    ------
    ValueError
        For an unknown padding mode.

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.Pad(1)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 10, 10])
    """

    shown = ("padding", "fill", "padding_mode")

    def __init__(self, padding: Size, fill: Any = 0, padding_mode: str = "constant"):
        sides(padding)
        if padding_mode not in PADDING_MODES:
            raise ValueError(f"Padding mode should be either {', '.join(PADDING_MODES)}; got {padding_mode!r}")
        self.settle(locals())

    def forward(self, img: Tensor) -> Tensor:
        """(..., H, W) → the same with more rows and columns."""
        return F.pad(img, self.padding, self.fill, self.padding_mode)


class RandomCrop(Transform):
    """A crop of a given size at a random place.

    Parameters
    ----------
    size : (height, width), or one number for both
    padding : added first
    pad_if_needed : pad, on both sides, what is too small even then
    fill, padding_mode : see `functional.pad`

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.RandomCrop(4)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 4, 4])
    """

    shown = ("size", "padding")

    def __init__(
        self,
        size: Size,
        padding: Size | None = None,
        pad_if_needed: bool = False,
        fill: Any = 0,
        padding_mode: str = "constant",
    ):
        self.settle(locals())
        self.size = pair(size)

    @staticmethod
    def get_params(img: Tensor, output_size: tuple[int, int]) -> tuple[int, int, int, int]:
        """(top, left, height, width) of a random crop.

        Raises
        ------
        ValueError
            If the crop is larger than the image.
        """
        (rows, columns), (height, width) = img.shape[-2:], output_size
        if rows < height or columns < width:
            raise ValueError(
                f"Required crop size {(height, width)} is larger than input image size {(rows, columns)}; "
                "RandomCrop(pad_if_needed=True) pads"
            )
        return integer(0, rows - height + 1), integer(0, columns - width + 1), height, width

    def forward(self, img: Tensor) -> Tensor:
        """(..., H, W) → (..., *size)."""
        if self.padding is not None:
            img = F.pad(img, self.padding, self.fill, self.padding_mode)
        _, rows, columns = F.get_dimensions(img)
        missing = [max(self.size[1] - columns, 0), max(self.size[0] - rows, 0)]
        if self.pad_if_needed and any(missing):
            img = F.pad(img, missing, self.fill, self.padding_mode)
        return F.crop(img, *self.get_params(img, self.size))


class RandomResizedCrop(Transform):
    """A random part of the image, resized (C. Szegedy et al., Going deeper with convolutions, 2015).

    Parameters
    ----------
    size : (height, width) of the result, or one number for both
    scale : (least, most) of the part's area over the image's
    ratio : (least, most) of the part's width over its height
    interpolation, antialias : see `functional.resize`

    Raises
    ------
    ValueError
        For ranges that are not two numbers.

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.RandomResizedCrop(4)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 4, 4])
    """

    shown = ("size", "scale", "ratio", "interpolation", "antialias")

    def __init__(
        self,
        size: Size,
        scale: Sequence[float] = (0.08, 1.0),
        ratio: Sequence[float] = (3.0 / 4.0, 4.0 / 3.0),
        interpolation: Interpolation = InterpolationMode.BILINEAR,
        antialias: bool | None = True,
    ):
        self.settle(locals())
        self.size = pair(size)
        for name in ("scale", "ratio"):
            given = getattr(self, name)
            if len(given) != 2 or given[0] > given[1]:
                raise ValueError(f"RandomResizedCrop: {name} should be of kind (min, max), got {given}")

    def extra_repr(self) -> str:
        """The arguments, ranges to four digits."""
        scale, ratio = (tuple(round(v, 4) for v in given) for given in (self.scale, self.ratio))
        mode = getattr(self.interpolation, "value", self.interpolation)
        return f"size={self.size}, scale={scale}, ratio={ratio}, interpolation={mode}, antialias={self.antialias}"

    @staticmethod
    def get_params(img: Tensor, scale: Sequence[float], ratio: Sequence[float]) -> tuple[int, int, int, int]:
        """(top, left, height, width) of a random part; if ten draws do not fit, the middle within the ratios."""
        _, rows, columns = F.get_dimensions(img)
        for width, height in _rectangles(rows * columns, scale, ratio):
            if 0 < width <= columns and 0 < height <= rows:
                return integer(0, rows - height + 1), integer(0, columns - width + 1), height, width
        width = min(columns, round(rows * max(ratio)))
        height = min(rows, round(columns / min(ratio)))
        return (rows - height) // 2, (columns - width) // 2, height, width

    def forward(self, img: Tensor) -> Tensor:
        """(..., H, W) → (..., *size)."""
        part = self.get_params(img, self.scale, self.ratio)
        return F.resized_crop(img, *part, self.size, self.interpolation, self.antialias)


class RandomHorizontalFlip(Sometimes):
    """Exchanges left and right with probability `p`.

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.RandomHorizontalFlip()(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 8, 8])
    """

    def changed(self, img: Tensor) -> Tensor:
        """The image flipped."""
        return F.hflip(img)


class RandomVerticalFlip(Sometimes):
    """Exchanges top and bottom with probability `p`.

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.RandomVerticalFlip()(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 8, 8])
    """

    def changed(self, img: Tensor) -> Tensor:
        """The image flipped."""
        return F.vflip(img)


class RandomErasing(Sometimes):
    """Erases a random rectangle with probability `p` (Z. Zhong et al., Random erasing, 2017).

    Parameters
    ----------
    p : in [0, 1]
    scale : (least, most) of the rectangle's area over the image's
    ratio : (least, most) of its height over its width
    value : what is written: a number, one for each channel, or "random" for normal noise
    inplace : write into the image

    Raises
    ------
    TypeError
        If `value` is neither a number, a string nor a sequence.
    ValueError
        For scales outside of [0, 1], or ranges that are not two numbers.

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.RandomErasing(p=1.0)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 8, 8])
    """

    takes_pil = False

    shown = ("p", "scale", "ratio", "value", "inplace")

    def __init__(
        self,
        p: float = 0.5,
        scale: Sequence[float] = (0.02, 0.33),
        ratio: Sequence[float] = (0.3, 3.3),
        value: Any = 0,
        inplace: bool = False,
    ):
        if not isinstance(value, (int, float, str, tuple, list)):
            raise TypeError(f"Argument value should be either a number or str or a sequence, got {type(value)}")
        if isinstance(value, str) and value != "random":
            raise ValueError(f"If value is str, it should be 'random', got {value!r}")
        if not 0 <= scale[0] <= scale[1] <= 1:
            raise ValueError(f"Scale should be between 0 and 1, the smaller first; got {scale}")
        if ratio[0] > ratio[1]:
            raise ValueError(f"ratio should be of kind (min, max), got {ratio}")
        probability(p)
        self.settle(locals())

    @staticmethod
    def get_params(
        img: Tensor, scale: Sequence[float], ratio: Sequence[float], value: Sequence[float] | None = None
    ) -> tuple[int, int, int, int, Tensor]:
        """(top, left, height, width, value) of a random rectangle; the whole image as it is if ten draws do not fit."""
        _, rows, columns = F.get_dimensions(img)
        for height, width in _rectangles(rows * columns, scale, ratio):
            if height < rows and width < columns:
                top, left = integer(0, rows - height + 1), integer(0, columns - width + 1)
                if value is not None:
                    return top, left, height, width, img.new_tensor(list(value)).reshape(-1, 1, 1)
                noise = autograd.randn(*img.shape[:-2], height, width, dtype=as_float(img).dtype, device=img.device)
                return top, left, height, width, as_type(noise, img)
        return 0, 0, rows, columns, img

    def changed(self, img: Tensor) -> Tensor:
        """The image with the rectangle erased.

        Raises
        ------
        ValueError
            If there are neither one value nor as many as channels.
        """
        values = None if self.value == "random" else self.value
        if isinstance(values, (int, float)):
            values = [values]
        if values is not None and len(values) not in (1, F.get_image_num_channels(img)):
            raise ValueError(
                f"RandomErasing: value should have a single value or {img.shape[-3]} (number of channels), got {values}"
            )
        return F.erase(img, *self.get_params(img, self.scale, self.ratio, values), self.inplace)
