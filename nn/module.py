"""Module: the base of all layers. Attributes that are parameters, buffers or modules are kept by name."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Self

import autograd
from autograd import Tensor
from autograd._lazy import UnknownNameError
from autograd.engine import TensorBase
from nn.module_conversion import ModuleConversion
from nn.module_hooks import (
    GLOBAL_BACKWARD,
    GLOBAL_BACKWARD_PRE,
    GLOBAL_BUFFER,
    GLOBAL_FORWARD,
    GLOBAL_FORWARD_PRE,
    GLOBAL_MODULE,
    GLOBAL_PARAMETER,
    ModuleHooks,
    registered,
    reserve_ids,
)  # fmt: skip
from nn.module_state import ModuleState
from nn.module_tree import ModuleTree
from nn.parameter import Buffer, Parameter

_TABLES = ("_parameters", "_buffers", "_modules")
_HOOKS = (
    "_forward_pre_hooks", "_forward_pre_hooks_with_kwargs", "_forward_hooks", "_forward_hooks_with_kwargs",
    "_forward_hooks_always_called", "_backward_pre_hooks", "_backward_hooks", "_state_dict_pre_hooks",
    "_state_dict_hooks", "_load_state_dict_pre_hooks", "_load_state_dict_post_hooks",
)  # fmt: skip


class Module(ModuleTree, ModuleHooks, ModuleState, ModuleConversion):
    """The base class of all neural network modules: subclass it, assign layers in `__init__`, write `forward`.

    Raises
    ------
    TypeError
        For arguments, which a module does not take.

    Examples
    --------
    >>> import autograd, nn
    >>> class Net(nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.hidden = nn.Linear(4, 8)
    ...         self.out = nn.Linear(8, 2)
    ...     def forward(self, x):
    ...         return self.out(self.hidden(x).relu())
    >>> Net()(autograd.ones(3, 4)).shape
    autograd.Size([3, 2])
    """

    training: bool
    dump_patches = False
    call_super_init = False  # whether the next class in line gets the constructor's arguments

    def __init__(self, *args: Any, **kwargs: Any):
        if (args or kwargs) and not self.call_super_init:
            raise TypeError(f"{type(self).__name__}.__init__() got arguments that Module does not take")
        fields = self.__dict__
        fields["training"] = True
        for name in (*_TABLES, *_HOOKS):
            fields[name] = OrderedDict() if name in _HOOKS else {}
        fields["_non_persistent_buffers_set"] = set()
        if self.call_super_init:
            super().__init__(*args, **kwargs)

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Compute the output; every subclass defines it.

        Raises
        ------
        NotImplementedError
            Unless overridden.
        """
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run `forward`, with the hooks around it.

        Raises
        ------
        TypeError
            If something else comes where a tensor is needed, such as an array of NumPy.
        """
        try:
            if (
                self._forward_hooks or self._forward_pre_hooks or self._backward_hooks or self._backward_pre_hooks
                or GLOBAL_FORWARD or GLOBAL_FORWARD_PRE or GLOBAL_BACKWARD or GLOBAL_BACKWARD_PRE
            ):  # fmt: skip
                return self._call_with_hooks(args, kwargs)
            return self.forward(*args, **kwargs)
        except AttributeError as error:
            if error.name != "_data":  # which only tensors have
                raise
            kind = type(error.obj).__name__
            raise TypeError(
                f"{self._get_name()}: expected a Tensor, not {kind}; make one with autograd.tensor"
            ) from None

    # --- attributes ---

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__
        for table in _TABLES:
            members = fields.get(table)
            if members is not None and name in members:
                return members[name]
        raise UnknownNameError(f"'{type(self).__name__}' object", name, lambda: dir(self))

    def __setattr__(self, name: str, value: Any) -> None:
        fields = self.__dict__
        if isinstance(value, Parameter):
            self._forget(name, "parameters")
            self.register_parameter(name, value)
        elif isinstance(value, Module):
            if name in fields.get("_parameters", ()):
                raise TypeError(f"cannot assign '{_type_name(value)}' as {_EXPECTED['_parameters'].format(name)}")
            self._forget(name, "module")
            self._modules[name] = registered(GLOBAL_MODULE, self, name, value)
        elif isinstance(value, Buffer):
            self._forget(name, "buffer")
            self.register_buffer(name, value, value.persistent)
        else:
            for table, expected in _EXPECTED.items():
                if name in fields.get(table, ()):
                    if value is not None and not (table == "_buffers" and isinstance(value, TensorBase)):
                        raise TypeError(f"cannot assign '{_type_name(value)}' as {expected.format(name)}")
                    fields[table][name] = value
                    return
            object.__setattr__(self, name, value)

    def _forget(self, name: str, kind: str) -> None:
        """Take the name away from what it stood for."""
        fields = self.__dict__
        if "_parameters" not in fields:
            raise AttributeError(f"cannot assign {kind} before Module.__init__() call")
        fields.pop(name, None)
        for table in _TABLES:
            if not (table == "_modules" and kind == "module") and not (table == "_parameters" and kind == "parameters"):
                fields[table].pop(name, None)
        self._non_persistent_buffers_set.discard(name)

    def __delattr__(self, name: str) -> None:
        for table in _TABLES:
            if name in self.__dict__.get(table, ()):
                del self.__dict__[table][name]
                self._non_persistent_buffers_set.discard(name)
                return
        object.__delattr__(self, name)

    def __dir__(self) -> list[str]:
        names = {*dir(type(self)), *self.__dict__, *self._parameters, *self._buffers, *self._modules}
        return sorted(name for name in names if not name[0].isdigit())

    def _check_name(self, name: Any, kind: str, table: str) -> None:
        """Refuse what cannot be the name of a new parameter, buffer or module.

        Raises
        ------
        TypeError
            If it is no string.
        KeyError
            If it is empty, has a dot, or is taken.
        """
        if "_parameters" not in self.__dict__:
            raise AttributeError(f"cannot assign {kind} before Module.__init__() call")
        if not isinstance(name, str):
            raise TypeError(f"{kind} name should be a string. Got {_type_name(name)}")
        if "." in name:
            raise KeyError(f'{kind} name can\'t contain ".", got: {name!r}')
        if name == "":
            raise KeyError(f'{kind} name can\'t be empty string ""')
        if hasattr(self, name) and name not in self.__dict__[table]:
            raise KeyError(f"attribute '{name}' already exists")

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Add a parameter, or with None the place of one that is absent.

        Raises
        ------
        TypeError
            If it is neither.
        ValueError
            If it was computed from other tensors.
        KeyError
            If the name is empty, has a dot, or is taken.
        """
        self._check_name(name, "parameter", "_parameters")
        if param is not None and not isinstance(param, Parameter):
            raise TypeError(
                f"cannot assign '{_type_name(param)}' object to parameter '{name}' (nn.Parameter or None required)"
            )
        if param is not None and not param.is_leaf:
            raise ValueError(
                f"Cannot assign non-leaf Tensor to parameter '{name}'. Model parameters must be created explicitly. To "
                f"express '{name}' as a function of another Tensor, compute the value in the forward() method."
            )
        self._parameters[name] = registered(GLOBAL_PARAMETER, self, name, param)

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Add a tensor that belongs to the module's state but is not trained.

        Parameters
        ----------
        name : the attribute it becomes
        tensor : the buffer, or None
        persistent : whether it is part of the `state_dict`

        Raises
        ------
        TypeError
            If it is no tensor.
        KeyError
            If the name is empty, has a dot, or is taken.
        """
        self._check_name(name, "buffer", "_buffers")
        if tensor is not None and not isinstance(tensor, TensorBase):
            raise TypeError(f"cannot assign '{_type_name(tensor)}' object to buffer '{name}' (Tensor or None required)")
        self._buffers[name] = registered(GLOBAL_BUFFER, self, name, tensor)
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def add_module(self, name: str, module: Module | None) -> None:
        """Add a child.

        Raises
        ------
        TypeError
            If it is no Module.
        KeyError
            If the name is empty, has a dot, or is taken.
        """
        if module is not None and not isinstance(module, Module):
            raise TypeError(f"{_type_name(module)} is not a Module subclass")
        self._check_name(name, "module", "_modules")
        self._modules[name] = registered(GLOBAL_MODULE, self, name, module)

    register_module = add_module

    # --- what is done to the whole tree ---

    def apply(self, fn: Callable[[Module], None]) -> Self:
        """Call `fn` on every module, children before their parents."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def train(self, mode: bool = True) -> Self:
        """Set training mode, which dropout and batch normalization heed.

        Raises
        ------
        ValueError
            If `mode` is no bool.
        """
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for child in self.children():
            child.train(mode)
        return self

    def eval(self) -> Self:
        """Set evaluation mode."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Switch the recording of all parameters on or off."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Drop the gradients of all parameters, or with `set_to_none=False` fill them with zeros."""
        for parameter in self.parameters():
            if parameter.grad is None:
                continue
            parameter.grad = None if set_to_none else autograd.zeros_like(parameter.grad)

    # --- text, copies ---

    def _get_name(self) -> str:
        return type(self).__name__

    def extra_repr(self) -> str:
        """What the module's repr says about its settings; to be overridden."""
        return ""

    def __repr__(self) -> str:
        extra = self.extra_repr()
        lines = extra.split("\n") if extra else []
        children = [f"({name}): " + repr(child).replace("\n", "\n  ") for name, child in self._modules.items()]
        if len(lines) == 1 and not children:
            return f"{self._get_name()}({extra})"
        body = "".join(f"\n  {line}" for line in lines + children)
        return f"{self._get_name()}({body}\n)" if body else f"{self._get_name()}()"

    def __getstate__(self) -> dict[str, Any]:
        # A weight that a hook computes is a result; its copy is detached, and computed again in the next call.
        return {name: _detached(value) for name, value in self.__dict__.items()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        for name in _HOOKS:  # a pickle of an older version may lack some
            reserve_ids(self.__dict__.setdefault(name, OrderedDict()))
        self.__dict__.setdefault("_non_persistent_buffers_set", set())


_EXPECTED = {
    "_parameters": "parameter '{}' (nn.Parameter or None expected)",
    "_modules": "child module '{}' (nn.Module or None expected)",
    "_buffers": "buffer '{}' (nn.Buffer, autograd.Tensor or None expected)",
}


def _detached(value: Any) -> Any:
    return value.detach() if isinstance(value, Tensor) and not value.is_leaf else value


def _type_name(value: Any) -> str:
    kind = type(value)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
