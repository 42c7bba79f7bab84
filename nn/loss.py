"""Losses between values, distributions, pairs and triplets."""

from __future__ import annotations

from typing import Any

from autograd import Tensor
from nn import functional as F
from nn.functional.common import reduction_of
from nn.layer import Layer


class _Loss(Layer):
    """A loss that is averaged, summed or returned as it is, by `reduction`: "mean", "sum" or "none"."""

    def settle(self, arguments: dict[str, Any]) -> None:
        """Begin as a Module, with the arguments as attributes; weights of classes as buffers."""
        weights = {name: arguments[name] for name in ("weight", "pos_weight") if name in arguments}
        super().settle({name: value for name, value in arguments.items() if name not in weights})
        for name, weight in weights.items():
            self.register_buffer(name, weight)
        self.reduction = _reduction(arguments)


def _reduction(arguments: dict[str, Any]) -> str:
    """The reduction that the two deprecated flags mean, or the one that is given."""
    flags = arguments.get("size_average"), arguments.get("reduce")
    return arguments["reduction"] if flags == (None, None) else reduction_of(arguments["reduction"], *flags)


class L1Loss(_Loss):
    """|input - target|."""

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.l1_loss(input, target, reduction=self.reduction)


class MSELoss(_Loss):
    """(input - target)²."""

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.mse_loss(input, target, reduction=self.reduction)


class SmoothL1Loss(_Loss):
    """d² / (2 · beta) where d = |input - target| < beta, elsewhere d - beta / 2."""

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        beta: float = 1.0,
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


class HuberLoss(_Loss):
    """d² / 2 where d = |input - target| < delta, elsewhere delta · (d - delta / 2)."""

    def __init__(
        self,
        reduction: str = "mean",
        delta: float = 1.0,
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.huber_loss(input, target, reduction=self.reduction, delta=self.delta)


class SoftMarginLoss(_Loss):
    """log(1 + exp(-target · input)), targets ±1."""

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.soft_margin_loss(input, target, reduction=self.reduction)


class KLDivLoss(_Loss):
    """target · (log target - input), the input being a logarithm; the target too with log_target."""

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        log_target: bool = False,
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.kl_div(input, target, reduction=self.reduction, log_target=self.log_target)


class PoissonNLLLoss(_Loss):
    """exp(input) - target · input, or with log_input off input - target · log(input + eps)."""

    def __init__(
        self,
        log_input: bool = True,
        full: bool = False,
        size_average: bool | None = None,
        eps: float = 1e-8,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.poisson_nll_loss(
            input, target, log_input=self.log_input, full=self.full, eps=self.eps, reduction=self.reduction
        )


class GaussianNLLLoss(_Loss):
    """(log var + (input - target)² / var) / 2, the variance not below eps."""

    def __init__(
        self,
        *,
        full: bool = False,
        eps: float = 1e-6,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor, var: Any) -> Tensor:
        """The loss, reduced."""
        return F.gaussian_nll_loss(input, target, var, full=self.full, eps=self.eps, reduction=self.reduction)


class HingeEmbeddingLoss(_Loss):
    """input where the target is 1, max(0, margin - input) where it is -1."""

    def __init__(
        self,
        margin: float = 1.0,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.hinge_embedding_loss(input, target, margin=self.margin, reduction=self.reduction)


class MultiLabelMarginLoss(_Loss):
    """Σ max(0, 1 - (input[target] - input[other])) / classes, for several targets, ended by -1."""

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.multilabel_margin_loss(input, target, reduction=self.reduction)


class CosineEmbeddingLoss(_Loss):
    """1 - cos(input1, input2) where the target is 1, max(0, cos - margin) where it is -1."""

    def __init__(
        self,
        margin: float = 0.0,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.cosine_embedding_loss(input1, input2, target, margin=self.margin, reduction=self.reduction)


class MarginRankingLoss(_Loss):
    """max(0, -target · (input1 - input2) + margin)."""

    def __init__(
        self,
        margin: float = 0.0,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.margin_ranking_loss(input1, input2, target, margin=self.margin, reduction=self.reduction)


class TripletMarginLoss(_Loss):
    """max(0, |anchor - positive| - |anchor - negative| + margin), in the p-norm."""

    def __init__(
        self,
        margin: float = 1.0,
        p: float = 2.0,
        eps: float = 1e-6,
        swap: bool = False,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.triplet_margin_loss(
            anchor, positive, negative, margin=self.margin, p=self.p, eps=self.eps, swap=self.swap,
            reduction=self.reduction,
        )  # fmt: skip


class TripletMarginWithDistanceLoss(_Loss):
    """max(0, d(anchor, positive) - d(anchor, negative) + margin), with a distance of one's own."""

    def __init__(
        self,
        *,
        distance_function: Any = None,
        margin: float = 1.0,
        swap: bool = False,
        reduction: str = "mean",
    ):
        self.settle(locals())

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """The loss, reduced."""
        return F.triplet_margin_with_distance_loss(
            anchor, positive, negative, distance_function=self.distance_function, margin=self.margin, swap=self.swap,
            reduction=self.reduction,
        )  # fmt: skip


class CTCLoss(_Loss):
    """-log of the probability of the target under all alignments (Graves et al., 2006)."""

    def __init__(
        self,
        blank: int = 0,
        reduction: str = "mean",
        zero_infinity: bool = False,
    ):
        self.settle(locals())

    def forward(self, log_probs: Tensor, targets: Tensor, input_lengths: Any, target_lengths: Any) -> Tensor:
        """The loss, reduced."""
        return F.ctc_loss(
            log_probs, targets, input_lengths, target_lengths, self.blank, self.reduction, self.zero_infinity
        )
