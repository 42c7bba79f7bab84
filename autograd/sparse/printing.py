"""Sparse tensors as text, in PyTorch's layout."""

from __future__ import annotations

from typing import Any

from autograd import dtypes
from autograd.printing import graph_suffix, joined, values_text


def _part(name: str, tensor: Any, indent: int) -> str:
    prefix = f"{name}=tensor("
    text = values_text(tensor, indent + len(prefix))
    if not tensor.numel():
        text += f", size={_tuple(tensor.shape)}"
    return prefix + text + ")"


def _tuple(shape: Any) -> str:
    return str(tuple(shape))


def sparse_text(x: Any) -> str:
    """`repr` of a sparse tensor."""
    prefix = "tensor("
    indent = len(prefix)
    if x.is_sparse:
        parts = [_part("indices", x._indices(), indent)]
    else:
        parts = [_part("crow_indices", x.crow_indices(), indent), _part("col_indices", x.col_indices(), indent)]
    parts.append(_part("values", x._values(), indent))
    suffixes = [] if x.device.type == "cpu" else [f"device='{x.device}'"]
    suffixes += [f"size={_tuple(x.shape)}", f"nnz={x._nnz()}"]
    default = dtypes.default_dtype()
    if x.dtype not in (default, default.to_complex(), dtypes.int64, dtypes.bool_):
        suffixes.append(f"dtype={x.dtype!r}")
    suffixes += [f"layout={x.layout!r}", *graph_suffix(x.stored)]
    text = prefix + (",\n" + " " * indent).join(parts)
    return joined(text, suffixes, indent, new_line=x.is_sparse)
