"""Transforms between PIL images, NumPy arrays and tensors, between element types; normalization; any function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import autograd
from autograd import Tensor
from autograd.transforms import functional as F
from autograd.transforms.base import Transform


class ToTensor:
    """PIL image, or NumPy array (H, W) or (H, W, C), → tensor (C, H, W); uint8 becomes float in [0, 1].

    Examples
    --------
    >>> import numpy as np
    >>> from autograd import transforms
    >>> transforms.ToTensor()(np.full((2, 2, 3), 255, np.uint8)).shape
    autograd.Size([3, 2, 2])
    """

    def __call__(self, pic: Any) -> Tensor:
        """See `functional.to_tensor`."""
        return F.to_tensor(pic)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class PILToTensor(ToTensor):
    """PIL image → tensor (C, H, W), the values as they are."""

    def __call__(self, pic: Any) -> Tensor:
        """See `functional.pil_to_tensor`."""
        return F.pil_to_tensor(pic)


class ToPILImage:
    """Tensor (C, H, W) or NumPy array (H, W, C) → PIL image.

    Parameters
    ----------
    mode : PIL's name of the kind of image; by default found from channels and type
    """

    def __init__(self, mode: str | None = None):
        self.mode = mode

    def __call__(self, pic: Any) -> Any:
        """See `functional.to_pil_image`."""
        return F.to_pil_image(pic, self.mode)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'' if self.mode is None else f'mode={self.mode}'})"


class ConvertImageDtype(Transform):
    """Changes the element type, white staying white.

    Parameters
    ----------
    dtype : see `functional.convert_image_dtype`
    """

    takes_pil = False

    def __init__(self, dtype: autograd.dtype):
        self.settle({})
        self.dtype = dtype

    def forward(self, image: Tensor) -> Tensor:
        """(..., H, W) → the same."""
        return F.convert_image_dtype(image, self.dtype)


class Normalize(Transform):
    """(input - mean) / std, channel by channel.

    Parameters
    ----------
    mean, std : one number for each channel
    inplace : write into the input

    Examples
    --------
    >>> Normalize([0.5], [0.25])
    Normalize(mean=[0.5], std=[0.25])
    """

    takes_pil = False
    shown = ("mean", "std")

    def __init__(self, mean: Sequence[float], std: Sequence[float], inplace: bool = False):
        self.settle(locals())

    def forward(self, tensor: Tensor) -> Tensor:
        """(..., C, H, W) → the same."""
        return F.normalize(tensor, self.mean, self.std, self.inplace)


class Lambda:
    """Any function as a transform.

    Parameters
    ----------
    lambd : the function

    Raises
    ------
    TypeError
        If it cannot be called.

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.Lambda(lambda x: x / 2)(autograd.ones(2))
    tensor([0.5000, 0.5000])
    """

    def __init__(self, lambd: Callable):
        if not callable(lambd):
            raise TypeError(f"Argument lambd should be callable, got {type(lambd).__name__}")
        self.lambd = lambd

    def __call__(self, img: Any) -> Any:
        """What the function gives."""
        return self.lambd(img)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"
