"""Maximum and average pooling over windows."""

from __future__ import annotations

from autograd import Tensor, ops
from nn.functional.common import Sizes, batched, positive, sizes_of, unbatched
from nn.functional.dims import each_dim, without_indices


def _max_pool(
    name: str,
    spatial: int,
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """The maximum of each window of signals, images or volumes.

    Parameters
    ----------
    input : (N, C, *sizes) or (C, *sizes), with one, two or three sizes
    stride : between windows; by default `kernel_size`
    padding : on both sides, with -inf; at most half of `kernel_size`
    dilation : between the elements of a window
    ceil_mode : keep a last window that is not full
    return_indices : also return where the maxima are, as positions in the flattened sizes; with_indices always does

    Raises
    ------
    RuntimeError
        If the window does not fit the input.

    Examples
    --------
    >>> import autograd
    >>> max_pool2d(autograd.tensor([[[1.0, 2.0], [4.0, 3.0]]]), 2)
    tensor([[[4.]]])
    """
    input, had_batch = batched(input, spatial, name)
    kernel, steps, amounts = _windows(name, spatial, kernel_size, stride, padding)
    spacing = positive(sizes_of(dilation, spatial, name, "dilation"), name, "dilation")
    _check_sizes(name, input, kernel, steps, amounts, spacing, ceil_mode)
    index = ops.max_pool_indices(
        input, kernel=kernel, stride=steps, padding=amounts, dilation=spacing, ceil_mode=bool(ceil_mode)
    )
    values = ops.pool_at(input, index, spatial=spatial)
    return unbatched(values, had_batch), unbatched(index, had_batch)


max_pool1d, max_pool2d, max_pool3d = map(without_indices, each_dim("max_pool{}d", _max_pool))
max_pool1d_with_indices, max_pool2d_with_indices, max_pool3d_with_indices = each_dim(
    "max_pool{}d_with_indices", _max_pool
)


def _windows(
    name: str, spatial: int, kernel_size: Sizes, stride: Sizes | None, padding: Sizes
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    kernel = positive(sizes_of(kernel_size, spatial, name, "kernel_size"), name, "kernel_size")
    if stride is None or (isinstance(stride, (tuple, list)) and not stride):
        steps = kernel
    else:
        steps = positive(sizes_of(stride, spatial, name, "stride"), name, "stride")
    amounts = positive(sizes_of(padding, spatial, name, "padding"), name, "padding", least=0)
    if any(2 * amount > taps for amount, taps in zip(amounts, kernel, strict=True)):
        raise RuntimeError(
            f"{name}: pad should be at most half of effective kernel size, but got padding={amounts} and "
            f"kernel_size={kernel}"
        )
    return kernel, steps, amounts


def _check_sizes(
    name: str,
    input: Tensor,
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    ceil_mode: bool,
) -> None:
    shape = input._data.shape
    if 0 in shape[1:]:
        raise RuntimeError(f"{name}: expected input with non-zero size for non-batch dimensions, got {list(shape)}")
    for size, taps, step, amount, spacing in zip(shape[2:], kernel, stride, padding, dilation, strict=True):
        room = size + 2 * amount - spacing * (taps - 1) - 1
        if room + (step - 1 if ceil_mode else 0) < 0:
            raise RuntimeError(
                f"{name}: given input size {list(shape)}, the calculated output size is too small for kernel_size "
                f"{kernel}, padding {padding} and dilation {dilation}"
            )


def _avg_pool(
    name: str,
    spatial: int,
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """The mean of each window of images or volumes.

    Parameters
    ----------
    input : (N, C, *sizes) or (C, *sizes), with two or three sizes
    stride : between windows; by default `kernel_size`
    padding : zeros on both sides; at most half of `kernel_size`
    ceil_mode : keep a last window that is not full
    count_include_pad : whether zeros of the padding count as elements
    divisor_override : divide by this instead of the number of elements

    Raises
    ------
    RuntimeError
        If the window does not fit the input.

    Examples
    --------
    >>> import autograd
    >>> avg_pool2d(autograd.tensor([[[1.0, 2.0], [4.0, 3.0]]]), 2)
    tensor([[[2.5000]]])
    """
    input, had_batch = batched(input, spatial, name)
    kernel, steps, amounts = _windows(name, spatial, kernel_size, stride, padding)
    _check_sizes(name, input, kernel, steps, amounts, (1,) * spatial, ceil_mode)
    if divisor_override == 0:
        raise RuntimeError(f"{name}: divisor must be not zero")
    pooled = ops.avg_pool(
        input,
        kernel=kernel,
        stride=steps,
        padding=amounts,
        ceil_mode=bool(ceil_mode),
        count_include_pad=bool(count_include_pad),
        divisor_override=divisor_override,
    )
    return unbatched(pooled, had_batch)


avg_pool2d, avg_pool3d = each_dim("avg_pool{}d", _avg_pool)[1:]


def avg_pool1d(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """The mean of each window of signals (N, C, L) or (C, L); see `avg_pool2d`.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.avg_pool1d(autograd.tensor([[1.0, 3.0, 5.0, 7.0]]), 2)
    tensor([[2., 6.]])
    """
    return _avg_pool("avg_pool1d", 1, input, kernel_size, stride, padding, ceil_mode, count_include_pad)
