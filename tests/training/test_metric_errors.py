"""What metrics refuse, and collections of them."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import autograd
from autograd import metrics
from autograd.metrics import functional

FLOATS, INTEGERS = autograd.tensor([0.2, 0.8]), autograd.tensor([0, 1])
SCORES = autograd.tensor([[0.2, 0.8], [0.5, 0.5]])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: metrics.Accuracy("multi"), "task must be one of 'binary'"),
        (lambda: metrics.Accuracy("multiclass"), "needs num_classes"),
        (lambda: metrics.Accuracy("multilabel"), "needs num_labels"),
        (lambda: metrics.Accuracy("binary", average="mean"), "average must be one of"),
        (lambda: metrics.Accuracy("binary", top_k=2), "top_k is for task='multiclass'"),
        (lambda: metrics.Accuracy("multiclass", num_classes=3, top_k=4), "from 1 to num_classes=3"),
        (lambda: metrics.AUROC("binary", average="micro"), "average for task='binary'"),
        (lambda: metrics.ConfusionMatrix("binary", normalize="rows"), "normalize must be one of"),
        (lambda: metrics.FBetaScore("binary", 0.0), "beta must be positive"),
        (lambda: metrics.R2Score(adjusted=-1), "adjusted must be an integer"),
        (lambda: metrics.R2Score(multioutput="mean"), "multioutput must be one of"),
        (lambda: metrics.MeanMetric("drop"), "nan_strategy must be"),
        (lambda: metrics.MetricCollection([metrics.R2Score(), metrics.R2Score()]), "two metrics are of one class"),
    ],
)
def test_options_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("function", "inputs", "options", "message"),
    [
        ("accuracy", (FLOATS * 3, INTEGERS), {"task": "binary"}, r"probabilities in \[0, 1\]; apply autograd.sigmoid"),
        ("auroc", (SCORES * 3, INTEGERS), {"task": "multiclass", "num_classes": 2}, "apply autograd.softmax"),
        ("accuracy", (FLOATS, FLOATS), {"task": "binary"}, "target must hold integers, not .*float32"),
        ("accuracy", (FLOATS, INTEGERS + 1), {"task": "binary"}, r"target must be in 0..1; got 2"),
        ("accuracy", (FLOATS, INTEGERS * 2), {"task": "binary", "ignore_index": 9}, "or ignore_index=9; got 2"),
        ("accuracy", (INTEGERS * 2, INTEGERS), {"task": "binary"}, "preds must be in 0..1, or scores; got 2"),
        ("accuracy", (INTEGERS * 2, INTEGERS), {"task": "multiclass", "num_classes": 2}, "preds must be in 0..1"),
        ("accuracy", (FLOATS, INTEGERS[:1]), {"task": "binary"}, r"a target of shape \[2\]; got \[1\]"),
        ("accuracy", (SCORES, INTEGERS), {"task": "multiclass", "num_classes": 3}, "dimension 1 .* length 3"),
        ("accuracy", (FLOATS, INTEGERS), {"task": "multilabel", "num_labels": 2}, "dimension 1 .* length 2"),
        ("accuracy", (INTEGERS, INTEGERS), {"task": "multiclass", "num_classes": 3, "top_k": 2}, "asks for scores"),
        ("auroc", (INTEGERS, INTEGERS), {"task": "binary"}, "scores of a floating type"),
        ("mean_squared_error", (FLOATS, SCORES), {}, r"of one shape, got \[2\] and \[2, 2\]"),
        ("mean_absolute_error", (FLOATS, FLOATS), {"num_outputs": 2}, r"asks for shape \(N, 2\), got \[2\]"),
        ("r2_score", (SCORES[None], SCORES[None]), {}, r"shapes are \(N,\) or \(N, outputs\)"),
        ("perplexity", (SCORES, INTEGERS), {}, r"\(batch, tokens, vocabulary\)"),
    ],
)
def test_batches_refused(function, inputs, options, message):
    inputs = [autograd.tensor(value.tolist()) for value in inputs]
    with pytest.raises(ValueError, match=message):
        getattr(functional, function)(*inputs, **options)


def test_values_are_not_looked_at_when_asked_not_to():
    preds, target = autograd.tensor([0.2, 3.0]), autograd.tensor([0, 1])
    assert functional.accuracy(preds, target, "binary", validate_args=False) == 1.0


def test_compute_before_the_first_batch():
    metric = metrics.Accuracy("binary")
    with pytest.raises(RuntimeError, match=r"Accuracy.compute: .* call update first"):
        metric.compute()
    metric.update(autograd.tensor([0.2, 0.8]), autograd.tensor([0, 1]))
    metric.reset()
    with pytest.raises(RuntimeError, match="call update first"):
        metric.compute()


@pytest.mark.parametrize(
    ("base", "call"),
    [
        (metrics.Metric, lambda metric: metric.update(1)),
        (metrics.Metric, lambda metric: metric.value()),
        (lambda: metrics.CountMetric("binary"), lambda metric: metric.parts(0, 0, 0, 0)),
        (lambda: metrics.CurveMetric("binary"), lambda metric: metric.area(0, 0)),
    ],
)
def test_what_a_subclass_must_write(base, call):
    with pytest.raises(NotImplementedError, match=r"write \w+\(self"):
        call(base())


def test_mean_of_nans():
    values = autograd.tensor([1.0, float("nan"), 3.0])
    with pytest.warns(UserWarning, match="NaNs are left out"):
        assert metrics.MeanMetric()(values) == 2.0
    assert metrics.MeanMetric("ignore")(values) == 2.0
    np.testing.assert_allclose(metrics.MeanMetric(5.0)(values).item(), 3.0)
    with pytest.raises(RuntimeError, match="encountered a NaN"):
        metrics.MeanMetric("error").update(values)


def test_functional_forms_have_gradients():
    preds = autograd.tensor([1.0, 2.0], requires_grad=True)
    functional.mean_squared_error(preds, autograd.tensor([0.0, 0.0])).backward()
    assert preds.grad.tolist() == [1.0, 2.0]
    metric = metrics.MeanSquaredError()
    metric.update(preds, autograd.tensor([0.0, 0.0]))
    assert not metric.compute().requires_grad and not metric(preds, preds).requires_grad


def test_pickled_metrics_go_on():
    metric = metrics.AUROC("binary")
    metric.update(autograd.tensor([0.2, 0.8]), autograd.tensor([0, 1]))
    again = pickle.loads(pickle.dumps(metric))
    again.update(autograd.tensor([0.9]), autograd.tensor([0]))
    assert again.compute() == 0.5 and metric.compute() == 1.0


def test_collection():
    kinds = {"mse": metrics.MeanSquaredError(), "mae": metrics.MeanAbsoluteError()}
    collection = metrics.MetricCollection(kinds, prefix="test/", postfix="!")
    preds, target = autograd.tensor([1.0, 2.0]), autograd.tensor([1.0, 4.0])
    assert collection(preds, target) == {"test/mse!": 2.0, "test/mae!": 1.0}
    resumed = metrics.MetricCollection([metrics.MeanSquaredError()])
    resumed.load_state_dict({"MeanSquaredError": collection.state_dict()["mse"]})
    collection.update(target, target)
    resumed.update(target, target)
    assert collection.compute() == {"test/mse!": 1.0, "test/mae!": 0.5}
    assert resumed.compute() == {"MeanSquaredError": 1.0}
    collection.reset()
    with pytest.raises(RuntimeError, match="call update first"):
        collection.compute()
