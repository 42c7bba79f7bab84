"""What a profiler hands over: events, their averages by name, the table, and the trace for Chrome."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Interval:
    """From `start` to `end`, in microseconds since the profiler started."""

    def __init__(self, start: float):
        self.start = self.end = start

    def elapsed_us(self) -> float:
        """How long it is."""
        return self.end - self.start


class _Times:
    """Times in microseconds, those of a device zero: they are not measured."""

    count: int
    cpu_time_total: float
    self_cpu_time_total: float
    device_time_total = self_device_time_total = device_time = 0.0
    cuda_time_total = self_cuda_time_total = cuda_time = 0.0

    @property
    def cpu_time(self) -> float:
        """The time of one call."""
        return self.cpu_time_total / self.count if self.count else 0.0


class FunctionEvent(_Times):
    """One call of an operation, or one labelled part of the program."""

    def __init__(self, name: str, start: float, thread: int, is_user_annotation: bool):
        self.name = name
        self.key = "ProfilerStep*" if name.startswith("ProfilerStep#") else name  # all steps have one average
        self.time_range, self.thread, self.is_user_annotation = Interval(start), thread, is_user_annotation
        self.count = 1
        self.cpu_parent: FunctionEvent | None = None
        self.cpu_children: list[FunctionEvent] = []

    @property
    def cpu_time_total(self) -> float:  # type: ignore[override]
        """How long it took."""
        return self.time_range.elapsed_us()

    @property
    def self_cpu_time_total(self) -> float:  # type: ignore[override]
        """How long it took, without the events inside."""
        return self.cpu_time_total - sum(child.cpu_time_total for child in self.cpu_children)

    def __repr__(self) -> str:
        return f"<FunctionEvent name={self.name} cpu_time={_text(self.cpu_time_total)}>"


class FunctionEventAvg(_Times):
    """All calls under one name."""

    def __init__(self, key: str, is_user_annotation: bool = False):
        self.key, self.is_user_annotation = key, is_user_annotation
        self.count, self.cpu_time_total, self.self_cpu_time_total = 0, 0.0, 0.0

    def add(self, other: _Times) -> FunctionEventAvg:
        """Count another call, or those of another average, in."""
        self.count += other.count
        self.cpu_time_total += other.cpu_time_total
        self.self_cpu_time_total += other.self_cpu_time_total
        return self

    def __repr__(self) -> str:
        return (
            f"<FunctionEventAvg key={self.key} count={self.count} cpu_time={_text(self.cpu_time)} "
            f"self_cpu_time={_text(self.self_cpu_time_total / max(self.count, 1))}>"
        )


class EventList(list):
    """Events, or averages of them."""

    @property
    def self_cpu_time_total(self) -> float:
        """The sum of what the events took by themselves, in microseconds."""
        return sum(event.self_cpu_time_total for event in self)

    def key_averages(self, group_by_input_shape: bool = False, group_by_stack_n: int = 0) -> EventList:
        """One average for each name.

        Raises
        ------
        NotImplementedError
            If they are to be told apart by shapes or stacks, which are not recorded.
        """
        if group_by_input_shape or group_by_stack_n:
            raise NotImplementedError("key_averages: shapes and stacks are not recorded; averages are by name alone")
        found: dict[str, FunctionEventAvg] = {}
        for event in self:
            found.setdefault(event.key, FunctionEventAvg(event.key, event.is_user_annotation)).add(event)
        return EventList(found.values())

    def total_average(self) -> FunctionEventAvg:
        """One average of all."""
        total = FunctionEventAvg("Total")
        for event in self:
            total.add(event)
        return total

    def table(
        self,
        sort_by: str | None = None,
        row_limit: int = 100,
        max_src_column_width: int = 75,
        max_name_column_width: int = 55,
        max_shapes_column_width: int = 80,
        header: str | None = None,
        top_level_events_only: bool = False,
    ) -> str:
        """The events as text, one a line.

        Parameters
        ----------
        sort_by : ``"cpu_time_total"``, ``"self_cpu_time_total"``, ``"cpu_time"`` or ``"count"``: largest first; by default
            in order
        row_limit : so many at most, -1 for all
        max_name_column_width : longer names are cut
        header : a line above
        max_src_column_width, max_shapes_column_width, top_level_events_only : kept for PyTorch's sake

        Raises
        ------
        AttributeError
            If there is nothing to sort by under that name.
        """
        rows = sorted(self, key=lambda event: getattr(event, sort_by), reverse=True) if sort_by else list(self)
        rows = rows if row_limit < 0 else rows[:row_limit]
        whole = self.self_cpu_time_total
        columns: dict[str, Callable[[Any], str]] = {
            "Name": lambda event: _cut(event.key, max_name_column_width),
            "Self CPU %": lambda event: _share(event.self_cpu_time_total, whole),
            "Self CPU": lambda event: _text(event.self_cpu_time_total),
            "CPU total %": lambda event: _share(event.cpu_time_total, whole),
            "CPU total": lambda event: _text(event.cpu_time_total),
            "CPU time avg": lambda event: _text(event.cpu_time),
            "# of Calls": lambda event: str(event.count),
        }
        lines = [list(columns), *([cell(event) for cell in columns.values()] for event in rows)]
        widths = [max(12, *(len(line[column]) for line in lines)) for column in range(len(columns))]
        rule = "  ".join("-" * width for width in widths)
        body = ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
        top = [header] if header else []
        return "\n".join([*top, rule, body[0], rule, *body[1:], rule, f"Self CPU time total: {_text(whole)}", ""])

    def export_chrome_trace(self, path: str | os.PathLike) -> None:
        """Write the events as JSON, which chrome://tracing and Perfetto show."""
        process = os.getpid()
        events = [
            {
                "ph": "X", "cat": "user_annotation" if event.is_user_annotation else "cpu_op", "name": event.name,
                "pid": process, "tid": event.thread, "ts": event.time_range.start, "dur": event.cpu_time_total,
            }
            for event in self
        ]  # fmt: skip
        trace = {"schemaVersion": 1, "displayTimeUnit": "ms", "traceEvents": events}
        Path(path).write_text(json.dumps(trace), encoding="utf-8")


def _text(microseconds: float) -> str:
    for size, unit in ((1e6, "s"), (1e3, "ms")):
        if microseconds >= size:
            return f"{microseconds / size:.3f}{unit}"
    return f"{microseconds:.3f}us"


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "NaN"


def _cut(name: str, width: int | None) -> str:
    return name if width is None or len(name) <= width else name[: width - 3] + "..."
