"""Distances between all pairs of rows of two matrices."""

from __future__ import annotations

from typing import Any

from autograd import ops


def cdist(x1: Any, x2: Any, p: float = 2.0, compute_mode: str = "use_mm_for_euclid_dist_if_necessary") -> Any:
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
