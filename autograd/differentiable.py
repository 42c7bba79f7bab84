"""The decorator that makes a kernel a differentiable operation: `@differentiable(x=..., y=...)`.

A rule's parameter names say what is saved. Legal are `xp`, `g`, the operation's own arguments, `out`, `<arg>_shape`,
`<arg>_dtype` and the keyword-only options; anything else is refused when the operation is defined. These are exactly
the values that can be put back into the graph, so every rule is right to any order.

Complex numbers: the walk carries the conjugate of PyTorch's gradient, so that a holomorphic operation's rule reads as in
real calculus (`g * y`, no conjugates). Only rules of operations such as `abs` or `imag` mention `xp.conj`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, overload

from autograd.alias import current_node
from autograd.backends.namespace import Backend
from autograd.engine import Node, TensorBase, get_mode, next_number
from autograd.record import Record, special

if TYPE_CHECKING:
    from autograd.tensor import Tensor

OPS: dict[str, Op] = {}


class Op:
    """A differentiable operation: its body, its rules, and what is known of its arguments."""

    def __init__(self, body: Callable, rules: dict[str, Callable], joint: Callable | None, flags: dict[str, Any]):
        self.name: str = body.__name__
        self.body, self.rules, self.joint = body, rules, joint
        self.elementwise: Any = flags["elementwise"]
        self.view, self.nondiff, self.outputs = flags["view"], flags["nondiff"], flags["outputs"]
        self.moves: bool = flags["moves"]
        self.absent: bool = flags["absent"]
        self.booleans: bool = flags["booleans"]
        self.variadic, self.args, self.optional, self.options = _signature(body)
        self.records: dict[Any, Record] = {}
        self.forwards_to = None if self.variadic else _forwarded_kernel(self)
        self.combines = len(self.args) > 1 and (bool(self.elementwise) or self.forwards_to == "matmul")
        self._check_rules()
        # Arguments without a rule are indices, conditions and the like: they need no gradient and are not promoted.
        self.differentiable = tuple(name for name in self.args if joint is not None or name in rules)
        self.promoted = self.args if nondiff_all(self) else self.differentiable
        self.function: Callable[..., Any]

    def _check_rules(self) -> None:
        legal = {"xp", "g", "out", *self.args, *self.options}
        legal |= {f"{name}_{what}" for name in self.args for what in ("shape", "dtype")}
        for name, rule in [*self.rules.items(), ("_all", self.joint)]:
            if rule is None:
                continue
            if name != "_all" and name not in self.args:
                raise TypeError(f"{self.name}: there is a rule for {name!r}, but the arguments are {list(self.args)}")
            asked = list(inspect.signature(rule).parameters)
            allowed = legal | {"needs"} if name == "_all" else legal
            unknown = [item for item in asked if item not in allowed]
            if unknown:
                raise TypeError(
                    f"{self.name}: the rule for {name!r} asks for {unknown}; legal names are {sorted(allowed)}"
                )
            if asked[:2] != ["xp", "g"]:
                raise TypeError(f"{self.name}: the rule for {name!r} must begin with (xp, g), not {tuple(asked[:2])}")

    def record_for(self, needs: tuple[bool, ...]) -> Record:
        """The record shared by all nodes of this operation whose inputs need gradients as `needs` says."""
        found = self.records.get(needs)
        if found is None:
            found = self.records[needs] = Record(self, needs)
        return found

    def node_for(self, args: tuple, options: dict[str, Any], out: Any = None) -> Node | None:
        """A node for this operation on tensors whose result exists already; None if nothing needs a gradient."""
        nodes = [None if not isinstance(arg, TensorBase) else current_node(arg) for arg in args]
        can = [self.variadic or name in self.differentiable for name in self.names_of(args)]
        needs = tuple(node is not None and able for node, able in zip(nodes, can, strict=True))
        current = get_mode()
        if not any(needs) or (current is not None and not current.grad):
            return None
        record = self.record_for(needs)
        node = Node()
        node.record, node.extra, node.seq = record, None, next_number()
        node.parents = tuple(node for node, need in zip(nodes, needs, strict=True) if need)  # type: ignore[misc]
        node.backend = next(arg.backend for arg in args if isinstance(arg, TensorBase))
        node.saved = record.save(args, options, out)
        node.versions = record.versions(node.saved)
        node.shapes = None
        if self.elementwise:
            node.shapes = tuple(arg._data.shape for arg, need in zip(args, needs, strict=True) if need)
        if current is not None:
            special(node, current)
        return node

    def names_of(self, args: tuple) -> tuple[str, ...]:
        return (self.args[0],) * len(args) if self.variadic else self.args

    def __repr__(self) -> str:
        return f"<op {self.name}({', '.join(self.args)})>"


def nondiff_all(op: Op) -> bool:
    """Whether every argument of an elementwise operation is an operand, as in a comparison."""
    return op.nondiff and not op.rules and op.joint is None


@overload
def differentiable(
    _all: Callable | None = None,
    *,
    elementwise: bool | str = ...,
    view: bool = ...,
    nondiff: bool | tuple[int, ...] = ...,
    moves: bool = ...,
    absent: bool = ...,
    booleans: bool = ...,
    **rules: Callable,
) -> Callable[[Callable], Callable[..., Tensor]]: ...
@overload
def differentiable(
    _all: Callable | None = None, *, outputs: int, **rules_and_options: Any
) -> Callable[[Callable], Callable[..., Any]]: ...
def differentiable(  # type: ignore[misc]  # an argument of an operation is never called `outputs`
    _all: Callable | None = None,
    *,
    elementwise: bool | str = False,
    view: bool = False,
    nondiff: bool | tuple[int, ...] = False,
    outputs: int = 1,
    moves: bool = False,
    absent: bool = False,
    booleans: bool = True,
    **rules: Callable,
) -> Callable[[Callable], Callable[..., Any]]:
    """Make a kernel a differentiable operation.

    The kernel is written `def op(xp, x, y, *, option=default)`: positional arguments are tensors, keyword-only ones are
    static. Each rule is `lambda xp, g, ...: gradient`; its further parameter names say what is saved.

    Parameters
    ----------
    _all : one rule for all arguments instead: gets `needs`, one flag per argument, and returns one gradient for each
    elementwise : shapes broadcast and types promote; ``"float"`` also converts integers to the default floating type
    view : the result may share the argument's memory
    nondiff : the result has no gradient; a tuple names those of several outputs that have none
    outputs : how many tensors the kernel returns
    moves : the result is on the device that the option `device` names; the rule's gradient arrives there too
    absent : outputs that got no gradient come to the rule as None instead of zeros
    booleans : whether the operation, if elementwise, has a meaning for truth values; if not, they are refused
    **rules : argument name -> rule

    Raises
    ------
    TypeError
        If a rule is for an argument that does not exist, or asks for a name that cannot be saved soundly.

    Examples
    --------
    >>> import autograd
    >>> @autograd.differentiable(x=lambda xp, g, x: g * 3 * x * x)
    ... def cube(xp, x):
    ...     return x * x * x
    >>> x = autograd.tensor(2.0, requires_grad=True)
    >>> cube(x).backward()
    >>> x.grad
    tensor(12.)
    """

    def decorate(body: Callable) -> Callable[..., Any]:
        from autograd.call_paths import compile_call

        flags = {"elementwise": elementwise, "view": view, "nondiff": nondiff, "outputs": outputs}
        flags |= {"moves": moves, "absent": absent, "booleans": booleans}
        op = Op(body, rules, _all, flags)
        op.function = compile_call(op)
        if body.__module__.startswith("autograd.ops"):
            OPS[op.name] = op
            if op.forwards_to != op.name:  # where a backend lacks that kernel, the body would only call itself
                Backend.bodies[op.name] = body
        return op.function

    return decorate


# --- reading signatures ---------------------------------------------------------------------------------------------


def _signature(body: Callable) -> tuple[bool, tuple[str, ...], frozenset[str], dict[str, Any]]:
    """(variadic, tensor arguments, those that may be None, options with their defaults) of a body."""
    args, optional, options, variadic = [], set(), {}, False
    parameters = list(inspect.signature(body).parameters.values())
    if not parameters or parameters[0].name != "xp":
        raise TypeError(f"{body.__name__}: the first parameter of a differentiable operation's body must be xp")
    for parameter in parameters[1:]:
        if parameter.kind is parameter.KEYWORD_ONLY:
            options[parameter.name] = parameter.default
        else:
            args.append(parameter.name)
            variadic |= parameter.kind is parameter.VAR_POSITIONAL
            if parameter.default is not parameter.empty:
                optional.add(parameter.name)
    return variadic, tuple(args), frozenset(optional), options


class _Probe:
    """A namespace that remembers how it was called."""

    def __init__(self) -> None:
        self.calls: list[tuple] = []

    def __getattr__(self, name: str) -> Callable:
        def kernel(*args: Any, **options: Any) -> object:
            result = object()
            self.calls.append((name, args, options, result))
            return result

        return kernel


def _forwarded_kernel(op: Op) -> str | None:
    """The kernel's name, if the body only hands its arguments and options on to it."""
    probe = _Probe()
    args = tuple(object() for _ in op.args)
    options = {name: object() for name in op.options}
    try:
        result = op.body(probe, *args, **options)
    except Exception:
        return None
    if len(probe.calls) != 1:
        return None
    name, called, passed, returned = probe.calls[0]
    return name if result is returned and called == args and passed == options else None
