"""The bases of the transforms: modules that keep their arguments, and those that act with a probability."""

from __future__ import annotations

import importlib
from typing import Any

from autograd.transforms.functional_conversion import is_pil, pil_to_tensor, to_pil_image
from autograd.transforms.images import uniform

# Transforms are modules, as in torchvision, so that `nn.Sequential` takes them. nn stands above this package: hence not
# an import statement.
Layer: Any = importlib.import_module("nn.layer").Layer


class Transform(Layer):
    """A module without parameters that keeps its arguments as attributes and shows those in `shown`.

    Unless `takes_pil` is False, it makes PIL images of PIL images with bytes for channels, by way of tensors of bytes.
    """

    takes_pil = True

    def __call__(self, *args: Any, **options: Any) -> Any:
        """The image or images, changed; PIL images if such came."""
        if not (self.takes_pil and args and is_pil(args[0]) and args[0].mode in _PIL_MODES):
            return super().__call__(*args, **options)
        result = super().__call__(pil_to_tensor(args[0]), *args[1:], **options)
        if isinstance(result, tuple):
            return tuple(_as_pil(one, args[0].mode) for one in result)
        return _as_pil(result, args[0].mode)

    def extra_repr(self) -> str:
        """The arguments as they are shown, interpolations by their names."""
        shown = ((name, getattr(self, name)) for name in self.shown)
        return ", ".join(f"{name}={getattr(value, 'value', value)}" for name, value in shown)


_PIL_MODES = {"L": 1, "LA": 2, "RGB": 3, "YCbCr": 3, "HSV": 3, "RGBA": 4, "CMYK": 4, "RGBX": 4}  # and their channels


def _as_pil(img: Any, mode: str) -> Any:
    """A PIL image, of this mode if it has as many channels."""
    return to_pil_image(img, mode if _PIL_MODES[mode] == img.shape[0] else None)


def probability(p: float) -> float:
    """The number, known to be one.

    Raises
    ------
    ValueError
        If it is outside of [0, 1].
    """
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"p should be a floating point value in the interval [0.0, 1.0], got {p}")
    return p


class Sometimes(Transform):
    """A transform that is applied with probability `p`, and else leaves its input.

    Parameters
    ----------
    p : in [0, 1]
    """

    shown: tuple[str, ...] = ("p",)

    def __init__(self, p: float = 0.5):
        self.settle({"p": probability(p)})

    def forward(self, img: Any) -> Any:
        """The image, changed or not; one draw for a whole batch."""
        return self.changed(img) if uniform() < self.p else img

    def changed(self, img: Any) -> Any:
        """The image, changed."""
        raise NotImplementedError


def interval(name: str, value: Any, center: float = 0.0) -> tuple[float, float]:
    """(low, high): the two given, or `center` ± the number given.

    Raises
    ------
    ValueError
        For a negative number, or a sequence of another length.
    """
    if isinstance(value, (int, float)):
        if value < 0:
            raise ValueError(f"If {name} is a single number, it must be positive. Got {value}")
        return center - float(value), center + float(value)
    if len(value) != 2:
        raise ValueError(f"{name} should be a number or a sequence of length 2. Got {value}")
    return float(value[0]), float(value[1])
