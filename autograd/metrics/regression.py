"""Metrics of regression: MeanSquaredError, MeanAbsoluteError, R2Score."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor
from autograd.metrics.labels import check_choice
from autograd.metrics.metric import Metric, State, as_value


def _columns(name: str, preds: Tensor, target: Tensor, num_outputs: int | None) -> tuple[Tensor, Tensor]:
    """Both in float64 with outputs as the last dimension; without it for a single output.

    Raises
    ------
    ValueError
        If the shapes differ, or do not end in the number of outputs.
    """
    if preds.shape != target.shape:
        raise ValueError(
            f"{name}: preds and target must be of one shape, got {list(preds.shape)} and {list(target.shape)}; "
            "use squeeze or reshape"
        )
    if num_outputs == 1:
        preds, target = preds.reshape(-1), target.reshape(-1)
    elif num_outputs is not None and (preds.dim() != 2 or preds.shape[1] != num_outputs):
        raise ValueError(
            f"{name}: num_outputs={num_outputs} asks for shape (N, {num_outputs}), got {list(preds.shape)}"
        )
    return preds.to(autograd.float64), target.to(autograd.float64)


class _MeanError(Metric):
    """Base of means of errors."""

    higher_is_better = False

    def __init__(self, num_outputs: int = 1):
        super().__init__()
        self.num_outputs = num_outputs

    def measure(self, preds: Tensor, target: Tensor) -> State:
        """The sum of the errors, and how many there are."""
        preds, target = _columns(type(self).__name__, preds, target, self.num_outputs)
        return {"total": self.error(preds - target).sum(0), "count": autograd.tensor(len(preds), device=preds.device)}

    def error(self, difference: Tensor) -> Tensor:
        """What is averaged."""
        raise NotImplementedError

    def value(self, total: Tensor, count: Tensor) -> Tensor:
        """The mean."""
        return as_value(total / count)


class MeanSquaredError(_MeanError):
    """Mean squared error, or with `squared=False` its root.

    Parameters
    ----------
    squared : False for the root
    num_outputs : for more than one, shapes are (N, num_outputs), and each output has its figure

    Raises
    ------
    ValueError
        By `update` for shapes that differ or do not fit `num_outputs`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import MeanSquaredError
    >>> error = MeanSquaredError()
    >>> error.update(autograd.tensor([1.0, 2.0]), autograd.tensor([1.0, 4.0]))
    >>> error.compute()
    tensor(2.)
    """

    def __init__(self, squared: bool = True, num_outputs: int = 1):
        super().__init__(num_outputs)
        self.squared = squared

    def error(self, difference: Tensor) -> Tensor:
        """Its square."""
        return difference**2

    def value(self, total: Tensor, count: Tensor) -> Tensor:
        """The mean, or its root."""
        mean = total / count
        return as_value(mean if self.squared else mean.sqrt())


class MeanAbsoluteError(_MeanError):
    """Mean absolute error.

    Parameters
    ----------
    num_outputs : for more than one, shapes are (N, num_outputs), and each output has its figure

    Raises
    ------
    ValueError
        By `update` for shapes that differ or do not fit `num_outputs`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import MeanAbsoluteError
    >>> error = MeanAbsoluteError()
    >>> error.update(autograd.tensor([1.0, 2.0]), autograd.tensor([1.0, 4.0]))
    >>> error.compute()
    tensor(1.)
    """

    def error(self, difference: Tensor) -> Tensor:
        """Its absolute value."""
        return difference.abs()


class R2Score(Metric):
    """Coefficient of determination, R² = 1 - Σ (y - ŷ)² / Σ (y - mean y)²; NaN for fewer than two samples.

    A constant target gives 1 where it is met exactly, and 0 otherwise, as in scikit-learn.

    Parameters
    ----------
    adjusted : number of independent variables, for 1 - (1 - R²) (n - 1) / (n - adjusted - 1)
    multioutput : for shapes (N, outputs): "uniform_average", "variance_weighted", or "raw_values" for each

    Raises
    ------
    ValueError
        For unknown options, and by `update` for shapes that differ or have more than two dimensions.

    References
    ----------
    Batches are put together as in Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing
    sample variances, 1979: sums of squares about the running mean, which do not cancel.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import R2Score
    >>> r2 = R2Score()
    >>> r2.update(autograd.tensor([2.5, 0.0]), autograd.tensor([3.0, -0.5]))
    >>> r2.update(autograd.tensor([2.0, 8.0]), autograd.tensor([2.0, 7.0]))
    >>> r2.compute()
    tensor(0.9486)
    """

    higher_is_better = True

    def __init__(self, adjusted: int = 0, multioutput: str = "uniform_average"):
        super().__init__()
        check_choice("multioutput", multioutput, ("uniform_average", "variance_weighted", "raw_values"))
        if not isinstance(adjusted, int) or adjusted < 0:
            raise ValueError(f"R2Score: adjusted must be an integer of at least 0; got {adjusted!r}")
        self.adjusted, self.multioutput = adjusted, multioutput

    def measure(self, preds: Tensor, target: Tensor) -> State:
        """Squared errors, and the target's mean and squares about it."""
        preds, target = _columns("R2Score", preds, target, None)
        if preds.dim() not in (1, 2):
            raise ValueError(f"R2Score: shapes are (N,) or (N, outputs), got {list(preds.shape)}")
        mean = target.mean(0)
        squares = {"residual": ((target - preds) ** 2).sum(0), "spread": ((target - mean) ** 2).sum(0)}
        return {"count": autograd.tensor(len(preds), device=preds.device), "mean": mean, **squares}

    def combine(self, old: State, new: State) -> State:
        """Sums of squares about the common mean."""
        count, shift = old["count"] + new["count"], new["mean"] - old["mean"]
        between = shift**2 * old["count"] * new["count"] / count
        return {
            "count": count,
            "mean": old["mean"] + shift * new["count"] / count,
            "residual": old["residual"] + new["residual"],
            "spread": old["spread"] + new["spread"] + between,
        }

    def value(self, count: Tensor, mean: Tensor, residual: Tensor, spread: Tensor) -> Tensor:
        """The figure."""
        constant = spread == 0
        share = autograd.where(
            constant, (residual > 0).to(spread.dtype), residual / autograd.where(constant, 1.0, spread)
        )
        score: Any = autograd.where(count < 2, float("nan"), 1 - share)
        if self.multioutput == "variance_weighted" and bool((spread > 0).any()):
            score = (score * spread).sum() / spread.sum()
        elif self.multioutput != "raw_values":
            score = score.mean()
        if self.adjusted:
            score = 1 - (1 - score) * (count - 1) / (count - self.adjusted - 1)
        return as_value(score)
