"""The CUDA sources compile for every architecture, which needs no GPU; on a GPU they agree with the references."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autograd
from autograd.backends import backend_for
from autograd.backends.cupy import CuPyBackend, kernels
from tests import cupy_names


@pytest.mark.skipif(not cupy_names.HAS_WHEEL, reason="CuPy has no wheel here")
@pytest.mark.parametrize("file", sorted(kernels.INSTANCES))
def test_compiles(file: str) -> None:
    from cupy.cuda import nvrtc

    supported = nvrtc.getSupportedArchs()
    for architecture in (supported[0], supported[-1]):
        program = nvrtc.createProgram(kernels.source(file), file, (), ())
        try:
            for instance in kernels.INSTANCES[file]:
                nvrtc.addNameExpression(program, instance)
            nvrtc.compileProgram(program, (*kernels.OPTIONS, f"--gpu-architecture=compute_{architecture}"))
            lowered = [nvrtc.getLoweredName(program, instance) for instance in kernels.INSTANCES[file]]
            text = nvrtc.getPTX(program).decode()
        finally:
            nvrtc.destroyProgram(program)
        assert all(name in text for name in lowered)


class FakeCuPy:
    """Records launches in place of a GPU."""

    def __init__(self) -> None:
        self.launches: list[tuple] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)

    def RawModule(self, code: str, options: tuple, name_expressions: tuple) -> Any:
        library = self

        class Module:
            def get_function(self, name: str) -> Any:
                assert name in name_expressions
                return lambda grid, block, args: library.launches.append((name, grid, block, args))

        return Module()


OPTIONS = {
    "step": 3.0, "lr": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8, "weight_decay": 0.1, "decoupled": False,
    "maximize": True,
}  # fmt: skip


def test_adam_launches_or_falls_back() -> None:
    library = FakeCuPy()
    backend = CuPyBackend(library, autograd.device("fake"))
    fallbacks: list[tuple] = []
    backend.adam_step = lambda *args, **options: fallbacks.append((args, options))
    kernels.install(backend)
    buffers = [np.ones((300, 2)) for _ in range(4)]
    backend.adam_step(*buffers, None, np.empty((300, 2)), **OPTIONS)
    ((name, grid, block, args),) = library.launches
    assert (name, grid, block) == ("adam_step<double>", (3,), (256,)) and args[4:6] == (0, 600)
    assert all(isinstance(number, np.float64) for number in args[6:])
    backend.adam_step(*(b[:0] for b in buffers), None, np.empty((0, 2)), **OPTIONS)
    assert len(library.launches) == 1 and not fallbacks
    backend.adam_step(*(b.T for b in buffers), None, np.empty((2, 300)), **OPTIONS)
    assert len(fallbacks) == 1 and fallbacks[0][1] == OPTIONS


@pytest.mark.cuda_only
@pytest.mark.parametrize("decoupled", [False, True])
@pytest.mark.parametrize("amsgrad", [False, True])
@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_adam_agrees_with_its_reference(kind: str, amsgrad: bool, decoupled: bool) -> None:
    backend = backend_for("cuda")
    rng = np.random.default_rng(0)
    start = [rng.uniform(0.1, 1.0, 1000).astype(kind) for _ in range(5)]
    results = []
    for step in (backend.adam_step, backend.adam_step.args[1]):
        buffers: list = [backend.from_numpy(array) for array in start]
        step(
            *buffers[:4],
            buffers[4] if amsgrad else None,
            backend.zeros_like(buffers[0]),
            **OPTIONS | {"decoupled": decoupled},
        )
        results.append([backend.to_numpy(array) for array in buffers])
    for found, expected in zip(*results, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-5 if kind == "float32" else 1e-12)
