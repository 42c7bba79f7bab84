"""Learning-rate schedules, by PyTorch's names; here the two that are made of others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from autograd._lazy import suggesting
from optim.lr_base import LRScheduler
from optim.lr_cyclic import CosineAnnealingLR, CosineAnnealingWarmRestarts, CyclicLR, OneCycleLR
from optim.lr_decay import (
    ConstantLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    MultiplicativeLR,
    MultiStepLR,
    PolynomialLR,
    ReduceLROnPlateau,
    StepLR,
)  # fmt: skip
from optim.optimizer import Optimizer

__all__ = [
    "ChainedScheduler", "ConstantLR", "CosineAnnealingLR", "CosineAnnealingWarmRestarts", "CyclicLR", "ExponentialLR",
    "LRScheduler", "LambdaLR", "LinearLR", "MultiStepLR", "MultiplicativeLR", "OneCycleLR", "PolynomialLR",
    "ReduceLROnPlateau", "SequentialLR", "StepLR",
]  # fmt: skip


class _LRScheduler(LRScheduler):
    """The name of `LRScheduler` before PyTorch 2.0, which programs still derive from."""


class _Composed(LRScheduler):
    """What schedules made of others share."""

    _schedulers: list[Any]

    def state_dict(self) -> dict[str, Any]:
        """The state, with that of each part."""
        return {**super().state_dict(), "_schedulers": [part.state_dict() for part in self._schedulers]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take back what `state_dict` returned, into each part too."""
        rest = dict(state_dict)
        for part, state in zip(self._schedulers, rest.pop("_schedulers"), strict=True):
            part.load_state_dict(state)
        super().load_state_dict(rest)

    def _check(self, schedulers: Sequence[Any], optimizer: Any) -> None:
        if not schedulers:
            raise ValueError(
                f"{type(self).__name__} expects at least one scheduler to be chained, but got no scheduler."
            )
        for number, part in enumerate(schedulers):
            if not isinstance(part, LRScheduler):
                raise TypeError(f"{type(self).__name__}: scheduler {number} is a {type(part).__name__}, no LRScheduler")
            if part.optimizer is not optimizer:
                raise ValueError(
                    f"{type(self).__name__} expects all schedulers to belong to the same optimizer, but got scheduler "
                    f"{number} of another one"
                )


class SequentialLR(_Composed):
    """One schedule after another.

    Parameters
    ----------
    optimizer : whose rates are set
    schedulers : the schedules
    milestones : the epochs at which the second and following begin
    last_epoch : the epoch to resume after

    Raises
    ------
    ValueError
        If the number of milestones is not one less than that of schedules.

    Examples
    --------
    >>> import autograd, optim
    >>> optimizer = optim.SGD([autograd.ones(1, requires_grad=True)], lr=1.0)
    >>> warm = optim.lr_scheduler.LinearLR(optimizer, start_factor=0.5, total_iters=2)
    >>> fall = optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.1)
    >>> schedule = optim.lr_scheduler.SequentialLR(optimizer, [warm, fall], milestones=[2])
    >>> rates = []
    >>> for epoch in range(5):
    ...     optimizer.step()
    ...     rates.append(round(optimizer.param_groups[0]["lr"], 4))
    ...     schedule.step()
    >>> rates
    [0.5, 0.75, 1.0, 0.1, 0.01]
    """

    def __init__(
        self, optimizer: Optimizer, schedulers: list[LRScheduler], milestones: list[int], last_epoch: int = -1
    ):
        self._check(schedulers, optimizer)
        for part in schedulers:
            if isinstance(part, ReduceLROnPlateau):
                raise ValueError("SequentialLR does not support `ReduceLROnPlateau`, whose step needs a metric")
        if len(milestones) != len(schedulers) - 1:
            raise ValueError(
                "Sequential Schedulers expects number of schedulers provided to be one more than the number of "
                f"milestone points, but got {len(schedulers)} and {len(milestones)}"
            )
        self.optimizer, self._schedulers, self._milestones = optimizer, list(schedulers), list(milestones)
        self.last_epoch = last_epoch + 1
        for group in optimizer.param_groups:  # every part has set its first rate; only the first one's is to stand
            group["lr"] = group["initial_lr"]
        for part in self._schedulers:
            part.last_epoch -= 1
        self._schedulers[0]._initial_step()
        self._last_lr = self._schedulers[0].get_last_lr()

    def step(self) -> None:  # type: ignore[override]
        """Go on to the next epoch."""
        self.last_epoch += 1
        number = bisect_right(self._milestones, self.last_epoch)
        part = self._schedulers[number]
        if number > 0 and self._milestones[number - 1] == self.last_epoch:
            part._advance(0)
        else:
            part._advance(None)
        self._last_lr = part.get_last_lr()


class ChainedScheduler(_Composed):
    """Several schedules at once: each changes what the one before it has set.

    Parameters
    ----------
    schedulers : the schedules
    optimizer : default: that of the first

    Raises
    ------
    ValueError
        If there is no schedule, or they are of different optimizers.

    Examples
    --------
    >>> import autograd, optim
    >>> optimizer = optim.SGD([autograd.ones(1, requires_grad=True)], lr=1.0)
    >>> constant = optim.lr_scheduler.ConstantLR(optimizer, factor=0.5, total_iters=2)
    >>> fall = optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)
    >>> schedule = optim.lr_scheduler.ChainedScheduler([constant, fall])
    >>> rates = []
    >>> for epoch in range(4):
    ...     optimizer.step()
    ...     rates.append(round(optimizer.param_groups[0]["lr"], 4))
    ...     schedule.step()
    >>> rates
    [0.5, 0.25, 0.25, 0.125]
    """

    def __init__(self, schedulers: Sequence[LRScheduler], optimizer: Optimizer | None = None):
        if not schedulers:
            raise ValueError("ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.")
        self.optimizer = schedulers[0].optimizer if optimizer is None else optimizer
        self._check(schedulers, self.optimizer)
        self._schedulers = list(schedulers)
        self._last_lr = self.rates()

    def step(self) -> None:  # type: ignore[override]
        """Go on to the next epoch."""
        for part in self._schedulers:
            part.step()
        self._last_lr = self.rates()


__getattr__ = suggesting(__name__)
