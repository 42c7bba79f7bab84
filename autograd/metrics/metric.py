"""Metric: what a figure over a whole data set needs to keep from batch to batch, and `MetricCollection`."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import autograd
from autograd import Tensor

State = dict[str, Tensor]


def as_value(value: Tensor) -> Tensor:
    """A result computed in float64, in the default floating type."""
    return value.to(autograd.get_default_dtype())


class Metric:
    """Base of all metrics: `update` takes in a batch, `compute` is the figure over all batches since `reset`.

    A subclass writes two functions without memory: `measure`, from a batch to tensors by name, and `value`, from such
    tensors to the figure. From batch to batch the tensors are added up, or, for names in `joined`, put one after
    another. So the figure over many batches is that over all of the data at once. They are kept where the batches are.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import Metric
    >>> class Range(Metric):
    ...     joined = ("seen",)
    ...     def measure(self, values):
    ...         return {"seen": values.flatten()}
    ...     def value(self, seen):
    ...         return seen.max() - seen.min()
    >>> metric = Range()
    >>> metric.update(autograd.tensor([1.0, 5.0]))
    >>> metric.update(autograd.tensor([-2.0]))
    >>> metric.compute()
    tensor(7.)
    """

    joined: tuple[str, ...] = ()
    higher_is_better: bool | None = None

    def __init__(self) -> None:
        self._state: dict[str, list[Tensor]] = {}

    def measure(self, *args: Any, **kwargs: Any) -> State:
        """What a batch contributes, by name."""
        raise NotImplementedError(f"{type(self).__name__}: write measure(self, *inputs), which returns tensors by name")

    def value(self, *args: Any, **kwargs: Any) -> Any:
        """The figure."""
        raise NotImplementedError(f"{type(self).__name__}: write value(self, **tensors), which returns the figure")

    def combine(self, old: State, new: State) -> State:
        """Two contributions that are added up, as one."""
        return {name: old[name] + value for name, value in new.items()}

    def of(self, *inputs: Any) -> Any:
        """The figure of these inputs alone; nothing is remembered, and gradients flow where there are any."""
        return self.value(**self.measure(*inputs))

    def update(self, *inputs: Any) -> None:
        """Take in a batch."""
        with autograd.no_grad():
            self._take(self.measure(*inputs))

    def _take(self, new: State) -> None:
        if not self._state:
            self._state = {name: [value] for name, value in new.items()}
            return
        added = {name: value for name, value in new.items() if name not in self.joined}
        old = {name: self._state[name][0].to(value.device) for name, value in added.items()}
        for name, value in self.combine(old, added).items():
            self._state[name] = [value]
        for name in self.joined:
            self._state[name].append(new[name])

    def __call__(self, *inputs: Any) -> Any:
        """Take in a batch and return the figure of this batch alone."""
        with autograd.no_grad():
            new = self.measure(*inputs)
            self._take(new)
            return self.value(**new)

    def compute(self) -> Any:
        """The figure over all batches since the last `reset`.

        Raises
        ------
        RuntimeError
            If there was no batch yet.
        """
        if not self._state:
            raise RuntimeError(f"{type(self).__name__}.compute: there was no batch yet; call update first")
        with autograd.no_grad():
            return self.value(**self.state_dict())

    def reset(self) -> None:
        """Forget all batches."""
        self._state = {}

    def state_dict(self) -> State:
        """What was kept, by name: with `load_state_dict` one goes on in the middle of an epoch."""
        for name, values in self._state.items():
            if len(values) > 1:
                device = values[-1].device
                self._state[name] = [autograd.cat([value.to(device) for value in values])]
        return {name: value for name, (value,) in self._state.items()}

    def load_state_dict(self, state_dict: Mapping[str, Tensor]) -> None:
        """Go on from what `state_dict` gave."""
        self._state = {name: [value.clone()] for name, value in state_dict.items()}

    def merge_state(self, incoming: Metric) -> None:
        """Take in all batches that another metric of the same kind has seen."""
        self._take(incoming.state_dict())

    def to(self, device: Any) -> Metric:
        """Move what was kept."""
        self._state = {name: [value.to(device) for value in values] for name, values in self._state.items()}
        return self

    def clone(self) -> Metric:
        """An independent copy."""
        return copy.deepcopy(self)


class MetricCollection(dict):
    """Several metrics by name that take in the same batches.

    Parameters
    ----------
    metrics : metrics by name, or a sequence of them, which are named after their classes
    prefix, postfix : what is put around the names of the results

    Raises
    ------
    ValueError
        If two metrics of one class are given without names.

    Examples
    --------
    >>> import autograd
    >>> from autograd.metrics import MeanAbsoluteError, MeanSquaredError, MetricCollection
    >>> metrics = MetricCollection([MeanAbsoluteError(), MeanSquaredError()], prefix="valid/")
    >>> metrics.update(autograd.tensor([1.0, 2.0]), autograd.tensor([1.0, 4.0]))
    >>> metrics.compute()
    {'valid/MeanAbsoluteError': tensor(1.), 'valid/MeanSquaredError': tensor(2.)}
    """

    def __init__(self, metrics: Any, prefix: str = "", postfix: str = ""):
        if not isinstance(metrics, Mapping):
            named = {type(metric).__name__: metric for metric in metrics}
            if len(named) != len(metrics):
                raise ValueError("MetricCollection: two metrics are of one class; give a dictionary with their names")
            metrics = named
        super().__init__(metrics)
        self.prefix, self.postfix = prefix, postfix

    def _results(self, found: Mapping[str, Any]) -> dict[str, Any]:
        return {f"{self.prefix}{name}{self.postfix}": value for name, value in found.items()}

    def update(self, *inputs: Any) -> None:  # type: ignore[override]
        """Take in a batch."""
        for metric in self.values():
            metric.update(*inputs)

    def __call__(self, *inputs: Any) -> dict[str, Any]:
        """Take in a batch and return the figures of this batch alone."""
        return self._results({name: metric(*inputs) for name, metric in self.items()})

    def compute(self) -> dict[str, Any]:
        """All figures by name."""
        return self._results({name: metric.compute() for name, metric in self.items()})

    def reset(self) -> None:
        """Forget all batches."""
        for metric in self.values():
            metric.reset()

    def state_dict(self) -> dict[str, State]:
        """What each metric keeps."""
        return {name: metric.state_dict() for name, metric in self.items()}

    def load_state_dict(self, state_dict: Mapping[str, Mapping[str, Tensor]]) -> None:
        """Go on from what `state_dict` gave."""
        for name, metric in self.items():
            metric.load_state_dict(state_dict[name])
