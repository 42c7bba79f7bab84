"""Pruning: masks over parameters, by rule, combined over several rounds.

A pruned parameter `<name>` becomes `<name>_orig`, the buffer `<name>_mask` is beside it, and the attribute `<name>` is
their product, computed anew before each call of the module.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import autograd
from autograd import Tensor
from nn.module import Module
from nn.utils._named_hooks import take_out
from nn.utils.prune_rules import (
    BasePruningMethod,
    CustomFromMask,
    Identity,
    L1Unstructured,
    LnStructured,
    PruningContainer,
    RandomStructured,
    RandomUnstructured,
    prunes,
)


def identity(module: Module, name: str) -> Module:
    """Give a parameter a mask that prunes nothing."""
    Identity.apply(module, name)
    return module


def random_unstructured(module: Module, name: str, amount: float) -> Module:
    """Prune elements of a parameter at random; see `RandomUnstructured`."""
    RandomUnstructured.apply(module, name, amount)
    return module


def l1_unstructured(module: Module, name: str, amount: float, importance_scores: Tensor | None = None) -> Module:
    """Prune the elements of a parameter that have the least absolute value, or the least score.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = l1_unstructured(nn.Linear(2, 3), "weight", amount=0.5)
    >>> layer.weight_mask.sum(), list(layer.state_dict())
    (tensor(3.), ['bias', 'weight_orig', 'weight_mask'])
    """
    L1Unstructured.apply(module, name, amount, importance_scores=importance_scores)
    return module


def random_structured(module: Module, name: str, amount: float, dim: int) -> Module:
    """Prune channels of a parameter at random; see `RandomStructured`."""
    RandomStructured.apply(module, name, amount, dim)
    return module


def ln_structured(
    module: Module, name: str, amount: float, n: Any, dim: int, importance_scores: Tensor | None = None
) -> Module:
    """Prune the channels of a parameter that have the least norm of order `n`, of themselves or of the scores."""
    LnStructured.apply(module, name, amount, n, dim, importance_scores=importance_scores)
    return module


def custom_from_mask(module: Module, name: str, mask: Tensor) -> Module:
    """Prune a parameter where a mask is 0."""
    CustomFromMask.apply(module, name, mask)
    return module


def global_unstructured(
    parameters: Iterable[tuple[Module, str]],
    pruning_method: type[BasePruningMethod],
    importance_scores: dict[tuple[Module, str], Tensor] | None = None,
    **kwargs: Any,
) -> None:
    """Prune several parameters as if they were one vector.

    Parameters
    ----------
    parameters : pairs of a module and a parameter's name
    pruning_method : an unstructured rule
    importance_scores : by such pairs, what to judge by in the place of the parameters
    kwargs : what the rule takes

    Raises
    ------
    TypeError
        If the parameters are no pairs, the scores no dictionary, or the rule is not unstructured.
    """
    pairs = list(parameters) if isinstance(parameters, Iterable) else None
    if pairs is None or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        raise TypeError("global_unstructured(): parameters must be an Iterable of (module, name) tuples")
    if importance_scores is not None and not isinstance(importance_scores, dict):
        raise TypeError("global_unstructured(): importance_scores must be of type dict")
    method = pruning_method(**kwargs)
    if method.PRUNING_TYPE != "unstructured":
        raise TypeError(
            f'Only "unstructured" PRUNING_TYPE supported for the `pruning_method`. Found method {pruning_method} of '
            f"type {method.PRUNING_TYPE}"
        )
    method._tensor_name = "all"
    tensors = [getattr(module, name).detach() for module, name in pairs]
    scores = [(importance_scores or {}).get(pair, tensor) for pair, tensor in zip(pairs, tensors, strict=True)]
    masks = [
        getattr(module, name + "_mask", autograd.ones_like(tensor))
        for (module, name), tensor in zip(pairs, tensors, strict=True)
    ]
    with autograd.no_grad():
        values, so_far = (autograd.cat([each.reshape(-1) for each in group]) for group in (scores, masks))
        mask = PruningContainer(method).compute_mask(values, so_far)
    parts = mask.split([tensor.numel() for tensor in tensors])  # type: ignore[attr-defined]
    for (module, name), tensor, part in zip(pairs, tensors, parts, strict=True):
        custom_from_mask(module, name, part.reshape(tensor.shape))


def remove(module: Module, name: str) -> Module:
    """Make a pruned parameter one again: the mask is gone, the values that it pruned stay 0.

    Raises
    ------
    ValueError
        If the parameter is not pruned.
    """
    if not any(prunes(hook, name) for hook in module._forward_pre_hooks.values()):
        raise ValueError(f"Parameter '{name}' of module {module} has to be pruned before pruning can be removed")
    take_out(module, BasePruningMethod, name, "pruning").remove(module)
    return module


def is_pruned(module: Module) -> bool:
    """Whether a parameter of the module, or of one below it, is pruned."""
    return any(isinstance(h, BasePruningMethod) for each in module.modules() for h in each._forward_pre_hooks.values())
