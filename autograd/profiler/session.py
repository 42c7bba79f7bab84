"""`profile`: when a profiler records, and when it hands over."""

from __future__ import annotations

import enum
import os
import socket
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from autograd.profiler.events import EventList
from autograd.profiler.record import Recorder, record_function


class ProfilerActivity(enum.Enum):
    """What PyTorch's profiler may watch; here it is the CPU."""

    CPU, XPU, CUDA, HPU, MTIA, PrivateUse1 = range(6)


class ProfilerAction(enum.Enum):
    """What a profiler does in a step."""

    NONE, WARMUP, RECORD, RECORD_AND_SAVE = range(4)


_RECORDING = (ProfilerAction.RECORD, ProfilerAction.RECORD_AND_SAVE)


def supported_activities() -> set[ProfilerActivity]:
    """The CPU."""
    return {ProfilerActivity.CPU}


def schedule(
    *, wait: int, warmup: int, active: int, repeat: int = 0, skip_first: int = 0, skip_first_wait: int = 0
) -> Callable[[int], ProfilerAction]:
    """What to do in each step: leave out the first ones, then wait, warm up and record in turns.

    Parameters
    ----------
    wait, warmup, active : the lengths of the three parts of a turn
    repeat : the number of turns; 0 goes on to the end
    skip_first : how many steps come before the first turn
    skip_first_wait : if not 0, the first turn does not wait

    Raises
    ------
    AssertionError
        If a length is negative, or nothing is ever recorded.

    Examples
    --------
    >>> from autograd.profiler import schedule
    >>> [schedule(wait=1, warmup=1, active=2, repeat=1)(step).name for step in range(5)]
    ['NONE', 'WARMUP', 'RECORD', 'RECORD_AND_SAVE', 'NONE']
    """
    if min(wait, warmup, repeat, skip_first) < 0 or active <= 0:
        raise AssertionError(
            f"Invalid profiler schedule arguments. Got {wait=} (need >= 0), {warmup=} (need >= 0), {active=} (need > 0), "
            f"{repeat=} (need >= 0), {skip_first=} (need >= 0)."
        )
    length = wait + warmup + active

    def action(step: int) -> ProfilerAction:
        step -= skip_first
        if step < 0:
            return ProfilerAction.NONE
        step += wait if skip_first_wait else 0
        if repeat and step >= repeat * length:
            return ProfilerAction.NONE
        place = step % length
        if place < wait:
            return ProfilerAction.NONE
        if place < wait + warmup:
            return ProfilerAction.WARMUP
        return ProfilerAction.RECORD if place < length - 1 else ProfilerAction.RECORD_AND_SAVE

    return action


class profile:
    """A context that counts and times operations: forward, backward, and what `record_function` labels.

    It sees the thread that it is entered in, through `sys.setprofile`, so that Python runs slower inside, and other
    profilers of Python wait; outside nothing is slower. Times are those of the CPU: on a GPU, of starting the kernels.

    Parameters
    ----------
    enabled : whether to do anything
    activities, record_shapes, profile_memory, with_stack, with_flops, with_modules, use_cuda : kept for PyTorch's sake
    schedule : step number -> `ProfilerAction`, as `autograd.profiler.schedule` makes it; by default all is recorded
    on_trace_ready : called with the profiler when a turn of the schedule is recorded, or at the end

    Examples
    --------
    >>> import autograd
    >>> from autograd.profiler import profile, record_function
    >>> x = autograd.ones(3, requires_grad=True)
    >>> with profile() as profiled:
    ...     with record_function("loss"):
    ...         loss = (x * x).sum()
    ...     loss.backward()
    >>> {average.key: average.count for average in profiled.key_averages()}
    {'loss': 1, 'multiply': 1, 'sum': 1, 'sumBackward': 1, 'multiplyBackward': 1}
    >>> table = profiled.key_averages().table(sort_by="self_cpu_time_total", row_limit=3)
    """

    def __init__(
        self,
        enabled: bool = True,
        *,
        activities: Iterable[ProfilerActivity] | None = None,
        schedule: Callable[[int], ProfilerAction] | None = None,
        on_trace_ready: Callable[[profile], Any] | None = None,
        record_shapes: bool = False,
        profile_memory: bool = False,
        with_stack: bool = False,
        with_flops: bool = False,
        with_modules: bool = False,
        use_cuda: bool = False,
    ):
        self.enabled, self.activities = enabled, set(activities or supported_activities())
        self.schedule, self.on_trace_ready = schedule, on_trace_ready
        self.record_shapes, self.profile_memory, self.with_stack = record_shapes, profile_memory, with_stack
        self.with_flops, self.with_modules, self.use_cuda = with_flops, with_modules, use_cuda
        self.step_num = 0
        self.current_action = ProfilerAction.NONE
        self._recorder: Recorder | None = None
        self._step: record_function | None = None
        self._events: EventList | None = None

    def __enter__(self) -> profile:
        self.start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.stop()

    def start(self) -> None:
        """Begin."""
        if self.enabled:
            self._go_on()

    def stop(self) -> None:
        """End, and hand over what is recorded."""
        if self.enabled and self._pause() and self.on_trace_ready:
            self.on_trace_ready(self)
        self.current_action = ProfilerAction.NONE

    def step(self) -> None:
        """Tell the schedule that the next step of the program begins."""
        if not self.enabled:
            return
        self._end_step()
        self.step_num += 1
        if self.current_action is ProfilerAction.RECORD_AND_SAVE and self.schedule is not None:
            self._pause()
            if self.on_trace_ready:
                self.on_trace_ready(self)
        self._go_on()

    def _go_on(self) -> None:
        """Do what the schedule says of this step."""
        self.current_action = self.schedule(self.step_num) if self.schedule else ProfilerAction.RECORD
        if self.current_action not in _RECORDING:
            self._pause()
            return
        if self._recorder is None:
            self._recorder = Recorder()
            self._recorder.start()
        if self.schedule:
            self._step = record_function(f"ProfilerStep#{self.step_num}")
            self._step.__enter__()

    def _end_step(self) -> None:
        if self._step is not None:
            self._step.__exit__()
            self._step = None

    def _pause(self) -> bool:
        """Stop recording; whether it did record."""
        self._end_step()
        if self._recorder is None:
            return False
        self._recorder.stop()
        self._events, self._recorder = self._recorder.events, None
        return True

    def events(self) -> EventList:
        """All events that were recorded, in the order in which they began.

        Raises
        ------
        RuntimeError
            If nothing was recorded yet.
        """
        if self._events is None:
            raise RuntimeError(
                "Profiler didn't finish running: it hands over after its block, or a turn of its schedule"
            )
        return self._events

    @property
    def function_events(self) -> EventList:
        """The same."""
        return self.events()

    @property
    def self_cpu_time_total(self) -> float:
        """The time of all events, in microseconds."""
        return self.events().self_cpu_time_total

    def key_averages(self, group_by_input_shape: bool = False, group_by_stack_n: int = 0) -> EventList:
        """One average for each name; see `EventList.table`."""
        return self.events().key_averages(group_by_input_shape, group_by_stack_n)

    def total_average(self) -> Any:
        """One average of all events."""
        return self.events().total_average()

    def table(self, *args: Any, **options: Any) -> str:
        """All events as text; see `EventList.table`."""
        return self.events().table(*args, **options)

    def export_chrome_trace(self, path: str | os.PathLike) -> None:
        """Write the events as JSON, which chrome://tracing and Perfetto show."""
        self.events().export_chrome_trace(path)


def tensorboard_trace_handler(
    dir_name: str, worker_name: str | None = None, use_gzip: bool = False
) -> Callable[[profile], None]:
    """A function for `on_trace_ready` that writes each trace into a directory.

    Raises
    ------
    NotImplementedError
        With `use_gzip`.
    """
    if use_gzip:
        raise NotImplementedError("tensorboard_trace_handler: traces are written as plain JSON; leave use_gzip out")
    worker = worker_name or f"{socket.gethostname()}_{os.getpid()}"

    def write(profiled: profile) -> None:
        Path(dir_name).mkdir(parents=True, exist_ok=True)
        profiled.export_chrome_trace(Path(dir_name) / f"{worker}.{time.time_ns()}.pt.trace.json")

    return write
