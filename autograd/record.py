"""What a node's record does: keep the values that the rules name, and run the rules on them backward.

A record is shared by all nodes of one operation whose same inputs need a gradient. Saved tensors are checked for writes
before they are used; hooks may have packed them; for higher derivatives they are put back into the graph.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograd.alias import version_of
from autograd.engine import NO_GRAD, Mode, Node, Parcel, TensorBase, engine, mode, next_number

if TYPE_CHECKING:
    from autograd.differentiable import Op


class Record:
    """How nodes of one operation, with the same inputs needing a gradient, are run backward."""

    def __init__(self, op: Op, needs: tuple[bool, ...]):
        self.op, self.needs = op, needs
        self.name, self.outputs = op.name, op.outputs
        asked: dict[str, None] = {}
        self.rules = [op.joint] if op.joint else [op.rules[n] for n, need in zip(op.args, needs, strict=True) if need]
        self.asked = [tuple(inspect.signature(rule).parameters)[2:] for rule in self.rules]
        for names in self.asked:
            asked.update(dict.fromkeys(names))
        self.names = tuple(name for name in asked if name != "needs")
        self.saves_out = "out" in self.names
        # Shapes, types and options are as good for a second backward, so that only arrays are given up after the first.
        self.frees = self.saves_out or not set(op.args).isdisjoint(self.names)
        # Position of an argument's node among the parents.
        self.parent_of: dict[Any, int] = {}
        for position, need in enumerate(needs):
            if need:
                self.parent_of[position if op.variadic else op.args[position]] = len(self.parent_of)
        simple = op.joint is None and op.outputs == 1
        self.backward: Callable[..., Any] = self._first_backward if simple else self._backward

    def _first_backward(self, xp: Any, g: Any, node: Node) -> tuple:
        """Compile `backward` and run it: not sooner, since most operations never run backward in a program."""
        from autograd.call_paths import compile_backward

        self.backward = compile_backward(self)
        return self.backward(xp, g, node)

    def save(self, args: tuple, options: dict[str, Any], out: Any) -> tuple:
        """The values that the rules name; for several outputs preceded by their shapes and types."""
        op = self.op
        by_name: dict[str, Any] = dict(options)
        if op.variadic:
            by_name[op.args[0]] = args
            by_name[f"{op.args[0]}_shape"] = tuple(arg._data.shape for arg in args)
            by_name[f"{op.args[0]}_dtype"] = tuple(arg._data.dtype for arg in args)
        else:
            for name, arg in zip(op.args, args, strict=True):
                by_name[name] = arg
                by_name[f"{name}_shape"] = None if arg is None else arg._data.shape
                by_name[f"{name}_dtype"] = None if arg is None else arg._data.dtype
        by_name["out"] = out
        saved = tuple(by_name[name] for name in self.names)
        if op.outputs > 1:
            saved = (tuple((array.shape, array.dtype) for array in out), *saved)
        return saved

    def versions(self, saved: tuple) -> tuple | None:
        """The versions of the saved tensors, None if all are 0."""
        found = tuple(version_of(value) if isinstance(value, TensorBase) else 0 for value in saved)
        return found if any(found) else None

    def values(self, node: Node, saved: tuple, recorded: bool) -> dict[str, Any]:
        """The saved values by name: raw arrays, or with `recorded` tensors in their place in the graph."""
        found = {}
        for name, value in zip(self.names, saved[self.op.outputs > 1 :], strict=True):
            if isinstance(value, TensorBase):
                value = self._reattach(node, name, value) if recorded else value._data
            elif name == "out" and recorded:
                value = self._reattach_out(node, value)
            elif self.op.variadic and name == self.op.args[0]:
                value = tuple(
                    self._reattach(node, position, item) if recorded else item._data
                    for position, item in enumerate(value)
                )
            found[name] = value
        return found

    def _reattach(self, node: Node, key: Any, tensor: TensorBase) -> TensorBase:
        position = self.parent_of.get(key)
        parent = None if position is None else node.parents[position]
        if parent is tensor.node:
            return tensor
        twin = engine.wrap(tensor._data, tensor.backend)
        twin.node = parent
        return twin

    def _reattach_out(self, node: Node, value: Any) -> Any:
        if self.op.outputs == 1:
            twin = engine.wrap(value, node.backend)
            twin.node = node
            return twin
        return tuple(pick(engine.wrap(array, node.backend), node, index) for index, array in enumerate(value))

    def derive(self, g: Any, node: Node) -> tuple:
        """The gradients of the inputs as recorded tensors, for higher derivatives."""
        return self._run(engine.ops, g, node, True)

    def _backward(self, xp: Any, g: Any, node: Node) -> tuple:
        return self._run(xp, g, node, False)

    def _run(self, xp: Any, g: Any, node: Node, recorded: bool) -> tuple:
        saved = node.saved
        if saved.__class__ is not tuple:
            saved = reopen(node)
        verify(node)
        if self.op.outputs > 1:
            g = self._gradients(g, node, saved[0], recorded)
        return self._apply(xp, g, self.values(node, saved, recorded))

    def _gradients(self, g: Parcel, node: Node, metas: tuple, recorded: bool) -> tuple:
        """One gradient for each output, zeros (or None, if the operation wants that) for those that got none."""
        parts = []
        for index, (shape, kind) in enumerate(metas):
            part = g.parts.get(index)
            if part is None and not self.op.absent:
                part = node.backend.zeros(shape, kind)
                part = engine.wrap(part, node.backend) if recorded else part
            parts.append(part)
        return tuple(parts)

    def _apply(self, xp: Any, g: Any, values: dict[str, Any]) -> tuple:
        values["needs"] = self.needs
        found = [
            rule(xp, g, *[values[name] for name in asked]) for rule, asked in zip(self.rules, self.asked, strict=True)
        ]
        if self.op.joint is not None:
            return tuple(item for item, need in zip(found[0], self.needs, strict=True) if need)
        return tuple(found)


def verify(node: Node) -> None:
    """Refuse saved values that were written to since.

    Raises
    ------
    RuntimeError
        Naming the operation and the remedy.
    """
    record, saved, versions = node.record, node.saved, node.versions
    if saved.__class__ is not tuple:
        return
    for index, value in enumerate(saved):
        if isinstance(value, TensorBase) and value.alias is not None:
            expected = 0 if versions is None else versions[index]
            if value.alias.cell.version != expected:
                name = record.names[index - (record.op.outputs > 1)]
                raise RuntimeError(
                    "one of the variables needed for gradient computation has been modified by an inplace operation: "
                    f"argument {name!r} of {record.name}, of shape {list(value._data.shape)}, is at version "
                    f"{value.alias.cell.version}; expected version {expected}. Write to a clone() instead, or after "
                    "backward()"
                )
    if not record.saves_out or node.extra is None:
        return
    cell = next((cell for cell in (node.extra.cell, *node.extra.cells) if cell is not None and cell.version), None)
    if cell is not None:
        raise RuntimeError(
            "one of the variables needed for gradient computation has been modified by an inplace operation: the "
            f"output of {record.name}, which its gradient needs, is at version {cell.version}; expected version 0. "
            "Write to a clone() instead, or after backward()"
        )


class Packed:
    """Saved values in the form that the hooks of `saved_tensors_hooks` gave them."""

    __slots__ = ("entries", "unpack")

    def __init__(self, node: Node, hooks: tuple[Callable, Callable]):
        pack, self.unpack = hooks
        record, saved = node.record, node.saved
        lead = record.op.outputs > 1
        self.entries: list[tuple[str, Any]] = [("as it is", saved[0])] if lead else []
        token = mode.set(NO_GRAD)
        try:
            for name, value in zip(record.names, saved[lead:], strict=True):
                if isinstance(value, TensorBase):
                    self.entries.append(("tensor", pack(engine.wrap(value._data, value.backend))))
                elif name == "out" and not lead:
                    self.entries.append(("array", pack(engine.wrap(value, node.backend))))
                elif name == "out":
                    self.entries.append(("arrays", tuple(pack(engine.wrap(item, node.backend)) for item in value)))
                elif value.__class__ is tuple and value and isinstance(value[0], TensorBase):
                    packed = tuple(pack(engine.wrap(item._data, item.backend)) for item in value)
                    self.entries.append(("tensors", packed))
                else:
                    self.entries.append(("as it is", value))
        finally:
            mode.reset(token)

    def open(self) -> tuple:
        """The values, unpacked."""
        token = mode.set(NO_GRAD)
        try:
            return tuple(self._open(kind, value) for kind, value in self.entries)
        finally:
            mode.reset(token)

    def _open(self, kind: str, value: Any) -> Any:
        if kind == "as it is":
            return value
        if kind in ("tensors", "arrays"):
            return tuple(self._open(kind[:-1], item) for item in value)
        tensor = unpacked(self.unpack, value)
        return tensor if kind == "tensor" else tensor._data


def unpacked(unpack: Callable, value: Any) -> TensorBase:
    """What a saved-tensor hook unpacks.

    Raises
    ------
    TypeError
        If that is no tensor.
    """
    tensor = unpack(value)
    if not isinstance(tensor, TensorBase):
        raise TypeError(
            f"Output of saved tensor unpack_hook expected to be a Tensor but got result of type {type(tensor).__name__}"
        )
    return tensor


def reopen(node: Node) -> tuple:
    """The saved values of a node that has them no longer, or has them packed.

    Raises
    ------
    RuntimeError
        If the graph was freed by an earlier backward.
    """
    if node.saved is None:
        raise RuntimeError(
            f"Trying to backward through the graph a second time: the saved values of {node.record.name} have been "
            "freed. Specify retain_graph=True in the first backward() or grad() call"
        )
    return node.saved.open()


def special(node: Node, current: Mode) -> None:
    """What unusual modes do to a node just made: keep a trace, pack the saved values."""
    if current.anomaly:
        from autograd.anomaly import trace

        node.more().trace = trace()
    if current.hooks is not None and node.record.names:
        node.saved = Packed(node, current.hooks)


class PickRecord:
    """Backward of choosing one output of an operation that has several."""

    op = None
    names = ()
    saves_out = frees = False
    outputs = 1
    picks = True

    def __init__(self, name: str, index: int):
        self.name, self.index = name, index

    def backward(self, xp: Any, g: Any, node: Node) -> tuple:
        return (Parcel({self.index: g}),)

    def derive(self, g: Any, node: Node) -> tuple:
        return (Parcel({self.index: g}),)


_picks: dict[tuple[str, int], PickRecord] = {}


def pick(tensor: Any, node: Node, index: int) -> Any:
    """Give output `index` of a node with several a small node of its own."""
    key = (node.record.name, index)
    child = Node()
    child.record = _picks.get(key) or _picks.setdefault(key, PickRecord(*key))
    child.parents, child.saved, child.versions, child.shapes = (node,), (), None, None
    child.backend, child.extra, child.seq = node.backend, None, next_number()
    tensor.node = child
    return tensor
