"""The general call path of an operation, which the generated ones fall back on.

Arguments become tensors on one backend, those of elementwise operations are promoted, what the body returns is wrapped
and recorded.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from autograd import dtypes
from autograd.alias import mark_view
from autograd.backends import backend_for, backend_of_array
from autograd.backends.levels import levels_of, root_of
from autograd.engine import NotDense, TensorBase, engine
from autograd.record import pick

if TYPE_CHECKING:
    from autograd.differentiable import Op

NUMBERS = frozenset({bool, int, float, complex})


class UndefinedTypeError(NotImplementedError, TypeError):
    """An operation that has no meaning for an element type: what PyTorch raises, and what Python's operators do."""


def apply(op: Op, args: tuple, options: dict[str, Any]) -> Any:
    """Call an operation on anything it accepts: tensors, numbers, arrays; of types that must be promoted first."""
    try:
        tensors = coerce(op, args)
    except TypeError:
        answer = _reflected(op, args)
        if answer is NotImplemented:
            raise
        return answer
    if op.elementwise and options:
        options = {name: _plain(value) for name, value in options.items()}
    try:
        if op.elementwise:
            if not op.booleans:
                _refuse_booleans(op, tensors)
            tensors = promote(op, tensors)
        elif op.combines:
            _expect_one_type(op, tensors)
        backend = next(arg.backend for arg in tensors if isinstance(arg, TensorBase))
        arrays = [arg._data if isinstance(arg, TensorBase) else arg for arg in tensors]
    except NotDense as error:
        return error.operand.take_over(op.name, args, options)
    try:
        out = op.body(backend, *arrays, **options)
    except TypeError:
        if not op.elementwise or not op.forwards_to:
            raise
        kinds = " and ".join(str(backend.dtype_of(array)) for array in arrays)
        raise UndefinedTypeError(f"{op.name}: not implemented for {kinds}; convert with .to()") from None
    except ValueError as error:
        if not op.combines:
            raise
        raise refusal(op, arrays, error) from None
    if op.elementwise and op.outputs == 1 and len(arrays) == 2:
        _refuse_bytes_of_booleans(op, arrays, out)
    if op.elementwise and not op.nondiff and op.outputs == 1:
        out = _narrowed(backend, out, arrays[op.args.index(op.promoted[0])])
    return finish(op, tensors, options, out, backend)


# What Python's operators ask the right operand for, where the left one is a tensor.
REFLECTED = {
    "add": "__radd__", "subtract": "__rsub__", "multiply": "__rmul__", "divide": "__rtruediv__", "pow": "__rpow__",
    "matmul": "__rmatmul__", "bitwise_and": "__rand__", "bitwise_or": "__ror__", "bitwise_xor": "__rxor__",
    "bitwise_left_shift": "__rlshift__", "bitwise_right_shift": "__rrshift__",
    "less": "__gt__", "less_equal": "__ge__", "greater": "__lt__", "greater_equal": "__le__",
}  # fmt: skip


def _reflected(op: Op, args: tuple) -> Any:
    """What a right operand of a foreign class makes of a tensor on its left: operators leave it the last word."""
    ask = getattr(type(args[-1]), REFLECTED.get(op.name, ""), None) if len(args) == 2 else None
    return ask(args[1], args[0]) if ask is not None and isinstance(args[0], TensorBase) else NotImplemented


def _refuse_booleans(op: Op, args: tuple) -> None:
    for arg in args:
        if arg.backend.dtype_of(arg._data) is dtypes.bool_ if isinstance(arg, TensorBase) else arg.__class__ is bool:
            raise UndefinedTypeError(
                f"{op.name}: not implemented for autograd.bool; use ^, ~ or logical_not(), or convert with .to()"
            )


def _refuse_bytes_of_booleans(op: Op, arrays: list, out: Any) -> None:
    """Array libraries compute powers, remainders and shifts of truth values in 8-bit integers."""
    if out.dtype.kind == "i" and arrays[0].dtype.kind == arrays[1].dtype.kind == "b":
        raise UndefinedTypeError(f"{op.name}: not implemented for autograd.bool; convert the operands with .to()")


def _expect_one_type(op: Op, args: tuple) -> None:
    kinds = [arg.backend.dtype_of(arg._data) for arg in args]
    if kinds[0] is not kinds[1]:
        raise RuntimeError(
            f"{op.name}: expected operands of one dtype, got {kinds[0]} and {kinds[1]}; convert one with .to()"
        )


def _narrowed(backend: Any, out: Any, operand: Any) -> Any:
    """A result in bfloat16 where the operands are: NumPy's half types of others widen where they meet numbers."""
    if operand.dtype.itemsize == 2 and out.dtype.kind == "f" and backend.dtype_of(operand) is dtypes.bfloat16:
        return backend.astype(out, dtypes.bfloat16)
    return out


def finish(op: Op, tensors: tuple, options: dict[str, Any], out: Any, backend: Any) -> Any:
    """Wrap what a body returned, and record the operation."""
    if op.moves:
        found: Any = backend_of_array(out)
        backend = backend_for(options["device"]) if "device" in options and not levels_of(found) else found
    kind = backend.array_type
    if op.outputs == 1:
        if out.__class__ is not kind:
            out = backend.asarray(out)
        result = engine.wrap(out, backend)
        if op.nondiff is not True:
            result.node = op.node_for(tensors, options, out)
            if op.moves and result.node is not None:
                result.node.backend = backend
        if op.view and backend.shares_memory(out, tensors[0]._data):
            mark_view(result, tensors[0], op, options)
        return result
    out = tuple(array if array.__class__ is kind else backend.asarray(array) for array in out)
    results = tuple(engine.wrap(array, backend) for array in out)
    node = op.node_for(tensors, options, out) if op.nondiff is not True else None
    if node is not None:
        for index, result in enumerate(results):
            if not op.nondiff or index not in op.nondiff:
                pick(result, node, index)
    return results


def coerce(op: Op, args: tuple) -> tuple:
    """Every argument as a tensor on one backend, but numbers of an elementwise operation, which stay weak.

    Raises
    ------
    TypeError
        For an argument that is neither a tensor nor something that becomes one.
    RuntimeError
        For tensors on different devices.
    """
    backend = None
    for arg in args:
        if isinstance(arg, TensorBase):
            if backend is None:
                backend = arg.backend
            elif arg.backend is not backend:
                met = _on_common_levels(args)
                if met is not args:
                    return coerce(op, met)
                raise RuntimeError(
                    f"{op.name}: expected all tensors to be on the same device, but found {backend.device} and "
                    f"{arg.backend.device}; move one with .to()"
                )
    if backend is None and op.elementwise and all(arg.__class__ in NUMBERS for arg in args):
        raise TypeError(f"{op.name}(): argument '{op.args[0]}' must be Tensor, not {type(args[0]).__name__}")
    found = []
    for name, arg in zip(op.names_of(args), args, strict=True):
        if (
            isinstance(arg, TensorBase)
            or (arg is None and name in op.optional)
            or (arg.__class__ in NUMBERS and op.elementwise and backend is not None)
        ):
            found.append(arg)
        elif op.elementwise and backend is not None and (value := _scalar(arg)) is not None:
            found.append(value)
        else:
            found.append(_as_tensor(op, name, arg, backend))
    if not any(isinstance(arg, TensorBase) for arg in found):
        raise TypeError(f"{op.name}: expected a Tensor, got no argument at all")
    return tuple(found)


def _on_common_levels(args: tuple) -> tuple:
    """The arguments with each tensor on the levels of `vmap` of all of them; the same object if there are none."""
    tensors = [arg for arg in args if isinstance(arg, TensorBase)]
    lifted = engine.ops.on_common_levels(tensors)
    if lifted is tensors:
        return args
    following = iter(lifted)
    return tuple(next(following) if isinstance(arg, TensorBase) else arg for arg in args)


def _scalar(arg: Any) -> Any:
    """NumPy's scalar as a Python number, whose type gives way to the tensors'; None for anything else."""
    home = backend_of_array(arg)
    if home is None or arg.__class__ is home.array_type or arg.ndim:
        return None
    value = arg.item()
    return value if value.__class__ in NUMBERS else None


def _plain(value: Any) -> Any:
    """An option as it is, but NumPy's scalars as Python numbers, whose type does not count."""
    found = _scalar(value) if hasattr(value, "dtype") and not isinstance(value, TensorBase) else None
    return value if found is None else found


def _as_tensor(op: Op, name: str, arg: Any, backend: Any) -> Any:
    if op.forwards_to == "matmul" and (arg.__class__ in NUMBERS or _scalar(arg) is not None):
        raise TypeError(f"{op.name}(): argument '{name}' must be Tensor, not {type(arg).__name__}; multiply with *")
    home = backend_of_array(arg)
    if home is not None:
        if backend is not None and home is not backend and home is not root_of(backend):
            raise RuntimeError(
                f"{op.name}: argument {name!r} is an array on {home.device}, the tensors are on {backend.device}; "
                "convert it with autograd.tensor(array, device=...)"
            )
        made = engine.wrap(home.asarray(arg), home)
        return made if backend is None or backend is home else engine.ops.lifted_to(made, backend)
    if arg.__class__ in NUMBERS:
        place = backend or backend_for("cpu")
        return engine.wrap(place.asarray(arg, dtypes.of_scalar(arg)), place)
    raise TypeError(f"{op.name}(): argument '{name}' must be Tensor, not {type(arg).__name__}")


def promote(op: Op, args: tuple) -> tuple:
    """Convert the operands of an elementwise operation to their common type, by recorded conversions."""
    operands = []
    backend = next(arg.backend for arg in args if isinstance(arg, TensorBase))
    for name, arg in zip(op.names_of(args), args, strict=True):
        if name not in op.promoted or arg is None:
            continue
        if isinstance(arg, TensorBase):
            operands.append((backend.dtype_of(arg._data), 2 if arg._data.ndim else 1))
        else:
            operands.append((dtypes.of_scalar(arg), 0))
    kind = dtypes.result_dtype(tuple(operands))
    if op.elementwise == "float" and kind.category < dtypes.FLOATING:
        kind = dtypes.default_dtype()
    found = []
    for name, arg in zip(op.names_of(args), args, strict=True):
        if isinstance(arg, TensorBase):
            if name in op.promoted and backend.dtype_of(arg._data) is not kind:
                arg = engine.ops.astype(arg, dtype=kind)
        elif arg is not None:
            arg = engine.wrap(backend.full((), arg, kind), backend)
        found.append(arg)
    return tuple(found)


def refusal(op: Op, arrays: Any, error: ValueError) -> Exception:
    """What to raise for operands that an array library refused: names the operation and the shapes."""
    shapes = [list(array.shape) for array in arrays if array is not None]
    named = " and ".join(map(str, shapes))
    if not op.elementwise:
        if not all(shapes):
            return RuntimeError(
                f"{op.name}: both arguments need to be at least 1D, but they have the shapes {named}; multiply with *"
            )
        sizes = " and ".join("x".join(map(str, shape)) for shape in shapes)
        return RuntimeError(f"{op.name}: mat1 and mat2 shapes cannot be multiplied ({sizes})")
    along = zip_longest(*(reversed(shape) for shape in shapes), fillvalue=1)
    if all(len(set(sizes) - {1}) < 2 for sizes in along):
        return error
    return RuntimeError(f"{op.name}: the shapes {named} do not broadcast; each dim, from the last, must be equal or 1")


def number(value: Any, like: TensorBase, exact: bool = False) -> Any:
    """A Python number as a constant 0-d tensor of `like`'s type, kept for reuse; None if the types must be promoted.

    An integer that `like`'s type does not hold wraps around; where the operation is one of floats (`exact`), it is
    promoted with `like`.
    """
    backend, array = like.backend, like._data
    kind = array.dtype
    if value.__class__ is float:
        table = backend.float_numbers
        if kind.kind != "f" and kind.kind != "c":
            return None
    elif value.__class__ is int:
        table = backend.int_numbers
        if kind.kind == "b":
            return None
    else:
        return None
    if len(table) > 4096:
        table.clear()
    fits = True
    if kind.kind in "iu":
        least, most = dtypes.bounds(backend.dtype_of(array))
        fits = least <= value <= most
    if exact and not fits:
        return None
    made = engine.wrap(backend.astype(backend.asarray(value), kind), backend)
    if value and fits:  # 0.0 and -0.0 are one key
        table[value, kind] = made
    return made
