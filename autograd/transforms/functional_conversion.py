"""Between PIL images, NumPy arrays and tensors, and between element types; normalization."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import autograd
from autograd import Tensor, backends
from autograd.transforms.images import checked, greatest

# The modes of a PIL image that holds the values of a tensor of so many channels; the first is the default.
MODES = {1: ("L", "I;16", "I", "F"), 2: ("LA",), 3: ("RGB", "YCbCr", "HSV"), 4: ("RGBA", "CMYK", "RGBX")}


def is_pil(pic: Any) -> bool:
    """Whether it is a PIL image; without PIL loaded there are none."""
    module = sys.modules.get("PIL.Image")
    return module is not None and isinstance(pic, module.Image)


def pil_to_tensor(pic: Any) -> Tensor:
    """(C, H, W) of a PIL image, the values as they are.

    Raises
    ------
    TypeError
        If it is no PIL image.
    """
    if not is_pil(pic):
        raise TypeError(f"pic should be PIL Image. Got {type(pic)}")
    library = backends.backend_for("cpu").library
    array = library.array(pic)
    if array.dtype.kind == "b":
        array = array * library.uint8(255)
    return _channels_first(array)


def _channels_first(array: Any) -> Tensor:
    """(H, W) or (H, W, C) → (C, H, W), on the CPU."""
    tensor = autograd.from_numpy(array)
    return (tensor.unsqueeze(-1) if tensor.ndim == 2 else tensor).permute(2, 0, 1).contiguous()


def to_tensor(pic: Any) -> Tensor:
    """(C, H, W) of a PIL image or of a NumPy array (H, W) or (H, W, C); uint8 becomes float in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If it is neither, or an array of other dims.

    Examples
    --------
    >>> import numpy
    >>> to_tensor(numpy.full((4, 5, 3), 255, dtype=numpy.uint8)).shape
    autograd.Size([3, 4, 5])
    """
    if is_pil(pic):
        found = pil_to_tensor(pic)
    elif isinstance(pic, Tensor) or not hasattr(pic, "__array_interface__"):
        raise TypeError(f"pic should be PIL Image or ndarray. Got {type(pic)}")
    elif pic.ndim not in (2, 3):
        raise ValueError(f"pic should be 2/3 dimensional. Got {pic.ndim} dimensions.")
    else:
        found = _channels_first(pic)
    return found.to(autograd.get_default_dtype()) / 255 if found.dtype is autograd.uint8 else found


def to_pil_image(pic: Any, mode: str | None = None) -> Any:
    """A PIL image of a tensor (C, H, W) or (H, W), or of a NumPy array (H, W, C) or (H, W).

    Floating values of tensors are multiplied by 255 and become bytes, except for mode "F".

    Raises
    ------
    TypeError, ValueError
        For what is neither, has other dims or channels, or does not fit the mode.
    ModuleNotFoundError
        Without PIL.
    """
    if isinstance(pic, Tensor):
        if pic.ndim not in (2, 3):
            raise ValueError(f"pic should be 2/3 dimensional. Got {pic.ndim} dimensions.")
        values = pic.detach()
        if values.is_floating_point() and mode != "F":
            values = (values * 255).to(autograd.uint8)
        array = (values.unsqueeze(0) if values.ndim == 2 else values).permute(1, 2, 0).cpu().contiguous().numpy()
    elif not hasattr(pic, "__array_interface__") or is_pil(pic):
        raise TypeError(f"pic should be Tensor or ndarray. Got {type(pic)}.")
    elif pic.ndim not in (2, 3):
        raise ValueError(f"pic should be 2/3 dimensional. Got {pic.ndim} dimensions.")
    else:
        array = pic[..., None] if pic.ndim == 2 else pic
    height, width, channels = array.shape
    if channels not in MODES:
        raise ValueError(f"pic should not have > 4 channels. Got {channels} channels.")
    kinds = {"uint8": MODES[channels][0], "int16": "I;16", "int32": "I", "float32": "F"}
    natural = kinds.get(array.dtype.name) if channels == 1 or array.dtype.name == "uint8" else None
    if natural is None:
        raise TypeError(f"Input type {array.dtype} with {channels} channels is not supported; convert it to uint8")
    if mode is not None and mode != natural and (mode not in MODES[channels] or channels == 1):
        raise ValueError(f"Incorrect mode ({mode}) supplied for {channels} channels of {array.dtype}; it is {natural}")
    return _pil().frombytes(mode or natural, (width, height), array.tobytes())


def _pil() -> Any:
    try:
        return importlib.import_module("PIL.Image")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("to_pil_image needs PIL: pip install pillow", name="PIL") from error


def convert_image_dtype(image: Tensor, dtype: Any = None) -> Tensor:
    """The image in another type, white staying white.

    Parameters
    ----------
    image : of any type
    dtype : floating: values in [0, 1]; integer: in [0, its largest]; the default is the default floating type

    Raises
    ------
    RuntimeError
        From float32 to int32 or int64 and from float64 to int64, which hold more than the former can say.
    """
    kind = autograd.get_default_dtype() if dtype is None else dtype
    source = checked("convert_image_dtype", image).dtype
    if source is kind:
        return image
    if source.is_floating_point:
        if kind.is_floating_point:
            return image.to(kind)
        if kind is autograd.int64 or (kind is autograd.int32 and source is not autograd.float64):
            raise RuntimeError(f"The cast from {source} to {kind} cannot be performed safely.")
        # Intervals of equal length for all integers: 0.001 short of the next one after the largest.
        return (image * (greatest(kind) + 1.0 - 1e-3)).to(kind)
    most, wanted = greatest(source), greatest(kind)
    if kind.is_floating_point:
        return image.to(kind) / most
    if most > wanted:
        return (image // ((most + 1) // (wanted + 1))).to(kind)
    return image.to(kind) * ((wanted + 1) // (most + 1))


def normalize(tensor: Tensor, mean: Sequence[float], std: Sequence[float], inplace: bool = False) -> Tensor:
    """(tensor - mean) / std, channel by channel.

    Parameters
    ----------
    tensor : floating, (..., C, H, W)
    mean, std : one number for each channel
    inplace : write into the tensor

    Raises
    ------
    TypeError, ValueError
        For a tensor that is not floating or has less than three dims, or a std that is 0.

    Examples
    --------
    >>> import autograd
    >>> normalize(autograd.ones(1, 1, 2), [0.5], [0.5])
    tensor([[[1., 1.]]])
    """
    if not checked("normalize", tensor).is_floating_point():
        raise TypeError(f"Input tensor should be a float tensor. Got {tensor.dtype}.")
    if tensor.ndim < 3:
        raise ValueError(
            f"Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = {list(tensor.shape)}"
        )
    kind = {"dtype": tensor.dtype, "device": tensor.device}
    center, spread = autograd.as_tensor(mean, **kind), autograd.as_tensor(std, **kind)
    if bool((spread == 0).any()):
        raise ValueError(f"std evaluated to zero after conversion to {tensor.dtype}, leading to division by zero.")
    center, spread = (v.reshape(-1, 1, 1) if v.ndim == 1 else v for v in (center, spread))
    return tensor.sub_(center).div_(spread) if inplace else (tensor - center) / spread
