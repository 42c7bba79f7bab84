"""Timing of small programs, by PyTorch's names: `Timer`, whose methods return a `Measurement`."""

from __future__ import annotations

import statistics
import timeit
from collections.abc import Callable
from typing import Any

from autograd import cuda
from autograd.settings import threads

__all__ = ["Measurement", "Timer", "timer"]


def timer() -> float:
    """Seconds on a clock; what runs on a GPU is waited for."""
    if cuda.is_available():
        cuda.synchronize()
    return timeit.default_timer()


class Measurement:
    """Times of a statement, in seconds.

    Parameters
    ----------
    number_per_run : how often the statement ran for each time
    raw_times : how long so many runs took
    label, sub_label, description, num_threads : what was measured
    """

    def __init__(
        self,
        number_per_run: int,
        raw_times: list[float],
        label: str | None = None,
        sub_label: str | None = None,
        description: str | None = None,
        num_threads: int = 1,
    ):
        self.number_per_run, self.raw_times = number_per_run, raw_times
        self.label, self.sub_label, self.description, self.num_threads = label, sub_label, description, num_threads

    @property
    def times(self) -> list[float]:
        """Of one run each."""
        return [time / self.number_per_run for time in self.raw_times]

    @property
    def mean(self) -> float:
        """Their mean."""
        return statistics.fmean(self.times)

    @property
    def median(self) -> float:
        """Their median."""
        return statistics.median(self.times)

    @property
    def iqr(self) -> float:
        """How far the first quartile is from the third."""
        if len(self.raw_times) < 2:
            return 0.0
        first, _, third = statistics.quantiles(self.times, n=4, method="inclusive")
        return third - first

    @property
    def title(self) -> str:
        """What was measured."""
        return ": ".join(part for part in (self.label, self.sub_label) if part)

    def __repr__(self) -> str:
        count, several = len(self.raw_times), len(self.raw_times) > 1
        width = f"{self.num_threads} thread{'s' if self.num_threads > 1 else ''}"
        runs = f"{count} measurements, {self.number_per_run} runs per measurement, {width}"
        lines = [
            f"{object.__repr__(self)}",
            self.title,
            self.description or "",
            f"  Median: {_text(self.median)}" if several else f"  {_text(self.median)}",
            f"  IQR:    {_text(self.iqr)}" if several else "",
            f"  {runs}" if several else f"  1 measurement, {self.number_per_run} runs , {width}",
        ]
        return "\n".join(line for line in lines if line)


class Timer:
    """Measures how long a statement takes.

    Parameters
    ----------
    stmt : the statement
    setup, global_setup : what runs once before
    timer : a clock in seconds
    globals : the names that the statement knows
    label, sub_label, description, env : for the measurement's text
    num_threads : how many threads the libraries beneath NumPy may use meanwhile, see `autograd.set_num_threads`

    Examples
    --------
    >>> import autograd
    >>> from autograd.utils.benchmark import Timer
    >>> measured = Timer("x + 1", globals={"x": autograd.ones(3)}).timeit(10)
    >>> measured.mean > 0, measured.number_per_run
    (True, 10)
    """

    def __init__(
        self,
        stmt: str = "pass",
        setup: str = "pass",
        global_setup: str = "",
        timer: Callable[[], float] = timer,
        globals: dict[str, Any] | None = None,
        label: str | None = None,
        sub_label: str | None = None,
        description: str | None = None,
        env: str | None = None,
        num_threads: int = 1,
    ):
        names = dict(globals or {})
        before = "\n".join(part for part in (global_setup, setup) if part)
        self._timer = timeit.Timer(stmt, before, timer, names)
        self._label = label or f"stmt = {stmt}", sub_label, description, num_threads
        self.num_threads = num_threads

    def timeit(self, number: int = 1000000) -> Measurement:
        """One time, of so many runs; a hundredth of them go before, to warm up."""
        return self._measured(lambda: self._one(number))

    def blocked_autorange(
        self, callback: Callable[[int, float], Any] | None = None, min_run_time: float = 0.2
    ) -> Measurement:
        """Times of blocks of runs, that are long enough for the clock not to count, until `min_run_time` has passed.

        Parameters
        ----------
        callback : called after each block with the number of its runs and their time
        min_run_time : in seconds
        """

        def blocks() -> tuple[int, list[float]]:
            number = self._block(min_run_time)
            times: list[float] = []
            while sum(times) < min_run_time:
                times.append(self._timer.timeit(number))
                if callback is not None:
                    callback(number, times[-1])
            return number, times

        return self._measured(blocks)

    def _one(self, number: int) -> tuple[int, list[float]]:
        self._timer.timeit(max(number // 100, 2))
        return number, [self._timer.timeit(number)]

    def _block(self, min_run_time: float) -> int:
        """How many runs a block has: the clock then is a thousandth of it, or the block all of the time."""
        clock = statistics.median(timeit.Timer("pass").timeit(0) for _ in range(5))
        number = 1
        while True:
            taken = self._timer.timeit(number)
            if taken >= min(min_run_time, max(clock * 1000, min_run_time / 1000)):
                return number
            number *= 10

    def _measured(self, measure: Callable[[], tuple[int, list[float]]]) -> Measurement:
        with threads(self.num_threads):
            number, times = measure()
        return Measurement(number, times, *self._label)


def _text(seconds: float) -> str:
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "us")):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-9:.2f} ns"
