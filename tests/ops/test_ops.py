"""Every registered operation, through the table in `cases.py`."""

from __future__ import annotations

import gc
import itertools
import weakref
from typing import Any

import numpy as np
import pytest
import torch

import autograd
from autograd import ops
from autograd.differentiable import OPS
from tests.arrays import to_numpy
from tests.ops import checker
from tests.ops.cases import Row, all_rows
from tests.strict import STRICT, strictly

ROWS = all_rows()


def rows(condition: Any = lambda row: True) -> Any:
    chosen = [row for row in ROWS if condition(row)]
    return pytest.mark.parametrize("row", chosen, ids=[checker.name_of(row) for row in chosen])


def kinds(row: Row) -> tuple[str, ...]:
    return ("float64", "complex128") if row.complex else ("float64",)


def test_every_operation_has_a_row() -> None:
    missing = sorted(set(OPS) - {row.op for row in ROWS})
    assert not missing, f"operations without a row in tests/ops/rows: {missing}"


def test_every_row_has_an_operation() -> None:
    unknown = sorted({row.op for row in ROWS} - set(OPS))
    assert not unknown, f"rows whose operation does not exist: {unknown}"


def test_every_operation_is_in_the_namespace() -> None:
    missing = sorted(name for name in OPS if getattr(getattr(ops, name, None), "op", None) is not OPS[name])
    assert not missing, f"operations that autograd.ops does not name, so that rules cannot: {missing}"


@rows(lambda row: row.reference is not None)
def test_forward(row: Row, device: str) -> None:
    for kind in kinds(row):
        arrays = checker.sample_all(row, kind)
        expected = row.reference(*arrays)
        found = checker.call(row, checker.tensors(row, arrays, device))
        checker.compare(found, expected if row.finish is None else row.finish(expected), row.rtol)


@rows(lambda row: row.order == 0)
def test_no_gradient(row: Row, device: str) -> None:
    found = checker.call(row, checker.tensors(row, checker.sample_all(row), device))
    assert not any(out.requires_grad for out in found)


@rows(lambda row: row.order >= 1)
def test_gradient(row: Row, device: str) -> None:
    for kind in kinds(row):
        checker.check_first_order(row, checker.sample_all(row, kind), device)


@rows(lambda row: row.order >= 2)
def test_second_order_gradient(row: Row, device: str) -> None:
    for kind in kinds(row):
        checker.check_second_order(row, checker.sample_all(row, kind), device)


NARROW = {"float64": {"float32": ("float32", 1e-3), "float16": ("float16", 0.1)}}


@rows()
def test_narrow_types_are_kept(row: Row, device: str) -> None:
    arrays = checker.sample_all(row)
    if not any(isinstance(a, np.ndarray) and a.dtype.kind == "f" for a in arrays):
        return
    wide = checker.call(row, checker.tensors(row, arrays, device))
    for kind in ("float32", "float16") if row.half else ("float32",):
        narrow = [a.astype(kind) if isinstance(a, np.ndarray) and a.dtype.kind == "f" else a for a in arrays]
        found = checker.call(row, checker.tensors(row, narrow, device))
        for out, reference in zip(found, wide, strict=True):
            expected = to_numpy(reference)
            if expected.dtype.name == "float64" and "dtype" not in row.options:
                assert out.dtype == kind, f"{row.op} of {kind} gives {out.dtype}"
            else:
                if expected.dtype.kind != "c":
                    assert out.dtype == reference.dtype
            if expected.dtype.kind == "f" and kind == "float32":
                np.testing.assert_allclose(to_numpy(out), expected, rtol=1e-3, atol=1e-3)
        if row.order:
            leaves, _, gradients = checker.gradients(row, narrow, None, device)
            for leaf, gradient in zip(leaves, gradients, strict=True):
                assert gradient.dtype == leaf.dtype, f"{row.op}: a gradient of {gradient.dtype} for {leaf.dtype}"


# --- elementwise operations ------------------------------------------------------------------------------------------

elementwise = rows(lambda row: row.elementwise)


@elementwise
def test_zero_dimensional_empty_and_broadcast(row: Row, device: str) -> None:
    if any(spec is None or spec.values is not None for spec in row.args):
        return
    for shapes in checker.elementwise_shapes(row):
        arrays = checker.sample_all(row, shapes=shapes)
        found = checker.call(row, checker.tensors(row, arrays, device))
        shape = np.broadcast_shapes(*shapes)
        assert all(out.shape == shape for out in found), f"{row.op} of {shapes} has shape {found[0].shape}"
        if row.reference is not None:
            expected = row.reference(*arrays)
            checker.compare(found, expected if row.finish is None else row.finish(expected), row.rtol)
        if row.order:
            checker.check_first_order(row, arrays, device)


CATEGORIES = {
    "float": ("bool", "uint8", "int32", "int64", "float16", "float32", "float64"),
    "int": ("bool", "uint8", "int16", "int64"),
    "bool": ("bool",),
}


def operands(kind: str) -> list[Any]:
    """(value, what torch.result_type is asked) for arrays, 0-d arrays and Python numbers."""
    found: list[Any] = [np.ones(shape, name) for name in CATEGORIES[kind] for shape in ((2,), ())]
    return found + {"float": [True, 1, 1.0], "int": [True, 1], "bool": [True]}[kind]


def torch_operand(value: Any) -> Any:
    return torch.from_numpy(np.asarray(value)) if isinstance(value, np.ndarray) else value


@rows(lambda row: row.elementwise and row.promoted)
def test_promotion(row: Row, device: str) -> None:
    op = OPS[row.op]
    if op.variadic or any(spec is None or spec.values is not None for spec in row.args):
        return
    promoted = [index for index, name in enumerate(op.args) if name in op.promoted]
    if len(promoted) > 3:
        return
    choices = [operands(row.args[index].kind) for index in promoted]
    fixed = checker.sample_all(row, shapes=[(2,)] * len(row.args))
    pairs = list(itertools.product(*choices)) if len(choices) < 3 else list(itertools.product(*choices))[::7]
    home: dict[str, Any] = {}
    for values in pairs:
        if not any(isinstance(value, np.ndarray) for value in values):
            continue
        kind = str(_result_type(torch, values)).removeprefix("torch.")
        if op.elementwise == "float" and kind in CATEGORIES["int"] + ("int32",):
            kind = "float32"
        if kind not in home:
            home[kind] = _result(row, fixed, promoted, [np.ones(2, kind)] * len(promoted), device)
        if home[kind] is None:
            continue
        found = _result(row, fixed, promoted, list(values), device)
        described = [v.dtype.name + str(list(v.shape)) if isinstance(v, np.ndarray) else v for v in values]
        assert found == home[kind], f"{row.op} of {described} gives {found}, of {kind} {home[kind]}"


def _result_type(torch: Any, values: tuple) -> Any:
    """PyTorch's type for any number of operands: tensors, then 0-d tensors, then numbers, each among its own first."""
    arrays = [value for value in values if isinstance(value, np.ndarray)]
    groups = [[torch_operand(a) for a in arrays if a.ndim], [torch_operand(a) for a in arrays if not a.ndim]]
    numbers = [value for value in values if not isinstance(value, np.ndarray)]
    lower: Any = max(numbers, key=lambda n: (bool, int, float).index(type(n))) if numbers else None
    for group in reversed(groups):
        for index, other in enumerate(group):
            if index:
                kind = torch.result_type(group[0], other)
                group[0] = torch.ones(group[0].shape, dtype=kind)
        if group:
            kind = group[0].dtype if lower is None else torch.result_type(group[0], lower)
            lower = torch.ones(group[0].shape, dtype=kind)
    return lower.dtype


def _result(row: Row, fixed: list, promoted: list[int], values: list, device: str) -> Any:
    """The types of the results, None where this kind of input is refused."""
    args: list[Any] = checker.tensors(row, fixed, device)
    for index, value in zip(promoted, values, strict=True):
        args[index] = autograd.tensor(value, device=device) if isinstance(value, np.ndarray) else value
    try:
        with np.errstate(all="ignore"):
            return [out.dtype for out in checker.call(row, args)]
    except (TypeError, RuntimeError, ValueError):
        return None


# --- memory, devices, other array libraries --------------------------------------------------------------------------


@rows()
def test_memory_layout_does_not_matter(row: Row, device: str) -> None:
    arrays = checker.sample_all(row)
    expected = [to_numpy(out) for out in checker.call(row, checker.tensors(row, arrays, device))]
    slopes = checker.gradients(row, arrays, None, device)[2] if row.order else ()
    for other in checker.layouts(arrays):
        checker.compare(checker.call(row, checker.tensors(row, other, device)), expected, 1e-9)
        if row.order:
            found = checker.gradients(row, other, None, device)[2]
            checker.compare(list(found), [to_numpy(gradient) for gradient in slopes], 1e-9)


@rows()
def test_simulated_device(row: Row) -> None:
    for kind in kinds(row):
        arrays = checker.sample_all(row, kind)
        expected = [to_numpy(out) for out in checker.call(row, checker.tensors(row, arrays, "cpu"))]
        found = checker.call(row, checker.tensors(row, arrays, "sim"))
        assert all(out.device.type == "sim" for out in found)
        checker.compare(found, expected, 1e-6)
        if row.order:
            slopes = [to_numpy(gradient) for gradient in checker.gradients(row, arrays, None, "cpu")[2]]
            checker.compare(list(checker.gradients(row, arrays, None, "sim")[2]), slopes, 1e-6)
        if row.order >= 2:
            checker.check_second_order(row, arrays, "sim")


@rows(lambda row: row.strict)
def test_array_api_strict(row: Row) -> None:
    """Body and rules on arrays that know the standard and nothing else."""
    for kind in kinds(row):
        arrays = checker.sample_all(row, kind)
        outs, gradients = strictly(row, arrays, STRICT)
        args = checker.tensors(row, arrays, "cpu")
        found = OPS[row.op].function(*args, **row.options)
        found = list(found) if isinstance(found, (tuple, list)) else [found]
        checker.compare(outs, [to_numpy(out) for out in found], 1e-6)
        if row.order and row.finish is None:
            able = [out for out in found if out.requires_grad]
            seeds = [ops.ones_like(out) for out in able]
            leaves = [arg for arg in args if arg is not None and arg.requires_grad]
            expected = autograd.grad(able, leaves, seeds, materialize_grads=True)
            checker.compare(gradients, [to_numpy(gradient) for gradient in expected], 1e-6)


@rows(lambda row: row.order >= 1)
def test_graph_dies_without_the_collector(row: Row, device: str) -> None:
    arrays = checker.sample_all(row)
    gc.collect()
    gc.disable()
    try:
        for walk in ("none", "backward", "create_graph"):
            args = checker.tensors(row, arrays, device)
            outs = [out for out in checker.call(row, args) if out.requires_grad]
            nodes = [weakref.ref(out.node) for out in outs]
            if walk != "none":
                leaves = [arg for arg in args if arg is not None and arg.requires_grad]
                seeds = [ops.ones_like(out) for out in outs]
                found = autograd.grad(outs, leaves, seeds, create_graph=walk == "create_graph", allow_unused=True)
                del found, seeds, leaves
            del outs, args
            assert all(node() is None for node in nodes), f"{row.op}: the graph outlives its tensors ({walk})"
    finally:
        gc.enable()
