"""What a dense tensor says of sparse layouts, and its conversion to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd.layouts import sparse_csr, strided

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _sparse_only(name: str, expected: str) -> Any:
    def method(self: Any) -> Any:
        raise RuntimeError(f"{name} expected {expected} tensor layout but got Strided; convert it with to_sparse()")

    method.__name__ = method.__qualname__ = name
    method.__doc__ = f"Of {expected} tensors alone; see `autograd.sparse`."
    return method


class SparseMethods:
    """Layouts, and conversion between them."""

    __slots__ = ()

    @property
    def layout(self) -> Any:
        """How the elements are stored: `autograd.strided`, or a sparse layout."""
        return strided

    @property
    def is_sparse(self) -> bool:
        """Whether the layout is `sparse_coo`."""
        return False

    @property
    def is_sparse_csr(self) -> bool:
        """Whether the layout is `sparse_csr`."""
        return False

    def to_sparse(self, sparse_dim: int | None = None, *, layout: Any = None, dense_dim: int | None = None) -> Tensor:
        """The elements that are not zero, as a sparse tensor; the gradient flows back to them.

        Parameters
        ----------
        sparse_dim : how many dims, from the first, are sparse; default: all
        layout : `autograd.sparse_coo` (default) or `autograd.sparse_csr`
        dense_dim : the number of dense dims, in place of `sparse_dim`

        Raises
        ------
        RuntimeError
            For an impossible number of dims, or another layout.

        Examples
        --------
        >>> import autograd
        >>> autograd.eye(2).to_sparse()
        tensor(indices=tensor([[0, 1],
                               [0, 1]]),
               values=tensor([1., 1.]),
               size=(2, 2), nnz=2, layout=autograd.sparse_coo)
        """
        from autograd.sparse.conversion import to_sparse

        return to_sparse(self, sparse_dim, layout, dense_dim)

    def to_sparse_coo(self) -> Tensor:
        """The elements that are not zero, by coordinates.

        Examples
        --------
        >>> import autograd
        >>> autograd.tensor([0.0, 2.0]).to_sparse_coo().values()
        tensor([2.])
        """
        return self.to_sparse()

    def to_sparse_csr(self, dense_dim: int | None = None) -> Tensor:
        """The elements of a matrix that are not zero, in compressed rows.

        Examples
        --------
        >>> import autograd
        >>> autograd.eye(2).to_sparse_csr().col_indices()
        tensor([0, 1])
        """
        return self.to_sparse(layout=sparse_csr, dense_dim=dense_dim)

    def sparse_mask(self, mask: Any) -> Any:
        """The elements at the places where the sparse tensor `mask` has any; the gradient flows back to them.

        Examples
        --------
        >>> import autograd
        >>> autograd.tensor([5.0, 6.0]).sparse_mask(autograd.tensor([0.0, 1.0]).to_sparse()).values()
        tensor([6.])
        """
        from autograd.sparse.selection import sparse_mask

        return sparse_mask(self, mask)

    def to_dense(self: Any, dtype: Any = None, *, masked_grad: Any = None) -> Tensor:
        """The tensor itself, since it is dense; in another element type if one is given.

        Examples
        --------
        >>> import autograd
        >>> autograd.ones(2).to_dense()
        tensor([1., 1.])
        """
        return self if dtype is None else self.to(dtype)

    def sparse_dim(self) -> int:
        """The number of sparse dims: 0.

        Examples
        --------
        >>> import autograd
        >>> autograd.ones(2).sparse_dim(), autograd.ones(2).to_sparse().sparse_dim()
        (0, 1)
        """
        return 0

    def dense_dim(self) -> int:
        """The number of dense dims: all.

        Examples
        --------
        >>> import autograd
        >>> autograd.ones(2).dense_dim(), autograd.ones(2).to_sparse().dense_dim()
        (1, 0)
        """
        return self.ndim  # type: ignore[attr-defined]

    coalesce = _sparse_only("coalesce", "sparse coordinate")
    is_coalesced = _sparse_only("is_coalesced", "sparse coordinate")
    indices = _sparse_only("indices", "sparse coordinate")
    values = _sparse_only("values", "sparse")
    crow_indices = _sparse_only("crow_indices", "sparse row compressed")
    col_indices = _sparse_only("col_indices", "sparse row compressed")
