"""Functions of a matrix as a whole: its powers and its exponential."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import with_names, with_out
from autograd.functions.linalg import check_matrix, check_tensor, identity, inv

if TYPE_CHECKING:
    from autograd.tensor import Tensor


@with_out
@with_names(input="A")
def matrix_power(A: Any, n: int) -> Tensor:
    """A multiplied n times, by repeated squaring; a negative n inverts.

    Raises
    ------
    RuntimeError
        If the matrices are not square.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.matrix_power(autograd.tensor([[1.0, 1.0], [0.0, 1.0]]), 3)
    tensor([[1., 3.],
            [0., 1.]])
    """
    check_tensor("linalg.matrix_power", A)
    shape = A._data.shape
    if len(shape) < 2 or shape[-1] != shape[-2]:
        raise RuntimeError(f"linalg.matrix_power: A must be batches of square matrices, got shape {list(shape)}")
    if n < 0:
        A, n = inv(A), -n
    result = None
    while n:
        if n & 1:
            result = A if result is None else ops.matmul(result, A)
        n >>= 1
        if n:
            A = ops.matmul(A, A)
    if result is None:
        return ops.overwrite(A, ops.broadcast_to(identity(A, shape[-1]), shape=shape))
    return ops.copy(result) if result is A else result


@with_out
@with_names(input="A")
def matrix_exp(A: Any) -> Tensor:
    """e^A, by scaling and squaring of a Taylor polynomial.

    P. Bader, S. Blanes, F. Casas, Computing the matrix exponential with an optimized Taylor polynomial approximation,
    Mathematics 7 (2019), in its simplest form: one degree, evaluated by Horner's rule.

    Examples
    --------
    >>> import autograd
    >>> autograd.linalg.matrix_exp(autograd.tensor([[0.0, 1.0], [0.0, 0.0]]))
    tensor([[1., 1.],
            [0., 1.]])
    """
    check_matrix("linalg.matrix_exp", A, square=True, low=True)
    unit = ops.broadcast_to(identity(A, A._data.shape[-1]), shape=A._data.shape)
    if not A._data.size:
        return ops.overwrite(A, unit)
    rows = ops.vector_norm(A.detach(), order=1, axis=-1)
    scale = rows.backend.bounds(rows._data)[1]
    halvings = max(0, math.ceil(math.log2(scale / 0.25))) if 0.25 < scale < math.inf else 0
    x = ops.divide(A, 2.0**halvings)
    result = unit
    for k in range(14, 0, -1):
        result = ops.add(unit, ops.divide(ops.matmul(x, result), k))
    for _ in range(halvings):
        result = ops.matmul(result, result)
    return result


# --- vectors ---------------------------------------------------------------------------------------------------------
