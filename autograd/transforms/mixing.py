"""Transforms that mix the images of a batch and their labels: `MixUp` and `CutMix`, as in torchvision.transforms.v2."""

from __future__ import annotations

import math

import autograd
from autograd import Tensor
from autograd.functions.sampling import standard_gamma
from autograd.transforms.base import Transform
from autograd.transforms.images import integer, is_float, nn_functional


class _Mixing(Transform):
    """The base: a share λ of Beta(alpha, alpha), and soft labels.

    Parameters
    ----------
    alpha : of the Beta distribution; above 0
    num_classes : how many classes there are; not needed for labels that are soft already
    """

    shown = ("alpha", "num_classes")

    def __init__(self, *, alpha: float = 1.0, num_classes: int | None = None):
        if alpha <= 0:
            raise ValueError(f"{type(self).__name__}: alpha should be positive, got {alpha}")
        self.settle({"alpha": float(alpha), "num_classes": num_classes})

    def forward(self, images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """(N, C, H, W) and integer labels (N) or soft ones (N, K) → (N, C, H, W) and soft labels (N, K).

        Raises
        ------
        ValueError
            If the shapes do not fit, or `num_classes` is missing.
        """
        name = type(self).__name__
        if images.ndim != 4 or labels.ndim not in (1, 2) or len(labels) != len(images):
            raise ValueError(
                f"{name}: expected a batch of images (N, C, H, W) and labels (N) or (N, classes), got "
                f"{list(images.shape)} and {list(labels.shape)}; apply it to batches"
            )
        if labels.ndim == 1:
            if self.num_classes is None:
                raise ValueError(f"{name}: num_classes must be passed if the labels are integers")
            labels = nn_functional().one_hot(labels.to(autograd.int64), self.num_classes)
        labels = labels if is_float(labels) else labels.to(autograd.get_default_dtype())
        draws = standard_gamma(autograd.full((2,), self.alpha, dtype=autograd.float64, device="cpu"))
        images, share = self.mixed(images, (draws[0] / draws.sum()).item())  # of Beta(alpha, alpha)
        return images, labels * share + labels.roll(1, 0) * (1.0 - share)

    def mixed(self, images: Tensor, share: float) -> tuple[Tensor, float]:
        """The images mixed with their neighbors, and the share of the former that remains."""
        raise NotImplementedError


class MixUp(_Mixing):
    """λ · image + (1 - λ) · the image before it, labels alike (H. Zhang et al., mixup, 2018).

    Parameters
    ----------
    alpha : λ is of the distribution Beta(alpha, alpha)
    num_classes : how many classes there are; not needed for labels that are soft already

    Examples
    --------
    >>> import autograd
    >>> images, labels = MixUp(num_classes=3)(autograd.rand(4, 3, 8, 8), autograd.tensor([0, 2, 1, 1]))
    >>> labels.shape
    autograd.Size([4, 3])
    """

    def mixed(self, images: Tensor, share: float) -> tuple[Tensor, float]:
        """The weighted sum.

        Raises
        ------
        ValueError
            If the images are not floating.
        """
        if not is_float(images):
            raise ValueError(f"MixUp: images should be floating, got {images.dtype}; use convert_image_dtype first")
        return images * share + images.roll(1, 0) * (1.0 - share), share


class CutMix(_Mixing):
    """A rectangle of the share 1 - λ comes from the image before it (S. Yun et al., CutMix, 2019).

    Parameters
    ----------
    alpha : λ is of the distribution Beta(alpha, alpha); labels are mixed by the rectangle's true area
    num_classes : how many classes there are; not needed for labels that are soft already

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> images, labels = transforms.CutMix(num_classes=4)(autograd.rand(2, 3, 8, 8), autograd.tensor([0, 3]))
    >>> labels.shape
    autograd.Size([2, 4])
    """

    def mixed(self, images: Tensor, share: float) -> tuple[Tensor, float]:
        """The images with the rectangle, whose center is anywhere."""
        rows, columns = images.shape[-2:]
        x, y, reach = integer(0, columns), integer(0, rows), 0.5 * math.sqrt(1.0 - share)
        left, right = max(x - int(reach * columns), 0), min(x + int(reach * columns), columns)
        top, bottom = max(y - int(reach * rows), 0), min(y + int(reach * rows), rows)
        result = images.clone()
        result[..., top:bottom, left:right] = images.roll(1, 0)[..., top:bottom, left:right]
        return result, 1.0 - (right - left) * (bottom - top) / (rows * columns)
