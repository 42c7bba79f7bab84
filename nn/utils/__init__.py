"""Helpers around modules, by PyTorch's names."""

from __future__ import annotations

from . import rnn
