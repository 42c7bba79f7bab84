"""Embedding: rows of a table by index."""

from __future__ import annotations

from typing import Any, Self

import autograd
from autograd import Tensor
from nn import functional as F
from nn import init
from nn.layer import Layer
from nn.parameter import Parameter


class Embedding(Layer):
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
    ValueError
        If `padding_idx` is no row.
    """

    weight: Tensor

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
        super().__init__()
        if padding_idx is not None:
            if not -num_embeddings <= padding_idx < num_embeddings:
                raise ValueError(f"padding_idx must be within num_embeddings ({num_embeddings}), but got {padding_idx}")
            padding_idx %= num_embeddings
        self.num_embeddings, self.embedding_dim, self.padding_idx = num_embeddings, embedding_dim, padding_idx
        self.max_norm, self.norm_type, self.scale_grad_by_freq = max_norm, norm_type, scale_grad_by_freq
        self.sparse = sparse
        if _weight is None:
            table = autograd.empty(num_embeddings, embedding_dim, device=device, dtype=dtype)
            self.weight = Parameter(table, requires_grad=not _freeze)
            self.reset_parameters()
        else:
            if list(_weight.shape) != [num_embeddings, embedding_dim]:
                raise ValueError("Shape of weight does not match num_embeddings and embedding_dim")
            self.weight = Parameter(_weight, requires_grad=not _freeze)

    def reset_parameters(self) -> None:
        """Standard normal; 0 in the padding row."""
        init.normal_(self.weight)
        if self.padding_idx is not None:
            with autograd.no_grad():
                self.weight[self.padding_idx] = 0.0

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
        ValueError
            If the table is no matrix.
        """
        if embeddings.ndim != 2:
            raise ValueError(f"Embeddings parameter is expected to be 2-dimensional, not {embeddings.ndim}-dimensional")
        return cls(  # type: ignore[misc]
            *embeddings.shape, padding_idx=padding_idx, max_norm=max_norm, norm_type=norm_type,
            scale_grad_by_freq=scale_grad_by_freq, sparse=sparse, _weight=embeddings, _freeze=freeze,
        )  # fmt: skip

    def extra_repr(self) -> str:
        """The sizes; the rest where it is not usual."""
        text = f"{self.num_embeddings}, {self.embedding_dim}"
        for name, usual in (("padding_idx", None), ("max_norm", None), ("norm_type", 2.0)):
            if getattr(self, name) != usual:
                text += f", {name}={getattr(self, name)}"
        return text + "".join(f", {name}=True" for name in ("scale_grad_by_freq", "sparse") if getattr(self, name))
