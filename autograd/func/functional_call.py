"""Modules as functions of their parameters and buffers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from autograd import ops
from autograd.engine import TensorBase

State = dict[str, Any]


def functional_call(
    module: Any,
    parameter_and_buffer_dicts: State | Sequence[State],
    args: Any = None,
    kwargs: dict[str, Any] | None = None,
    *,
    tie_weights: bool = True,
    strict: bool = False,
) -> Any:
    """Call a module with these tensors in place of its parameters and buffers.

    Parameters
    ----------
    module : any `nn.Module`; it is as before afterwards
    parameter_and_buffer_dicts : name -> tensor, or several such dicts with different names
    args, kwargs : what the module is called with; anything but a tuple is one argument
    tie_weights : a tensor given for one of several names of the same parameter stands in for all of them
    strict : every parameter and buffer must be given, and no others

    Raises
    ------
    ValueError
        If two dicts have one name, or tied names get different tensors.
    RuntimeError
        With `strict`, for missing or unexpected names.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = nn.Linear(2, 1, bias=False)
    >>> functional_call(layer, {"weight": autograd.ones(1, 2)}, autograd.tensor([3.0, 4.0]))
    tensor([7.])
    """
    given = _merged(parameter_and_buffer_dicts)
    arguments = () if args is None else args if isinstance(args, tuple) else (args,)
    with _standing_in(module, _for_each_name(module, given, tie_weights, strict)):
        return module(*arguments, **(kwargs or {}))


def _merged(dicts: Any) -> State:
    if isinstance(dicts, dict):
        return dicts
    if not isinstance(dicts, (list, tuple)) or not all(isinstance(item, dict) for item in dicts):
        raise ValueError(f"functional_call: expected a dict, or a sequence of dicts, got {type(dicts).__name__}")
    found: State = {}
    for item in dicts:
        twice = sorted(found.keys() & item.keys())
        if twice:
            raise ValueError(
                f"functional_call: {twice} appeared in multiple dictionaries; behavior of functional call is ambiguous"
            )
        found |= item
    return found


def _for_each_name(module: Any, given: State, tie_weights: bool, strict: bool) -> State:
    """The tensors for all names that they stand in for."""
    own = dict(module.named_parameters(remove_duplicate=False)) | dict(module.named_buffers(remove_duplicate=False))
    same: dict[int, list[str]] = {}
    for name, tensor in own.items():
        same.setdefault(id(tensor), []).append(name)
    found = dict(given)
    if tie_weights:
        for names in same.values():
            present = [name for name in names if name in given]
            if len({id(given[name]) for name in present}) > 1:
                raise ValueError(
                    f"functional_call got multiple values for keys {sorted(present)}, which are tied. Consider using "
                    "tie_weights=False"
                )
            if present:
                found |= dict.fromkeys(names, given[present[0]])
    if strict:
        missing, unexpected = sorted(own.keys() - found.keys()), sorted(found.keys() - own.keys())
        if missing or unexpected:
            raise RuntimeError(f"functional_call: Missing key(s): {missing}, unexpected key(s): {unexpected}")
    return found


@contextlib.contextmanager
def _standing_in(module: Any, tensors: State) -> Iterator[None]:
    """Tensors in the places of a module's parameters and buffers, until the block ends."""
    before: list[tuple[dict, str, Any]] = []
    try:
        for name, tensor in tensors.items():
            path, _, last = name.rpartition(".")
            owner = module.get_submodule(path)
            place = next((d for d in (owner._parameters, owner._buffers) if last in d), None)
            if place is None:
                raise AttributeError(f"functional_call: {type(owner).__name__} has no parameter or buffer {last!r}")
            before.append((place, last, place[last]))
            place[last] = tensor
        yield
    finally:
        for place, last, tensor in reversed(before):
            place[last] = tensor


def stack_module_state(models: Sequence[Any]) -> tuple[State, State]:
    """The parameters, and the buffers, of several modules of one architecture, each stacked along a new first dim.

    Raises
    ------
    RuntimeError
        If there are none, they are not of one class, or some are training and others not.

    Examples
    --------
    >>> import nn
    >>> from autograd.func import stack_module_state
    >>> parameters, buffers = stack_module_state([nn.Linear(3, 2) for _ in range(5)])
    >>> parameters["weight"].shape
    autograd.Size([5, 2, 3])
    """
    if not models:
        raise RuntimeError("stack_module_state: Expected at least one model, got 0.")
    if any(type(model) is not type(models[0]) for model in models):
        raise RuntimeError("stack_module_state: Expected all models to be of the same class.")
    if any(model.training != models[0].training for model in models):
        raise RuntimeError("stack_module_state: Expected all models to have the same training/eval mode.")
    parameters = _stacked([dict(model.named_parameters()) for model in models])
    return parameters, _stacked([dict(model.named_buffers()) for model in models])


def _stacked(states: list[State]) -> State:
    found = {}
    for name in states[0]:
        tensors: list[TensorBase] = [state[name] for state in states]
        made = ops.stack(*[tensor.detach() for tensor in tensors], axis=0)  # type: ignore[attr-defined]
        found[name] = made.requires_grad_(tensors[0].requires_grad)  # type: ignore[attr-defined]
    return found
