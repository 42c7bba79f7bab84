"""How operations are recorded just now: one context variable, so per thread and per asynchronous task."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any


class Mode:
    """What differs from plain recording while an operation runs; the usual mode is None, which costs one read."""

    __slots__ = ("grad", "inference", "anomaly", "check_nan", "hooks", "refusal")

    def __init__(
        self,
        grad: bool = True,
        inference: bool = False,
        anomaly: bool = False,
        check_nan: bool = True,
        hooks: tuple[Callable, Callable] | None = None,
        refusal: str | None = None,
    ):
        self.grad, self.inference, self.anomaly, self.check_nan = grad, inference, anomaly, check_nan
        self.hooks, self.refusal = hooks, refusal  # hooks for saved values; why there may be none

    def replace(self, **changes: Any) -> Mode:
        return Mode(**({name: getattr(self, name) for name in self.__slots__} | changes))


mode: ContextVar[Mode | None] = ContextVar("autograd.mode", default=None)
get_mode = mode.get
NO_GRAD = Mode(grad=False)
