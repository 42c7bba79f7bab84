"""Flatten and Unflatten."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from nn.layer import Layer


class Flatten(Layer):
    """The dims from `start_dim` to `end_dim` as one.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Flatten()(autograd.rand(2, 3, 4)).shape
    autograd.Size([2, 12])
    """

    def __init__(self, start_dim: int = 1, end_dim: int = -1):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """(*, several dims, *) → (*, their product, *)."""
        ndim = input._data.ndim
        start = self.start_dim % ndim if ndim else 0
        end = self.end_dim % ndim if ndim else 0
        if not (-ndim <= self.start_dim < max(ndim, 1) and -ndim <= self.end_dim < max(ndim, 1)):
            raise IndexError(f"Flatten: dims {self.start_dim} to {self.end_dim} are out of range for a {ndim}-d input")
        if start > end:
            raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
        shape = input._data.shape
        size = 1
        for n in shape[start : end + 1]:
            size *= n
        return input.reshape((*shape[:start], size, *shape[end + 1 :]))

    def extra_repr(self) -> str:
        """The dims."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


class Unflatten(Layer):
    """One dim as several.

    Parameters
    ----------
    dim : which
    unflattened_size : the sizes it becomes; one may be -1

    Raises
    ------
    TypeError
        For sizes that are not numbers, or a dim that is neither a number nor a name.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Unflatten(1, (3, 4))(autograd.rand(2, 12)).shape
    autograd.Size([2, 3, 4])
    """

    def __init__(self, dim: int, unflattened_size: Any):
        if not isinstance(dim, int):
            raise TypeError(f"unflattened_size must be given for an int dim, not {type(dim).__name__}")
        if not isinstance(unflattened_size, (tuple, list)) or not all(isinstance(n, int) for n in unflattened_size):
            raise TypeError(f"unflattened_size must be a tuple of ints, but found {unflattened_size!r}")
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """(*, n, *) → (*, sizes, *)."""
        shape = list(input._data.shape)
        dim = self.dim % len(shape)
        sizes = list(self.unflattened_size)
        known = 1
        for n in sizes:
            known *= n if n != -1 else 1
        sizes = [shape[dim] // known if n == -1 and known else n for n in sizes]
        product = 1
        for n in sizes:
            product *= n
        if product != shape[dim]:
            raise RuntimeError(
                f"unflatten: Provided sizes {list(self.unflattened_size)} don't multiply up to the size of dim {dim} "
                f"({shape[dim]}) in the input tensor"
            )
        return input.reshape((*shape[:dim], *sizes, *shape[dim + 1 :]))

    def extra_repr(self) -> str:
        """The dim and the sizes."""
        return f"dim={self.dim}, unflattened_size={self.unflattened_size}"
