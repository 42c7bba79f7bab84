"""How a tensor's elements are stored: `strided`, `sparse_coo` or `sparse_csr`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class layout:
    """A way of storing elements.

    Attributes
    ----------
    name : as in `autograd.strided`
    title : what error messages call it
    """

    def __init__(self, name: str, title: str):
        self.name, self.title = name, title

    def __repr__(self) -> str:
        return f"autograd.{self.name}"

    def __reduce__(self) -> str:
        return self.name


strided = layout("strided", "Strided")
sparse_coo = layout("sparse_coo", "Sparse")
sparse_csr = layout("sparse_csr", "SparseCsr")


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
