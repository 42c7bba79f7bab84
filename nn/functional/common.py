"""What the functions share: numbers to tuples, unbatched inputs, checks, reductions of losses."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

from autograd import Tensor, ops

Sizes = int | Sequence[int]


def sizes_of(value: Sizes, count: int, function: str, name: str) -> tuple[int, ...]:
    """A number, or one per spatial dim, as a tuple.

    Raises
    ------
    RuntimeError
        If there are neither one nor `count` of them.
    """
    if isinstance(value, (tuple, list)):
        found = tuple(int(item) for item in value)
        if len(found) == 1:
            found *= count
        if len(found) != count:
            raise RuntimeError(f"{function}: {name} must be an int or {count} ints, got {tuple(value)}")
        return found
    return (int(value),) * count  # type: ignore[arg-type]


def positive(values: tuple[int, ...], function: str, name: str, least: int = 1) -> tuple[int, ...]:
    """The values, none of which may be less than `least`.

    Raises
    ------
    RuntimeError
        If one is.
    """
    if values and min(values) < least:
        word = "greater than zero" if least == 1 else "non-negative"
        raise RuntimeError(f"{function}: {name} should be {word}, got {values}")
    return values


def batched(input: Tensor, spatial: int, function: str) -> tuple[Tensor, bool]:
    """The input with a batch dim, and whether it had one.

    Raises
    ------
    RuntimeError
        If it has neither `spatial` + 1 nor `spatial` + 2 dims.
    """
    ndim = input._data.ndim
    if ndim == spatial + 2:
        return input, True
    if ndim == spatial + 1:
        return ops.expand_dims(input, axis=0), False
    raise RuntimeError(
        f"{function}: expected {spatial + 1}D (unbatched) or {spatial + 2}D (batched) input, but got input of size "
        f"{list(input._data.shape)}"
    )


def unbatched(result: Tensor, had_batch: bool) -> Tensor:
    """Undo `batched`."""
    return result if had_batch else ops.squeeze(result, axis=0)


def same_dtype(function: str, **tensors: Tensor | None) -> None:
    """Refuse tensors of different element types.

    Raises
    ------
    RuntimeError
        If two differ.
    """
    kinds = {name: tensor.dtype for name, tensor in tensors.items() if tensor is not None}
    if len(set(kinds.values())) > 1:
        listed = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
        raise RuntimeError(f"{function}: expected all tensors to have the same dtype, but got {listed}; use .to()")


def reduction_of(reduction: str, size_average: bool | None, reduce: bool | None) -> str:
    """The reduction that the two deprecated flags mean, or `reduction` itself.

    Raises
    ------
    ValueError
        If it is not "none", "mean" or "sum".
    """
    if size_average is not None or reduce is not None:
        summed = size_average is not None and not size_average
        wanted = "none" if reduce is not None and not reduce else "sum" if summed else "mean"
        warnings.warn(
            f"size_average and reduce args will be deprecated, please use reduction='{wanted}' instead.", stacklevel=3
        )
        return wanted
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not a valid value for reduction; use 'none', 'mean' or 'sum'")
    return reduction


def apart(result: Tensor, source: Tensor) -> Tensor:
    """The result, in memory of its own: a copy if it is the source, or a view, as where nothing had to be moved."""
    return (
        ops.copy(result) if result is source or (result.alias is not None and result.alias.base is not None) else result
    )


def reduced(loss: Tensor, reduction: str) -> Tensor:
    """A loss for each element, as it is, summed or averaged; the mean of nothing is NaN."""
    if reduction == "none":
        return loss
    if reduction == "sum":
        return loss.sum()
    return ops.mean(loss, axis=None, keepdims=False)


def outside(index: Tensor, limit: int) -> bool:
    """Whether a number is not in 0, ..., limit - 1; looked at on the CPU only, since a GPU would be waited for."""
    if index.backend.device.type != "cpu" or not index._data.size:
        return False
    raw = index._data
    return bool(index.backend.any((raw < 0) | (raw >= limit)))
