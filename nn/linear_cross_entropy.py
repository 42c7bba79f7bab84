"""LinearCrossEntropyLoss: cross entropy of the logits that a linear layer of its own computes."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import autograd
from autograd import Tensor, ops
from nn import functional as F
from nn.linear import Linear
from nn.loss import _Loss


@dataclass(frozen=True)
class LinearCrossEntropyOptions:
    """How PyTorch divides the work of `LinearCrossEntropyLoss` to save memory.

    Checked and kept; the result does not depend on it, and the logits are computed whole.

    Parameters
    ----------
    allow_retain_graph : whether backward may run twice; it may, whatever this says
    batch_chunk_size : rows of a chunk
    chunking_method : "auto", "aspect_ratio" or "aspect_ratio:n"
    acc_policy : "accurate", "balanced", "compact" or "auto"
    acc_dtype : the type in which to add up

    Raises
    ------
    ValueError
        If one of these is something else.
    """

    allow_retain_graph: bool = False
    batch_chunk_size: int | None = None
    chunking_method: str | None = "auto"
    acc_policy: str = "auto"
    acc_dtype: Any = None

    def __post_init__(self) -> None:
        size, method = self.batch_chunk_size, self.chunking_method
        if size is not None and not (isinstance(size, int) and size > 0):
            raise ValueError(f"batch_chunk_size must be positive int or None, got {size!r}")
        if method is not None and not re.fullmatch(r"auto|aspect_ratio(:0*[1-9][0-9]*)?", method):
            raise ValueError(f"invalid chunking_method: {method!r}; use 'auto', 'aspect_ratio' or 'aspect_ratio:n'")
        if self.acc_policy not in ("accurate", "balanced", "compact", "auto"):
            raise ValueError(
                f"invalid acc_policy: {self.acc_policy!r}; use 'accurate', 'balanced', 'compact' or 'auto'"
            )
        kind = self.acc_dtype
        if kind is not None and not (isinstance(kind, autograd.dtype) and kind.is_floating_point):
            raise ValueError(f"acc_dtype must be a floating dtype or None, got {kind!r}")


class LinearCrossEntropyLoss(_Loss):
    """`CrossEntropyLoss` of linear(input), whose weight is trained with the rest.

    Parameters
    ----------
    in_features : F, the width of the input
    num_classes : C
    out_features : further dims (d₁, ..., d_K) of the logits (N, C, d₁, ..., d_K)
    bias : whether the linear map adds one
    device, dtype : of the linear map's parameters
    reduction : "mean", "sum" or "none"
    weight : of the classes, (C)
    ignore_index : a target that does not count, -100 if None; only where targets are class numbers
    label_smoothing : from 0 to 1, how much of the target is spread over all classes
    options : accepted; the result does not depend on it

    Raises
    ------
    RuntimeError
        If `label_smoothing` is not in [0, 1].

    Examples
    --------
    >>> import autograd, nn
    >>> loss = nn.LinearCrossEntropyLoss(4, 10)
    >>> loss(autograd.ones(3, 4), autograd.tensor([1, 0, 9])).shape
    autograd.Size([])
    """

    shown = (
        "in_features", "num_classes", "out_features", "bias", "reduction", "ignore_index", "label_smoothing", "options",
    )  # fmt: skip

    def __init__(
        self,
        in_features: int,
        num_classes: int,
        *,
        out_features: tuple[int, ...] = (),
        bias: bool = False,
        device: Any = None,
        dtype: Any = None,
        reduction: str = "mean",
        weight: Tensor | None = None,
        ignore_index: int | None = None,
        label_smoothing: float = 0.0,
        options: LinearCrossEntropyOptions | None = None,
    ):
        if not 0 <= label_smoothing <= 1:
            raise RuntimeError(f"expected label_smoothing to be in range [0, 1], got {label_smoothing}")
        self.settle(locals())
        self.linear = Linear(in_features, num_classes * math.prod(out_features), bias, device, dtype)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Input (N, F) or (F), target class numbers (N, *out_features) or probabilities (N, C, *out_features)."""
        sizes = (self.num_classes, *self.out_features)
        bias = self.linear.bias
        return F.linear_cross_entropy(
            input, ops.reshape(self.linear.weight, shape=(*sizes, self.in_features)), target,
            linear_bias=None if bias is None else ops.reshape(bias, shape=sizes), weight=self.weight,
            reduction=self.reduction, ignore_index=self.ignore_index, label_smoothing=self.label_smoothing,
            options=self.options,
        )  # fmt: skip
