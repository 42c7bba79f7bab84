"""Sliding blocks of images as columns, and back."""

from __future__ import annotations

import math

from autograd import Tensor, ops
from nn.functional.common import Sizes, positive, sizes_of, unbatched


def unfold(input: Tensor, kernel_size: Sizes, dilation: Sizes = 1, padding: Sizes = 0, stride: Sizes = 1) -> Tensor:
    """Every sliding block as a column: (N, C, H, W) to (N, C · taps, blocks); or without N.

    Raises
    ------
    RuntimeError
        If the input has other than three or four dims, or no block fits.

    Examples
    --------
    >>> import autograd
    >>> unfold(autograd.tensor([[[[1.0, 2.0, 3.0]]]]), (1, 2))
    tensor([[[1., 2.],
             [2., 3.]]])
    """
    shape = input._data.shape
    if len(shape) not in (3, 4) or 0 in shape[-3:]:
        raise RuntimeError(
            f"unfold: expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions "
            f"for input, but got: {list(shape)}"
        )
    kernel, spacing, amounts, steps = _options("unfold", kernel_size, dilation, padding, stride)
    _blocks("unfold", shape[-2:], kernel, spacing, amounts, steps)
    batch = input if len(shape) == 4 else ops.expand_dims(input, axis=0)
    columns = ops.unfold(batch, kernel=kernel, stride=steps, padding=amounts, dilation=spacing)
    return unbatched(columns, len(shape) == 4)


def fold(
    input: Tensor,
    output_size: Sizes,
    kernel_size: Sizes,
    dilation: Sizes = 1,
    padding: Sizes = 0,
    stride: Sizes = 1,
) -> Tensor:
    """The adjoint of `unfold`: columns (N, C · taps, blocks) to (N, C, *output_size), overlaps added; or without N.

    Raises
    ------
    RuntimeError
        If the columns do not fit the sizes.

    Examples
    --------
    >>> import autograd
    >>> fold(autograd.ones(1, 2, 2), (1, 3), (1, 2))
    tensor([[[[1., 2., 1.]]]])
    """
    shape = input._data.shape
    if len(shape) not in (2, 3) or 0 in shape[-2:]:
        raise RuntimeError(
            f"fold: expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero "
            f"dimensions for input, but got: {list(shape)}"
        )
    kernel, spacing, amounts, steps = _options("fold", kernel_size, dilation, padding, stride)
    sizes = positive(sizes_of(output_size, 2, "fold", "output_size"), "fold", "output_size")
    taps, blocks = math.prod(kernel), _blocks("fold", sizes, kernel, spacing, amounts, steps)
    if shape[-2] % taps or shape[-1] != blocks:
        raise RuntimeError(
            f"fold: expected size of input's dimension 1 to be divisible by the product of kernel_size, {taps}, and "
            f"size of dimension 2 to match the calculated number of sliding blocks {blocks}, but got {list(shape)}"
        )
    batch = input if len(shape) == 3 else ops.expand_dims(input, axis=0)
    image = ops.fold(batch, output_size=sizes, kernel=kernel, stride=steps, padding=amounts, dilation=spacing)
    return unbatched(image, len(shape) == 3)


def _options(name: str, kernel: Sizes, dilation: Sizes, padding: Sizes, stride: Sizes) -> tuple:
    return (
        positive(sizes_of(kernel, 2, name, "kernel_size"), name, "kernel_size"),
        positive(sizes_of(dilation, 2, name, "dilation"), name, "dilation"),
        positive(sizes_of(padding, 2, name, "padding"), name, "padding", least=0),
        positive(sizes_of(stride, 2, name, "stride"), name, "stride"),
    )


def _blocks(
    name: str,
    sizes: tuple[int, ...],
    kernel: tuple[int, ...],
    dilation: tuple[int, ...],
    padding: tuple[int, ...],
    stride: tuple[int, ...],
) -> int:
    counts = [
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, k, d, p, s in zip(sizes, kernel, dilation, padding, stride, strict=True)
    ]
    if min(counts) < 1:
        raise RuntimeError(
            f"{name}: given spatial size {list(sizes)}, kernel_size={kernel}, dilation={dilation}, padding={padding}, "
            f"stride={stride}, calculated shape of the array of sliding blocks as {counts}, which is too small"
        )
    return math.prod(counts)
