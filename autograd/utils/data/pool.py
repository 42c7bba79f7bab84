"""The parent's side of worker processes: starts them, talks to them, notices their death, ends them."""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import signal
import threading
import time
import warnings
from collections.abc import Sequence
from multiprocessing import connection
from multiprocessing.reduction import ForkingPickler
from typing import Any

from autograd.utils.data import shared, worker

_GRACE = 2.0  # seconds for workers to end by themselves, then for those that were terminated


class Pool:
    """Worker processes, each with a pipe and with blocks of shared memory.

    Parameters
    ----------
    context : of `multiprocessing`
    jobs : what each worker is told, but for its blocks' prefix

    Attributes
    ----------
    open : whether the workers may be used
    failure : what was raised when one of them died
    """

    def __init__(self, context: Any, jobs: Sequence[worker.Job]):
        shared.prepare()
        self._owner = os.getpid()
        self.open = True
        self.failure: str | None = None
        self._processes: list[Any] = []
        self._pipes: list[Any] = []
        self._readers: list[shared.Reader] = []
        self._sender: Sender | None = None
        token = f"rg{self._owner}_{secrets.token_hex(4)}"
        try:
            for job in jobs:
                self._start(context, job._replace(prefix=f"{token}_{job.worker}_"))
        except BaseException:
            self.shutdown()
            raise
        self._sender = Sender(self._pipes)  # after the forks, which a thread would burden

    def _start(self, context: Any, job: worker.Job) -> None:
        ours, theirs = context.Pipe()
        worker.parents_ends.add(ours)
        self._pipes.append(ours)
        try:
            process = context.Process(target=worker.process, args=(theirs, job), daemon=True)
            with warnings.catch_warnings(), worker.interrupts_held():
                # Python warns of forking beside threads, which BLAS always has; they hold no lock that a worker takes.
                warnings.filterwarnings("ignore", ".*multi-threaded.*fork", DeprecationWarning)
                process.start()
        finally:
            theirs.close()
        self._processes.append(process)
        self._readers.append(shared.Reader(job.prefix))

    def send(self, which: int, number: int, indices: Any, restart: str | None) -> None:
        """Ask a worker for a batch; `restart` begins an epoch, with random numbers from there unless it is empty.

        Of a dead worker `receive` tells.
        """
        assert self._sender is not None
        self._sender.send(which, (number, indices, self._readers[which].take_returned(), restart))

    def receive(self, timeout: float | None) -> list[tuple]:
        """Answers as (worker, number, kind, ...): those that came, at least one unless the time is over.

        Raises
        ------
        RuntimeError
            If a worker is dead.
        """
        sentinels = {process.sentinel: which for which, process in enumerate(self._processes)}
        pipes = {id(pipe): which for which, pipe in enumerate(self._pipes)}
        ready = connection.wait([*self._pipes, *sentinels], timeout)
        answers, dead = [], []
        for item in ready:
            which = sentinels[item] if isinstance(item, int) else pipes[id(item)]
            if isinstance(item, int):
                dead.append(which)
                continue
            try:
                answer = self._pipes[which].recv()
            except (EOFError, OSError):
                dead.append(which)
                continue
            if answer[1] == worker.BATCH:
                self._readers[which].accept(answer[2])
            answers.append((which, *answer))
        if dead:
            raise self._death(dead[0])
        return answers

    def read(self, which: int, parcel: shared.Parcel) -> Any:
        """A worker's batch, and its random numbers' states where they changed."""
        return self._readers[which].read(parcel)

    def refuse(self, which: int, parcel: shared.Parcel) -> None:
        """Give back a batch that nobody waits for any more."""
        self._readers[which].refuse(parcel)

    def _death(self, which: int) -> RuntimeError:
        """What to raise for a dead worker; the others are ended."""
        process = self._processes[which]
        process.join(_GRACE)
        pid, code = process.pid, process.exitcode
        self.shutdown(grace=0.0)
        if code is not None and code < 0:
            hint = "; it may be out of shared memory, see /dev/shm" if -code == signal.SIGBUS else ""
            how = f"(pid {pid}) is killed by signal: {signal.strsignal(-code)}. It was worker {which}{hint}."
        else:
            how = f"(pid(s) {pid}) exited unexpectedly: worker {which} with exit code {code}."
        self.failure = f"DataLoader worker {how}"
        return RuntimeError(self.failure)

    def shutdown(self, grace: float = _GRACE) -> None:
        """End the workers, by force after `grace` seconds, and leave nothing of them; only who started them may."""
        if os.getpid() != self._owner or not self.open:
            return
        self.open = False
        sender = self._sender or Sender(self._pipes)
        try:
            for which in range(len(self._pipes)):
                sender.send(which, None)
            sender.end(grace)
            self._join(grace)
        finally:
            for process in self._processes:
                process.kill()
            sender.end(_GRACE)  # what it was writing to is gone
            for pipe in self._pipes:
                pipe.close()
            for process, reader in zip(self._processes, self._readers):
                process.join()
                process.close()
                reader.sweep()

    def _join(self, grace: float) -> None:
        """Wait for the workers, then terminate those that are still busy and wait for these."""
        for patience in (grace, _GRACE):
            end = time.monotonic() + patience
            for process in self._processes:
                process.join(max(0.0, end - time.monotonic()))
            if all(process.exitcode is not None for process in self._processes):
                return
            for process in self._processes:
                process.terminate()


class Sender:
    """A thread that writes to pipes.

    A write wakes a worker, and where there are few cores it takes the place of the program that wrote: without the
    thread, asking for a batch would cost the loop a time slice.

    Parameters
    ----------
    pipes : the connections, by number
    """

    def __init__(self, pipes: Sequence[Any]):
        self._pipes = pipes
        self._messages: queue.SimpleQueue = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="DataLoader sender", daemon=True)
        self._thread.start()

    def send(self, which: int, message: Any) -> None:
        """Have a message written; what cannot be pickled raises here."""
        self._messages.put((which, ForkingPickler.dumps(message)))

    def _run(self) -> None:
        for which, message in iter(self._messages.get, None):
            with contextlib.suppress(OSError):  # who reads the answers tells of a dead worker
                self._pipes[which].send_bytes(message)

    def end(self, patience: float) -> None:
        """Let it write what is left and end; wait for that, but no longer than so many seconds."""
        self._messages.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join(patience)
