"""Transforms of images, by the names of `torchvision.transforms`.

They take tensors (C, H, W) and batches (N, C, H, W) of uint8 (0 to 255) or floats (0 to 1), and PIL images, of which
those that cut, warp or colour make PIL images. What is drawn at random is
drawn once for a whole batch, from the library's generator: `autograd.manual_seed` repeats it.
"""

from __future__ import annotations

from autograd._lazy import suggesting
from autograd.transforms import functional
from autograd.transforms.color import (
    ColorJitter,
    GaussianBlur,
    GaussianNoise,
    Grayscale,
    RandomAdjustSharpness,
    RandomAutocontrast,
    RandomEqualize,
    RandomGrayscale,
    RandomInvert,
    RandomPosterize,
    RandomSolarize,
)
from autograd.transforms.containers import Compose, RandomApply, RandomChoice, RandomOrder
from autograd.transforms.conversion import ConvertImageDtype, Lambda, Normalize, PILToTensor, ToPILImage, ToTensor
from autograd.transforms.geometry import (
    CenterCrop,
    FiveCrop,
    Pad,
    RandomCrop,
    RandomErasing,
    RandomHorizontalFlip,
    RandomResizedCrop,
    RandomVerticalFlip,
    Resize,
    TenCrop,
)
from autograd.transforms.images import InterpolationMode
from autograd.transforms.mixing import CutMix, MixUp
from autograd.transforms.warp import RandomAffine, RandomPerspective, RandomRotation

__all__ = [
    "CenterCrop", "ColorJitter", "Compose", "ConvertImageDtype", "CutMix", "FiveCrop", "GaussianBlur", "GaussianNoise",
    "Grayscale", "InterpolationMode", "Lambda", "MixUp", "Normalize", "PILToTensor", "Pad", "RandomAdjustSharpness",
    "RandomAffine", "RandomApply", "RandomAutocontrast", "RandomChoice", "RandomCrop", "RandomEqualize",
    "RandomErasing", "RandomGrayscale", "RandomHorizontalFlip", "RandomInvert", "RandomOrder", "RandomPerspective",
    "RandomPosterize", "RandomResizedCrop", "RandomRotation", "RandomSolarize", "RandomVerticalFlip", "Resize",
    "TenCrop", "ToPILImage", "ToTensor", "functional",
]  # fmt: skip

__getattr__ = suggesting(__name__)
