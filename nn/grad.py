"""Gradients of convolutions by input and weight, as functions: for rules of one's own."""

from __future__ import annotations

from collections.abc import Sequence

from autograd import Tensor, ops
from nn.functional.common import Sizes, positive, sizes_of


def _checked(
    name: str,
    input_size: Sequence[int],
    weight_size: Sequence[int],
    grad_output: Tensor,
    stride: Sizes,
    padding: Sizes,
    dilation: Sizes,
    groups: int,
) -> dict:
    """The options as the operations take them, if the sizes fit each other.

    Raises
    ------
    RuntimeError
        If they do not.
    """
    spatial = int(name[4])
    steps = positive(sizes_of(stride, spatial, name, "stride"), name, "stride")
    taps = positive(sizes_of(dilation, spatial, name, "dilation"), name, "dilation")
    amounts = positive(sizes_of(padding, spatial, name, "padding"), name, "padding", least=0)
    sizes, kernel = tuple(input_size), tuple(weight_size)
    fits = len(sizes) == len(kernel) == spatial + 2 and sizes[1] == kernel[1] * groups
    counts = [
        (n + 2 * amount - tap * (k - 1) - 1) // step + 1
        for n, k, amount, tap, step in zip(sizes[2:], kernel[2:], amounts, taps, steps, strict=fits)
    ]
    if not fits or list(grad_output._data.shape) != [sizes[0], kernel[0], *counts]:
        raise RuntimeError(
            f"{name}: an input of size {list(sizes)} and a weight of size {list(kernel)} with groups={groups} do not "
            f"give a grad_output of size {list(grad_output._data.shape)}"
        )
    return {"stride": steps, "padding": amounts, "dilation": taps, "groups": groups}


def _input(
    name: str, input_size: Sequence[int], weight: Tensor, grad_output: Tensor, *options: Sizes
) -> Tensor:  # fmt: skip
    checked = _checked(name, input_size, weight._data.shape, grad_output, *options)  # type: ignore[arg-type]
    return ops.conv_input_grad(grad_output, weight, input_shape=tuple(input_size), **checked)


def _weight(
    name: str, input: Tensor, weight_size: Sequence[int], grad_output: Tensor, *options: Sizes
) -> Tensor:  # fmt: skip
    checked = _checked(name, input._data.shape, weight_size, grad_output, *options)  # type: ignore[arg-type]
    return ops.conv_weight_grad(input, grad_output, weight_shape=tuple(weight_size), **checked)


def conv1d_input(
    input_size: Sequence[int],
    weight: Tensor,
    grad_output: Tensor,
    stride: Sizes = 1,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """The gradient of `conv1d` by an input of size (N, C, L); see `conv2d_input`."""
    return _input("conv1d_input", input_size, weight, grad_output, stride, padding, dilation, groups)


def conv2d_input(
    input_size: Sequence[int],
    weight: Tensor,
    grad_output: Tensor,
    stride: Sizes = 1,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """The gradient of `conv2d` by its input.

    Parameters
    ----------
    input_size : (N, C, H, W), the input's size
    weight : (O, C / groups, kernel height, kernel width)
    grad_output : the gradient by the output, (N, O, *)
    stride, padding, dilation, groups : of the convolution

    Raises
    ------
    RuntimeError
        If the sizes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> conv2d_input((1, 1, 2, 2), autograd.ones(1, 1, 2, 2), autograd.full((1, 1, 1, 1), 3.0))
    tensor([[[[3., 3.],
              [3., 3.]]]])
    """
    return _input("conv2d_input", input_size, weight, grad_output, stride, padding, dilation, groups)


def conv3d_input(
    input_size: Sequence[int],
    weight: Tensor,
    grad_output: Tensor,
    stride: Sizes = 1,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """The gradient of `conv3d` by an input of size (N, C, D, H, W); see `conv2d_input`."""
    return _input("conv3d_input", input_size, weight, grad_output, stride, padding, dilation, groups)


def conv1d_weight(
    input: Tensor,
    weight_size: Sequence[int],
    grad_output: Tensor,
    stride: Sizes = 1,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """The gradient of `conv1d` by a weight of size (O, C / groups, kernel); see `conv2d_weight`."""
    return _weight("conv1d_weight", input, weight_size, grad_output, stride, padding, dilation, groups)


def conv2d_weight(
    input: Tensor,
    weight_size: Sequence[int],
    grad_output: Tensor,
    stride: Sizes = 1,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """The gradient of `conv2d` by its weight.

    Parameters
    ----------
    input : (N, C, H, W)
    weight_size : (O, C / groups, kernel height, kernel width), the weight's size
    grad_output : the gradient by the output, (N, O, *)
    stride, padding, dilation, groups : of the convolution

    Raises
    ------
    RuntimeError
        If the sizes do not fit each other.
    """
    return _weight("conv2d_weight", input, weight_size, grad_output, stride, padding, dilation, groups)


def conv3d_weight(
    input: Tensor,
    weight_size: Sequence[int],
    grad_output: Tensor,
    stride: Sizes = 1,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """The gradient of `conv3d` by a weight of size (O, C / groups, *kernel); see `conv2d_weight`."""
    return _weight("conv3d_weight", input, weight_size, grad_output, stride, padding, dilation, groups)
