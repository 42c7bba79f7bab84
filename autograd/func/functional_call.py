"""Modules as functions of their parameters and buffers."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
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
    call = importlib.import_module("nn.utils.stateless").functional_call
    return call(module, parameter_and_buffer_dicts, args, kwargs, tie_weights=tie_weights, strict=strict)


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
