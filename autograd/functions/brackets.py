"""Reading and writing with square brackets."""

from __future__ import annotations

import builtins
import operator
import warnings
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.alias import bump, check_write, in_place, met, records
from autograd.backends.levels import root_of
from autograd.engine import TensorBase, engine
from autograd.functions.common import cast
from autograd.ops.views import is_basic

if TYPE_CHECKING:
    from autograd.tensor import Tensor

NoneType = type(None)
PLAIN = {int, NoneType}  # of the ends of a slice that needs no conversion
SEVERAL = {slice, NoneType, type(Ellipsis)}  # of parts that make a list an index of several dims


def getitem(input: Any, index: Any) -> Tensor:
    """`input[index]`: integers, slices, None, Ellipsis give views; tensors, arrays and lists copy.

    Raises
    ------
    IndexError
        For an index out of range, or too many of them.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([[1, 2], [3, 4]])
    >>> x[:, 1], x[autograd.tensor([1, 0])]
    (tensor([2, 4]), tensor([[3, 4],
            [1, 2]]))
    """
    kind = index.__class__
    if kind is int:
        if not input._data.ndim:
            raise IndexError("invalid index of a 0-dim tensor. Use `tensor.item()` to convert it to a number")
        _check_position(index, input._data.shape, 0)
        return ops.getitem(input, index=(index, ...))
    if kind is slice:
        return ops.getitem(input, index=(_plain_slice(index),))
    if kind is tuple and len(index) <= input._data.ndim:
        for part in index:
            if part.__class__ is slice:
                if part.step.__class__ is not NoneType or not {part.start.__class__, part.stop.__class__} <= PLAIN:
                    break
            elif part.__class__ is not int:
                break
        else:  # of whole numbers and slices only: the library says what is out of range
            try:
                return ops.getitem(input, index=(*index, ...))
            except IndexError:
                raw_index(index, input)
                raise
    index = _as_tuple(index)
    input = ops.lifted_to(input, deepest(index, input))
    first, index = _numbers_first(raw_index(index, input))
    found = ops.getitem(input if first is None else ops.getitem(input, index=first), index=index)
    if not is_basic(index) and not found.is_contiguous():
        # NumPy lays out the dims of the arrays first, PyTorch row by row: `x[:, i].view(-1)` is to hold.
        found._data = found.backend.copy(found._data, "C")
    return found


def _as_tuple(index: Any) -> Any:
    """A list that holds more than numbers as the tuple that PyTorch still reads in it, with a warning."""
    if index.__class__ is list and any(part.__class__ in SEVERAL or hasattr(part, "__len__") for part in index):
        warnings.warn(
            "Using a non-tuple sequence for multidimensional indexing is deprecated: x[[a, b]] is read as x[a, b]; use "
            "x[tuple(seq)], or x[tensor(seq)] for one index of several dims",
            stacklevel=3,
        )
        return tuple(index)
    return index


def _numbers_first(index: tuple) -> tuple[tuple | None, tuple]:
    """An index with whole numbers and arrays in two: the numbers select, then the arrays take from what is left.

    NumPy would count the numbers among the arrays, and move the taken dims to the front where a slice is between.
    """
    numbers = arrays = False
    for part in index:
        kind = part.__class__
        if kind is int:
            numbers = True
        elif kind is not slice and kind not in SEVERAL:
            arrays = True
    if not (numbers and arrays):
        return None, index
    first: list[Any] = []
    for part in index:
        if part.__class__ is int or part is Ellipsis:
            first.append(part)
        elif part is not None:
            first += [slice(None)] * _dims_of(part)
    if Ellipsis not in first:
        first.append(...)
    return tuple(first), tuple(part for part in index if part.__class__ is not int)


def deepest(index: Any, input: Any) -> Any:
    """The backend of an input with the levels of `vmap` that the tensors in its index have."""
    parts = [part for part in (index if isinstance(index, tuple) else (index,)) if isinstance(part, TensorBase)]
    return ops.on_common_levels([input, *parts])[0].backend if parts else input.backend


def _check_position(position: int, shape: tuple[int, ...], dim: int) -> None:
    if not -shape[dim] <= position < shape[dim]:
        raise IndexError(f"index {position} is out of bounds for dimension {dim} with size {shape[dim]}")


def _plain_slice(part: slice) -> slice:
    """A slice of Python ints.

    Raises
    ------
    ValueError
        For a step that is not positive, as in PyTorch.
    """
    start, stop, step = (None if n is None else operator.index(n) for n in (part.start, part.stop, part.step))
    if step is not None and step <= 0:
        raise ValueError("step must be greater than zero; use flip() to reverse")
    return slice(start, stop, step)


def raw_index(index: Any, like: TensorBase) -> tuple:
    """An index as a tuple of slices, ints, None, Ellipsis and raw arrays; of basic ones alone it gives a view."""
    parts = [_raw_part(part, like) for part in (index if isinstance(index, tuple) else (index,))]
    consumed = builtins.sum(_dims_of(part) for part in parts)
    shape = like._data.shape
    if consumed > len(shape):
        raise IndexError(f"too many indices for tensor of dimension {len(shape)}")
    basic = True
    dim = 0
    for part in parts:
        if part is Ellipsis:
            dim += len(shape) - consumed
            continue
        if part.__class__ is int:
            _check_position(part, shape, dim)
        elif part is not None and part.__class__ is not slice:
            basic = False
            if part.dtype.kind == "b" and part.shape != shape[dim : dim + part.ndim]:
                raise IndexError(
                    f"The shape of the mask {list(part.shape)} at index {dim} does not match the shape of the indexed "
                    f"tensor {list(shape)} at index {dim}"
                )
        dim += _dims_of(part)
    if basic and Ellipsis not in parts:
        parts.append(...)
    if not basic and consumed == len(shape):  # an ellipsis for no dims at all is not to stand between arrays
        parts = [part for part in parts if part is not Ellipsis]
    return tuple(parts)


def _dims_of(part: Any) -> int:
    if part is None or part is Ellipsis:
        return 0
    if part.__class__ is int or part.__class__ is slice:
        return 1
    return part.ndim if part.dtype.kind == "b" else 1


def _raw_part(part: Any, like: TensorBase) -> Any:
    kind = part.__class__
    if kind is int or part is None or part is Ellipsis:
        return part
    if kind is slice:
        return _plain_slice(part)
    backend = like.backend
    if kind is bool:
        return backend.asarray(part)
    if isinstance(part, TensorBase):
        array, source = part._data, part.backend
        if source is not backend:
            if array.ndim and source.device.type != "cpu" and root_of(source) is not root_of(backend):
                raise RuntimeError(
                    f"indices should be either on cpu or on the same device as the indexed tensor ({backend.device})"
                )
            array = backend.from_backend(array, source)
        if not array.ndim and array.dtype.kind in "iu" and array.dtype != "uint8":
            return backend.position(array)
    elif isinstance(part, (list, tuple, range)):
        array = backend.from_numpy(_from_list(part))
    elif hasattr(part, "__index__") and not hasattr(part, "shape"):
        return part.__index__()
    elif hasattr(part, "dtype"):
        from autograd.backends import backend_of_array

        source = backend_of_array(part)
        if source is None:
            raise TypeError(f"tensors used as indices must be tensors or arrays, not {kind.__name__}")
        array = source.asarray(part) if source is backend else backend.from_numpy(source.to_numpy(part))
        if not array.ndim and array.dtype.kind in "iu":
            return int(array)
    else:
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices "
            f"(got {kind.__name__})"
        )
    if array.dtype.kind not in "iub":
        if array.size or not isinstance(part, (list, tuple, range)):
            raise IndexError(f"tensors used as indices must be long, int, byte or bool tensors, not {array.dtype}")
        array = backend.astype(array, dtypes.int64)
    if array.dtype == "uint8" and not isinstance(part, (list, tuple, range)):
        return backend.astype(array, dtypes.bool_)  # bytes are masks, as they were before there were booleans
    return array


def _from_list(part: Any) -> Any:
    from autograd.functions.creation import tensor

    made = tensor(list(part), device="cpu")
    return made.backend.to_numpy(made._data)


def setitem(self: Any, index: Any, value: Any) -> None:
    """`self[index] = value`, recorded where something requires a gradient.

    Raises
    ------
    RuntimeError
        If the value's shape does not broadcast to the place, or the tensor may not be written to.
    IndexError
        For an index out of range.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.zeros(3)
    >>> x[1:] = 2.0
    >>> x
    tensor([0., 2., 2.])
    """
    backend = self.backend
    index = _as_tuple(index)
    if deepest(index, self) is not backend:
        raise RuntimeError(
            "vmap: __setitem__ is not possible because the index is mapped, and the tensor is not; use index_put, or "
            "map over the tensor too"
        )
    first, index = _numbers_first(raw_index(index, self))
    if first is not None:
        setitem(ops.getitem(self, index=first), index, value)
        return
    if not isinstance(value, TensorBase):
        value = engine.wrap(_as_source(self, value), backend)
    elif value.backend is not backend:
        if root_of(value.backend) is not root_of(backend) and not value._data.ndim:
            value = engine.wrap(backend.from_numpy(value.backend.to_numpy(value._data)), backend)
        value = met(self, value, "__setitem__")
    if not records(self, value):
        check_write(self, "__setitem__")
        array = value._data
        if array.dtype != self._data.dtype:
            _check_source(self, index, value)
            array = backend.astype(array, self._data.dtype)
        _write(self, index, array)
        bump(self)
        return
    if value._data.dtype != self._data.dtype:
        _check_source(self, index, value)
        value = cast(value, self.dtype)
    if ops.is_basic(index):
        view = ops.getitem(self, index=index)
        value = _fitted(value, view._data.ndim)
        in_place(view, "__setitem__", ops.overwrite, value)
    else:
        value = _fitted(value, self._data[index].ndim) if value._data.ndim > 1 else value
        in_place(self, "__setitem__", lambda x: ops.index_put(x, value, index=index, accumulate=False))


def _as_source(self: Any, value: Any) -> Any:
    """A number, or what an array is made from, as a raw array of the tensor's type.

    Raises
    ------
    TypeError
        For None, text and other things that are no numbers.
    RuntimeError
        For complex numbers among real ones, and infinities and NaN among integers.
    """
    kind = value.__class__
    if kind is NoneType or kind is str:
        raise TypeError(f"__setitem__: can't assign a {kind.__name__} to a tensor of {self.dtype}")
    try:
        return self.backend.asarray(value, self._data.dtype)
    except (TypeError, ValueError, OverflowError):
        if kind is complex or kind is float or kind is int:
            return self.backend.asarray(dtypes.fitted(value, self.dtype), self._data.dtype)
        raise


def _check_source(self: Any, index: tuple, value: TensorBase) -> None:
    """Refuse a value of another type at index tensors; one value fills a mask whatever its type.

    Raises
    ------
    RuntimeError
        As PyTorch's `index_put_` does.
    """
    arrays = [part for part in index if hasattr(part, "dtype")]
    if not arrays or (value._data.size == 1 and len(arrays) == 1 and arrays[0].dtype.kind == "b"):
        return
    raise RuntimeError(
        f"Index put requires the source and destination dtypes match, got {self.dtype} for the destination and "
        f"{value.backend.dtype_of(value._data)} for the source; convert the value with .to()"
    )


def _fitting(shape: tuple[int, ...], ndim: int) -> tuple[int, ...]:
    """A shape without the leading ones that the place written to has no dims for."""
    extra = builtins.max(len(shape) - ndim, 0)
    return shape[extra:] if shape[:extra] == (1,) * extra else shape


def _fitted(value: TensorBase, ndim: int) -> TensorBase:
    shape = _fitting(value._data.shape, ndim)
    return value if len(shape) == value._data.ndim else ops.reshape(value, shape=shape)


def _write(self: Any, index: tuple, array: Any) -> None:
    try:
        self._data[index] = array
    except (ValueError, TypeError):  # NumPy: the latter for more dims than a mask's elements have
        place = self._data[index].shape
        if _fitting(array.shape, len(place)) != array.shape:
            _write(self, index, array.reshape(_fitting(array.shape, len(place))))
            return
        raise RuntimeError(
            f"shape mismatch: value tensor of shape {list(array.shape)} cannot be broadcast to indexing result of shape "
            f"{list(place)}"
        ) from None
