"""Metrics agree with scikit-learn's, and batch by batch with all at once."""

from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics as reference

import autograd
from autograd import metrics
from autograd.metrics import functional
from tests.arrays import to_numpy

RNG = np.random.default_rng(0)
COUNT, CLASSES = 60, 4
AVERAGES = ["micro", "macro", "weighted", None]


def scores_of(*shape):
    scores = RNG.random(shape)
    return (scores / scores.sum(1, keepdims=True) if len(shape) > 1 else scores).astype("float32")


BINARY = RNG.random(COUNT).astype("float32"), RNG.integers(0, 2, COUNT)
CLASS = scores_of(COUNT, CLASSES), RNG.integers(0, CLASSES, COUNT)
LABELS = RNG.random((COUNT, 3)).astype("float32"), RNG.integers(0, 2, (COUNT, 3))
DATA = {
    "binary": (BINARY, {}),
    "multiclass": (CLASS, {"num_classes": CLASSES}),
    "multilabel": (LABELS, {"num_labels": 3}),
}


def tensors(*arrays):
    return [autograd.tensor(array.tolist(), dtype=str(array.dtype)) for array in map(np.asarray, arrays)]


def check(metric, preds, target, expected):
    """All at once, batch by batch, merged, saved on the way: always the same."""
    preds, target = tensors(preds, target)
    pieces = [(preds[a:b], target[a:b]) for a, b in ((0, 7), (7, 8), (8, 40), (40, 60))]
    at_once = metric.clone()
    got = [at_once(preds, target), at_once.compute(), metric.clone().of(preds, target)]
    for piece in pieces[:3]:
        metric.update(*piece)
    state = metric.state_dict()
    metric.update(*pieces[3])
    got.append(metric.compute())
    resumed, other = at_once.clone(), at_once.clone()
    resumed.load_state_dict(state)
    resumed.update(*pieces[3])
    other.reset()
    other.update(*pieces[3])
    merged = at_once.clone()
    merged.load_state_dict(state)
    merged.merge_state(other.to(preds.device))
    for value in [*got, resumed.compute(), merged.compute()]:
        np.testing.assert_allclose(to_numpy(value), expected, rtol=1e-6)


def predicted(task, preds):
    return preds.argmax(1) if task == "multiclass" else (preds > 0.5).astype(int)


COUNTED = {
    "Precision": reference.precision_score,
    "Recall": reference.recall_score,
    "F1Score": reference.f1_score,
    "JaccardIndex": reference.jaccard_score,
}


@pytest.mark.parametrize("average", AVERAGES)
@pytest.mark.parametrize("task", DATA)
@pytest.mark.parametrize("name", COUNTED)
def test_counts(name, task, average):
    (preds, target), options = DATA[task]
    expected = COUNTED[name](target, predicted(task, preds), average="binary" if task == "binary" else average)
    check(getattr(metrics, name)(task, average=average, **options), preds, target, expected)


def test_f_beta():
    preds, target = CLASS
    expected = reference.fbeta_score(target, preds.argmax(1), beta=2.0, average="macro")
    check(metrics.FBetaScore("multiclass", 2.0, num_classes=CLASSES, average="macro"), preds, target, expected)


@pytest.mark.parametrize("task", ["binary", "multiclass"])
def test_accuracy(task):
    (preds, target), options = DATA[task]
    check(metrics.Accuracy(task, **options), preds, target, reference.accuracy_score(target, predicted(task, preds)))


def test_accuracy_averaged():
    preds, target = CLASS
    balanced = reference.balanced_accuracy_score(target, preds.argmax(1))
    check(metrics.Accuracy("multiclass", num_classes=CLASSES, average="macro"), preds, target, balanced)
    preds, target = LABELS
    right = (preds > 0.5) == target
    check(metrics.Accuracy("multilabel", num_labels=3), preds, target, right.mean())
    check(metrics.Accuracy("multilabel", num_labels=3, average="none"), preds, target, right.mean(0))


def test_top_k_accuracy():
    preds, target = CLASS
    expected = reference.top_k_accuracy_score(target, preds, k=2)
    check(metrics.Accuracy("multiclass", num_classes=CLASSES, top_k=2), preds, target, expected)


@pytest.mark.parametrize("normalize", [None, "true", "pred", "all"])
@pytest.mark.parametrize("task", DATA)
def test_confusion_matrix(task, normalize):
    (preds, target), options = DATA[task]
    labels = predicted(task, preds)
    metric = metrics.ConfusionMatrix(task, normalize=normalize, **options)
    if task != "multilabel":
        check(metric, preds, target, reference.confusion_matrix(target, labels, normalize=normalize))
        return
    each = [reference.confusion_matrix(t, p, normalize=normalize) for t, p in zip(target.T, labels.T)]
    check(metric, preds, target, np.stack(each))


AREAS = {"AUROC": reference.roc_auc_score, "AveragePrecision": reference.average_precision_score}


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("name", AREAS)
def test_areas_of_two_classes(name, ties):
    preds, target = BINARY
    preds = preds.round(1) if ties else preds
    check(getattr(metrics, name)("binary"), preds, target, AREAS[name](target, preds))


@pytest.mark.parametrize("average", ["macro", "weighted", None])
@pytest.mark.parametrize("name", AREAS)
def test_areas_of_several_classes(name, average):
    preds, target = CLASS
    expected = AREAS[name](np.eye(CLASSES, dtype=int)[target], preds, average=average)
    check(getattr(metrics, name)("multiclass", num_classes=CLASSES, average=average), preds, target, expected)


@pytest.mark.parametrize("average", AVERAGES)
@pytest.mark.parametrize("name", AREAS)
def test_areas_of_labels(name, average):
    preds, target = LABELS
    expected = AREAS[name](target, preds.round(1), average=average)
    check(getattr(metrics, name)("multilabel", num_labels=3, average=average), preds.round(1), target, expected)


def test_areas_without_positives_are_left_out_of_the_mean():
    preds, target = LABELS
    target = target * np.array([1, 0, 1])
    each = to_numpy(functional.auroc(*tensors(preds, target), "multilabel", num_labels=3, average=None))
    assert np.isnan(each[1])
    mean = functional.auroc(*tensors(preds, target), "multilabel", num_labels=3)
    np.testing.assert_allclose(mean.item(), each[[0, 2]].mean(), rtol=1e-6)
    none = functional.average_precision(*tensors(preds[:, 0], target[:, 1]), "binary")
    assert np.isnan(none.item())


OUTPUTS = RNG.normal(100.0, 2.0, (COUNT, 3)), RNG.normal(100.0, 2.0, (COUNT, 3))


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (metrics.MeanSquaredError(), reference.mean_squared_error(*OUTPUTS)),
        (metrics.MeanSquaredError(squared=False), reference.mean_squared_error(*OUTPUTS) ** 0.5),
        (metrics.MeanSquaredError(num_outputs=3), reference.mean_squared_error(*OUTPUTS, multioutput="raw_values")),
        (metrics.MeanAbsoluteError(), reference.mean_absolute_error(*OUTPUTS)),
        (metrics.MeanAbsoluteError(3), reference.mean_absolute_error(*OUTPUTS, multioutput="raw_values")),
        *[
            (metrics.R2Score(multioutput=how), reference.r2_score(OUTPUTS[1], OUTPUTS[0], multioutput=how))
            for how in ("uniform_average", "variance_weighted", "raw_values")
        ],
    ],
)
def test_regression(metric, expected):
    check(metric, *OUTPUTS, expected)


def test_r2_of_large_and_of_constant_targets():
    preds, target = OUTPUTS[0][:, 0] + 1e7, OUTPUTS[1][:, 0] + 1e7
    plain = reference.r2_score(target, preds)
    check(metrics.R2Score(), preds, target, plain)
    check(metrics.R2Score(adjusted=5), preds, target, 1 - (1 - plain) * (COUNT - 1) / (COUNT - 6))
    constant = np.ones(COUNT)
    check(metrics.R2Score(), constant, constant, reference.r2_score(constant, constant))
    check(metrics.R2Score(multioutput="variance_weighted"), preds, constant, reference.r2_score(constant, preds))
    assert np.isnan(functional.r2_score(*tensors(np.ones(1), np.ones(1))).item())


def test_perplexity():
    scores, target = RNG.normal(size=(COUNT, 5, 7)), RNG.integers(0, 7, (COUNT, 5))
    target[:, 3] = -100
    kept = target != -100
    logs = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
    expected = np.exp(-logs[kept][np.arange(kept.sum()), target[kept]].mean())
    check(metrics.Perplexity(ignore_index=-100), scores, target, expected)


def test_mean_weights_values():
    mean = metrics.MeanMetric()
    mean.update(autograd.tensor([1.0, 2.0]), autograd.tensor([3.0, 1.0]))
    assert mean(4.0, 2) == 4.0
    np.testing.assert_allclose(mean.compute().item(), (3 + 2 + 8) / 6, rtol=1e-6)


@pytest.mark.parametrize("name", ["Accuracy", "Precision", "ConfusionMatrix", "AUROC"])
@pytest.mark.parametrize("task", DATA)
def test_ignored_targets_count_as_not_there(name, task):
    (preds, target), options = DATA[task]
    if task == "multilabel":  # an ignored place drops one label, not the sample: compared label by label
        preds, target, options = preds[:, :1], target[:, :1], {"num_labels": 1}
    target = target.copy()
    target[::3] = -1
    kept = np.arange(COUNT) % 3 != 0
    kind = getattr(metrics, name)
    expected = to_numpy(kind(task, **options).of(*tensors(preds[kept], target[kept])))
    check(kind(task, ignore_index=-1, **options), preds, target, expected)


@pytest.mark.parametrize("name", ["Accuracy", "Precision", "ConfusionMatrix", "AUROC"])
@pytest.mark.parametrize("task", DATA)
def test_further_dimensions_are_samples(name, task):
    (preds, target), options = DATA[task]
    metric = getattr(metrics, name)(task, **options)
    flat = metric.of(*tensors(preds, target))
    images = [np.moveaxis(array.reshape(5, 3, 4, *array.shape[1:]), -1, 1) if array.ndim > 1 else array.reshape(5, 3, 4)
              for array in (preds, target)]  # fmt: skip
    np.testing.assert_allclose(to_numpy(metric.of(*tensors(*images))), to_numpy(flat), rtol=1e-6)


def test_classes_that_are_not_there():
    preds, target = tensors([0, 0, 1, 1], [0, 0, 1, 0])
    absent = functional.recall(preds, target, "multiclass", num_classes=5, average=None, zero_division=0.5)
    np.testing.assert_allclose(to_numpy(absent), [2 / 3, 1, 0.5, 0.5, 0.5], rtol=1e-6)
    macro = functional.recall(preds, target, "multiclass", num_classes=5, average="macro")
    np.testing.assert_allclose(macro.item(), 5 / 6, rtol=1e-6)
