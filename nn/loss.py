"""Losses between values, distributions, pairs and triplets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from autograd import Tensor
from nn import functional as F
from nn.functional.common import reduction_of
from nn.layer import Layer
from nn.upsampling import PairwiseDistance


class _Loss(Layer):
    """A loss that is averaged, summed or returned as it is, by `reduction`: "mean", "sum" or "none"."""

    _function: ClassVar[Callable[..., Tensor]]
    _options: ClassVar[tuple[str, ...]] = ()  # the attributes that the function takes besides the reduction

    def __init__(self, size_average: bool | None = None, reduce: bool | None = None, reduction: str = "mean"):
        self.settle(locals())

    def settle(self, arguments: dict[str, Any]) -> None:
        """Begin as a Module, with the arguments as attributes; weights of classes as buffers."""
        weights = {name: arguments[name] for name in ("weight", "pos_weight") if name in arguments}
        super().settle({name: value for name, value in arguments.items() if name not in weights})
        for name, weight in weights.items():
            self.register_buffer(name, weight)
        self.reduction = _reduction(arguments)

    def _loss(self, *tensors: Any) -> Tensor:
        """The function of these tensors, with the layer's options."""
        options = {name: getattr(self, name) for name in self._options}
        return self._function(*tensors, **options, reduction=self.reduction)


def _reduction(arguments: dict[str, Any]) -> str:
    """The reduction that the two deprecated flags mean, or the one that is given."""
    flags = arguments.get("size_average"), arguments.get("reduce")
    return arguments["reduction"] if flags == (None, None) else reduction_of(arguments["reduction"], *flags)


class _TargetLoss(_Loss):
    """A loss between an input and its target."""

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return self._loss(input, target)


class L1Loss(_TargetLoss):
    """|input - target|.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.L1Loss()(autograd.tensor([0.5, 2.0]), autograd.tensor([1.0, 1.0]))
    tensor(0.7500)
    """

    _function = staticmethod(F.l1_loss)


class MSELoss(_TargetLoss):
    """(input - target)².

    Examples
    --------
    >>> import autograd, nn
    >>> nn.MSELoss()(autograd.tensor([0.5, 2.0]), autograd.tensor([1.0, 1.0]))
    tensor(0.6250)
    """

    _function = staticmethod(F.mse_loss)


class SmoothL1Loss(_TargetLoss):
    """d² / (2 · beta) where d = |input - target| < beta, elsewhere d - beta / 2.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.SmoothL1Loss()(autograd.tensor([0.5, 2.0]), autograd.tensor([1.0, 1.0]))
    tensor(0.3125)
    """

    _function = staticmethod(F.smooth_l1_loss)
    _options = ("beta",)

    def __init__(
        self, size_average: bool | None = None, reduce: bool | None = None, reduction: str = "mean", beta: float = 1.0
    ):
        self.settle(locals())


class HuberLoss(_TargetLoss):
    """d² / 2 where d = |input - target| < delta, elsewhere delta · (d - delta / 2).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.HuberLoss()(autograd.tensor([0.5, 2.0]), autograd.tensor([1.0, 1.0]))
    tensor(0.3125)
    """

    _function = staticmethod(F.huber_loss)
    _options = ("delta",)

    def __init__(self, reduction: str = "mean", delta: float = 1.0):
        self.settle(locals())


class SoftMarginLoss(_TargetLoss):
    """log(1 + exp(-target · input)), targets ±1.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.SoftMarginLoss()(autograd.tensor([0.5, 2.0]), autograd.tensor([1.0, 1.0]))
    tensor(0.3005)
    """

    _function = staticmethod(F.soft_margin_loss)


class KLDivLoss(_TargetLoss):
    """target · (log target - input), the input being a logarithm; the target too with log_target.

    Examples
    --------
    >>> import autograd, nn
    >>> p, q = autograd.tensor([[0.5, 0.5]]), autograd.tensor([[0.25, 0.75]])
    >>> nn.KLDivLoss(reduction="batchmean")(q.log(), p)
    tensor(0.1438)
    """

    _function = staticmethod(F.kl_div)
    _options = ("log_target",)

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        log_target: bool = False,
    ):
        self.settle(locals())


class PoissonNLLLoss(_Loss):
    """exp(input) - target · input, or with log_input off input - target · log(input + eps).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.PoissonNLLLoss()(autograd.tensor([0.0, 1.0]), autograd.tensor([1.0, 3.0]))
    tensor(0.3591)
    """

    _function = staticmethod(F.poisson_nll_loss)
    _options = ("log_input", "full", "eps")

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

    def forward(self, log_input: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return self._loss(log_input, target)


class GaussianNLLLoss(_Loss):
    """(log var + (input - target)² / var) / 2, the variance not below eps.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.GaussianNLLLoss()(autograd.tensor([0.5]), autograd.tensor([1.0]), var=autograd.tensor([0.25]))
    tensor(-0.1931)
    """

    _function = staticmethod(F.gaussian_nll_loss)
    _options = ("full", "eps")

    def __init__(self, *, full: bool = False, eps: float = 1e-6, reduction: str = "mean"):
        self.settle(locals())

    def forward(self, input: Tensor, target: Tensor, var: Any) -> Tensor:
        """The loss, reduced."""
        return self._loss(input, target, var)


class HingeEmbeddingLoss(_TargetLoss):
    """input where the target is 1, max(0, margin - input) where it is -1.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.HingeEmbeddingLoss()(autograd.tensor([0.5, 0.25]), autograd.tensor([1.0, -1.0]))
    tensor(0.6250)
    """

    _function = staticmethod(F.hinge_embedding_loss)
    _options = ("margin",)

    def __init__(
        self, margin: float = 1.0, size_average: bool | None = None, reduce: bool | None = None, reduction: str = "mean"
    ):
        self.settle(locals())


class MultiLabelMarginLoss(_TargetLoss):
    """Σ max(0, 1 - (input[target] - input[other])) / classes, for several targets, ended by -1.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.MultiLabelMarginLoss()(autograd.tensor([[0.1, 0.2, 0.4, 0.8]]), autograd.tensor([[3, 0, -1, 1]]))
    tensor(0.8500)
    """

    _function = staticmethod(F.multilabel_margin_loss)


class _PairLoss(_Loss):
    """A loss between two inputs, whose target says which of two relations they should have."""

    _options = ("margin",)

    def __init__(
        self, margin: float = 0.0, size_average: bool | None = None, reduce: bool | None = None, reduction: str = "mean"
    ):
        self.settle(locals())

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Tensor:
        """The loss, reduced."""
        return self._loss(input1, input2, target)


class CosineEmbeddingLoss(_PairLoss):
    """1 - cos(input1, input2) where the target is 1, max(0, cos - margin) where it is -1.

    Examples
    --------
    >>> import autograd, nn
    >>> a, b = autograd.tensor([[1.0, 0.0]]), autograd.tensor([[1.0, 1.0]])
    >>> nn.CosineEmbeddingLoss()(a, b, autograd.tensor([1.0]))
    tensor(0.2929)
    """

    _function = staticmethod(F.cosine_embedding_loss)


class MarginRankingLoss(_PairLoss):
    """max(0, -target · (input1 - input2) + margin).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.MarginRankingLoss(margin=0.5)(autograd.tensor([1.0]), autograd.tensor([0.75]), autograd.tensor([1.0]))
    tensor(0.2500)
    """

    _function = staticmethod(F.margin_ranking_loss)


class _TripletLoss(_Loss):
    """A loss that wants an anchor nearer to a positive than to a negative example."""

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """The loss, reduced."""
        return self._loss(anchor, positive, negative)


class TripletMarginLoss(_TripletLoss):
    """max(0, |anchor - positive| - |anchor - negative| + margin), in the p-norm.

    Examples
    --------
    >>> import autograd, nn
    >>> anchor, positive, negative = autograd.tensor([[0.0]]), autograd.tensor([[1.0]]), autograd.tensor([[1.5]])
    >>> nn.TripletMarginLoss()(anchor, positive, negative)
    tensor(0.5000)
    """

    _function = staticmethod(F.triplet_margin_loss)
    _options = ("margin", "p", "eps", "swap")

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


class TripletMarginWithDistanceLoss(_TripletLoss):
    """max(0, d(anchor, positive) - d(anchor, negative) + margin), with a distance of one's own."""

    _function = staticmethod(F.triplet_margin_with_distance_loss)
    _options = ("distance_function", "margin", "swap")

    def __init__(
        self, *, distance_function: Any = None, margin: float = 1.0, swap: bool = False, reduction: str = "mean"
    ):
        distance_function = PairwiseDistance() if distance_function is None else distance_function
        self.settle(locals())


class CTCLoss(_Loss):
    """-log of the probability of the target under all alignments (Graves et al., 2006).

    Examples
    --------
    >>> import autograd, nn
    >>> log_probs = autograd.zeros(4, 1, 3).log_softmax(2)  # 4 steps, a batch of 1, blank and 2 symbols
    >>> nn.CTCLoss()(log_probs, autograd.tensor([[1, 2]]), (4,), (2,))
    tensor(0.8432)
    """

    _function = staticmethod(F.ctc_loss)
    _options = ("blank", "zero_infinity")

    def __init__(self, blank: int = 0, reduction: str = "mean", zero_infinity: bool = False):
        self.settle(locals())

    def forward(self, log_probs: Tensor, targets: Tensor, input_lengths: Any, target_lengths: Any) -> Tensor:
        """The loss, reduced."""
        return self._loss(log_probs, targets, input_lengths, target_lengths)
