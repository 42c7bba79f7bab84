"""Where a tensor lives: `device("cpu")`, `device("cuda:1")`."""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import Any

# The devices that are entered just now, the innermost last.
entered: ContextVar[tuple[device, ...]] = ContextVar("autograd.entered_devices", default=())


class device:
    """A device: its type and, where there can be several, its index. `with` it, new tensors are made there.

    Parameters
    ----------
    type : a name such as ``"cpu"``, ``"cuda"`` or ``"cuda:1"``, another device, or a CUDA index
    index : the index, if `type` does not hold it

    Raises
    ------
    RuntimeError
        If the name is not of the form ``type`` or ``type:index``.

    Examples
    --------
    >>> import autograd
    >>> autograd.device("cuda:1").index
    1
    >>> with autograd.device("cpu"):
    ...     print(autograd.ones(2).device)
    cpu
    """

    __slots__ = ("type", "index")

    def __init__(self, type: Any, index: int | None = None):
        if isinstance(type, device):
            type, index = type.type, type.index
        elif isinstance(type, int):
            type, index = "cuda", type
        match = re.fullmatch(r"([a-z_]+)(?::(\d+))?", type) if isinstance(type, str) else None
        if match is None or (index is not None and match[2]):
            raise RuntimeError(f"invalid device {type!r}; expected a name such as 'cpu', 'cuda' or 'cuda:1'")
        self.type: str = match[1]
        self.index: int | None = int(match[2]) if match[2] else index

    def __repr__(self) -> str:
        return f"device(type={self.type!r}" + (")" if self.index is None else f", index={self.index})")

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, device) and (self.type, self.index) == (other.type, other.index)

    def __hash__(self) -> int:
        return hash((self.type, self.index))

    def __enter__(self) -> device:
        entered.set((*entered.get(), self))
        return self

    def __exit__(self, *exception: Any) -> None:
        entered.set(entered.get()[:-1])

    def __reduce__(self) -> tuple:
        return device, (self.type, self.index)
