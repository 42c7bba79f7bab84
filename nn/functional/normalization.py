"""Normalization by the statistics of batches, layers, groups, instances and neighboring channels."""

from __future__ import annotations

import math
from collections.abc import Sequence

from autograd import Tensor, no_grad, ops
from autograd.names import named

_EPSILON = {"float16": 2.0**-10, "bfloat16": 2.0**-7, "float32": 2.0**-23, "float64": 2.0**-52}


def _per_channel(values: Tensor, ndim: int) -> Tensor:
    """A value for each channel, shaped to broadcast along dim 1."""
    return ops.reshape(values, shape=(1, -1, *(1,) * (ndim - 2)))


def _affine(input: Tensor, weight: Tensor | None, bias: Tensor | None) -> Tensor:
    """Scaled and shifted; with neither a copy, as the gradient needs the standardized values and callers write to theirs."""
    if weight is None and bias is None:
        return ops.copy(input) if input.requires_grad else input
    if weight is not None:
        input = input * weight
    return input if bias is None else input + bias


def _check_channels(name: str, channels: int, **tensors: Tensor | None) -> None:
    for what, tensor in tensors.items():
        if tensor is not None and tensor._data.shape != (channels,):
            raise RuntimeError(
                f"{name}: {what} should contain {channels} elements, one for each channel, but has size "
                f"{list(tensor._data.shape)}"
            )


def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """(input - mean) / √(var + eps) · weight + bias for each channel (Ioffe and Szegedy 2015).

    In training, mean and variance are those of the batch, and the running ones move towards them (the variance
    unbiased); otherwise they are the running ones.

    Parameters
    ----------
    input : (N, C, *)
    running_mean, running_var, weight, bias : (C,)
    momentum : share of the batch in the running statistics

    Raises
    ------
    ValueError
        In training, if there is just one value for each channel.
    RuntimeError
        If the shapes do not fit each other, or running statistics are missing.

    Examples
    --------
    >>> import autograd
    >>> batch_norm(autograd.tensor([[1.0], [3.0]]), None, None, training=True, eps=0.0)
    tensor([[-1.],
            [ 1.]])
    """
    shape = input._data.shape
    if shape == (0,):
        return _affine(ops.copy(input), weight, bias)
    if len(shape) < 2:
        raise RuntimeError(f"batch_norm: expected an input of at least 2 dims, (N, C, ...), got size {list(shape)}")
    _check_channels(
        "batch_norm", shape[1], running_mean=running_mean, running_var=running_var, weight=weight, bias=bias
    )
    ndim = len(shape)
    if weight is not None:
        weight = _per_channel(weight, ndim)
    if bias is not None:
        bias = _per_channel(bias, ndim)
    if not training:
        if running_mean is None or running_var is None:
            raise RuntimeError("batch_norm: expected running_mean and running_var to be defined when training=False")
        scale = 1.0 / ops.sqrt(_per_channel(running_var, ndim) + eps)
        if weight is not None:
            scale = scale * weight
        shift = -(_per_channel(running_mean, ndim) * scale)
        result = input * scale + (shift if bias is None else shift + bias)
        result = result if result.dtype is input.dtype else ops.astype(result, dtype=input.dtype)
        return named(result, "NativeBatchNormBackward0")
    count = math.prod(shape) // shape[1] if shape[1] else 0
    if count == 1:
        raise ValueError(f"Expected more than 1 value per channel when training, got input size {list(shape)}")
    normalized, mean, rstd = ops.standardize(input, axes=(0, *range(2, ndim)), eps=float(eps))
    if count:
        _follow(running_mean, running_var, mean, rstd, count, momentum, eps)
    return named(_affine(normalized, weight, bias), "NativeBatchNormBackward0")


def _follow(
    running_mean: Tensor | None,
    running_var: Tensor | None,
    mean: Tensor,
    rstd: Tensor,
    count: int,
    momentum: float,
    eps: float,
) -> None:
    """Move the running statistics, in place, towards those of a batch."""
    with no_grad():
        if running_mean is not None:
            running_mean *= 1.0 - momentum
            running_mean += ops.astype(ops.reshape(mean, shape=(-1,)), dtype=running_mean.dtype) * momentum
        if running_var is not None:
            variance = ops.astype(ops.reshape(1.0 / (rstd * rstd) - eps, shape=(-1,)), dtype=running_var.dtype)
            running_var *= 1.0 - momentum
            running_var += variance * (momentum * count / max(1, count - 1))


def layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """(input - mean) / √(var + eps) · weight + bias over the last dims (Ba, Kiros and Hinton 2016).

    Parameters
    ----------
    input : (*, *normalized_shape)
    weight, bias : of `normalized_shape`

    Raises
    ------
    RuntimeError
        If the shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> layer_norm(autograd.tensor([[1.0, 3.0]]), (2,), eps=0.0)
    tensor([[-1.,  1.]])
    """
    axes = _last_axes("layer_norm", input, normalized_shape, weight=weight, bias=bias)
    normalized, _, _ = ops.standardize(input, axes=axes, eps=float(eps))
    return named(_affine(normalized, weight, bias), "NativeLayerNormBackward0")


def _last_axes(name: str, input: Tensor, normalized_shape: Sequence[int], **tensors: Tensor | None) -> tuple[int, ...]:
    wanted = tuple(normalized_shape)
    shape = input._data.shape
    if not wanted or shape[len(shape) - len(wanted) :] != wanted or len(wanted) > len(shape):
        raise RuntimeError(
            f"{name}: given normalized_shape={list(wanted)}, expected input with shape [*, "
            f"{', '.join(map(str, wanted))}], but got input of size {list(shape)}"
        )
    for what, tensor in tensors.items():
        if tensor is not None and tensor._data.shape != wanted:
            raise RuntimeError(
                f"{name}: expected {what} to be of the same shape as normalized_shape, {list(wanted)}, but got "
                f"{list(tensor._data.shape)}"
            )
    return tuple(range(len(shape) - len(wanted), len(shape)))


def rms_norm(
    input: Tensor, normalized_shape: Sequence[int], weight: Tensor | None = None, eps: float | None = None
) -> Tensor:
    """input / √(mean(input²) + eps) · weight over the last dims (Zhang and Sennrich 2019).

    `eps` is by default the element type's smallest step at 1. Complex input is squared as it is, as in PyTorch, not
    taken by its modulus.

    Raises
    ------
    RuntimeError
        If the shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.rms_norm(autograd.tensor([[3.0, 4.0]]), (2,))
    tensor([[0.8485, 1.1314]])
    """
    axes = _last_axes("rms_norm", input, normalized_shape, weight=weight)
    count = float(max(1, math.prod(normalized_shape)))
    step = _EPSILON[input.dtype.to_real().name] if eps is None else eps
    mean = ops.sum(input * input, axis=axes, keepdims=True)
    return _affine(input * (1.0 / ops.sqrt(mean / count + step)), weight, None)


def group_norm(
    input: Tensor, num_groups: int, weight: Tensor | None = None, bias: Tensor | None = None, eps: float = 1e-5
) -> Tensor:
    """Normalize each sample over groups of channels (Wu and He 2018).

    Parameters
    ----------
    input : (N, C, *)
    num_groups : into how many groups the channels are divided
    weight, bias : (C,)

    Raises
    ------
    RuntimeError
        If the number of channels is no multiple of `num_groups`, or the shapes do not fit.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.group_norm(autograd.tensor([[1.0, 3.0, 5.0, 9.0]]), num_groups=2)
    tensor([[-1.0000,  1.0000, -1.0000,  1.0000]])
    """
    shape = input._data.shape
    if len(shape) < 2:
        raise RuntimeError(f"group_norm: expected at least 2 dims, (N, C, ...), but got input of size {list(shape)}")
    if num_groups <= 0 or shape[1] % num_groups:
        raise RuntimeError(
            f"group_norm: expected number of channels in input to be divisible by num_groups, but got input of size "
            f"{list(shape)} and num_groups={num_groups}"
        )
    _check_channels("group_norm", shape[1], weight=weight, bias=bias)
    width = math.prod(shape[1:]) // num_groups
    grouped = ops.reshape(input, shape=(shape[0], num_groups, width))
    normalized, _, _ = ops.standardize(grouped, axes=(2,), eps=float(eps))
    result = _affine(
        ops.reshape(normalized, shape=shape),
        None if weight is None else _per_channel(weight, len(shape)),
        None if bias is None else _per_channel(bias, len(shape)),
    )
    return named(result, "NativeGroupNormBackward0")


def instance_norm(
    input: Tensor,
    running_mean: Tensor | None = None,
    running_var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Normalize each channel of each sample over its positions (Ulyanov, Vedaldi and Lempitsky 2016).

    Parameters
    ----------
    input : (N, C, *)
    running_mean, running_var, weight, bias : (C,)
    use_input_stats : False takes the running statistics instead

    Raises
    ------
    ValueError
        If statistics are to be taken of one position.
    RuntimeError
        If the shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.instance_norm(autograd.tensor([[[1.0, 3.0], [5.0, 9.0]]]))
    tensor([[[-1.0000,  1.0000],
             [-1.0000,  1.0000]]])
    """
    shape = input._data.shape
    if len(shape) < 3:
        raise RuntimeError(f"instance_norm: expected at least 3 dims, (N, C, ...), but got input of size {list(shape)}")
    if not use_input_stats:
        return batch_norm(input, running_mean, running_var, weight, bias, False, momentum, eps)
    count = math.prod(shape[2:])
    if count == 1:
        raise ValueError(f"Expected more than 1 spatial element when training, got input size {list(shape)}")
    _check_channels(
        "instance_norm", shape[1], running_mean=running_mean, running_var=running_var, weight=weight, bias=bias
    )
    normalized, mean, rstd = ops.standardize(input, axes=tuple(range(2, len(shape))), eps=float(eps))
    with no_grad():
        variance = 1.0 / (rstd * rstd) - eps
        mean = ops.sum(mean, axis=0, keepdims=False) / float(shape[0])
        variance = ops.sum(variance, axis=0, keepdims=False) / float(shape[0])
        _follow(running_mean, running_var, mean, 1.0 / ops.sqrt(variance + eps), count, momentum, eps)
    return _affine(
        normalized,
        None if weight is None else _per_channel(weight, len(shape)),
        None if bias is None else _per_channel(bias, len(shape)),
    )


def local_response_norm(input: Tensor, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Tensor:
    """input / (k + alpha · mean of input² over `size` neighboring channels)^beta (Krizhevsky et al. 2012).

    Parameters
    ----------
    input : (N, C, *)

    Raises
    ------
    ValueError
        If the input has fewer than three dims.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.local_response_norm(autograd.rand(1, 6, 8), size=2).shape
    autograd.Size([1, 6, 8])
    """
    shape = input._data.shape
    if len(shape) < 3:
        raise ValueError(f"Expected 3D or higher dimensionality input (got {len(shape)} dimensions)")
    if 0 in shape:
        return input
    channels_last = (0, *range(2, len(shape)), 1)
    squares = ops.permute_dims(input * input, axes=channels_last)
    mean = ops.avg_pool(
        squares,
        kernel=(size,),
        stride=(1,),
        padding=(size // 2,),
        ceil_mode=False,
        count_include_pad=True,
        divisor_override=None,
    )
    mean = mean[..., : shape[1]]  # an even window has one output more
    mean = ops.permute_dims(mean, axes=(0, len(shape) - 1, *range(1, len(shape) - 1)))
    return input / ops.pow(mean * alpha + k, beta)
