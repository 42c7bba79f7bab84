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
from autograd.array_api.numpy_forms import FORMS, REDUCTIONS, SAME, WITHOUT_GRADIENT
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


def array_ufunc(ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
    """NumPy's `__array_ufunc__`."""
    if method == "__call__" and not options:
        name = _NAMES.get(ufunc.__name__, ufunc.__name__)
        function = getattr(array_api, name, None) or _find(autograd, name) or _find(autograd.special, name)
        if function is not None:
            operands = tuple(map(_operand, inputs))
            return function(*(promoted(*operands) if len(operands) == 2 else operands))
    if method in ("reduce", "accumulate") and isinstance(inputs[0], Tensor) and options.keys() <= {"axis", "keepdims"}:
        reduction = REDUCTIONS.get((ufunc.__name__, method))
        if reduction is not None and len(inputs) == 1:
            return reduction(inputs[0], **{"axis": 0, **options})
    return _by_numpy(ufunc.__name__, getattr(ufunc, method), inputs, options)


def array_function(func: Any, args: tuple, kwargs: dict) -> Any:
    """NumPy's `__array_function__`."""
    name, home = func.__name__, func.__module__
    if home in ("numpy.linalg", "numpy.fft"):
        place: Any = getattr(array_api, home.removeprefix("numpy."))
        form = FORMS.get(f"{home}.{name}")
    else:
        place, form = array_api, FORMS.get(name)
    function = form or getattr(place, _NAMES.get(name, name), None) or (_find(autograd, name) if name in SAME else None)
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
    parameters = list(inspect.signature(function).parameters.values())
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return (lambda: function(*args)) if not kwargs else None
    theirs = signature.parameters if told else {}
    first: list[Any] = []
    named: dict[str, Any] = {}
    for number, (name, value) in enumerate(given):
        place = list(theirs).index(name) if told else number
        ours = parameters[place] if place == len(first) < len(parameters) else None
        # What must be given goes by its place, having other names in each library, the rest by its name.
        if ours is not None and (told or name not in kwargs) and (
            ours.kind is ours.POSITIONAL_ONLY
            or (ours.kind is ours.POSITIONAL_OR_KEYWORD and (not told or theirs[name].default is inspect.Parameter.empty))
        ):  # fmt: skip
            first.append(_operand(value))
        else:
            named[_OPTIONS.get(name, name)] = _operand(value)
    try:
        inspect.signature(function).bind(*first, **named)
    except TypeError:
        return None
    return lambda: function(*first, **named)


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
    if name in WITHOUT_GRADIENT:
        args = tuple(arg.detach() if isinstance(arg, Tensor) else arg for arg in args)
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
