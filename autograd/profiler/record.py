"""What a profiler sees: when operations begin and end, through the interpreter's own hook for calls."""

from __future__ import annotations

import contextlib
import inspect
import sys
import threading
import time
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from autograd.functions import creation, filled, random, random_counts
from autograd.profiler.events import EventList, FunctionEvent
from autograd.record import Record

# Of these modules the public functions are no operations of the engine, and take their time all the same.
_MAKERS = (creation, filled, random, random_counts)
# Recorders that are on, the innermost last.
_active: list[Recorder] = []


class Recorder:
    """Events of the thread that it is started in, between `start` and `stop`."""

    def __init__(self) -> None:
        self.events = EventList()
        self._open: list[tuple[Any, FunctionEvent]] = []
        self._names: dict[CodeType, str | None] = _makers()
        self._before: Any = None
        self._began = 0

    def start(self) -> None:
        """Begin; another profiler of this thread waits until `stop`."""
        self._before = sys.getprofile()
        self._began = time.perf_counter_ns()
        _active.append(self)
        sys.setprofile(self._hook)

    def stop(self) -> None:
        """End; what is open ends now."""
        sys.setprofile(self._before)
        _active.remove(self)
        while self._open:
            self.leave(self._open[-1][0])

    def enter(self, key: Any, name: str, annotation: bool = False) -> None:
        """Begin an event, which `leave` ends by the same key."""
        event = FunctionEvent(name, self._now(), threading.get_ident(), annotation)
        if self._open:
            event.cpu_parent = self._open[-1][1]
            event.cpu_parent.cpu_children.append(event)
        self.events.append(event)
        self._open.append((key, event))

    def leave(self, key: Any) -> None:
        """End the event that began last, if it is that of the key."""
        if self._open and self._open[-1][0] is key:
            event = self._open.pop()[1]
            event.time_range.end = self._now()

    def _now(self) -> float:
        return (time.perf_counter_ns() - self._began) / 1000

    def _hook(self, frame: FrameType, what: str, argument: Any) -> None:
        if what == "call":
            code = frame.f_code
            try:
                name = self._names[code]
            except KeyError:
                name = self._names[code] = _name_of(code)
            if name is not None:
                self.enter(frame, name or f"{frame.f_locals['node'].record.name}Backward")
        elif what == "return":
            self.leave(frame)


def _makers() -> dict[CodeType, str | None]:
    found: dict[CodeType, str | None] = {}
    for module in _MAKERS:
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                inner: Callable = inspect.unwrap(value)
                found[inner.__code__] = name
    for helper in (creation.finish, creation.require_float):
        found[helper.__code__] = None
    # Backward passes: their name is that of the node.
    found[Record._backward.__code__] = ""
    return found


def _name_of(code: CodeType) -> str | None:
    """The operation that generated code is of, "" for a backward pass, None for code that is neither."""
    if not code.co_filename.startswith("<autograd ") or code.co_name in ("<module>", "make"):
        return None
    return "" if code.co_filename == "<autograd backward>" else code.co_name


class record_function(contextlib.ContextDecorator):
    """A context, or a decorator, whose time a profiler that is on shows under a name.

    Parameters
    ----------
    name, args : the label, and what may be said besides

    Examples
    --------
    >>> import autograd
    >>> with autograd.profiler.profile() as profiled, autograd.profiler.record_function("forward"):
    ...     autograd.ones(1)
    tensor([1.])
    >>> sorted(average.key for average in profiled.key_averages())
    ['forward', 'ones']
    """

    def __init__(self, name: str, args: str | None = None):
        self.name, self.args = name, args

    def __enter__(self) -> record_function:
        if _active:
            _active[-1].enter(self, self.name, annotation=True)
        return self

    def __exit__(self, *error: Any) -> None:
        if _active:
            _active[-1].leave(self)
