"""Element types and what the library can do, as the array API standard asks for them."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import dtypes
from autograd.tensor import Tensor

_BOOL = (dtypes.bool_,)
_SIGNED = (dtypes.int8, dtypes.int16, dtypes.int32, dtypes.int64)
_UNSIGNED = (dtypes.uint8, dtypes.uint16, dtypes.uint32, dtypes.uint64)
_REAL = (dtypes.float32, dtypes.float64)
_COMPLEX = (dtypes.complex64, dtypes.complex128)
_KINDS: dict[str, tuple] = {
    "bool": _BOOL, "signed integer": _SIGNED, "unsigned integer": _UNSIGNED, "integral": _SIGNED + _UNSIGNED,
    "real floating": _REAL, "complex floating": _COMPLEX, "numeric": _SIGNED + _UNSIGNED + _REAL + _COMPLEX,
}  # fmt: skip


def astype(x: Any, dtype: Any, /, *, copy: bool = True, device: Any = None) -> Any:
    """The tensor with another element type, and on another device if one is given; differentiable."""
    return x.to(device=x.device if device is None else device, dtype=dtype, copy=copy)


def can_cast(from_: Any, to: Any, /) -> bool:
    """Whether the standard's promotion leads from one element type to another."""
    source = from_.dtype if isinstance(from_, Tensor) else from_
    try:
        return dtypes.promote_types(source, to) is to
    except TypeError:  # of uint64 and a signed integer, which have no common type
        return False


def isdtype(dtype: Any, kind: Any) -> bool:
    """Whether an element type is another, of a kind such as "real floating", or of one among several."""
    if isinstance(kind, tuple):
        return any(isdtype(dtype, each) for each in kind)
    if isinstance(kind, str):
        if kind not in _KINDS:
            raise ValueError(f"isdtype: unknown kind {kind!r}; there are {', '.join(map(repr, _KINDS))}")
        extra = (dtypes.float16, dtypes.bfloat16) if kind in ("real floating", "numeric") else ()
        return dtype in _KINDS[kind] + extra
    return dtype is kind


class __array_namespace_info__:  # the standard's name
    """What the library can do."""

    def capabilities(self) -> dict[str, Any]:
        """Both optional abilities are there; NumPy allows 64 dimensions."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    def default_device(self) -> Any:
        """Where tensors are made unless told otherwise."""
        return autograd.get_default_device()

    def default_dtypes(self, *, device: Any = None) -> dict[str, Any]:
        """The element types of Python's numbers."""
        real = dtypes.default_dtype()
        return {
            "real floating": real, "complex floating": real.to_complex(), "integral": dtypes.int64, "indexing": dtypes.int64,
        }  # fmt: skip

    def dtypes(self, *, device: Any = None, kind: Any = None) -> dict[str, Any]:
        """The standard's element types by name, of one kind or of several."""
        if kind is None:
            kind = ("bool", "numeric")
        kinds = kind if isinstance(kind, tuple) else (kind,)
        return {each.name: each for each in dtypes.ALL if any(each in _KINDS[one] for one in kinds)}

    def devices(self) -> list[Any]:
        """The devices of this machine."""
        return [autograd.device("cpu"), *(autograd.device("cuda", i) for i in range(autograd.cuda.device_count()))]
