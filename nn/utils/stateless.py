"""Calling a module with other tensors in the place of its parameters and buffers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from autograd import Tensor
from autograd.engine import TensorBase
from nn.module import Module

Tensors = dict[str, Tensor]


def functional_call(
    module: Module,
    parameters_and_buffers: Tensors | Sequence[Tensors],
    args: Any = None,
    kwargs: dict[str, Any] | None = None,
    *,
    tie_weights: bool = True,
    strict: bool = False,
) -> Any:
    """Call a module with the given tensors in the place of its own; its own are back afterwards.

    Gradients flow to the given tensors, which need not be leaves. Where the call gives a buffer a new tensor, the
    dictionary has it afterwards (not so with a sequence of dictionaries).

    Parameters
    ----------
    module : what is called
    parameters_and_buffers : tensors by dotted name, or several dictionaries of them without common names
    args : the argument of the call, or a tuple of them
    kwargs : its keyword arguments
    tie_weights : whether a tensor takes all the places of one that the module has under several names
    strict : whether all parameters and buffers, and nothing else, must be given

    Raises
    ------
    ValueError
        If dictionaries have common names, if there is something else than dictionaries, or if tied places are given
        different tensors.
    RuntimeError
        If names are missing or unknown, with `strict`.
    TypeError
        If a value is no tensor, or would take the place of something that is none.
    AttributeError
        If a name leads to a module that there is not.

    Examples
    --------
    >>> import autograd, nn
    >>> weight = autograd.tensor([[2.0]], requires_grad=True)
    >>> out = functional_call(nn.Linear(1, 1, bias=False), {"weight": weight}, autograd.tensor([3.0]))
    >>> autograd.grad(out, weight)
    (tensor([[3.]]),)
    """
    given = _merged(parameters_and_buffers)
    own = dict(_own(module))
    chosen = _untied(own, given) if tie_weights else given
    if strict:
        _check_names(module, own, chosen)
    with _replaced(module, chosen) as slots:
        arguments = () if args is None else args if isinstance(args, tuple) else (args,)
        try:
            return module(*arguments, **(kwargs or {}))
        finally:
            given.update((name, slots[name][0][slots[name][1]]) for name in given if slots[name][1] in slots[name][0])


def _merged(dicts: Any) -> Tensors:
    if isinstance(dicts, Mapping):
        return dicts  # type: ignore[return-value]
    if not isinstance(dicts, Sequence):
        raise ValueError(
            f"Expected parameters_and_buffers to be a dict, or a list/tuple of dicts, but got {type(dicts)}"
        )
    merged: Tensors = {}
    for each in dicts:
        if not isinstance(each, Mapping):
            raise ValueError(
                f"Expected all elements of parameters_and_buffers to be dictionaries, but one is a {type(each)}"
            )
        repeated = sorted(merged.keys() & each.keys())
        if repeated:
            raise ValueError(f"{repeated} appeared in multiple dictionaries; behavior of functional call is ambiguous")
        merged.update(each)
    return merged


def _own(module: Module) -> Iterator[tuple[str, Tensor]]:
    yield from module.named_parameters(remove_duplicate=False)
    yield from module.named_buffers(remove_duplicate=False)


def _untied(own: Tensors, given: Tensors) -> Tensors:
    """What is given, under all the names that the module has for its places."""
    groups: dict[int, list[str]] = {}
    for name, tensor in own.items():
        groups.setdefault(id(tensor), []).append(name)
    chosen = dict(given)
    for names in groups.values():
        present = [name for name in names if name in given]
        if len({id(given[name]) for name in present}) > 1:
            raise ValueError(
                f"functional_call got multiple values for keys {sorted(present)}, which are tied. Consider using "
                "tie_weights=False"
            )
        if present:
            chosen.update(dict.fromkeys(names, given[present[0]]))
    return chosen


def _check_names(module: Module, own: Tensors, chosen: Tensors) -> None:
    found = ""
    for what, names in (("Unexpected", chosen.keys() - own.keys()), ("Missing", own.keys() - chosen.keys())):
        if names:
            found += f"\n\t{what} key(s): {', '.join(map(repr, sorted(names)))}."
    if found:
        raise RuntimeError(f"Error(s) in reparametrizing for {type(module).__name__}:{found}")


_ABSENT = object()


@contextmanager
def _replaced(module: Module, chosen: Tensors) -> Iterator[dict[str, tuple[dict[str, Any], str]]]:
    """Put the tensors in their places; yields by name which dictionary holds each, and under which key."""
    slots = {name: _slot(module, name, tensor) for name, tensor in chosen.items()}
    before = [(members, key, members.get(key, _ABSENT)) for members, key in slots.values()]
    for (members, key), tensor in zip(slots.values(), chosen.values(), strict=True):
        members[key] = tensor
    try:
        yield slots
    finally:
        for members, key, value in before:
            if value is _ABSENT:
                members.pop(key, None)
            else:
                members[key] = value


def _slot(module: Module, name: str, tensor: Any) -> tuple[dict[str, Any], str]:
    """The dictionary that holds, or is to hold, what has a dotted name, and the key in it."""
    path, _, key = name.rpartition(".")
    if not key:
        raise KeyError(f"functional_call: {name!r} is no name of a tensor")
    if tensor is not None and not isinstance(tensor, TensorBase):
        raise TypeError(f"functional_call: {name!r} is given a {type(tensor).__name__}; it takes a Tensor")
    owner = module.get_submodule(path)
    for members in (owner._parameters, owner._buffers):
        if key in members:
            return members, key
    if hasattr(type(owner), key):
        raise TypeError(
            f"functional_call: {name!r} is computed by {type(owner).__name__}; give what it is computed from (for a "
            f"parametrization 'parametrizations.{key}.original')"
        )
    current = owner._modules.get(key, owner.__dict__.get(key))
    if current is not None and not isinstance(current, TensorBase):
        raise TypeError(f"functional_call: attribute {name!r} is a {type(current).__name__}, not a Tensor")
    return owner.__dict__, key
