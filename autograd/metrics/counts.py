"""Metrics of counts: Accuracy, Precision, Recall, F1Score, FBetaScore, JaccardIndex; and ConfusionMatrix."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor
from autograd.metrics.labels import Task, check_choice
from autograd.metrics.metric import Metric, State, as_value

AVERAGES = ("micro", "macro", "weighted", "none", None)


class CountMetric(Metric):
    """Base of the metrics that are ratios of true and false positives and negatives of each class.

    Parameters
    ----------
    task : "binary", "multiclass" or "multilabel"
    threshold : probabilities above it mean that the class, or the label, is there
    num_classes, num_labels : how many there are, for "multiclass" and "multilabel"
    average : over classes or labels: "micro" adds up their counts, "macro" is the plain mean of their figures without
        classes that neither occur nor are predicted, "weighted" the mean by how often each occurs, None gives all
    top_k : for "multiclass", a prediction is right if the target is among the `top_k` largest scores
    ignore_index : targets of this value are left out
    zero_division : the figure where nothing was there to count
    validate_args : whether values are checked too, which waits for a GPU

    Shapes: predictions are probabilities or classes of the target's shape; for "multiclass" also scores with a dimension
    of `num_classes` after the first. For "multilabel" labels are dimension 1 of both.

    Raises
    ------
    ValueError
        For unknown options, and by `update` for shapes that do not fit and values out of range.
    """

    higher_is_better = True

    def __init__(
        self, task: str, threshold: float = 0.5, num_classes: int | None = None, num_labels: int | None = None,
        average: str | None = "micro", top_k: int = 1, ignore_index: int | None = None, zero_division: float = 0.0,
        validate_args: bool = True,
    ):  # fmt: skip
        super().__init__()
        check_choice("average", average, AVERAGES)
        self.task = Task(task, threshold, num_classes, num_labels, top_k, ignore_index, validate_args)
        self.average, self.zero_division = average, zero_division

    def measure(self, preds: Tensor, target: Tensor) -> State:
        """True and false positives and negatives of each class."""
        if self.task.name == "multiclass":
            preds, target = self.task.labels(preds, target)
            count = self.task.count
            hits = target[preds == target].bincount(minlength=count)
            predicted, occurred = preds.bincount(minlength=count), target.bincount(minlength=count)
            total: Any = target.numel()
        else:
            preds, true, kept = self.task.marks(preds, target)
            hits, predicted, occurred = (preds & true & kept).sum(0), (preds & kept).sum(0), (true & kept).sum(0)
            total = kept.sum(0)
        return {"tp": hits, "fp": predicted - hits, "fn": occurred - hits, "tn": total - predicted - occurred + hits}

    def parts(self, tp: Tensor, fp: Tensor, tn: Tensor, fn: Tensor) -> tuple[Tensor, Tensor]:
        """Numerator and denominator of the figure."""
        raise NotImplementedError(f"{type(self).__name__}: write parts(self, tp, fp, tn, fn), which returns a fraction")

    def _ratio(self, tp: Tensor, fp: Tensor, tn: Tensor, fn: Tensor) -> Tensor:
        above, below = (part.to(autograd.float64) for part in self.parts(tp, fp, tn, fn))
        empty = below == 0
        return autograd.where(empty, float(self.zero_division), above / autograd.where(empty, 1.0, below))

    def value(self, tp: Tensor, fp: Tensor, tn: Tensor, fn: Tensor) -> Tensor:
        """The figure, averaged as asked."""
        if self.task.name == "binary":
            return as_value(self._ratio(tp, fp, tn, fn)[0])
        if self.average == "micro":
            return as_value(self._ratio(tp.sum(), fp.sum(), tn.sum(), fn.sum()))
        each = self._ratio(tp, fp, tn, fn)
        if self.average in ("none", None):
            return as_value(each)
        if self.average == "weighted":
            weights = (tp + fn).to(each.dtype)
        elif self.task.name == "multilabel":
            weights = autograd.ones_like(each)
        else:
            weights = (tp + fp + fn > 0).to(each.dtype)
        return as_value((each * weights).sum() / weights.sum().clamp(min=1))


class Accuracy(CountMetric):
    """Accuracy: the share of predictions that are right.

    For "multiclass" with `average="macro"` it is the mean recall of the classes, known as balanced accuracy.
    Parameters are those of `CountMetric`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import Accuracy
    >>> accuracy = Accuracy(task="multiclass", num_classes=3)
    >>> accuracy.update(autograd.tensor([2, 1, 0, 1]), autograd.tensor([2, 1, 0, 0]))
    >>> accuracy.update(autograd.tensor([[0.1, 0.2, 0.7]]), autograd.tensor([1]))
    >>> accuracy.compute()
    tensor(0.6000)
    """

    def parts(self, tp: Tensor, fp: Tensor, tn: Tensor, fn: Tensor) -> tuple[Tensor, Tensor]:
        """Right ones over all."""
        if self.task.name == "multiclass":
            return tp, tp + fn
        return tp + tn, tp + tn + fp + fn


class Precision(CountMetric):
    """Precision: the share of what was predicted as a class that is of it, tp / (tp + fp).

    Parameters are those of `CountMetric`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import Precision
    >>> Precision(task="binary")(autograd.tensor([0, 1, 1, 1]), autograd.tensor([0, 1, 0, 1]))
    tensor(0.6667)
    """

    def parts(self, tp: Tensor, fp: Tensor, tn: Tensor, fn: Tensor) -> tuple[Tensor, Tensor]:
        """True ones over predicted ones."""
        return tp, tp + fp


class Recall(CountMetric):
    """Recall: the share of a class that was predicted as it, tp / (tp + fn).

    Parameters are those of `CountMetric`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import Recall
    >>> Recall(task="binary")(autograd.tensor([0, 1, 1, 1]), autograd.tensor([0, 1, 0, 1]))
    tensor(1.)
    """

    def parts(self, tp: Tensor, fp: Tensor, tn: Tensor, fn: Tensor) -> tuple[Tensor, Tensor]:
        """True ones over those that occur."""
        return tp, tp + fn


class FBetaScore(CountMetric):
    """F score: (1 + β²) tp / ((1 + β²) tp + β² fn + fp), where recall counts β times as much as precision.

    Parameters are those of `CountMetric`.

    Raises
    ------
    ValueError
        If `beta` is not positive.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import FBetaScore
    >>> FBetaScore(task="binary", beta=2.0)(autograd.tensor([0, 1, 1, 1]), autograd.tensor([0, 1, 0, 1]))
    tensor(0.9091)
    """

    def __init__(self, task: str, beta: float = 1.0, **options: Any):
        super().__init__(task, **options)
        if beta <= 0:
            raise ValueError(f"FBetaScore: beta must be positive; got {beta}")
        self.beta = beta

    def parts(self, tp: Tensor, fp: Tensor, tn: Tensor, fn: Tensor) -> tuple[Tensor, Tensor]:
        """The formula's fraction."""
        square = self.beta**2
        return (1 + square) * tp, (1 + square) * tp + square * fn + fp


class F1Score(FBetaScore):
    """F1 score: the harmonic mean of precision and recall, 2 tp / (2 tp + fn + fp).

    Parameters are those of `CountMetric`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import F1Score
    >>> f1 = F1Score(task="binary")
    >>> f1.update(autograd.tensor([0.9, 0.2, 0.7, 0.4]), autograd.tensor([1, 0, 0, 1]))
    >>> f1.compute()
    tensor(0.5000)
    """

    def __init__(self, task: str, **options: Any):
        super().__init__(task, 1.0, **options)


class JaccardIndex(CountMetric):
    """Jaccard index, intersection over union (IoU): tp / (tp + fp + fn); by default the mean over classes.

    Parameters are those of `CountMetric`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import JaccardIndex
    >>> iou = JaccardIndex(task="multiclass", num_classes=2)
    >>> masks = autograd.tensor([[[0, 0], [1, 1]]])
    >>> iou.update(masks, autograd.tensor([[[0, 1], [1, 1]]]))
    >>> iou.compute()
    tensor(0.5833)
    """

    def __init__(self, task: str, threshold: float = 0.5, num_classes: int | None = None,
                 num_labels: int | None = None, average: str | None = "macro", **options: Any):  # fmt: skip
        super().__init__(task, threshold, num_classes, num_labels, average, **options)

    def parts(self, tp: Tensor, fp: Tensor, tn: Tensor, fn: Tensor) -> tuple[Tensor, Tensor]:
        """Intersection over union."""
        return tp, tp + fp + fn


class ConfusionMatrix(Metric):
    """Confusion matrix: in row i and column j, how many of class i were predicted as j.

    Parameters
    ----------
    task, threshold, num_classes, num_labels, ignore_index, validate_args : as for `Accuracy`
    normalize : None for counts, "true" to divide rows by their sums, "pred" columns, "all" everything

    Shape: (2, 2) for "binary", (C, C) for "multiclass", (labels, 2, 2) for "multilabel".

    Raises
    ------
    ValueError
        For unknown options, and by `update` for shapes that do not fit and values out of range.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import ConfusionMatrix
    >>> matrix = ConfusionMatrix(task="multiclass", num_classes=3)
    >>> matrix.update(autograd.tensor([2, 1, 0, 1]), autograd.tensor([2, 1, 0, 0]))
    >>> matrix.compute()
    tensor([[1, 1, 0],
            [0, 1, 0],
            [0, 0, 1]])
    """

    def __init__(
        self, task: str, threshold: float = 0.5, num_classes: int | None = None, num_labels: int | None = None,
        normalize: str | None = None, ignore_index: int | None = None, validate_args: bool = True,
    ):  # fmt: skip
        super().__init__()
        check_choice("normalize", normalize, ("true", "pred", "all", "none", None))
        self.task = Task(task, threshold, num_classes, num_labels, 1, ignore_index, validate_args)
        self.normalize = normalize

    def measure(self, preds: Tensor, target: Tensor) -> State:
        """The counts."""
        if self.task.name == "multiclass":
            preds, target = self.task.labels(preds, target)
            count = self.task.count
            return {"matrix": (target * count + preds).bincount(minlength=count * count).reshape(count, count)}
        preds, true, kept = self.task.marks(preds, target)
        cells = [(kept & (true == row) & (preds == column)).sum(0) for row in (False, True) for column in (False, True)]
        matrix = autograd.stack(cells, -1).reshape(-1, 2, 2)
        return {"matrix": matrix[0] if self.task.name == "binary" else matrix}

    def value(self, matrix: Tensor) -> Tensor:
        """The counts, or shares."""
        if self.normalize in (None, "none"):
            return matrix
        over = {"true": (-1,), "pred": (-2,), "all": (-2, -1)}[self.normalize]
        return as_value(matrix.to(autograd.float64) / matrix.sum(over, keepdim=True).clamp(min=1))
