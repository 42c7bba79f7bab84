"""Tensors that share memory: versions, views, and writing in place.

Storage that was never viewed, detached or written to carries nothing. The first of these gives its tensors an `Alias`:
the version cell that all tensors of the storage share and, for a view, the tensor it is a view of and the steps that
lead there. A write bumps the version. A saved value whose version moved raises at backward; a view whose base was
written to takes its node anew, by replaying its steps on the base, when it is next read.
"""

from __future__ import annotations

from collections.abc import Callable
from sys import getrefcount
from typing import Any

from autograd import dtypes
from autograd.backends.levels import root_of
from autograd.engine import Leaf, Node, TensorBase, engine, get_mode, mode


class Cell:
    """The version of one piece of storage."""

    __slots__ = ("version",)

    def __init__(self) -> None:
        self.version = 0


class Alias:
    """What a tensor that shares memory knows of it.

    Slots: the shared `cell`; the `base` and the `path` of (op, options) that leads from it to the tensor; the version
    `seen` when the node was last right; the `origin` of a view that PyTorch forbids writing through (None: allowed);
    and the `leaf` kept while `requires_grad` is switched off, since it owns the gradient.
    """

    __slots__ = ("cell", "base", "path", "seen", "origin", "leaf")

    def __init__(self, cell: Cell, base: Any = None, path: tuple = (), origin: str | None = None):
        self.cell, self.base, self.path, self.origin = cell, base, path, origin
        self.seen = cell.version
        self.leaf: Leaf | None = None


def alias_of(tensor: TensorBase) -> Alias:
    """The tensor's alias, made when first needed; the node that made the tensor learns of the cell."""
    alias = tensor.alias
    if alias is None:
        node = tensor.node
        if node is None or node.__class__ is Leaf:
            cell = Cell()
        else:
            extra = node.more()
            if extra.cell is None:
                extra.cell = Cell()
                if getattr(node.record, "picks", False):  # one of several outputs, which its operation may have saved
                    node.parents[0].more().cells += (extra.cell,)
            cell = extra.cell
        alias = tensor.alias = Alias(cell)
    return alias


def version_of(tensor: TensorBase) -> int:
    """How often the tensor's storage was written to."""
    alias = tensor.alias
    return 0 if alias is None else alias.cell.version


def current_node(tensor: TensorBase) -> Node | None:
    """The tensor's node, taken anew if it is a view whose base was written to since."""
    alias = tensor.alias
    if alias is not None and alias.base is not None and alias.seen != alias.cell.version:
        alias.seen = alias.cell.version
        base = alias.base
        if current_node(base) is not None:
            if alias.origin is not None:
                alias.seen -= 1
                current = get_mode()
                if current is not None and not current.grad:  # only its values are asked for
                    return tensor.node
                raise RuntimeError(f"reading a view whose base was written to: {_FORBIDDEN[alias.origin]}")
            token = mode.set(None)
            try:
                replayed = base
                for op, options in alias.path:
                    replayed = op.function(replayed, **options)
            finally:
                mode.reset(token)
            move(tensor, replayed.node)
        elif tensor.node.__class__ is not Leaf:
            tensor.node = None
    return tensor.node


def move(tensor: TensorBase, node: Node | None) -> None:
    """Give a tensor that was written to its new node, which keeps the gradient where `retain_grad` asked for it."""
    before = None if tensor.node is None else tensor.node.extra
    if before is not None and before.retains and node is not None:
        after = node.more()
        before.retains, after.retains, after.grad = False, True, before.grad
    tensor.node = node


def mark_view(view: TensorBase, source: TensorBase, op: Any, options: dict, origin: str | None = None) -> None:
    """Record that `view` is `op(source, **options)` and shares its memory."""
    alias = source.alias or alias_of(source)
    if origin is None:
        origin = alias.origin
        if origin is None:
            current = get_mode()
            if current is not None and not current.grad:
                origin = "no_grad"
    if alias.base is None:
        view.alias = Alias(alias.cell, source, ((op, options),), origin)
    else:
        view.alias = Alias(alias.cell, alias.base, (*alias.path, (op, options)), origin)


def share(tensor: TensorBase, source: TensorBase) -> None:
    """Record that `tensor` has the memory of `source` but no place in its graph, as after `detach`."""
    tensor.alias = Alias((source.alias or alias_of(source)).cell)


def records(*tensors: TensorBase | None) -> bool:
    """Whether an operation on these tensors would be recorded now."""
    current = get_mode()
    if current is not None and not current.grad:
        return False
    return any(tensor is not None and current_node(tensor) is not None for tensor in tensors)


def check_write(target: TensorBase, name: str, value: TensorBase | None = None) -> bool:
    """Refuse what PyTorch refuses to write to; returns whether the write is to be recorded.

    Raises
    ------
    RuntimeError
        If `target` is a leaf that requires a gradient, or a view that may not be written through, or its elements
        overlap in memory.
    """
    alias = target.alias
    if alias is not None and target.backend.overlaps_itself(target._data):
        raise RuntimeError(
            f"{name}: more than one element of the written-to tensor refers to a single memory location; "
            "clone() the tensor before writing to it"
        )
    if not records(target, value, None if alias is None else alias.base):
        return False
    if target.node.__class__ is Leaf:
        raise RuntimeError(
            f"{name}: a leaf Variable that requires grad is being used in an in-place operation; "
            "write under autograd.no_grad(), or to a clone()"
        )
    if alias is not None and alias.base is not None and current_node(alias.base).__class__ is Leaf:
        raise RuntimeError(
            f"{name}: a view of a leaf Variable that requires grad is being used in an in-place operation; "
            "write under autograd.no_grad(), or to a clone()"
        )
    if alias is not None and alias.origin is not None:
        raise RuntimeError(f"{name}: " + _FORBIDDEN[alias.origin])
    return True


_FORBIDDEN = {
    "no_grad": "a view was created in no_grad mode and is being modified in place with grad mode enabled; make the "
    "view outside no_grad, or write to a clone()",
    "multiple": "this view is one output of a function that returns several views, such as unbind or split; such views "
    "may not be modified in place. Use indexing to make the view, or write to a clone()",
    "custom": "this is an input, or a view, that a custom Function returned as it came, and writing to it would bypass "
    "the Function's backward; return a clone() from forward, or write to one",
}


def bump(target: TensorBase) -> None:
    """Count a write to the tensor's storage."""
    alias = target.alias or alias_of(target)
    current = alias.seen == alias.cell.version and alias.origin is None
    alias.cell.version += 1
    if current:  # else the node is still to be taken anew
        alias.seen = alias.cell.version


def assign(target: TensorBase, value: TensorBase, name: str) -> Any:
    """Make `target` hold `value`, in its own memory, and record that it does.

    Parameters
    ----------
    target, value : tensors of the same shape on one backend; `value` was computed out of place
    name : the in-place operation, for messages

    Raises
    ------
    RuntimeError
        If `target` may not be written to, or `value`'s type or shape cannot be stored in it.
    """
    if value.backend is not target.backend:
        value = met(target, value, name)
    recorded = check_write(target, name, value)
    array, new = target._data, value._data
    if new.dtype != array.dtype:
        theirs, ours = value.backend.dtype_of(new), target.backend.dtype_of(array)
        if not dtypes.can_cast(theirs, ours):
            raise RuntimeError(f"{name}: result type {theirs} can't be cast to the desired output type {ours}")
        if recorded:
            value = engine.ops.astype(value, dtype=ours)
            new = value._data
        else:
            new = target.backend.astype(new, ours)
    if new.shape != array.shape:
        raise RuntimeError(
            f"{name}: output with shape {list(array.shape)} doesn't match the broadcast shape {list(new.shape)}"
        )
    array[...] = new
    if recorded:
        adopt(target, value)
    else:
        bump(target)
    return target


def met(target: TensorBase, value: TensorBase, name: str) -> TensorBase:
    """A value with the levels of `vmap` that the tensor it is written to has.

    Raises
    ------
    RuntimeError
        If the value is mapped and the tensor is not, or they are on different devices.
    """
    lifted = engine.ops.lifted_to(value, target.backend)
    if lifted.backend is target.backend:
        return lifted
    if root_of(value.backend) is root_of(target.backend):
        raise RuntimeError(
            f"vmap: {name} is not possible because the value written is mapped, of more elements than the tensor, which "
            "is not mapped. Use the out-of-place form, or map over the tensor too"
        )
    raise RuntimeError(
        f"{name}: expected all tensors to be on the same device, but found {target.backend.device} and "
        f"{value.backend.device}; move one with .to()"
    )


def adopt(target: TensorBase, value: TensorBase) -> None:
    """After a write: give `target`, and the base it is a view of, the nodes that say where its new values are from."""
    alias = target.alias or alias_of(target)
    base = alias.base
    if base is not None:
        before = shadow(base)
        node = engine.ops.view_write.op.node_for((before, value), {"path": Path(alias.path)})
        bump(target)
        move(base, node)
        base.alias.seen = alias.cell.version
    else:
        bump(target)
    move(target, value.node)
    if value.node is None and base is not None:
        alias.seen -= 1  # the node is to be taken from the base when next read


def shadow(tensor: TensorBase) -> Any:
    """A tensor with the same memory and place in the graph, which no later write to `tensor` moves."""
    twin = TensorBase.__new__(type(tensor))
    twin._data, twin.backend, twin.node, twin.alias = tensor._data, tensor.backend, current_node(tensor), None
    return twin


def in_place(target: TensorBase, name: str, compute: Callable[..., TensorBase], *args: Any, **options: Any) -> Any:
    """Make `target` hold `compute(target, *args, **options)`.

    Values that the computation saved of `target` are kept as they were: whoever saved them holds the shadow, whose data
    is exchanged for a copy before the write.
    """
    if not hasattr(target, "_data"):  # `NotDense` is an AttributeError
        return target.take_in(name, compute(target, *args, **options))  # type: ignore[attr-defined]
    current = get_mode()
    if current is not None and not current.grad:
        return assign(target, compute(target, *args, **options), name)
    check_write(target, name)
    twin = shadow(target)
    result = compute(twin, *args, **options)
    if twin.alias is not None:  # a view of it may have been saved
        twin = shadow(target)
        twin._data = target.backend.copy(target._data)
        result = compute(twin, *args, **options)
    elif getrefcount(twin) > 2:
        twin._data = target.backend.copy(target._data)
    if result is twin:
        return target
    return assign(target, result, name)


class Path(tuple):
    """The steps from a base to a view, as one static option of `view_read` and `view_write`."""

    __slots__ = ()

    def apply(self, xp: Any, array: Any) -> Any:
        """The view of a raw array; a copy where the array's memory is laid out otherwise than the base's."""
        for op, options in self:
            array = op.body(xp, array, **options)
        return array

    def write(self, xp: Any, array: Any, value: Any) -> Any:
        """The raw array, which is overwritten, with `value` in its view.

        A gradient need not be laid out as the base is, and what is a view of the base may be a copy of the gradient (a
        reshape of a transposed array). Then the steps are taken by the elements' numbers, and the values go there.
        """
        target = self.apply(xp, array)
        if xp.shares_memory(target, array):
            target[...] = value
            return array
        complex_, size = xp.dtype_of(array).is_complex, array.size
        numbers = xp.reshape(xp.arange(1, size + 1, 1, "float64"), shape=array.shape)  # 0: outside of the array
        places = self.apply(xp, numbers + (numbers + size) * 1j if complex_ else numbers)
        flat = xp.reshape(array, shape=(-1,))
        parts = [xp.real(flat), xp.imag(flat)] if complex_ else [flat]
        parts = xp.concat([xp.zeros((1,), parts[0].dtype), *parts])
        for part in (xp.real, xp.imag) if xp.dtype_of(places).is_complex else (lambda x: x,):
            parts[xp.astype(part(places), "int64")] = part(value)
        if complex_:
            return xp.reshape(parts[1 : size + 1] + parts[size + 1 :] * 1j, shape=array.shape)
        return xp.reshape(parts[1:], shape=array.shape)


def add_in_place(tensor: TensorBase, array: Any) -> None:
    """Add a raw array to a gradient, which an operation may have saved."""
    data = tensor._data
    data += array
    bump(tensor)


def laid_out(leaf: Leaf, array: Any, fresh: bool) -> Any:
    """A gradient in memory of its own, row-major unless the leaf is laid out as it is: `view` must work on it."""
    tensor = leaf.tensor()
    if tensor is not None and tensor._data.strides == array.strides:
        return array if fresh else leaf.backend.copy(array)
    flat = leaf.backend.reshape(array, shape=(array.size,))
    return leaf.backend.reshape(flat if flat.flags.c_contiguous else leaf.backend.copy(flat), shape=array.shape)


engine.add_in_place = add_in_place  # type: ignore[method-assign]
engine.laid_out = laid_out  # type: ignore[method-assign]
