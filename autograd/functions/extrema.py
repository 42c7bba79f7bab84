"""Extrema of two tensors, limits, selection by a condition, replacement of NaN, by PyTorch's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions import masking
from autograd.functions.common import is_tensor, real_only, require_tensors, store

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _pair(name: str, op: Any, input: Any, other: Any, out: Any) -> Tensor:
    require_tensors(name, input=input, other=other)
    result = op(real_only(name, input), real_only(name, other))
    return result if out is None else store(name, result, out)


def maximum(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The larger of the two; NaN if either is. Equal ones share the gradient.

    Raises
    ------
    NotImplementedError
        For complex numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.maximum(autograd.tensor([1.0, 4.0]), autograd.tensor([2.0, 3.0]))
    tensor([2., 4.])
    """
    return _pair("maximum", ops.maximum, input, other, out)


def minimum(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The smaller of the two; NaN if either is. Equal ones share the gradient.

    Raises
    ------
    NotImplementedError
        For complex numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.minimum(autograd.tensor([1.0, 4.0]), autograd.tensor([2.0, 3.0]))
    tensor([1., 3.])
    """
    return _pair("minimum", ops.minimum, input, other, out)


def fmax(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The larger of the two, or the one that is not NaN.

    Examples
    --------
    >>> import autograd
    >>> autograd.fmax(autograd.tensor([1.0, float("nan")]), autograd.tensor([2.0, 3.0]))
    tensor([2., 3.])
    """
    return _pair("fmax", ops.fmax, input, other, out)


def fmin(input: Any, other: Any, *, out: Any = None) -> Tensor:
    """The smaller of the two, or the one that is not NaN.

    Examples
    --------
    >>> import autograd
    >>> autograd.fmin(autograd.tensor([1.0, float("nan")]), autograd.tensor([2.0, 3.0]))
    tensor([1., 3.])
    """
    return _pair("fmin", ops.fmin, input, other, out)


def clamp(input: Any, min: Any = None, max: Any = None, *, out: Any = None) -> Tensor:
    """input, not below min and not above max; each a number, a tensor, or None for no limit.

    Raises
    ------
    RuntimeError
        If there is no limit at all.
    NotImplementedError
        For complex numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.clamp(autograd.tensor([-2.0, 0.5, 2.0]), -1, 1)
    tensor([-1.0000,  0.5000,  1.0000])
    """
    require_tensors("clamp", input=input)
    real_only("clamp", input)
    if min is None and max is None:
        raise RuntimeError("clamp: At least one of 'min' or 'max' must not be None")
    if min is None:
        result = ops.clip_upper(input, real_only("clamp", max))
    elif max is None:
        result = ops.clip_lower(input, real_only("clamp", min))
    else:
        if is_tensor(min) is not is_tensor(max):  # of two kinds: a tensor of one value, without a gradient, is a number
            min, max = (limit.item() if _is_number(limit) else limit for limit in (min, max))
        if is_tensor(min) is not is_tensor(max):
            raise TypeError(
                f"clamp(): min is a {type(min).__name__} and max a {type(max).__name__}; give two numbers or two Tensors"
            )
        result = ops.clip(input, real_only("clamp", min), real_only("clamp", max))
    return result if out is None else store("clamp", result, out)


def _is_number(limit: Any) -> bool:
    return is_tensor(limit) and not limit._data.ndim and not limit.requires_grad


clip = clamp


def clamp_min(input: Any, min: Any, *, out: Any = None) -> Tensor:
    """input, but at least min.

    Examples
    --------
    >>> import autograd
    >>> autograd.clamp_min(autograd.tensor([-2.0, 2.0]), 0)
    tensor([0., 2.])
    """
    return clamp(input, min, out=out)


def clamp_max(input: Any, max: Any, *, out: Any = None) -> Tensor:
    """input, but at most max.

    Examples
    --------
    >>> import autograd
    >>> autograd.clamp_max(autograd.tensor([-2.0, 2.0]), 0)
    tensor([-2.,  0.])
    """
    return clamp(input, None, max, out=out)


def where(condition: Any, input: Any = None, other: Any = None, *, out: Any = None) -> Any:
    """input where the condition holds, elsewhere other; with the condition alone, the indices where it holds.

    Parameters
    ----------
    condition : a boolean tensor; alone, any tensor
    input, other : tensors or numbers; the three broadcast

    Raises
    ------
    RuntimeError
        If the condition is not boolean.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([-1.0, 2.0])
    >>> autograd.where(x > 0, x, 0.0), autograd.where(x > 0)
    (tensor([0., 2.]), (tensor([1]),))
    """
    if input is None and other is None:
        return masking.nonzero(condition, as_tuple=True)
    if input is None or other is None:
        raise TypeError("where(): expected a condition alone, or with both input and other")
    if not is_tensor(condition):
        raise TypeError(f"where(): argument 'condition' (position 1) must be Tensor, not {type(condition).__name__}")
    if condition._data.dtype.kind != "b":
        if condition.dtype is not dtypes.uint8:
            raise RuntimeError(
                f"where expected condition to be a boolean tensor, but got a tensor with dtype {condition.dtype}; "
                "write condition != 0"
            )
        condition = ops.not_equal(condition, 0)
    result = ops.where(condition, input, other)
    return result if out is None else store("where", result, out)


def where_method(input: Any, condition: Any, other: Any) -> Tensor:
    """`x.where(condition, other)`: x where the condition holds, elsewhere other.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([1.0, -2.0])
    >>> x.where(x > 0, 0.0)
    tensor([1., 0.])
    """
    return where(condition, input, other)


def nan_to_num(
    input: Any, nan: float | None = 0.0, posinf: float | None = None, neginf: float | None = None, *, out: Any = None
) -> Tensor:
    """input with NaN replaced by `nan`, infinities by `posinf` and `neginf`: by default the type's largest numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.nan_to_num(autograd.tensor([float("nan"), float("inf"), 1.0]), posinf=9.0)
    tensor([0., 9., 1.])
    """
    kind = input.dtype
    nan = 0.0 if nan is None else nan
    if kind.category < dtypes.FLOATING:
        result = ops.copy(input)
    elif kind.is_complex:
        parts = (ops.real(input), ops.imag(input))
        result = ops.complex(*(nan_to_num(part, nan, posinf, neginf) for part in parts))
    else:
        largest = _LARGEST[kind.name]
        result = ops.nan_to_num(
            input, nan=nan, posinf=largest if posinf is None else posinf, neginf=-largest if neginf is None else neginf
        )
    return result if out is None else store("nan_to_num", result, out)


# The largest finite number of each floating type: (2 - 2^-fraction bits) · 2^largest exponent.
_LARGEST = {
    "float16": 65504.0,
    "bfloat16": (2 - 2.0**-7) * 2.0**127,
    "float32": (2 - 2.0**-23) * 2.0**127,
    "float64": (2 - 2.0**-52) * 2.0**1023,
}
