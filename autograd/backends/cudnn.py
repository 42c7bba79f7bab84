"""Switches of PyTorch's place `backends.cudnn`, which programs set beside their seeds; without effect here."""

from __future__ import annotations

enabled = True
benchmark = False
deterministic = False
allow_tf32 = True


def is_available() -> bool:
    """False: this library's CUDA kernels are CuPy's and its own.

    Examples
    --------
    >>> import autograd
    >>> autograd.backends.cudnn.is_available()
    False
    """
    return False


def version() -> None:
    """None, since there is none.

    Examples
    --------
    >>> import autograd
    >>> autograd.backends.cudnn.version() is None
    True
    """
