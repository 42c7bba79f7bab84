"""How the graph node of a `Function` keeps what was saved, and calls the hand-written backward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any, NamedTuple

from autograd.alias import Cell, alias_of, current_node
from autograd.backends.levels import levels_of, root_of
from autograd.engine import NO_GRAD, Mode, Node, Parcel, TensorBase, conjugate, engine, get_mode, mode, next_number
from autograd.record import pick, unpacked

# Whether this walk computes Jᵀ u only to be derived by u: there a `jvp` written by hand stands in for `backward`.
pushing: ContextVar[bool] = ContextVar("autograd.pushing", default=False)


class Saved(NamedTuple):
    """One saved tensor: what it is, its array (or what a hook packed), and what tells whether it was written to."""

    kind: str  # "input", "output", "graph" (has a node of its own), "intermediate"
    index: int  # type: ignore[assignment]  # of the input or output
    value: Any
    backend: Any
    node: Node | None  # its own, for kind "graph"
    cell: Cell
    version: int
    unpack: Callable | None


class Argument(NamedTuple):
    """What is known of one tensor among the arguments or outputs of `forward`."""

    shape: tuple[int, ...]
    dtype: Any
    backend: Any


def _described(item: Any) -> Argument | None:
    return Argument(item._data.shape, item._data.dtype, item.backend) if isinstance(item, TensorBase) else None


def saved_values(tensors: tuple, args: tuple, outputs: tuple, current: Mode | None) -> tuple:
    """What a node keeps of the tensors given to `save_for_backward`.

    Raises
    ------
    TypeError
        For something that is neither a tensor nor None.
    """
    hooks = None if current is None else current.hooks
    places = {id(item): ("input", index) for index, item in enumerate(args)}
    places |= {id(item): ("output", index) for index, item in enumerate(outputs)}
    kept: list[Saved | None] = []
    for position, tensor in enumerate(tensors):
        if tensor is None:
            kept.append(None)
            continue
        if not isinstance(tensor, TensorBase):
            raise TypeError(
                f"save_for_backward can only save variables, but argument {position} is of type {type(tensor).__name__}"
            )
        own = None
        kind, index = places.get(id(tensor), ("intermediate", 0))
        if kind == "intermediate" and current_node(tensor) is not None:
            kind, own = "graph", current_node(tensor)
        cell = alias_of(tensor).cell
        value = tensor._data
        if hooks is not None:
            token = mode.set(NO_GRAD)
            try:
                value = hooks[0](engine.wrap(value, tensor.backend))
            finally:
                mode.reset(token)
        unpack = None if hooks is None else hooks[1]
        kept.append(Saved(kind, index, value, tensor.backend, own, cell, cell.version, unpack))
    return tuple(kept)


class FunctionRecord:
    """The record of one call of a Function; holds its context, which `backward` gets back."""

    op = None
    names = ()
    saves_out, frees = False, True

    def __init__(self, name: str, run: Callable, push: Callable | None, ctx: Any, args: tuple, outputs: tuple):
        self.name, self.run, self.push, self.ctx = f"{name}Backward", run, push, ctx
        self.inputs = tuple(_described(arg) for arg in args)
        self.wanted: tuple[bool, ...] = ctx.needs_input_grad
        self.needs = tuple(need for need, known in zip(self.wanted, self.inputs, strict=True) if known is not None)
        self.metas = tuple(_described(item) for item in outputs)
        self.outputs = len(outputs)

    def backward(self, xp: Any, g: Any, node: Node) -> tuple:
        """The gradients of the inputs that need one, as raw arrays."""
        current = get_mode()
        token = mode.set(NO_GRAD if current is None else current.replace(grad=False))
        try:
            found = self._gradients(g, node, False)
        finally:
            mode.reset(token)
        return tuple(None if item is None else conjugate(item._data, node, False) for item in found)

    def derive(self, g: Any, node: Node) -> tuple:
        """The gradients of the inputs that need one, as recorded tensors."""
        return tuple(None if item is None else conjugate(item, node, True) for item in self._gradients(g, node, True))

    def _gradients(self, g: Any, node: Node, recorded: bool) -> list:
        parts = g.parts if isinstance(g, Parcel) else {0: g}
        grads = []
        for index, known in enumerate(self.metas):
            part = parts.get(index)
            if part is not None:
                part = conjugate(part, node, recorded)
                part = part if recorded else engine.wrap(node.backend.asarray(part), node.backend)
            elif known is not None and self.ctx._materialize:
                part = engine.wrap(known.backend.zeros(known.shape, known.dtype), known.backend)
            grads.append(part)
        if recorded and self.push is not None and pushing.get():
            found = self.push(self, *grads)
        else:
            found = self.run(self.ctx, *grads)
        return self._checked(found if isinstance(found, tuple) else (found,))

    def _checked(self, found: Sequence) -> list:
        """One gradient for each input that needs one, of its shape, type and device.

        Raises
        ------
        RuntimeError, TypeError
            Where that is not to be had from what `backward` returned.
        """
        count = len(self.inputs)
        if len(found) < count or any(item is not None for item in found[count:]):
            raise RuntimeError(
                f"function {self.name} returned an incorrect number of gradients (expected {count}, got {len(found)}): "
                "return one for each argument of forward, None for those that have none"
            )
        kept = []
        for index, (item, known, need) in enumerate(zip(found, self.inputs, self.wanted, strict=False)):
            if known is None and item is not None:
                raise RuntimeError(
                    f"function {self.name} returned a gradient different from None at position {index + 1}, but the "
                    "corresponding forward input was not a Variable"
                )
            if item is not None and not isinstance(item, TensorBase):
                raise TypeError(
                    f"function {self.name}: expected Variable or None at position {index + 1} of what backward "
                    f"returned (got {type(item).__name__})"
                )
            if need:
                kept.append(None if item is None else self._fitted(item, known, index))
        return kept

    def _fitted(self, gradient: Any, known: Any, index: int) -> Any:
        """Summed to the input's shape and converted to its type."""
        if root_of(gradient.backend) is not root_of(known.backend):
            raise RuntimeError(
                f"Function {self.name} returned an invalid gradient at index {index} - expected device "
                f"{known.backend.device} but got {gradient.backend.device}"
            )
        if gradient.backend is not known.backend:
            gradient = self._levelled(gradient, known)
        shape, wanted = gradient._data.shape, known.shape
        if shape != wanted:
            lead = len(shape) - len(wanted)
            pairs = zip(shape[max(lead, 0) :], wanted, strict=False)
            if lead < 0 or any(theirs != ours and ours != 1 for theirs, ours in pairs):
                raise RuntimeError(
                    f"Function {self.name} returned an invalid gradient at index {index} - got {list(shape)} but "
                    f"expected shape compatible with {list(wanted)}"
                )
            gradient = engine.ops.sum_to(gradient, shape=wanted)
        if gradient._data.dtype != known.dtype:
            gradient = engine.ops.astype(gradient, dtype=known.backend.dtype_of(known.backend.zeros((), known.dtype)))
        return gradient

    def _levelled(self, gradient: Any, known: Any) -> Any:
        """Summed over the levels of `vmap` that the outputs have and the input has not; levels of the seed stay."""
        outputs = {level for meta in self.metas if meta is not None for level in levels_of(meta.backend)}
        extra = tuple(level for level in outputs if level not in levels_of(known.backend))
        summed = engine.ops.collapse(gradient, levels=extra) if extra else gradient
        return engine.ops.lifted_to(summed, known.backend)

    def saved_tensors(self, node: Node) -> tuple:
        """The saved tensors in their place in the graph.

        Raises
        ------
        RuntimeError
            If one was written to, or all were freed.
        """
        if node.saved is None:
            raise RuntimeError(
                f"Trying to backward through the graph a second time: the saved tensors of {self.name} have been "
                "freed. Specify retain_graph=True in the first backward() or grad() call"
            )
        return tuple(None if kept is None else self._restored(node, kept) for kept in node.saved)

    def _restored(self, node: Node, kept: Saved) -> Any:
        if kept.unpack is None:
            if kept.cell.version != kept.version:
                raise RuntimeError(
                    "one of the variables needed for gradient computation has been modified by an inplace operation: "
                    f"a tensor of shape {list(kept.value.shape)} that {self.name} saved ({kept.kind} {kept.index}) is "
                    f"at version {kept.cell.version}; expected version {kept.version}. Write to a clone() instead, or "
                    "after backward()"
                )
            array = kept.value
        else:
            token = mode.set(NO_GRAD)
            try:
                array = unpacked(kept.unpack, kept.value)._data
            finally:
                mode.reset(token)
        twin = engine.wrap(array, kept.backend)
        current = get_mode()
        if kept.kind == "input":
            if self.wanted[kept.index]:
                twin.node = node.parents[sum(self.wanted[: kept.index])]
        elif kept.kind == "graph":
            twin.node = kept.node
        elif array.dtype.kind in "biu":
            pass
        elif kept.kind == "output":
            twin.node = node
            if self.outputs > 1:
                pick(twin, node, kept.index)
        elif current is None or current.grad:
            refusing(twin, node.parents, self._why_not())
        return twin

    def _why_not(self) -> str:
        return (
            f"{self.name}: a tensor that forward saved is neither an input nor an output, so that its own derivative "
            "is not known and a second derivative through it would be wrong. Save the inputs and compute it anew in "
            "backward, or return it as an additional output; a constant may be kept as an attribute of ctx"
        )


class RefusingRecord:
    """Backward of what can not be differentiated."""

    op = None
    names = ()
    saves_out = frees = False
    outputs = 1
    name = "DelayedError"

    def __init__(self, message: str, needs: tuple[bool, ...]):
        self.message, self.needs = message, needs

    def backward(self, xp: Any, g: Any, node: Node) -> tuple:
        """Raise.

        Raises
        ------
        RuntimeError
            Always.
        """
        raise RuntimeError(self.message)

    def derive(self, g: Any, node: Node) -> tuple:
        """Raise, as `backward` does."""
        raise RuntimeError(self.message)


def refusing(tensor: Any, parents: tuple[Node, ...], message: str) -> Any:
    """The tensor, with a place in the graph below `parents` from which no gradient passes on but an error."""
    node = Node()
    node.record = RefusingRecord(message, (True,) * len(parents))
    node.parents, node.saved, node.versions, node.shapes = parents, (), None, None
    node.backend, node.extra, node.seq = tensor.backend, None, next_number()
    tensor.node = node
    return tensor
