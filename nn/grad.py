"""Gradients of convolutions by input and weight, as functions: for rules of one's own."""

from __future__ import annotations

from collections.abc import Sequence

from autograd import Tensor, ops
from nn.functional.common import Sizes, positive, sizes_of
from nn.functional.dims import each_dim


def _checked(
    name: str,
    spatial: int,
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
    name: str,
    spatial: int,
    input_size: Sequence[int],
    weight: Tensor,
    grad_output: Tensor,
    stride: Sizes = 1,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """The gradient of a convolution by its input.

    Parameters
    ----------
    input_size : (N, C, *sizes), the input's size, with one, two or three sizes
    weight : (O, C / groups, *kernel)
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
    options = _checked(name, spatial, input_size, weight._data.shape, grad_output, stride, padding, dilation, groups)
    return ops.conv_input_grad(grad_output, weight, input_shape=tuple(input_size), **options)


conv1d_input, conv2d_input, conv3d_input = each_dim("conv{}d_input", _input)


def _weight(
    name: str,
    spatial: int,
    input: Tensor,
    weight_size: Sequence[int],
    grad_output: Tensor,
    stride: Sizes = 1,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """The gradient of a convolution by its weight.

    Parameters
    ----------
    input : (N, C, *sizes), with one, two or three sizes
    weight_size : (O, C / groups, *kernel), the weight's size
    grad_output : the gradient by the output, (N, O, *)
    stride, padding, dilation, groups : of the convolution

    Raises
    ------
    RuntimeError
        If the sizes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> conv1d_weight(autograd.tensor([[[1.0, 2.0, 3.0]]]), (1, 1, 2), autograd.ones(1, 1, 2))
    tensor([[[3., 5.]]])
    """
    options = _checked(name, spatial, input._data.shape, weight_size, grad_output, stride, padding, dilation, groups)
    return ops.conv_weight_grad(input, grad_output, weight_shape=tuple(weight_size), **options)


conv1d_weight, conv2d_weight, conv3d_weight = each_dim("conv{}d_weight", _weight)
