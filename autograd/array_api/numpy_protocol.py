"""What NumPy's own functions do with tensors: `np.sin(t)`, `np.sum(t, axis=0)`, `array + t`.

Where this library has the function, it is called, and what it computes is recorded like anything else. Where it has
not, NumPy computes it for tensors on the CPU that require no gradient, and the arrays become tensors again. Anything
else is refused by `Tensor.numpy()`, which says why.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

import autograd
from autograd import array_api
from autograd.array_api.promotion import promoted
from autograd.tensor import Tensor

# NumPy's names where the standard has others; SciPy's ufuncs that PyTorch names otherwise.
_NAMES = {
    "absolute": "abs", "amax": "max", "amin": "min", "arccos": "acos", "arccosh": "acosh", "arcsin": "asin",
    "arcsinh": "asinh", "arctan": "atan", "arctan2": "atan2", "arctanh": "atanh", "around": "round", "concatenate": "concat",
    "conjugate": "conj", "cumprod": "cumulative_prod", "cumsum": "cumulative_sum", "degrees": "rad2deg",
    "fabs": "abs", "fmax": "fmax", "fmin": "fmin", "invert": "bitwise_invert", "left_shift": "bitwise_left_shift",
    "loggamma": "lgamma", "gammaln": "lgamma", "mod": "remainder", "power": "pow", "psi": "digamma", "radians": "deg2rad",
    "right_shift": "bitwise_right_shift", "rint": "round", "true_divide": "divide",
}  # fmt: skip
_OPTIONS = {"ddof": "correction"}


# Functions whose NumPy form is neither the standard's nor PyTorch's.
_FORMS: dict[str, Callable[..., Any]] = {
    "clip": lambda a, a_min=None, a_max=None, min=None, max=None: array_api.clip(
        a, a_min if min is None else min, a_max if max is None else max
    ),
    "dot": lambda a, b: a @ b if getattr(a, "ndim", 0) and getattr(b, "ndim", 0) else a * b,
    "einsum": lambda equation, *operands: autograd.einsum(equation, *operands),
    "inner": lambda a, b: autograd.inner(a, b),
    "ndim": lambda a: a.ndim,
    "numpy.linalg.norm": lambda x, ord=None, axis=None, keepdims=False: autograd.linalg.norm(x, ord, axis, keepdims),
    "ravel": lambda a: autograd.reshape(a, (-1,)),
    "shape": lambda a: tuple(a.shape),
    "size": lambda a: a.numel(),
    "squeeze": lambda a, axis=None: autograd.squeeze(a) if axis is None else array_api.squeeze(a, axis),
    "swapaxes": lambda a, axis1, axis2: autograd.swapaxes(a, axis1, axis2),
    "tile": lambda A, reps: autograd.tile(A, (reps,) if isinstance(reps, int) else tuple(reps)),
    "trace": lambda a, offset=0, axis1=0, axis2=1: autograd.diagonal(a, offset, axis1, axis2).sum(-1),
    "transpose": lambda a, axes=None: autograd.permute(a, tuple(range(a.ndim))[::-1] if axes is None else tuple(axes)),
    "vdot": lambda a, b: autograd.vdot(a.reshape(-1), b.reshape(-1)),
}
# PyTorch's functions of the same name and form.
_SAME = ("hstack", "vstack", "dstack", "column_stack", "outer", "isclose", "allclose", "kron", "isreal", "nan_to_num")


def array_ufunc(ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
    """NumPy's `__array_ufunc__`."""
    if method == "__call__" and not options:
        name = _NAMES.get(ufunc.__name__, ufunc.__name__)
        function = getattr(array_api, name, None) or _find(autograd, name) or _find(autograd.special, name)
        if function is not None:
            operands = tuple(map(_operand, inputs))
            return function(*(promoted(*operands) if len(operands) == 2 else operands))
    return _by_numpy(ufunc.__name__, getattr(ufunc, method), inputs, options)


def array_function(func: Any, args: tuple, kwargs: dict) -> Any:
    """NumPy's `__array_function__`."""
    name, home = func.__name__, func.__module__
    if home in ("numpy.linalg", "numpy.fft"):
        place: Any = getattr(array_api, home.removeprefix("numpy."))
        form = _FORMS.get(f"{home}.{name}")
    else:
        place, form = array_api, _FORMS.get(name)
    function = (
        form or getattr(place, _NAMES.get(name, name), None) or (_find(autograd, name) if name in _SAME else None)
    )
    if function is not None:
        call = _fitted(function, func, args, kwargs)
        if call is not None:
            return call()
    return _by_numpy(name, func, args, kwargs)


def _find(place: Any, name: str) -> Any:
    try:
        return getattr(place, name)
    except AttributeError:
        return None


def _fitted(function: Any, func: Any, args: tuple, kwargs: dict) -> Callable[[], Any] | None:
    """A call of ours with the arguments of NumPy's, or None where it has no place for one of them."""
    try:
        signature = inspect.signature(func)
        told = all(p.kind is not p.VAR_POSITIONAL for p in signature.parameters.values())
    except ValueError:  # a function in C
        told = False
    if told:
        given = list(signature.bind(*args, **kwargs).arguments.items())
    else:
        given = [(f"argument {place}", value) for place, value in enumerate(args)] + list(kwargs.items())
    parameters = inspect.signature(function).parameters.values()
    positional = [p for p in parameters if p.kind is p.POSITIONAL_ONLY] or [
        p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD
    ]
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return (lambda: function(*args)) if not kwargs else None
    first = [_operand(value) for _, value in given[: len(positional)]]
    rest = {_OPTIONS.get(name, name): value for name, value in given[len(positional) :]}
    try:
        inspect.signature(function).bind(*first, **rest)
    except TypeError:
        return None
    return lambda: function(*first, **rest)


def _operand(value: Any) -> Any:
    """Arrays as tensors; NumPy's scalars as Python's numbers, which are weak in promotion."""
    if isinstance(value, np.ndarray):
        return autograd.as_tensor(value, device="cpu")
    if isinstance(value, np.generic):
        return value.item()
    return type(value)(map(_operand, value)) if type(value) in (tuple, list) else value


def _by_numpy(name: str, function: Callable[..., Any], args: Any, options: dict) -> Any:
    """Let NumPy compute it, on the tensors' memory.

    Raises
    ------
    TypeError
        If the result is to go into a tensor, whose graph would not know of it.
    """
    out = options.get("out")
    if any(isinstance(item, Tensor) for item in (out if isinstance(out, tuple) else (out,))):
        raise TypeError(f"numpy.{name}: out= cannot be a Tensor; write x[...] = result instead")
    found = function(*_arrays(args), **{key: _arrays(value) for key, value in options.items()})
    return _tensors(found) if out is None else found


def _arrays(value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.numpy()
    return type(value)(map(_arrays, value)) if type(value) in (tuple, list) else value


def _tensors(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return type(value)(map(_tensors, value))
    return autograd.as_tensor(value, device="cpu") if isinstance(value, np.ndarray) else value
