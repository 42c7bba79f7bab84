"""Whether there are Apple's GPUs: PyTorch's place `backends.mps`."""

from __future__ import annotations


def is_available() -> bool:
    """False: devices are the CPU and NVIDIA GPUs.

    Examples
    --------
    >>> import autograd
    >>> autograd.backends.mps.is_available()
    False
    """
    return False


is_built = is_available
