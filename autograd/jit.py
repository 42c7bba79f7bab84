"""PyTorch's names around TorchScript, for programs that decorate with them: nothing is compiled here.

Decorators give back what they decorate, questions are answered as in a program that is not compiled, and what would
read or write a compiled program is refused.
"""

from __future__ import annotations

import importlib
import types
import typing
from collections.abc import Callable
from typing import Any, Final, NoReturn

from autograd._lazy import UnknownNameError

__all__ = [
    "Final", "annotate", "export", "freeze", "ignore", "is_scripting", "is_tracing", "isinstance",
    "load", "optimize_for_inference", "save", "script", "script_if_tracing", "script_method", "trace", "trace_module",
    "unused",
]  # fmt: skip

_isinstance = isinstance


def script(obj: Any, *args: Any, **options: Any) -> Any:
    """The function, class or module itself: nothing is compiled.

    Examples
    --------
    >>> import autograd
    >>> @autograd.jit.script
    ... def double(x):
    ...     return 2 * x
    >>> double(autograd.ones(1))
    tensor([2.])
    """
    return obj


def script_method(fn: Callable) -> Callable:
    """The method itself."""
    return fn


def script_if_tracing(fn: Callable) -> Callable:
    """The function itself."""
    return fn


def export(fn: Callable) -> Callable:
    """The method itself."""
    return fn


def unused(fn: Callable) -> Callable:
    """The method itself."""
    return fn


def ignore(drop: Any = False, **options: Any) -> Any:
    """The function itself, by `@ignore` as by `@ignore(drop=True)`."""
    return drop if callable(drop) else lambda function: function


def freeze(mod: Any, preserved_attrs: list[str] | None = None, optimize_numerics: bool = True) -> Any:
    """The module itself."""
    return mod


def optimize_for_inference(mod: Any, other_methods: list[str] | None = None) -> Any:
    """The module itself."""
    return mod


def annotate(the_type: Any, the_value: Any) -> Any:
    """The value."""
    return the_value


def is_scripting() -> bool:
    """False."""
    return False


def is_tracing() -> bool:
    """False."""
    return False


def isinstance(obj: Any, target_type: Any) -> bool:
    """Whether `obj` is of a type, that may name those of its elements: ``list[int]``, ``Dict[str, Tensor]``.

    Examples
    --------
    >>> import autograd
    >>> autograd.jit.isinstance([1, 2], list[int]), autograd.jit.isinstance([1, "2"], list[int])
    (True, False)
    """
    if _isinstance(target_type, tuple):
        return any(isinstance(obj, one) for one in target_type)
    origin, args = typing.get_origin(target_type), typing.get_args(target_type)
    if target_type is Any:
        return True
    if origin is None:
        return obj is None if target_type is None else _isinstance(obj, target_type)
    if origin in (typing.Union, types.UnionType):
        return any(isinstance(obj, one) for one in args)
    if not _isinstance(obj, origin):
        return False
    if origin is dict:
        return all(isinstance(key, args[0]) and isinstance(value, args[1]) for key, value in obj.items())
    if origin is tuple and args[-1] is not Ellipsis:
        return len(obj) == len(args) and all(map(isinstance, obj, args))
    return all(isinstance(value, args[0]) for value in obj)


def _refuse(name: str, remedy: str) -> NoReturn:
    raise NotImplementedError(f"jit.{name}: there are no compiled programs here; {remedy}")


def trace(func: Any = None, example_inputs: Any = None, *args: Any, **options: Any) -> NoReturn:
    """Refused: no program is recorded.

    Raises
    ------
    NotImplementedError
        Always.
    """
    _refuse("trace", "call the function itself, and keep its parameters with autograd.save(module.state_dict(), path)")


def trace_module(mod: Any, inputs: Any, *args: Any, **options: Any) -> NoReturn:
    """Refused, as `trace`."""
    _refuse("trace_module", "call the module, and keep its parameters with autograd.save(module.state_dict(), path)")


def save(m: Any, f: Any, _extra_files: Any = None) -> NoReturn:
    """Refused: there is no program to write.

    Raises
    ------
    NotImplementedError
        Always.
    """
    _refuse("save", "keep the parameters with autograd.save(module.state_dict(), path)")


def load(f: Any, map_location: Any = None, _extra_files: Any = None, _restore_shapes: bool = False) -> NoReturn:
    """Refused: programs in files are not run.

    Raises
    ------
    NotImplementedError
        Always.
    """
    _refuse("load", "make the module in Python, and module.load_state_dict(autograd.load(path))")


def __getattr__(name: str) -> Any:
    """`ScriptModule`, a module as any other to derive from; looked up late, since `nn` stands above this package."""
    if name != "ScriptModule":
        raise UnknownNameError(f"module {__name__!r}", name, lambda: globals())
    base = importlib.import_module("nn").Module
    found = type(name, (base,), {"__module__": __name__, "__doc__": "A module to derive from, as `nn.Module` is."})
    return globals().setdefault(name, found)
