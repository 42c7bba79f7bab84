"""Helpers around the engine: checkpoints, data, the model zoo, early stopping, einops, TensorBoard."""

from __future__ import annotations

import importlib
from typing import Any

_SUBMODULES = ("checkpoint", "data", "early_stopping", "einops", "model_zoo", "tensorboard")


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return importlib.import_module(f"autograd.utils.{name}")
    raise AttributeError(
        f"module 'autograd.utils' has no attribute {name!r}; there are {', '.join(map(repr, _SUBMODULES))}"
    )
