"""Creation functions of the array API standard."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import dtypes


def asarray(obj: Any, /, *, dtype: Any = None, device: Any = None, copy: bool | None = None) -> Any:
    """A tensor of numbers, sequences, arrays or tensors; a copy if `copy`, never one if it is False.

    A tensor keeps its place in the graph.

    Raises
    ------
    ValueError
        If `copy` is False and the element type or the device asks for one.
    """
    if isinstance(obj, autograd.Tensor):
        found = obj.to(device=obj.device if device is None else device, dtype=dtype, copy=bool(copy))
        if copy is False and found is not obj:
            raise ValueError(
                f"asarray: {obj.dtype} on {obj.device} needs a copy to become {found.dtype} on {found.device}"
            )
        return found
    return autograd.asarray(obj, dtype=dtype, device=device, copy=copy)


def arange(
    start: float, /, stop: float | None = None, step: float = 1, *, dtype: Any = None, device: Any = None
) -> Any:
    """The numbers from `start` to `stop`, without it, in steps; empty if the steps lead away from it."""
    start, stop = (0, start) if stop is None else (start, stop)
    if (stop - start) * step <= 0:
        whole = all(isinstance(number, int) for number in (start, stop, step))
        return empty(0, dtype=dtype or (dtypes.int64 if whole else None), device=device)
    return autograd.arange(start, stop, step, dtype=dtype, device=device)


def linspace(
    start: complex, stop: complex, /, num: int, *, dtype: Any = None, device: Any = None, endpoint: bool = True
) -> Any:
    """`num` numbers at equal distances from `start` to `stop`, which is the last one unless `endpoint` is False."""
    if dtype is None and (isinstance(start, complex) or isinstance(stop, complex)):
        dtype = dtypes.default_dtype().to_complex()
    if endpoint:
        return autograd.linspace(start, stop, num, dtype=dtype, device=device)
    return autograd.linspace(start, stop, num + 1, dtype=dtype, device=device)[:-1]


def empty(shape: Any, *, dtype: Any = None, device: Any = None) -> Any:
    """A tensor whose values are still to be set."""
    return autograd.empty(shape, dtype=dtype, device=device)


def zeros(shape: Any, *, dtype: Any = None, device: Any = None) -> Any:
    """A tensor of zeros."""
    return autograd.zeros(shape, dtype=dtype, device=device)


def ones(shape: Any, *, dtype: Any = None, device: Any = None) -> Any:
    """A tensor of ones."""
    return autograd.ones(shape, dtype=dtype, device=device)


def full(shape: Any, fill_value: complex, *, dtype: Any = None, device: Any = None) -> Any:
    """A tensor of one value; its Python type decides the element type where none is given."""
    return autograd.full((shape,) if isinstance(shape, int) else shape, fill_value, dtype=dtype, device=device)


def eye(n_rows: int, n_cols: int | None = None, /, *, k: int = 0, dtype: Any = None, device: Any = None) -> Any:
    """Ones on the k-th diagonal, zeros elsewhere."""
    columns = n_rows if n_cols is None else n_cols
    rows, places = (autograd.arange(size, device=device) for size in (n_rows, columns))
    return (rows[:, None] + k == places).to(dtypes.default_dtype() if dtype is None else dtype)


def empty_like(x: Any, /, *, dtype: Any = None, device: Any = None) -> Any:
    """A tensor of the same shape whose values are still to be set."""
    return autograd.empty_like(x, dtype=dtype, device=device)


def zeros_like(x: Any, /, *, dtype: Any = None, device: Any = None) -> Any:
    """A tensor of the same shape, of zeros."""
    return autograd.zeros_like(x, dtype=dtype, device=device)


def ones_like(x: Any, /, *, dtype: Any = None, device: Any = None) -> Any:
    """A tensor of the same shape, of ones."""
    return autograd.ones_like(x, dtype=dtype, device=device)


def full_like(x: Any, /, fill_value: complex, *, dtype: Any = None, device: Any = None) -> Any:
    """A tensor of the same shape, of one value."""
    return autograd.full_like(x, fill_value, dtype=dtype, device=device)


def from_dlpack(x: Any, /, *, device: Any = None, copy: bool | None = None) -> Any:
    """A tensor that shares the memory of another library's array."""
    return autograd.from_dlpack(x, device=device, copy=copy)


def meshgrid(*arrays: Any, indexing: str = "xy") -> tuple:
    """Coordinate matrices of coordinate vectors."""
    return tuple(autograd.meshgrid(*arrays, indexing=indexing))


def tril(x: Any, /, *, k: int = 0) -> Any:
    """The lower triangle of each matrix, up to the k-th diagonal."""
    return autograd.tril(x, k)


def triu(x: Any, /, *, k: int = 0) -> Any:
    """The upper triangle of each matrix, from the k-th diagonal."""
    return autograd.triu(x, k)
