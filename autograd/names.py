"""What PyTorch calls the graph nodes of our operations, where its name differs from the array API standard's.

Where PyTorch has several operations for one of ours, the arguments that were saved tell which; where ours is composed of
several, the function says what it is with `named`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.engine import Node, TensorBase
from autograd.record import PickRecord

PYTORCH = {
    "multiply": "Mul", "subtract": "Sub", "divide": "Div", "negative": "Neg", "matmul": "Mm", "copy": "Clone",
    "astype": "ToCopy", "permute_dims": "Permute", "reshape": "View", "broadcast_to": "Expand", "square": "Pow",
    "expand_dims": "Unsqueeze", "getitem": "Slice", "view_read": "AsStrided", "matrix_transpose": "Transpose",
    "concat": "Cat", "take": "IndexSelect", "cumulative_sum": "Cumsum", "cumulative_prod": "Cumprod",
    "vector_norm": "LinalgVectorNorm", "take_along_axis": "Gather", "conv": "Convolution", "avg_pool": "AvgPool2D",
    "pool_at": "MaxPool2DWithIndices", "pad": "ConstantPadNd", "put_in_diagonal": "DiagEmbed", "sliding": "Unfold",
    "log1p": "Log1P", "zeros_from": "Zero", "fft_complex": "FftC2C", "fft_real": "FftR2C", "det": "LinalgDet",
    "inv": "LinalgInvEx", "slogdet": "LinalgSlogdet", "cholesky": "LinalgCholeskyEx", "solve": "LinalgSolveEx",
    "eigh": "LinalgEigh", "eig": "LinalgEig", "svd": "LinalgSvd", "qr": "LinalgQr", "pinv": "LinalgPinv",
    "solve_triangular": "LinalgSolveTriangular", "affine": "Addmm",
}  # fmt: skip
# Names that are not the operation's with "Backward0".
WHOLE = {
    "view_write": "CopySlices", "overwrite": "CopySlices", "clip": "ClampBackward1", "clip_lower": "ClampBackward1",
    "clip_upper": "ClampBackward1",
}  # fmt: skip


def named(result: Any, name: str) -> Any:
    """The result of a composed function, whose graph node is called `name` if it has one."""
    node = result.node
    if node is not None:
        (node.parents[0] if node.record.__class__ is PickRecord else node).more().name = name
    return result


def node_name(node: Node) -> str:
    """The name of a graph node: `MulBackward0`; that of a `Function` or a leaf is its own."""
    if node.extra is not None and node.extra.name is not None:
        return node.extra.name
    record = node.record
    if record.op is None or not isinstance(node.saved, tuple) or record.name not in TOLD:
        return record_name(record)
    saved = dict(zip(record.names, node.saved[record.op.outputs > 1 :], strict=True))
    return TOLD[record.name](saved, record) or record_name(record)


def record_name(record: Any) -> str:
    """The name of most nodes of a record."""
    if record.op is None:
        return record.name
    if record.name in WHOLE:
        return WHOLE[record.name]
    name = PYTORCH.get(record.name)
    return (name or "".join(part.capitalize() for part in record.name.split("_"))) + "Backward0"


def _of_index(saved: dict[str, Any], record: Any) -> str | None:
    index = saved["index"]
    parts = [part for part in (index if isinstance(index, tuple) else (index,)) if part is not Ellipsis]
    if not all(part is None or isinstance(part, (int, slice)) for part in parts):
        return "IndexBackward0"
    told = [part for part in parts if part != slice(None)]
    if not told:
        return None if index in (slice(None), (slice(None),)) else "AliasBackward0"
    if isinstance(told[-1], slice):
        return None
    return "UnsqueezeBackward0" if told[-1] is None else "SelectBackward0"


def _of_product(saved: dict[str, Any], record: Any) -> str | None:
    shapes = [saved.get(f"{name}_shape", getattr(saved.get(name), "shape", ())) for name in "xy"]
    dims = tuple(map(len, shapes))
    known: dict[tuple[int, ...], str] = {(1, 1): "DotBackward0", (2, 1): "MvBackward0", (1, 2): "SqueezeBackward4"}
    return "UnsafeViewBackward0" if max(dims) > 2 else known.get(dims)


def _by_dims(whole: str, parts: str) -> Callable[[dict[str, Any], Any], str]:
    """One name for a reduction of all, another for one of some dims."""
    return lambda saved, record: whole if saved["axis"] is None else parts


def _of_power(saved: dict[str, Any], record: Any) -> str | None:
    exponent = saved.get("y")
    number = isinstance(exponent, TensorBase) and exponent._data.ndim == 0 and not record.needs[1]
    return None if number else "PowBackward1"


def _of_pool(saved: dict[str, Any], record: Any) -> str | None:
    return {1: "SqueezeBackward1", 3: "MaxPool3DWithIndicesBackward0"}.get(saved["spatial"])


def _of_average(saved: dict[str, Any], record: Any) -> str | None:
    return {1: "SqueezeBackward1", 3: "AvgPool3DBackward0"}.get(len(saved["kernel"]))


def _of_layer(saved: dict[str, Any], record: Any) -> str | None:
    shape = saved.get("x_shape", getattr(saved.get("x"), "shape", ()))
    return "ViewBackward0" if len(shape) > 2 else None


# By the operation's name: what the saved arguments tell, None for the usual name.
TOLD: dict[str, Callable[[dict[str, Any], Any], str | None]] = {
    "getitem": _of_index,
    "matmul": _of_product,
    "sum": _by_dims("SumBackward0", "SumBackward1"),
    "mean": _by_dims("MeanBackward0", "MeanBackward1"),
    "max": _by_dims("MaxBackward1", "AmaxBackward0"),
    "min": _by_dims("MinBackward1", "AminBackward0"),
    "pow": _of_power,
    "pool_at": _of_pool,
    "avg_pool": _of_average,
    "affine": _of_layer,
}
