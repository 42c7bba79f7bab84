"""Which device the suite runs on: `pytest --device=sim`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import autograd
from tests import simulated


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--device", default="cpu", help="where tensors live: cpu, sim (simulated) or cuda")


def pytest_configure(config: pytest.Config) -> None:
    simulated.register()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests about NumPy's memory itself are not part of the suite on other devices."""
    if config.getoption("--device") == "cpu":
        return
    elsewhere = [item for item in items if item.get_closest_marker("cpu_only") is not None]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item.get_closest_marker("cpu_only") is None]


@pytest.fixture(scope="session")
def device(request: pytest.FixtureRequest) -> str:
    """The name of the device under test."""
    return request.config.getoption("--device")


@pytest.fixture(autouse=True)
def _default_device(device: str) -> Iterator[None]:
    autograd.set_default_device(device)
    yield
    autograd.set_default_device(None)
