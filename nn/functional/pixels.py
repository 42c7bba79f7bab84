"""Rearranging pixels and channels."""

from __future__ import annotations

from autograd import Tensor, ops
from nn.functional.common import apart


def pixel_shuffle(input: Tensor, upscale_factor: int) -> Tensor:
    """(*, C · r², H, W) to (*, C, H · r, W · r) (Shi et al. 2016).

    Raises
    ------
    RuntimeError
        If the channels are no multiple of r².

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.pixel_shuffle(autograd.rand(1, 4, 3, 3), 2).shape
    autograd.Size([1, 1, 6, 6])
    """
    shape, r = input._data.shape, upscale_factor
    if len(shape) < 3 or r <= 0 or shape[-3] % (r * r):
        raise RuntimeError(
            f"pixel_shuffle expects an input of at least 3 dims whose channels are a multiple of the square of a "
            f"positive upscale_factor, but got {list(shape)} and {r}"
        )
    lead, (channels, height, width) = shape[:-3], shape[-3:]
    channels //= r * r
    n = len(lead)
    split = ops.reshape(input, shape=(*lead, channels, r, r, height, width))
    moved = ops.permute_dims(split, axes=(*range(n), n, n + 3, n + 1, n + 4, n + 2))
    return apart(ops.reshape(moved, shape=(*lead, channels, height * r, width * r)), input)


def pixel_unshuffle(input: Tensor, downscale_factor: int) -> Tensor:
    """(*, C, H · r, W · r) to (*, C · r², H, W): the inverse of `pixel_shuffle`.

    Raises
    ------
    RuntimeError
        If height or width is no multiple of r.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.pixel_unshuffle(autograd.rand(1, 1, 6, 6), 2).shape
    autograd.Size([1, 4, 3, 3])
    """
    shape, r = input._data.shape, downscale_factor
    if len(shape) < 3 or r <= 0 or shape[-2] % r or shape[-1] % r:
        raise RuntimeError(
            f"pixel_unshuffle expects an input of at least 3 dims whose height and width are multiples of a positive "
            f"downscale_factor, but got {list(shape)} and {r}"
        )
    lead, (channels, height, width) = shape[:-3], shape[-3:]
    n = len(lead)
    split = ops.reshape(input, shape=(*lead, channels, height // r, r, width // r, r))
    moved = ops.permute_dims(split, axes=(*range(n), n, n + 2, n + 4, n + 1, n + 3))
    return apart(ops.reshape(moved, shape=(*lead, channels * r * r, height // r, width // r)), input)


def channel_shuffle(input: Tensor, groups: int) -> Tensor:
    """Deal the channels of (N, C, *) out to groups in turn (Zhang et al. 2018).

    Raises
    ------
    RuntimeError
        If the channels are no multiple of `groups`.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.channel_shuffle(autograd.arange(4.0).reshape(1, 4, 1), 2).flatten()
    tensor([0., 2., 1., 3.])
    """
    shape = input._data.shape
    if len(shape) < 3 or groups <= 0 or shape[1] % groups:
        raise RuntimeError(
            f"channel_shuffle expects an input of at least 3 dims, (N, C, ...), with channels divisible by a positive "
            f"number of groups, but got {list(shape)} and {groups}"
        )
    split = ops.reshape(input, shape=(shape[0], groups, shape[1] // groups, *shape[2:]))
    axes = (0, 2, 1, *range(3, len(shape) + 1))
    return apart(ops.reshape(ops.permute_dims(split, axes=axes), shape=tuple(shape)), input)
