"""Figures over a whole data set, taken batch by batch: `update(preds, target)`, `compute()`, `reset()`.

Names and options are those of torchmetrics. Two things differ: predictions that should be probabilities are never put
through a sigmoid or softmax behind one's back, but refused, and all sums are kept in float64.
"""

from autograd._lazy import suggesting
from autograd.metrics import functional
from autograd.metrics.averages import MeanMetric, Perplexity
from autograd.metrics.counts import (
    Accuracy,
    ConfusionMatrix,
    CountMetric,
    F1Score,
    FBetaScore,
    JaccardIndex,
    Precision,
    Recall,
)  # fmt: skip
from autograd.metrics.curves import AUROC, AveragePrecision, CurveMetric
from autograd.metrics.metric import Metric, MetricCollection
from autograd.metrics.regression import MeanAbsoluteError, MeanSquaredError, R2Score

__all__ = [
    "AUROC", "Accuracy", "AveragePrecision", "ConfusionMatrix", "CountMetric", "CurveMetric", "F1Score", "FBetaScore",
    "JaccardIndex", "MeanAbsoluteError", "MeanMetric", "MeanSquaredError", "Metric", "MetricCollection", "Perplexity",
    "Precision", "R2Score", "Recall", "functional",
]  # fmt: skip

__getattr__ = suggesting(__name__)
