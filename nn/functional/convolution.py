"""Convolution and transposed convolution in one, two and three dims."""

from __future__ import annotations

from typing import Any

from autograd import Tensor, ops
from autograd.names import named
from nn.functional.common import Sizes, batched, positive, same_dtype, sizes_of, unbatched
from nn.functional.dims import each_dim


def _conv(
    name: str,
    spatial: int,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Sizes = 1,
    padding: str | Sizes = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """The cross-correlation of signals, images or volumes with filters.

    out[n, o, i, ...] = bias[o] + Σ weight[o, c, k, ...] · input[n, c, i·stride + k·dilation - padding, ...]

    Parameters
    ----------
    input : (N, C, *sizes) or (C, *sizes), with one, two or three sizes
    weight : (O, C / groups, *kernel)
    bias : (O,)
    stride, dilation : steps between outputs and between taps
    padding : zeros added on both sides; "valid" for none, "same" for as many as keep the size (stride 1 only)
    groups : number of blocks of channels that are convolved apart

    Raises
    ------
    RuntimeError
        If shapes or element types do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> conv1d(autograd.tensor([[[1.0, 2.0, 4.0]]]), autograd.tensor([[[-1.0, 1.0]]]))
    tensor([[[1., 2.]]])
    >>> conv2d(autograd.ones(1, 1, 3, 3), autograd.ones(1, 1, 2, 2)).shape
    autograd.Size([1, 1, 2, 2])
    """
    input, had_batch = batched(input, spatial, name)
    same_dtype(name, input=input, weight=weight, bias=bias)
    stride = positive(sizes_of(stride, spatial, name, "stride"), name, "stride")
    dilation = positive(sizes_of(dilation, spatial, name, "dilation"), name, "dilation")
    shape, kernel = weight._data.shape, weight._data.shape[2:]
    if len(shape) != spatial + 2:
        raise RuntimeError(f"{name}: expected a weight of {spatial + 2} dims, but got size {list(shape)}")
    if groups <= 0 or shape[0] % groups:
        raise RuntimeError(
            f"{name}: expected weight to be divisible by groups at dimension 0, but got weight of size {list(shape)} "
            f"and groups={groups}, which must be positive"
        )
    if input._data.shape[1] != shape[1] * groups:
        raise RuntimeError(
            f"{name}: given groups={groups}, weight of size {list(shape)}, expected input{list(input._data.shape)} to "
            f"have {shape[1] * groups} channels, but got {input._data.shape[1]} channels instead"
        )
    _check_bias(name, bias, shape[0])
    if isinstance(padding, str):
        input, amounts = _named_padding(name, input, padding, kernel, stride, dilation)
    else:
        amounts = positive(sizes_of(padding, spatial, name, "padding"), name, "padding", least=0)
    for size, amount, taps, step in zip(input._data.shape[2:], amounts, kernel, dilation, strict=True):
        if size + 2 * amount < step * (taps - 1) + 1:
            raise RuntimeError(
                f"{name}: calculated padded input size per channel: {size + 2 * amount}. Kernel size: "
                f"{step * (taps - 1) + 1}. Kernel size can't be greater than actual input size"
            )
    out = ops.conv(input, weight, stride=stride, padding=amounts, dilation=dilation, groups=groups)
    return unbatched(_with_bias(out, bias), had_batch)


conv1d, conv2d, conv3d = each_dim("conv{}d", _conv)


def _check_bias(name: str, bias: Tensor | None, channels: int) -> None:
    if bias is not None and bias._data.shape != (channels,):
        raise RuntimeError(
            f"{name}: expected bias to be 1-dimensional with {channels} elements, but got bias of size "
            f"{list(bias._data.shape)}"
        )


def _with_bias(out: Tensor, bias: Tensor | None) -> Tensor:
    if bias is None:
        return named(out, "ConvolutionBackward0")
    shift = ops.reshape(bias, shape=(bias._data.shape[0],) + (1,) * (out._data.ndim - 2))
    return named(out + shift, "ConvolutionBackward0")


def _named_padding(
    name: str, input: Tensor, padding: str, kernel: Any, stride: tuple[int, ...], dilation: tuple[int, ...]
) -> tuple[Tensor, tuple[int, ...]]:
    """The input, padded where one side needs more than the other, and the padding of both sides."""
    if padding == "valid":
        return input, (0,) * len(stride)
    if padding != "same":
        raise RuntimeError(f"{name}: invalid padding string {padding!r}; use 'valid' or 'same'")
    if max(stride) > 1:
        raise RuntimeError(f"{name}: padding='same' is not supported for strided convolutions, got stride {stride}")
    totals = [step * (taps - 1) for step, taps in zip(dilation, kernel, strict=True)]
    if any(total % 2 for total in totals):
        from nn.functional.padding import pad

        input = pad(input, [amount for total in reversed(totals) for amount in (0, total % 2)])
    return input, tuple(total // 2 for total in totals)


def _conv_transpose(
    name: str,
    spatial: int,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Sizes = 1,
    padding: Sizes = 0,
    output_padding: Sizes = 0,
    groups: int = 1,
    dilation: Sizes = 1,
) -> Tensor:
    """The transposed convolution: the gradient of the convolution by its input, as a function of its own.

    Sizes are (n - 1)·stride - 2·padding + dilation·(kernel - 1) + output_padding + 1.

    Parameters
    ----------
    input : (N, C, *sizes) or (C, *sizes), with one, two or three sizes
    weight : (C, O / groups, *kernel)
    bias : (O,)
    output_padding : added to one side of the result; must be smaller than stride or dilation

    Raises
    ------
    RuntimeError
        If shapes or element types do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> conv_transpose2d(autograd.ones(1, 1, 2, 2), autograd.ones(1, 1, 2, 2), stride=2).shape
    autograd.Size([1, 1, 4, 4])
    """
    input, had_batch = batched(input, spatial, name)
    same_dtype(name, input=input, weight=weight, bias=bias)
    stride = positive(sizes_of(stride, spatial, name, "stride"), name, "stride")
    dilation = positive(sizes_of(dilation, spatial, name, "dilation"), name, "dilation")
    padding = positive(sizes_of(padding, spatial, name, "padding"), name, "padding", least=0)
    extra = positive(sizes_of(output_padding, spatial, name, "output_padding"), name, "output_padding", least=0)
    shape = weight._data.shape
    if len(shape) != spatial + 2:
        raise RuntimeError(f"{name}: expected a weight of {spatial + 2} dims, but got size {list(shape)}")
    if groups <= 0 or shape[0] % groups or input._data.shape[1] != shape[0]:
        raise RuntimeError(
            f"{name}: given groups={groups}, weight of size {list(shape)}, expected input{list(input._data.shape)} to "
            f"have {shape[0]} channels, a multiple of groups, but got {input._data.shape[1]} channels instead"
        )
    for more, step, spacing in zip(extra, stride, dilation, strict=True):
        if more >= max(step, spacing):
            raise RuntimeError(
                f"{name}: output padding must be smaller than either stride or dilation, but got output_padding "
                f"{extra}, stride {stride}, dilation {dilation}"
            )
    channels = shape[1] * groups
    _check_bias(name, bias, channels)
    full = [
        (n - 1) * step + spacing * (taps - 1) + 1
        for n, step, spacing, taps in zip(input._data.shape[2:], stride, dilation, shape[2:], strict=True)
    ]
    sizes = [n - 2 * amount + more for n, amount, more in zip(full, padding, extra, strict=True)]
    if min(sizes, default=1) < 1:
        raise RuntimeError(f"{name}: the calculated output size {sizes} is too small for padding {padding}")
    options = {"stride": stride, "dilation": dilation, "groups": groups}
    lead = (input._data.shape[0], channels)
    if all(more < step for more, step in zip(extra, stride, strict=True)):
        out = ops.conv_input_grad(input, weight, input_shape=(*lead, *sizes), padding=padding, **options)
    else:  # so much is added that a convolution of the result would have more outputs than the input has elements
        from nn.functional.padding import pad

        out = ops.conv_input_grad(input, weight, input_shape=(*lead, *full), padding=(0,) * spatial, **options)
        pairs = [(-amount, more - amount) for amount, more in zip(padding, extra, strict=True)]
        out = pad(out, [amount for pair in reversed(pairs) for amount in pair])
    return unbatched(_with_bias(out, bias), had_batch)


conv_transpose1d, conv_transpose2d, conv_transpose3d = each_dim("conv_transpose{}d", _conv_transpose)
