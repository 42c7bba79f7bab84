"""PyTorch's import paths of the layers: `nn.modules.linear.Linear` is `nn.Linear`, and so on."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

from autograd._lazy import UnknownNameError
from nn.modules import module, utils

# PyTorch's module, and those of ours that have its names.
_HOMES = {
    "activation": ("activation", "activation_smooth", "softmax", "multihead"),
    "adaptive": ("adaptive",),
    "batchnorm": ("batchnorm", "lazy", "sync_batchnorm"),
    "channelshuffle": ("upsampling",),
    "container": ("container", "parameter_containers"),
    "conv": ("conv", "lazy"),
    "distance": ("upsampling",),
    "dropout": ("dropout",),
    "flatten": ("flatten",),
    "fold": ("upsampling",),
    "instancenorm": ("batchnorm", "lazy"),
    "lazy": ("lazy",),
    "linear": ("linear", "lazy"),
    "loss": ("loss", "loss_classes", "linear_cross_entropy"),
    "normalization": ("normalization",),
    "padding": ("padding",),
    "pixelshuffle": ("upsampling",),
    "pooling": ("pooling", "pooling_rare"),
    "rnn": ("rnn", "rnn_cells"),
    "sparse": ("sparse",),
    "transformer": ("transformer", "transformer_layers"),
    "upsampling": ("upsampling",),
}


class _Alias(ModuleType):
    """A module that has the names of others."""

    def __init__(self, name: str, homes: tuple[str, ...]):
        super().__init__(f"{__name__}.{name}", f"PyTorch's name for {', '.join(f'nn.{home}' for home in homes)}.")
        self.__dict__["_homes"] = [importlib.import_module(f"nn.{home}") for home in homes]

    def __getattr__(self, name: str) -> Any:
        for home in self.__dict__["_homes"]:
            if name in vars(home):
                return vars(home)[name]
        known = [other for home in self.__dict__["_homes"] for other in vars(home)]
        raise UnknownNameError(f"module {self.__name__!r}", name, lambda: known)


for _name, _homes in _HOMES.items():
    globals()[_name] = sys.modules[f"{__name__}.{_name}"] = _Alias(_name, _homes)


def __getattr__(name: str) -> Any:
    import nn

    if name.startswith("__") or not hasattr(nn, name):
        raise UnknownNameError(f"module {__name__!r}", name, lambda: vars(nn))
    return getattr(nn, name)
