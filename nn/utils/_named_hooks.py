"""Hooks that stand for what a tensor of a module is computed from; each knows the tensor's name."""

from __future__ import annotations

from typing import Any

from nn.module import Module


def refuse_second(module: Module, kind: type, name: str, what: str) -> None:
    """Raise a RuntimeError if there is such a hook already."""
    for hook in module._forward_pre_hooks.values():
        if isinstance(hook, kind) and hook.name == name:  # type: ignore[attr-defined]
            raise RuntimeError(f"Cannot register two {what} hooks on the same parameter {name}; remove the first")


def take_out(module: Module, kind: type, name: str, what: str) -> Any:
    """Remove the hook from the module's table, and return it.

    Raises
    ------
    ValueError
        If there is none.
    """
    for key, hook in module._forward_pre_hooks.items():
        if isinstance(hook, kind) and hook.name == name:  # type: ignore[attr-defined]
            del module._forward_pre_hooks[key]
            return hook
    raise ValueError(f"{what} of '{name}' not found in {module}")
