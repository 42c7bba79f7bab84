"""How the table's rows are run: drawing arguments, placing them on a device, directional derivatives."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

import autograd
from autograd.backends import backend_for
from autograd.differentiable import OPS
from autograd.engine import TensorBase, engine
from tests.arrays import to_numpy
from tests.ops.cases import HERE, Row, Spec

FLOATS = "fc"


def name_of(row: Row) -> str:
    """The row's name in pytest's output."""
    return f"{row.op}-{row.label}" if row.label else row.op


def sample(spec: Spec | None, rng: np.random.Generator, kind: str = "float64", shape: tuple | None = None) -> Any:
    """The NumPy array that a spec describes; floating ones in the type `kind`."""
    if spec is None:
        return None
    if spec.values is not None:
        array = np.asarray(spec.values() if callable(spec.values) else spec.values)
        return (
            array.astype(kind)
            if array.dtype.kind in FLOATS and not (array.dtype.kind == "c" and kind[0] == "f")
            else array
        )
    shape = spec.shape if shape is None else shape
    if spec.kind == "bool":
        return rng.random(shape) < 0.5
    if spec.kind == "int":
        if spec.distinct:
            return rng.permutation(math.prod(shape)).reshape(shape) + int(spec.low)
        return rng.integers(math.ceil(spec.low), math.floor(spec.high) + 1, shape)
    array = _reals(spec, rng, shape)
    if kind.startswith("complex"):
        array = array + 1j * _reals(spec, rng, shape)
    return np.asarray(array).astype(kind)


def _reals(spec: Spec, rng: np.random.Generator, shape: tuple) -> Any:
    if spec.distinct:
        count = max(math.prod(shape), 1)
        step = (spec.high - spec.low) / count
        array = spec.low + step * (rng.permutation(count) + rng.uniform(0.3, 0.7, count))
        array = array[: math.prod(shape)].reshape(shape)
    else:
        array = rng.uniform(spec.low, spec.high, shape)
    for point in spec.avoid:
        array = np.where(np.abs(array - point) < 0.1, point + np.where(array < point, -0.15, 0.15), array)
    return array


def sample_all(row: Row, kind: str = "float64", shapes: list | None = None) -> list:
    """All arguments of a row, the same in every run."""
    rng = np.random.default_rng(zlib.crc32(name_of(row).encode()))
    chosen = [None] * len(row.args) if shapes is None else shapes
    return [sample(spec, rng, kind, shape) for spec, shape in zip(row.args, chosen, strict=True)]


def differentiable(row: Row, position: int, array: Any) -> bool:
    """Whether an argument can need a gradient."""
    if not isinstance(array, np.ndarray) or array.dtype.kind not in FLOATS:
        return False
    op = OPS[row.op]
    return op.variadic or (op.args[position] in op.differentiable and op.args[position] not in row.constant)


def placed(value: Any, backend: Any) -> Any:
    """Options with their NumPy arrays, and `HERE`, on the backend."""
    if value is HERE:
        return backend.device
    if isinstance(value, np.ndarray):
        return backend.from_numpy(value)
    if isinstance(value, tuple):
        made = [placed(item, backend) for item in value]
        return type(value)(*made) if hasattr(value, "_fields") else type(value)(made)
    if isinstance(value, list):
        return [placed(item, backend) for item in value]
    if type(value) is dict:
        return {name: placed(item, backend) for name, item in value.items()}
    return value


def tensors(row: Row, arrays: list, device: Any) -> list:
    """The arguments as tensors, leaves where they can need a gradient."""
    backend = backend_for(device)
    made = []
    for position, array in enumerate(arrays):
        if array is None:
            made.append(None)
            continue
        tensor = engine.wrap(backend.from_numpy(array), backend)
        made.append(tensor.requires_grad_() if differentiable(row, position, array) else tensor)
    return made


def tensor_like(array: Any, like: Any) -> Any:
    """A NumPy array as a tensor on another tensor's device."""
    return engine.wrap(like.backend.from_numpy(array), like.backend)


def call(row: Row, args: list) -> list:
    """The row's operation on tensors: its results, made unique."""
    backend = next(arg.backend for arg in args if isinstance(arg, TensorBase))
    if row.prepare is not None:
        args = row.prepare(*args)
    found = OPS[row.op].function(*args, **placed(row.options, backend))
    if row.finish is not None:
        found = row.finish(found)
    return list(found) if isinstance(found, (tuple, list)) else [found]


def seeds(outs: list, rng: np.random.Generator) -> list:
    """A random gradient for each output that has one."""
    found = []
    for out in outs:
        array = to_numpy(out)
        if out.requires_grad:
            found.append(_noise(array, rng))
    return found


def _noise(like: Any, rng: np.random.Generator) -> Any:
    made = rng.uniform(-1, 1, like.shape)
    if like.dtype.kind == "c":
        made = made + 1j * rng.uniform(-1, 1, like.shape)
    return np.asarray(made).astype(like.dtype)


def gradients(row: Row, arrays: list, cotangents: list | None, device: Any, recorded: bool = False) -> tuple:
    """(inputs that can need a gradient, cotangents as tensors, gradients by the inputs) of a row.

    `cotangents` None draws them.
    """
    args = tensors(row, arrays, device)
    leaves = [arg for arg in args if arg is not None and arg.requires_grad]
    outs = call(row, args)
    able = [out for out in outs if out.requires_grad]
    if cotangents is None:
        cotangents = seeds(outs, np.random.default_rng(7))
    given = [tensor_like(c, out) for c, out in zip(cotangents, able, strict=True)]
    if recorded:
        given = [c.requires_grad_() for c in given]
    found = autograd.grad(able, leaves, given, create_graph=recorded, allow_unused=True, materialize_grads=True)
    return leaves, given, found


def inner(a: Any, b: Any) -> float:
    """The real inner product that PyTorch's complex gradients belong to."""
    return float(np.real(np.vdot(a, b)))


def slope(function: Callable[[list], float], points: list, directions: list, step: float) -> float:
    """The derivative of `function` along a direction, by central differences of fourth order."""

    def at(t: float) -> float:
        moved = [p if d is None else p + t * d for p, d in zip(points, directions, strict=True)]
        return function(
            [None if m is None else np.asarray(m, dtype=p.dtype) for m, p in zip(moved, points, strict=True)]
        )

    return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step)


def directions_for(row: Row, arrays: list, rng: np.random.Generator) -> list:
    """A random direction for each argument that can need a gradient."""
    return [_noise(a, rng) if differentiable(row, i, a) else None for i, a in enumerate(arrays)]


def check_first_order(row: Row, arrays: list, device: Any, step: float = 1e-4) -> None:
    """The gradient agrees with the slope of the result along a random direction."""
    rng = np.random.default_rng(11)
    directions = directions_for(row, arrays, rng)
    outs = call(row, tensors(row, arrays, device))
    assert any(out.requires_grad for out in outs), f"{row.op}: no result requires a gradient"
    cotangents = seeds(outs, rng)
    able = [index for index, out in enumerate(outs) if out.requires_grad]

    def value(points: list) -> float:
        found = call(row, tensors(row, points, device))
        return sum(inner(c, to_numpy(found[i])) for c, i in zip(cotangents, able, strict=True))

    _, _, found = gradients(row, arrays, cotangents, device)
    moved = [(a, d) for a, d in zip(arrays, directions, strict=True) if d is not None]
    for gradient, (array, _) in zip(found, moved, strict=True):
        assert gradient.shape == array.shape, f"{row.op}: gradient of shape {gradient.shape} for input {array.shape}"
        assert to_numpy(gradient).dtype == array.dtype
    analytic = sum(inner(to_numpy(gradient), d) for gradient, (_, d) in zip(found, moved, strict=True))
    numeric = slope(value, arrays, directions, step)
    close(analytic, numeric, row, "gradient")


def check_second_order(row: Row, arrays: list, device: Any, step: float = 1e-4) -> None:
    """The gradient's gradient, by the inputs and the incoming gradient, agrees with the slope of the gradient."""
    rng = np.random.default_rng(13)
    directions = directions_for(row, arrays, rng)
    cotangents = seeds(call(row, tensors(row, arrays, device)), rng)
    turned = [_noise(c, rng) for c in cotangents]
    leaves, given, first = gradients(row, arrays, cotangents, device, recorded=True)
    plain = gradients(row, arrays, cotangents, device)[2]
    for recorded, raw in zip(first, plain, strict=True):
        np.testing.assert_allclose(to_numpy(recorded), to_numpy(raw), rtol=1e-9, atol=1e-12)
    weights = [_noise(to_numpy(gradient), rng) for gradient in first]

    def value(points: list) -> float:
        found = gradients(row, points[: len(arrays)], points[len(arrays) :], device)[2]
        return sum(inner(w, to_numpy(gradient)) for w, gradient in zip(weights, found, strict=True))

    able = [(gradient, w) for gradient, w in zip(first, weights, strict=True) if gradient.requires_grad]
    analytic = 0.0
    if able:
        second = autograd.grad(
            [gradient for gradient, _ in able],
            [*leaves, *given],
            [tensor_like(w, gradient) for gradient, w in able],
            materialize_grads=True,
        )
        moved = [d for d in directions if d is not None] + turned
        analytic = sum(inner(to_numpy(gradient), d) for gradient, d in zip(second, moved, strict=True))
    numeric = slope(value, [*arrays, *cotangents], [*directions, *turned], step)
    close(analytic, numeric, row, "second-order gradient")


def close(analytic: float, numeric: float, row: Row, what: str) -> None:
    """Compare two slopes."""
    tolerance = row.rtol * max(1.0, abs(numeric), abs(analytic))
    assert abs(analytic - numeric) <= tolerance, (
        f"{row.op}: {what} along a direction: {analytic}, numerically {numeric}"
    )


def compare(found: list, expected: Any, rtol: float, atol: float = 1e-10) -> None:
    """Compare results with arrays."""
    expected = expected if isinstance(expected, (tuple, list)) else (expected,)
    assert len(found) == len(expected), f"{len(found)} results, {len(expected)} expected"
    for result, wanted in zip(found, expected, strict=True):
        wanted = np.asarray(wanted)
        array = to_numpy(result) if isinstance(result, TensorBase) else np.asarray(result)
        assert array.shape == wanted.shape, f"shape {array.shape}, expected {wanted.shape}"
        np.testing.assert_allclose(array, wanted, rtol=rtol, atol=atol)


def elementwise_shapes(row: Row) -> list[list[tuple[int, ...]]]:
    """Shapes that an elementwise operation is tried with: 0-d, empty, broadcast."""
    count = len(row.args)
    stretched = [(3, 1), (1, 4), (4,), (2, 1, 1)]
    return [
        [()] * count,
        [(0, 3)] * count,
        [stretched[i % 4] for i in range(count)],
        [(2, 3) if i == 0 else () for i in range(count)],
        [(0, 3) if i == 0 else (2, 1, 1) for i in range(count)],
    ]


def layouts(arrays: list) -> list[list]:
    """The same values strided, backwards and transposed in memory."""

    def strided(a: Any) -> Any:
        wide = np.zeros(tuple(2 * n for n in a.shape), a.dtype)
        view = wide[(slice(None, None, 2),) * a.ndim]
        view[...] = a
        return view

    def backwards(a: Any) -> Any:
        turn = (slice(None, None, -1),) * a.ndim
        return a[turn].copy()[turn]

    def transposed(a: Any) -> Any:
        return a.T.copy().T

    return [[None if a is None else make(a) for a in arrays] for make in (strided, backwards, transposed)]
