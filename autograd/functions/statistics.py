"""Variances, standard deviations and covariances, by PyTorch's names."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions.common import with_axis, with_out
from autograd.functions.reduction import floating, over

if TYPE_CHECKING:
    from autograd.tensor import Tensor


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
        "correction": 1 if correction is None else getattr(correction, "item", lambda: correction)(),
        "keepdims": given.get("keepdim", False),
    }


@with_out
def var(input: Any, *args: Any, **options: Any) -> Tensor:
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
def std(input: Any, *args: Any, **options: Any) -> Tensor:
    """The standard deviation, `std(input, dim=None, *, correction=1, keepdim=False)`: the square root of `var`.

    Examples
    --------
    >>> import autograd
    >>> autograd.std(autograd.tensor([1.0, 2.0, 3.0]))
    tensor(1.)
    """
    input, found = _moment_options("std", input, args, options)
    return ops.std(input, **found)


@with_axis
def var_mean(input: Any, *args: Any, **options: Any) -> tuple[Tensor, Tensor]:
    """The variance and the mean, with the arguments of `var`.

    Examples
    --------
    >>> import autograd
    >>> autograd.var_mean(autograd.tensor([1.0, 2.0, 3.0]))
    (tensor(1.), tensor(2.))
    """
    input, found = _moment_options("var_mean", input, args, options)
    return ops.var(input, **found), ops.mean(input, axis=found["axis"], keepdims=found["keepdims"])


@with_axis
def std_mean(input: Any, *args: Any, **options: Any) -> tuple[Tensor, Tensor]:
    """The standard deviation and the mean, with the arguments of `std`.

    Examples
    --------
    >>> import autograd
    >>> autograd.std_mean(autograd.tensor([1.0, 2.0, 3.0]))
    (tensor(1.), tensor(2.))
    """
    input, found = _moment_options("std_mean", input, args, options)
    return ops.std(input, **found), ops.mean(input, axis=found["axis"], keepdims=found["keepdims"])


def _weights(name: str, weights: Any, count: int, integer: bool) -> None:
    """Refuse weights that are not a vector of numbers of the right kind, one for each observation."""
    if weights._data.ndim > 1:
        raise RuntimeError(f"cov(): expected {name} to have one or fewer dimensions but got {weights._data.ndim}")
    kind = weights.dtype
    if (kind.category == dtypes.INTEGER) != integer or kind.category in (dtypes.BOOL, dtypes.COMPLEX):
        raise RuntimeError(
            f"cov(): expected {name} to have {'integral' if integer else 'floating point'} dtype but got {name} with "
            f"{kind} dtype"
        )
    if weights._data.size != count:
        raise RuntimeError(
            f"cov(): expected {name} to have the same numel as there are observations in the input, {count}, but got "
            f"{weights._data.size}"
        )
    if count and bool((weights._data < 0).any()):
        raise RuntimeError(f"cov(): {name} cannot be negative")


def cov(input: Any, *, correction: int = 1, fweights: Any = None, aweights: Any = None) -> Tensor:
    """The covariances of variables, one a row; a 0-d or 1-d input is one variable.

    Parameters
    ----------
    correction : taken off the number of observations, of the sum of the weights
    fweights : how often each observation was made
    aweights : how important each observation is

    Raises
    ------
    RuntimeError
        For more than two dims, booleans, or weights that do not fit.

    Examples
    --------
    >>> import autograd
    >>> autograd.cov(autograd.tensor([[0.0, 2.0], [1.0, 3.0]]))
    tensor([[2., 2.],
            [2., 2.]])
    """
    ndim = input._data.ndim
    if ndim > 2:
        raise RuntimeError(f"cov(): expected input to have two or fewer dimensions but got an input with {ndim}")
    if input.dtype is dtypes.bool_:
        raise RuntimeError("cov(): bool dtype is not supported for input; convert it with .to()")
    if input.dtype.category < dtypes.FLOATING:
        input = ops.astype(input, dtype=dtypes.default_dtype())
    x = input if ndim == 2 else ops.reshape(input, shape=(1, -1))
    count = x._data.shape[1]
    weights = None
    if fweights is not None:
        _weights("fweights", fweights, count, True)
        weights = fweights
    if aweights is not None:
        _weights("aweights", aweights, count, False)
        weights = aweights if weights is None else ops.multiply(weights, aweights)
    if weights is None:
        average = ops.mean(x, axis=1, keepdims=True)
        freedom: Any = count - correction
    else:
        weights = ops.reshape(weights, shape=(-1,))
        total = ops.sum(weights)
        if count and float(total.detach()) == 0:
            raise RuntimeError("cov(): weights sum to zero, can't be normalized")
        average = ops.divide(ops.sum(ops.multiply(x, weights), axis=1, keepdims=True), total)
        if aweights is None or correction == 0:
            freedom = total - correction
        else:
            freedom = total - ops.divide(correction * ops.sum(ops.multiply(weights, aweights)), total)
    if (freedom if weights is None else float(freedom.detach())) <= 0:
        warnings.warn(
            "cov(): degrees of freedom is <= 0. Correction should be strictly less than the number of observations.",
            stacklevel=2,
        )
        freedom = 0.0
    centered = ops.subtract(x, average)
    weighted = centered if weights is None else ops.multiply(centered, weights)
    product = ops.matmul(centered, ops.conj(ops.permute_dims(weighted, axes=(1, 0))))
    found = ops.divide(product, freedom)
    return ops.reshape(found, shape=()) if found._data.shape == (1, 1) else found


def corrcoef(input: Any) -> Tensor:
    """The correlations of variables, one a row; a 0-d or 1-d input is one variable.

    Raises
    ------
    RuntimeError
        For more than two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.corrcoef(autograd.tensor([[0.0, 2.0], [3.0, 1.0]]))
    tensor([[ 1., -1.],
            [-1.,  1.]])
    """
    if input._data.ndim > 2:
        raise RuntimeError(
            f"corrcoef(): expected input to have two or fewer dimensions but got an input with {input._data.ndim}"
        )
    found = cov(input)
    if not found._data.ndim:
        return ops.divide(found, found)
    size = found._data.shape[0]
    deviation = ops.sqrt(ops.real(ops.diagonal(found, offset=0, axis1=0, axis2=1)))
    found = ops.divide(ops.divide(found, ops.reshape(deviation, shape=(size, 1))), deviation)
    if found.dtype.is_complex:
        return ops.complex(ops.clip(ops.real(found), -1.0, 1.0), ops.clip(ops.imag(found), -1.0, 1.0))
    return ops.clip(found, -1.0, 1.0)
