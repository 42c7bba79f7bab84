"""Losses of classification, with weights of classes or elements."""

from __future__ import annotations

from autograd import Tensor
from nn import functional as F
from nn.loss import _TargetLoss


class _WeightedLoss(_TargetLoss):
    """A loss with a factor for each element or class."""

    _options = ("weight",)

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())


class NLLLoss(_TargetLoss):
    """-weight[target] · input[target], the input being log probabilities (N, C, *).

    Examples
    --------
    >>> import autograd, nn
    >>> logits = autograd.tensor([[2.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    >>> nn.NLLLoss()(logits.log_softmax(1), autograd.tensor([0, 2]))
    tensor(0.3955)
    """

    _function = staticmethod(F.nll_loss)
    _options = ("weight", "ignore_index")

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())


class CrossEntropyLoss(_TargetLoss):
    """-weight[target] · log softmax(input)[target] of logits (N, C, *); targets are indices or probabilities.

    Examples
    --------
    >>> import autograd, nn
    >>> logits = autograd.tensor([[2.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    >>> nn.CrossEntropyLoss()(logits, autograd.tensor([0, 2]))
    tensor(0.3955)
    """

    _function = staticmethod(F.cross_entropy)
    _options = ("weight", "ignore_index", "label_smoothing")

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ):
        self.settle(locals())


class BCELoss(_WeightedLoss):
    """-weight · (target · log input + (1 - target) · log(1 - input)).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.BCELoss()(autograd.tensor([0.9, 0.2]), autograd.tensor([1.0, 0.0]))
    tensor(0.1643)
    """

    _function = staticmethod(F.binary_cross_entropy)


class BCEWithLogitsLoss(_TargetLoss):
    """BCELoss of sigmoid(input), stable, with pos_weight on the targets' first term.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.BCEWithLogitsLoss()(autograd.tensor([2.0, -1.0]), autograd.tensor([1.0, 0.0]))
    tensor(0.2201)
    """

    _function = staticmethod(F.binary_cross_entropy_with_logits)
    _options = ("weight", "pos_weight")

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        pos_weight: Tensor | None = None,
    ):
        self.settle(locals())


class MultiLabelSoftMarginLoss(_WeightedLoss):
    """The mean over classes of BCEWithLogitsLoss.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.MultiLabelSoftMarginLoss()(autograd.tensor([[2.0, -1.0]]), autograd.tensor([[1.0, 0.0]]))
    tensor(0.2201)
    """

    _function = staticmethod(F.multilabel_soft_margin_loss)


class MultiMarginLoss(_TargetLoss):
    """Σ max(0, margin - input[target] + input[other])^p · weight[target] / classes.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.MultiMarginLoss()(autograd.tensor([[0.1, 0.2, 0.4, 0.8]]), autograd.tensor([3]))
    tensor(0.3250)
    """

    _function = staticmethod(F.multi_margin_loss)
    _options = ("p", "margin", "weight")

    def __init__(
        self,
        p: int = 1,
        margin: float = 1.0,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        self.settle(locals())
