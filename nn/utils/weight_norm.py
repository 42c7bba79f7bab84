"""Weight normalization (Salimans and Kingma, 2016) by a hook; `parametrizations.weight_norm` is its newer form."""

from __future__ import annotations

from typing import Any, TypeVar

import autograd
from autograd import Tensor
from nn.module import Module
from nn.parameter import Parameter, is_lazy
from nn.utils._named_hooks import refuse_second, take_out

_Module = TypeVar("_Module", bound=Module)


def norm_except_dim(v: Tensor, dim: int | None) -> Tensor:
    """The 2-norm over all dims but one, which keep size 1; over all, 0-d, for None (or -1, as in PyTorch)."""
    if dim is None or dim == -1:
        return autograd.linalg.vector_norm(v)
    moved = v.movedim(dim, 0)  # type: ignore[attr-defined]
    norms = autograd.linalg.vector_norm(moved.reshape(len(moved), -1), dim=1)
    return norms.reshape(-1, *(1,) * (v.ndim - 1)).movedim(0, dim)


def normalized(g: Tensor, v: Tensor, dim: int | None) -> Tensor:
    """g · v / ‖v‖, with the norms over all dims but one."""
    return v * (g / norm_except_dim(v, dim))


class WeightNorm:
    """The hook: computes the weight from its magnitude and direction before each call of the module."""

    def __init__(self, name: str, dim: int | None):
        self.name, self.dim = name, dim

    def compute_weight(self, module: Module) -> Tensor:
        """The weight of now."""
        return normalized(getattr(module, self.name + "_g"), getattr(module, self.name + "_v"), self.dim)

    @staticmethod
    def apply(module: Module, name: str, dim: int | None) -> WeightNorm:
        """Put the hook on a module; `weight_norm` says how."""
        refuse_second(module, WeightNorm, name, "weight_norm")
        hook = WeightNorm(name, dim)
        weight = getattr(module, name)
        if is_lazy(weight):
            raise ValueError(f"weight_norm: {name} is uninitialized; run the module once, so that it takes its shape")
        del module._parameters[name]
        with autograd.no_grad():
            module.register_parameter(name + "_g", Parameter(norm_except_dim(weight, dim)))
        module.register_parameter(name + "_v", Parameter(weight.data))
        setattr(module, name, hook.compute_weight(module))
        module.register_forward_pre_hook(hook)
        return hook

    def remove(self, module: Module) -> None:
        """Make the weight a parameter again, with the values of now."""
        weight = self.compute_weight(module)
        for name in (self.name, self.name + "_g", self.name + "_v"):
            delattr(module, name)
        setattr(module, self.name, Parameter(weight.data))

    def __call__(self, module: Module, inputs: Any) -> None:
        """Compute the weight for this call."""
        setattr(module, self.name, self.compute_weight(module))


def weight_norm(module: _Module, name: str = "weight", dim: int | None = 0) -> _Module:
    """Let a weight be g · v / ‖v‖, with the magnitude g and the direction v as parameters.

    Parameters
    ----------
    module : the module, which gets `<name>_g` and `<name>_v` in the place of the parameter
    name : the parameter's name
    dim : the dim that has a norm for each index; None: one norm for all

    Raises
    ------
    RuntimeError
        If the parameter has such a hook already.
    ValueError
        If it is uninitialized.

    Examples
    --------
    >>> import nn
    >>> layer = weight_norm(nn.Linear(20, 40))
    >>> layer.weight_g.shape, layer.weight_v.shape
    (autograd.Size([40, 1]), autograd.Size([40, 20]))
    """
    WeightNorm.apply(module, name, dim)
    return module


def remove_weight_norm(module: _Module, name: str = "weight") -> _Module:
    """Make the weight a parameter again, with the values of now.

    Raises
    ------
    ValueError
        If it has no weight norm.
    """
    take_out(module, WeightNorm, name, "weight_norm").remove(module)
    return module
