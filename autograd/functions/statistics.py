"""Variances and standard deviations, by PyTorch's names."""

from __future__ import annotations

from typing import Any

from autograd import ops
from autograd.functions.common import with_out
from autograd.functions.reduction import floating, over


def _moment_options(name: str, input: Any, args: tuple, options: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The input, and axes, correction and keepdims from `(unbiased)`, `(dim, unbiased, keepdim)` and keywords."""
    floating(f"{name}: only support floating point and complex dtypes; {name}", input)
    names = ("unbiased",) if args and isinstance(args[0], bool) else ("dim", "unbiased", "keepdim")
    given = dict(zip(names, args, strict=False)) | options
    unknown = given.keys() - {"dim", "unbiased", "keepdim", "correction"}
    if unknown or len(args) > len(names) or given.keys() >= {"unbiased", "correction"}:
        raise TypeError(
            f"{name}(): expected (input, dim=None, *, correction=1, keepdim=False), or unbiased in place of "
            f"correction, got {sorted(given)}"
        )
    correction = int(given["unbiased"]) if "unbiased" in given else given.get("correction", 1)
    axes = over(given.get("dim"), input._data.ndim)
    return input, {
        "axis": axes,
        "correction": 1 if correction is None else correction,
        "keepdims": given.get("keepdim", False),
    }


@with_out
def var(input: Any, *args: Any, **options: Any) -> Any:
    """The variance, `var(input, dim=None, *, correction=1, keepdim=False)`: Σ |x - mean|² / (n - correction).

    Raises
    ------
    RuntimeError
        For integers and booleans.

    Examples
    --------
    >>> import autograd
    >>> autograd.var(autograd.tensor([1.0, 2.0, 3.0]))
    tensor(1.)
    """
    input, found = _moment_options("var", input, args, options)
    return ops.var(input, **found)


@with_out
def std(input: Any, *args: Any, **options: Any) -> Any:
    """The standard deviation, `std(input, dim=None, *, correction=1, keepdim=False)`: the square root of `var`."""
    input, found = _moment_options("std", input, args, options)
    return ops.std(input, **found)


def var_mean(input: Any, *args: Any, **options: Any) -> tuple:
    """The variance and the mean, with the arguments of `var`."""
    input, found = _moment_options("var_mean", input, args, options)
    return ops.var(input, **found), ops.mean(input, axis=found["axis"], keepdims=found["keepdims"])


def std_mean(input: Any, *args: Any, **options: Any) -> tuple:
    """The standard deviation and the mean, with the arguments of `std`."""
    input, found = _moment_options("std_mean", input, args, options)
    return ops.std(input, **found), ops.mean(input, axis=found["axis"], keepdims=found["keepdims"])
