"""Embedding and EmbeddingBag: rows of a table by index, and sums, means or maxima of them."""

from __future__ import annotations

from typing import Any, Self

import autograd
from autograd import Tensor
from nn import functional as F
from nn import init
from nn.layer import Layer
from nn.parameter import Parameter


class _Table(Layer):
    """What both share: the table (num_embeddings, embedding_dim), maybe with a row that is padding."""

    weight: Tensor
    num_embeddings: int
    embedding_dim: int
    padding_idx: int | None
    unusual: tuple[tuple[str, Any], ...] = ()  # what the text shows unless it is so

    def _fill(self, weight: Tensor | None, device: Any, dtype: Any) -> None:
        """Make the table, or take the one that is given."""
        sizes, padding_idx = [self.num_embeddings, self.embedding_dim], self.padding_idx
        if padding_idx is not None:
            if not -sizes[0] <= padding_idx < sizes[0]:
                raise AssertionError(f"padding_idx must be within num_embeddings ({sizes[0]}), but got {padding_idx}")
            self.padding_idx = padding_idx % sizes[0]
        if weight is None:
            self.weight = Parameter(autograd.empty(*sizes, device=device, dtype=dtype))
            self.reset_parameters()
        elif list(weight.shape) == sizes:
            self.weight = Parameter(weight)
        else:
            raise AssertionError(
                f"Shape of weight {list(weight.shape)} does not match num_embeddings and embedding_dim {sizes}"
            )

    def reset_parameters(self) -> None:
        """Standard normal; 0 in the padding row."""
        init.normal_(self.weight)
        if self.padding_idx is not None:
            with autograd.no_grad():
                self.weight[self.padding_idx] = 0.0

    def extra_repr(self) -> str:
        """The sizes; the rest where it is not usual."""
        text = f"{self.num_embeddings}, {self.embedding_dim}"
        for name, usual in self.unusual:
            if getattr(self, name) != usual:
                text += f", {name}={getattr(self, name)!r}"
        return text


def _matrix(embeddings: Tensor) -> Tensor:
    """A table that is given, if it is one."""
    if embeddings.ndim != 2:
        raise AssertionError(f"Embeddings parameter is expected to be 2-dimensional, not {embeddings.ndim}-dimensional")
    return embeddings


class Embedding(_Table):
    """weight[input]: the rows of a table (num_embeddings, embedding_dim).

    Parameters
    ----------
    num_embeddings, embedding_dim : rows and columns of the table
    padding_idx : a row that is not trained, and starts from 0
    max_norm : rows that are used and have a larger norm are scaled to it, in place
    norm_type : of that norm
    scale_grad_by_freq : divide a row's gradient by how often it was used
    sparse : accepted, and without effect: gradients are dense
    device, dtype : of the table

    Raises
    ------
    AssertionError
        If `padding_idx` is no row.

    Examples
    --------
    >>> import autograd, nn
    >>> table = nn.Embedding(num_embeddings=10, embedding_dim=3, padding_idx=0)
    >>> table(autograd.tensor([[1, 2, 0]])).shape
    autograd.Size([1, 3, 3])
    >>> table.weight[0].detach()
    tensor([0., 0., 0.])
    """

    unusual = (
        ("padding_idx", None), ("max_norm", None), ("norm_type", 2.0), ("scale_grad_by_freq", False), ("sparse", False),
    )  # fmt: skip

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
        _weight: Tensor | None = None,
        _freeze: bool = False,
        device: Any = None,
        dtype: Any = None,
    ):
        self.settle({name: value for name, value in locals().items() if not name.startswith("_")})
        self._fill(_weight, device, dtype)
        self.weight.requires_grad_(not _freeze)

    def forward(self, input: Tensor) -> Tensor:
        """Indices (*) → (*, embedding_dim)."""
        return F.embedding(
            input, self.weight, self.padding_idx, self.max_norm, self.norm_type, self.scale_grad_by_freq, self.sparse
        )  # fmt: skip

    @classmethod
    def from_pretrained(
        cls,
        embeddings: Tensor,
        freeze: bool = True,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
    ) -> Self:
        """An embedding with a given table, which is not trained unless `freeze` is off.

        Raises
        ------
        AssertionError
            If the table is no matrix.
        """
        return cls(  # type: ignore[misc]
            *_matrix(embeddings).shape, padding_idx=padding_idx, max_norm=max_norm, norm_type=norm_type,
            scale_grad_by_freq=scale_grad_by_freq, sparse=sparse, _weight=embeddings, _freeze=freeze,
        )  # fmt: skip


class EmbeddingBag(_Table):
    """The sums, means or maxima of bags of rows of a table (num_embeddings, embedding_dim).

    Parameters
    ----------
    num_embeddings, embedding_dim : rows and columns of the table
    max_norm : rows that are used and have a larger norm are scaled to it, in place
    norm_type : of that norm
    scale_grad_by_freq : divide a row's gradient by how often it was used
    mode : "sum", "mean" or "max"
    sparse : accepted, and without effect: gradients are dense
    include_last_offset : whether the last offset is the end of the last bag
    padding_idx : a row that counts in no bag, is not trained, and starts from 0
    device, dtype : of the table

    Raises
    ------
    AssertionError
        If `padding_idx` is no row.

    Examples
    --------
    >>> import autograd, nn
    >>> bags = nn.EmbeddingBag(10, 3, mode="sum")
    >>> bags(autograd.tensor([1, 2, 4, 5, 4]), offsets=autograd.tensor([0, 2])).shape
    autograd.Size([2, 3])
    """

    unusual = (
        ("max_norm", None), ("norm_type", 2.0), ("scale_grad_by_freq", False), ("mode", None), ("padding_idx", None),
    )  # fmt: skip

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        mode: str = "mean",
        sparse: bool = False,
        _weight: Tensor | None = None,
        include_last_offset: bool = False,
        padding_idx: int | None = None,
        device: Any = None,
        dtype: Any = None,
    ):
        self.settle({name: value for name, value in locals().items() if not name.startswith("_")})
        self._fill(_weight, device, dtype)

    def forward(
        self, input: Tensor, offsets: Tensor | None = None, per_sample_weights: Tensor | None = None
    ) -> Tensor:  # fmt: skip
        """B bags of indices (B, n), or (N,) divided at `offsets` (B,) → (B, embedding_dim).

        Parameters
        ----------
        offsets : where each bag of an `input` (N,) begins
        per_sample_weights : factors of the rows, shaped as the input; for mode "sum"
        """
        return F.embedding_bag(
            input, self.weight, offsets, self.max_norm, self.norm_type, self.scale_grad_by_freq, self.mode, self.sparse,
            per_sample_weights, self.include_last_offset, self.padding_idx,
        )  # fmt: skip

    @classmethod
    def from_pretrained(
        cls,
        embeddings: Tensor,
        freeze: bool = True,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        mode: str = "mean",
        sparse: bool = False,
        include_last_offset: bool = False,
        padding_idx: int | None = None,
    ) -> Self:
        """Bags of the rows of a given table, which is not trained unless `freeze` is off.

        Raises
        ------
        AssertionError
            If the table is no matrix.
        """
        made = cls(  # type: ignore[misc]
            *_matrix(embeddings).shape, max_norm=max_norm, norm_type=norm_type, scale_grad_by_freq=scale_grad_by_freq,
            mode=mode, sparse=sparse, _weight=embeddings, include_last_offset=include_last_offset,
            padding_idx=padding_idx,
        )  # fmt: skip
        made.weight.requires_grad_(not freeze)
        return made
