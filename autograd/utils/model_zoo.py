"""The older name of `autograd.hub`."""

from __future__ import annotations

from autograd._lazy import suggesting
from autograd.hub import load_state_dict_from_url

__all__ = ["load_url"]

load_url = load_state_dict_from_url

__getattr__ = suggesting(__name__)
