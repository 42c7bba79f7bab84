"""Padding, by the name and conventions of `torch.nn.functional.pad`."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.creation import tensor

if TYPE_CHECKING:
    from autograd.tensor import Tensor

MODES = ("constant", "reflect", "replicate", "circular")


def pad(input: Any, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Tensor:
    """The tensor with elements added (or, for negative numbers, cut off) at both ends of its last dims.

    Parameters
    ----------
    input : the tensor
    pad : (before, after) of the last dim, then of the one before it, and so on
    mode : ``constant`` fills with `value`; ``reflect``, ``replicate`` and ``circular`` go on as the names say
    value : for ``constant``; 0 by default

    Raises
    ------
    RuntimeError
        For an odd number of widths, or more than the tensor has dims for, a reflection wider than the tensor, or a value
        for a mode that takes none.
    NotImplementedError
        For a mode that does not exist.

    Examples
    --------
    >>> import autograd
    >>> import nn
    >>> nn.functional.pad(autograd.ones(2), (1, 2))
    tensor([0., 1., 1., 0., 0.])
    """
    widths = [int(n) for n in pad]
    ndim = input._data.ndim
    if len(widths) % 2:
        raise RuntimeError("Padding length must be divisible by 2")
    if len(widths) // 2 > ndim:
        raise RuntimeError(
            f"Padding length should be less than or equal to two times the input dimension but got padding length "
            f"{len(widths)} and input of dimension {ndim}"
        )
    if mode not in MODES:
        raise NotImplementedError(f"Unrecognised padding mode {mode}; use one of {', '.join(MODES)}")
    pairs = [(0, 0)] * (ndim - len(widths) // 2) + [(widths[i], widths[i + 1]) for i in range(len(widths) - 2, -1, -2)]
    if mode == "constant":
        return _constant(input, pairs, 0 if value is None else value)
    if value not in (None, 0):
        raise RuntimeError(f'Padding mode "{mode}" doesn\'t take in value argument')
    spatial = len(widths) // 2
    if spatial > 3 or ndim not in (spatial + 1, spatial + 2):
        raise NotImplementedError(
            "Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now: got widths "
            f"{widths} for a tensor of shape {list(input._data.shape)}"
        )
    if mode == "circular":  # what is cut off is not wrapped around
        kept = [(builtins.max(before, 0), builtins.max(after, 0)) for before, after in pairs]
        if kept != pairs:
            input, pairs = _constant(input, [(min(a, 0), min(b, 0)) for a, b in pairs], 0), kept
    result = input
    for axis, (before, after) in enumerate(pairs):
        if before or after:
            result = _extended(result, axis, before, after, mode)
    return ops.copy(input) if result is input else result


def _constant(input: Any, pairs: list[tuple[int, int]], value: float) -> Tensor:
    shape = input._data.shape
    for (before, after), size in zip(pairs, shape, strict=True):
        if size + before + after < 0:
            raise RuntimeError(
                f"The input size {size}, plus negative padding {before} and {after} resulted in a negative output size"
            )
    cut = tuple(
        slice(builtins.max(-before, 0), size - builtins.max(-after, 0))
        for (before, after), size in zip(pairs, shape, strict=True)
    )
    if builtins.any(before < 0 or after < 0 for before, after in pairs):
        input = ops.getitem(input, index=cut)
    grown = tuple((builtins.max(before, 0), builtins.max(after, 0)) for before, after in pairs)
    return ops.pad(input, widths=grown, value=value)


def _extended(input: Any, axis: int, before: int, after: int, mode: str) -> Tensor:
    """Padding along one axis, by the numbers of the slices that go where."""
    size = input._data.shape[axis]
    if mode == "reflect" and builtins.max(before, after) >= size:
        raise RuntimeError(
            f"Argument #4: Padding size should be less than the corresponding input dimension, but got: padding "
            f"({before}, {after}) at dimension {axis} of input {list(input._data.shape)}"
        )
    if mode == "circular" and builtins.max(before, after) > size:
        raise RuntimeError("Padding value causes wrapping around more than once.")
    if size + before + after < 1 or not size:
        raise RuntimeError(
            f"pad: padding ({before}, {after}) of dimension {axis} of input {list(input._data.shape)} leaves nothing"
        )
    places = []
    for i in range(-before, size + after):
        if mode == "reflect":
            i = -i if i < 0 else 2 * (size - 1) - i if i >= size else i
        elif mode == "replicate":
            i = builtins.min(builtins.max(i, 0), size - 1)
        else:
            i %= size
        places.append(i)
    return ops.take(input, tensor(places, device=input.device), axis=axis)
