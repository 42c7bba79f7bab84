"""The batched array: an array with one more axis in front, hidden from the code that computes with it.

The hidden axis has the length of the level, or 1 where the value is the same in every slice.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from autograd.backends.batched.indexing import read, write

if TYPE_CHECKING:
    from autograd.backends.batched import BatchedBackend

METHODS = frozenset({"all", "any", "argmax", "argmin", "max", "mean", "min", "prod", "sum"})
_CONTROL_FLOW = (
    "vmap: this needs the value of a mapped Tensor as one Python value: .item(), bool(), a conversion to NumPy, or "
    "control flow that depends on the data. Write it with autograd.where and other tensor operations, or loop over the "
    "slices instead of vmap"
)


class BatchedArray:
    """An array of a level over another backend's raw array `data`, whose first axis is hidden.

    Slots: `data`, the `backend` that computes on it, and the `base` it is a view of (None: it may grow).
    """

    __slots__ = ("data", "backend", "base", "__weakref__")
    __array_ufunc__ = None  # NumPy's operators leave the answer to this class
    __array_priority__ = 2000

    def __init__(self, data: Any, backend: BatchedBackend, base: Any = None):
        self.data, self.backend, self.base = data, backend, base

    # --- what it is ---

    @property
    def hidden(self) -> int:
        """The length of the hidden axis."""
        return self.data.shape[0]

    @property
    def shape(self) -> tuple[int, ...]:
        return self.data.shape[1:]

    @property
    def ndim(self) -> int:
        return self.data.ndim - 1

    @property
    def dtype(self) -> Any:
        return self.data.dtype

    @property
    def strides(self) -> tuple[int, ...]:
        return self.data.strides[1:]

    @property
    def size(self) -> int:
        found = 1
        for n in self.data.shape[1:]:
            found *= n
        return found

    @property
    def flags(self) -> Any:
        return self.data[0:1].flags

    @property
    def mT(self) -> BatchedArray:
        return self.backend.matrix_transpose(self)

    def view(self, kind: Any) -> BatchedArray:
        return BatchedArray(self.data.view(kind), self.backend, self)

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self) -> Iterator[BatchedArray]:
        return (self[place] for place in range(len(self)))

    def __getattr__(self, name: str) -> Any:
        if name not in METHODS:
            raise AttributeError(f"'BatchedArray' object has no attribute {name!r}")
        return lambda *args, **options: getattr(self.backend, name)(self, *args, **options)

    # --- as one Python value, where all slices agree ---

    def item(self) -> Any:
        """The value of the only element, if it is the same in every slice.

        Raises
        ------
        RuntimeError
            If it differs from slice to slice.
        """
        first = self.data[0, ...]
        if self.hidden > 1 and not bool(self.backend.base.all(self.data == self.data[0:1])):
            raise RuntimeError(_CONTROL_FLOW)
        return first.item()

    def __bool__(self) -> bool:
        return bool(self.item())

    def __int__(self) -> int:
        return int(self.item())

    def __float__(self) -> float:
        return float(self.item())

    def __array__(self, *args: Any, **options: Any) -> Any:
        raise RuntimeError(_CONTROL_FLOW)

    # --- elements ---

    def padded(self, rank: int) -> Any:
        """`data` with axes of length 1 behind the hidden one, so that `rank` axes follow it."""
        shape = self.data.shape
        missing = rank + 1 - len(shape)
        return (
            self.backend.base.reshape(self.data, (shape[0], *(1,) * missing, *shape[1:])) if missing > 0 else self.data
        )

    def expanded(self) -> Any:
        """`data` with the hidden axis in its full length."""
        if self.hidden == self.backend.level.size:
            return self.data
        return self.backend.base.broadcast_to(self.data, (self.backend.level.size, *self.shape))

    def grow(self) -> None:
        """Give an array that is the same in all slices memory for each of them.

        Raises
        ------
        RuntimeError
            If the array is a view.
        """
        if self.base is not None:
            raise RuntimeError(
                "vmap: in-place arithmetic is not possible because the value has more elements than the tensor it is "
                "written to, which is the same in every slice; use the out-of-place form, or write to a clone()"
            )
        self.data = self.backend.base.copy(self.expanded())

    def __matmul__(self, other: Any) -> BatchedArray:
        return self.backend.matmul(self, other)

    def __getitem__(self, index: Any) -> BatchedArray:
        return read(self, index)

    def __setitem__(self, index: Any, value: Any) -> None:
        write(self, index, value)


def _binary(name: str, function: Callable) -> None:
    def forward(self: BatchedArray, other: Any) -> Any:
        return self.backend.elementwise(function, self, other)

    def reflected(self: BatchedArray, other: Any) -> Any:
        return self.backend.elementwise(function, other, self)

    def in_place(self: BatchedArray, other: Any) -> BatchedArray:
        other = self.backend.own(other)
        if isinstance(other, BatchedArray):
            if other.hidden > self.hidden:
                self.grow()
            other = other.padded(self.ndim)
        changed = getattr(operator, f"i{name.strip('_')}")(self.data, other)
        if changed is not self.data:
            self.data = changed
        return self

    setattr(BatchedArray, f"__{name.strip('_')}__", forward)
    if name not in ("lt", "le", "gt", "ge", "eq", "ne"):
        setattr(BatchedArray, f"__r{name.strip('_')}__", reflected)
        setattr(BatchedArray, f"__i{name.strip('_')}__", in_place)


for _name in (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and_", "or_", "xor", "lshift", "rshift"),
    *("lt", "le", "gt", "ge", "eq", "ne"),
):
    _binary(_name, getattr(operator, _name))


def _unary(name: str) -> None:
    function = getattr(operator, name)
    setattr(BatchedArray, f"__{name}__", lambda self: BatchedArray(function(self.data), self.backend))


for _name in ("neg", "pos", "abs", "invert"):
    _unary(_name)
