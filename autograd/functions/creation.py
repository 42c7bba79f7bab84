"""Making tensors: from data, from shapes, from ranges."""

from __future__ import annotations

import builtins
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.alias import in_place, met, share
from autograd.backends import backend_for, backend_of_array
from autograd.backends.levels import root_of
from autograd.engine import Leaf, TensorBase, engine
from autograd.functions.common import cast, new_shape, with_new_out
from autograd.functions.nested import from_python
from autograd.functions.places import home
from autograd.layouts import only_strided

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def finish(array: Any, backend: Any, requires_grad: bool = False) -> Tensor:
    """A tensor around a raw array of its own."""
    tensor = engine.wrap(array, backend)
    if requires_grad:
        require_float(tensor)
        tensor.node = Leaf(tensor)
    return tensor


def require_float(tensor: TensorBase) -> None:
    """Refuse a gradient of integers.

    Raises
    ------
    RuntimeError
        If the element type is neither floating nor complex.
    """
    kind = tensor.backend.dtype_of(tensor._data)
    if kind.category < dtypes.FLOATING:
        raise RuntimeError(
            f"only Tensors of floating point and complex dtype can require gradients, not {kind}; convert it with .to()"
        )


def tensor(
    data: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, pin_memory: bool = False
) -> Tensor:
    """A new tensor with a copy of `data`.

    Parameters
    ----------
    data : number, nested sequence, NumPy or other array, or Tensor
    dtype : default: that of an array; float32 for Python floats, int64 for integers, bool for booleans
    device : default: that of an array on a device, else the default device
    requires_grad : whether to record operations on it

    Raises
    ------
    ValueError
        For ragged sequences.
    TypeError
        For data that are not numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.tensor([[1.0, 2.0], [3.0, 4.0]])
    tensor([[1., 2.],
            [3., 4.]])
    """
    array, backend = _convert(data, dtype, device)
    if array is data or isinstance(data, TensorBase) or backend_of_array(data) is not None:
        array = backend.copy(array)
    return finish(array, backend, requires_grad)


def _convert(data: Any, dtype: Any, place: Any) -> tuple[Any, Any]:
    """Data as a raw array on the backend it is to live on; copies only where it must."""
    source, original = None, data
    if isinstance(data, TensorBase):
        source, data = data.backend, data._data
    else:
        source = backend_of_array(data)
    # An array of NumPy goes to the default device as a list does; a tensor, and an array on a device, stay.
    stays = isinstance(original, TensorBase) or (source is not None and source.device.type != "cpu")
    backend = source if place is None and stays and source is not None else home(place)
    if source is not None and root_of(source) is backend:
        backend = source  # a tensor inside vmap is there already
    if source is None:
        array = backend.from_numpy(from_python(data, dtype))
    elif source is not backend:
        array = backend.from_numpy(source.to_numpy(data))
    else:
        array = source.asarray(data)
    backend.dtype_of(array)
    if dtype is not None and backend.dtype_of(array) is not dtypes.lookup(dtype):
        array = backend.astype(array, dtypes.lookup(dtype))
    return array, backend


def as_tensor(data: Any, dtype: Any = None, device: Any = None) -> Tensor:
    """`data` as a tensor, sharing memory where type and device allow it; a fitting Tensor is returned as it is."""
    if isinstance(data, TensorBase) and dtype is None and device is None:
        return data  # type: ignore[return-value]
    if isinstance(data, TensorBase):
        return data.to(device=device, dtype=dtype)  # type: ignore[attr-defined]
    return finish(*_convert(data, dtype, device))


def asarray(
    obj: Any, *, dtype: Any = None, device: Any = None, copy: bool | None = None, requires_grad: bool = False
) -> Tensor:
    """`obj` as a tensor outside of any graph: in its own memory, or with `copy` in new memory.

    Parameters
    ----------
    obj : tensor, array, number or nested sequence
    dtype, device : by default those of `obj`
    copy : True always copies, False never, None where type or device ask for it
    requires_grad : whether to record operations on the result

    Raises
    ------
    ValueError
        If `copy` is False and the data cannot be used as they are.
    """
    array, backend = _convert(obj, dtype, device)
    source = obj._data if isinstance(obj, TensorBase) else obj
    home_of: Any = obj.backend if isinstance(obj, TensorBase) else backend_of_array(obj)
    shared = home_of is backend and bool(backend.shares_memory(array, source))
    if copy is False and not shared:
        raise ValueError("asarray: can't alias tensor with different dtype or device, or data that are no array")
    if copy and shared:
        array, shared = backend.copy(array), False
    made = finish(array, backend)
    if shared and isinstance(obj, TensorBase):
        share(made, obj)
    return made.requires_grad_() if requires_grad else made


def frombuffer(buffer: Any, *, dtype: Any, count: int = -1, offset: int = 0, requires_grad: bool = False) -> Tensor:
    """A vector that shares the memory of an object with the buffer protocol.

    Parameters
    ----------
    buffer : bytes, bytearray, memoryview, array.array, ...
    dtype : how to read it
    count : how many elements; -1: all that are left
    offset : bytes to leave out at the start

    Raises
    ------
    ValueError
        If the buffer is empty or too short, or what is left of it is no multiple of the element size.

    Examples
    --------
    >>> import autograd
    >>> autograd.frombuffer(bytearray([1, 2, 3]), dtype=autograd.uint8, offset=1)
    tensor([2, 3], dtype=autograd.uint8)
    """
    kind, held = dtypes.lookup(dtype), memoryview(buffer).nbytes
    if not held or not count:
        raise ValueError(f"frombuffer: both buffer length ({held}) and count ({count}) must not be 0")
    if not 0 <= offset < held:
        raise ValueError(f"frombuffer: offset ({offset} bytes) must be non-negative and less than the buffer's {held}")
    left = held - offset
    if count < 0 and left % kind.itemsize:
        raise ValueError(f"frombuffer: buffer length after offset ({left} bytes) must be a multiple of {kind.itemsize}")
    if count > 0 and count * kind.itemsize > left:
        raise ValueError(f"frombuffer: {count} elements of {kind} do not fit into {left} bytes")
    cpu = backend_for("cpu")
    return finish(cpu.from_buffer(buffer, kind, count, offset), cpu, requires_grad)


def from_numpy(array: Any) -> Tensor:
    """A tensor that shares the memory of a NumPy array.

    Raises
    ------
    TypeError
        If `array` is no NumPy array, or has an element type that tensors do not have.
    """
    cpu = backend_for("cpu")
    if not isinstance(array, cpu.array_type):
        raise TypeError(f"from_numpy: expected a NumPy array, got {type(array).__name__}; use autograd.tensor()")
    cpu.dtype_of(array)
    return engine.wrap(cpu.asarray(array), cpu)


def _kind(dtype: Any, default: Any = None) -> dtypes.dtype:
    return (default or dtypes.default_dtype()) if dtype is None else dtypes.lookup(dtype)


@with_new_out
def empty(*size: Any, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any) -> Tensor:
    """A tensor with arbitrary values."""
    shape, backend = new_shape(size, layout), home(device, layout)
    return finish(backend.empty(shape, _kind(dtype)), backend, requires_grad)


@with_new_out
def zeros(*size: Any, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any) -> Tensor:
    """A tensor of zeros: `zeros(2, 3)` or `zeros((2, 3))`."""
    shape, backend = new_shape(size, layout), home(device, layout)
    return finish(backend.zeros(shape, _kind(dtype)), backend, requires_grad)


@with_new_out
def ones(*size: Any, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any) -> Tensor:
    """A tensor of ones: `ones(2, 3)` or `ones((2, 3))`."""
    shape, backend = new_shape(size, layout), home(device, layout)
    return finish(backend.ones(shape, _kind(dtype)), backend, requires_grad)


@with_new_out
def full(
    size: Sequence[int],
    fill_value: Any,
    *,
    dtype: Any = None,
    device: Any = None,
    requires_grad: bool = False,
    **layout: Any,
) -> Tensor:
    """A tensor with one value everywhere; the type is that of the value unless given."""
    backend = home(device, layout)
    value = fill_value.item() if hasattr(fill_value, "item") else fill_value
    kind = _kind(dtype, dtypes.of_scalar(value))
    return finish(backend.full(new_shape((size,), layout), dtypes.fitted(value, kind), kind), backend, requires_grad)


def scalar_tensor(s: Any, *, dtype: Any = None, **options: Any) -> Tensor:
    """A number as a 0-d tensor, of the default type unless given."""
    return full((), s, dtype=_kind(dtype), **options)


def _like(x: TensorBase, dtype: Any, device: Any, layout: Mapping[str, Any]) -> tuple[dtypes.dtype, Any]:
    if layout:
        only_strided(layout)
    backend = x.backend if device is None else home(device)
    return _kind(dtype, x.backend.dtype_of(x._data)), backend


def empty_like(
    input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`empty` with the shape, and unless given the type and device, of `input`."""
    kind, backend = _like(input, dtype, device, layout)
    return finish(backend.empty(input._data.shape, kind), backend, requires_grad)


def zeros_like(
    input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`zeros` with the shape, and unless given the type and device, of `input`."""
    kind, backend = _like(input, dtype, device, layout)
    return finish(backend.zeros(input._data.shape, kind), backend, requires_grad)


def ones_like(
    input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`ones` with the shape, and unless given the type and device, of `input`."""
    kind, backend = _like(input, dtype, device, layout)
    return finish(backend.ones(input._data.shape, kind), backend, requires_grad)


def full_like(
    input: Any, fill_value: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`full` with the shape, and unless given the type and device, of `input`."""
    kind, backend = _like(input, dtype, device, layout)
    value = fill_value.item() if hasattr(fill_value, "item") else fill_value
    return finish(backend.full(input._data.shape, dtypes.fitted(value, kind), kind), backend, requires_grad)


@with_new_out
def arange(
    start: Any = None,
    end: Any = None,
    step: Any = 1,
    *,
    dtype: Any = None,
    device: Any = None,
    requires_grad: bool = False,
    **layout: Any,
) -> Tensor:
    """start, start + step, ... below end; integers unless an argument is a float.

    Raises
    ------
    RuntimeError
        If the step is 0, or leads away from the end.
    ValueError
        If the step rounds to 0 in the element type.
    TypeError
        Without an end.
    """
    if end is None:  # arange(end)
        start, end = None, start
    if end is None:
        raise TypeError("arange: missing the argument 'end'; write arange(4) or arange(0, 4)")
    start = 0 if start is None else start
    start, end, step = (v.item() if hasattr(v, "item") else v for v in (start, end, step))
    if step == 0:
        raise RuntimeError("arange: step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError(f"arange: upper bound {end} and lower bound {start} inconsistent with step {step}")
    floats = builtins.any(isinstance(v, float) for v in (start, end, step))
    backend = home(device, layout)
    kind = _kind(dtype, dtypes.default_dtype() if floats else dtypes.int64)
    if floats and kind.category < dtypes.FLOATING:  # the ends are cut to integers, but only int64 is counted with them
        first, stride = int(start), int(step)
        if not stride:
            raise ValueError(f"arange: step {step} is zero as {kind}; give a whole step, or a floating dtype")
        exact = ((int(end) - first) / stride) if kind is dtypes.int64 else (end - start) / step
        end, start, step = first + math.ceil(exact) * stride, first, stride
    return finish(backend.arange(start, end, step, kind), backend, requires_grad)


@with_new_out
def linspace(
    start: Any,
    end: Any,
    steps: int,
    *,
    dtype: Any = None,
    device: Any = None,
    requires_grad: bool = False,
    **layout: Any,
) -> Tensor:
    """`steps` values from start to end, both included, evenly spaced; those of an integer type are cut towards zero.

    Raises
    ------
    RuntimeError
        For a negative number of steps.
    """
    start, end = (v.item() if isinstance(v, TensorBase) else v for v in (start, end))  # type: ignore[attr-defined]
    if steps < 0:
        raise RuntimeError(f"linspace: number of steps must be non-negative, got {steps}")
    backend, kind = home(device, layout), _kind(dtype)
    if kind.category >= dtypes.FLOATING or steps < 2:
        return finish(backend.linspace(start, end, steps, kind), backend, requires_grad)
    first, last = int(start), int(end)
    width, half = (last - first) / (steps - 1), steps // 2  # from both ends, so that both are exact
    upward = first + backend.arange(0, half, 1, dtypes.float64) * width
    downward = last - backend.arange(steps - 1 - half, -1, -1, dtypes.float64) * width
    return finish(backend.astype(backend.concat([upward, downward]), kind), backend, requires_grad)


@with_new_out
def eye(
    n: int, m: int | None = None, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """The n × m matrix with ones on the diagonal."""
    backend = home(device, layout)
    return finish(backend.eye(n, n if m is None else m, _kind(dtype)), backend, requires_grad)


def detach(input: Any) -> Tensor:
    """A tensor with the same memory, outside the graph."""
    twin = engine.wrap(input._data, input.backend)
    share(twin, input)
    return twin


def clone(input: Any, *, memory_format: Any = None) -> Tensor:
    """A copy, in the graph."""
    return ops.copy(input)


def copy_into(target: Any, source: Any) -> Tensor:
    """Write `source`, from whatever device and of whatever type, into `target`: `target.copy_(source)`.

    Raises
    ------
    RuntimeError
        If its shape does not broadcast to the target's.
    """
    if not isinstance(source, TensorBase):
        source = tensor(source, dtype=target.dtype)
    if source.backend is not target.backend:
        source = met(target, ops.to_device(source, device=target.backend.device), "copy_")
    source = cast(source, target.dtype)
    shape = target._data.shape
    if source._data.shape != shape:
        try:
            source = ops.broadcast_to(source, shape=shape)
        except ValueError:
            raise RuntimeError(
                f"copy_: a tensor of shape {list(source._data.shape)} does not broadcast to the shape {list(shape)}"
            ) from None
    return in_place(target, "copy_", ops.overwrite, source)
