"""Averages of a model's weights over training: SWA (Izmailov et al., 2018) and EMA."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

import autograd
import nn
from autograd import Tensor
from autograd._lazy import suggesting
from autograd.alias import bump
from nn.batchnorm import _BatchNorm
from optim.lr_base import LRScheduler, per_group
from optim.optimizer import Optimizer

Average = Callable[[Tensor, Tensor, Any], Tensor]


def get_ema_avg_fn(decay: float = 0.999) -> Average:
    """average ← decay · average + (1 - decay) · new.

    Raises
    ------
    ValueError
        If the decay is not in [0, 1].
    """
    if not 0.0 <= decay <= 1.0:
        raise ValueError(f"Invalid decay value {decay} provided. Please provide a value in [0,1] range.")

    def average(averaged: Tensor, current: Tensor, count: Any) -> Tensor:
        return averaged * decay + current * (1 - decay)

    return average


def get_swa_avg_fn() -> Average:
    """average ← average + (new - average) / (n + 1): the mean of all."""

    def average(averaged: Tensor, current: Tensor, count: Any) -> Tensor:
        return averaged + (current - averaged) * (1.0 / (int(count) + 1))

    return average


def _for_lists(one: Average) -> Callable:
    def average(averaged: list[Tensor], current: list[Tensor], count: Any) -> None:
        for old, new in zip(averaged, current, strict=True):
            _store(old, one(old, new, count))

    return average


def get_ema_multi_avg_fn(decay: float = 0.999) -> Callable:
    """The same as `get_ema_avg_fn`, for lists of tensors, in place.

    Examples
    --------
    >>> import autograd, nn
    >>> from optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
    >>> average = AveragedModel(nn.Linear(2, 1), multi_avg_fn=get_ema_multi_avg_fn(0.99))
    """
    return _for_lists(get_ema_avg_fn(decay))


def get_swa_multi_avg_fn() -> Callable:
    """The same as `get_swa_avg_fn`, for lists of tensors, in place."""
    return _for_lists(get_swa_avg_fn())


def _store(target: Tensor, value: Tensor) -> None:
    array = target.backend.asarray(value._data)
    target._data[...] = target.backend.astype(array, target.dtype)
    bump(target)


class AveragedModel(nn.Module):
    """A copy of a model that averages its parameters at each `update_parameters`.

    Parameters
    ----------
    model : the model that is trained
    device : where the copy lives
    avg_fn : new average from the old one, the new value, and the number of values so far; default: their mean
    multi_avg_fn : the same for lists, in place
    use_buffers : average the buffers too, instead of copying them

    Raises
    ------
    ValueError
        If both `avg_fn` and `multi_avg_fn` are given.

    Examples
    --------
    >>> import autograd, nn
    >>> from optim.swa_utils import AveragedModel
    >>> model = nn.Linear(1, 1)
    >>> average = AveragedModel(model)
    >>> for value in (1.0, 2.0, 3.0):
    ...     _ = nn.init.constant_(model.weight, value)
    ...     average.update_parameters(model)
    >>> average.module.weight.detach()
    tensor([[2.]])
    """

    n_averaged: Tensor

    def __init__(
        self,
        model: nn.Module,
        device: Any = None,
        avg_fn: Average | None = None,
        multi_avg_fn: Callable | None = None,
        use_buffers: bool = False,
    ):
        super().__init__()
        if avg_fn is not None and multi_avg_fn is not None:
            raise ValueError("Only one of avg_fn and multi_avg_fn should be provided")
        self.module = deepcopy(model)
        if device is not None:
            self.module = self.module.to(device)
        self.register_buffer("n_averaged", autograd.tensor(0, dtype=autograd.long, device=device))
        self.avg_fn, self.multi_avg_fn, self.use_buffers = avg_fn, multi_avg_fn, use_buffers

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """The copy's output."""
        return self.module(*args, **kwargs)

    def update_parameters(self, model: nn.Module) -> None:
        """Take the model's parameters into the average; the first ones are the average."""
        with autograd.no_grad():
            chain = itertools.chain
            ours = list(
                chain(self.module.parameters(), self.module.buffers()) if self.use_buffers else self.parameters()
            )
            theirs = list(chain(model.parameters(), model.buffers()) if self.use_buffers else model.parameters())
            count = self.n_averaged.item()
            if count == 0:
                for old, new in zip(ours, theirs, strict=True):
                    _store(old, new)
            else:
                floating = [
                    (old, new.to(old.device))  # type: ignore[attr-defined]
                    for old, new in zip(ours, theirs, strict=True)
                    if old.is_floating_point() or old.is_complex()
                ]
                average = self.multi_avg_fn or _for_lists(self.avg_fn or get_swa_avg_fn())
                average([old for old, _ in floating], [new for _, new in floating], self.n_averaged)
            if not self.use_buffers:
                for old, new in zip(self.module.buffers(), model.buffers(), strict=True):
                    _store(old, new)
            _store(self.n_averaged, self.n_averaged + 1)


def update_bn(loader: Iterable[Any], model: nn.Module, device: Any = None) -> None:
    """Compute the running statistics of all batch normalizations anew, from one pass over the data.

    Parameters
    ----------
    loader : batches; of a list or tuple the first element is the input
    model : whose statistics are replaced
    device : where to move the inputs

    Examples
    --------
    >>> import autograd, nn
    >>> from optim.swa_utils import update_bn
    >>> model = nn.BatchNorm1d(1, momentum=None)
    >>> update_bn([autograd.ones(4, 1), autograd.full((4, 1), 3.0)], model)
    >>> model.running_mean
    tensor([2.])
    """
    norms = [module for module in model.modules() if isinstance(module, _BatchNorm)]
    if not norms:
        return
    kept = [module.momentum for module in norms]
    was_training = model.training
    model.train()
    with autograd.no_grad():
        for module in norms:
            module.reset_running_stats()
            module.momentum = None  # the plain mean over all batches
        for batch in loader:
            inputs = batch[0] if isinstance(batch, (list, tuple)) else batch
            model(inputs if device is None else inputs.to(device))
    for module, momentum in zip(norms, kept, strict=True):
        module.momentum = momentum
    model.train(was_training)


class SWALR(LRScheduler):
    """Anneals the rates to `swa_lr` in `anneal_epochs` epochs, and keeps them there.

    Parameters
    ----------
    optimizer : whose rates are set
    swa_lr : the rate to reach, or one for each group
    anneal_epochs : how long it takes
    anneal_strategy : "cos" or "linear"
    last_epoch : the epoch to resume after

    Raises
    ------
    ValueError
        For another strategy, or negative epochs.

    Examples
    --------
    >>> import autograd, optim
    >>> optimizer = optim.SGD([autograd.ones(1, requires_grad=True)], lr=1.0)
    >>> from optim.swa_utils import SWALR
    >>> schedule = SWALR(optimizer, swa_lr=0.1, anneal_epochs=2, anneal_strategy="linear")
    >>> rates = []
    >>> for epoch in range(4):
    ...     optimizer.step()
    ...     rates.append(round(optimizer.param_groups[0]["lr"], 4))
    ...     schedule.step()
    >>> rates
    [1.0, 0.55, 0.1, 0.1]
    """

    def __init__(
        self,
        optimizer: Optimizer,
        swa_lr: Any,
        anneal_epochs: int = 10,
        anneal_strategy: str = "cos",
        last_epoch: int = -1,
    ):
        for group, rate in zip(optimizer.param_groups, per_group(optimizer, swa_lr, "swa_lr"), strict=True):
            group["swa_lr"] = rate
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}")
        if not isinstance(anneal_epochs, int) or anneal_epochs < 0:
            raise ValueError(f"anneal_epochs must be equal or greater than 0, got {anneal_epochs}")
        self._anneal_strategy, self.anneal_epochs = anneal_strategy, anneal_epochs
        super().__init__(optimizer, last_epoch)

    def _part(self, epoch: int) -> float:
        x = max(0.0, min(1.0, epoch / max(1, self.anneal_epochs)))
        return (1 - math.cos(math.pi * x)) / 2 if self._anneal_strategy == "cos" else x

    def get_lr(self) -> list[float]:
        """The rates of `last_epoch`."""
        step = self._step_count - 1 if self.anneal_epochs else max(1, self._step_count - 1)
        before, now = self._part(step - 1), self._part(step)
        rates = []
        for group, lr in zip(self.optimizer.param_groups, self.rates(), strict=True):
            start = group["swa_lr"] if before == 1 else (lr - before * group["swa_lr"]) / (1 - before)
            rates.append(group["swa_lr"] * now + start * (1 - now))
        return rates


__getattr__ = suggesting(__name__)
