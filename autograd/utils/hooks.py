"""What registering a hook returns, at PyTorch's place."""

from __future__ import annotations

from autograd.hooks import RemovableHandle

__all__ = ["RemovableHandle"]
