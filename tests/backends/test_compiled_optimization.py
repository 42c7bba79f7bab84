"""The compiled steps of SGD and Adam are bit for bit their references."""

from __future__ import annotations

import numpy as np
import pytest

from autograd.backends import backend_for, compiled, reference
from autograd.backends.numpy import compiled as kernels

CPU = backend_for("cpu")
SIZES = [kernels.ADAM - 1, kernels.ADAM, kernels.SGD - 1, kernels.SGD, (1 << 17) + 5]
ADAM = {
    "step": 3.0, "lr": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8, "weight_decay": 0.0, "decoupled": False,
    "maximize": False,
}  # fmt: skip
SGD = {"lr": 0.1, "momentum": 0.9, "dampening": 0.0, "weight_decay": 0.0, "nesterov": False, "maximize": False}


def arrays(count: int, size: int, kind: str) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    made = [rng.uniform(0.1, 1.0, size).astype(kind) for _ in range(count)]
    made[1][:3] = np.nan, np.inf, -np.inf
    return made


def same(name: str, given: list, options: dict) -> None:
    """The backend's kernel and the reference write the same bits into copies of the same arrays."""
    found = [None if a is None else a.copy(order="K") for a in given]
    expected = [None if a is None else a.copy(order="K") for a in given]
    getattr(CPU, name)(*found, np.empty_like(given[0]), **options)
    getattr(reference, name)(CPU, *expected, np.empty_like(given[0]), **options)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("kind", ["float32", "float64"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "change", [{}, {"weight_decay": 0.1, "maximize": True}, {"weight_decay": 0.1, "decoupled": True}, {"amsgrad": True}]
)
def test_adam(kind: str, size: int, change: dict) -> None:
    p, g, m, v, largest = arrays(5, size, kind)
    largest[3] = np.nan
    options = ADAM | change
    same("adam_step", [p, g, m, v, largest if options.pop("amsgrad", False) else None], options)


@pytest.mark.parametrize("kind", ["float32", "float64"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "change",
    [{}, {"momentum": 0}, {"weight_decay": 0.1, "maximize": True}, {"dampening": 0.3}, {"nesterov": True}],
)
def test_sgd(kind: str, size: int, change: dict) -> None:
    p, g, m = arrays(3, size, kind)
    options = SGD | change
    same("sgd_step", [p, g, m if options["momentum"] else None], options)


def test_what_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "kernel", lambda *names: pytest.fail("a compiled kernel was asked for"))
    p, g, m = (array.reshape(128, -1) for array in arrays(3, 1 << 14, "float32"))
    same("sgd_step", [p.T, g.T, m.T], SGD)
    same("sgd_step", [p.astype("float16"), g.astype("float16"), m.astype("float16")], SGD)
    same("sgd_step", [p[:1], g[:1], m[:1]], SGD)
    same("sgd_step", [p, np.broadcast_to(g[:1], p.shape), m], SGD)
