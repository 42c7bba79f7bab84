"""The profiler: what it counts, when it records, what it writes."""

from __future__ import annotations

import json
import sys

import pytest
import torch

import autograd
from autograd.profiler import ProfilerAction, profile, record_function

BOTH = pytest.mark.parametrize("lib", [autograd, torch], ids=["ours", "theirs"])


def work():
    x = autograd.ones(3, requires_grad=True)
    with record_function("loss"):
        loss = (x * x).sum()
    loss.backward()


def test_counts_by_name():
    before = sys.getprofile()
    with profile(activities=[autograd.profiler.ProfilerActivity.CPU]) as profiled:
        work()
        work()
    assert sys.getprofile() is before
    averages = {average.key: average for average in profiled.key_averages()}
    assert {key: average.count for key, average in averages.items()} == {
        "ones": 2, "loss": 2, "multiply": 2, "sum": 2, "sumBackward": 2, "multiplyBackward": 2,
    }  # fmt: skip
    loss = averages["loss"]
    inside = averages["multiply"].cpu_time_total + averages["sum"].cpu_time_total
    assert loss.cpu_time_total > inside > 0 and loss.cpu_time * 2 == loss.cpu_time_total
    assert loss.self_cpu_time_total == pytest.approx(loss.cpu_time_total - inside)
    total = profiled.total_average()
    assert total.count == 12 and total.self_cpu_time_total == pytest.approx(profiled.self_cpu_time_total)
    assert profiled.function_events is profiled.events() and "name=ones" in repr(profiled.events()[0])
    assert "key=loss count=2" in repr(loss)


def test_operations_of_several_results_and_errors():
    with profile() as profiled:
        x = autograd.tensor([[3.0, 1.0], [1.0, 2.0]], requires_grad=True)
        autograd.linalg.eigh(x)[0].sum().backward()
        with pytest.raises(RuntimeError):
            x @ autograd.ones(3)
        autograd.ones(1)
    events = {event.name: event for event in profiled.events()}
    assert events["eighBackward"].cpu_time_total > 0
    assert events["matmul"].cpu_time_total > 0 and events["ones"].cpu_parent is not events["matmul"]


def test_tables():
    with profile() as profiled:
        work()
    averages = profiled.key_averages()
    lines = averages.table(sort_by="count", row_limit=2, header="all", max_name_column_width=5).splitlines()
    assert lines[0] == "all" and len(lines) == 8 and lines[-1].startswith("Self CPU time total: ")
    for title in ("Name", "Self CPU %", "Self CPU", "CPU total %", "CPU total", "CPU time avg", "# of Calls"):
        assert title in lines[2]
    assert "mu..." in averages.table(max_name_column_width=5)
    assert len(profiled.table(row_limit=-1).splitlines()) == 5 + len(profiled.events())
    times = [average.cpu_time_total for average in averages]
    first = averages.table(sort_by="cpu_time_total").splitlines()[3]
    assert averages[times.index(max(times))].key in first
    assert averages.table(sort_by="cuda_time_total") == averages.table()
    with pytest.raises(AttributeError, match="speed"):
        averages.table(sort_by="speed")
    with pytest.raises(NotImplementedError, match="shapes and stacks are not recorded"):
        profiled.key_averages(group_by_input_shape=True)
    empty = autograd.profiler.EventList()
    assert len(empty.table().splitlines()) == 5 and empty.total_average().cpu_time == 0


def test_times_as_text():
    average = autograd.profiler.FunctionEventAvg("slow")
    for time, text in ((12.5, "12.500us"), (12_500, "12.500ms"), (12_500_000, "12.500s")):
        average.cpu_time_total, average.count = time, 1
        assert text in autograd.profiler.EventList([average]).table()


def test_traces(tmp_path):
    with profile() as profiled:
        work()
    profiled.export_chrome_trace(tmp_path / "trace.json")
    events = json.loads((tmp_path / "trace.json").read_text())["traceEvents"]
    kinds = {event["name"]: event["cat"] for event in events}
    assert kinds["loss"] == "user_annotation" and kinds["multiply"] == "cpu_op"
    loss, inner = (next(e for e in events if e["name"] == name) for name in ("loss", "multiply"))
    assert loss["ts"] <= inner["ts"] and inner["ts"] + inner["dur"] <= loss["ts"] + loss["dur"]


@pytest.mark.parametrize("options", [
    {"wait": 1, "warmup": 1, "active": 2}, {"wait": 0, "warmup": 0, "active": 1, "repeat": 2},
    {"wait": 2, "warmup": 1, "active": 1, "repeat": 2, "skip_first": 3},
    {"wait": 2, "warmup": 1, "active": 1, "repeat": 2, "skip_first": 1, "skip_first_wait": 1},
])  # fmt: skip
@pytest.mark.filterwarnings("ignore:Profiler")
def test_schedules(options):
    ours, theirs = (lib.profiler.schedule(**options) for lib in (autograd, torch))
    assert [ours(step).name for step in range(14)] == [theirs(step).name for step in range(14)]


@BOTH
def test_schedules_that_cannot_be(lib):
    with pytest.raises(AssertionError, match="Invalid profiler schedule arguments"):
        lib.profiler.schedule(wait=0, warmup=0, active=0)


def recorded(lib, **options):
    """The step at which each trace was handed over, and whether steps are labelled in it."""
    found = []

    def ready(profiled):
        keys = {average.key for average in profiled.key_averages()}
        found.append((profiled.step_num, "ProfilerStep*" in keys))

    with lib.profiler.profile(
        activities=[lib.profiler.ProfilerActivity.CPU], on_trace_ready=ready, **options
    ) as profiled:
        for _ in range(7):
            lib.ones(2).add(1)
            profiled.step()
    return found


@pytest.mark.parametrize(
    "options", [None, {"wait": 1, "warmup": 1, "active": 2, "repeat": 1}, {"wait": 1, "warmup": 0, "active": 2}]
)
@pytest.mark.filterwarnings("ignore:Profiler", "ignore:Warning")
def test_handing_over(options):
    ours, theirs = (
        recorded(lib, **({"schedule": lib.profiler.schedule(**options)} if options else {}))
        for lib in (autograd, torch)
    )
    assert ours == theirs


def test_schedules_of_ones_own():
    actions = [ProfilerAction.RECORD, ProfilerAction.NONE, ProfilerAction.WARMUP]
    with profile(schedule=actions.__getitem__) as profiled:
        autograd.ones(1)
        profiled.step()
        profiled.step()
    assert {event.name for event in profiled.events()} == {"ones", "ProfilerStep#0"}


def test_without_effect():
    with profile(enabled=False) as profiled:
        work()
        profiled.step()
    with pytest.raises(RuntimeError, match="didn't finish running"):
        profiled.key_averages()
    with record_function("outside"):
        work()


def test_one_in_another():
    with profile() as outer, record_function("all"):
        with autograd.autograd.profiler.profile() as inner:
            autograd.ones(1)
        autograd.zeros(1)
    assert [event.name for event in inner.events()] == ["ones"]
    assert [event.name for event in outer.events()] == ["all", "zeros"]


def test_a_label_that_lasts_longer():
    label = record_function("open")
    with profile() as profiled:
        label.__enter__()
    label.__exit__()
    assert profiled.events()[0].cpu_time_total > 0


def test_files_for_tensorboard(tmp_path):
    with profile(on_trace_ready=autograd.profiler.tensorboard_trace_handler(tmp_path / "runs", "me")):
        work()
    (path,) = (tmp_path / "runs").iterdir()
    assert path.name.startswith("me.") and path.name.endswith(".pt.trace.json") and json.loads(path.read_text())
    with pytest.raises(NotImplementedError, match="use_gzip"):
        autograd.profiler.tensorboard_trace_handler("runs", use_gzip=True)


def test_the_hook_by_hand():
    """While the interpreter calls it, measurements of coverage do not see its lines."""
    recorder, frames = autograd.profiler.record.Recorder(), []
    for name in ("add", "backward", "make"):
        space: dict = {"sys": sys}
        exec(compile(f"def {name}(node): return sys._getframe()", f"<autograd {name}>", "exec"), space)
        frames.append(space[name](autograd.ones(1, requires_grad=True).exp().node))
    assert recorder._names[autograd.functions.creation.finish.__code__] is None
    for frame in (*frames, sys._getframe()):
        for what in ("call", "c_call", "return"):
            recorder._hook(frame, what, None)
    assert [event.name for event in recorder.events] == ["add", "expBackward"]
