"""PyTorch's import path of `Module`, and of the hooks that run for every module."""

from __future__ import annotations

import textwrap

from nn.module import Module
from nn.module_hooks import (
    register_module_backward_hook,
    register_module_buffer_registration_hook,
    register_module_forward_hook,
    register_module_forward_pre_hook,
    register_module_full_backward_hook,
    register_module_full_backward_pre_hook,
    register_module_module_registration_hook,
    register_module_parameter_registration_hook,
)
from nn.module_state import _IncompatibleKeys

__all__ = [
    "Module",
    "_IncompatibleKeys",
    "register_module_backward_hook",
    "register_module_buffer_registration_hook",
    "register_module_forward_hook",
    "register_module_forward_pre_hook",
    "register_module_full_backward_hook",
    "register_module_full_backward_pre_hook",
    "register_module_module_registration_hook",
    "register_module_parameter_registration_hook",
]


def _addindent(s_: str, numSpaces: int) -> str:
    """Every line but the first moved right: modules that write their own `__repr__` import it."""
    first, end, rest = s_.partition("\n")
    return first + end + textwrap.indent(rest, " " * numSpaces)
