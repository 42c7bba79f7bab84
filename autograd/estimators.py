"""Networks as scikit-learn estimators, for pipelines and searches: `NeuralClassifier` and `NeuralRegressor`."""

from __future__ import annotations

import importlib
import itertools
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

import autograd
from autograd import Tensor
from autograd.random import DefaultGenerator, fork_rng
from autograd.utils.early_stopping import EarlyStopping

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
    from sklearn.model_selection import train_test_split
    from sklearn.utils import check_random_state
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import check_is_fitted, column_or_1d, validate_data
except ImportError:
    raise ImportError(
        "autograd.estimators needs the package scikit-learn, 1.6 or newer: pip install 'retrograd[sklearn]'"
    ) from None

__all__ = ["NeuralClassifier", "NeuralRegressor"]

_KINDS = [np.float64, np.float32]  # computed in the type of the samples; others become the first


def _perceptron(hidden: Any, n_features: int, n_outputs: int) -> Any:
    """Linear layers with rectifiers between them."""
    nn = importlib.import_module("nn")
    sizes = [n_features, *np.atleast_1d(np.asarray(hidden, dtype=int)).tolist(), n_outputs]
    layers: list[Any] = []
    for before, after in itertools.pairwise(sizes):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class _NeuralEstimator(BaseEstimator):
    """What both have in common: the loop, and scikit-learn's conventions."""

    def __init__(
        self, module: Any = None, hidden_layer_sizes: Any = (100,), optimizer: Any = "adam",
        learning_rate: float = 1e-3, max_epochs: int = 200, batch_size: int = 128, weight_decay: float = 0.0,
        early_stopping: bool = False, validation_fraction: float = 0.1, n_iter_no_change: int = 10, tol: float = 1e-4,
        random_state: Any = None, verbose: bool = False, device: Any = None,
    ):  # fmt: skip
        self.module = module
        self.hidden_layer_sizes = hidden_layer_sizes
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.max_epochs = max_epochs
        self.batch_size = batch_size
        self.weight_decay = weight_decay
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.random_state = random_state
        self.verbose = verbose
        self.device = device

    def _error(self, why: str) -> ValueError:
        return ValueError(f"{type(self).__name__}: {why}")

    def _loss(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """The mean loss of a batch."""
        raise NotImplementedError

    def _place(self) -> Any:
        return autograd.get_default_device() if self.device is None else autograd.device(self.device)

    @contextmanager
    def _seeded(self) -> Iterator[None]:
        """Random numbers of this estimator's own inside the block; the program's streams stay as they are."""
        place = self._place()
        with fork_rng([place]):
            for each in ("cpu", place):
                DefaultGenerator(each).manual_seed(int(self._random.randint(2**31 - 1)))
            yield

    def _start(self, X: np.ndarray, n_outputs: int) -> None:
        """A new network and a new optimizer."""
        for name, least in (("max_epochs", 1), ("batch_size", 1), ("n_iter_no_change", 1)):
            if getattr(self, name) < least:
                raise self._error(f"{name} must be at least {least}; got {getattr(self, name)}")
        self._random = check_random_state(self.random_state)
        self.n_outputs_, self.n_iter_ = n_outputs, 0
        self.loss_curve_: list[float] = []
        if isinstance(self.module, importlib.import_module("nn").Module):
            raise TypeError(
                f"{type(self).__name__}: module must be a function or class, called with the numbers of features and of "
                "outputs, that returns a module; got a module"
            )
        with self._seeded():
            if self.module is None:
                made = _perceptron(self.hidden_layer_sizes, X.shape[1], n_outputs)
            else:
                made = self.module(X.shape[1], n_outputs)
            kind = autograd.float32 if X.dtype == np.float32 else autograd.float64
            self.module_ = made.to(device=self._place(), dtype=kind)
            self._kind = X.dtype
        decay = {"weight_decay": self.weight_decay} if self.weight_decay else {}
        self.optimizer_ = self._optimizer_class()(self.module_.parameters(), lr=self.learning_rate, **decay)

    def _optimizer_class(self) -> Any:
        if not isinstance(self.optimizer, str):
            return self.optimizer
        optim = importlib.import_module("optim")
        known = {
            name.lower(): kind for name, kind in vars(optim).items()
            if isinstance(kind, type) and issubclass(kind, optim.Optimizer) and kind is not optim.Optimizer
        }  # fmt: skip
        if self.optimizer not in known:
            raise self._error(f"optimizer must be a class or one of {', '.join(sorted(known))}; got {self.optimizer!r}")
        return known[self.optimizer]

    def _tensor(self, array: np.ndarray) -> Tensor:
        kind = array if array.dtype.kind == "i" else array.astype(self._kind, copy=False)
        return autograd.tensor(kind, device=self._place())

    def _outputs(self, inputs: Tensor) -> Tensor:
        outputs = self.module_(inputs)
        if tuple(outputs.shape) != (len(inputs), self.n_outputs_):
            raise self._error(
                f"the module must return shape ({len(inputs)}, {self.n_outputs_}) for {len(inputs)} samples; got "
                f"{tuple(outputs.shape)}"
            )
        return outputs

    def _epoch(self, inputs: Tensor, targets: Tensor) -> float:
        """Pass once over the samples in a new order; returns the mean loss."""
        self.module_.train()
        total = autograd.zeros((), device=inputs.device)
        for chosen in autograd.randperm(len(inputs), device=inputs.device).split(self.batch_size):

            def closure(x: Tensor = inputs[chosen], y: Tensor = targets[chosen]) -> Tensor:
                self.optimizer_.zero_grad()
                loss = self._loss(self._outputs(x), y)
                loss.backward()
                return loss

            total = total + self.optimizer_.step(closure).detach() * len(chosen)
        loss = total.item() / len(inputs)
        if not math.isfinite(loss):
            raise self._error(f"the loss became {loss}; try a smaller learning_rate than {self.learning_rate}")
        self.loss_curve_.append(loss)
        self.n_iter_ += 1
        return loss

    def _evaluate(self, X: np.ndarray) -> Tensor:
        self.module_.eval()
        with autograd.no_grad():
            return autograd.cat([self._outputs(x) for x in self._tensor(X).split(self.batch_size)])

    def _train(self, X: np.ndarray, y: np.ndarray, epochs: int, groups: Any = None) -> None:
        """Several epochs; `groups` are what a part held out is stratified by."""
        stopping = None
        if self.early_stopping and epochs > 1:
            X, X_valid, y, y_valid = train_test_split(
                X, y, test_size=self.validation_fraction, stratify=groups, random_state=self._random
            )
            stopping = EarlyStopping(self.n_iter_no_change, self.tol, restore_best=self.module_)
            self.validation_losses_: list[float] = []
        with self._seeded():
            inputs, targets = self._tensor(X), self._tensor(y)
            for _ in range(epochs):
                figures = f"loss {self._epoch(inputs, targets):.6f}"
                if stopping is not None:
                    loss = self._loss(self._evaluate(X_valid), self._tensor(y_valid)).item()
                    self.validation_losses_.append(loss)
                    figures += f", validation loss {loss:.6f}"
                if self.verbose:
                    print(f"epoch {self.n_iter_}: {figures}")
                if stopping is not None and stopping(loss):
                    break
        if stopping is not None:
            stopping.restore()

    def _predicted(self, X: Any) -> Tensor:
        check_is_fitted(self, "module_")
        return self._evaluate(validate_data(self, X, dtype=_KINDS, reset=False))


class NeuralClassifier(ClassifierMixin, _NeuralEstimator):
    """A network that classifies, with scikit-learn's methods; trained with cross entropy.

    Parameters
    ----------
    module : called with the numbers of features and of classes, returns the network, which gives each class a score;
        None for linear layers with rectifiers between them
    hidden_layer_sizes : sizes of the hidden layers where `module` is None
    optimizer : the name of a class of `optim` in small letters, or the class
    learning_rate, weight_decay : its options
    max_epochs : how often `fit` passes over the samples
    batch_size : samples in each step of the optimizer
    early_stopping : whether to hold out a part, to stop once the loss there does not improve any more, and to go back to
        the weights that were best on it
    validation_fraction : how large that part is
    n_iter_no_change, tol : for how many epochs the loss must not have improved, and by how much
    random_state : seeds weights, order, dropout and the part held out
    verbose : whether to print a line for every epoch
    device : where it is computed, by default where tensors are made

    Attributes
    ----------
    classes_ : the labels
    module_, optimizer_ : the network and its optimizer
    n_features_in_, n_outputs_, n_iter_ : the numbers of features, of outputs, and of epochs
    loss_curve_ : the mean loss of each epoch
    validation_losses_ : with early stopping, the loss on the part held out

    Raises
    ------
    ImportError
        By importing the module, where scikit-learn is missing.
    ValueError
        By `fit`, for parameters out of range, a network whose outputs do not fit, and a loss that is not finite.
    TypeError
        By `fit`, where `module` is a network and does not make one.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> from autograd.estimators import NeuralClassifier
    >>> X, y = load_iris(return_X_y=True)
    >>> network = make_pipeline(StandardScaler(), NeuralClassifier(max_epochs=50, learning_rate=0.01, random_state=0))
    >>> network.fit(X, y).score(X, y) > 0.95
    True
    """

    def _loss(self, outputs: Tensor, targets: Tensor) -> Tensor:
        return importlib.import_module("nn.functional").cross_entropy(outputs, targets)

    def fit(self, X: Any, y: Any) -> NeuralClassifier:
        """Train a new network on samples of shape (n, features) and their labels."""
        X, y = validate_data(self, X, y, dtype=_KINDS)
        check_classification_targets(y)
        self.classes_, places = np.unique(y, return_inverse=True)
        self._start(X, len(self.classes_))
        self._train(X, places, self.max_epochs, places)
        return self

    def partial_fit(self, X: Any, y: Any, classes: Any = None) -> NeuralClassifier:
        """Go on training with one pass over the samples; the first call needs all `classes`.

        Raises
        ------
        ValueError
            If the first call has no `classes`, or a label is none of them.
        """
        first = not hasattr(self, "module_")
        X, y = validate_data(self, X, y, dtype=_KINDS, reset=first)
        check_classification_targets(y)
        if first:
            if classes is None:
                raise self._error("the first call of partial_fit needs classes, all labels that will come")
            self.classes_ = np.unique(classes)
            self._start(X, len(self.classes_))
        if not np.isin(y, self.classes_).all():
            raise self._error(f"labels must be among classes, {self.classes_}; got {np.setdiff1d(y, self.classes_)}")
        self._train(X, np.searchsorted(self.classes_, y), 1)
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probabilities of the classes, of shape (n, classes)."""
        return self._predicted(X).softmax(1).cpu().numpy()

    def predict(self, X: Any) -> np.ndarray:
        """The most probable labels."""
        places = self._predicted(X).argmax(1).cpu().numpy()
        return self.classes_[places]


class NeuralRegressor(RegressorMixin, _NeuralEstimator):
    """A network that predicts numbers, with scikit-learn's methods; trained with the mean squared error.

    Parameters, attributes and errors are those of `NeuralClassifier`, without `classes_`. Targets are of shape (n,) or
    (n, outputs); bring them to a scale of about one, as with scikit-learn's `TransformedTargetRegressor`.

    Examples
    --------
    >>> from sklearn.datasets import make_regression
    >>> from autograd.estimators import NeuralRegressor
    >>> X, y = make_regression(100, 4, random_state=0)
    >>> network = NeuralRegressor(max_epochs=100, learning_rate=0.01, random_state=0)
    >>> network.fit(X, y / y.std()).score(X, y / y.std()) > 0.95
    True
    """

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def _loss(self, outputs: Tensor, targets: Tensor) -> Tensor:
        return importlib.import_module("nn.functional").mse_loss(outputs, targets)

    def _checked(self, X: Any, y: Any, first: bool) -> tuple[np.ndarray, np.ndarray]:
        """Samples, and targets of shape (n, outputs)."""
        X, y = validate_data(self, X, y, dtype=_KINDS, multi_output=True, y_numeric=True, reset=first)
        single = y.ndim == 1 or y.shape[1] == 1
        targets = column_or_1d(y, warn=True)[:, None] if single else y
        if first:
            self._single = single
            self._start(X, targets.shape[1])
        elif targets.shape[1] != self.n_outputs_:
            raise self._error(f"targets had {self.n_outputs_} outputs at first; got {targets.shape[1]}")
        return X, targets.astype(X.dtype)

    def fit(self, X: Any, y: Any) -> NeuralRegressor:
        """Train a new network on samples of shape (n, features) and their targets."""
        self._train(*self._checked(X, y, first=True), self.max_epochs)
        return self

    def partial_fit(self, X: Any, y: Any) -> NeuralRegressor:
        """Go on training with one pass over the samples.

        Raises
        ------
        ValueError
            If the number of outputs is not that of the first call.
        """
        self._train(*self._checked(X, y, first=not hasattr(self, "module_")), 1)
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The predicted targets, of the shape of those of `fit`."""
        found = self._predicted(X).cpu().numpy()
        return found[:, 0] if self._single else found
