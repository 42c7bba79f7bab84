"""Switching recording off and on: `no_grad`, `enable_grad`, `set_grad_enabled`, `inference_mode`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ClassVar, Self, TypeVar, overload

from autograd.engine import Mode, get_mode, mode

PLAIN = Mode()
F = TypeVar("F", bound=Callable[..., Any])


class ModeSwitch:
    """A context manager and decorator that changes the recording mode of the current thread or task."""

    changes: Any  # fields of the mode, and what they become

    def __init__(self) -> None:
        self._before: list[Mode | None] = []  # no tokens: a generator may leave a block in another thread or task

    def __enter__(self) -> None:
        current = get_mode()
        self._before.append(current)
        mode.set((current or PLAIN).replace(**self.changes))

    def __exit__(self, *error: object) -> None:
        mode.set(self._before.pop())

    def clone(self) -> ModeSwitch:
        """A fresh switch of the same kind, so that decorated functions may be re-entered."""
        twin = type(self).__new__(type(self))
        twin.__dict__.update(self.__dict__, _before=[])
        return twin

    def __call__(self, function: F) -> F:
        if inspect.isgeneratorfunction(function):
            return self._wrap_generator(function)  # type: ignore[return-value]

        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            with self.clone():
                return function(*args, **kwargs)

        return wrapped  # type: ignore[return-value]

    def _wrap_generator(self, function: Callable) -> Callable:
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            generator = function(*args, **kwargs)
            try:
                with self.clone():
                    item = next(generator)
                while True:
                    try:
                        sent = yield item
                    except GeneratorExit:
                        with self.clone():
                            generator.close()
                        raise
                    except BaseException as error:
                        with self.clone():
                            item = generator.throw(error)
                    else:
                        with self.clone():
                            item = generator.send(sent)
            except StopIteration as stop:
                return stop.value

        return wrapped


class _Decorating(ModeSwitch):
    """A switch that also decorates without parentheses: `@no_grad`."""

    @overload
    def __new__(cls, function: None = None) -> Self: ...
    @overload
    def __new__(cls, function: F) -> F: ...  # type: ignore[misc]
    def __new__(cls, function: Any = None) -> Any:
        self = super().__new__(cls)
        if function is None:
            return self
        self.__init__()  # type: ignore[misc]
        return self(function)

    def __init__(self, function: Callable | None = None):
        super().__init__()


class no_grad(_Decorating):
    """Record nothing inside: results require no gradient.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.ones(2, requires_grad=True)
    >>> with autograd.no_grad():
    ...     y = x * 2
    >>> y.requires_grad
    False
    """

    changes: ClassVar[dict[str, Any]] = {"grad": False}  # type: ignore[misc]


class enable_grad(_Decorating):
    """Record inside, also within `no_grad`.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([1.0], requires_grad=True)
    >>> with autograd.no_grad(), autograd.enable_grad():
    ...     y = x * 2
    >>> y.requires_grad
    True
    """

    changes: ClassVar[dict[str, Any]] = {"grad": True, "inference": False}  # type: ignore[misc]


class FlagSwitch(ModeSwitch):
    """A switch that takes effect at once, and until the end of the `with` block if used as one."""

    def __init__(self, changes: dict[str, Any]):
        super().__init__()
        self.changes = changes
        super().__enter__()
        self._entered = False

    def __enter__(self) -> None:
        if self._entered or not self._before:
            super().__enter__()
        self._entered = True

    def __call__(self, function: F) -> F:
        self.__exit__()
        return super().__call__(function)


class set_grad_enabled(FlagSwitch):
    """Recording on or off by a flag: at once, and until the end of the `with` block if used as one.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([1.0], requires_grad=True)
    >>> with autograd.set_grad_enabled(False):
    ...     y = x * 2
    >>> y.requires_grad
    False
    """

    def __init__(self, mode: bool):
        super().__init__({"grad": bool(mode)})


class inference_mode(ModeSwitch):
    """`no_grad` for code that will never be differentiated.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([1.0], requires_grad=True)
    >>> with autograd.inference_mode():
    ...     y = x * 2
    >>> y.requires_grad
    False
    """

    @overload
    def __new__(cls, mode: bool = True) -> Self: ...
    @overload
    def __new__(cls, mode: F) -> F: ...  # type: ignore[misc]
    def __new__(cls, mode: Any = True) -> Any:
        self = super().__new__(cls)
        if callable(mode):
            self.__init__(True)  # type: ignore[misc]
            return self(mode)
        return self

    def __init__(self, mode: bool = True):
        super().__init__()
        self.changes = {"grad": not mode, "inference": bool(mode)}


def is_grad_enabled() -> bool:
    """Whether operations are recorded now.

    Examples
    --------
    >>> import autograd
    >>> with autograd.no_grad():
    ...     print(autograd.is_grad_enabled())
    False
    """
    current = get_mode()
    return current is None or current.grad


def is_inference_mode_enabled() -> bool:
    """Whether `inference_mode` is on.

    Examples
    --------
    >>> import autograd
    >>> with autograd.inference_mode():
    ...     autograd.is_inference_mode_enabled()
    True
    """
    current = get_mode()
    return current is not None and current.inference
