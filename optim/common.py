"""What the rules share: counting steps, buffers, complex numbers as pairs, and the checks of options."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor
from autograd.engine import TensorBase, engine


def real_view(array: Any) -> Any:
    """A raw complex array as real numbers, in the same memory: the last axis is twice as long."""
    return (array if array.ndim else array.reshape(1)).view(array.real.dtype)


def raw(state: dict[str, Any], name: str) -> Any:
    """The raw array of a state tensor, real."""
    array = state[name]._data
    return real_view(array) if array.dtype.kind == "c" else array


def counter(value: float = 0.0) -> Tensor:
    """A count of steps as PyTorch stores it: a float32 tensor on the CPU; float64 where that is the default."""
    kind = autograd.float64 if autograd.get_default_dtype() is autograd.float64 else autograd.float32
    return autograd.tensor(value, dtype=kind, device="cpu")


def advance(state: dict[str, Any]) -> float:
    """Count a step; the number of steps up to and with this one."""
    step = state["step"]
    if not isinstance(step, TensorBase):  # states of old checkpoints hold a number
        step = state["step"] = counter(float(step))
    array = step._data
    array += 1
    return array.item()


def zeros_for(param: Tensor) -> Tensor:
    """A buffer of zeros like a parameter."""
    return engine.wrap(param.backend.zeros_like(param._data), param.backend)


def full_for(param: Tensor, value: float) -> Tensor:
    """A buffer filled with a value, like a parameter."""
    return engine.wrap(param.backend.full_like(param._data, value), param.backend)


def number(value: Any) -> float:
    """An option that may be a number or a tensor with one element."""
    return value.item() if isinstance(value, TensorBase) else value  # type: ignore[attr-defined]


def check(**options: Any) -> None:
    """Refuse options that are negative; a `betas` pair must lie in [0, 1).

    Raises
    ------
    ValueError
        Naming the option and what came.
    """
    for name, value in options.items():
        label = {"lr": "learning rate", "eps": "epsilon value"}.get(name, f"{name} value")
        if name == "betas":
            for index, beta in enumerate(value):
                if not 0.0 <= number(beta) < 1.0:
                    raise ValueError(f"Invalid beta parameter at index {index}: {beta}; it must lie in [0, 1)")
        elif isinstance(value, TensorBase) and value._data.size != 1:
            raise ValueError(f"Tensor {name} must be 1-element, got shape {list(value._data.shape)}")
        elif not number(value) >= 0.0:
            raise ValueError(f"Invalid {label}: {value}; it must not be negative")


def averages(state: dict[str, Any], g: Any, betas: tuple[float, float]) -> tuple[Any, Any]:
    """The running averages of g and g², the `betas` of which are kept, with this gradient taken in."""
    beta1, beta2 = betas
    m, v = raw(state, "exp_avg"), raw(state, "exp_avg_sq")
    m += (1 - beta1) * (g - m)
    v *= beta2
    v += (1 - beta2) * g * g
    return m, v


def directed(p: Any, g: Any, group: dict[str, Any]) -> Any:
    """The gradient to descend along: negated for `maximize`, with the L2 penalty's own gradient added."""
    if group["maximize"]:
        g = -g
    return g + group["weight_decay"] * p if group["weight_decay"] else g
