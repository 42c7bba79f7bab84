"""The source text of every operation's call path, compiled when it is defined, and backward pass, when it first runs.

A closure per number of arguments, or an object with `__call__`, would cost 100 to 386 ns more per call.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograd import alias, engine

if TYPE_CHECKING:
    from autograd.differentiable import Op
    from autograd.record import Record

# What the generated functions see; `Tensor` joins when tensor.py hands the class down.
GLOBALS: dict[str, Any] = {
    "__name__": "autograd.generated",
    "TensorBase": engine.TensorBase,
    "NotDense": engine.NotDense,
    "new": object.__new__,
    "Node": engine.Node,
    "get_mode": engine.get_mode,
    "next_number": engine.next_number,
    "current_node": alias.current_node,
    "version_of": alias.version_of,
}


def hand_down(tensor_class: type) -> None:
    """Tell the generated code which class results have."""
    GLOBALS["Tensor"] = tensor_class


def _compile(name: str, source: str, scope: dict[str, Any]) -> Callable:
    if "apply" not in GLOBALS:
        from autograd.calls import apply, finish, number, refusal
        from autograd.record import reopen, special, verify

        GLOBALS.update(apply=apply, finish=finish, number=number, refusal=refusal)
        GLOBALS.update(special=special, reopen=reopen, verify=verify)
    names = ", ".join(scope)
    factory = f"def make({names}):\n" + "\n".join("    " + line for line in source.splitlines())
    factory += f"\n    return {name}\n"
    space: dict[str, Any] = {}
    exec(compile(factory, f"<autograd {name}>", "exec"), GLOBALS, space)
    return space["make"](**scope)


def compile_call(op: Op) -> Callable:
    """The public function of an operation."""
    options = ", ".join(
        name if default is inspect.Parameter.empty else f"{name}=DEFAULT_{name}" for name, default in op.options.items()
    )
    passed = ", ".join(f"{name}={name}" for name in op.options)
    scope: dict[str, Any] = {"OP": op, "BODY": op.body}
    scope |= {f"DEFAULT_{n}": d for n, d in op.options.items() if d is not inspect.Parameter.empty}
    if op.variadic:
        head = f"def {op.name}(*args{', ' if options else ''}{options}):"
        source = f"{head}\n    return apply(OP, args, dict({passed}))"
    else:
        positional = ", ".join(f"{name}=None" if name in op.optional else name for name in op.args)
        head = f"def {op.name}({positional}{', *, ' if options else ''}{options}):"
        general = f"apply(OP, ({', '.join(op.args)},), dict({passed}))"
        if op.outputs > 1 or op.moves or op.optional or not op.args:
            source = f"{head}\n    return {general}"
        else:
            source = head + "\n" + "\n".join("    " + line for line in _fast_path(op, general, passed, scope))
    function = _compile(op.name, source, scope)
    function.__doc__ = op.body.__doc__
    function.__module__ = op.body.__module__
    function.__qualname__ = op.name
    function.op = op  # type: ignore[attr-defined]
    return function


def _fast_path(op: Op, general: str, passed: str, scope: dict[str, Any]) -> list[str]:
    """Lines for tensors of one type on one device; anything else goes the general way."""
    args = op.args
    lines: list[str] = []
    if op.elementwise and len(args) == 2 and len(op.promoted) == 2:
        x, y = args
        for value, like in ((y, x), (x, y)):
            lines += [
                f"{'if' if value == y else 'elif'} {value}.__class__ is float or {value}.__class__ is int:",
                f"    if not isinstance({like}, TensorBase): return {general}",
                f"    xp = {like}.backend",
                f"    table = xp.float_numbers if {value}.__class__ is float else xp.int_numbers",
                f"    made = table.get(({value}, {like}._data.dtype))",
                "    if made is None:",
                f"        made = number({value}, {like}{', True' if op.elementwise == 'float' else ''})",
                f"        if made is None: return {general}",
                f"    {value} = made",
            ]
        # Costs nothing unless it is raised.
        lines = ["try:", *("    " + line for line in lines), "except NotDense:", f"    return {general}"]
    lines.append("try:")
    lines.append("    " + "; ".join(f"{a}_ = {a}._data" for a in args) + f"; xp = {args[0]}.backend")
    lines.append("    " + "; ".join(f"n_{a} = {a}.node" for a in args))
    if len(args) > 1:
        lines.append("    if " + " or ".join(f"{a}.backend is not xp" for a in args[1:]) + f": return {general}")
    lines += ["except AttributeError:", f"    return {general}"]
    if op.combines and not op.elementwise:  # what NumPy would promote is refused there
        lines.append(f"if {args[0]}_.dtype is not {args[1]}_.dtype: return {general}")
    called = f"xp.{op.forwards_to}(" if op.forwards_to else "BODY(xp, "
    computed = "out = " + called + ", ".join(f"{a}_" for a in args) + (f", {passed}" if passed else "") + ")"
    guards = []
    if op.elementwise:  # a body may not run on booleans, before these are promoted; a kernel not at all
        guards += ["except TypeError:", f"    return {general}"]
    if op.combines:
        arrays = ", ".join(f"{a}_" for a in args)
        guards += ["except ValueError as error:", f"    raise refusal(OP, ({arrays}), error) from None"]
    lines += ["try:", "    " + computed, *guards] if guards else [computed]
    if op.elementwise:
        if nondiff_needs_equal_types(op):
            lines.append(f"if {args[0]}_.dtype is not {args[1]}_.dtype: return {general}")
        elif not op.nondiff:
            test = " or ".join(f"out.dtype is not {a}_.dtype" for a in op.promoted)
            lines.append(f"if {test}: return {general}")
    lines.append("if out.__class__ is not xp.array_type: out = xp.asarray(out)")
    if op.view:
        lines.append(f"return finish(OP, ({', '.join(args)},), dict({passed}), out, xp)")
        return lines
    lines.append("t = new(Tensor); t._data = out; t.backend = xp; t.alias = None")
    able = op.differentiable
    if op.nondiff or not able:
        return [*lines, "t.node = None", "return t"]
    for a in able:
        lines.append(f"if {a}.alias is not None and {a}.alias.base is not None: n_{a} = current_node({a})")
    lines.append("if " + " and ".join(f"n_{a} is None" for a in able) + ":")
    lines += ["    t.node = None", "    return t"]
    lines += ["mode = get_mode()", "if mode is not None and not mode.grad:", "    t.node = None", "    return t"]
    lines += ["t.node = node = new(Node)", "node.backend = xp; node.extra = None; node.seq = next_number()"]
    lines += _record_lines(op, able, scope)
    lines += ["if mode is not None: special(node, mode)", "return t"]
    return lines


def nondiff_needs_equal_types(op: Op) -> bool:
    return op.nondiff is True and len(op.args) == 2


def _record_lines(op: Op, able: tuple[str, ...], scope: dict[str, Any]) -> list[str]:
    """Lines that fill in record, parents and saved values, one branch for each choice of inputs needing a gradient."""
    lines: list[str] = []
    branches = range(1, 2 ** len(able))
    for bits in sorted(branches, key=lambda bits: -bits.bit_count()):
        chosen = [a for index, a in enumerate(able) if bits >> index & 1]
        record = op.record_for(tuple(a in chosen for a in op.args))
        key = f"RECORD_{bits}"
        scope[key] = record
        values = []
        for name in record.names:
            argument, _, attribute = name.rpartition("_")
            is_static = attribute in ("shape", "dtype") and argument in op.args and name not in op.args
            values.append(f"{argument}_.{attribute}" if is_static else name)
        tensors = [name for name in record.names if name in op.args]
        block = [f"node.record = {key}", f"node.parents = ({', '.join('n_' + a for a in chosen)},)"]
        block.append(f"node.saved = ({', '.join(values)}{',' if values else ''})")
        if tensors:
            seen = ", ".join(
                f"0 if {n}.alias is None else {n}.alias.cell.version" if n in op.args else "0" for n in record.names
            )
            block.append("if " + " and ".join(f"{a}.alias is None" for a in tensors) + ": node.versions = None")
            block.append(f"else: node.versions = ({seen},)")
        else:
            block.append("node.versions = None")
        if op.elementwise and len(op.args) > 1:
            same = " and ".join(f"{a}_.shape == out.shape" for a in chosen)
            block.append(f"node.shapes = None if {same} else ({', '.join(a + '_.shape' for a in chosen)},)")
        else:
            block.append("node.shapes = None")
        if len(able) == 1:
            return [line for text in block for line in text.split("\n")]
        condition = " and ".join(f"n_{a} is not None" for a in chosen)
        lines.append(f"{'if' if not lines else 'elif'} {condition}:")
        lines += ["    " + line for text in block for line in text.split("\n")]
    return lines


def compile_backward(record: Record) -> Callable:
    """`backward(xp, g, node)`: the gradients of the inputs that need one, as raw arrays."""
    op = record.op
    scope: dict[str, Any] = {}
    lines = ["def backward(xp, g, node):"]
    names = record.names
    if names:
        lines += ["    saved = node.saved", "    if saved.__class__ is not tuple: saved = reopen(node)"]
        lines.append(f"    ({', '.join('s_' + name for name in names)},) = saved")
        tensors = [name for name in names if name in op.args]
        checks = [
            f"(s_{name}.alias is not None and s_{name}.alias.cell.version != "
            f"(0 if node.versions is None else node.versions[{names.index(name)}]))"
            for name in tensors
        ]
        if record.saves_out:
            checks.append("node.extra is not None")
        if checks:
            lines.append(f"    if {' or '.join(checks)}: verify(node)" if not op.optional else "    verify(node)")
    calls = []
    for name, need in zip(op.args, record.needs, strict=True):
        if need:
            rule = op.rules[name]
            scope[f"rule_{name}"] = rule
            asked = list(inspect.signature(rule).parameters)[2:]
            values = [f"s_{n}{_data(op, n)}" for n in asked]
            calls.append(f"rule_{name}({', '.join(['xp', 'g', *values])})")
    lines.append(f"    return ({', '.join(calls)},)")
    return _compile("backward", "\n".join(lines), scope)


def _data(op: Op, name: str) -> str:
    if name not in op.args:
        return ""
    return f"._data if s_{name} is not None else None" if name in op.optional else "._data"
