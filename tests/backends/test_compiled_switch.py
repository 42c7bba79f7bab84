"""When compiled kernels run: the switch, missing Numba, threads, forks, and a cache that cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd
import nn
import optim
from autograd.backends import backend_for, compiled, reference
from autograd.utils.data import DataLoader, Dataset

pytestmark = pytest.mark.cpu_only

CPU = backend_for("cpu")
LARGE = np.random.default_rng(0).standard_normal((500, 400)).astype("float32")


def expected() -> np.ndarray:
    return reference.softmax(CPU, LARGE, axis=1)


def test_the_switch() -> None:
    assert compiled.enabled and compiled.flags is autograd.backends.compiled.flags
    with compiled.flags(enabled=False):
        assert not compiled.enabled and compiled.kernel("rows", "softmax") is None
        with compiled.flags():
            assert compiled.enabled
        np.testing.assert_array_equal(CPU.softmax(LARGE, axis=1), expected())
    assert (compiled.kernel("rows", "softmax") is not None) is compiled.is_available()
    with pytest.raises(ZeroDivisionError), compiled.flags(enabled=False):
        raise ZeroDivisionError
    assert compiled.enabled


def without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name == "numba" or name.startswith(("numba.", "autograd.backends.numpy.compiled.")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)
    compiled._module.cache_clear()


def test_without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        without_numba(patch)
        assert not compiled.is_available() and compiled.kernel("rows", "softmax") is None
        np.testing.assert_array_equal(CPU.softmax(LARGE, axis=1), expected())
    compiled._module.cache_clear()


def run(program: str) -> str:
    """What a fresh process prints, in which a warning is an error."""
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=100).stdout


def test_numba_is_imported_when_first_wanted() -> None:
    program = (
        "import sys, autograd, nn, optim\n"
        "model = nn.Linear(20, 5); optim.Adam(model.parameters())\n"
        "model(autograd.ones(3, 20)).softmax(1).sum().backward()\n"
        "print(bool(sys.modules.get('numba')))\n"
        "autograd.ones(100, 200).softmax(1)\n"
        "print(bool(sys.modules.get('numba')))\n"
    )
    assert run(program).split() == ["False", str(compiled.is_available())]


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(300, 64)
        self.convolution = nn.Conv2d(1, 8, 3, padding=1)
        self.norm, self.channels = nn.LayerNorm(64), nn.BatchNorm2d(8)
        self.out = nn.Linear(64 // 2 * 4, 300)

    def forward(self, tokens: Any) -> Any:
        x = self.norm(self.table(tokens)).unsqueeze(1)
        x = nn.functional.max_pool2d(self.channels(self.convolution(x)), 2).mean(1)
        return self.out(x.flatten(1))


@pytest.mark.parametrize("optimizer", [optim.Adam, optim.AdamW, lambda p: optim.SGD(p, lr=0.1, momentum=0.9)])
def test_training_agrees_with_the_references(optimizer: Callable) -> None:
    losses, weights = [], []
    for enabled in (True, False):
        autograd.manual_seed(0)
        with compiled.flags(enabled=enabled):
            model = Model().double()
            steps = optimizer(model.parameters())
            tokens, labels = autograd.randint(0, 300, (50, 8)), autograd.randint(0, 300, (50,))
            for _ in range(3):
                steps.zero_grad()
                loss = nn.functional.cross_entropy(model(tokens), labels)
                loss.backward()
                steps.step()
        losses.append(loss.item())
        weights.append([p.detach().numpy() for p in model.parameters()])
    assert losses[0] == pytest.approx(losses[1], rel=1e-12)
    for one, other in zip(*weights, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-8)


def steps(size: int) -> list[np.ndarray]:
    buffers = [np.random.default_rng(0).uniform(0.1, 1.0, size).astype("float32") for _ in range(5)]
    CPU.adam_step(
        *buffers[:4], None, buffers[4], step=2.0, lr=0.1, beta1=0.9, beta2=0.99, eps=1e-8, weight_decay=0.0,
        decoupled=False, maximize=False,
    )  # fmt: skip
    return buffers[:4]


def everything() -> list[np.ndarray]:
    """Results of all kernels that share their work between threads."""
    x = LARGE[None, None]
    options: dict[str, Any] = {"padding": (1, 1), "dilation": (1, 1), "ceil_mode": False}
    return [
        CPU.softmax(LARGE, axis=1),
        CPU.log_softmax(LARGE, axis=1),
        *CPU.standardize(LARGE, axes=(1,), eps=1e-5),
        *CPU.standardize(x, axes=(0, 2, 3), eps=1e-5),
        CPU.max_pool_indices(LARGE.reshape(5, 100, 400), kernel=(3, 3), stride=(2, 2), **options),
        *steps(1 << 18),
    ]


def test_the_number_of_threads_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "threads", 1)
    alone = everything()
    for number in (2, None):
        monkeypatch.setattr(compiled, "threads", number)
        for one, other in zip(everything(), alone, strict=True):
            np.testing.assert_array_equal(one, other)


def test_without_tbb(monkeypatch: pytest.MonkeyPatch) -> None:
    if compiled.is_available():
        from autograd.backends.numpy.compiled import jit

        alone = everything()
        with monkeypatch.context() as patch:
            patch.setattr(jit.importlib.metadata, "files", lambda name: jit.importlib.import_module(f"no_{name}"))
            assert not jit.has_tbb.__wrapped__()
        monkeypatch.setattr(jit, "has_tbb", lambda: False)
        for one, other in zip(everything(), alone, strict=True):
            np.testing.assert_array_equal(one, other)


def test_two_threads_at_once() -> None:
    alone, found = everything(), []
    threads = [threading.Thread(target=lambda: found.append(everything())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    for results in found:
        for one, other in zip(results, alone, strict=True):
            np.testing.assert_array_equal(one, other)


class Rows(Dataset):
    def __len__(self) -> int:
        return 4

    def __getitem__(self, index: int) -> Any:
        return autograd.tensor(LARGE + index).softmax(1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_forked_workers() -> None:
    everything()
    batches = list(DataLoader(Rows(), batch_size=2, num_workers=2, multiprocessing_context="fork", timeout=60))
    found = np.concatenate([batch.numpy() for batch in batches])
    for index, rows in enumerate(found):
        np.testing.assert_array_equal(rows, CPU.softmax(LARGE + index, axis=1))
    everything()


def test_where_nothing_can_be_kept(tmp_path: Any) -> None:
    """A place for the cache that is no folder, and one that is full."""
    program = (
        "import os, autograd, numba\n"
        "from numba.core import caching\n"
        "{}\n"
        "print(autograd.ones(100, 200).softmax(1).sum().item())\n"
    )
    unusable = (
        "def refuse(*args, **options): raise RuntimeError('cannot cache function: no locator available')\n"
        "numba.core.dispatcher.Dispatcher.enable_caching = refuse"
    )
    full = (
        f"os.environ['NUMBA_CACHE_DIR'] = numba.config.CACHE_DIR = {str(tmp_path)!r}\n"
        "def refuse(*args, **options): raise OSError('no space left on device')\n"
        "caching.IndexDataCacheFile.save = refuse"
    )
    if compiled.is_available():
        for what in (unusable, full):
            assert float(run(program.format(what))) == pytest.approx(100)
