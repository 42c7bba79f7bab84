"""Streams and events: what they ask of CuPy, on one that is not there, and on a GPU that they order and time."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import autograd
from autograd.cuda import streams
from tests.arrays import to_numpy


class Fake:
    """Streams and events of CuPy, which keep what they are asked."""

    def __init__(self, calls, *options, **more):
        self.calls, self.options, self.done = calls, (options, more), True

    def __getattr__(self, name):
        return lambda *arguments: self.calls.append((name, arguments))

    def __enter__(self):
        self.calls.append("enter")

    def __exit__(self, *error):
        self.calls.append("exit")


@pytest.fixture
def calls(monkeypatch):
    found: list = []
    current = Fake(found)
    driver = SimpleNamespace(
        Event=lambda *options: Fake(found, *options),
        Stream=lambda **options: Fake(found, **options),
        Device=lambda index: Fake([]),
        runtime=SimpleNamespace(getDevice=lambda: 0),
        get_current_stream=lambda: current,
        get_elapsed_time=lambda start, end: 1.5,
    )
    for place in (streams, autograd.cuda):
        monkeypatch.setattr(place, "load", lambda: SimpleNamespace(cuda=driver))
    return found


def test_events(calls):
    start, end = autograd.cuda.Event(enable_timing=True), autograd.cuda.Event()
    assert start.raw.options == ((False, False, False), {}) and end.raw.options == ((False, True, False), {})
    start.record()
    end.record(autograd.cuda.current_stream())
    end.synchronize()
    end.wait()
    now = autograd.cuda.current_stream().raw
    assert calls == [("record", (None,)), ("record", (now,)), ("synchronize", ()), ("wait_event", (end.raw,))]
    assert end.query() and start.elapsed_time(end) == 1.5


def test_streams(calls):
    first, second = autograd.cuda.Stream(), autograd.cuda.Stream(device="cuda:0")
    assert first.raw.options == ((), {"non_blocking": True}) and first.query()
    with autograd.cuda.stream(first), autograd.cuda.stream(None):
        calls.append("work")
    second.wait_stream(first)
    mark = autograd.cuda.Event()
    assert second.record_event(mark) is mark
    mark.wait(second)
    second.synchronize()
    names = [call if isinstance(call, str) else call[0] for call in calls]
    assert names == ["enter", "work", "exit", "record", "wait_event", "record", "wait_event", "synchronize"]
    assert calls[3][1] == (first.raw,)


def test_memory_without_a_device(monkeypatch):
    monkeypatch.setattr(autograd.cuda, "is_available", lambda: False)
    assert autograd.cuda.memory_allocated() == autograd.cuda.memory_reserved() == 0


@pytest.mark.cuda_only
def test_on_a_gpu():
    start, end, side = autograd.cuda.Event(True), autograd.cuda.Event(True), autograd.cuda.Stream()
    start.record()
    x = autograd.ones(256, 256, device="cuda")
    side.wait_stream(autograd.cuda.current_stream())
    with autograd.cuda.stream(side):
        y = x @ x
    autograd.cuda.current_stream().wait_stream(side)
    end.record()
    end.synchronize()
    assert end.query() and start.elapsed_time(end) >= 0 and (to_numpy(y) == 256).all()
