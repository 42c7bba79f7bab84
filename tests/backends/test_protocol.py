"""Every backend has every kernel."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest

from autograd.backends import backend_for
from autograd.backends.cupy import CuPyBackend
from autograd.backends.namespace import STANDARD
from autograd.backends.numpy import NumPyBackend
from autograd.backends.reference import KERNELS
from autograd.differentiable import OPS
from tests import cupy_names
from tests.simulated import NAMES
from tests.strict import STRICT

BACKENDS = [backend_for("cpu"), backend_for("sim")]
LACKS = {"strict": set(KERNELS)}


def both() -> Any:
    return pytest.mark.parametrize("backend", BACKENDS, ids=lambda backend: str(backend.device))


@both()
def test_standard_and_reference_kernels(backend: Any) -> None:
    missing = [name for name in (*STANDARD, *KERNELS) if not callable(getattr(backend, name, None))]
    assert not missing


@pytest.mark.parametrize("backend", [*BACKENDS, STRICT], ids=lambda backend: str(backend.device))
def test_operations_that_forward_find_their_kernel(backend: Any) -> None:
    missing = sorted(
        op.forwards_to for op in OPS.values() if op.forwards_to and not callable(getattr(backend, op.forwards_to, None))
    )
    assert not missing, f"{backend.device} has no kernel {missing}"


def test_cupy_has_what_numpy_has() -> None:
    """A kernel that is written for NumPy alone would be an operation that fails on a GPU."""
    names = [name for name, _ in inspect.getmembers(NumPyBackend, inspect.isfunction) if not name.startswith("_")]
    backend = backend_for("sim")
    missing = [name for name in names if not callable(getattr(backend, name, None))]
    assert not missing, f"kernels of the NumPy backend that the CuPy backend lacks: {missing}"


def test_signatures_agree() -> None:
    """A call that the NumPy backend's method takes, the CuPy backend's takes too."""
    for name, method in inspect.getmembers(NumPyBackend, inspect.isfunction):
        other = getattr(CuPyBackend, name, None)
        if name.startswith("_") or other is None:
            continue
        ours, theirs = (list(inspect.signature(f).parameters.values()) for f in (method, other))
        assert [(p.name, p.kind, p.default) for p in ours] == [(p.name, p.kind, p.default) for p in theirs], name


def test_unknown_kernel_is_named() -> None:
    with pytest.raises(AttributeError, match="the backend of sim has no kernel 'no_such_kernel'"):
        backend_for("sim").no_such_kernel  # noqa: B018


@pytest.mark.skipif(not cupy_names.HAS_WHEEL, reason="CuPy has no wheel here")
def test_names_are_those_of_the_installed_cupy() -> None:
    import cupy

    if cupy.__version__ == NAMES["version"]:
        assert json.loads(json.dumps(cupy_names.survey())) == NAMES
