"""Products of several matrices in the order of least work."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import with_out
from autograd.functions.products import check_ndim

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def chain_matmul(*matrices: Any, out: Any = None) -> Tensor:
    """The product of several matrices, or one itself; see `multi_dot`.

    Examples
    --------
    >>> import autograd
    >>> autograd.chain_matmul(autograd.ones(2, 3), autograd.ones(3, 4), autograd.ones(4, 1))
    tensor([[12.],
            [12.]])
    """
    if len(matrices) == 1:
        return matrices[0] if out is None else out.copy_(matrices[0])
    return multi_dot(matrices, out=out)


@with_out
def multi_dot(tensors: Any) -> Tensor:
    """The product of several matrices in the order that costs least; the first and the last may be vectors.

    The order is found by dynamic programming (Cormen et al., Introduction to Algorithms, section 15.2).

    Raises
    ------
    RuntimeError
        For fewer than two tensors, or sizes that do not match.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.multi_dot([autograd.ones(2, 3), autograd.ones(3, 4), autograd.ones(4)])
    tensor([12., 12.])
    """
    items = list(tensors)
    if len(items) < 2:
        raise RuntimeError(f"multi_dot(): expected at least 2 tensors but got {len(items)}")
    first_vector, last_vector = items[0]._data.ndim == 1, items[-1]._data.ndim == 1
    if first_vector:
        items[0] = ops.expand_dims(items[0], axis=0)
    if last_vector:
        items[-1] = ops.expand_dims(items[-1], axis=1)
    for item in items:
        check_ndim("multi_dot", item, 2, "matrix (the first and the last tensor may be vectors)")
    sizes = [items[0]._data.shape[0], *(item._data.shape[1] for item in items)]
    for before, after in itertools.pairwise(items):
        if before._data.shape[1] != after._data.shape[0]:
            raise RuntimeError(
                f"multi_dot: shapes {list(before._data.shape)} and {list(after._data.shape)} cannot be multiplied"
            )
    result = _multiply_range(items, _best_splits(sizes), 0, len(items) - 1)
    if first_vector:
        result = ops.squeeze(result, axis=0)
    return ops.squeeze(result, axis=-1) if last_vector else result


def _best_splits(sizes: list[int]) -> dict[tuple[int, int], int]:
    count = len(sizes) - 1
    cost = {(i, i): 0 for i in range(count)}
    split: dict[tuple[int, int], int] = {}
    for length in range(1, count):
        for i in range(count - length):
            j = i + length
            options = [(cost[i, k] + cost[k + 1, j] + sizes[i] * sizes[k + 1] * sizes[j + 1], k) for k in range(i, j)]
            cost[i, j], split[i, j] = min(options)
    return split


def _multiply_range(items: list, split: dict, i: int, j: int) -> Tensor:
    if i == j:
        return items[i]
    k = split[i, j]
    return ops.matmul(_multiply_range(items, split, i, k), _multiply_range(items, split, k + 1, j))
