"""What PyTorch calls the graph nodes of our operations, where its name differs from the array API standard's."""

from __future__ import annotations

from typing import Any

PYTORCH = {
    "multiply": "Mul", "subtract": "Sub", "divide": "Div", "negative": "Neg", "matmul": "Mm", "copy": "Clone",
    "astype": "ToCopy", "permute_dims": "Permute", "reshape": "View", "broadcast_to": "Expand", "square": "Pow",
    "expand_dims": "Unsqueeze", "getitem": "Slice", "view_read": "AsStrided", "view_write": "CopySlices",
    "matrix_transpose": "Transpose", "overwrite": "CopySlices", "concat": "Cat", "clip": "Clamp", "take": "IndexSelect",
    "clip_lower": "ClampMin", "clip_upper": "ClampMax", "cumulative_sum": "Cumsum", "cumulative_prod": "Cumprod",
    "vector_norm": "LinalgVectorNorm",
}  # fmt: skip


def pytorch_name(record: Any) -> str:
    """The name of a record's graph nodes: `MulBackward0`; that of a `Function` or a leaf is its own."""
    if record.op is None:
        return record.name
    name = PYTORCH.get(record.name)
    return (name or "".join(part.capitalize() for part in record.name.split("_"))) + "Backward0"
