"""One definition for the functions that differ only in how many spatial dims they have, such as `conv1d` to `conv3d`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any, Concatenate, ParamSpec, TypeVar

from autograd import Tensor

P = ParamSpec("P")
R = TypeVar("R")


def each_dim(
    pattern: str, function: Callable[Concatenate[str, int, P], R]
) -> tuple[Callable[P, R], Callable[P, R], Callable[P, R]]:
    """The functions for one, two and three spatial dims.

    Parameters
    ----------
    pattern : their names, with {} for the number of dims
    function : takes the name and the number of dims before the arguments that all three have
    """
    one, two, three = (_bound(pattern.format(spatial), spatial, function) for spatial in (1, 2, 3))
    return one, two, three


def _bound(name: str, spatial: int, function: Callable[Concatenate[str, int, P], R]) -> Callable[P, R]:
    # A copy by that name, which Python's messages about the arguments use.
    named = FunctionType(function.__code__, function.__globals__, name, function.__defaults__, function.__closure__)
    named.__kwdefaults__, named.__qualname__ = function.__kwdefaults__, name

    @functools.wraps(function)
    def bound(*args: P.args, **kwargs: P.kwargs) -> R:
        return named(name, spatial, *args, **kwargs)

    bound.__name__ = bound.__qualname__ = name
    signature = inspect.signature(function)
    return _signed(bound, signature.replace(parameters=list(signature.parameters.values())[2:]))


def without_indices(function: Callable[P, tuple[Tensor, Tensor]]) -> Callable[P, Tensor | tuple[Tensor, Tensor]]:
    """The function that returns values and indices, returning the values alone unless `return_indices` is on."""
    signature = inspect.signature(function)
    place = list(signature.parameters).index("return_indices")

    @functools.wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Tensor | tuple[Tensor, Tensor]:
        found = function(*args, **kwargs)
        wanted = args[place] if len(args) > place else kwargs.get("return_indices", False)
        return found if wanted else found[0]

    return _signed(asked, signature.replace(return_annotation="Tensor | tuple[Tensor, Tensor]"))


def _signed(function: Any, signature: inspect.Signature) -> Any:
    """The function, showing this signature to `help`, to editors at run time and to `typing.get_type_hints`."""
    function.__signature__ = signature
    function.__annotations__ = {name: parameter.annotation for name, parameter in signature.parameters.items()}
    function.__annotations__["return"] = signature.return_annotation
    return function
