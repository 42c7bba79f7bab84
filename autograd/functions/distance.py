"""Distances of tensors and of all pairs of rows of two matrices; limits on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import axis_of, with_out
from autograd.functions.norms import vector_norm

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def cdist(x1: Any, x2: Any, p: float = 2.0, compute_mode: str = "use_mm_for_euclid_dist_if_necessary") -> Tensor:
    """The p-norm distance of every row of x1 from every row of x2.

    Parameters
    ----------
    x1, x2 : (*, P, M) and (*, R, M); the leading dims broadcast
    p : the norm, from 0 to infinity
    compute_mode : accepted; differences are always taken exactly

    Returns
    -------
    (*, P, R)

    Raises
    ------
    RuntimeError
        If the shapes do not fit each other, or p is negative.

    Examples
    --------
    >>> import autograd
    >>> cdist(autograd.tensor([[0.0, 0.0]]), autograd.tensor([[3.0, 4.0], [0.0, 1.0]]))
    tensor([[5., 1.]])
    """
    first, second = x1._data.shape, x2._data.shape
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        raise RuntimeError(
            f"cdist: X1 and X2 must have at least two dimensions and the same number of columns, got {list(first)} and "
            f"{list(second)}"
        )
    if p < 0:
        raise RuntimeError(f"cdist only supports non-negative p values, got {p}")
    if compute_mode not in (
        "use_mm_for_euclid_dist_if_necessary", "use_mm_for_euclid_dist", "donot_use_mm_for_euclid_dist",
    ):  # fmt: skip
        raise ValueError(f"{compute_mode} is not a valid value for compute_mode")
    difference = ops.expand_dims(x1, axis=len(first) - 1) - ops.expand_dims(x2, axis=len(second) - 2)
    return ops.vector_norm(difference, order=float(p), axis=-1, keepdims=False)


def dist(input: Any, other: Any, p: float = 2) -> Tensor:
    """The p-norm of the difference of two tensors, which broadcast.

    Examples
    --------
    >>> import autograd
    >>> autograd.dist(autograd.tensor([0.0, 0.0]), autograd.tensor([3.0, 4.0]))
    tensor(5.)
    """
    return vector_norm(ops.subtract(input, other), p)


@with_out
def renorm(input: Any, p: float, dim: int, maxnorm: float) -> Tensor:
    """The input with each slice along a dim scaled down to the p-norm maxnorm, if it has a larger one.

    Raises
    ------
    RuntimeError
        For fewer than two dims, p not positive, a negative maxnorm, or integers.

    Examples
    --------
    >>> import autograd
    >>> autograd.renorm(autograd.tensor([[3.0, 4.0], [0.3, 0.4]]), 2, 0, 1.0)
    tensor([[0.6000, 0.8000],
            [0.3000, 0.4000]])
    """
    ndim = input._data.ndim
    axis = axis_of(dim, ndim)
    if not p > 0 or isinstance(p, complex):
        raise RuntimeError(f"renorm: non-positive-norm not supported, got p = {p}")
    if maxnorm < 0:
        raise RuntimeError(f"renorm: expected maxnorm to be >= 0 but got {maxnorm}")
    if ndim < 2:
        raise RuntimeError(f"renorm: input needs at least 2 dimensions, got {ndim} dimensions")
    norm = vector_norm(input, p, tuple(a for a in range(ndim) if a != axis), True)
    factor = ops.where(norm > maxnorm, ops.divide(float(maxnorm), norm + 1e-7), 1.0)
    return ops.multiply(input, factor)
