"""LRScheduler: the base of the learning-rate schedules."""

from __future__ import annotations

import types
import warnings
from collections.abc import Callable
from typing import Any

from autograd.engine import TensorBase
from optim.optimizer import Optimizer


class LRScheduler:
    """Sets the learning rate of every group of an optimizer at each `step`; subclasses write `get_lr`.

    A subclass that can say the rates from the epoch alone writes `_get_closed_form_lr` too.

    Parameters
    ----------
    optimizer : whose groups' `lr` is set
    last_epoch : the epoch to resume after; -1 starts afresh

    Raises
    ------
    TypeError
        If `optimizer` is none.
    KeyError
        If it is resumed and a group has no `initial_lr`.
    """

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1):
        require_optimizer(optimizer)
        self.optimizer = optimizer
        for number, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                lr = group["lr"]
                group.setdefault("initial_lr", lr.item() if isinstance(lr, TensorBase) else lr)  # type: ignore[attr-defined]
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{number}] when resuming an optimizer"
                )
        self.base_lrs: list[float] = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self._initial_step()

    _is_initial = False  # while the constructor sets the first rates: those of the epoch to resume after stay

    def _initial_step(self) -> None:
        self._step_count = 0
        self._is_initial = True
        self._advance(None)
        self._is_initial = False

    def get_lr(self) -> list[float]:
        """The rates of the epoch `last_epoch`, from those that are set; for subclasses.

        Raises
        ------
        NotImplementedError
            Unless overridden.
        """
        raise NotImplementedError(f"{type(self).__name__} has no get_lr()")

    def get_last_lr(self) -> list[float]:
        """The rates that were last set."""
        return self._last_lr

    def rates(self) -> list[float]:
        """The rates that the groups have now."""
        return [_value(group["lr"]) for group in self.optimizer.param_groups]

    def step(self, epoch: int | None = None) -> None:
        """Go on to the next epoch, or to the given one."""
        if self._step_count == 1 and not self.optimizer._opt_called:
            warnings.warn(
                "Detected call of `lr_scheduler.step()` before `optimizer.step()`: call them in the opposite order, "
                "else the first value of the schedule is skipped",
                UserWarning,
                stacklevel=2,
            )
        self._advance(epoch)

    def _advance(self, epoch: int | None) -> None:
        self._step_count += 1
        if epoch is None:
            self.last_epoch += 1
            values = self.get_lr()
        else:
            self.last_epoch = epoch
            values = getattr(self, "_get_closed_form_lr", self.get_lr)()
        self._set(values)

    def _set(self, values: list[float]) -> None:
        for group, value in zip(self.optimizer.param_groups, values, strict=True):
            put(group, "lr", value)
        self._last_lr = self.rates()

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer and plain functions."""
        return {key: value for key, value in self.__dict__.items() if key != "optimizer" and not _is_code(value)}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take back what `state_dict` returned."""
        self.__dict__.update(state_dict)


def require_optimizer(optimizer: Any) -> None:
    """Refuse what is no optimizer.

    Raises
    ------
    TypeError
        If it is none.
    """
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")


def put(group: dict[str, Any], key: str, value: Any) -> None:
    """Set an option; a tensor keeps its identity."""
    if isinstance(group.get(key), TensorBase):
        group[key]._data[...] = value
    else:
        group[key] = value


def _value(rate: Any) -> float:
    return rate.item() if isinstance(rate, TensorBase) else rate  # type: ignore[attr-defined]


def _is_code(value: Any) -> bool:
    return isinstance(value, (types.FunctionType, types.MethodType, types.BuiltinFunctionType))


def per_group(optimizer: Optimizer, value: Any, name: str) -> list[Any]:
    """One value for every group, from one for all or a list.

    Raises
    ------
    TypeError
        If `optimizer` is none.
    ValueError
        If the list's length is not the number of groups.
    """
    require_optimizer(optimizer)
    count = len(optimizer.param_groups)
    if not isinstance(value, (list, tuple)):
        return [value] * count
    if len(value) != count:
        raise ValueError(f"Expected {count} values for {name}, but got {len(value)}")
    return list(value)


def functions_state(functions: list[Callable]) -> list[dict | None]:
    """What callable objects hold; None for plain functions, which are not saved."""
    return [None if isinstance(f, types.FunctionType) else dict(f.__dict__) for f in functions]
