"""Gradients against finite differences: `gradcheck`, `gradgradcheck`, and what their error says."""

from __future__ import annotations

from autograd.checking.gradcheck import gradcheck, gradgradcheck
from autograd.checking.jacobian import GradcheckError

__all__ = [
    "GradcheckError", "gradcheck", "gradgradcheck",
]  # fmt: skip
