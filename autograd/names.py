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


# Reductions that PyTorch counts as another overload where they are along dims.
ALONG_DIMS = ("sum", "mean")


def pytorch_name(node: Any) -> str:
    """The name of a graph node: `MulBackward0`; that of a `Function` or a leaf is its own."""
    record = node.record
    if record.op is None:
        return record.name
    # Empty once backward has let go of what was saved.
    options = dict(zip(record.names, node.saved, strict=False)) if node.saved.__class__ is tuple else {}
    if record.name == "getitem" and "index" in options:
        return f"{_by_index(options['index'])}Backward0"
    overload = int(record.name in ALONG_DIMS and options.get("axis") is not None)
    name = PYTORCH.get(record.name)
    return (name or "".join(part.capitalize() for part in record.name.split("_"))) + f"Backward{overload}"


def _by_index(index: tuple) -> str:
    """PyTorch applies an index one entry after another; the last that does something is the result's node."""
    if any(hasattr(entry, "shape") or isinstance(entry, list) for entry in index):
        return "Index"
    for entry in reversed(index):
        if entry is None:
            return "Unsqueeze"
        if entry is not Ellipsis and entry != slice(None):
            return "Slice" if isinstance(entry, slice) else "Select"
    return "Alias"
