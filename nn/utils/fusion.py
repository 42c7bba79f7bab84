"""Batch normalization after a convolution or a linear layer, taken into that layer's weight and bias."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, TypeVar

from autograd import Tensor
from nn.conv import _ConvNd
from nn.linear import Linear
from nn.parameter import Parameter

if TYPE_CHECKING:
    from nn.batchnorm import _BatchNorm

_Conv = TypeVar("_Conv", bound=_ConvNd)
_Linear = TypeVar("_Linear", bound=Linear)


def fuse_conv_bn_eval(conv: _Conv, bn: _BatchNorm, transpose: bool = False) -> _Conv:
    """A copy of the convolution that computes bn(conv(x)).

    Parameters
    ----------
    conv, bn : both in evaluation mode; `bn` with running statistics
    transpose : whether the convolution is transposed

    Raises
    ------
    AssertionError
        If either is in training mode, or `bn` has no running statistics.

    Examples
    --------
    >>> import autograd, nn
    >>> conv, bn = nn.Conv2d(1, 2, 3).eval(), nn.BatchNorm2d(2).eval()
    >>> x = autograd.ones(1, 1, 4, 4)
    >>> autograd.allclose(fuse_conv_bn_eval(conv, bn)(x), bn(conv(x)))
    True
    """
    mean, var = _statistics(conv, bn)
    fused = deepcopy(conv)
    fused.weight, fused.bias = fuse_conv_bn_weights(
        fused.weight, fused.bias, mean, var, bn.eps, bn.weight, bn.bias, transpose
    )
    return fused


def fuse_conv_bn_weights(
    conv_w: Tensor,
    conv_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor | None,
    bn_b: Tensor | None,
    transpose: bool = False,
) -> tuple[Parameter, Parameter]:
    """weight · s and (bias - mean) · s + bn_b, where s = bn_w / √(variance + eps) for each output channel.

    Parameters
    ----------
    conv_w, conv_b : of the convolution: (outputs, inputs / groups, ...), transposed (inputs, outputs / groups, ...)
    bn_rm, bn_rv : running mean and variance, by output channel
    bn_eps : added to the variance
    bn_w, bn_b : of the normalization; None: 1 and 0
    transpose : whether the convolution is transposed
    """
    scale, shift = _scale_and_shift(conv_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b)
    ones = (1,) * (conv_w.ndim - 2)
    if transpose:
        per_group = conv_w.shape[1]
        grouped = conv_w.reshape(len(scale) // per_group, -1, *conv_w.shape[1:])
        scaled = (grouped * scale.reshape(-1, 1, per_group, *ones)).reshape(conv_w.shape)
    else:
        scaled = conv_w * scale.reshape(-1, 1, *ones)
    return _as_parameters(scaled, conv_w, shift, conv_b)


def fuse_linear_bn_eval(linear: _Linear, bn: _BatchNorm) -> _Linear:
    """A copy of the linear layer that computes bn(linear(x)).

    Parameters
    ----------
    linear, bn : both in evaluation mode; `bn` with running statistics of the output features, or of one channel

    Raises
    ------
    AssertionError
        If either is in training mode, `bn` has no running statistics, or its features are not the layer's.
    """
    mean, var = _statistics(linear, bn)
    if bn.num_features not in (linear.out_features, 1):
        raise AssertionError(
            f"To fuse, linear.out_features == bn.num_features or bn.num_features == 1, not {linear.out_features} and "
            f"{bn.num_features}"
        )
    fused = deepcopy(linear)
    fused.weight, fused.bias = fuse_linear_bn_weights(fused.weight, fused.bias, mean, var, bn.eps, bn.weight, bn.bias)
    return fused


def fuse_linear_bn_weights(
    linear_w: Tensor,
    linear_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor | None,
    bn_b: Tensor | None,
) -> tuple[Parameter, Parameter]:
    """weight · s and (bias - mean) · s + bn_b, where s = bn_w / √(variance + eps) for each output feature.

    Parameters
    ----------
    linear_w, linear_b : of the linear layer: (out features, in features)
    bn_rm, bn_rv : running mean and variance, by output feature
    bn_eps : added to the variance
    bn_w, bn_b : of the normalization; None: 1 and 0
    """
    scale, shift = _scale_and_shift(linear_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b)
    shift = shift.expand(len(linear_w)).clone()  # one channel may stand for all features
    return _as_parameters(linear_w * scale.reshape(-1, 1), linear_w, shift, linear_b)


def _scale_and_shift(
    bias: Tensor | None, mean: Tensor, var: Tensor, eps: float, bn_weight: Tensor | None, bn_bias: Tensor | None
) -> tuple[Tensor, Tensor]:
    """What the normalization multiplies each channel by, and what it adds."""
    scale = (var + eps).rsqrt()
    scale = scale if bn_weight is None else bn_weight * scale
    shift = (-mean if bias is None else bias - mean) * scale
    return scale, shift if bn_bias is None else shift + bn_bias


def _as_parameters(weight: Tensor, old: Tensor, bias: Tensor, old_bias: Tensor | None) -> tuple[Parameter, Parameter]:
    """Parameters of the types, and trained where, the old ones were."""
    like = old if old_bias is None else old_bias
    return (
        Parameter(weight.to(dtype=old.dtype), old.requires_grad),
        Parameter(bias.to(dtype=like.dtype), like.requires_grad),
    )


def _statistics(layer: _ConvNd | Linear, bn: _BatchNorm) -> tuple[Tensor, Tensor]:
    if layer.training or bn.training:
        raise AssertionError("Fusion only for eval! Call eval() on both layers first")
    if bn.running_mean is None or bn.running_var is None:
        raise AssertionError("Fusion needs running statistics: build the normalization with track_running_stats=True")
    return bn.running_mean, bn.running_var
