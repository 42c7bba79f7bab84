"""Where the suite runs (`pytest --device=sim`), and the state from which each test starts."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from hypothesis import settings as search

import autograd
from autograd import settings
from autograd.backends import compiled
from tests import simulated

# The same each time, however busy the machine; `--hypothesis-profile=default` searches anew.
search.register_profile("repeatable", derandomize=True, deadline=None)
search.load_profile("repeatable")


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


def switches() -> tuple:
    """What a program may set for the rest of its run, in this library and in those that it is compared with."""
    return (
        *(get() for lib in (autograd, torch) for get in (lib.get_default_dtype, lib.is_grad_enabled)),
        autograd.distributions.Distribution._validate_args,
        autograd.is_inference_mode_enabled(),
        autograd.get_printoptions(),
        dict(vars(torch._tensor_str.PRINT_OPTS)),
        dict(settings._state),
        (compiled.enabled, compiled.threads),
        np.geterr(),
    )


@pytest.fixture(autouse=True)
def _same_start(device: str) -> Iterator[None]:
    """Each test starts from the same device, seeds and switches, so that the tests' order decides nothing."""
    autograd.set_default_device(device)
    # PyTorch's own `manual_seed` keeps a stack trace of each call for devices that are started later.
    for seed in (autograd.manual_seed, torch.default_generator.manual_seed, np.random.seed, random.seed):
        seed(0)
    torch.distributions.Distribution.set_default_validate_args(True)  # which importing PyTorch's compiler turns off
    before = switches()
    yield
    autograd.set_default_device(None)
    assert switches() == before, "the test leaves a global switch changed, which tests after it would see"
