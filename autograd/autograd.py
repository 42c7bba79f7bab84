"""What PyTorch keeps in `torch.autograd`, so that `import autograd as torch` finds it there: `torch.autograd.grad`."""

from __future__ import annotations

import sys
from typing import Any

import autograd
from autograd import checking, forward_ad, function, functional, graph, profiler
from autograd.anomaly import detect_anomaly, set_detect_anomaly
from autograd.checking import gradcheck, gradgradcheck
from autograd.engine import TensorBase
from autograd.function import Function
from autograd.functions.differentiation import backward, grad
from autograd.grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled

__all__ = [
    "Function", "Variable", "backward", "detect_anomaly", "enable_grad", "forward_ad", "function", "functional", "grad",
    "gradcheck", "gradgradcheck", "graph", "inference_mode", "no_grad", "profiler", "set_detect_anomaly", "set_grad_enabled",
]  # fmt: skip

# `from autograd.autograd.functional import hessian` imports by path.
sys.modules.update(
    {
        f"{__name__}.{module.__name__.rpartition('.')[2]}": module
        for module in (forward_ad, function, functional, graph, profiler)
    }
)
# PyTorch has a module of the function's name, and one for the old class.
sys.modules[f"{__name__}.gradcheck"] = checking
sys.modules[f"{__name__}.variable"] = sys.modules[__name__]


class _AnyTensor(type):
    """`isinstance(x, Variable)` holds for every tensor, as in PyTorch."""

    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, TensorBase)


class Variable(metaclass=_AnyTensor):
    """A tensor with the data of another: what tensors that record were before tensors recorded.

    Examples
    --------
    >>> import autograd
    >>> autograd.autograd.Variable(autograd.ones(2), requires_grad=True).requires_grad
    True
    """

    def __new__(cls, data: Any, requires_grad: bool = False, volatile: bool = False) -> Any:  # noqa: D102
        return data.detach().requires_grad_(requires_grad)


def __getattr__(name: str) -> Any:
    """A name of the package: where a program says `from torch import autograd`, a port by name has one word for both."""
    if name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(autograd, name)
