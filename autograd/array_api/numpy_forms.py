"""Functions whose NumPy form is neither the standard's nor PyTorch's, with NumPy's argument names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd
from autograd import array_api, dtypes

Form = Callable[..., Any]


def _flat(x: Any) -> Any:
    return autograd.reshape(x, (-1,))


def _of_floats(x: Any) -> Any:
    """Integers and booleans as float64, as NumPy averages them."""
    return x.double() if x.dtype.category < dtypes.FLOATING else x


def _along(function: Form) -> Form:
    """A function along one axis, which None makes one of all elements."""

    def form(a: Any, axis: Any = -1) -> Any:
        return function(_flat(a), axis=0) if axis is None else function(a, axis=axis)

    return form


def _accumulated(function: Form) -> Form:
    def form(a: Any, axis: Any = None, dtype: Any = None) -> Any:
        kind = None if dtype is None else dtypes.lookup(dtype)
        return function(_flat(a), axis=0, dtype=kind) if axis is None else function(a, axis=axis, dtype=kind)

    return form


def _dot(a: Any, b: Any) -> Any:
    """Sum over the last axis of a and the last but one of b."""
    if not (getattr(a, "ndim", 0) and getattr(b, "ndim", 0)):
        return a * b
    return a @ b if b.ndim <= 2 else array_api.tensordot(a, b, axes=((a.ndim - 1,), (b.ndim - 2,)))


def _expand_dims(a: Any, axis: Any) -> Any:
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    for place in sorted(n + a.ndim + len(axes) if n < 0 else n for n in axes):
        a = array_api.expand_dims(a, axis=place)
    return a


def _diff(a: Any, n: int = 1, axis: int = -1, prepend: Any = None, append: Any = None) -> Any:
    def edge(value: Any) -> Any:
        if value is None or (isinstance(value, autograd.Tensor) and value.ndim):
            return value
        shape = [1 if place == axis % a.ndim else size for place, size in enumerate(a.shape)]
        return autograd.as_tensor(value, device=a.device).to(a.dtype).expand(shape)

    return array_api.diff(a, n=n, axis=axis, prepend=edge(prepend), append=edge(append))


def _quantile(a: Any, q: Any, axis: Any = None, keepdims: bool = False) -> Any:
    a = _of_floats(a)
    return autograd.quantile(a, autograd.as_tensor(q, device=a.device).to(a.dtype), axis, keepdims)


def _clip(a: Any, a_min: Any = None, a_max: Any = None, min: Any = None, max: Any = None) -> Any:
    return array_api.clip(a, a_min if min is None else min, a_max if max is None else max)


FORMS: dict[str, Form] = {
    "argsort": _along(array_api.argsort),
    "clip": _clip,
    "cumprod": _accumulated(array_api.cumulative_prod),
    "cumsum": _accumulated(array_api.cumulative_sum),
    "diag": lambda v, k=0: autograd.diag(v, k),
    "diagonal": lambda a, offset=0, axis1=0, axis2=1: autograd.diagonal(a, offset, axis1, axis2),
    "diff": _diff,
    "dot": _dot,
    "einsum": lambda equation, *operands: autograd.einsum(equation, *operands),
    "expand_dims": _expand_dims,
    "imag": lambda val: val.imag if val.is_complex() else autograd.zeros_like(val),
    "inner": lambda a, b: autograd.inner(a, b),
    "isin": lambda element, test_elements, assume_unique=False, invert=False: autograd.isin(
        *(autograd.as_tensor(x) for x in (element, test_elements)), invert=invert
    ),
    "mean": lambda a, axis=None, keepdims=False: array_api.mean(_of_floats(a), axis=axis, keepdims=keepdims),
    "median": lambda a, axis=None, keepdims=False: _quantile(a, 0.5, axis, keepdims),
    "nanmean": lambda a, axis=None, keepdims=False: autograd.nanmean(_of_floats(a), axis, keepdims),
    "nansum": lambda a, axis=None, keepdims=False: autograd.nansum(a, axis, keepdims),
    "ndim": lambda a: a.ndim,
    "numpy.linalg.norm": lambda x, ord=None, axis=None, keepdims=False: autograd.linalg.norm(x, ord, axis, keepdims),
    "outer": lambda a, b: autograd.outer(_flat(a), _flat(b)),
    "percentile": lambda a, q, axis=None, keepdims=False: _quantile(a, autograd.as_tensor(q) / 100, axis, keepdims),
    "quantile": _quantile,
    "ravel": _flat,
    "rot90": lambda m, k=1, axes=(0, 1): autograd.rot90(m, k, tuple(axes)),
    "round": lambda a, decimals=0: autograd.round(a, decimals=decimals),
    "shape": lambda a: tuple(a.shape),
    "size": lambda a: a.numel(),
    "sort": _along(array_api.sort),
    "squeeze": lambda a, axis=None: autograd.squeeze(a) if axis is None else array_api.squeeze(a, axis),
    "std": lambda a, axis=None, correction=0, keepdims=False: array_api.std(
        _of_floats(a), axis=axis, correction=correction, keepdims=keepdims
    ),
    "swapaxes": lambda a, axis1, axis2: autograd.swapaxes(a, axis1, axis2),
    "take": lambda a, indices, axis=None: _taken(a, indices, axis),
    "tile": lambda A, reps: autograd.tile(A, (reps,) if isinstance(reps, int) else tuple(reps)),
    "trace": lambda a, offset=0, axis1=0, axis2=1: autograd.diagonal(a, offset, axis1, axis2).sum(-1),
    "transpose": lambda a, axes=None: autograd.permute(a, tuple(range(a.ndim))[::-1] if axes is None else tuple(axes)),
    "var": lambda a, axis=None, correction=0, keepdims=False: array_api.var(
        _of_floats(a), axis=axis, correction=correction, keepdims=keepdims
    ),
    "vdot": lambda a, b: autograd.vdot(_flat(a), _flat(b)),
}
FORMS["around"] = FORMS["round"]


def _taken(a: Any, indices: Any, axis: Any) -> Any:
    """Indices of any shape, negative ones from the end."""
    a, axis = (_flat(a), 0) if axis is None else (a, axis % a.ndim)
    index = autograd.as_tensor(indices, device=a.device)
    return a[(slice(None),) * axis + (index,)]


# PyTorch's functions of the same name and form.
SAME = (
    "allclose", "column_stack", "dstack", "fliplr", "flipud", "hstack", "isclose", "isreal", "kron", "nan_to_num", "vstack",
    "atleast_1d", "atleast_2d", "atleast_3d",
)  # fmt: skip
# Methods of ufuncs.
REDUCTIONS: dict[tuple[str, str], Form] = {
    ("add", "reduce"): array_api.sum, ("multiply", "reduce"): array_api.prod, ("maximum", "reduce"): array_api.max,
    ("minimum", "reduce"): array_api.min, ("logical_and", "reduce"): array_api.all,
    ("logical_or", "reduce"): array_api.any, ("add", "accumulate"): array_api.cumulative_sum,
    ("multiply", "accumulate"): array_api.cumulative_prod,
}  # fmt: skip
# What these answer has no gradient, so that they may read what requires one.
WITHOUT_GRADIENT = frozenset({
    "array_equal", "array_equiv", "digitize", "histogram", "iscomplexobj", "isneginf", "isposinf", "isrealobj",
    "may_share_memory", "shares_memory", "triu_indices_from", "tril_indices_from",
})  # fmt: skip
