"""Invertible functions of random numbers, under the names of `torch.distributions.transforms`."""

from __future__ import annotations

from autograd.distributions.transforms.base import (
    ComposeTransform,
    identity_transform,
    IndependentTransform,
    ReshapeTransform,
    Transform,
)
from autograd.distributions.transforms.elementwise import (
    AbsTransform,
    AffineTransform,
    ExpTransform,
    PowerTransform,
    SigmoidTransform,
    SoftplusTransform,
    TanhTransform,
)
from autograd.distributions.transforms.joining import CatTransform, CumulativeDistributionTransform, StackTransform
from autograd.distributions.transforms.vector import (
    CorrCholeskyTransform, LowerCholeskyTransform, PositiveDefiniteTransform, SoftmaxTransform, StickBreakingTransform,
)  # fmt: skip

__all__ = [
    "AbsTransform", "AffineTransform", "CatTransform", "ComposeTransform", "CorrCholeskyTransform",
    "CumulativeDistributionTransform", "ExpTransform", "IndependentTransform", "LowerCholeskyTransform",
    "PositiveDefiniteTransform", "PowerTransform", "ReshapeTransform", "SigmoidTransform", "SoftmaxTransform",
    "SoftplusTransform", "StackTransform", "StickBreakingTransform", "TanhTransform", "Transform",
    "identity_transform",
]  # fmt: skip
