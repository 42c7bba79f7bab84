"""`autograd.utils.benchmark`: how often a statement runs, and the figures of its times."""

from __future__ import annotations

import pytest
from torch.utils import benchmark as theirs

import autograd
from autograd.utils import benchmark


class Clock:
    """A clock that every run of the statement moves on by a millisecond, and each reading by nothing."""

    def __init__(self):
        self.now = 0.0

    def run(self):
        self.now += 0.001

    def __call__(self):
        return self.now


def timer_of(module, **options):
    clock = Clock()
    return module.Timer("run()", timer=clock, globals={"run": clock.run}, **options), clock


@pytest.mark.parametrize("module", [benchmark, theirs], ids=["ours", "theirs"])
def test_one_time(module):
    threads = autograd.get_num_threads()
    measured = timer_of(module)[0].timeit(200)
    assert measured.number_per_run == 200 and measured.raw_times == pytest.approx([0.2])
    assert measured.mean == measured.median == pytest.approx(0.001) and measured.iqr == 0
    assert "200 runs , 1 thread" in repr(measured) and autograd.get_num_threads() == threads


def test_blocks_of_runs():
    blocks = []
    measured = timer_of(benchmark)[0].blocked_autorange(lambda *block: blocks.append(block), min_run_time=0.05)
    assert sum(measured.raw_times) >= 0.05 and blocks == [
        (measured.number_per_run, time) for time in measured.raw_times
    ]
    assert measured.median == pytest.approx(0.001)
    quick = benchmark.Timer("x + 1", "x = y", "y = 1").blocked_autorange(min_run_time=0.002)
    assert quick.number_per_run >= 10 and quick.mean > 0


@pytest.mark.parametrize("times", [[4.0, 1.0, 3.0, 2.0], [0.5], [2e-6, 3e-6], [0.2, 0.1, 0.4]])
def test_figures(times):
    task = theirs.TaskSpec("f()", "pass", label="product", sub_label="small", description="first", num_threads=2)
    other = theirs.Measurement(2, times, task)
    mine = benchmark.Measurement(2, times, "product", "small", "first", 2)
    for name in ("times", "mean", "median", "iqr"):
        assert getattr(mine, name) == pytest.approx(getattr(other, name))
    assert mine.title == other.title == "product: small"
    lines = repr(mine).splitlines()
    assert lines[1:3] == ["product: small", "first"] and lines[-1] in repr(other).splitlines()


def test_threads_meanwhile():
    seen = []
    benchmark.Timer("look()", globals={"look": lambda: seen.append(autograd.get_num_threads())}, num_threads=2).timeit(
        1
    )
    assert seen == [2] * 3


def test_the_clock():
    first = benchmark.timer()
    assert benchmark.timer() >= first > 0
