"""Automatic mixed precision by PyTorch's names: `autocast`, which changes nothing here, and `GradScaler`, which scales."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import autograd
from autograd import cuda
from autograd.engine import TensorBase

__all__ = ["GradScaler", "autocast", "custom_bwd", "custom_fwd", "is_autocast_enabled"]


class autocast(contextlib.ContextDecorator):
    """A context, or a decorator, without effect: operations compute in the element types of their operands.

    Convert the model and its inputs, as with ``.to(autograd.bfloat16)``, to compute in half precision.

    Parameters
    ----------
    device_type : such as ``"cuda"``
    dtype, enabled, cache_enabled : kept for PyTorch's sake

    Raises
    ------
    ValueError
        If the device type is no string.

    Examples
    --------
    >>> import autograd
    >>> with autograd.autocast("cpu", dtype=autograd.bfloat16):
    ...     (autograd.ones(2, 2) @ autograd.ones(2, 2)).dtype
    autograd.float32
    """

    def __init__(self, device_type: str, dtype: Any = None, enabled: bool = True, cache_enabled: bool | None = None):
        if not isinstance(device_type, str):
            raise ValueError(f"autocast: expected device_type of type str, got {type(device_type).__name__}")
        self.device = device_type

    def __enter__(self) -> autocast:
        return self

    def __exit__(self, *error: Any) -> None:
        return None


def is_autocast_enabled(device_type: str = "cuda") -> bool:
    """Whether operations choose their element types themselves: never, as `autocast` has no effect.

    Examples
    --------
    >>> import autograd
    >>> with autograd.autocast("cpu"):
    ...     autograd.is_autocast_enabled("cpu")
    False
    """
    return False


def custom_fwd(fwd: Callable | None = None, *, device_type: str = "cuda", cast_inputs: Any = None) -> Any:
    """The `forward` of a `Function` itself: with no effect of `autocast`, nothing is to be cast."""
    return (lambda function: function) if fwd is None else fwd


def custom_bwd(bwd: Callable | None = None, *, device_type: str = "cuda") -> Any:
    """The `backward` of a `Function` itself."""
    return custom_fwd(bwd)


class GradScaler:
    """Scales a loss so that small gradients do not vanish in float16, and leaves out steps whose gradients overflow.

    After `growth_interval` steps without an infinity or NaN the scale grows, after one with it shrinks (Micikevicius et
    al., Mixed precision training, 2018).

    Parameters
    ----------
    device : of the gradients; with ``"cuda"`` and no such device the scaler warns and is disabled, as in PyTorch
    init_scale : the first scale
    growth_factor : what the scale is multiplied with to grow, above 1
    backoff_factor : what it is multiplied with to shrink, below 1
    growth_interval : steps in a row without overflow before it grows
    enabled : whether to do anything but call `optimizer.step`

    Raises
    ------
    AssertionError
        For factors on the wrong side of 1.

    Examples
    --------
    >>> import autograd, optim
    >>> w = autograd.ones(1, requires_grad=True)
    >>> optimizer, scaler = optim.SGD([w], lr=0.5), autograd.amp.GradScaler("cpu", init_scale=8.0)
    >>> scaler.scale(w.sum()).backward()
    >>> w.grad
    tensor([8.])
    >>> scaler.step(optimizer)
    >>> scaler.update()
    >>> w
    tensor([0.5000], requires_grad=True)
    """

    def __init__(
        self,
        device: str = "cuda",
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ):
        if enabled and device == "cuda" and not cuda.is_available():
            warnings.warn("GradScaler is enabled, but CUDA is not available. Disabling.", stacklevel=2)
            enabled = False
        if enabled and growth_factor <= 1.0:
            raise AssertionError(f"GradScaler: the growth factor must be > 1.0, got {growth_factor}")
        if enabled and backoff_factor >= 1.0:
            raise AssertionError(f"GradScaler: the backoff factor must be < 1.0, got {backoff_factor}")
        self._enabled, self._scale, self._growth_tracker = enabled, init_scale, 0
        self._growth_factor, self._backoff_factor, self._growth_interval = (
            growth_factor,
            backoff_factor,
            growth_interval,
        )
        self._overflowed: dict[int, bool] = {}  # by the id of each optimizer that was unscaled since the last update
        self._stepped: set[int] = set()

    def scale(self, outputs: Any) -> Any:
        """A tensor, or each of a sequence of them, times the scale.

        Raises
        ------
        ValueError
            For something else.
        """
        if not self._enabled:
            return outputs
        if isinstance(outputs, TensorBase):
            return outputs * self._scale  # type: ignore[operator]
        if isinstance(outputs, Iterable):
            scaled = map(self.scale, outputs)
            return type(outputs)(scaled) if isinstance(outputs, (list, tuple)) else scaled  # type: ignore[call-arg]
        raise ValueError(f"GradScaler.scale: expected a Tensor or an iterable of them, got {type(outputs).__name__}")

    def unscale_(self, optimizer: Any) -> None:
        """Divide the gradients of an optimizer's parameters by the scale, to clip them before `step`.

        Raises
        ------
        RuntimeError
            For a second time, or after `step`, before the next `update`.
        ValueError
            For float16 gradients, in which the unscaled values would vanish.
        """
        if not self._enabled:
            return
        key = id(optimizer)
        if key in self._stepped:
            raise RuntimeError("GradScaler.unscale_() is being called after step(); call update() first")
        if key in self._overflowed:
            raise RuntimeError(
                "GradScaler.unscale_() has already been called on this optimizer since the last update()"
            )
        parameters = [p for group in optimizer.param_groups for p in group["params"] if p.grad is not None]
        if not parameters:
            return
        if any(p.grad.dtype is autograd.float16 for p in parameters):
            raise ValueError("GradScaler: attempting to unscale FP16 gradients; keep the parameters in float32")
        finite = True
        with autograd.no_grad():
            for parameter in parameters:
                parameter.grad.mul_(1.0 / self._scale)
                finite = finite and bool(parameter.grad.isfinite().all())
        self._overflowed[key] = not finite

    def step(self, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        """`optimizer.step(...)` with unscaled gradients, or None and no step if one is infinite or NaN.

        Raises
        ------
        RuntimeError
            For a closure, or for a second step before `update`.
        AssertionError
            If no parameter has a gradient.
        """
        if not self._enabled:
            return optimizer.step(*args, **kwargs)
        if "closure" in kwargs:
            raise RuntimeError("GradScaler.step: closure use is not currently supported; call backward before it")
        key = id(optimizer)
        if key in self._stepped:
            raise RuntimeError("GradScaler.step() has already been called since the last update()")
        if key not in self._overflowed:
            self.unscale_(optimizer)
        if key not in self._overflowed:
            raise AssertionError(
                "GradScaler.step: no parameter of this optimizer has a gradient; call backward() first"
            )
        self._stepped.add(key)
        return None if self._overflowed[key] else optimizer.step(*args, **kwargs)

    def update(self, new_scale: Any = None) -> None:
        """Let the scale grow or shrink by what the steps met; or set it.

        Raises
        ------
        AssertionError
            If nothing was unscaled since the last update and no scale is given.
        """
        if not self._enabled:
            return
        if new_scale is not None:
            self._scale = float(new_scale)
        elif not self._overflowed:
            raise AssertionError("GradScaler.update: no inf checks were recorded prior to update; call step() first")
        elif any(self._overflowed.values()):
            self._scale, self._growth_tracker = self._scale * self._backoff_factor, 0
        elif self._growth_tracker + 1 < self._growth_interval:
            self._growth_tracker += 1
        else:
            grown = self._scale * self._growth_factor
            if grown <= autograd.finfo(autograd.float32).max:
                self._scale = grown
            self._growth_tracker = 0
        self._overflowed, self._stepped = {}, set()

    def is_enabled(self) -> bool:
        """Whether the scaler does anything."""
        return self._enabled

    def get_scale(self) -> float:
        """The scale; 1 if disabled."""
        return self._scale if self._enabled else 1.0

    def get_growth_factor(self) -> float:
        """What the scale is multiplied with to grow."""
        return self._growth_factor

    def set_growth_factor(self, new_factor: float) -> None:
        """Set what the scale is multiplied with to grow."""
        self._growth_factor = new_factor

    def get_backoff_factor(self) -> float:
        """What the scale is multiplied with to shrink."""
        return self._backoff_factor

    def set_backoff_factor(self, new_factor: float) -> None:
        """Set what the scale is multiplied with to shrink."""
        self._backoff_factor = new_factor

    def get_growth_interval(self) -> int:
        """Steps in a row without overflow before the scale grows."""
        return self._growth_interval

    def set_growth_interval(self, new_interval: int) -> None:
        """Set the steps in a row without overflow before the scale grows."""
        self._growth_interval = new_interval

    def state_dict(self) -> dict[str, Any]:
        """The scale and its settings, by PyTorch's keys; empty if disabled."""
        if not self._enabled:
            return {}
        return {
            "scale": self._scale, "growth_factor": self._growth_factor, "backoff_factor": self._backoff_factor,
            "growth_interval": self._growth_interval, "_growth_tracker": self._growth_tracker,
        }  # fmt: skip

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave.

        Raises
        ------
        RuntimeError
            If it is empty, which a disabled scaler's is.
        """
        if not self._enabled:
            return
        if not state_dict:
            raise RuntimeError("GradScaler.load_state_dict: the state is empty, possibly that of a disabled scaler")
        self._scale, self._growth_tracker = state_dict["scale"], state_dict["_growth_tracker"]
        self._growth_factor, self._backoff_factor = state_dict["growth_factor"], state_dict["backoff_factor"]
        self._growth_interval = state_dict["growth_interval"]
