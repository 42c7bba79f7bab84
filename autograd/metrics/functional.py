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

_LABELS = 'autograd.tensor([0.1, 0.6, 0.8, 0.4]), autograd.tensor([0, 1, 1, 1]), task="binary"'
_VALUES = "autograd.tensor([1.0, 2.0, 3.0]), autograd.tensor([1.0, 2.0, 5.0])"
_TOKENS = "autograd.zeros(2, 5, 8), autograd.ones(2, 5, dtype=autograd.int64)"


def _function(name: str, kind: type[Metric], arguments: str, result: str) -> Callable[..., Tensor]:
    def function(preds: Tensor, target: Tensor, *options: Any, **named: Any) -> Tensor:
        return kind(*options, **named).of(preds, target)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"""`{kind.__name__}` of one batch, with the options, shapes and errors of that class.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import functional
    >>> functional.{name}({arguments})
    {result}
    """
    return function


accuracy = _function("accuracy", counts.Accuracy, _LABELS, "tensor(0.7500)")
auroc = _function("auroc", curves.AUROC, _LABELS, "tensor(1.)")
average_precision = _function("average_precision", curves.AveragePrecision, _LABELS, "tensor(1.)")
confusion_matrix = _function(
    "confusion_matrix", counts.ConfusionMatrix, _LABELS, "tensor([[1, 0],\n            [1, 2]])"
)
f1_score = _function("f1_score", counts.F1Score, _LABELS, "tensor(0.8000)")
fbeta_score = _function("fbeta_score", counts.FBetaScore, f"{_LABELS}, beta=2.0", "tensor(0.7143)")
jaccard_index = _function("jaccard_index", counts.JaccardIndex, _LABELS, "tensor(0.6667)")
mean_absolute_error = _function("mean_absolute_error", regression.MeanAbsoluteError, _VALUES, "tensor(0.6667)")
mean_squared_error = _function("mean_squared_error", regression.MeanSquaredError, _VALUES, "tensor(1.3333)")
perplexity = _function("perplexity", averages.Perplexity, _TOKENS, "tensor(8.)")
precision = _function("precision", counts.Precision, _LABELS, "tensor(1.)")
r2_score = _function("r2_score", regression.R2Score, _VALUES, "tensor(0.5385)")
recall = _function("recall", counts.Recall, _LABELS, "tensor(0.6667)")
