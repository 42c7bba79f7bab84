"""`assert_close`, with PyTorch's tolerances and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

import autograd
from autograd.engine import TensorBase

TOLERANCES = {
    "float16": (1e-3, 1e-5), "bfloat16": (1.6e-2, 1e-5), "float32": (1.3e-6, 1e-5), "float64": (1e-7, 1e-7),
    "complex64": (1.3e-6, 1e-5), "complex128": (1e-7, 1e-7),
}  # fmt: skip


def assert_close(
    actual: Any,
    expected: Any,
    *,
    allow_subclasses: bool = True,
    rtol: float | None = None,
    atol: float | None = None,
    equal_nan: bool = False,
    check_device: bool = True,
    check_dtype: bool = True,
    check_layout: bool = True,
    check_stride: bool = False,
    msg: str | Callable[[str], str] | None = None,
) -> None:
    """Raise unless `actual` and `expected` are close: |actual - expected| ≤ atol + rtol · |expected|.

    Parameters
    ----------
    actual, expected : tensors, arrays, numbers; or sequences or mappings of these, compared item by item
    rtol, atol : both or none; by default they go by the types, as PyTorch's do: float32 1.3e-6 and 1e-5, float64 1e-7
        and 1e-7, integers and booleans exactly
    equal_nan : whether NaNs are equal
    check_device, check_dtype, check_layout, check_stride : whether these must agree; `check_dtype` also holds Python's
        numbers to one type. Sparse tensors are compared with their zeros
    allow_subclasses : whether the two may be of different classes of tensors
    msg : a message instead, or a function of the message

    Raises
    ------
    AssertionError
        With the number of elements that differ, and the greatest differences and where they are.
    TypeError
        For what can not be compared.
    ValueError
        If only one of `rtol` and `atol` is given.

    Examples
    --------
    >>> import autograd
    >>> autograd.testing.assert_close(autograd.ones(2) + 1e-7, autograd.ones(2))
    """
    if (rtol is None) != (atol is None):
        raise ValueError("rtol and atol must both be specified or both be unspecified")
    checks = {
        "device": check_device, "dtype": check_dtype, "layout": check_layout, "stride()": check_stride,
        "subclasses": allow_subclasses,
    }  # fmt: skip
    problem = _difference(actual, expected, "", (rtol, atol), equal_nan, checks)
    if problem is not None:
        raise AssertionError(problem if msg is None else msg(problem) if callable(msg) else msg)


def _difference(a: Any, b: Any, path: str, tolerance: tuple, equal_nan: bool, checks: dict[str, bool]) -> str | None:
    """What is wrong, None if nothing is."""
    where = f"\n\nThe failure occurred for item {path}" if path else ""
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        if set(a) != set(b):
            missing, extra = sorted(map(str, set(b) - set(a))), sorted(map(str, set(a) - set(b)))
            return (
                "The keys of the mappings do not match:\n"
                f"Missing keys in the actual mapping: {missing}\nAdditional keys in the actual mapping: {extra}{where}"
            )
        pairs = [(f"{path}[{key!r}]", a[key], b[key]) for key in a]
    elif _is_sequence(a) and _is_sequence(b):
        if len(a) != len(b):
            return f"The length of the sequences mismatch: {len(a)} != {len(b)}{where}"
        pairs = [(f"{path}[{index}]", x, y) for index, (x, y) in enumerate(zip(a, b, strict=True))]
    else:
        found = _unlike(a, b, tolerance, equal_nan, checks)
        return None if found is None else found + where
    for place, x, y in pairs:
        found = _difference(x, y, place, tolerance, equal_nan, checks)
        if found is not None:
            return found
    return None


def _is_sequence(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _unlike(a: Any, b: Any, tolerance: tuple, equal_nan: bool, checks: dict[str, bool]) -> str | None:
    if a is None or b is None:
        return None if a is b else f"None mismatch: {a} is not {b}"
    if isinstance(a, bool) and isinstance(b, bool):
        return None if a is b else f"Booleans mismatch: {a} is not {b}"
    if isinstance(a, (int, float, complex)) and isinstance(b, (int, float, complex)):
        if checks["dtype"] and type(a) is not type(b):
            return f"The (d)types do not match: {type(a)} != {type(b)}."
        return _apart("Scalars", np.asarray(a), np.asarray(b), tolerance, equal_nan, (a, b))
    if not checks["subclasses"] and type(a) is not type(b):
        raise TypeError(f"assert_close: allow_subclasses=False asks for one type, got {type(a)} and {type(b)}")
    try:
        x, y = (item if isinstance(item, TensorBase) else autograd.as_tensor(item) for item in (a, b))
    except Exception as error:
        raise TypeError(
            f"No comparison pair was able to handle inputs of type {type(a)} and {type(b)}; give tensors, numbers, or "
            "containers of them"
        ) from error
    for name in ("shape", "layout", "device", "dtype", "stride()"):
        if checks.get(name, True):
            ours, theirs = (_attribute(item, name) for item in (x, y))
            if ours != theirs:
                return f"The values for attribute '{name}' do not match: {ours} != {theirs}."
    x, y = (item.to_dense() for item in (x, y))  # type: ignore[attr-defined]
    left, right = (item.backend.to_numpy(item._data) for item in (x, y))
    if tolerance[0] is None:
        kinds = [TOLERANCES.get(item.dtype.name, (0.0, 0.0)) for item in (x, y)]  # type: ignore[attr-defined]
        tolerance = (max(k[0] for k in kinds), max(k[1] for k in kinds))
    if not left.ndim:
        return _apart("Scalars", left, right, tolerance, equal_nan, (left.item(), right.item()))
    return _apart("Tensor-likes", left, right, tolerance, equal_nan, None)


def _attribute(tensor: Any, name: str) -> Any:
    if name == "stride()":
        return tensor.stride()
    return tuple(tensor.shape) if name == "shape" else getattr(tensor, name)


def _apart(what: str, a: Any, b: Any, tolerance: tuple, equal_nan: bool, scalars: tuple | None) -> str | None:
    if tolerance[0] is None:
        exact = all(isinstance(value, int) for value in scalars or ())
        tolerance = (0.0, 0.0) if exact else TOLERANCES["float64"]
    rtol, atol = tolerance
    if a.dtype.kind in "biu" and b.dtype.kind in "biu":
        left, right = a.astype(object), b.astype(object)  # exact whatever their size
        close = np.asarray(np.abs(left - right) <= atol + rtol * np.abs(right), bool)
    else:
        left, right = (v.astype(np.complex128 if "c" in (a.dtype.kind, b.dtype.kind) else np.float64) for v in (a, b))
        close = np.isclose(left, right, rtol, atol, equal_nan)
    if close.all():
        return None
    whole = left.dtype == object
    with np.errstate(all="ignore"):
        apart = np.asarray(abs(left - right))
        relative = apart.astype(np.float64) / np.asarray(abs(right)).astype(np.float64)
    apart, relative = (np.where(close, 0, values).astype(np.float64) for values in (apart, relative))
    kind = "close" if rtol or atol else "equal"
    lines = [f"{what} are not {kind}!", ""]
    if scalars is not None:
        lines.append(f"Expected {scalars[1]} but got {scalars[0]}.")
    elif a.ndim:
        wrong = int((~close).sum())
        lines.append(f"Mismatched elements: {wrong} / {close.size} ({wrong / close.size:.1%})")
    prefix = ("Greatest absolute", "Greatest relative") if a.ndim else ("Absolute", "Relative")
    for label, values, bound in ((prefix[0], apart, atol), (prefix[1], relative, rtol)):
        place = np.unravel_index(np.argmax(np.nan_to_num(values, nan=np.inf)), values.shape) if a.ndim else ()
        at = f" at index {tuple(int(i) for i in place)}" if a.ndim else ""
        shown = int(values[place]) if whole and values is apart else float(values[place])
        limit = f" (up to {bound} allowed)" if rtol or atol else ""
        lines.append(f"{label} difference: {shown}{at}{limit}")
    return "\n".join(lines)
