"""How a tensor's elements are stored: `strided`, `sparse_coo` or `sparse_csr`, and in which order of dims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class _Constant:
    """A value that is known by its name, in this module and in `autograd`."""

    def __init__(self, name: str):
        self.name = name

    def __repr__(self) -> str:
        return f"autograd.{self.name}"

    def __reduce__(self) -> str:
        return self.name


class layout(_Constant):
    """A way of storing elements.

    Attributes
    ----------
    name : as in `autograd.strided`
    title : what error messages call it
    """

    def __init__(self, name: str, title: str):
        super().__init__(name)
        self.title = title


class memory_format(_Constant):
    """An order of dims in memory; tensors keep what their array has, so that asking for one changes nothing."""


strided = layout("strided", "Strided")
sparse_coo = layout("sparse_coo", "Sparse")
sparse_csr = layout("sparse_csr", "SparseCsr")
contiguous_format, preserve_format = memory_format("contiguous_format"), memory_format("preserve_format")
channels_last, channels_last_3d = memory_format("channels_last"), memory_format("channels_last_3d")
legacy_contiguous_format = contiguous_format


def only_strided(options: Mapping[str, Any]) -> None:
    """Accept what `zeros` and its like take beside types and devices: layout=, memory_format=, pin_memory=.

    Raises
    ------
    TypeError
        For another argument.
    NotImplementedError
        For another layout than `strided`.
    """
    for name, value in options.items():
        if name not in ("layout", "memory_format", "pin_memory"):
            raise TypeError(f"got an unexpected keyword argument {name!r} beside dtype, device and requires_grad")
        if isinstance(value, layout) and value is not strided:
            raise NotImplementedError(f"new tensors are strided, got layout={value}; use .to_sparse(layout={value})")
