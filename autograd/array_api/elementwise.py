"""Elementwise functions of the array API standard."""

from __future__ import annotations

from typing import Any

import autograd
from autograd.array_api.promotion import binary, unary

# fmt: off
_SAME = (
    "abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "conj", "cos", "cosh", "exp", "expm1", "floor",
    "imag", "isfinite", "isinf", "isnan", "log", "log10", "log1p", "log2", "logical_not", "negative", "positive", "real",
    "reciprocal", "round", "signbit", "sin", "sinh", "sqrt", "square", "tan", "tanh", "trunc",
)
_OTHERWISE = {"bitwise_invert": "bitwise_not", "sign": "sgn"}
_SAME_OF_TWO = (
    "add", "atan2", "bitwise_and", "bitwise_left_shift", "bitwise_or", "bitwise_right_shift", "bitwise_xor", "copysign",
    "divide", "floor_divide", "greater", "greater_equal", "hypot", "less", "less_equal", "logaddexp", "logical_and",
    "logical_or", "logical_xor", "maximum", "minimum", "multiply", "nextafter", "not_equal", "pow", "remainder", "subtract",
)
# fmt: on
for _name in _SAME:
    globals()[_name] = unary(getattr(autograd, _name), _name)
for _name, _ours in _OTHERWISE.items():
    globals()[_name] = unary(getattr(autograd, _ours), _name)
for _name in _SAME_OF_TWO:
    globals()[_name] = binary(getattr(autograd, _name), _name)
equal = binary(autograd.eq, "equal")


def clip(x: Any, /, min: Any = None, max: Any = None) -> Any:
    """Each element, brought between two bounds; the element type stays."""
    if min is None and max is None:
        return autograd.clone(x)
    if isinstance(min, autograd.Tensor) != isinstance(max, autograd.Tensor):  # a number and a tensor
        least, most = (None if n is None else autograd.as_tensor(n, device=x.device).to(x.dtype) for n in (min, max))
        return autograd.clamp(x, least, most).to(x.dtype)
    return autograd.clamp(x, min, max).to(x.dtype)


__all__ = [*_SAME, *_OTHERWISE, *_SAME_OF_TWO, "clip", "equal"]
