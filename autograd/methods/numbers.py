"""Python's protocols of numbers and containers: `int(t)`, `len`-like iteration, `x in t`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from autograd.engine import TensorBase

if TYPE_CHECKING:
    from autograd.tensor import Tensor


class NumberMethods:
    """Being a number, where there is one element, and a container of its rows."""

    __slots__ = ()

    def __bool__(self) -> bool:
        size = self._data.size  # type: ignore[attr-defined]
        if size != 1:
            raise RuntimeError(
                f"Boolean value of Tensor with {'no values' if not size else 'more than one value'} is ambiguous; use "
                ".any() or .all()"
            )
        return bool(self.item())  # type: ignore[attr-defined]

    def __float__(self) -> float:
        return float(_real(self, "float"))

    def __int__(self) -> int:
        return int(_real(self, "int"))

    def __complex__(self) -> complex:
        return complex(_one(self))  # type: ignore[attr-defined]

    def __index__(self) -> int:
        value = self.item() if self._data.size == 1 else None  # type: ignore[attr-defined]
        if not isinstance(value, int):
            raise TypeError("only integer tensors of a single element can be converted to an index")
        return int(value)

    def __iter__(self: Any) -> Iterator[Tensor]:
        if not self._data.ndim:
            raise TypeError("iteration over a 0-d tensor")
        return iter(self.unbind(0))

    def __reversed__(self: Any) -> Tensor:
        """The tensor with its rows in the opposite order."""
        return self.flip(0) if self._data.ndim else self

    def __contains__(self, item: Any) -> bool:
        if not isinstance(item, (TensorBase, bool, int, float, complex)) and not hasattr(item, "dtype"):
            raise RuntimeError(
                f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a {type(item)}; use "
                "(tensor == other).all(-1).any() for rows"
            )
        return bool((self == item).any())  # type: ignore[attr-defined]

    def __delitem__(self, index: Any) -> None:
        raise TypeError("Tensor does not support deleting items; use indexing or cat() to keep the others")


def _one(tensor: Any) -> Any:
    """The one element, refused by the type of error that Python's conversions have."""
    if tensor._data.size != 1:
        raise ValueError(
            f"only one element tensors can be converted to Python scalars, got {tensor._data.size} elements"
        )
    return tensor.item()


def _real(tensor: Any, kind: str) -> Any:
    """The one element, refused if it has an imaginary part."""
    value = _one(tensor)
    if isinstance(value, complex):
        if value.imag:
            raise RuntimeError(f"value {value} cannot be converted to {kind}; use complex() or tensor.real")
        return value.real
    return value
