"""How a tensor's elements are stored: `strided`, `sparse_coo` or `sparse_csr`."""

from __future__ import annotations


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
