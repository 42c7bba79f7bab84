"""Convolution over any number of spatial axes: three bilinear operations, each other's gradients."""

from __future__ import annotations

from autograd.differentiable import differentiable


def _conv_input_rule(xp, g, w, x_shape, stride, padding, dilation, groups):
    return xp.conv_input_grad(
        g, w, input_shape=x_shape, stride=stride, padding=padding, dilation=dilation, groups=groups
    )


def _conv_weight_rule(xp, g, x, w_shape, stride, padding, dilation, groups):
    return xp.conv_weight_grad(
        x, g, weight_shape=w_shape, stride=stride, padding=padding, dilation=dilation, groups=groups
    )


@differentiable(x=_conv_input_rule, w=_conv_weight_rule)
def conv(xp, x, w, *, stride, padding, dilation, groups):
    """The cross-correlation of x [N, C, sizes] with w [O, C / groups, kernel]."""
    return xp.conv(x, w, stride=stride, padding=padding, dilation=dilation, groups=groups)


@differentiable(
    y=lambda xp, g, w, stride, padding, dilation, groups: xp.conv(
        g, w, stride=stride, padding=padding, dilation=dilation, groups=groups
    ),
    w=lambda xp, g, y, w_shape, stride, padding, dilation, groups: xp.conv_weight_grad(
        g, y, weight_shape=w_shape, stride=stride, padding=padding, dilation=dilation, groups=groups
    ),
)
def conv_input_grad(xp, y, w, *, input_shape, stride, padding, dilation, groups):
    """The adjoint of `conv` in x, from y of the output's shape: also the transposed convolution."""
    return xp.conv_input_grad(
        y, w, input_shape=input_shape, stride=stride, padding=padding, dilation=dilation, groups=groups
    )


@differentiable(
    x=lambda xp, g, y, x_shape, stride, padding, dilation, groups: xp.conv_input_grad(
        y, g, input_shape=x_shape, stride=stride, padding=padding, dilation=dilation, groups=groups
    ),
    y=lambda xp, g, x, stride, padding, dilation, groups: xp.conv(
        x, g, stride=stride, padding=padding, dilation=dilation, groups=groups
    ),
)
def conv_weight_grad(xp, x, y, *, weight_shape, stride, padding, dilation, groups):
    """The adjoint of `conv` in w, from x and y of the output's shape."""
    return xp.conv_weight_grad(
        x, y, weight_shape=weight_shape, stride=stride, padding=padding, dilation=dilation, groups=groups
    )
