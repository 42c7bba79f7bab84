"""Python's `multiprocessing` under PyTorch's name, and `spawn`. Tensors travel between processes as copies."""

from __future__ import annotations

import multiprocessing
import sys
import traceback
from collections.abc import Callable
from multiprocessing import connection
from typing import Any

__all__ = [
    "ProcessContext", "ProcessExitedException", "ProcessRaisedException", "SpawnContext", "get_all_sharing_strategies",
    "get_sharing_strategy", "set_sharing_strategy", "spawn", "start_processes",
]  # fmt: skip


class ProcessException(Exception):
    """A process of `spawn` failed: the `error_index`-th, with the process id `error_pid`."""

    def __init__(self, msg: str, error_index: int, pid: int):
        super().__init__(msg)
        self.msg, self.error_index, self.error_pid = msg, error_index, pid


class ProcessRaisedException(ProcessException):
    """Its function raised an error; the message has the traceback."""


class ProcessExitedException(ProcessException):
    """It ended by itself, with an exit code that is not 0, or by a signal."""

    def __init__(self, msg: str, error_index: int, error_pid: int, exit_code: int):
        super().__init__(msg, error_index, error_pid)
        self.exit_code = exit_code


class ProcessContext:
    """The processes that `spawn` started."""

    def __init__(self, processes: list, errors: list):
        self.processes, self._errors = processes, errors

    def pids(self) -> list[int]:
        """Their ids."""
        return [process.pid for process in self.processes]

    def _failed(self) -> list[int]:
        return [index for index, process in enumerate(self.processes) if process.exitcode]

    def join(self, timeout: float | None = None) -> bool:
        """Wait until one fails or all have ended; whether all have.

        Raises
        ------
        ProcessRaisedException
            If the function raised an error in one of them; the others are ended.
        ProcessExitedException
            If one ended in another way.
        """
        alive = [process.sentinel for process in self.processes if process.is_alive()]
        failed = self._failed()  # those that had ended before there was anybody to wait
        if alive and not failed:
            connection.wait(alive, timeout)
            failed = self._failed()
        if not failed:
            return not any(process.is_alive() for process in self.processes)
        for process in self.processes:
            if process.is_alive():
                process.terminate()
            process.join()
        index = failed[0]
        process = self.processes[index]
        if not self._errors[index].empty():
            text = f"\n\n-- Process {index} terminated with the following error:\n{self._errors[index].get()}"
            raise ProcessRaisedException(text, index, process.pid)
        text = f"process {index} terminated with exit code {process.exitcode}"
        raise ProcessExitedException(text, index, process.pid, process.exitcode)


SpawnContext = ProcessContext


def spawn(
    fn: Callable,
    args: tuple = (),
    nprocs: int = 1,
    join: bool = True,
    daemon: bool = False,
    start_method: str = "spawn",
) -> ProcessContext | None:
    """Call ``fn(i, *args)`` in `nprocs` processes, i counting them.

    Parameters
    ----------
    fn : a function of a module, so that it can be pickled
    args : further arguments
    nprocs : how many processes
    join : whether to wait for all of them; if not, a `ProcessContext` to wait with is returned
    daemon : whether they end with this process
    start_method : ``"spawn"``, ``"fork"`` or ``"forkserver"``

    Raises
    ------
    ProcessRaisedException, ProcessExitedException
        With `join`, if one of them fails.
    """
    context: Any = multiprocessing.get_context(start_method)
    processes, errors = [], []
    for index in range(nprocs):
        errors.append(context.SimpleQueue())
        processes.append(context.Process(target=_run, args=(fn, index, args, errors[-1]), daemon=daemon))
        processes[-1].start()
    started = ProcessContext(processes, errors)
    if not join:
        return started
    while not started.join():
        pass
    return None


start_processes = spawn


def _run(fn: Callable, index: int, args: tuple, errors: Any) -> None:
    try:
        fn(index, *args)
    except Exception:
        errors.put(traceback.format_exc())
        sys.exit(1)


def get_all_sharing_strategies() -> set[str]:
    """The one there is: tensors are copied through pipes, so no strategy shares their memory."""
    return {"file_descriptor"}


def get_sharing_strategy() -> str:
    """PyTorch's default."""
    return "file_descriptor"


def set_sharing_strategy(new_strategy: str) -> None:
    """Accepted for PyTorch's sake, with either of its names: tensors are copied.

    Raises
    ------
    AssertionError
        For another name.
    """
    if new_strategy not in ("file_descriptor", "file_system"):
        raise AssertionError(f"set_sharing_strategy: {new_strategy!r} is not 'file_descriptor' or 'file_system'")


def __getattr__(name: str) -> Any:
    """`Process`, `Queue`, `set_start_method` and the rest, which are Python's."""
    if name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(multiprocessing, name)
