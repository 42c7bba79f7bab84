"""Layers that rearrange or resample space: Upsample, PixelShuffle, ChannelShuffle, Fold, Unfold, distances."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from nn import functional as F
from nn.layer import Layer


class Upsample(Layer):
    """Resample the spatial dims to `size`, or by `scale_factor`.

    Parameters
    ----------
    size, scale_factor : a number, or one for each spatial dim; one of the two
    mode : "nearest", "linear", "bilinear", "bicubic" or "trilinear"
    align_corners : whether the corners of input and output are the same points
    recompute_scale_factor : use the factor that the sizes give

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Upsample(scale_factor=2, mode="bilinear")(autograd.rand(1, 3, 4, 4)).shape
    autograd.Size([1, 3, 8, 8])
    """

    def __init__(
        self,
        size: Any = None,
        scale_factor: Any = None,
        mode: str = "nearest",
        align_corners: bool | None = None,
        recompute_scale_factor: bool | None = None,
    ):
        if scale_factor:
            scale_factor = tuple(map(float, scale_factor)) if isinstance(scale_factor, tuple) else float(scale_factor)
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, *) → the same with the new sizes."""
        return F.interpolate(
            input, self.size, self.scale_factor, self.mode, self.align_corners,
            recompute_scale_factor=self.recompute_scale_factor,
        )  # fmt: skip

    def extra_repr(self) -> str:
        """Factor or size, and mode."""
        factor = self.scale_factor
        return (f"size={self.size}" if factor is None else f"scale_factor={factor}") + f", mode={self.mode!r}"


class UpsamplingNearest2d(Upsample):
    """Upsample two dims, repeating the nearest value."""

    def __init__(self, size: Any = None, scale_factor: Any = None):
        super().__init__(size, scale_factor, "nearest")


class UpsamplingBilinear2d(Upsample):
    """Upsample two dims, bilinearly between aligned corners."""

    def __init__(self, size: Any = None, scale_factor: Any = None):
        super().__init__(size, scale_factor, "bilinear", True)


class PixelShuffle(Layer):
    """(*, C · r², H, W) → (*, C, H · r, W · r) (Shi et al., 2016).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.PixelShuffle(2)(autograd.rand(1, 4, 3, 3)).shape
    autograd.Size([1, 1, 6, 6])
    """

    shown = ("upscale_factor",)

    def __init__(self, upscale_factor: int):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """Channels become space."""
        return F.pixel_shuffle(input, self.upscale_factor)


class PixelUnshuffle(Layer):
    """(*, C, H · r, W · r) → (*, C · r², H, W), the inverse of `PixelShuffle`.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.PixelUnshuffle(2)(autograd.rand(1, 1, 6, 6)).shape
    autograd.Size([1, 4, 3, 3])
    """

    shown = ("downscale_factor",)

    def __init__(self, downscale_factor: int):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """Space becomes channels."""
        return F.pixel_unshuffle(input, self.downscale_factor)


class ChannelShuffle(Layer):
    """Channels of (N, C, *), in groups, interleaved (Zhang et al., 2018).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ChannelShuffle(2)(autograd.arange(4.0).reshape(1, 4, 1)).flatten()
    tensor([0., 2., 1., 3.])
    """

    shown = ("groups",)

    def __init__(self, groups: int):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.channel_shuffle(input, self.groups)


class Unfold(Layer):
    """Sliding blocks of (N, C, *) as columns: (N, C · block size, blocks).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Unfold(kernel_size=2, stride=2)(autograd.rand(1, 3, 4, 4)).shape
    autograd.Size([1, 12, 4])
    """

    shown = ("kernel_size", "dilation", "padding", "stride")

    def __init__(self, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, *) → (N, C · block size, blocks)."""
        return F.unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)


class Fold(Layer):
    """Sums columns of sliding blocks into an array: the adjoint of `Unfold`.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Fold(output_size=(4, 4), kernel_size=2, stride=2)(autograd.rand(1, 12, 4)).shape
    autograd.Size([1, 3, 4, 4])
    """

    shown = ("output_size", "kernel_size", "dilation", "padding", "stride")

    def __init__(self, output_size: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """(N, C · block size, blocks) → (N, C, *)."""
        return F.fold(input, self.output_size, self.kernel_size, self.dilation, self.padding, self.stride)


class CosineSimilarity(Layer):
    """x₁ · x₂ / max(|x₁| · |x₂|, eps) along a dim.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.CosineSimilarity(dim=1)(autograd.tensor([[1.0, 0.0]]), autograd.tensor([[1.0, 1.0]]))
    tensor([0.7071])
    """

    def __init__(self, dim: int = 1, eps: float = 1e-8):
        self.settle(locals())

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The dim vanishes."""
        return F.cosine_similarity(x1, x2, self.dim, self.eps)


class PairwiseDistance(Layer):
    """|x₁ - x₂ + eps| in the p-norm, along the last dim.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.PairwiseDistance()(autograd.tensor([[0.0, 0.0]]), autograd.tensor([[3.0, 4.0]]))
    tensor([5.0000])
    """

    def __init__(self, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False):
        super().__init__()
        self.norm, self.eps, self.keepdim = p, eps, keepdim

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The last dim vanishes, or with `keepdim` has size 1."""
        return F.pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)
