"""Metrics that average: MeanMetric, of any figures, and Perplexity, of a language model's predictions."""

from __future__ import annotations

import math
import warnings
from typing import Any

import autograd
from autograd import Tensor
from autograd.metrics.metric import Metric, State, as_value


class MeanMetric(Metric):
    """Weighted mean of what it is given: of a loss over batches, weighted by their sizes.

    Parameters
    ----------
    nan_strategy : what NaNs mean: "warn" and "ignore" leave them out, "error" raises, a number takes their place

    Raises
    ------
    ValueError
        For another `nan_strategy`.
    RuntimeError
        By `update`, for a NaN with "error".

    Examples
    --------
    >>> from autograd.metrics import MeanMetric
    >>> loss = MeanMetric()
    >>> loss.update(0.5, weight=100)
    >>> loss.update(1.0, weight=25)
    >>> loss.compute()
    tensor(0.6000)
    """

    def __init__(self, nan_strategy: str | float = "warn"):
        super().__init__()
        if nan_strategy not in ("warn", "ignore", "error") and not isinstance(nan_strategy, (int, float)):
            raise ValueError(
                f"MeanMetric: nan_strategy must be 'warn', 'ignore', 'error' or a number; got {nan_strategy!r}"
            )
        self.nan_strategy = nan_strategy

    def measure(self, value: Any, weight: Any = 1.0) -> State:
        """Sums of weighted values and of weights."""
        value = autograd.as_tensor(value).to(autograd.float64)
        weight = autograd.as_tensor(weight, device=value.device).to(autograd.float64).expand(value.shape)
        missing = value.isnan() | weight.isnan()
        if bool(missing.any()):
            if self.nan_strategy == "error":
                raise RuntimeError("MeanMetric: encountered a NaN; choose another nan_strategy to go on")
            if self.nan_strategy == "warn":
                warnings.warn("MeanMetric: NaNs are left out; nan_strategy='ignore' says nothing", stacklevel=4)
            if isinstance(self.nan_strategy, str):
                value, weight = value[~missing], weight[~missing]
            else:
                fill = float(self.nan_strategy)
                value, weight = (
                    value.nan_to_num(fill, math.inf, -math.inf),
                    weight.nan_to_num(fill, math.inf, -math.inf),
                )
        return {"total": (value * weight).sum(), "weight": weight.sum()}

    def update(self, value: Any, weight: Any = 1.0) -> None:
        """Take in values, with weights of a shape that broadcasts to theirs."""
        super().update(value, weight)

    def value(self, total: Tensor, weight: Tensor) -> Tensor:
        """The mean."""
        return as_value(total / weight)


class Perplexity(Metric):
    """Perplexity: exp of the mean negative log-probability of the target tokens.

    Parameters
    ----------
    ignore_index : targets of this value, such as padding, are left out

    Shapes: scores or log-probabilities (batch, tokens, vocabulary), targets (batch, tokens).

    Raises
    ------
    ValueError
        By `update` for shapes that do not fit.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import Perplexity
    >>> perplexity = Perplexity()
    >>> perplexity.update(autograd.zeros(2, 5, 8), autograd.ones(2, 5, dtype=autograd.long))
    >>> perplexity.compute()
    tensor(8.)
    """

    higher_is_better = False

    def __init__(self, ignore_index: int | None = None):
        super().__init__()
        self.ignore_index = ignore_index

    def measure(self, preds: Tensor, target: Tensor) -> State:
        """The sum of negative log-probabilities, and how many there are."""
        if preds.dim() != 3 or preds.shape[:2] != target.shape:
            raise ValueError(
                "Perplexity: preds must be of shape (batch, tokens, vocabulary) and target of (batch, tokens); got "
                f"{list(preds.shape)} and {list(target.shape)}"
            )
        logs = preds.to(autograd.float64).log_softmax(-1)
        kept = autograd.ones_like(target, dtype=autograd.bool)
        if self.ignore_index is not None:
            kept = target != self.ignore_index
        of_target = logs.gather(-1, autograd.where(kept, target, 0).unsqueeze(-1)).squeeze(-1)
        return {"total": -autograd.where(kept, of_target, 0.0).sum(), "count": kept.sum()}

    def value(self, total: Tensor, count: Tensor) -> Tensor:
        """The perplexity."""
        return as_value((total / count).exp())
