"""The bases of the transforms: modules that keep their arguments, and those that act with a probability."""

from __future__ import annotations

import importlib
from typing import Any

from autograd.transforms.images import uniform

# Transforms are modules, as in torchvision, so that `nn.Sequential` takes them. nn stands above this package: hence not
# an import statement.
Layer: Any = importlib.import_module("nn.layer").Layer


class Transform(Layer):
    """A module without parameters that keeps its arguments as attributes and shows those in `shown`."""

    def extra_repr(self) -> str:
        """The arguments as they are shown, interpolations by their names."""
        shown = ((name, getattr(self, name)) for name in self.shown)
        return ", ".join(f"{name}={getattr(value, 'value', value)}" for name, value in shown)


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
