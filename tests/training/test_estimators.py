"""Estimators keep scikit-learn's conventions, and work in its pipelines and searches."""

from __future__ import annotations

import builtins
import importlib
import pickle
import re
import unittest

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris, make_classification, make_regression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

import autograd
import nn
import optim
from autograd import estimators
from autograd.estimators import NeuralClassifier, NeuralRegressor

QUICK = {"max_epochs": 40, "learning_rate": 0.01, "hidden_layer_sizes": (32,), "random_state": 0}
IRIS = load_iris(return_X_y=True)
POINTS, VALUES = make_regression(120, 4, n_targets=2, random_state=0)
VALUES = VALUES / VALUES.std(0)


@parametrize_with_checks([NeuralClassifier(**QUICK), NeuralRegressor(**QUICK)])
def test_conventions(estimator, check):
    try:
        check(estimator)
    except unittest.SkipTest as reason:  # scikit-learn's own, for the rest of a check that needs more than is installed
        assert re.match("pandas is not installed|SCIPY_ARRAY_API is not set", str(reason))


class Dropping(nn.Module):
    """A network of one's own, at the top of the module so that pickle finds it."""

    def __init__(self, n_features, n_outputs):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(n_features, 32), nn.Tanh(), nn.Dropout(0.1), nn.Linear(32, n_outputs))

    def forward(self, x):
        return self.layers(x)


def test_cross_validation_of_a_pipeline():
    network = make_pipeline(StandardScaler(), NeuralClassifier(**QUICK))
    assert cross_val_score(network, *IRIS, cv=3).mean() > 0.9


def test_grid_search():
    grid = {"hidden_layer_sizes": [(), (16,)], "optimizer": ["adam", "sgd"], "module": [None, Dropping]}
    search = GridSearchCV(NeuralRegressor(**QUICK), grid, cv=2).fit(POINTS, VALUES)
    assert search.best_score_ > 0.9 and search.best_params_["optimizer"] == "adam"


@pytest.mark.parametrize("module", [None, Dropping])
def test_pickled_estimators_predict_and_go_on_alike(module):
    network = NeuralClassifier(**QUICK).set_params(module=module).fit(*IRIS)
    again = pickle.loads(pickle.dumps(network))
    np.testing.assert_array_equal(network.predict_proba(IRIS[0]), again.predict_proba(IRIS[0]))
    for each in (network, again):
        each.partial_fit(*IRIS)
    np.testing.assert_array_equal(network.predict_proba(IRIS[0]), again.predict_proba(IRIS[0]))
    assert network.n_iter_ == 41 and len(network.loss_curve_) == 41


def test_random_numbers_are_the_estimators_own():
    autograd.manual_seed(3)
    expected = autograd.rand(2).tolist()
    autograd.manual_seed(3)
    first = NeuralClassifier(module=Dropping, **QUICK).fit(*IRIS)
    assert autograd.rand(2).tolist() == expected
    second = clone(first).fit(*IRIS)
    assert first.loss_curve_ == second.loss_curve_
    assert clone(first).set_params(random_state=1).fit(*IRIS).loss_curve_ != first.loss_curve_


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_computed_in_the_type_of_the_samples(kind):
    network = NeuralClassifier(**QUICK).fit(IRIS[0].astype(kind), IRIS[1])
    assert network.predict_proba(IRIS[0].astype(kind)).dtype == kind
    assert {str(parameter.dtype).split(".")[-1] for parameter in network.module_.parameters()} == {kind}


def test_strings_and_several_outputs():
    names = np.array(["ash", "birch", "cedar"])[IRIS[1]]
    network = NeuralClassifier(**QUICK).fit(IRIS[0], names)
    assert list(network.classes_) == ["ash", "birch", "cedar"]
    assert (network.predict(IRIS[0]) == names).mean() > 0.9
    regressor = NeuralRegressor(**QUICK).fit(POINTS, VALUES)
    assert regressor.predict(POINTS).shape == VALUES.shape and regressor.score(POINTS, VALUES) > 0.95


@pytest.mark.parametrize("optimizer", [optim.AdamW, "rmsprop", "lbfgs"])
def test_optimizers(optimizer):
    network = NeuralRegressor(**QUICK).set_params(optimizer=optimizer, max_epochs=20)
    if optimizer != "lbfgs":
        network.set_params(weight_decay=1e-4)
    assert network.fit(POINTS, VALUES[:, 0]).score(POINTS, VALUES[:, 0]) > 0.7


@pytest.mark.parametrize("kind", [NeuralClassifier, NeuralRegressor])
def test_early_stopping_goes_back_to_the_best(kind):
    X, y = make_classification(80, 10, flip_y=0.3, random_state=0)
    options = {"early_stopping": True, "n_iter_no_change": 4, "validation_fraction": 0.3}
    network = kind(**{**QUICK, "max_epochs": 300}, **options).fit(X, y)
    losses = network.validation_losses_
    assert 4 < network.n_iter_ == len(losses) < 300
    assert np.argmin(losses) <= len(losses) - 4 or min(losses) > losses[-5] - network.tol
    longer = kind(**{**QUICK, "max_epochs": int(np.argmin(losses)) + 1}, **options).fit(X, y)
    inputs = autograd.tensor(X.tolist(), dtype="float64")
    np.testing.assert_allclose(longer.module_(inputs).tolist(), network.module_(inputs).tolist())


def test_verbose(capsys):
    NeuralClassifier(max_epochs=2, verbose=True, early_stopping=True, random_state=0).fit(*IRIS)
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("epoch 1: loss ") and ", validation loss " in second


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_epochs": 0}, "max_epochs must be at least 1"),
        ({"batch_size": 0}, "batch_size must be at least 1"),
        ({"optimizer": "adma"}, r"one of .*adam, .*got 'adma'"),
        (
            {"module": lambda n_features, n_outputs: nn.Linear(n_features, 7)},
            r"\(120, 2\) for 120 samples; got \(120, 7\)",
        ),
        ({"optimizer": "sgd", "learning_rate": 1e6}, "try a smaller learning_rate than 1000000.0"),
    ],
)
def test_parameters_refused(options, message):
    with pytest.raises(ValueError, match=f"NeuralRegressor: .*{message}"):
        NeuralRegressor(**{**QUICK, **options}).fit(POINTS, VALUES)


def test_a_network_in_place_of_its_maker():
    with pytest.raises(TypeError, match="module must be a function or class"):
        NeuralClassifier(module=nn.Linear(4, 3)).fit(*IRIS)


def test_partial_fit_refuses_what_was_not_announced():
    network = NeuralClassifier(**QUICK)
    with pytest.raises(ValueError, match="first call of partial_fit needs classes"):
        network.partial_fit(*IRIS)
    network.partial_fit(*IRIS, classes=[0, 1, 2])
    with pytest.raises(ValueError, match=r"labels must be among classes, .*got \[3 4 5\]"):
        network.partial_fit(IRIS[0], IRIS[1] + 3)
    regressor = NeuralRegressor(**QUICK).partial_fit(POINTS, VALUES)
    with pytest.raises(ValueError, match="targets had 2 outputs at first; got 1"):
        regressor.partial_fit(POINTS, VALUES[:, 0])


def test_without_scikit_learn_the_extra_is_named(monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **kwargs):
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ImportError, match=r"pip install 'retrograd\[sklearn\]'"):
        importlib.reload(estimators)
