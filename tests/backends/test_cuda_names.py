"""`autograd.cuda` and the registry's CUDA entry, on a CuPy with two devices that are not there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

import autograd
from autograd import backends
from autograd.backends import cupy
from tests import simulated


class Driver:
    """What CuPy's runtime, devices and memory pool answer; two devices, the first one current."""

    CUDARuntimeError = RuntimeError

    def __init__(self) -> None:
        self.current, self.count, self.calls = 0, 2, []  # type: ignore[var-annotated]
        self.runtime = self
        driver = self

        class Device:
            def __init__(self, index: int):
                self.index, self.before = index, driver.current

            def use(self) -> None:
                driver.current = self.index

            def __enter__(self) -> None:
                self.before, driver.current = driver.current, self.index

            def __exit__(self, *error: object) -> None:
                driver.current = self.before

            def synchronize(self) -> None:
                driver.calls.append(f"synchronize {self.index}")

        self.Device = Device

    def getDeviceCount(self) -> int:
        return self.count

    def getDevice(self) -> int:
        return self.current

    def getDeviceProperties(self, index: int) -> dict[str, Any]:
        return {"name": f"model {index}".encode(), "major": 9, "minor": index}

    def used_bytes(self) -> int:
        return 100 + self.current

    def total_bytes(self) -> int:
        return 200 + self.current

    def free_all_blocks(self) -> None:
        self.calls.append("free")


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    made = Driver()
    library = simulated.Namespace(
        "cupy",
        np,
        ndarray=type("ndarray", (simulated.Array,), {}),
        asnumpy=simulated.asnumpy,
        array=lambda value, dtype=None: simulated.Array(np.array(value, dtype)),
        random=simulated.sim.random,
        cuda=made,
        get_default_memory_pool=lambda: made,
    )
    scipy = SimpleNamespace(special=simulated.special)
    for name, module in {"cupy": library, "cupyx.scipy.special": simulated.special, "cupyx.scipy": scipy}.items():
        monkeypatch.setitem(sys.modules, name, module)
    root = ModuleType("cupyx")
    root.scipy = scipy  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cupyx", root)
    monkeypatch.setattr(backends, "_backends", dict(backends._backends))
    monkeypatch.setattr(backends, "_array_types", dict(backends._array_types))
    cupy.load.cache_clear()
    yield made
    cupy.load.cache_clear()


def test_devices(driver: Driver) -> None:
    cuda = autograd.cuda
    assert cuda.is_available() and cuda.device_count() == 2 and cuda.current_device() == 0
    cuda.set_device("cuda:1")
    assert cuda.current_device() == 1 and cuda.get_device_name() == "model 1"
    with cuda.device(0) as place:
        assert place.idx == 0 and cuda.current_device() == 0
    assert cuda.current_device() == 1
    assert cuda.get_device_name("cuda") == "model 1" and cuda.get_device_capability(autograd.device("cuda", 0)) == (
        9,
        0,
    )
    with pytest.raises(ValueError, match="expected a CUDA device, got cpu"):
        cuda.get_device_name("cpu")


def test_waiting_and_memory(driver: Driver) -> None:
    autograd.cuda.synchronize(1)
    assert (autograd.cuda.memory_allocated(1), autograd.cuda.memory_reserved()) == (101, 200)
    autograd.cuda.empty_cache()
    assert driver.calls == ["synchronize 1", "free"] and driver.current == 0


def test_random_numbers_of_each_device(driver: Driver) -> None:
    cuda = autograd.cuda
    cuda.manual_seed_all(3)
    first, second = cuda.get_rng_state_all()
    assert first.tolist() == second.tolist() and str(first.device) == "cpu"
    cuda.manual_seed(4)
    assert cuda.get_rng_state().tolist() != first.tolist() and cuda.get_rng_state(1).tolist() == second.tolist()
    cuda.set_rng_state_all([first, second])
    assert cuda.get_rng_state("cuda:0").tolist() == first.tolist()


def test_registry(driver: Driver) -> None:
    assert backends.backend_for("cuda") is backends.backend_for("cuda:0")
    driver.current = 1
    assert backends.backend_for("cuda") is backends.backend_for("cuda:1") is not backends.backend_for("cuda:0")
    with pytest.raises(RuntimeError, match=r"cuda:2 does not exist; there are 2"):
        backends.backend_for("cuda:2")


def test_none_at_all(driver: Driver) -> None:
    driver.count = 0
    with pytest.raises(RuntimeError, match="no CUDA device found"):
        autograd.zeros(1, device="cuda")
