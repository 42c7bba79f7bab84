"""The metrics as functions of one batch: `accuracy(preds, target, task=..., ...)` and the rest.

Options are those of the class. Gradients flow through those that have some, such as `mean_squared_error`.

Examples
--------
>>> import autograd
>>> from autograd.metrics import functional
>>> functional.accuracy(autograd.tensor([2, 1, 0, 1]), autograd.tensor([2, 1, 0, 0]), "multiclass", num_classes=3)
tensor(0.7500)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd import Tensor
from autograd.metrics import averages, counts, curves, regression
from autograd.metrics.metric import Metric


def _function(name: str, kind: type[Metric]) -> Callable[..., Tensor]:
    def function(preds: Tensor, target: Tensor, *options: Any, **named: Any) -> Tensor:
        return kind(*options, **named).of(preds, target)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"`{kind.__name__}` of one batch, with the options of that class."
    return function


accuracy = _function("accuracy", counts.Accuracy)
auroc = _function("auroc", curves.AUROC)
average_precision = _function("average_precision", curves.AveragePrecision)
confusion_matrix = _function("confusion_matrix", counts.ConfusionMatrix)
f1_score = _function("f1_score", counts.F1Score)
fbeta_score = _function("fbeta_score", counts.FBetaScore)
jaccard_index = _function("jaccard_index", counts.JaccardIndex)
mean_absolute_error = _function("mean_absolute_error", regression.MeanAbsoluteError)
mean_squared_error = _function("mean_squared_error", regression.MeanSquaredError)
perplexity = _function("perplexity", averages.Perplexity)
precision = _function("precision", counts.Precision)
r2_score = _function("r2_score", regression.R2Score)
recall = _function("recall", counts.Recall)
