"""`Function`: an operation with its derivative written by hand, as in PyTorch.

`forward` and `backward` see Tensors, and gradients as PyTorch defines them; the walk, which carries their conjugates and
raw arrays, is met here. What `forward` saved is checked for writes and put back into the graph before `backward` gets it.
"""

from __future__ import annotations

import functools
import inspect
import weakref
from collections.abc import Callable
from typing import Any, ClassVar

from autograd import dtypes
from autograd.alias import adopt, check_write, current_node, share
from autograd.engine import NO_GRAD, Node, TensorBase, engine, get_mode, mode, next_number
from autograd.function_record import FunctionRecord, refusing, saved_values
from autograd.function_vmap import by_rule, has_levels
from autograd.record import pick, special

__all__ = ["Function", "FunctionCtx", "once_differentiable"]


class FunctionCtx:
    """What `forward` hands to `backward`: saved tensors, and any attribute that is set on it.

    Attributes
    ----------
    needs_input_grad : one flag for each argument of `apply`
    """

    needs_input_grad: tuple[bool, ...] = ()
    _to_save: tuple = ()
    _for_forward: tuple | None = None
    _pushes = False  # whether `jvp` is running
    _dirty: tuple = ()
    _constant: tuple = ()
    _materialize = True
    _node: Callable[[], Node | None] | None = None

    def save_for_backward(self, *tensors: Any) -> None:
        """Keep tensors (or None) for `backward`, which finds them in `saved_tensors`.

        Inputs and outputs can be differentiated again when `backward` itself is; others can not.
        """
        self._to_save = tensors

    def save_for_forward(self, *tensors: Any) -> None:
        """Keep tensors (or None) for `jvp`, which finds them in `saved_tensors`."""
        self._for_forward = tensors

    @property
    def saved_tensors(self) -> tuple:
        """The tensors given to `save_for_backward`, checked for writes, in their place in the graph.

        Raises
        ------
        RuntimeError
            If one was written to since, or the graph was freed by an earlier backward.
        """
        if self._pushes and self._for_forward is not None:
            return self._for_forward
        if self._node is None:
            return self._to_save
        node = self._node()
        if node is None:
            raise RuntimeError("saved_tensors: the graph that these tensors were saved for is gone")
        return node.record.saved_tensors(node)

    def mark_dirty(self, *tensors: Any) -> None:
        """Name the inputs that `forward` wrote to; it must return them."""
        self._dirty = tensors

    def mark_non_differentiable(self, *tensors: Any) -> None:
        """Name the outputs that have no gradient."""
        self._constant = tensors

    def set_materialize_grads(self, value: bool) -> None:
        """Whether gradients of outputs that nothing depends on arrive as zeros (the default) or as None."""
        self._materialize = bool(value)


class Function:
    """Base of operations with a hand-written derivative.

    A subclass defines the static methods `forward(ctx, *args)` and `backward(ctx, *grad_outputs)`, or, with the same
    effect, `forward(*args)`, `setup_context(ctx, inputs, output)` and `backward`; it is called by `apply`. `backward`
    returns one gradient, or None, for each argument of `forward`. It is recorded when its gradients are to be
    differentiated again.

    Inside `vmap` the methods see one example each, as other code does. Where that can not be, as with NumPy, a static
    method `vmap(info, in_dims, *args)` is called instead: with whole tensors, the mapped dim of each (0) or None,
    and `info.batch_size` and `info.randomness`; it returns the output and the mapped dim of each output.

    Raises
    ------
    RuntimeError
        By backward: for a wrong number of gradients, one of a wrong shape or device, one for an argument that is no
        tensor; for a second derivative through a saved tensor that is neither input nor output of `forward`.

    Examples
    --------
    >>> import autograd
    >>> class Cube(autograd.Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         ctx.save_for_backward(x)
    ...         return x * x * x
    ...
    ...     @staticmethod
    ...     def backward(ctx, grad):
    ...         (x,) = ctx.saved_tensors
    ...         return grad * 3 * x * x
    >>> x = autograd.tensor(2.0, requires_grad=True)
    >>> Cube.apply(x).backward()
    >>> x.grad
    tensor(12.)
    """

    generate_vmap_rule = False
    vmap: ClassVar[Callable | None] = None

    def __init__(self, *args: Any, **kwargs: Any):
        raise RuntimeError(
            f"{type(self).__name__}: a Function is not instantiated; its methods are static, and it is called by "
            f"{type(self).__name__}.apply(...)"
        )

    @staticmethod
    def forward(*args: Any, **kwargs: Any) -> Any:
        """Compute the outputs: `forward(ctx, *args)`, or `forward(*args)` where there is a `setup_context`."""
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple, output: Any) -> None:
        """Save for backward what it needs of the inputs and the output, where `forward` takes no `ctx`."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        """The gradients of the inputs from those of the outputs; may be called `vjp` instead."""
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom autograd.Function to use it with "
            "backward()."
        )

    vjp = backward

    @staticmethod
    def jvp(ctx: Any, *grad_inputs: Any) -> Any:
        """The tangents of the outputs from those of the inputs; optional: without it they come from `backward`."""
        raise NotImplementedError("You must implement the jvp function for custom autograd.Function to use it here.")

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:
        """Run `forward` on the arguments and record it.

        Raises
        ------
        RuntimeError
            If a method is not static, or an input marked dirty was not returned or may not be written to.
        TypeError
            If something other than tensors was saved or returned where tensors are expected.
        """
        _check_methods(cls)
        split = cls.setup_context is not Function.setup_context
        if split:
            bound = inspect.signature(cls.forward).bind(*args, **kwargs)
            bound.apply_defaults()
            args = bound.args
        elif kwargs:
            bound = inspect.signature(cls.forward).bind(None, *args, **kwargs)
            if bound.kwargs:  # arguments left out before some that are given
                bound.apply_defaults()
            if bound.kwargs:
                raise TypeError(
                    f"{cls.__name__}.apply: {sorted(bound.kwargs)} are keyword-only in forward; backward returns "
                    "gradients by position, so that forward's arguments must have one"
                )
            args = bound.args[1:]
        if cls.vmap is not None and has_levels(args):
            return by_rule(cls, args)
        nodes = tuple(current_node(arg) if isinstance(arg, TensorBase) else None for arg in args)
        ctx = FunctionCtx()
        ctx.needs_input_grad = tuple(node is not None for node in nodes)
        current = get_mode()
        token = mode.set(NO_GRAD if current is None else current.replace(grad=False))
        try:
            if split:
                output = cls.forward(*args)
                cls.setup_context(ctx, args, output)
            else:
                output = cls.forward(ctx, *args)
        finally:
            mode.reset(token)
        return _record(cls, ctx, args, nodes, output)


class _JvpTransposed(Function):
    """Zeros for Jᵀ u, where u is zero, whose derivative by u is a `jvp` written by hand."""

    @staticmethod
    def forward(ctx: Any, push: Callable, record: Any, *grads: Any) -> Any:
        ctx.push, ctx.inner, ctx.given = push, record.ctx, tuple(grad is not None for grad in grads)
        return tuple(
            None if known is None else engine.wrap(known.backend.zeros(known.shape, known.dtype), known.backend)
            for known in record.inputs
        )

    @staticmethod
    def backward(ctx: Any, *tangents: Any) -> Any:
        ctx.inner._pushes = True
        try:
            found = ctx.push(ctx.inner, *tangents)
        finally:
            ctx.inner._pushes = False
        found = found if isinstance(found, tuple) else (found,)
        return None, None, *(item if given else None for item, given in zip(found, ctx.given, strict=True))


def _check_methods(cls: type[Function]) -> None:
    if cls.backward is not Function.backward and cls.vjp is not Function.vjp:
        raise RuntimeError(
            "Implementing both 'backward' and 'vjp' for a custom Function is not allowed. You should only implement one "
            f"of them: {cls.__name__} has both"
        )
    if cls.generate_vmap_rule and cls.vmap is not None:
        raise RuntimeError(
            f"{cls.__name__}: generate_vmap_rule=True leaves nothing to the vmap method; drop one of them"
        )
    for name in ("forward", "backward", "vjp", "jvp", "setup_context", "vmap"):
        if inspect.isfunction(inspect.getattr_static(cls, name)):
            raise RuntimeError(
                f"Legacy autograd function with non-static {name} method is not supported: put @staticmethod above "
                f"{cls.__name__}.{name}"
            )


def _record(cls: type[Function], ctx: FunctionCtx, args: tuple, nodes: tuple, output: Any) -> Any:
    """The outputs with a node, where an input requires a gradient; saved tensors go from the context to it."""
    single = not isinstance(output, tuple)
    outputs = (output,) if single else output
    if not any(isinstance(item, TensorBase) for item in outputs):
        found = type(output).__name__ if single else ", ".join(type(item).__name__ for item in outputs)
        raise TypeError(f"{cls.__name__}.forward: expected Tensor or tuple of Tensor (got {found}) for its output")
    dirty = {id(item) for item in ctx._dirty}
    if dirty - {id(item) for item in outputs}:
        raise RuntimeError(
            f"{cls.__name__}: Some elements marked as dirty during the forward method were not returned as output. The "
            "inputs that are modified inplace must all be outputs of the Function."
        )
    current = get_mode()
    inputs = {id(arg) for arg in args}
    if any(ctx.needs_input_grad) and (current is None or current.grad):
        node = Node()
        node.parents = tuple(parent for parent in nodes if parent is not None)
        node.backend = next(item.backend for item in (*args, *outputs) if isinstance(item, TensorBase))
        node.shapes, node.versions, node.extra, node.seq = None, None, None, next_number()
        run = cls.vjp if cls.backward is Function.backward else cls.backward
        push = None if cls.jvp is Function.jvp else functools.partial(_JvpTransposed.apply, cls.jvp)
        node.record = FunctionRecord(cls.__name__, run, push, ctx, args, outputs)
        ctx._node = weakref.ref(node)
        results = _attached(cls, ctx, node, inputs, dirty, outputs)
        node.saved = saved_values(ctx._to_save, args, outputs, current)
        ctx._to_save = ctx._dirty = ctx._constant = ()
        if current is not None:
            special(node, current)
    else:
        results = tuple(
            _outside(item) if isinstance(item, TensorBase) and id(item) not in dirty and current_node(item) else item
            for item in outputs
        )
    return results[0] if single else results


def _attached(cls: type, ctx: FunctionCtx, node: Node, inputs: set, dirty: set, outputs: tuple) -> tuple:
    """The outputs, those that have a gradient with their place in the graph."""
    constant = {id(item) for item in ctx._constant}
    results = []
    for index, item in enumerate(outputs):
        if isinstance(item, TensorBase):
            able = id(item) not in constant and item.backend.dtype_of(item._data).category >= dtypes.FLOATING
            if id(item) in dirty:
                check_write(item, f"{cls.__name__}.mark_dirty")
                if able:
                    value = engine.wrap(item._data, item.backend)
                    value.node = node
                    adopt(item, value if len(outputs) == 1 else pick(value, node, index))
                results.append(item)
                continue
            is_view = item.alias is not None and item.alias.base is not None
            if is_view or id(item) in inputs or current_node(item) is not None:
                item = _outside(item)
                item.alias.origin = "custom"
            if able:
                item.node = node
                if len(outputs) > 1:
                    pick(item, node, index)
        results.append(item)
    return tuple(results)


def _outside(tensor: TensorBase) -> Any:
    """The same memory outside the graph."""
    twin = engine.wrap(tensor._data, tensor.backend)
    share(twin, tensor)
    return twin


def once_differentiable(backward: Callable) -> Callable:
    """Decorator of a `backward` that can not be differentiated: a second derivative is an error.

    Examples
    --------
    >>> import autograd
    >>> from autograd.function import once_differentiable
    >>> class Double(autograd.Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         return x * 2
    ...
    ...     @staticmethod
    ...     @once_differentiable
    ...     def backward(ctx, grad):
    ...         return grad * 2
    """

    @functools.wraps(backward)
    def wrapped(ctx: FunctionCtx, *grads: Any) -> Any:
        current = get_mode()
        recorded = current is None or current.grad
        token = mode.set(NO_GRAD if current is None else current.replace(grad=False))
        try:
            found = backward(ctx, *grads)
        finally:
            mode.reset(token)
        node = None if ctx._node is None else ctx._node()
        if not recorded or node is None:
            return found
        parents = tuple(current_node(grad) for grad in grads if isinstance(grad, TensorBase))
        parents = (*(parent for parent in parents if parent is not None), *node.parents)
        message = (
            "trying to differentiate twice a function that was marked with @once_differentiable: "
            f"{node.record.name}. Write its backward with differentiable operations and leave the decorator out"
        )
        results = tuple(
            refusing(engine.wrap(item._data, item.backend), parents, message) if isinstance(item, TensorBase) else item  # type: ignore[arg-type]
            for item in (found if isinstance(found, tuple) else (found,))
        )
        return results if isinstance(found, tuple) else results[0]

    return wrapped
