"""Transforms that turn, shear, scale, move and tilt images at random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograd import Tensor
from autograd.transforms import functional as F
from autograd.transforms.base import Sometimes, Transform, interval, probability
from autograd.transforms.images import InterpolationMode, integer, mode_of, uniform

Interpolation = InterpolationMode | str


class RandomRotation(Transform):
    """Turns by a random angle.

    Parameters
    ----------
    degrees : (least, most), or a number d for (-d, d)
    interpolation, expand, center, fill : see `functional.rotate`

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.RandomRotation(30)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 8, 8])
    """

    shown = ("degrees", "interpolation", "expand")

    def __init__(
        self,
        degrees: float | Sequence[float],
        interpolation: Interpolation = InterpolationMode.NEAREST,
        expand: bool = False,
        center: Sequence[float] | None = None,
        fill: Any = 0,
    ):
        mode_of("RandomRotation", interpolation)
        self.settle(locals())
        self.degrees = list(interval("degrees", degrees))

    def extra_repr(self) -> str:
        """The arguments, those that may be None only where they are not."""
        extra = "".join(
            f", {name}={getattr(self, name)}" for name in ("center", "fill") if getattr(self, name) is not None
        )
        return super().extra_repr() + extra

    @staticmethod
    def get_params(degrees: Sequence[float]) -> float:
        """A random angle."""
        return uniform(*degrees)

    def forward(self, img: Tensor) -> Tensor:
        """(..., H, W) → the same, larger with `expand`."""
        return F.rotate(img, self.get_params(self.degrees), self.interpolation, self.expand, self.center, self.fill)


class RandomAffine(Transform):
    """Turns, moves, scales and shears at random, the center staying in place but for the move.

    Parameters
    ----------
    degrees : (least, most), or a number d for (-d, d)
    translate : the most to move, over the width and over the height; None: nothing
    scale : (least, most); None: 1
    shear : degrees along x: a number s for (-s, s), or (least, most); or (least x, most x, least y, most y)
    interpolation, fill, center : see `functional.affine`

    Raises
    ------
    ValueError
        If translations are not in [0, 1], or a scale is not positive.

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.RandomAffine(10, translate=(0.1, 0.1))(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 8, 8])
    """

    def __init__(
        self,
        degrees: float | Sequence[float],
        translate: Sequence[float] | None = None,
        scale: Sequence[float] | None = None,
        shear: float | Sequence[float] | None = None,
        interpolation: Interpolation = InterpolationMode.NEAREST,
        fill: Any = 0,
        center: Sequence[float] | None = None,
    ):
        mode = mode_of("RandomAffine", interpolation)
        if translate is not None and not (len(translate) == 2 and all(0.0 <= t <= 1.0 for t in translate)):
            raise ValueError(f"translation values should be two between 0 and 1, got {translate}")
        if scale is not None and not (len(scale) == 2 and all(s > 0 for s in scale)):
            raise ValueError(f"scale values should be two that are positive, got {scale}")
        self.settle(locals())
        self.mode = mode
        self.degrees = list(interval("degrees", degrees))
        if shear is not None:
            if isinstance(shear, (int, float)) or len(shear) != 4:
                shear = interval("shear", shear)
            self.shear = [float(s) for s in shear]

    def extra_repr(self) -> str:
        """The arguments that are not the defaults."""
        parts = [f"degrees={self.degrees}"]
        parts += [f"{n}={getattr(self, n)}" for n in ("translate", "scale", "shear") if getattr(self, n) is not None]
        parts += [f"interpolation={self.mode}"] if self.mode != "nearest" else []
        parts += [f"fill={self.fill}"] if self.fill != 0 else []
        return ", ".join(parts + ([f"center={self.center}"] if self.center is not None else []))

    @staticmethod
    def get_params(
        degrees: Sequence[float],
        translate: Sequence[float] | None,
        scale_ranges: Sequence[float] | None,
        shears: Sequence[float] | None,
        img_size: Sequence[int],
    ) -> tuple[float, tuple[int, int], float, tuple[float, float]]:
        """(angle, translation in pixels, scale, shears) for an image of (width, height)."""
        angle = uniform(*degrees)
        reach = [share * n for share, n in zip(translate or (0.0, 0.0), img_size, strict=True)]
        moves = (round(uniform(-reach[0], reach[0])), round(uniform(-reach[1], reach[1])))
        scale = 1.0 if scale_ranges is None else uniform(*scale_ranges)
        along_x = 0.0 if shears is None else uniform(*shears[:2])
        along_y = 0.0 if shears is None or len(shears) == 2 else uniform(*shears[2:])
        return angle, moves, scale, (along_x, along_y)

    def forward(self, img: Tensor) -> Tensor:
        """(..., H, W) → the same."""
        params = self.get_params(self.degrees, self.translate, self.scale, self.shear, F.get_image_size(img))
        return F.affine(img, *params, interpolation=self.interpolation, fill=self.fill, center=self.center)


class RandomPerspective(Sometimes):
    """Moves the corners inward at random, with probability `p`.

    Parameters
    ----------
    distortion_scale : how far, from 0 to 1, where 1 is the middle
    p : in [0, 1]
    interpolation, fill : see `functional.perspective`

    Raises
    ------
    ValueError
        If the distortion is not in [0, 1].

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.RandomPerspective(p=1.0)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 8, 8])
    """

    def __init__(
        self,
        distortion_scale: float = 0.5,
        p: float = 0.5,
        interpolation: Interpolation = InterpolationMode.BILINEAR,
        fill: Any = 0,
    ):
        mode_of("RandomPerspective", interpolation)
        if not 0 <= distortion_scale <= 1:
            raise ValueError(f"Argument distortion_scale value should be between 0 and 1, got {distortion_scale}")
        probability(p)
        self.settle(locals())

    @staticmethod
    def get_params(width: int, height: int, distortion_scale: float) -> tuple[list[list[int]], list[list[int]]]:
        """The corners, clockwise from the top left, and where they go."""
        across, down = int(distortion_scale * (width // 2)) + 1, int(distortion_scale * (height // 2)) + 1
        start = [[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]]
        end = [[abs(x - integer(0, across)), abs(y - integer(0, down))] for x, y in start]
        return start, end

    def changed(self, img: Tensor) -> Tensor:
        """The image tilted."""
        width, height = F.get_image_size(img)
        start, end = self.get_params(width, height, self.distortion_scale)
        return F.perspective(img, start, end, self.interpolation, self.fill)
