"""Sliding blocks as columns, and back: a closed linear family."""

from __future__ import annotations

from autograd.differentiable import differentiable


@differentiable(
    x=lambda xp, g, x_shape, kernel, stride, padding, dilation: xp.fold(
        g,
        output_size=tuple(x_shape[len(x_shape) - len(kernel) :]),
        kernel=kernel,
        stride=stride,
        padding=padding,
        dilation=dilation,
    )
)
def unfold(xp, x, *, kernel, stride, padding, dilation):
    """Every sliding block of x [..., C, sizes] as a column: [..., C · taps, blocks]."""
    return xp.unfold(x, kernel=kernel, stride=stride, padding=padding, dilation=dilation)


@differentiable(
    columns=lambda xp, g, kernel, stride, padding, dilation: xp.unfold(
        g, kernel=kernel, stride=stride, padding=padding, dilation=dilation
    )
)
def fold(xp, columns, *, output_size, kernel, stride, padding, dilation):
    """The adjoint of `unfold`: [..., C · taps, blocks] to [..., C, output_size], overlaps added."""
    return xp.fold(columns, output_size=output_size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
