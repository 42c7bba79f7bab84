"""Affine maps: linear and bilinear."""

from __future__ import annotations

from autograd import Tensor, ops


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """input · weightᵀ + bias.

    Parameters
    ----------
    input : (*, in features)
    weight : (out features, in features) or (in features,)
    bias : (out features,) or ()

    Raises
    ------
    RuntimeError
        If the shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> linear(autograd.tensor([1.0, 2.0]), autograd.tensor([[1.0, 1.0], [0.0, 3.0]]), autograd.tensor([0.5, 0.0]))
    tensor([3.5000, 6.0000])
    """
    shape = weight._data.shape
    if not input._data.ndim or len(shape) not in (1, 2) or input._data.shape[-1] != shape[-1]:
        raise RuntimeError(
            f"linear: mat1 and mat2 shapes cannot be multiplied: input {list(input._data.shape)}, weight "
            f"{list(shape)}; the last dims must agree"
        )
    if input._data.dtype != weight._data.dtype or (bias is not None and bias._data.dtype != weight._data.dtype):
        kinds = [tensor.dtype for tensor in (input, weight, bias) if tensor is not None]
        raise RuntimeError(f"linear: input, weight and bias must have the same dtype, but got {kinds}; use .to()")
    if bias is not None and len(shape) == 2 and bias._data.shape == shape[:1]:
        return ops.affine(input, weight, bias)
    out = ops.matmul(input, ops.matrix_transpose(weight) if len(shape) == 2 else weight)
    return out if bias is None else out + bias


def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """out[..., o] = Σ input1[..., i] · weight[o, i, j] · input2[..., j] + bias[o].

    Parameters
    ----------
    input1, input2 : (*, in1 features) and (*, in2 features)
    weight : (out features, in1 features, in2 features)
    bias : (out features,)

    Raises
    ------
    RuntimeError
        If the shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.bilinear(autograd.ones(1, 2), autograd.ones(1, 3), autograd.ones(4, 2, 3))
    tensor([[6., 6., 6., 6.]])
    """
    first, second, shape = input1._data.shape, input2._data.shape, weight._data.shape
    if len(shape) != 3 or first[:-1] != second[:-1] or (first[-1], second[-1]) != tuple(shape[1:]):
        raise RuntimeError(
            f"bilinear: inputs of size {list(first)} and {list(second)} do not fit a weight of size {list(shape)}; "
            "it must be (out, in1, in2), and the inputs must agree in all dims but the last"
        )
    if bias is not None and bias._data.shape != (shape[0],):
        raise RuntimeError(f"bilinear: bias of size {list(bias._data.shape)}, expected [{shape[0]}]")
    out, in1, in2 = shape
    flat = ops.reshape(input1, shape=(-1, in1))
    # [in1, out · in2]: one product, then the second input weighs the in2 columns of each output.
    matrix = ops.reshape(ops.permute_dims(weight, axes=(1, 0, 2)), shape=(in1, out * in2))
    mixed = ops.reshape(ops.matmul(flat, matrix), shape=(flat._data.shape[0], out, in2))
    other = ops.reshape(input2, shape=(flat._data.shape[0], in2, 1))
    result = ops.reshape(ops.matmul(mixed, other), shape=(*first[:-1], out))
    return result if bias is None else result + bias
