"""Methods that change the shape or take parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd.functions import broadcasting, diagonals, shape, splitting, strided, transposition
from autograd.functions.common import inplace

if TYPE_CHECKING:
    from autograd.tensor import Tensor


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
    transpose_ = swapaxes_ = swapdims_ = transposition.transpose_
    t_ = transposition.t_
    unsqueeze = shape.unsqueeze
    permute = transposition.permute
    transpose = transposition.transpose
    swapaxes = transposition.swapaxes
    swapdims = transposition.transpose
    t = transposition.t
    adjoint = transposition.adjoint
    movedim = transposition.movedim
    moveaxis = transposition.movedim
    expand = broadcasting.expand
    expand_as = broadcasting.expand_as
    broadcast_to = broadcasting.broadcast_to

    def unflatten(self, dim: int, sizes: Any, *more: int) -> Tensor:
        """One dim made several: `x.unflatten(0, (2, 3))`.

        Examples
        --------
        >>> import autograd
        >>> autograd.ones(6).unflatten(0, (2, 3)).shape
        autograd.Size([2, 3])
        """
        return shape.unflatten(self, dim, (sizes, *more) if isinstance(sizes, int) else sizes)

    @property
    def T(self) -> Tensor:
        """All dims in reverse order."""
        return transposition.reversed_dims(self)

    @property
    def mT(self) -> Tensor:
        """The last two dims exchanged."""
        return transposition.matrix_transposed(self)

    @property
    def H(self) -> Tensor:
        """The conjugate transpose of a matrix."""
        return transposition.hermitian(self)

    @property
    def mH(self) -> Tensor:
        """The conjugate of `mT`."""
        return transposition.adjoint(self)

    narrow = splitting.narrow
    narrow_copy = splitting.narrow_copy
    select = splitting.select
    unbind = splitting.unbind

    def split(self, split_size: Any, dim: int = 0) -> tuple:
        """`autograd.split`: parts along a dim, of one size or of the sizes listed; views.

        Examples
        --------
        >>> import autograd
        >>> autograd.arange(3).split(2)
        (tensor([0, 1]), tensor([2]))
        """
        return splitting.split(self, split_size, dim)

    split_with_sizes = splitting.split_with_sizes
    chunk = splitting.chunk
    tensor_split = splitting.tensor_split
    hsplit = splitting.hsplit
    vsplit = splitting.vsplit
    dsplit = splitting.dsplit
    diagonal = diagonals.diagonal
    diag_embed = diagonals.diag_embed
    diag = diagonals.diag
    diagflat = diagonals.diagflat
    tril = diagonals.tril
    triu = diagonals.triu
    tril_ = inplace(diagonals.tril)
    triu_ = inplace(diagonals.triu)
    trace = diagonals.trace
    as_strided = strided.as_strided
    as_strided_ = strided.as_strided_
    as_strided_scatter = strided.as_strided_scatter

    def storage_offset(self) -> int:
        """Where in its memory the tensor starts, in elements.

        Examples
        --------
        >>> import autograd
        >>> autograd.arange(3)[1:].storage_offset()
        1
        """
        return self.backend.storage_offset(self._data)  # type: ignore[attr-defined]
