"""Padding."""

from __future__ import annotations

from autograd.functions.padding import pad

__all__ = ["pad"]
