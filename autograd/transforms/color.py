"""Transforms of colors and tones."""

from __future__ import annotations

from collections.abc import Sequence

import autograd
from autograd import Tensor
from autograd.transforms import functional as F
from autograd.transforms.base import Sometimes, Transform, interval, probability
from autograd.transforms.functional_blur import both
from autograd.transforms.images import uniform


def _range(name: str, value: float | Sequence[float], center: float, least: float, most: float) -> tuple | None:
    """The range of a factor; None where it is the center alone.

    Raises
    ------
    ValueError
        If it leaves [least, most].
    """
    low, high = interval(name, value, center)
    if isinstance(value, (int, float)) and center:
        low = max(low, 0.0)
    if not least <= low <= high <= most:
        raise ValueError(f"{name} values should be between {least} and {most}, the smaller first; got {(low, high)}")
    return None if low == high == center else (low, high)


class ColorJitter(Transform):
    """Changes brightness, contrast, saturation and hue at random, in a random order.

    Parameters
    ----------
    brightness, contrast, saturation : (least, most) factor, or b for (max(0, 1 - b), 1 + b)
    hue : (least, most) shift within [-0.5, 0.5], or h for (-h, h)

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.ColorJitter(0.2, 0.2, 0.2, 0.1)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 8, 8])
    """

    shown = ("brightness", "contrast", "saturation", "hue")

    def __init__(
        self,
        brightness: float | Sequence[float] = 0,
        contrast: float | Sequence[float] = 0,
        saturation: float | Sequence[float] = 0,
        hue: float | Sequence[float] = 0,
    ):
        factors = {"brightness": brightness, "contrast": contrast, "saturation": saturation}
        ranges = {name: _range(name, value, 1.0, 0.0, float("inf")) for name, value in factors.items()}
        self.settle({**ranges, "hue": _range("hue", hue, 0.0, -0.5, 0.5)})

    @staticmethod
    def get_params(
        brightness: tuple | None, contrast: tuple | None, saturation: tuple | None, hue: tuple | None
    ) -> tuple[list[int], float | None, float | None, float | None, float | None]:
        """The order of the four changes (0 to 3, as above), then the factor of each, None for no change."""
        order = autograd.randperm(4, device="cpu").tolist()
        drawn = [None if r is None else uniform(*r) for r in (brightness, contrast, saturation, hue)]
        return order, drawn[0], drawn[1], drawn[2], drawn[3]

    def forward(self, img: Tensor) -> Tensor:
        """(..., 1 or 3, H, W) → the same."""
        order, *factors = self.get_params(self.brightness, self.contrast, self.saturation, self.hue)
        changes = (F.adjust_brightness, F.adjust_contrast, F.adjust_saturation, F.adjust_hue)
        for i in order:
            factor = factors[i]
            img = img if factor is None else changes[i](img, factor)
        return img


class Grayscale(Transform):
    """Gray values.

    Parameters
    ----------
    num_output_channels : 1, or 3 for three equal ones

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.Grayscale()(autograd.rand(3, 8, 8)).shape
    autograd.Size([1, 8, 8])
    """

    shown = ("num_output_channels",)

    def __init__(self, num_output_channels: int = 1):
        self.settle(locals())

    def forward(self, img: Tensor) -> Tensor:
        """(..., 1 or 3, H, W) → (..., num_output_channels, H, W)."""
        return F.rgb_to_grayscale(img, self.num_output_channels)


class RandomGrayscale(Sometimes):
    """Gray values with probability `p`, in as many channels as the image has."""

    def __init__(self, p: float = 0.1):
        super().__init__(p)

    def changed(self, img: Tensor) -> Tensor:
        """The image in gray."""
        return F.rgb_to_grayscale(img, F.get_image_num_channels(img))


class RandomInvert(Sometimes):
    """The negative with probability `p`."""

    def changed(self, img: Tensor) -> Tensor:
        """The negative."""
        return F.invert(img)


class RandomPosterize(Sometimes):
    """Keeps only the highest bits of uint8 values, with probability `p`.

    Parameters
    ----------
    bits : from 0 to 8
    p : in [0, 1]
    """

    shown = ("bits", "p")

    def __init__(self, bits: int, p: float = 0.5):
        self.settle({"bits": bits, "p": probability(p)})

    def changed(self, img: Tensor) -> Tensor:
        """The image posterized."""
        return F.posterize(img, self.bits)


class RandomSolarize(Sometimes):
    """Inverts the values from a threshold up, with probability `p`.

    Parameters
    ----------
    threshold : in the image's units
    p : in [0, 1]
    """

    shown = ("threshold", "p")

    def __init__(self, threshold: float, p: float = 0.5):
        self.settle({"threshold": threshold, "p": probability(p)})

    def changed(self, img: Tensor) -> Tensor:
        """The image solarized."""
        return F.solarize(img, self.threshold)


class RandomAdjustSharpness(Sometimes):
    """Sharpens or blurs with probability `p`.

    Parameters
    ----------
    sharpness_factor : 0 blurs, 1 changes nothing, 2 sharpens
    p : in [0, 1]
    """

    shown = ("sharpness_factor", "p")

    def __init__(self, sharpness_factor: float, p: float = 0.5):
        self.settle({"sharpness_factor": sharpness_factor, "p": probability(p)})

    def changed(self, img: Tensor) -> Tensor:
        """The image sharpened."""
        return F.adjust_sharpness(img, self.sharpness_factor)


class RandomAutocontrast(Sometimes):
    """Stretches the values of each channel to the whole range, with probability `p`."""

    def changed(self, img: Tensor) -> Tensor:
        """The image stretched."""
        return F.autocontrast(img)


class RandomEqualize(Sometimes):
    """Equalizes the histogram of each channel, with probability `p`."""

    def changed(self, img: Tensor) -> Tensor:
        """The image equalized."""
        return F.equalize(img)


class GaussianBlur(Transform):
    """Blurs with a Gaussian of random width.

    Parameters
    ----------
    kernel_size : odd, or (x, y)
    sigma : (least, most), or one number

    Raises
    ------
    ValueError
        For a size that is not odd and positive, or a sigma that is not positive.

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.GaussianBlur(3)(autograd.rand(3, 8, 8)).shape
    autograd.Size([3, 8, 8])
    """

    shown = ("kernel_size", "sigma")

    def __init__(self, kernel_size: int | Sequence[int], sigma: float | Sequence[float] = (0.1, 2.0)):
        sizes, (low, high) = tuple(both("kernel_size", kernel_size)), both("sigma", sigma)
        if any(n <= 0 or n % 2 == 0 for n in sizes):
            raise ValueError(f"Kernel size value should be an odd and positive number, got {kernel_size}")
        if not 0.0 < low <= high:
            raise ValueError(f"sigma values should be positive and of the form (min, max). Got {sigma}")
        self.settle({"kernel_size": sizes, "sigma": (float(low), float(high))})

    @staticmethod
    def get_params(sigma_min: float, sigma_max: float) -> float:
        """A random sigma."""
        return uniform(sigma_min, sigma_max)

    def forward(self, img: Tensor) -> Tensor:
        """(..., H, W) → the same."""
        return F.gaussian_blur(img, self.kernel_size, self.get_params(*self.sigma))


class GaussianNoise(Transform):
    """Adds normal noise to the values, measured with white as 1.

    Parameters
    ----------
    mean, sigma, clip : see `functional.gaussian_noise`
    """

    takes_pil = False

    shown = ("mean", "sigma", "clip")

    def __init__(self, mean: float = 0.0, sigma: float = 0.1, clip: bool = True):
        self.settle(locals())

    def forward(self, img: Tensor) -> Tensor:
        """(..., H, W) → the same."""
        return F.gaussian_noise(img, self.mean, self.sigma, self.clip)
