"""Counts and times of operations by name, PyTorch's names: `profile`, `record_function`, `schedule`."""

from __future__ import annotations

from autograd._lazy import suggesting
from autograd.profiler.events import EventList, FunctionEvent, FunctionEventAvg
from autograd.profiler.record import record_function
from autograd.profiler.session import (
    ProfilerAction, ProfilerActivity, profile, schedule, supported_activities, tensorboard_trace_handler,
)  # fmt: skip

__all__ = [
    "EventList", "FunctionEvent", "FunctionEventAvg", "ProfilerAction", "ProfilerActivity", "profile",
    "record_function", "schedule", "supported_activities", "tensorboard_trace_handler",
]  # fmt: skip

__getattr__ = suggesting(__name__)
