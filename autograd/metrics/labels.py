"""What classification metrics are given: options and batches checked, and brought to one form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import autograd
from autograd import Tensor

TASKS = ("binary", "multiclass", "multilabel")


def check_choice(what: str, value: Any, choices: tuple) -> None:
    """Refuse an option that is none of the choices.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    if value not in choices:
        raise ValueError(f"{what} must be one of {', '.join(map(repr, choices))}; got {value!r}")


@dataclass
class Task:
    """What is classified: one of two classes, one of several, or several labels each there or not.

    Parameters
    ----------
    name : "binary", "multiclass" or "multilabel"
    threshold : probabilities above it mean that the class, or the label, is there
    num_classes, num_labels : how many there are, for "multiclass" and "multilabel"
    top_k : for "multiclass", a prediction is right if the target is among the `top_k` largest scores
    ignore_index : targets of this value are left out
    validate_args : whether values are checked too, which waits for a GPU

    Raises
    ------
    ValueError
        For options outside of what is said here.
    """

    name: str
    threshold: float = 0.5
    num_classes: int | None = None
    num_labels: int | None = None
    top_k: int = 1
    ignore_index: int | None = None
    validate_args: bool = True

    def __post_init__(self) -> None:
        check_choice("task", self.name, TASKS)
        for task, argument, least in (("multiclass", "num_classes", 2), ("multilabel", "num_labels", 1)):
            count = getattr(self, argument)
            if self.name == task and (not isinstance(count, int) or count < least):
                raise ValueError(f"task={task!r} needs {argument}, an integer of at least {least}; got {count!r}")
        if self.top_k != 1 and (self.name != "multiclass" or not 1 <= self.top_k <= (self.num_classes or 0)):
            raise ValueError(
                f"top_k is for task='multiclass', from 1 to num_classes={self.num_classes}; got {self.top_k} for "
                f"{self.name!r}"
            )

    @property
    def count(self) -> int:
        """The number of classes or labels."""
        if self.name == "binary":
            return 1
        return (self.num_classes if self.name == "multiclass" else self.num_labels) or 0

    def refuse(self, why: str) -> None:
        """Raise.

        Raises
        ------
        ValueError
            Always.
        """
        raise ValueError(f"{self.name} classification: {why}")

    def _check_target(self, target: Tensor, kept: Tensor, last: int) -> None:
        if target.is_floating_point() or target.is_complex():
            self.refuse(f"target must hold integers, not {target.dtype}; use target.long()")
        wrong = kept & ((target < 0) | (target > last))
        if self.validate_args and bool(wrong.any()):
            more = "" if self.ignore_index is None else f" or ignore_index={self.ignore_index}"
            self.refuse(f"target must be in 0..{last}{more}; got {target[wrong][0].item()}")

    def _check_probabilities(self, preds: Tensor) -> None:
        inside = (preds >= 0) & (preds <= 1)
        if self.validate_args and not bool(inside.all()):
            how = "softmax" if self.name == "multiclass" else "sigmoid"
            self.refuse(f"preds must be probabilities in [0, 1]; apply autograd.{how} to scores")

    def kept(self, target: Tensor) -> Tensor:
        """Where targets are not to be left out."""
        if self.ignore_index is None:
            return autograd.ones_like(target, dtype=autograd.bool)
        return target != self.ignore_index

    def _check_shapes(self, preds: Tensor, target: Tensor, one_more: bool) -> None:
        """`one_more`: whether predictions have a dimension of classes after the first, which targets have not."""
        shape = tuple(preds.shape)
        expected = (*shape[:1], *shape[2:]) if one_more else shape
        if tuple(target.shape) != expected:
            self.refuse(
                f"preds of shape {list(shape)} ask for a target of shape {list(expected)}; got {list(target.shape)}"
            )
        axis_length = shape[1] if len(shape) > 1 else None
        if (one_more or self.name == "multilabel") and axis_length != self.count:
            self.refuse(f"dimension 1 of preds must have length {self.count}, one for each; got shape {list(shape)}")

    def labels(self, preds: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """Predicted and true classes, each of shape (samples,), without those left out.

        With `top_k`, a target among the largest scores counts as predicted.
        """
        scores = preds.is_floating_point()
        self._check_shapes(preds, target, one_more=scores)
        if scores:
            preds = preds.movedim(1, -1).reshape(-1, self.count)
            target = target.reshape(-1)
            kept = self.kept(target)
            self._check_target(target, kept, self.count - 1)
            preds, target = preds[kept], target[kept]
            largest = preds.topk(self.top_k, 1).indices if self.top_k > 1 else preds.argmax(1, keepdim=True)
            hit = (largest == target.unsqueeze(1)).any(1)
            return autograd.where(hit, target, largest[:, 0]), target
        if self.top_k != 1:
            self.refuse(f"top_k={self.top_k} asks for scores of shape (N, {self.count}, ...), not for classes")
        target, preds = target.reshape(-1), preds.reshape(-1)
        kept = self.kept(target)
        self._check_target(target, kept, self.count - 1)
        preds = preds[kept]
        self._check_predicted(preds, self.count - 1)
        return preds, target[kept]

    def _check_predicted(self, preds: Tensor, last: int) -> None:
        wrong = (preds < 0) | (preds > last)
        if self.validate_args and bool(wrong.any()):
            self.refuse(f"preds must be in 0..{last}, or scores; got {preds[wrong][0].item()}")

    def marks(self, preds: Tensor, target: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Predicted, true and kept as booleans of shape (samples, labels), with one label for "binary"."""
        preds, target, kept = self.scores(preds, target, probabilities=True)
        if preds.is_floating_point():
            preds = preds > self.threshold
        else:
            self._check_predicted(preds, 1)
        return preds.bool(), target, kept

    def scores(self, preds: Tensor, target: Tensor, probabilities: bool = False) -> tuple[Tensor, Tensor, Tensor]:
        """Predictions, and true and kept as booleans, all of shape (samples, labels)."""
        many_classes = self.name == "multiclass"
        self._check_shapes(preds, target, one_more=many_classes)
        if preds.is_floating_point() and (probabilities or many_classes):
            self._check_probabilities(preds)
        if preds.dim() > 1 and self.name != "binary":
            preds = preds.movedim(1, -1)
        if self.name == "multilabel":
            target = target.movedim(1, -1)
        preds, target = preds.reshape(-1, self.count), target.reshape(-1, 1 if many_classes else self.count)
        kept = self.kept(target)
        self._check_target(target, kept, self.count - 1 if many_classes else 1)
        true = target == (autograd.arange(self.count, device=target.device) if many_classes else 1)
        return preds, true, kept.expand(true.shape)
