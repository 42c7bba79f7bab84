"""Helpers around the engine, at PyTorch's place: `autograd.utils.checkpoint`, `autograd.utils.data`."""

from __future__ import annotations

import importlib
from typing import Any


def __getattr__(name: str) -> Any:
    if name in ("checkpoint", "data"):
        return importlib.import_module(f"autograd.utils.{name}")
    raise AttributeError(f"module 'autograd.utils' has no attribute {name!r}; there are 'checkpoint' and 'data'")
