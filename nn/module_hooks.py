"""Hooks of a module: around its call, and around the backward pass through it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from autograd.engine import TensorBase
from autograd.function import Function
from autograd.grad_mode import is_grad_enabled
from autograd.tensor import RemovableHandle

# Hooks that run for every module, as the functions register_module_* at the end of the file register them.
GLOBAL_FORWARD_PRE: dict[int, Callable] = OrderedDict()
GLOBAL_FORWARD: dict[int, Callable] = OrderedDict()
GLOBAL_FORWARD_WITH_KWARGS: dict[int, bool] = {}
GLOBAL_FORWARD_ALWAYS: dict[int, bool] = {}
GLOBAL_BACKWARD_PRE: dict[int, Callable] = OrderedDict()
GLOBAL_BACKWARD: dict[int, Callable] = OrderedDict()
# Hooks that see, and may replace, what modules are given: parameters, buffers, modules.
GLOBAL_PARAMETER: dict[int, Callable] = OrderedDict()
GLOBAL_BUFFER: dict[int, Callable] = OrderedDict()
GLOBAL_MODULE: dict[int, Callable] = OrderedDict()


def registered(hooks: dict[int, Callable], module: Any, name: str, value: Any) -> Any:
    """What the hooks of registration make of a value."""
    for hook in tuple(hooks.values()):
        replaced = hook(module, name, value)
        value = value if replaced is None else replaced
    return value


def _add(hooks: dict, hook: Callable, prepend: bool = False, *marks: dict) -> RemovableHandle:
    """Register a hook, and its id in each of the marks that say how it is to be called."""
    handle = _Handle(hooks, hook, marks)
    if prepend:
        hooks.move_to_end(handle.id, last=False)  # type: ignore[attr-defined]
    return handle


def reserve_ids(hooks: dict[int, Any]) -> None:
    """Let no new hook get the id of one that a pickle of another process brought."""
    RemovableHandle._next = max(RemovableHandle._next, *hooks, 0)


class _Handle(RemovableHandle):
    __slots__ = ("_marks",)

    def __init__(self, hooks: dict, hook: Callable, marks: tuple[dict, ...] = ()):
        super().__init__(hooks, hook)
        self._marks = marks
        for mark in marks:
            mark[self.id] = True

    def remove(self) -> None:
        super().remove()
        for mark in self._marks:
            mark.pop(self.id, None)


class _Bound:
    """A hook with its module as the first argument; in copies and pickles of the module with the copy."""

    def __init__(self, module: Any, hook: Callable):
        self.module, self.hook = module, hook

    def __call__(self, *args: Any) -> Any:
        return self.hook(self.module, *args)


class ModuleHooks:
    """Registering hooks, and the call of a module that has some."""

    _forward_pre_hooks: dict[int, Callable]
    _forward_pre_hooks_with_kwargs: dict[int, bool]
    _forward_hooks: dict[int, Callable]
    _forward_hooks_with_kwargs: dict[int, bool]
    _forward_hooks_always_called: dict[int, bool]
    _backward_pre_hooks: dict[int, Callable]
    _backward_hooks: dict[int, Callable]
    _state_dict_pre_hooks: dict[int, Callable]
    _state_dict_hooks: dict[int, Callable]
    _load_state_dict_pre_hooks: dict[int, Callable]
    _load_state_dict_post_hooks: dict[int, Callable]
    forward: Callable[..., Any]

    def register_forward_pre_hook(
        self, hook: Callable, *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, args)` before `forward`; what it returns replaces the arguments.

        With `with_kwargs` it is `hook(module, args, kwargs)`, which returns None or the pair of both.
        """
        marks = (self._forward_pre_hooks_with_kwargs,) if with_kwargs else ()
        return _add(self._forward_pre_hooks, hook, prepend, *marks)

    def register_forward_hook(
        self, hook: Callable, *, prepend: bool = False, with_kwargs: bool = False, always_call: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, args, output)` after `forward`; what it returns replaces the output.

        With `with_kwargs` it is `hook(module, args, kwargs, output)`; with `always_call` it runs also after an error.
        """
        marks = (self._forward_hooks_with_kwargs,) * with_kwargs + (self._forward_hooks_always_called,) * always_call
        return _add(self._forward_hooks, hook, prepend, *marks)

    def register_full_backward_pre_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Call `hook(module, grad_output)` when the output's gradient is known; what it returns replaces it."""
        return _add(self._backward_pre_hooks, hook, prepend)

    def register_full_backward_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Call `hook(module, grad_input, grad_output)` when the inputs' gradients are known; may replace the former."""
        return _add(self._backward_hooks, hook, prepend)

    register_backward_hook = register_full_backward_hook

    def register_state_dict_pre_hook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(module, prefix, keep_vars)` before the module's state is collected."""
        return _add(self._state_dict_pre_hooks, hook)

    def register_state_dict_post_hook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(module, state_dict, prefix, local_metadata)` after the module's state was collected."""
        return _add(self._state_dict_hooks, hook)

    _register_state_dict_hook = register_state_dict_post_hook

    def register_load_state_dict_pre_hook(self, hook: Callable) -> RemovableHandle:
        """Call the hook before the module's state is loaded.

        Its arguments are `(module, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys,
        error_msgs)`.
        """
        return _add(self._load_state_dict_pre_hooks, _Bound(self, hook))

    def _register_load_state_dict_pre_hook(self, hook: Callable, with_module: bool = False) -> RemovableHandle:
        return self.register_load_state_dict_pre_hook(hook) if with_module else _add(
            self._load_state_dict_pre_hooks, hook
        )  # fmt: skip

    def register_load_state_dict_post_hook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(module, incompatible_keys)` after the module's state was loaded; it may edit the two lists."""
        return _add(self._load_state_dict_post_hooks, hook)

    # --- the call ---

    def _call_with_hooks(self, args: tuple, kwargs: dict) -> Any:
        """`forward` with everything that is registered around it."""
        args, kwargs = self._run_pre_hooks(args, kwargs)
        called: set[int] = set()
        result = None
        try:
            backward_hooks = [*GLOBAL_BACKWARD.values(), *self._backward_hooks.values()]
            pre_hooks = [*GLOBAL_BACKWARD_PRE.values(), *self._backward_pre_hooks.values()]
            recorder = None
            if (backward_hooks or pre_hooks) and is_grad_enabled():
                recorder = _BackwardHooks(self, backward_hooks, pre_hooks)
                args = recorder.enter(args)
            result = self.forward(*args, **kwargs)
            for number, hook in (*GLOBAL_FORWARD.items(), *self._forward_hooks.items()):
                called.add(number)
                result = self._run_forward_hook(number, hook, args, kwargs, result)
            return result if recorder is None else recorder.leave(result)
        except Exception:
            always = GLOBAL_FORWARD_ALWAYS.keys() | self._forward_hooks_always_called.keys()
            for number, hook in (*GLOBAL_FORWARD.items(), *self._forward_hooks.items()):
                if number in always and number not in called:
                    self._run_forward_hook(number, hook, args, kwargs, result)
            raise

    def _run_pre_hooks(self, args: tuple, kwargs: dict) -> tuple[tuple, dict]:
        for number, hook in (*GLOBAL_FORWARD_PRE.items(), *self._forward_pre_hooks.items()):
            if number in self._forward_pre_hooks_with_kwargs:
                replaced = hook(self, args, kwargs)
                if replaced is not None:
                    if not (isinstance(replaced, tuple) and len(replaced) == 2):
                        raise RuntimeError(
                            f"forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got "
                            f"{replaced}."
                        )
                    args, kwargs = replaced
            else:
                replaced = hook(self, args)
                if replaced is not None:
                    args = replaced if isinstance(replaced, tuple) else (replaced,)
        return args, kwargs

    def _run_forward_hook(self, number: int, hook: Callable, args: tuple, kwargs: dict, result: Any) -> Any:
        with_kwargs = number in self._forward_hooks_with_kwargs or number in GLOBAL_FORWARD_WITH_KWARGS
        replaced = hook(self, args, kwargs, result) if with_kwargs else hook(self, args, result)
        return result if replaced is None else replaced


class _BackwardHooks:
    """One call's backward hooks: an identity on all inputs and one on all outputs, whose backward runs them."""

    def __init__(self, module: Any, hooks: list[Callable], pre_hooks: list[Callable]):
        self.module, self.hooks, self.pre_hooks = module, hooks, pre_hooks
        self.grad_output: tuple = ()
        self.positions: list[int] | None = None  # of the tensors among the inputs, None if none needs a gradient
        self.count = 0

    def enter(self, args: tuple) -> tuple:
        """The arguments, the tensors among them behind an identity."""
        self.count = len(args)
        positions = [i for i, arg in enumerate(args) if isinstance(arg, TensorBase)]
        if not any(args[i].requires_grad for i in positions):
            return args
        self.positions = positions
        passed = list(args)
        for i, tensor in zip(
            positions, ModuleBackward.apply(self._inputs_known, True, *(args[i] for i in positions)), strict=True
        ):
            passed[i] = tensor
        return tuple(passed)

    def leave(self, result: Any) -> Any:
        """The result, the tensors in it behind an identity."""
        parts = list(result) if isinstance(result, (list, tuple)) else [result]
        positions = [i for i, part in enumerate(parts) if isinstance(part, TensorBase)]
        if not any(parts[i].requires_grad for i in positions):
            return result
        self.outputs = positions, len(parts)
        for i, tensor in zip(
            positions, ModuleBackward.apply(self._outputs_known, False, *(parts[i] for i in positions)), strict=True
        ):
            parts[i] = tensor
        if not isinstance(result, (list, tuple)):
            return parts[0]
        return type(result)(*parts) if hasattr(result, "_fields") else type(result)(parts)

    def _outputs_known(self, gradients: tuple) -> tuple:
        positions, count = self.outputs
        full = _spread(gradients, positions, count)
        for hook in self.pre_hooks:
            replaced = hook(self.module, full)
            if replaced is not None:
                full = replaced if isinstance(replaced, tuple) else (replaced,)
                if len(full) != count:
                    raise RuntimeError(
                        f"Backward pre hook returned an invalid number of grad_output, got {len(full)}, expected {count}"
                    )
        self.grad_output = full
        if self.positions is None:
            for hook in self.hooks:
                replaced = hook(self.module, (None,) * self.count, full)
                if replaced is not None and replaced != (None,) * self.count:
                    raise RuntimeError(
                        "backward hook for Modules where no input requires gradient should always return None"
                    )
        return tuple(full[i] for i in positions)

    def _inputs_known(self, gradients: tuple) -> tuple:
        positions = self.positions or []
        full = _spread(gradients, positions, self.count)
        grad_output, self.grad_output = self.grad_output, ()
        for hook in self.hooks:
            replaced = hook(self.module, full, grad_output)
            if replaced is not None:
                full = replaced if isinstance(replaced, tuple) else (replaced,)
                if len(full) != self.count:
                    raise RuntimeError(
                        f"Backward hook returned an invalid number of grad_input, got {len(full)}, expected "
                        f"{self.count}"
                    )
        return tuple(full[i] for i in positions)


def _spread(values: tuple, positions: list[int], count: int) -> tuple:
    full: list[Any] = [None] * count
    for i, value in zip(positions, values, strict=True):
        full[i] = value
    return tuple(full)


class ModuleBackward(Function):
    """Tensors unchanged; in the backward pass `known(gradients)` sees, and may replace, all their gradients."""

    @staticmethod
    def forward(ctx: Any, known: Callable[[tuple], tuple], zeros: bool, *inputs: Any) -> Any:
        """The inputs, of whose gradients those that are missing are to be zeros or None."""
        ctx.set_materialize_grads(zeros)
        ctx.known = known
        passed = tuple(tensor.view_as(tensor) for tensor in inputs)
        ctx.mark_non_differentiable(
            *(out for out, tensor in zip(passed, inputs, strict=True) if not tensor.requires_grad)
        )
        return passed

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        """What `known` makes of the gradients."""
        return None, None, *ctx.known(gradients)


def register_module_forward_pre_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(module, args)` before the `forward` of every module."""
    return _add(GLOBAL_FORWARD_PRE, hook)


def register_module_forward_hook(
    hook: Callable, *, with_kwargs: bool = False, always_call: bool = False
) -> RemovableHandle:
    """Call `hook(module, args, output)` after the `forward` of every module.

    With `with_kwargs` it is `hook(module, args, kwargs, output)`; with `always_call` it runs also after an error.
    """
    marks = (GLOBAL_FORWARD_WITH_KWARGS,) * with_kwargs + (GLOBAL_FORWARD_ALWAYS,) * always_call
    return _add(GLOBAL_FORWARD, hook, False, *marks)


def register_module_full_backward_pre_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(module, grad_output)` in the backward pass of every module."""
    return _add(GLOBAL_BACKWARD_PRE, hook)


def register_module_full_backward_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(module, grad_input, grad_output)` in the backward pass of every module."""
    return _add(GLOBAL_BACKWARD, hook)


register_module_backward_hook = register_module_full_backward_hook


def register_module_parameter_registration_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(module, name, parameter)` for every parameter that a module gets; what it returns replaces it."""
    return _add(GLOBAL_PARAMETER, hook)


def register_module_buffer_registration_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(module, name, buffer)` for every buffer that a module gets; what it returns replaces it."""
    return _add(GLOBAL_BUFFER, hook)


def register_module_module_registration_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(module, name, child)` for every module that a module gets; what it returns replaces it."""
    return _add(GLOBAL_MODULE, hook)
