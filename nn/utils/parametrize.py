"""Parametrizations: a parameter or buffer that is computed from others, each time it is asked for."""

from __future__ import annotations

import copyreg
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import autograd
from autograd import Tensor
from autograd.engine import TensorBase
from nn.container import ModuleDict, ModuleList
from nn.module import Module
from nn.parameter import Parameter

_cache: ContextVar[dict[tuple[int, str], Any] | None] = ContextVar("parametrized", default=None)


@contextmanager
def cached() -> Iterator[None]:
    """Within the block each parametrized tensor is computed only once; what is assigned to one meanwhile is not seen.

    Examples
    --------
    >>> import nn
    >>> layer = nn.utils.parametrizations.weight_norm(nn.Linear(2, 2))
    >>> with cached():
    ...     layer.weight is layer.weight
    True
    """
    if _cache.get() is not None:  # an outer block goes on
        yield
        return
    token = _cache.set({})
    try:
        yield
    finally:
        _cache.reset(token)


class ParametrizationList(ModuleList):
    """The parametrizations of one tensor, in the order of their application, and what they start from.

    That is `original`, or, where the first one's `right_inverse` returns a sequence, `original0`, `original1`, ...

    Parameters
    ----------
    modules : the parametrizations
    original : the tensor that becomes parametrized
    unsafe : whether they may change the tensor's dtype and shape

    Raises
    ------
    ValueError
        If there are no modules, or if what they return is no tensor, or (unless `unsafe`) of another dtype or shape.
    """

    original: Tensor
    unsafe: bool

    def __init__(self, modules: Sequence[Module], original: Tensor, unsafe: bool = False):
        if not modules:
            raise ValueError("ParametrizationList requires one or more modules.")
        super().__init__(modules)
        self.unsafe = unsafe
        start: Any = original
        before = original.detach()
        with autograd.no_grad(), suppress(NotImplementedError):
            for module in reversed(modules):
                if hasattr(module, "right_inverse"):
                    start = module.right_inverse(start)
        self.is_tensor = isinstance(start, TensorBase)
        if self.is_tensor:
            _refuse_dtype(original, start)
            if start is not original:
                _store(original, start)
            self._add("original", original)
        else:
            self.ntensors = len(_checked_sequence(start))
            for index, part in enumerate(start):
                if isinstance(original, Parameter) and (part.is_floating_point() or part.is_complex()):
                    part = Parameter(part, original.requires_grad)
                self._add(f"original{index}", part)
        try:
            result = self()
            if not unsafe:
                _compare("unparametrized", before, "parametrized", result)
        except ValueError:
            original.data = before
            raise

    def _add(self, name: str, tensor: Tensor) -> None:
        if isinstance(tensor, Parameter):
            self.register_parameter(name, tensor)
        else:
            self.register_buffer(name, tensor)

    def originals(self) -> list[Tensor]:
        """What the tensor is computed from."""
        if self.is_tensor:
            return [self.original]
        return [getattr(self, f"original{index}") for index in range(self.ntensors)]

    def forward(self) -> Tensor:
        """The tensor, computed from its originals.

        Raises
        ------
        ValueError
            If it is no tensor.
        """
        result: Any = self.originals()
        for number, module in enumerate(self):
            result = module(*result) if number == 0 else module(result)
        return _checked(result)

    @autograd.no_grad()
    def right_inverse(self, value: Tensor) -> None:
        """Set the originals so that the tensor becomes `value`; what is done on assignment to it.

        Raises
        ------
        RuntimeError
            If a parametrization has no `right_inverse`.
        ValueError
            If these do not return the number and types of tensors that the originals have.
        """
        result: Any = value
        for module in reversed(list(self)):
            if not hasattr(module, "right_inverse"):
                raise RuntimeError(f"parametrization {type(module).__name__} does not implement right_inverse.")
            result = module.right_inverse(result)
        originals = self.originals()
        if self.is_tensor:
            if not isinstance(result, TensorBase):
                raise ValueError(f"`right_inverse` should return a tensor. Got {type(result).__name__}")
            result = [result]
        elif len(_checked_sequence(result)) != self.ntensors:
            raise ValueError(
                f"'right_inverse' must return a sequence of tensors of length {self.ntensors}. Got a sequence of "
                f"length {len(result)}."
            )
        for original, part in zip(originals, result, strict=True):
            if part.dtype != original.dtype:
                raise ValueError(
                    f"The tensor returned by `right_inverse` has dtype {part.dtype} while `original` has dtype "
                    f"{original.dtype}"
                )
        for original, part in zip(originals, result, strict=True):
            _store(original, part)


def _store(original: Any, value: Any) -> None:
    """Give a tensor other data, which may have another shape; its gradient would not fit that."""
    if original.grad is not None and original.shape != value.shape:
        original.grad = None
    original.data = value.detach()


def _checked(result: Any) -> Tensor:
    if not isinstance(result, TensorBase):
        raise ValueError(f"A parametrization must return a tensor. Got {type(result).__name__}.")
    return result  # type: ignore[return-value]


def _checked_sequence(value: Any) -> Sequence[Tensor]:
    wanted = "'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). Got"
    if not isinstance(value, Sequence):
        raise ValueError(f"{wanted} {type(value).__name__}")
    for index, part in enumerate(value):
        if not isinstance(part, TensorBase):
            raise ValueError(f"{wanted} element {index} of the sequence with type {type(part).__name__}.")
    return value


def _refuse_dtype(original: Tensor, inverse: Tensor) -> None:
    if inverse.dtype != original.dtype:
        raise ValueError(
            f"When `right_inverse` outputs one tensor, it may not change the dtype.\noriginal.dtype: {original.dtype}\n"
            f"right_inverse(original).dtype: {inverse.dtype}"
        )


def _compare(first: str, a: Tensor, second: str, b: Tensor) -> None:
    for what in ("dtype", "shape"):
        if getattr(a, what) != getattr(b, what):
            raise ValueError(
                f"Registering a parametrization may not change the {what} of the tensor, unless the `unsafe` flag is "
                f"enabled.\n{first} {what}: {getattr(a, what)}\n{second} {what}: {getattr(b, what)}"
            )


# --- the class of a module that has parametrizations ---


class _Parametrized:
    """What the classes made here add: copies and pickles find the class again through the one it was made from."""

    def __reduce_ex__(self, protocol: Any) -> tuple:
        return _made_again, (type_before_parametrizations(self), tuple(self.parametrizations)), self.__getstate__()  # type: ignore[attr-defined, arg-type]


def _made_again(kind: type, names: tuple[str, ...]) -> Module:
    module = copyreg.__newobj__(kind)  # type: ignore[attr-defined]
    _change_class(module)
    for name in names:
        _add_property(type(module), name)
    return module


def _change_class(module: Module) -> None:
    """Give the module a class of its own, to hang properties on."""
    kind = type(module)
    module.__class__ = type(f"Parametrized{kind.__name__}", (_Parametrized, kind), {"__module__": __name__})


def _add_property(kind: type, name: str) -> None:
    def get(self: Any) -> Tensor:
        cache = _cache.get()
        if cache is None:
            return self.parametrizations[name]()
        key = (id(self), name)
        if key not in cache:
            cache[key] = self, self.parametrizations[name]()  # itself, so that none other gets its id meanwhile
        return cache[key][1]

    def put(self: Any, value: Tensor) -> None:
        self.parametrizations[name].right_inverse(value)

    setattr(kind, name, property(get, put))


# --- registering and removing ---


def register_parametrization(
    module: Module, tensor_name: str, parametrization: Module, *, unsafe: bool = False
) -> Module:
    """Let a parameter or buffer be what `parametrization` computes from it; several are applied in turn.

    `module.parametrizations.<name>.original` is what is trained from then on. A `right_inverse` method of the
    parametrization says what that is to start from, and takes what is assigned to the tensor.

    Parameters
    ----------
    module : the module, whose class is changed to one derived from its own
    tensor_name : a parameter or buffer of it, or a tensor that is parametrized already
    parametrization : a module that takes the tensor and returns another
    unsafe : whether dtype and shape may change

    Raises
    ------
    ValueError
        If there is no such tensor, or if what the parametrization returns is no tensor, or (unless `unsafe`) of
        another dtype or shape.

    Examples
    --------
    >>> import autograd, nn
    >>> class Symmetric(nn.Module):
    ...     def forward(self, x):
    ...         return x.triu() + x.triu(1).T
    >>> layer = register_parametrization(nn.Linear(3, 3), "weight", Symmetric())
    >>> autograd.equal(layer.weight, layer.weight.T), list(layer.state_dict())
    (True, ['bias', 'parametrizations.weight.original'])
    """
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        _append(module, tensor_name, parametrization, unsafe)
    elif (module._buffers | module._parameters).get(tensor_name) is not None:
        steps = ParametrizationList([parametrization], getattr(module, tensor_name), unsafe)
        steps.train(module.training)
        delattr(module, tensor_name)
        if not is_parametrized(module):
            _change_class(module)
            module.parametrizations = ModuleDict()
        _add_property(type(module), tensor_name)
        module.parametrizations[tensor_name] = steps  # type: ignore[operator]
    else:
        raise ValueError(
            f"Module '{module}' does not have a parameter, a buffer, or a parametrized element with name "
            f"'{tensor_name}'"
        )
    return module


def _append(module: Module, name: str, parametrization: Any, unsafe: bool) -> None:
    if not unsafe:
        with autograd.no_grad():
            current = getattr(module, name)
            after = _checked(parametrization(current))
            _compare(f"module.{name}", current, f"parametrization(module.{name})", after)
            with suppress(NotImplementedError):
                back = parametrization.right_inverse(after) if hasattr(parametrization, "right_inverse") else current
                if not isinstance(back, TensorBase):
                    raise ValueError(f"parametrization.right_inverse must return a tensor. Got: {type(back).__name__}")
                _compare(f"module.{name}", current, "what right_inverse returns:", back)  # type: ignore[arg-type]
    steps = module.parametrizations[name]  # type: ignore[operator, index]
    steps.append(parametrization)  # type: ignore[union-attr, operator]
    steps.unsafe |= unsafe  # type: ignore[union-attr, operator]


def is_parametrized(module: Module, tensor_name: str | None = None) -> bool:
    """Whether a module has parametrizations, or one of the tensor with a name."""
    found = getattr(module, "parametrizations", None)
    if not isinstance(found, ModuleDict):
        return False
    return len(found) > 0 if tensor_name is None else tensor_name in found


def remove_parametrizations(module: Module, tensor_name: str, leave_parametrized: bool = True) -> Module:
    """Take the parametrizations of a tensor away, and with the last one the module's changed class.

    Parameters
    ----------
    module : a module with parametrizations
    tensor_name : the tensor's name
    leave_parametrized : whether the tensor keeps the values that are computed, or goes back to its original

    Raises
    ------
    ValueError
        If the tensor is not parametrized, or is to go back to several originals.
    """
    if not is_parametrized(module, tensor_name):
        raise ValueError(f"Module {module} does not have a parametrization on {tensor_name}")
    steps: Any = module.parametrizations[tensor_name]  # type: ignore[operator, index]
    if leave_parametrized:
        with autograd.no_grad():
            value = getattr(module, tensor_name)
        if steps.is_tensor:
            original = steps.original
            _store(original, value)
        elif any(part.requires_grad for part in steps.originals()):
            original = Parameter(value.detach())
        else:
            original = Parameter(value, False) if steps._parameters else value
    elif steps.is_tensor:
        original = steps.original
    else:
        raise ValueError(
            "Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is parametrized in terms of a "
            "sequence of tensors."
        )
    del module.parametrizations[tensor_name]  # type: ignore[operator, attr-defined]
    delattr(type(module), tensor_name)
    if isinstance(original, Parameter):
        module.register_parameter(tensor_name, original)
    else:
        module.register_buffer(tensor_name, original)
    if not is_parametrized(module):
        delattr(module, "parametrizations")
        module.__class__ = type_before_parametrizations(module)
    return module


def type_before_parametrizations(module: Module) -> type:
    """The module's class, or where parametrizations changed it, the one it had."""
    kind = type(module)
    return kind.__bases__[1] if issubclass(kind, _Parametrized) else kind


def transfer_parametrizations_and_params(
    from_module: Module, to_module: Module, tensor_name: str | None = None
) -> Module:
    """Let a module have another one's parametrizations, and the tensors they start from.

    Parameters
    ----------
    from_module : whose they are; the parametrizations themselves are shared afterwards
    to_module : which takes them
    tensor_name : the tensor whose parametrizations to take. Default: all

    Raises
    ------
    ValueError
        If the tensor to take is not parametrized.
    """
    if tensor_name is not None and not is_parametrized(from_module, tensor_name):
        raise ValueError(f"Module {from_module} does not have a parametrization on {tensor_name}")
    names = [tensor_name] if tensor_name is not None else list(getattr(from_module, "parametrizations", ()))
    for name in names:
        steps: Any = from_module.parametrizations[name]  # type: ignore[operator, index]
        if getattr(to_module, name, None) is None:
            to_module.register_parameter(name, Parameter(getattr(from_module, name).detach().clone()))
        for step in steps:
            register_parametrization(to_module, name, step, unsafe=steps.unsafe)
        ours: Any = to_module.parametrizations[name]  # type: ignore[operator, index]
        for key in [*ours._parameters, *ours._buffers]:
            delattr(ours, key)
        ours.is_tensor, ours.__dict__["ntensors"] = steps.is_tensor, len(steps.originals())
        for key, tensor in (*steps._parameters.items(), *steps._buffers.items()):
            ours._add(key, tensor)
    return to_module
