"""What operations and functions of dense tensors do on sparse ones, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd import ops
from autograd.dtypes import result_dtype
from autograd.engine import TensorBase, engine
from autograd.functions import norms
from autograd.functions.common import axis_of
from autograd.sparse import products, reduction, selection
from autograd.sparse.pattern import Coordinates
from autograd.sparse.tensor import SparseTensor

# Operations with f(0) = 0 of one argument: on the values alone. Sums of elements of one place come first, unless linear.
LINEAR = ("astype", "conj", "copy", "negative", "zeros_from")
ZERO_TO_ZERO = (
    "abs", "asin", "asinh", "atan", "atanh", "ceil", "clip_lower", "clip_upper", "erf", "erfinv", "expm1", "floor",
    "imag", "log1p", "real", "relu", "round", "sign", "sin", "sinh", "sqrt", "square", "tan", "tanh", "trunc",
)  # fmt: skip

SELECTIONS = ("index_select", "narrow", "permute", "select", "stack", "unbind", "unsqueeze")


def call(name: str, args: tuple, options: dict[str, Any]) -> Any:
    """The operation or function of this name on arguments of which one is sparse.

    Raises
    ------
    NotImplementedError
        If it has no sparse form.
    """
    found = TABLE.get(name)
    if found is None:
        flat = [item for arg in args for item in (arg if isinstance(arg, (tuple, list)) else (arg,))]
        kind = next(item.layout for item in flat if isinstance(item, SparseTensor))
        raise NotImplementedError(f"{name}: not implemented for tensors of layout {kind!r}; use to_dense()")
    return found(*args, **options)


def _on_values(name: str, linear: bool) -> Callable[..., SparseTensor]:
    op = getattr(ops, name)

    def function(x: SparseTensor, **options: Any) -> SparseTensor:
        x = x.coalesce() if x.is_sparse and not linear else x
        return x.with_values(op(x.stored, **options))

    return function


def _is_number(value: Any) -> bool:
    return not isinstance(value, TensorBase) or (not isinstance(value, SparseTensor) and not value._data.ndim)


def _combined(name: str, a: Any, b: Any, sign: int) -> Any:
    """a + sign · b: of two sparse tensors their elements together, of a dense and a sparse one dense."""
    if not isinstance(a, SparseTensor) and not _is_number(a):
        return ops.add(a, b.to_dense()) if sign > 0 else ops.subtract(a, b.to_dense())
    if not (isinstance(a, SparseTensor) and isinstance(b, SparseTensor)):
        raise RuntimeError(
            f"{name}(sparse, dense) is not supported. Use {name}(dense, sparse) instead, or to_dense(), since the "
            "result has no zeros"
        )
    if a.shape != b.shape or a.sparse_dim() != b.sparse_dim():
        raise RuntimeError(
            f"{name}: expected sizes of 'self' and 'other' to match, but {list(a.shape)} != {list(b.shape)}"
        )
    turned = b.stored if sign > 0 else ops.negative(b.stored)
    if a.pattern is b.pattern:
        return a.with_values(ops.add(a.stored, turned))
    xp = a.backend
    coordinates = xp.concat([a.pattern.coordinates, b.pattern.coordinates], axis=1)
    kind = (a.stored[:0] + turned[:0]).dtype
    values = ops.concat(ops.astype(a.stored, dtype=kind), ops.astype(turned, dtype=kind), axis=0)
    found = SparseTensor(Coordinates(xp, coordinates, a.pattern.sizes, coalesced=False), values)
    if a.is_sparse_csr and b.is_sparse_csr:
        return found.to_sparse_csr()
    return found.coalesce() if a.pattern.coalesced and b.pattern.coalesced else found


def _multiply(a: Any, b: Any) -> Any:
    """The product; it has the places that both have."""
    if not isinstance(a, SparseTensor):
        a, b = b, a
    if _is_number(b):
        return a.with_values(ops.multiply(a.stored, b))
    if not isinstance(b, SparseTensor):
        if b.ndim > a.ndim:
            raise RuntimeError(f"mul: a dense tensor of shape {list(b.shape)} does not broadcast to {list(a.shape)}")
        spread = ops.broadcast_to(b, shape=tuple(a.shape))
        flat = ops.reshape(spread, shape=(-1, *a.stored.shape[1:]))
        return a.with_values(ops.multiply(a.stored, ops.take(flat, engine.wrap(a.pattern.keys, a.backend), axis=0)))
    if a.shape != b.shape or a.sparse_dim() != b.sparse_dim():
        raise RuntimeError(
            f"mul: expected sizes of 'self' and 'other' to match, but {list(a.shape)} != {list(b.shape)}"
        )
    rows = a.is_sparse_csr and b.is_sparse_csr
    a, b = a.to_sparse_coo().coalesce(), b.to_sparse_coo().coalesce()
    if a.pattern is b.pattern:
        found = a.with_values(ops.multiply(a.stored, b.stored))
        return found.to_sparse_csr() if rows else found
    xp = a.backend
    place = xp.searchsorted(b.pattern.keys, a.pattern.keys, side="left")
    inside = xp.where(place < b.pattern.count, place, xp.zeros_like(place))
    if not b.pattern.count:
        left = place[:0]
    else:
        left = xp.nonzero((xp.take(b.pattern.keys, inside, axis=0) == a.pattern.keys) & (place < b.pattern.count))[0]
    values = ops.multiply(
        ops.take(a.stored, engine.wrap(left, xp), axis=0),
        ops.take(b.stored, engine.wrap(xp.take(place, left, axis=0), xp), axis=0),
    )
    coordinates = xp.take(a.pattern.coordinates, left, axis=1)
    found = SparseTensor(Coordinates(xp, coordinates, a.pattern.sizes, coalesced=True), values)
    return found.to_sparse_csr() if rows else found


def _divide(a: Any, b: Any) -> SparseTensor:
    if isinstance(b, SparseTensor) or not _is_number(b):
        raise RuntimeError(
            f"Sparse division requires a scalar or zero-dim dense tensor divisor (got shape {list(b.shape)} for divisor)"
        )
    return a.with_values(ops.divide(a.stored, b))


def _pow(a: Any, b: Any) -> SparseTensor:
    if not isinstance(a, SparseTensor) or isinstance(b, TensorBase) or not b > 0:
        raise RuntimeError("pow: of a sparse tensor only a power by a number above 0 is sparse; use to_dense()")
    a = a.coalesce() if a.is_sparse else a
    return a.with_values(a.stored**b)


def _moved(x: SparseTensor, *, source: Any, device: Any) -> SparseTensor:
    """The tensor on another device."""
    stored = ops.to_device(x.stored, device=device)
    home = stored.backend
    arrays = [home.from_backend(array, x.backend) for array in x.pattern.arrays()]
    return SparseTensor(x.pattern.rebuilt(home, *arrays), stored)


def _sum(input: Any, dim: Any = None, keepdim: bool = False, *, dtype: Any = None) -> Any:
    if keepdim:
        raise NotImplementedError("sum: keepdim=True is not implemented for sparse tensors; use to_dense()")
    return reduction.sum(input, dim, dtype)


def joined(tensors: Any, dim: int = 0) -> SparseTensor:
    """Sparse tensors by coordinates one after another along a sparse dim."""
    items = list(tensors)
    if not all(isinstance(item, SparseTensor) and item.is_sparse for item in items):
        raise RuntimeError("cat: expected all tensors to be sparse and of layout sparse_coo; use to_sparse_coo()")
    first = items[0]
    axis = axis_of(dim, first.ndim)
    if axis >= first.sparse_dim():
        raise NotImplementedError(f"cat: dim {dim} is dense; it is implemented for sparse dims, others need to_dense()")
    rests = {(item.sparse_dim(), item.shape[:axis] + item.shape[axis + 1 :]) for item in items}
    if len(rests) > 1:
        raise RuntimeError(
            f"cat: sizes must match except in dimension {axis}, got {[list(item.shape) for item in items]}"
        )
    xp, sizes, start, places = first.backend, list(first.pattern.sizes), 0, []
    for item in items:
        offset = [[start if position == axis else 0] for position in range(len(sizes))]
        places.append(item.pattern.coordinates + xp.asarray(offset, "int64"))
        start += item.shape[axis]
    sizes[axis] = start
    kind = result_dtype(tuple((item.dtype, 2) for item in items))
    values = ops.concat(*(ops.astype(item.stored, dtype=kind) for item in items), axis=0)
    return SparseTensor(Coordinates(xp, xp.concat(places, axis=1), tuple(sizes), coalesced=False), values)


def _vector_norm(x: SparseTensor, ord: Any = 2, dim: Any = None, keepdim: bool = False, *, dtype: Any = None) -> Any:
    if dim is not None or keepdim or ord <= 0:
        raise NotImplementedError(
            "norm: of a sparse tensor it is that of all elements, of an order above 0; use to_dense()"
        )
    return norms.vector_norm(x.coalesce().stored if x.is_sparse else x.stored, ord, dtype=dtype)


TABLE: dict[str, Callable[..., Any]] = {
    **{name: _on_values(name, linear=True) for name in LINEAR},
    **{name: _on_values(name, linear=False) for name in ZERO_TO_ZERO},
    "add": lambda a, b: _combined("add", a, b, 1),
    "subtract": lambda a, b: _combined("sub", a, b, -1),
    "multiply": _multiply,
    "divide": _divide,
    "pow": _pow,
    "matmul": products.matmul,
    "mm": products.mm,
    "mv": products.matmul,
    "transfer": _moved,
    "sum": _sum,
    "cat": joined,
    "concat": joined,
    **{name: getattr(selection, name) for name in SELECTIONS},
    "positive": lambda x: x,
    "vector_norm": _vector_norm,
}
