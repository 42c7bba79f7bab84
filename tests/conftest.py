"""Which device the suite runs on: `pytest --device=sim`."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

import autograd
from tests import simulated


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--device", default="cpu", help="where tensors live: cpu, sim (simulated) or cuda")


def pytest_configure(config: pytest.Config) -> None:
    simulated.register()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests about NumPy's memory, or about a GPU, are not part of the suite on other devices."""
    place = config.getoption("--device")
    kept, left_out = [], []
    for item in items:
        elsewhere = item.get_closest_marker("cpu_only") is not None and place != "cpu"
        elsewhere |= item.get_closest_marker("cuda_only") is not None and not place.startswith("cuda")
        (left_out if elsewhere else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def pytest_collection_finish(session: pytest.Session) -> None:
    """Spare the cyclic collector what lives as long as the session: modules, and thousands of tests.

    Tests that call it would wait a second each.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def device(request: pytest.FixtureRequest) -> str:
    """The name of the device under test."""
    return request.config.getoption("--device")


@pytest.fixture(autouse=True)
def _default_device(device: str) -> Iterator[None]:
    autograd.set_default_device(device)
    yield
    autograd.set_default_device(None)
