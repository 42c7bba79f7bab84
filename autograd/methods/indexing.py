"""Brackets, gather and scatter, masks, and writing whole tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.alias import in_place
from autograd.functions import brackets, creation, indexing, masking, slices
from autograd.functions.common import inplace

if TYPE_CHECKING:
    from autograd.tensor import Tensor


class IndexingMethods:
    """Reading and writing by index."""

    __slots__ = ()

    __getitem__ = brackets.getitem
    __setitem__ = brackets.setitem
    gather = indexing.gather
    take_along_dim = indexing.take_along_dim
    scatter = indexing.scatter
    scatter_ = inplace(indexing.scatter)
    scatter_add = indexing.scatter_add
    scatter_add_ = inplace(indexing.scatter_add)
    scatter_reduce = indexing.scatter_reduce
    scatter_reduce_ = inplace(indexing.scatter_reduce)
    index_select = slices.index_select
    index_add = slices.index_add
    index_add_ = inplace(slices.index_add)
    index_copy = slices.index_copy
    index_copy_ = inplace(slices.index_copy)
    index_fill = slices.index_fill
    index_fill_ = inplace(slices.index_fill)
    index_put = slices.index_put
    index_put_ = inplace(slices.index_put)
    index_reduce = masking.index_reduce
    index_reduce_ = inplace(masking.index_reduce)
    take = indexing.take
    put = indexing.put
    put_ = inplace(indexing.put)
    masked_fill = masking.masked_fill
    masked_fill_ = inplace(masking.masked_fill)
    masked_select = masking.masked_select
    masked_scatter = masking.masked_scatter
    masked_scatter_ = inplace(masking.masked_scatter)
    nonzero = masking.nonzero
    argwhere = masking.argwhere
    diagonal_scatter = masking.diagonal_scatter
    select_scatter = masking.select_scatter
    slice_scatter = masking.slice_scatter

    def copy_(self, other: Any, non_blocking: bool = False) -> Tensor:
        """Write another tensor's values, converted and broadcast.

        Examples
        --------
        >>> import autograd
        >>> autograd.zeros(2).copy_(autograd.tensor([1, 2]))
        tensor([1., 2.])
        """
        return creation.copy_into(self, other)

    def fill_(self, value: Any) -> Tensor:
        """Write one value everywhere.

        Examples
        --------
        >>> import autograd
        >>> autograd.zeros(2).fill_(3.0)
        tensor([3., 3.])
        """
        return in_place(self, "fill_", ops.overwrite, slices.as_value(self, value))  # type: ignore[arg-type]

    def zero_(self) -> Tensor:
        """Write zeros.

        Examples
        --------
        >>> import autograd
        >>> autograd.ones(2).zero_()
        tensor([0., 0.])
        """
        return in_place(self, "zero_", ops.zeros_from)  # type: ignore[arg-type]

    def contiguous(self: Any, memory_format: Any = None) -> Tensor:
        """The tensor, or a copy of it in row-major order if it is not so in memory.

        Examples
        --------
        >>> import autograd
        >>> x = autograd.ones(2, 3).T
        >>> x.is_contiguous(), x.contiguous().is_contiguous()
        (False, True)
        """
        return self if self.is_contiguous() else ops.copy_contiguous(self)
