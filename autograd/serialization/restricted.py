"""Reading a pickle without running code: an interpreter of its opcodes that builds plain values and what was allowed.

Python's own unpickler, even with a guarded `find_class`, calls what it finds on its stack and sizes its memo by numbers
in the file. This one calls only what the caller's `find` returned, keeps its memo in a dictionary, hashes flat keys only
(nested tuples can take exponential time), and needs time and memory in proportion to the file.
"""

from __future__ import annotations

import pickle
import pickletools
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from autograd.engine import TensorBase

_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_EMPTY = {"EMPTY_LIST": list, "EMPTY_DICT": dict, "EMPTY_SET": set, "EMPTY_TUPLE": tuple}
_VALUES = {
    "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT", "STRING", "BINSTRING",
    "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8", "BINBYTES", "SHORT_BINBYTES",
    "BINBYTES8",
}  # fmt: skip
_TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}


class _Unknown:
    """In place of a value that was not made, while a file is only looked through."""

    def __init__(self, *args: Any):
        pass


class Interpreter:
    """One pass over a pickle.

    Parameters
    ----------
    data : the pickle
    find : gives the class or function for a full name, or raises KeyError
    persistent : gives the object for a persistent id
    """

    def __init__(self, data: Any, find: Callable[[str], Any], persistent: Callable[[Any], Any]):
        self.data, self.find, self.persistent = data, find, persistent
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: dict[int, Any] = {}
        self.found: set[int] = set()
        self.refused: list[str] = []
        self.looking = False

    def run(self) -> Any:
        """The object that the pickle describes.

        Raises
        ------
        pickle.UnpicklingError
            If it names what is not allowed, or uses what plain values do not need.
        RuntimeError
            If it is damaged.
        """
        result = self._result()
        if self.refused:
            # One more pass, so that the message has all the names.
            names = unknown_globals(self.data, self.find)
            raise pickle.UnpicklingError(
                f"load: the file asks for {', '.join(names)}, which may run code. If you trust it, allow the classes by "
                f"name with autograd.serialization.safe_globals([{', '.join(n.rpartition('.')[2] for n in names)}]), or "
                "load with weights_only=False."
            )
        return result

    def _result(self) -> Any:
        try:
            for opcode, argument, _ in pickletools.genops(self.data):
                if opcode.name == "STOP":
                    return self.stack.pop()
                self._step(opcode.name, argument)
                if self.refused and not self.looking:
                    return None
        except (pickle.UnpicklingError, MemoryError):
            raise
        except Exception as error:
            if isinstance(error, RuntimeError) and str(error).startswith("load: "):  # it says what is wrong
                raise
            raise RuntimeError(f"load: the pickle in the file is damaged ({error})") from None

    def _step(self, name: str, argument: Any) -> None:
        stack = self.stack
        if name in _VALUES:
            stack.append(argument)
        elif name in _CONSTANTS:
            stack.append(_CONSTANTS[name])
        elif name in _EMPTY:
            stack.append(_EMPTY[name]())
        elif name in _TUPLES:
            count = _TUPLES[name]
            if len(stack) < count:
                raise ValueError("a tuple of more values than there are")
            stack[-count:] = [tuple(stack[-count:])]
        elif name in ("PUT", "BINPUT", "LONG_BINPUT"):
            self.memo[argument] = stack[-1]
        elif name in ("GET", "BINGET", "LONG_BINGET"):
            stack.append(self.memo[argument])
        elif name not in ("PROTO", "FRAME"):
            action = getattr(self, f"_{name.lower()}", None)
            if action is None:
                raise pickle.UnpicklingError(f"load: the pickle's opcode {name} is not allowed; load with "
                                             "weights_only=False if you trust the file")  # fmt: skip
            action(argument)

    def _memoize(self, _: Any) -> None:
        self.memo[len(self.memo)] = self.stack[-1]

    def _mark(self, _: Any) -> None:
        self.marks.append(len(self.stack))

    def _to_mark(self) -> list[Any]:
        start = self.marks.pop()
        values = self.stack[start:]
        del self.stack[start:]
        return values

    def _pop(self, _: Any) -> None:
        self.stack.pop()

    def _pop_mark(self, _: Any) -> None:
        self._to_mark()

    def _tuple(self, _: Any) -> None:
        self.stack.append(tuple(self._to_mark()))

    def _list(self, _: Any) -> None:
        self.stack.append(self._to_mark())

    def _dict(self, _: Any) -> None:
        values = self._to_mark()
        self.stack.append({})
        self._set(values)

    def _frozenset(self, _: Any) -> None:
        self.stack.append(frozenset(map(_key, self._to_mark())))

    def _bytearray8(self, argument: Any) -> None:
        self.stack.append(bytearray(argument))

    def _append(self, _: Any) -> None:
        value = self.stack.pop()
        self._extend([value])

    def _appends(self, _: Any) -> None:
        values = self._to_mark()
        self._extend(values)

    def _extend(self, values: list[Any]) -> None:
        target = self.stack[-1]
        if not isinstance(target, _Unknown):
            target.extend(values)

    def _additems(self, _: Any) -> None:
        values = self._to_mark()
        self.stack[-1].update(map(_key, values))

    def _setitem(self, _: Any) -> None:
        value, key = self.stack.pop(), self.stack.pop()
        self._set([key, value])

    def _setitems(self, _: Any) -> None:
        values = self._to_mark()
        self._set(values)

    def _set(self, values: list[Any]) -> None:
        target = self.stack[-1]
        if len(values) % 2:
            raise ValueError("a key without a value")
        for key, value in zip(values[::2], values[1::2], strict=True):
            if not isinstance(target, _Unknown):
                target[_key(key)] = value

    def _global(self, argument: str) -> None:
        self._push_global(argument.replace(" ", ".", 1))

    def _stack_global(self, _: Any) -> None:
        name, module = self.stack.pop(), self.stack.pop()
        if not (isinstance(name, str) and isinstance(module, str)):
            raise ValueError("a name that is no string")
        self._push_global(f"{module}.{name}")

    def _push_global(self, name: str) -> None:
        try:
            item = self.find(name)
        except KeyError:
            self.refused.append(name)
            item = _Unknown
        self.found.add(id(item))
        self.stack.append(item)

    def _reduce(self, _: Any) -> None:
        arguments, function = self.stack.pop(), self.stack.pop()
        self._call(function, arguments, {})

    def _newobj(self, _: Any) -> None:
        arguments, kind = self.stack.pop(), self.stack.pop()
        self._make(kind, arguments, {})

    def _newobj_ex(self, _: Any) -> None:
        options, arguments, kind = self.stack.pop(), self.stack.pop(), self.stack.pop()
        self._make(kind, arguments, options)

    def _make(self, kind: Any, arguments: tuple, options: dict) -> None:
        if not isinstance(kind, type):
            raise ValueError("an instance of what is no class")
        self._call(kind, arguments, options, kind.__new__)

    def _call(self, function: Any, arguments: Any, options: dict, make: Any = None) -> None:
        if self.looking:
            self.stack.append(_Unknown())
            return
        # A callable that the file has built itself is not on the list; tensors are made from stored arrays alone.
        is_tensor = isinstance(function, type) and issubclass(function, TensorBase)
        if id(function) not in self.found or is_tensor or not isinstance(arguments, tuple):
            raise pickle.UnpicklingError("load: the file calls something else than what it names")
        if function in (dict, OrderedDict, frozenset, set) or _is_mapping(function):
            self.stack.append(_collection(function, arguments))
        elif make is None:
            self.stack.append(function(*arguments, **options))
        else:
            self.stack.append(make(function, *arguments, **options))

    def _build(self, _: Any) -> None:
        state = self.stack.pop()
        target = self.stack[-1]
        if isinstance(target, _Unknown) or self.looking:
            return
        if id(type(target)) not in self.found:
            raise pickle.UnpicklingError(f"load: the file changes a {type(target).__name__} that it did not make")
        if type(target) is OrderedDict:  # a state dict carries its version so
            target.__dict__.update({"_metadata": state["_metadata"]} if "_metadata" in state else {})
        elif hasattr(target, "__setstate__"):
            target.__setstate__(state)
        else:
            values, slots = state if isinstance(state, tuple) and len(state) == 2 else (state, None)
            for name, value in (values or {}).items():
                target.__dict__[name] = value
            for name, value in (slots or {}).items():
                setattr(target, name, value)

    def _binpersid(self, _: Any) -> None:
        identity = self.stack.pop()
        self.stack.append(_Unknown() if self.looking else self.persistent(identity))


def _is_mapping(item: Any) -> bool:
    """Whether an allowed name is a kind of dictionary, whose keys the interpreter looks at itself."""
    return isinstance(item, type) and issubclass(item, dict)


def _collection(kind: Any, arguments: tuple) -> Any:
    """A dictionary or a set from a pickle's arguments, its keys looked at."""
    if not arguments:
        return kind()
    if callable(arguments[0]) or arguments[0] is None:  # a defaultdict's factory
        return kind(arguments[0])
    entries = arguments[0]
    if _is_mapping(kind):
        pairs = entries.items() if isinstance(entries, dict) else entries
        return kind({_key(key): value for key, value in pairs})
    return kind(map(_key, entries))


def _key(value: Any) -> Any:
    """A key or an element of a set that is quick to hash."""
    parts = value if isinstance(value, tuple) else (value,)
    for part in parts:
        if isinstance(part, (tuple, frozenset)):
            raise pickle.UnpicklingError("load: the file has a nested tuple for a key, which is not allowed")
    return value


def unknown_globals(data: Any, find: Callable[[str], Any]) -> list[str]:
    """The names in a pickle that `find` does not know, in their order, with nothing built or called."""
    machine = Interpreter(data, find, _Unknown)
    machine.looking = True
    machine._result()
    return list(dict.fromkeys(machine.refused))
