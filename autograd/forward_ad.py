"""Forward mode: tensors that carry a tangent, and the tangents of what is computed from them.

The tangents are found as `autograd.func.jvp` finds them, by two reverse passes over what was recorded in between.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, NamedTuple

from autograd import ops
from autograd.alias import current_node
from autograd.engine import Node, TensorBase
from autograd.func.gradients import transposed
from autograd.func.tape import Tape
from autograd.grad_mode import enable_grad

__all__ = ["UnpackedDualTensor", "dual_level", "enter_dual_level", "exit_dual_level", "make_dual", "unpack_dual"]


class Level:
    """The dual tensors of one level: by node, their leaf and its tangent."""

    def __init__(self) -> None:
        self.tape = Tape("forward_ad", ())
        self.duals: dict[Node | None, tuple[Any, Any]] = {}
        self.recording = enable_grad()


_level: ContextVar[Level | None] = ContextVar("autograd.dual_level", default=None)


class UnpackedDualTensor(NamedTuple):
    """What `unpack_dual` returns: the value, and its tangent or None."""

    primal: Any
    tangent: Any


class dual_level:
    """Inside the block dual tensors can be made and unpacked; what is computed from them is recorded.

    `no_grad` around the block is without effect in it; within it, what `no_grad` covers has no tangent. A tensor that was
    used may not be written to before what was computed from it is unpacked.

    Raises
    ------
    RuntimeError
        On entering within another.

    Examples
    --------
    >>> import autograd
    >>> from autograd import forward_ad
    >>> with forward_ad.dual_level():
    ...     x = forward_ad.make_dual(autograd.tensor(3.0), autograd.tensor(1.0))
    ...     forward_ad.unpack_dual(x * x)
    UnpackedDualTensor(primal=tensor(9.), tangent=tensor(6.))
    """

    def __enter__(self) -> int:
        return enter_dual_level()

    def __exit__(self, *error: object) -> None:
        exit_dual_level()


def enter_dual_level() -> int:
    """Begin a level, as `with dual_level()` does, and return its number, 0.

    Raises
    ------
    RuntimeError
        Within another level.
    """
    if _level.get() is not None:
        raise RuntimeError("Nested forward mode AD is not supported at the moment; use autograd.func.jvp within jvp")
    level = Level()
    level.recording.__enter__()
    _level.set(level)
    return 0


def exit_dual_level(*, level: int | None = None) -> None:
    """End the level.

    Raises
    ------
    RuntimeError
        If there is none, or `level` is not the one that was entered last.
    """
    current = _level.get()
    if current is None or level not in (None, 0):
        raise RuntimeError(
            "Trying to exit a forward AD level that was not the last one that was created: enter_dual_level() comes first"
        )
    current.recording.__exit__()
    _level.set(None)


def make_dual(tensor: Any, tangent: Any, *, level: int | None = None) -> Any:
    """The tensor with a tangent: the direction in which results are differentiated.

    Raises
    ------
    RuntimeError
        Outside of a level, or if the two differ in shape.
    ValueError
        For a tensor that is not floating or complex.
    """
    current = _level.get()
    if current is None:
        raise RuntimeError(
            "Trying to create a dual Tensor for forward AD but no level exists, make sure to enter_dual_level() first."
        )
    if not (tensor.is_floating_point() and tangent.is_floating_point()) and not tensor.is_complex():
        raise ValueError(f"Expected primal and tangent to be floating or complex, got {tensor.dtype}, {tangent.dtype}")
    if tensor.shape != tangent.shape:
        raise RuntimeError(
            f"Trying to set a forward gradient that has a different size than that of the original Tensor, this is not "
            f"supported. Tensor is of size {list(tensor.shape)} while the given forward gradient is of size "
            f"{list(tangent.shape)}."
        )
    leaf = current.tape.put_on(tensor)
    # A copy, so that it can be written to in place.
    dual = ops.copy(leaf)
    current.duals[current_node(dual)] = (leaf, tangent)
    return dual


def unpack_dual(tensor: Any, *, level: int | None = None) -> UnpackedDualTensor:
    """The value, and the tangent, None where it depends on no dual tensor.

    Examples
    --------
    >>> import autograd
    >>> from autograd.forward_ad import dual_level, make_dual, unpack_dual
    >>> with dual_level():
    ...     y = make_dual(autograd.tensor([0.0, 1.0]), autograd.ones(2)).exp()
    ...     unpack_dual(y).tangent
    tensor([1.0000, 2.7183])
    """
    current = _level.get()
    if current is None or not isinstance(tensor, TensorBase):
        return UnpackedDualTensor(tensor, None)
    known = current.duals.get(current_node(tensor))
    primal = current.tape.taken_off(tensor)
    if known is not None:
        return UnpackedDualTensor(primal, known[1])
    tape = current.tape
    dummies, pulled = transposed(tape, [tensor], [leaf for leaf, _ in current.duals.values()])
    pairs = zip(pulled, current.duals.values(), strict=True)
    reached = [(source, tangent) for source, (_, tangent) in pairs if source is not None]
    if not reached:
        return UnpackedDualTensor(primal, None)
    sources, tangents = map(list, zip(*reached, strict=True))
    record = tape.followed(tensor) or any(tape.followed(tangent) for tangent in tangents)
    (found,) = tape.pull(sources, tangents, dummies, record=record)
    return UnpackedDualTensor(primal, found)
