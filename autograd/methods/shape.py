"""Methods that change the shape or take parts."""

from __future__ import annotations

from typing import Any

from autograd.functions import shape, splitting, strided
from autograd.functions.common import inplace


class ShapeMethods:
    """Views and other shapes."""

    __slots__ = ()

    reshape = shape.reshape
    view = shape.view
    view_as = shape.view_as
    reshape_as = shape.reshape_as
    flatten = shape.flatten
    ravel = shape.ravel
    squeeze = shape.squeeze
    squeeze_ = shape.squeeze_
    unsqueeze_ = shape.unsqueeze_
    transpose_ = swapaxes_ = swapdims_ = shape.transpose_
    t_ = shape.t_
    unsqueeze = shape.unsqueeze
    permute = shape.permute
    transpose = shape.transpose
    swapaxes = shape.swapaxes
    swapdims = shape.transpose
    t = shape.t
    adjoint = shape.adjoint
    movedim = shape.movedim
    moveaxis = shape.movedim
    expand = shape.expand
    expand_as = shape.expand_as
    broadcast_to = shape.broadcast_to

    def split(self, split_size: Any, dim: int = 0) -> tuple:
        """Parts of one size, or of the sizes listed, along a dim: `x.split(2)`, `x.split([1, 3], dim=1)`; views."""
        return splitting.split(self, split_size, dim)

    def unflatten(self, dim: int, sizes: Any, *more: int) -> Any:
        """One dim made several: `x.unflatten(0, (2, 3))`."""
        return shape.unflatten(self, dim, (sizes, *more) if isinstance(sizes, int) else sizes)

    @property
    def T(self) -> Any:
        """All dims in reverse order."""
        return shape.reversed_dims(self)

    @property
    def mT(self) -> Any:
        """The last two dims exchanged."""
        return shape.matrix_transposed(self)

    @property
    def H(self) -> Any:
        """The conjugate transpose of a matrix."""
        return shape.hermitian(self)

    @property
    def mH(self) -> Any:
        """The conjugate of `mT`."""
        return shape.adjoint(self)

    narrow = splitting.narrow
    narrow_copy = splitting.narrow_copy
    select = splitting.select
    unbind = splitting.unbind
    split_with_sizes = splitting.split_with_sizes
    chunk = splitting.chunk
    tensor_split = splitting.tensor_split
    hsplit = splitting.hsplit
    vsplit = splitting.vsplit
    dsplit = splitting.dsplit
    diagonal = splitting.diagonal
    diag_embed = splitting.diag_embed
    diag = splitting.diag
    diagflat = splitting.diagflat
    tril = splitting.tril
    triu = splitting.triu
    tril_ = inplace(splitting.tril)
    triu_ = inplace(splitting.triu)
    trace = splitting.trace
    as_strided = strided.as_strided
    as_strided_ = strided.as_strided_
    as_strided_scatter = strided.as_strided_scatter

    def storage_offset(self) -> int:
        """Where in its memory the tensor starts, in elements."""
        return self.backend.storage_offset(self._data)  # type: ignore[attr-defined]
