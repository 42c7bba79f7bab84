"""Optimizer: parameter groups, state, saving and loading; the subclasses add the rule for one parameter."""

from __future__ import annotations

import functools
import itertools
import warnings
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

import autograd
from autograd import Tensor
from autograd.alias import bump
from autograd.engine import TensorBase, engine
from autograd.tensor import RemovableHandle
from optim.common import real_view

Params = Iterable[Any]

_GLOBAL_PRE: dict[int, Callable] = OrderedDict()
_GLOBAL_POST: dict[int, Callable] = OrderedDict()
_HOOKS = (
    "_optimizer_step_pre_hooks", "_optimizer_step_post_hooks", "_optimizer_state_dict_pre_hooks",
    "_optimizer_state_dict_post_hooks", "_optimizer_load_state_dict_pre_hooks", "_optimizer_load_state_dict_post_hooks",
)  # fmt: skip


class _Required:
    def __repr__(self) -> str:
        return "<required parameter>"


required = _Required()


class Optimizer:
    """Base of all optimizers: holds groups of parameters with their options, and a state for each parameter.

    A subclass hands its options to `__init__` as `defaults` and writes either `step`, or `update`, which is called with
    raw arrays for every parameter that has a gradient, after `begin` has once filled the parameter's state.

    Parameters
    ----------
    params : parameters, (name, parameter) pairs, or dictionaries with `params` and options of their own
    defaults : the options of groups that do not say otherwise

    Raises
    ------
    TypeError
        If `params` is a single tensor.
    ValueError
        If there are no parameters, or `differentiable=True` is asked for.
    RuntimeError
        If both `fused` and `foreach` are asked for.
    """

    splits_complex = True  # whether `update` takes complex numbers as pairs of real ones

    def __init__(self, params: Params, defaults: dict[str, Any]):
        if isinstance(params, TensorBase):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, but got "
                f"{type(params).__name__}"
            )
        if defaults.get("differentiable"):
            raise ValueError(f"{type(self).__name__}: differentiable=True is not supported; write the update by hand")
        if defaults.get("fused") and defaults.get("foreach"):
            raise RuntimeError(f"{type(self).__name__}: `fused` and `foreach` cannot be `True` together; give one")
        self.defaults = defaults
        self.state: defaultdict[Tensor, dict[str, Any]] = defaultdict(dict)
        self.param_groups: list[dict[str, Any]] = []
        self._prepare()
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def _prepare(self) -> None:
        """What is not saved: hooks, scratch memory, whether a step was taken."""
        for name in _HOOKS:
            self.__dict__.setdefault(name, OrderedDict())
        self._scratch: dict[tuple, Any] = {}
        self._opt_called = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "step" in cls.__dict__ and not hasattr(cls.step, "hooked"):
            cls.step = _hooked(cls.step)  # type: ignore[method-assign]

    def __getstate__(self) -> dict[str, Any]:
        return {"defaults": self.defaults, "state": self.state, "param_groups": self.param_groups}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._prepare()
        for group in self.param_groups:
            for name, value in self.defaults.items():
                group.setdefault(name, value)

    def __repr__(self) -> str:
        text = type(self).__name__ + " ("
        for number, group in enumerate(self.param_groups):
            text += f"\nParameter Group {number}\n"
            text += "".join(f"    {key}: {group[key]}\n" for key in sorted(group) if key != "params")
        return text + ")"

    # --- parameters ---

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Add parameters with options of their own; options that are not given are the optimizer's defaults.

        Raises
        ------
        TypeError
            If the group is no dictionary, or its parameters are a set or no tensors.
        ValueError
            If a parameter was computed, belongs to another group, or a required option is missing.
        """
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        given = param_group["params"]
        if isinstance(given, set):
            raise TypeError(
                "optimizer parameters need to be organized in ordered collections, but the ordering of tensors in sets "
                "will change between runs. Please use a list instead."
            )
        params = [given] if isinstance(given, TensorBase) else list(given)
        group = dict(param_group)
        named = [isinstance(param, tuple) for param in params]
        if any(named):
            if not all(named):
                raise ValueError("all optimizer params should be with/without names. Some param names are missing")
            group["param_names"] = [name for name, _ in params]  # type: ignore[misc]
            params = [param for _, param in params]  # type: ignore[misc]
        for param in params:
            if not isinstance(param, TensorBase):
                raise TypeError(f"optimizer can only optimize Tensors, but one of the params is {type(param).__name__}")
            if not param.is_leaf:  # type: ignore[attr-defined]
                raise ValueError("can't optimize a non-leaf Tensor")
        for name, default in self.defaults.items():
            if default is required and name not in group:
                raise ValueError(f"parameter group didn't specify a value of required optimization parameter {name}")
            group.setdefault(name, default)
        identities = {id(param) for param in params}
        if len(identities) != len(params):
            warnings.warn("optimizer contains a parameter group with duplicate parameters", stacklevel=3)
        if any(id(param) in identities for other in self.param_groups for param in other["params"]):
            raise ValueError("some parameters appear in more than one parameter group")
        if self.param_groups and ("param_names" in group) != ("param_names" in self.param_groups[0]):
            raise ValueError("all optimizer param groups should be with/without names.")
        group["params"] = params
        self.param_groups.append(group)

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Drop the gradients of all parameters, or with `set_to_none=False` fill them with zeros."""
        for group in self.param_groups:
            for param in group["params"]:
                if set_to_none:
                    param.grad = None
                elif param.grad is not None:
                    param.grad = autograd.zeros_like(param.grad)

    # --- the step ---

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Update every parameter that has a gradient.

        Parameters
        ----------
        closure : computes the loss anew, calls `backward`, and returns it

        Returns
        -------
        What `closure` returned, else None.
        """
        loss = None
        if closure is not None:
            with autograd.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for param in group["params"]:
                gradient = param.grad
                if gradient is not None:
                    state = self.state[param]
                    if not state:
                        self.begin(state, param, group)
                    array, g = param._data, gradient._data
                    if array.dtype.kind == "c" and self.splits_complex:
                        array, g = real_view(array), real_view(g)
                    self.update(param.backend, array, g, state, group)
                    bump(param)
        return loss

    def begin(self, state: dict[str, Any], param: Tensor, group: dict[str, Any]) -> None:
        """Fill the state of a parameter before its first step."""

    def update(self, xp: Any, p: Any, g: Any, state: dict[str, Any], group: dict[str, Any]) -> None:
        """Change the raw array `p` in place, by its gradient `g`; complex arrays come as pairs of real numbers.

        Raises
        ------
        NotImplementedError
            Unless a subclass writes it, or `step`.
        """
        raise NotImplementedError(f"{type(self).__name__} has neither step() nor update()")

    def scratch(self, xp: Any, like: Any) -> Any:
        """Memory for intermediate values, shared by all arrays of one shape and type."""
        key = (xp, like.shape, like.dtype)
        found = self._scratch.get(key)
        if found is None:
            found = self._scratch[key] = xp.zeros_like(like)
        return found

    # --- saving and loading ---

    def state_dict(self) -> dict[str, Any]:
        """The state by parameter number, and the groups with numbers in place of parameters."""
        for hook in self._optimizer_state_dict_pre_hooks.values():  # type: ignore[attr-defined]
            hook(self)
        numbers: dict[int, int] = {}
        groups = []
        for group in self.param_groups:
            packed = {key: value for key, value in group.items() if key != "params"}
            packed["params"] = [numbers.setdefault(id(param), len(numbers)) for param in group["params"]]
            groups.append(packed)
        state = {
            numbers[id(key)] if isinstance(key, TensorBase) else key: value
            for key, value in self.state.items()
            if value
        }
        result: dict[str, Any] = {"state": state, "param_groups": groups}
        for hook in self._optimizer_state_dict_post_hooks.values():  # type: ignore[attr-defined]
            replaced = hook(self, result)
            result = result if replaced is None else replaced
        return result

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Continue from what `state_dict` returned, here or in PyTorch; tensors are copied to the parameters' devices.

        Raises
        ------
        ValueError
            If the groups' numbers of parameters differ. The optimizer then is as it was.
        """
        state_dict = dict(state_dict)
        for hook in self._optimizer_load_state_dict_pre_hooks.values():  # type: ignore[attr-defined]
            replaced = hook(self, state_dict)
            state_dict = state_dict if replaced is None else replaced
        for key in ("state", "param_groups"):
            if key not in state_dict:
                raise ValueError(f"optimizer state_dict has no {key!r}; it has {', '.join(map(repr, state_dict))}")
        saved = state_dict["param_groups"]
        if len(saved) != len(self.param_groups):
            raise ValueError(
                f"loaded state dict has a different number of parameter groups: {len(saved)}, the optimizer has "
                f"{len(self.param_groups)}"
            )
        for number, (old, new) in enumerate(zip(saved, self.param_groups, strict=True)):
            if len(old["params"]) != len(new["params"]):
                raise ValueError(
                    "loaded state dict contains a parameter group that doesn't match the size of optimizer's group: "
                    f"group {number} has {len(old['params'])} parameters, the optimizer's {len(new['params'])}"
                )
        keys = itertools.chain.from_iterable(group["params"] for group in saved)
        params = itertools.chain.from_iterable(group["params"] for group in self.param_groups)
        owner = dict(zip(keys, params, strict=True))
        state: defaultdict[Any, dict[str, Any]] = defaultdict(dict)
        for key, value in state_dict["state"].items():
            param = owner.get(key)
            state[key if param is None else param] = _fitted(value, param)
        groups = []
        for old, new in zip(saved, self.param_groups, strict=True):
            packed = {key: deepcopy(value) for key, value in old.items() if key != "params"}
            if "param_names" in new:
                packed["param_names"] = new["param_names"]
            groups.append({**packed, "params": new["params"]})
        hooks = {name: self.__dict__[name] for name in _HOOKS}
        self.__setstate__({"state": state, "param_groups": groups, **hooks})
        for hook in self._optimizer_load_state_dict_post_hooks.values():  # type: ignore[attr-defined]
            hook(self)

    # --- hooks ---

    def register_step_pre_hook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(optimizer, args, kwargs)` before each step; it may return new (args, kwargs)."""
        return RemovableHandle(self._optimizer_step_pre_hooks, hook)  # type: ignore[attr-defined]

    def register_step_post_hook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(optimizer, args, kwargs)` after each step."""
        return RemovableHandle(self._optimizer_step_post_hooks, hook)  # type: ignore[attr-defined]

    def _register(self, name: str, hook: Callable, prepend: bool) -> RemovableHandle:
        hooks = self.__dict__[name]
        handle = RemovableHandle(hooks, hook)
        if prepend:
            hooks.move_to_end(handle.id, last=False)
        return handle

    def register_state_dict_pre_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Call `hook(optimizer)` before `state_dict`."""
        return self._register("_optimizer_state_dict_pre_hooks", hook, prepend)

    def register_state_dict_post_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Call `hook(optimizer, state_dict)` after `state_dict`; what it returns replaces the result."""
        return self._register("_optimizer_state_dict_post_hooks", hook, prepend)

    def register_load_state_dict_pre_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Call `hook(optimizer, state_dict)` before a load; what it returns is loaded instead."""
        return self._register("_optimizer_load_state_dict_pre_hooks", hook, prepend)

    def register_load_state_dict_post_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Call `hook(optimizer)` after a load."""
        return self._register("_optimizer_load_state_dict_post_hooks", hook, prepend)


def _hooked(step: Callable) -> Callable:
    """`step` without recording, with the hooks around it, and a note for the schedules that it was called."""

    @functools.wraps(step)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        self = args[0]  # hooks see it among the arguments, as PyTorch's do
        self._opt_called = True
        if not hasattr(self, "_optimizer_step_pre_hooks"):  # a wrapper of another optimizer that never called __init__
            return step(*args, **kwargs)
        pre, post = self._optimizer_step_pre_hooks, self._optimizer_step_post_hooks
        if not (pre or post or _GLOBAL_PRE or _GLOBAL_POST):
            return step(*args, **kwargs)
        for hook in (*_GLOBAL_PRE.values(), *pre.values()):
            replaced = hook(self, args, kwargs)
            if replaced is not None:
                if not (isinstance(replaced, tuple) and len(replaced) == 2):
                    raise RuntimeError(f"a step pre hook must return None or (args, kwargs), but got {replaced}.")
                args, kwargs = replaced
        result = step(*args, **kwargs)
        for hook in (*post.values(), *_GLOBAL_POST.values()):
            hook(self, args, kwargs)
        return result

    wrapped.hooked = True  # type: ignore[attr-defined]
    return wrapped


Optimizer.step = _hooked(Optimizer.step)  # type: ignore[method-assign]


def register_optimizer_step_pre_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(optimizer, args, kwargs)` before each step of every optimizer."""
    return RemovableHandle(_GLOBAL_PRE, hook)


def register_optimizer_step_post_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(optimizer, args, kwargs)` after each step of every optimizer."""
    return RemovableHandle(_GLOBAL_POST, hook)


def _fitted(value: Any, param: Any, key: Any = None) -> Any:
    """A copy of a saved state for `param`: its device and, for floating parameters, its type; `step` stays as it is."""
    if isinstance(value, TensorBase):
        backend, array = value.backend, value._data
        if param is None or key == "step":
            return engine.wrap(backend.copy(array), backend)
        target = param.backend
        array = backend.copy(array) if target is backend else target.from_numpy(backend.to_numpy(array))
        kind = target.dtype_of(param._data)
        if (kind.is_floating_point or kind.is_complex) and array.dtype != param._data.dtype:
            array = target.astype(array, kind)
        return engine.wrap(array, target)
    if isinstance(value, dict):
        return {name: _fitted(part, param, name) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_fitted(part, param) for part in value)
    return value
