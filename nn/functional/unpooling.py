"""Power-average pooling, pooling over random windows, and the inverse of maximum pooling."""

from __future__ import annotations

import math
from collections.abc import Sequence

import autograd
from autograd import Tensor, no_grad, ops
from nn.functional.common import Sizes, batched, outside, positive, sizes_of, unbatched
from nn.functional.dims import each_dim, without_indices
from nn.functional.pooling import avg_pool1d, avg_pool2d, avg_pool3d


def _lp_pool(
    name: str,
    spatial: int,
    input: Tensor,
    norm_type: float,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """(Σ xᵖ)^(1/p) over each window of signals, images or volumes, p the norm type.

    Parameters
    ----------
    input : (N, C, *sizes) or (C, *sizes), with one, two or three sizes
    stride : between windows; by default `kernel_size`
    ceil_mode : keep a last window that is not full

    Raises
    ------
    RuntimeError
        If the window does not fit the input.

    Examples
    --------
    >>> import autograd
    >>> lp_pool1d(autograd.tensor([[3.0, 4.0]]), 2, 2)
    tensor([[5.]])
    """
    average = (avg_pool1d, avg_pool2d, avg_pool3d)[spatial - 1]
    count = math.prod(sizes_of(kernel_size, spatial, name, "kernel_size"))
    mean = average(ops.pow(input, float(norm_type)), kernel_size, stride, 0, ceil_mode)
    return ops.pow(ops.sign(mean) * ops.relu(ops.abs(mean)) * float(count), 1.0 / norm_type)


lp_pool1d, lp_pool2d, lp_pool3d = each_dim("lp_pool{}d", _lp_pool)


def _max_unpool(
    name: str,
    spatial: int,
    input: Tensor,
    indices: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """The maxima that `max_pool1d` to `max_pool3d` found back at their places, zeros elsewhere.

    Parameters
    ----------
    input, indices : what the pooling with `return_indices` returned
    output_size : which of the sizes that pool to the same one is meant; by default the smallest

    Raises
    ------
    RuntimeError
        If shapes differ, or an index lies outside.
    ValueError
        If `output_size` does not fit.

    Examples
    --------
    >>> import autograd
    >>> max_unpool2d(autograd.tensor([[[4.0]]]), autograd.tensor([[[2]]]), 2)
    tensor([[[0., 0.],
             [4., 0.]]])
    """
    if input._data.shape != indices._data.shape:
        raise RuntimeError(
            f"{name}: expected shape of indices to be same as that of the input tensor ({list(input._data.shape)}) "
            f"but got indices tensor with shape: {list(indices._data.shape)}"
        )
    if indices.dtype is not autograd.int64:
        raise RuntimeError(f"{name}: elements in indices should be type int64 but got: {indices.dtype}")
    batch, had_batch = batched(input, spatial, name)
    kernel = sizes_of(kernel_size, spatial, name, "kernel_size")
    steps = kernel if stride is None else sizes_of(stride, spatial, name, "stride")
    steps = positive(steps, name, "stride")
    amounts = sizes_of(padding, spatial, name, "padding")
    default = tuple(
        (n - 1) * s + k - 2 * p for n, k, s, p in zip(batch._data.shape[2:], kernel, steps, amounts, strict=True)
    )
    sizes = default
    if output_size is not None:
        sizes = tuple(int(n) for n in output_size)[-spatial:]
        if len(output_size) not in (spatial, spatial + 1, spatial + 2) or any(
            not d - s < n < d + s for n, d, s in zip(sizes, default, steps, strict=True)
        ):
            raise ValueError(
                f"{name}: invalid output_size {list(output_size)}: each size must be within the stride {steps} of "
                f"{list(default)}"
            )
    if min(sizes) <= 0 or (0 in batch._data.shape[1:]):
        raise RuntimeError(f"{name}: expected non-empty sizes, got input {list(input._data.shape)} to {list(sizes)}")
    if outside(indices, math.prod(sizes)):
        raise RuntimeError(f"{name}: found an invalid max index; the output has {list(sizes)} places")
    places = indices if had_batch else ops.expand_dims(indices, axis=0)
    return unbatched(ops.unpool_put(batch, places, sizes=sizes), had_batch)


max_unpool1d, max_unpool2d, max_unpool3d = each_dim("max_unpool{}d", _max_unpool)


def _fractional_max_pool(
    name: str,
    spatial: int,
    input: Tensor,
    kernel_size: Sizes,
    output_size: Sizes | None = None,
    output_ratio: float | Sequence[float] | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """The maxima of windows at random places of images or volumes (Graham 2014).

    Parameters
    ----------
    input : (N, C, *sizes) or (C, *sizes), with two or three sizes
    output_size, output_ratio : one of the two: the output's size, or its ratio to the input's
    return_indices : also return where the maxima are, as positions in the flattened sizes; with_indices always does

    Raises
    ------
    ValueError
        If neither is given, or the ratio is outside (0, 1).
    RuntimeError
        If the window does not fit.

    Examples
    --------
    >>> import autograd
    >>> fractional_max_pool2d(autograd.ones(1, 1, 5, 5), 2, output_size=3).shape
    autograd.Size([1, 1, 3, 3])
    """
    if output_size is None and output_ratio is None:
        raise ValueError(f"{name} requires specifying either an output_size or an output_ratio")
    input, had_batch = batched(input, spatial, name)
    batch, channels, *sizes = input._data.shape
    kernel = positive(sizes_of(kernel_size, spatial, name, "kernel_size"), name, "kernel_size")
    if output_size is None:
        ratios = output_ratio if isinstance(output_ratio, (tuple, list)) else (output_ratio,) * spatial
        if any(not 0 < ratio < 1 for ratio in ratios):  # type: ignore[operator]
            raise ValueError(f"{name}: output_ratio must be between 0 and 1 (got {output_ratio})")
        output_size = [int(n * ratio) for n, ratio in zip(sizes, ratios, strict=True)]  # type: ignore[arg-type]
    wanted = positive(sizes_of(output_size, spatial, name, "output_size"), name, "output_size")
    if 0 in (channels, *sizes) or any(o + k - 1 > n for o, k, n in zip(wanted, kernel, sizes, strict=True)):
        raise RuntimeError(
            f"{name}: kernel_size {kernel} with output_size {wanted} is too large relative to input {sizes}"
        )
    samples = _random_samples
    if samples is None:
        samples = autograd.rand(batch, channels, spatial, dtype=input.dtype, device=input.device)
    elif samples.dtype is not input.dtype or samples._data.shape[1:] != (channels, spatial) or len(samples) < batch:
        raise RuntimeError(
            f"{name}: expected _random_samples of the input's dtype and shape {[batch, channels, spatial]}, or longer, "
            f"got {samples.dtype} {list(samples._data.shape)}"
        )
    with no_grad():
        index = _random_windows(input.detach(), samples[:batch], kernel, wanted)
    values = ops.pool_at(input, index, spatial=spatial)
    return unbatched(values, had_batch), unbatched(index, had_batch)


fractional_max_pool2d, fractional_max_pool3d = map(
    without_indices, each_dim("fractional_max_pool{}d", _fractional_max_pool)[1:]
)
fractional_max_pool2d_with_indices, fractional_max_pool3d_with_indices = each_dim(
    "fractional_max_pool{}d_with_indices", _fractional_max_pool
)[1:]


def _random_windows(input: Tensor, samples: Tensor, kernel: tuple[int, ...], wanted: tuple[int, ...]) -> Tensor:
    """The flat positions of the maxima."""
    lead, sizes = input._data.shape[:2], input._data.shape[2:]
    spatial, place = len(sizes), input.device
    flat: Tensor | int = 0
    for axis, (n, o, k) in enumerate(zip(sizes, wanted, kernel, strict=True)):
        # In the plane, the first random number is that of the columns.
        draw = samples[:, :, spatial - 1 - axis if spatial == 2 else axis].reshape(*lead, 1)
        starts = autograd.full((*lead, 1), n - k, dtype=autograd.int64, device=place)
        if o > 1:
            step = (n - k) / (o - 1)
            number = autograd.arange(o - 1, dtype=input.dtype, device=place)
            early = autograd.trunc((draw + number) * step) - autograd.trunc(draw * step)
            starts = autograd.cat((ops.astype(early, dtype=autograd.int64), starts), dim=2)
        offsets = autograd.arange(k, dtype=autograd.int64, device=place)
        where = starts.reshape(*lead, *(o if a == axis else 1 for a in range(spatial)), *(1,) * spatial)
        where = where + offsets.reshape(*(k if a == axis else 1 for a in range(spatial)))
        flat = flat * n + where
    lengths = (*lead, *wanted)
    taps = ops.reshape(ops.broadcast_to(flat, shape=(*lengths, *kernel)), shape=(*lengths, math.prod(kernel)))
    pixels = ops.reshape(input, shape=(*lead, math.prod(sizes)))
    places = ops.reshape(taps, shape=(*lead, math.prod(wanted) * math.prod(kernel)))
    values = ops.reshape(ops.pool_at(pixels, places, spatial=1), shape=tuple(taps._data.shape))
    best = autograd.argmax(values, dim=-1, keepdim=True)
    return ops.squeeze(ops.pool_at(taps, best, spatial=1), axis=taps._data.ndim - 1)
