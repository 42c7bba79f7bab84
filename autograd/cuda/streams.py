"""Queues of work on a CUDA device, and marks in them that can be waited for and timed."""

from __future__ import annotations

import contextlib
from typing import Any

from autograd.backends.cupy import load


class Event:
    """A mark in a stream.

    Parameters
    ----------
    enable_timing : whether `elapsed_time` can be asked for
    blocking : whether `synchronize` sleeps, not spins
    interprocess : whether other processes may wait for it

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     begin, end = (autograd.cuda.Event(enable_timing=True) for _ in range(2))
    ...     begin.record()
    ...     end.record()
    ...     end.synchronize()
    ...     milliseconds = begin.elapsed_time(end)
    """

    def __init__(self, enable_timing: bool = False, blocking: bool = False, interprocess: bool = False):
        self.raw = load().cuda.Event(blocking, not enable_timing, interprocess)

    def record(self, stream: Stream | None = None) -> None:
        """Put the mark behind what a stream, by default the current one, has been given."""
        self.raw.record(None if stream is None else stream.raw)

    def synchronize(self) -> None:
        """Wait until the work before the mark is done."""
        self.raw.synchronize()

    def query(self) -> bool:
        """Whether the work before the mark is done."""
        return self.raw.done

    def wait(self, stream: Stream | None = None) -> None:
        """Let a stream, by default the current one, wait for the mark."""
        (current_stream() if stream is None else stream).wait_event(self)

    def elapsed_time(self, end_event: Event) -> float:
        """Milliseconds from this mark to another; both have `enable_timing` and are done."""
        return load().cuda.get_elapsed_time(self.raw, end_event.raw)


class Stream:
    """A queue of work that runs beside that of other streams.

    Parameters
    ----------
    device : by default the current one
    priority : kept for PyTorch's sake

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     with autograd.cuda.stream(autograd.cuda.Stream()):
    ...         x = autograd.ones(2, device="cuda")
    ...     autograd.cuda.synchronize()
    """

    def __init__(self, device: Any = None, priority: int = 0):
        from autograd.cuda import device as on

        with on(device):
            self.raw = load().cuda.Stream(non_blocking=True)

    @classmethod
    def around(cls, raw: Any) -> Stream:
        """A stream of CuPy as one of this class."""
        found = cls.__new__(cls)
        found.raw = raw
        return found

    def synchronize(self) -> None:
        """Wait until all its work is done."""
        self.raw.synchronize()

    def query(self) -> bool:
        """Whether all its work is done."""
        return self.raw.done

    def record_event(self, event: Event | None = None) -> Event:
        """Put a mark, by default a new one, behind its work."""
        mark = Event() if event is None else event
        mark.record(self)
        return mark

    def wait_event(self, event: Event) -> None:
        """Let work that is given from now on wait for a mark."""
        self.raw.wait_event(event.raw)

    def wait_stream(self, stream: Stream) -> None:
        """Let work that is given from now on wait for what another stream has been given."""
        self.wait_event(stream.record_event())


def current_stream(device: Any = None) -> Stream:
    """The stream that work goes to now.

    Examples
    --------
    >>> import autograd
    >>> if autograd.cuda.is_available():
    ...     autograd.cuda.current_stream().synchronize()
    """
    return Stream.around(load().cuda.get_current_stream())


def stream(stream: Stream | None) -> Any:
    """A context in which work goes to a stream; None changes nothing, as on the CPU.

    Examples
    --------
    >>> import autograd
    >>> with autograd.cuda.stream(None):
    ...     x = autograd.ones(2)
    """
    return contextlib.nullcontext() if stream is None else stream.raw
