"""Spectral normalization (Miyato et al., 2018) by a hook; `parametrizations.spectral_norm` is its newer form."""

from __future__ import annotations

from typing import Any, TypeVar

import autograd
from autograd import Tensor
from nn import functional as F
from nn.conv import _ConvTransposeNd
from nn.module import Module
from nn.parameter import Parameter, is_lazy
from nn.utils._named_hooks import refuse_second, take_out

_Module = TypeVar("_Module", bound=Module)


def as_matrix(weight: Tensor, dim: int) -> Tensor:
    """The weight with one dim as rows, and all others as columns."""
    return weight.movedim(dim, 0).flatten(1)  # type: ignore[attr-defined]


def output_dim(module: Module, dim: int | None) -> int:
    """The dim of a module's weight that counts its outputs, unless another is asked for."""
    return dim if dim is not None else int(isinstance(module, _ConvTransposeNd))


def refuse_no_iterations(count: int) -> None:
    """Raise a ValueError unless the number is positive."""
    if count <= 0:
        raise ValueError(f"Expected n_power_iterations to be positive, but got n_power_iterations={count}")


class SpectralNorm:
    """The hook: divides the weight by its largest singular value before each call of the module."""

    _version = 1

    def __init__(self, name: str = "weight", n_power_iterations: int = 1, dim: int = 0, eps: float = 1e-12):
        refuse_no_iterations(n_power_iterations)
        self.name, self.n_power_iterations, self.dim, self.eps = name, n_power_iterations, dim, eps

    def reshape_weight_to_matrix(self, weight: Tensor) -> Tensor:
        """The weight with its outputs as rows."""
        return as_matrix(weight, self.dim)

    def compute_weight(self, module: Module, do_power_iteration: bool) -> Tensor:
        """The weight of now, after steps of the power iteration if asked for."""
        weight, u, v = (getattr(module, self.name + ending) for ending in ("_orig", "_u", "_v"))
        matrix = self.reshape_weight_to_matrix(weight)
        if do_power_iteration:
            with autograd.no_grad():
                for _ in range(self.n_power_iterations):
                    v.copy_(F.normalize(matrix.mT @ u, dim=0, eps=self.eps))
                    u.copy_(F.normalize(matrix @ v, dim=0, eps=self.eps))
            u, v = u.clone(), v.clone()  # the next call writes to them, but this one's graph needs them
        return weight / autograd.dot(u, matrix @ v)

    @staticmethod
    def apply(module: Module, name: str, n_power_iterations: int, dim: int, eps: float) -> SpectralNorm:
        """Put the hook on a module; `spectral_norm` says how."""
        refuse_second(module, SpectralNorm, name, "spectral_norm")
        hook = SpectralNorm(name, n_power_iterations, dim, eps)
        weight = module._parameters[name]
        if weight is None:
            raise ValueError(f"`SpectralNorm` cannot be applied as parameter `{name}` is None")
        if is_lazy(weight):
            raise ValueError(f"spectral_norm: {name} is uninitialized; run the module once, so that it takes its shape")
        with autograd.no_grad():
            rows, columns = hook.reshape_weight_to_matrix(weight).shape
            u, v = (F.normalize(weight.new_empty(size).normal_(), dim=0, eps=eps) for size in (rows, columns))
        del module._parameters[name]
        module.register_parameter(name + "_orig", weight)
        setattr(module, name, weight.data)  # hooks before the first call see it
        module.register_buffer(name + "_u", u)
        module.register_buffer(name + "_v", v)
        module.register_forward_pre_hook(hook)
        module.register_state_dict_post_hook(_VersionHook(hook))
        return hook

    def remove(self, module: Module) -> None:
        """Make the weight a parameter again, with the values of now."""
        with autograd.no_grad():
            weight = self.compute_weight(module, do_power_iteration=False)
        for ending in ("", "_orig", "_u", "_v"):
            delattr(module, self.name + ending)
        module.register_parameter(self.name, Parameter(weight.detach()))

    def __call__(self, module: Module, inputs: Any) -> None:
        """Compute the weight for this call."""
        setattr(module, self.name, self.compute_weight(module, do_power_iteration=module.training))


class _VersionHook:
    """Writes into the state's metadata which form of the hook it is from, as PyTorch expects it."""

    def __init__(self, hook: SpectralNorm):
        self.hook = hook

    def __call__(self, module: Module, state_dict: dict, prefix: str, local_metadata: dict) -> None:
        local_metadata.setdefault("spectral_norm", {})[self.hook.name + ".version"] = self.hook._version


def spectral_norm(
    module: _Module,
    name: str = "weight",
    n_power_iterations: int = 1,
    eps: float = 1e-12,
    dim: int | None = None,
) -> _Module:
    """Let a weight be W / σ(W), its largest singular value taken from a power iteration that goes on in training.

    Parameters
    ----------
    module : the module, which gets `<name>_orig` in the place of the parameter, and buffers `<name>_u`, `<name>_v`
    name : the parameter's name
    n_power_iterations : steps of the iteration for each call in training
    eps : the least norm that vectors are divided by
    dim : the dim of the weight that counts outputs. Default: 0, or 1 for transposed convolutions

    Raises
    ------
    RuntimeError
        If the parameter has such a hook already.
    ValueError
        If the number of iterations is not positive, or the parameter is None or uninitialized.

    Examples
    --------
    >>> import nn
    >>> list(spectral_norm(nn.Linear(2, 3)).state_dict())
    ['bias', 'weight_orig', 'weight_u', 'weight_v']
    """
    SpectralNorm.apply(module, name, n_power_iterations, output_dim(module, dim), eps)
    return module


def remove_spectral_norm(module: _Module, name: str = "weight") -> _Module:
    """Make the weight a parameter again, with the values of now.

    Raises
    ------
    ValueError
        If it has no spectral norm.
    """
    hook = take_out(module, SpectralNorm, name, "spectral_norm")
    hook.remove(module)
    for key, each in module._state_dict_hooks.items():
        if isinstance(each, _VersionHook) and each.hook is hook:
            del module._state_dict_hooks[key]
            break
    return module
