"""Metrics over all thresholds at once: AUROC and AveragePrecision, exact, from all scores seen."""

from __future__ import annotations

import autograd
from autograd import Tensor
from autograd.metrics.labels import Task, check_choice
from autograd.metrics.metric import Metric, State, as_value


class CurveMetric(Metric):
    """Base of the areas under curves: all scores are kept, and sorted in `compute`.

    Parameters
    ----------
    task : "binary", "multiclass" (each class against the others) or "multilabel"
    num_classes, num_labels : how many there are, for "multiclass" and "multilabel"
    average : over classes or labels: "macro" is the plain mean of those for which the figure exists, "weighted" the mean
        by how often each occurs, "micro" (for "multilabel") puts all labels together, None gives all
    ignore_index : targets of this value are left out
    validate_args : whether values are checked too, which waits for a GPU

    Shapes: scores (N, ...) for "binary", (N, C, ...) else; targets (N, ...), for "multilabel" (N, C, ...). Scores for
    "multiclass" are probabilities; else only their order matters. Where there are no positives (for the ROC curve: or
    no negatives), the figure is NaN.

    Raises
    ------
    ValueError
        For unknown options, and by `update` for shapes that do not fit and values out of range.
    """

    joined = ("scores", "true", "kept")
    higher_is_better = True

    def __init__(
        self, task: str, num_classes: int | None = None, num_labels: int | None = None, average: str | None = "macro",
        ignore_index: int | None = None, validate_args: bool = True,
    ):  # fmt: skip
        super().__init__()
        many = ("micro",) if task == "multilabel" else ()
        check_choice(f"average for task={task!r}", average, ("macro", "weighted", "none", None, *many))
        self.average = average
        self.task = Task(
            task, num_classes=num_classes, num_labels=num_labels, ignore_index=ignore_index, validate_args=validate_args
        )

    def measure(self, preds: Tensor, target: Tensor) -> State:
        """The scores, and whether each is of its class."""
        if not preds.is_floating_point():
            raise ValueError(f"{type(self).__name__}: preds must be scores of a floating type, not {preds.dtype}")
        scores, true, kept = self.task.scores(preds, target)
        return {"scores": scores, "true": true, "kept": kept}

    def area(self, positive: Tensor, negative: Tensor) -> Tensor:
        """The figure from the scores of the positives and of the negatives."""
        raise NotImplementedError(f"{type(self).__name__}: write area(self, positive, negative)")

    def value(self, scores: Tensor, true: Tensor, kept: Tensor) -> Tensor:
        """The figure, averaged as asked."""
        if self.average == "micro":
            scores, true, kept = scores.reshape(-1, 1), true.reshape(-1, 1), kept.reshape(-1, 1)
        each = autograd.stack([
            self.area(column[of & keep], column[~of & keep])
            for column, of, keep in zip(scores.unbind(1), true.unbind(1), kept.unbind(1), strict=True)
        ])  # fmt: skip
        if len(each) == 1 and (self.task.name == "binary" or self.average == "micro"):
            return as_value(each[0])
        if self.average in ("none", None):
            return as_value(each)
        weights = (true & kept).sum(0).to(each.dtype) if self.average == "weighted" else autograd.ones_like(each)
        weights = weights * ~each.isnan()
        return as_value((each.nan_to_num() * weights).sum() / weights.sum())


class AUROC(CurveMetric):
    """Area under the receiver operating characteristic: how often a positive scores above a negative, ties as half.

    Parameters are those of `CurveMetric`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import AUROC
    >>> auroc = AUROC(task="binary")
    >>> auroc.update(autograd.tensor([0.1, 0.4, 0.35, 0.8]), autograd.tensor([0, 0, 1, 1]))
    >>> auroc.compute()
    tensor(0.7500)
    """

    def area(self, positive: Tensor, negative: Tensor) -> Tensor:
        """Pairs in the right order over all pairs."""
        ordered = negative.sort().values
        below = autograd.searchsorted(ordered, positive)
        not_above = autograd.searchsorted(ordered, positive, right=True)
        return (below + not_above).to(autograd.float64).mean() / (2 * len(negative))


class AveragePrecision(CurveMetric):
    """Average precision: Σ (Rₙ - Rₙ₋₁) Pₙ over thresholds, the precision-recall curve's area without interpolation.

    Parameters are those of `CurveMetric`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import AveragePrecision
    >>> precision = AveragePrecision(task="binary")
    >>> precision.update(autograd.tensor([0.1, 0.4, 0.35, 0.8]), autograd.tensor([0, 0, 1, 1]))
    >>> precision.compute()
    tensor(0.8333)
    """

    def area(self, positive: Tensor, negative: Tensor) -> Tensor:
        """The mean over positives of the precision at their own scores."""
        true = len(positive) - autograd.searchsorted(positive.sort().values, positive)
        false = len(negative) - autograd.searchsorted(negative.sort().values, positive)
        return (true / (true + false).to(autograd.float64)).mean()
