"""Trading computation for memory: `checkpoint` keeps no intermediate values, but computes them again in backward.

The function runs recorded as usual, but in place of each saved value a ticket is kept. The first ticket that backward
redeems runs the function again, which yields the values of all tickets; so gradients of any order are right, and
checkpoints nest.
"""

from __future__ import annotations

import contextlib
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from contextvars import ContextVar
from typing import Any

from autograd.alias import alias_of, current_node
from autograd.backends import backend_for
from autograd.engine import TensorBase, engine, get_mode
from autograd.grad_mode import PLAIN, ModeSwitch, is_grad_enabled
from autograd.graph import saved_tensors_hooks
from autograd.random import stream

__all__ = ["CheckpointError", "checkpoint", "checkpoint_sequential", "set_checkpoint_early_stop"]


class CheckpointError(RuntimeError):
    """The function did not do the same when it ran again."""


class _Enough(BaseException):
    """All values that are still asked for have been computed again."""


_early_stop: ContextVar[bool | None] = ContextVar("autograd.early_stop", default=None)


@contextlib.contextmanager
def set_checkpoint_early_stop(enable: bool) -> Iterator[None]:
    """Inside the block, `early_stop` of all checkpoints, whatever they were called with.

    Examples
    --------
    >>> import autograd
    >>> from autograd.utils.checkpoint import checkpoint, set_checkpoint_early_stop
    >>> x = autograd.tensor(1.0, requires_grad=True)
    >>> with set_checkpoint_early_stop(False):
    ...     y = checkpoint(lambda x: print("runs") or x.exp(), x)
    runs
    >>> y.backward()
    runs
    """
    token = _early_stop.set(bool(enable))
    try:
        yield
    finally:
        _early_stop.reset(token)


class _Ticket:
    """Stands for one saved value."""

    __slots__ = ("frame", "index", "meta", "__weakref__")

    def __init__(self, frame: _Frame, index: int, meta: tuple):
        self.frame, self.index, self.meta = frame, index, meta


class _As(ModeSwitch):
    """Recording as it was when the function first ran."""

    def __init__(self, changes: dict[str, Any]):
        super().__init__()
        self.changes = changes


class _RandomState:
    """Inside the block, the random numbers of when it was made, on the CPU and the arguments' devices."""

    def __init__(self, args: list):
        backends = {id(arg.backend): arg.backend for arg in args if isinstance(arg, TensorBase)}
        cpu = backend_for("cpu")
        self.states = []
        for backend in {**backends, id(cpu): cpu}.values():
            self.states.append((backend, backend.random_state(stream(None, backend))))
        self.present: list = []

    def __enter__(self) -> None:
        self.present = [backend.random_state(backend.generator) for backend, _ in self.states]
        for backend, state in self.states:
            backend.set_random_state(backend.generator, state)

    def __exit__(self, *error: object) -> None:
        for (backend, _), state in zip(self.states, self.present, strict=True):
            backend.set_random_state(backend.generator, state)


def _meta(tensor: Any) -> tuple:
    return tuple(tensor._data.shape), str(tensor._data.dtype), str(tensor.backend.device)


class _Frame:
    """One call: what is needed to repeat it, and the values that repeating it gave."""

    def __init__(
        self, function: Callable, args: tuple, kwargs: dict, random: AbstractContextManager, settings: dict[str, Any]
    ):
        self.function, self.random, self.settings = function, random, settings
        self.kept = _keep([args, kwargs])
        current = get_mode() or PLAIN
        self.changes = {"grad": True, "inference": False, "hooks": None, "anomaly": current.anomaly}
        self.tickets: list[weakref.ref[_Ticket]] = []
        self.values: dict[int, Any] = {}
        self.lock = threading.RLock()

    def pack(self, tensor: Any) -> _Ticket:
        ticket = _Ticket(self, len(self.tickets), _meta(tensor))
        self.tickets.append(weakref.ref(ticket))
        return ticket

    def redeem(self, ticket: _Ticket) -> Any:
        with self.lock:
            if ticket.index not in self.values:
                self._run_again()
            tensor = self.values.pop(ticket.index)
        if self.settings["determinism_check"] == "default" and _meta(tensor) != ticket.meta:
            raise CheckpointError(
                "checkpoint: the function computed other shapes, types or devices when it ran again: the saved value "
                f"{ticket.index} had {ticket.meta}, now {_meta(tensor)}. It must do the same each time"
            )
        return tensor

    def _run_again(self) -> None:
        wanted = {ticket.index for ref in self.tickets if (ticket := ref()) is not None}
        last = max(wanted)
        count = 0

        def pack(tensor: Any) -> Any:
            nonlocal count
            index = count
            count += 1
            if index >= len(self.tickets) and self.settings["determinism_check"] == "default":
                raise CheckpointError(
                    f"checkpoint: the function saved more than {index} values when it ran again, which is what it saved "
                    "at first. It must do the same each time"
                )
            if index in wanted:
                self.values[index] = tensor
            if index == last and self.settings["early_stop"]:
                raise _Enough
            return index

        def unpack(index: Any) -> Any:
            if index not in self.values:
                raise CheckpointError("checkpoint: backward inside the function needs a value that was not kept")
            return self.values[index]

        args, kwargs = _given_back(self.kept)
        with ExitStack() as stack:
            stack.enter_context(self.random)
            stack.enter_context(_As(self.changes))
            stack.enter_context(saved_tensors_hooks(pack, unpack))
            stack.enter_context(self.settings["again"])
            with contextlib.suppress(_Enough):
                self.function(*args, **kwargs)
        missing = wanted - set(self.values)
        if missing:
            raise CheckpointError(
                f"checkpoint: a different number of tensors was saved when the function ran again: {count}, not "
                f"{len(self.tickets)}. It must do the same each time"
            )


class _Kept:
    """A tensor argument: its place in the graph, and its values, or what the hooks of an outer checkpoint made of it."""

    def __init__(self, tensor: TensorBase):
        self.node, self.backend = current_node(tensor), tensor.backend
        self.kind = type(tensor)
        current = get_mode()
        self.hooks = None if current is None else current.hooks
        self.cell = alias_of(tensor).cell
        self.version = self.cell.version
        self.value: Any = tensor._data
        if self.hooks is not None:
            self.value = self.hooks[0](engine.wrap(tensor._data, tensor.backend))

    def tensor(self) -> Any:
        if self.hooks is None:
            if self.cell.version != self.version:
                raise CheckpointError(
                    f"checkpoint: an argument of shape {list(self.value.shape)} was modified by an inplace operation "
                    "since the function ran; give it a clone(), or write to one"
                )
            array = self.value
        else:
            array = self.hooks[1](self.value)._data
        twin = engine.wrap(array, self.backend)
        twin.node = self.node
        return twin


def _keep(value: Any) -> Any:
    if isinstance(value, TensorBase):
        return _Kept(value)
    if type(value) in (list, tuple):
        return type(value)(_keep(item) for item in value)
    return {key: _keep(item) for key, item in value.items()} if type(value) is dict else value


def _given_back(value: Any) -> Any:
    if isinstance(value, _Kept):
        return value.tensor()
    if type(value) in (list, tuple):
        return type(value)(_given_back(item) for item in value)
    return {key: _given_back(item) for key, item in value.items()} if type(value) is dict else value


def checkpoint(
    function: Callable,
    *args: Any,
    use_reentrant: bool | None = None,
    context_fn: Callable[[], tuple[AbstractContextManager, AbstractContextManager]] | None = None,
    determinism_check: str = "default",
    preserve_rng_state: bool = True,
    early_stop: bool = True,
    debug: bool = False,
    **kwargs: Any,
) -> Any:
    """`function(*args, **kwargs)`, whose intermediate values are computed anew in backward instead of being kept.

    Parameters
    ----------
    function : must do the same each time it is called
    use_reentrant : accepted for compatibility; both of PyTorch's variants are this one here
    context_fn : returns two context managers, for the first run and for running again
    determinism_check : "default" compares shapes, types and devices of both runs, "none" does not
    preserve_rng_state : whether random numbers are the same when the function runs again
    early_stop : whether to stop running again once all values needed are there
    debug : accepted for compatibility; errors always say which value differs

    Raises
    ------
    CheckpointError
        By backward, if the function did not do the same again, or an argument was written to.
    ValueError
        For an unknown `determinism_check`.

    Examples
    --------
    >>> import autograd
    >>> from autograd.utils.checkpoint import checkpoint
    >>> x = autograd.tensor(2.0, requires_grad=True)
    >>> checkpoint(lambda x: (x * x).exp() * x, x, use_reentrant=False).backward()
    >>> x.grad
    tensor(491.3834)

    References
    ----------
    Chen et al., Training deep nets with sublinear memory cost, arXiv:1604.06174.
    """
    if determinism_check not in ("default", "none"):
        raise ValueError(f"checkpoint: determinism_check must be 'default' or 'none', not {determinism_check!r}")
    first, again = (nullcontext(), nullcontext()) if context_fn is None else context_fn()
    if not is_grad_enabled():
        with first:
            return function(*args, **kwargs)
    ordered = _early_stop.get()
    early_stop = early_stop if ordered is None else ordered
    settings = {"determinism_check": determinism_check, "early_stop": early_stop, "again": again}
    random = _RandomState([*args, *kwargs.values()]) if preserve_rng_state else nullcontext()
    frame = _Frame(function, args, kwargs, random, settings)
    with saved_tensors_hooks(frame.pack, lambda ticket: ticket.frame.redeem(ticket)), first:
        return function(*args, **kwargs)


def checkpoint_sequential(
    functions: Any,
    segments: int,
    input: Any,
    use_reentrant: bool | None = None,
    preserve_rng_state: bool = True,
    **kwargs: Any,
) -> Any:
    """Functions, or the modules of an `nn.Sequential`, one after another, in `segments` checkpoints.

    The last segment is not checkpointed: its values would be computed again at once.

    Raises
    ------
    ValueError
        For fewer than one segment, or more than there are functions.

    Examples
    --------
    >>> import autograd, nn
    >>> from autograd.utils.checkpoint import checkpoint_sequential
    >>> model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    >>> checkpoint_sequential(model, 2, autograd.ones(4, 2), use_reentrant=False).shape
    autograd.Size([4, 1])
    """
    steps: Sequence[Callable] = list(functions.children() if hasattr(functions, "children") else functions)
    if not 1 <= segments <= len(steps):
        raise ValueError(
            f"checkpoint_sequential: segments must be from 1 to {len(steps)}, the functions; got {segments}"
        )
    size = len(steps) // segments

    def chain(start: int, end: int) -> Callable:
        def run(value: Any) -> Any:
            for step in steps[start:end]:
                value = step(value)
            return value

        return run

    start = 0
    for _ in range(segments - 1):
        input = checkpoint(
            chain(start, start + size), input, use_reentrant=False, preserve_rng_state=preserve_rng_state, **kwargs
        )
        start += size
    return chain(start, len(steps))(input)
