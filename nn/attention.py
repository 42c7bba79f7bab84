"""The choice among PyTorch's kernels of scaled dot-product attention, for programs that make it; there is one here."""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Iterable, Iterator


class SDPBackend(enum.IntEnum):
    """PyTorch's kernels."""

    ERROR = -1
    MATH = 0
    FLASH_ATTENTION = 1
    EFFICIENT_ATTENTION = 2
    CUDNN_ATTENTION = 3
    OVERRIDEABLE = 4


@contextlib.contextmanager
def sdpa_kernel(backends: SDPBackend | Iterable[SDPBackend], set_priority: bool = False) -> Iterator[None]:
    """Accepted, and without effect: the formula is computed as it is whatever the choice.

    Raises
    ------
    TypeError
        If something is no `SDPBackend`.

    Examples
    --------
    >>> with sdpa_kernel([SDPBackend.MATH, SDPBackend.FLASH_ATTENTION]):
    ...     pass
    """
    chosen = [backends] if isinstance(backends, SDPBackend) or not isinstance(backends, Iterable) else list(backends)
    for backend in chosen:
        if not isinstance(backend, SDPBackend):
            raise TypeError(f"sdpa_kernel: expected an SDPBackend or a list of them, but got {backend!r}")
    yield
