"""Tables indexed by integers: embedding, bags of embeddings, one-hot vectors."""

from __future__ import annotations

from autograd import Tensor, ops


def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """The rows of `weight` that `input` numbers.

    Parameters
    ----------
    input : integers of any shape
    weight : (number of rows, width)
    padding_idx : a row that gets no gradient
    max_norm : first scale rows with a larger norm down to it, in place
    scale_grad_by_freq : divide each row's gradient by how often it occurs in `input`
    sparse : accepted; the gradient is dense all the same

    Raises
    ------
    RuntimeError
        If `input` holds no integers, or `weight` has other than two dims.
    IndexError
        If a number is out of range.

    Examples
    --------
    >>> import autograd
    >>> table = autograd.tensor([[0.0, 1.0], [2.0, 3.0]])
    >>> embedding(autograd.tensor([1, 0]), table)
    tensor([[2., 3.],
            [0., 1.]])
    """
    rows = _check_table("embedding", input, weight, padding_idx)
    if max_norm is not None:
        renormalize(weight, input, max_norm, norm_type)
    if padding_idx is not None or scale_grad_by_freq:
        weight = _with_scaled_gradient(weight, input, rows, padding_idx, scale_grad_by_freq)
    return ops.take(weight, input, axis=0)
