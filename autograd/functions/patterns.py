"""Tensors with a pattern: geometric sequences, Vandermonde matrices, the places of triangles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions import creation, filled
from autograd.functions.common import with_new_out

if TYPE_CHECKING:
    from autograd.tensor import Tensor


@with_new_out
def logspace(
    start: Any, end: Any, steps: int, base: float = 10.0, *, dtype: Any = None, device: Any = None,
    requires_grad: bool = False, **layout: Any
) -> Tensor:  # fmt: skip
    """`steps` powers of `base`, their exponents evenly spaced from start to end, both included.

    Raises
    ------
    RuntimeError
        For a negative number of steps.

    Examples
    --------
    >>> import autograd
    >>> autograd.logspace(0, 2, 3)
    tensor([  1.,  10., 100.])
    """
    if steps < 0:
        raise RuntimeError(f"logspace: number of steps must be non-negative, got {steps}")
    kind = dtypes.default_dtype() if dtype is None else dtypes.lookup(dtype)
    if kind.category < dtypes.FLOATING:  # as in PyTorch, the bounds are of the type of the result
        start, end = int(start), int(end)
    wide = dtypes.complex128 if kind.is_complex else dtypes.float64
    exponents = filled.linspace(start, end, steps, dtype=wide, device=device, **layout)
    found = ops.astype(ops.pow(filled.full_like(exponents, base), exponents), dtype=kind)
    return found.requires_grad_() if requires_grad else found


def vander(x: Any, N: int | None = None, increasing: bool = False) -> Tensor:
    """The powers of a vector as columns, from the highest (N - 1, by default of as many as elements) down to 0.

    Raises
    ------
    RuntimeError
        If x is no vector, or N is negative.

    Examples
    --------
    >>> import autograd
    >>> autograd.vander(autograd.tensor([1, 2, 3]))
    tensor([[1, 1, 1],
            [4, 2, 1],
            [9, 3, 1]])
    """
    if x._data.ndim != 1:
        raise RuntimeError(f"vander: x must be a one-dimensional tensor, got shape {list(x._data.shape)}")
    count = x._data.shape[0] if N is None else N
    if count < 0:
        raise RuntimeError(f"vander: N must be non-negative, got {N}")
    if x.dtype.category < dtypes.FLOATING:
        x = ops.astype(x, dtype=dtypes.int64)
    if not count:
        return filled.empty((x._data.shape[0], 0), dtype=x.dtype, device=x.device)
    columns = [ops.ones_like(x)]
    for _ in range(count - 1):
        columns.append(columns[-1] * x)
    return ops.stack(*(columns if increasing else reversed(columns)), axis=1)


def _triangle(name: str, inside: Callable[[Any, int], Any], what: str, example: str) -> Callable[..., Any]:
    def function(row: int, col: int, offset: int = 0, *, dtype: Any = None, device: Any = None) -> Any:
        for size, label in ((row, "row"), (col, "col")):
            if size < 0:
                raise RuntimeError(f"{name}: {label} must be non-negative, got {size}")
        backend = creation.home(device)
        places = backend.arange(0, row * col, 1, dtypes.int64)
        rows, columns = places // max(col, 1), places % max(col, 1)
        chosen = inside(columns - rows, offset)
        kind = dtypes.int64 if dtype is None else dtypes.lookup(dtype)
        return creation.finish(backend.astype(backend.stack([rows[chosen], columns[chosen]]), kind), backend)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"""Row and column numbers of {what} of a row × col matrix, as two rows in row-major order.

    Raises
    ------
    RuntimeError
        For a negative size.

    Examples
    --------
    >>> import autograd
    >>> autograd.{name}(2, 3).tolist()
    {example}
    """
    return function


tril_indices = _triangle(
    "tril_indices",
    lambda above, offset: above <= offset,
    "the lower triangle, up to `offset`,",
    "[[0, 1, 1], [0, 0, 1]]",
)
triu_indices = _triangle(
    "triu_indices",
    lambda above, offset: above >= offset,
    "the upper triangle, from `offset` on,",
    "[[0, 0, 0, 1, 1], [0, 1, 2, 1, 2]]",
)
