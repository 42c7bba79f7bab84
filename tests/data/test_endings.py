"""However a loop over workers ends, no process and no block of shared memory is left."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import pytest

from autograd.utils.data import DataLoader
from autograd.utils.data.shared import Reader, Writer, prepare
from tests.data import datasets
from tests.data.datasets import Numbers, Squares
from tests.data.leftovers import assert_nothing_left, blocks, children

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from autograd.utils.data import DataLoader
from tests.data import datasets
from tests.data.leftovers import children

def main():
    {body}

if __name__ == "__main__":
    main()
"""


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    yield
    assert_nothing_left()


def loader(**options: object) -> DataLoader:
    return DataLoader(Squares(100, (500,)), 2, num_workers=2, **options)  # type: ignore[arg-type]


def test_breaking_out():
    for _ in loader():
        assert len(children()) >= 2
        break
    assert_nothing_left()


def test_an_exception_in_the_loop():
    with pytest.raises(ZeroDivisionError):
        for _ in loader():
            1 / 0  # noqa: B018
    assert_nothing_left()


@pytest.mark.parametrize("persistent", [False, True])
def test_dropping_the_iterator_or_the_loader(persistent: bool):
    source = loader(persistent_workers=persistent)
    batches = iter(source)
    batch = next(batches)
    del batches, source
    assert_nothing_left()
    assert batch[0][1, 0].item() == 1


def test_kept_workers_end_with_their_loader_at_once():
    gc.collect()
    gc.disable()
    try:
        for _ in range(2):
            source = loader(persistent_workers=True)
            assert len(list(source)) == len(list(source)) == len(iter(source)) == 50
            del source
            assert not children()
        assert len(list(loader(persistent_workers=True))) == 50  # the loop alone holds the loader
        assert not children()
    finally:
        gc.enable()


def test_an_iterator_in_a_cycle():
    batches = iter(loader())
    batches.itself = batches  # type: ignore[attr-defined]
    del batches
    gc.collect()
    assert_nothing_left()


def test_two_loaders_at_once():
    for first, second in zip(loader(), loader(persistent_workers=True)):
        assert first[1].tolist() == second[1].tolist()
        if first[1][0].item() > 400:
            break


def test_a_busy_worker_is_ended():
    batches = iter(DataLoader(Numbers(1, datasets.sleep), num_workers=1))
    next(batches)
    started = time.monotonic()
    del batches
    assert time.monotonic() - started < 4


def test_a_fork_of_the_program_leaves_the_workers_alone():
    batches = iter(loader())
    next(batches)
    pid = os.fork()
    if not pid:
        del batches
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    assert len(list(batches)) == 49


def run(body: str, start: str, send: int | None = None) -> subprocess.Popen:
    """A program with a loop, up to its end or, after its first line, up to a signal."""
    lines = body.format(start=start).replace("\n", "\n    ")
    program = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PROGRAM.format(body=lines)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert program.stdout is not None
    program.first = [int(pid) for pid in program.stdout.readline().split()]  # type: ignore[attr-defined]
    if send == signal.SIGINT:
        os.killpg(program.pid, send)  # as the terminal's Ctrl-C does
    elif send is not None:
        program.send_signal(send)
    program.error = program.communicate(timeout=30)[1]  # type: ignore[attr-defined]
    return program


def assert_gone(program: int, pids: list[int], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while any(Path(f"/proc/{pid}").exists() for pid in pids) or blocks(program):
        assert time.monotonic() < end, f"left over: {pids}, {blocks(program)}"
        time.sleep(0.05)


LOOP = """loader = DataLoader(datasets.Squares(1000), 2, num_workers=2, multiprocessing_context="{start}")
global batches, batch
batches = iter(loader)
batch = next(batches)
print(*children(), flush=True)
"""


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_program_that_ends_in_the_middle(start: str):
    program = run(LOOP, start)
    assert (program.returncode, program.error) == (0, "")  # type: ignore[attr-defined]
    assert len(program.first) == 2  # type: ignore[attr-defined]
    assert_gone(program.pid, program.first, 0.5)  # type: ignore[attr-defined]


@pytest.mark.parametrize("waits", ["import time; time.sleep(30)", "for batch in batches: pass"])
def test_ctrl_c(waits: str):
    body = LOOP.replace("Squares(1000)", "Numbers(8, datasets.sleep)").replace(", 2, num", ", 1, num") + waits
    # A shell that runs the suite in the background ignores the key for all that it starts.
    body = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n" + body
    program = run(body, "fork", signal.SIGINT)
    assert program.returncode == -signal.SIGINT
    error = program.error  # type: ignore[attr-defined]
    assert error.count("Traceback") == 1 and error.rstrip().endswith("KeyboardInterrupt"), error
    assert_gone(program.pid, program.first, 0.5)  # type: ignore[attr-defined]


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_program_that_is_killed(start: str):
    program = run(LOOP + "import time; time.sleep(30)", start, signal.SIGKILL)
    assert program.returncode == -signal.SIGKILL and program.error == ""  # type: ignore[attr-defined]
    assert_gone(program.pid, program.first)  # type: ignore[attr-defined]


def test_blocks_that_nobody_told_of_are_swept():
    prepare()
    prefix = f"rg{os.getpid()}_test_"
    writer, reader = Writer(prefix), Reader(prefix)
    reader.accept(first := writer.write([1]))
    writer.write([2])
    unfinished = Path(f"/dev/shm/{prefix}2")
    unfinished.touch()  # a worker killed between making a block and giving it a size
    assert blocks() == {f"{prefix}1", f"{prefix}2"}
    reader.sweep()
    assert not blocks() and reader.read(first) == [1]
    writer.write([3] * 10_000)
    writer.abandon()
    assert not blocks()
    with pytest.raises(FileNotFoundError):
        SharedMemory(f"{prefix}3")
