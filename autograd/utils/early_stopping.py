"""Ending a training loop once a figure has stopped getting better: `EarlyStopping`."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from typing import Any

__all__ = ["EarlyStopping"]


class EarlyStopping:
    """Says when a figure has not improved for `patience` steps, and keeps the weights of the best one.

    Parameters
    ----------
    patience : how many steps in a row without improvement end the training
    min_delta : how much better than the best a figure must be to count as an improvement
    mode : "min" where less is better, such as a loss, "max" where more is
    restore_best : a module whose weights are kept whenever the figure improves, and put back when training stops

    Attributes
    ----------
    best : the best figure so far
    best_step : at which call it came, counted from 0
    should_stop : whether it is time to stop

    Raises
    ------
    ValueError
        For other options, such as a negative `patience`.

    Examples
    --------
    >>> from autograd.utils.early_stopping import EarlyStopping
    >>> stopping = EarlyStopping(patience=2)
    >>> for epoch, loss in enumerate([3.0, 2.0, 2.5, 2.2, 1.0]):
    ...     if stopping(loss):
    ...         break
    >>> epoch, stopping.best, stopping.best_step
    (3, 2.0, 1)

    References
    ----------
    Prechelt, Early stopping - but when?, 1998.
    """

    def __init__(self, patience: int = 10, min_delta: float = 0.0, mode: str = "min", restore_best: Any = None):
        if patience < 1 or min_delta < 0:
            raise ValueError(
                f"EarlyStopping: patience must be at least 1 and min_delta at least 0; got {patience} and {min_delta}"
            )
        if mode not in ("min", "max"):
            raise ValueError(f"EarlyStopping: mode must be 'min' or 'max'; got {mode!r}")
        self.patience, self.min_delta, self.mode, self.model = patience, min_delta, mode, restore_best
        self.reset()

    def reset(self) -> None:
        """Start anew."""
        self.best = math.inf if self.mode == "min" else -math.inf
        self.best_step, self.steps, self.waited = -1, 0, 0
        self.weights: Mapping[str, Any] | None = None

    @property
    def should_stop(self) -> bool:
        """Whether it is time to stop."""
        return self.waited >= self.patience

    def __call__(self, figure: Any) -> bool:
        """Take in a step's figure, a number or a tensor of one element; returns whether it is time to stop.

        A NaN is no improvement.
        """
        value = float(figure)
        gain = self.best - value if self.mode == "min" else value - self.best
        if gain > self.min_delta:
            self.best, self.best_step, self.waited = value, self.steps, 0
            if self.model is not None:
                self.weights = copy.deepcopy(self.model.state_dict())
        else:
            self.waited += 1
        self.steps += 1
        if self.should_stop:
            self.restore()
        return self.should_stop

    def restore(self) -> None:
        """Put the best weights back, for a loop that ends on its own."""
        if self.weights is not None:
            self.model.load_state_dict(self.weights)

    def state_dict(self) -> dict[str, Any]:
        """Where it stands, with the best weights."""
        names = ("best", "best_step", "steps", "waited", "weights")
        return {name: copy.deepcopy(getattr(self, name)) for name in names}

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Go on from what `state_dict` gave."""
        for name, value in state_dict.items():
            setattr(self, name, copy.deepcopy(value))
