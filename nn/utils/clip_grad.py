"""Clipping of gradients, by their total norm or value by value."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import autograd
from autograd import Tensor, no_grad
from autograd.engine import TensorBase


def _listed(tensors: Tensor | Iterable[Tensor]) -> list[Tensor]:
    return [tensors] if isinstance(tensors, TensorBase) else list(tensors)  # type: ignore[list-item, arg-type]


def _gradients(parameters: Iterable[Tensor]) -> list[Tensor]:
    return [parameter.grad for parameter in parameters if parameter.grad is not None]  # type: ignore[attr-defined]


@no_grad()
def get_total_norm(
    tensors: Tensor | Iterable[Tensor],
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """The norm of all tensors as if they were one vector: ‖(‖t₁‖, ‖t₂‖, ...)‖, 0-d, on the first one's device.

    Parameters
    ----------
    tensors : one or several; none give 0
    norm_type : the order of the norm, which may be infinite
    error_if_nonfinite : whether to refuse a norm that is NaN or infinite
    foreach : accepted, and without effect

    Raises
    ------
    RuntimeError
        If the norm is not finite, with `error_if_nonfinite`.

    Examples
    --------
    >>> import autograd
    >>> get_total_norm([autograd.tensor([3.0]), autograd.tensor([4.0])])
    tensor(5.)
    """
    parts = _listed(tensors)
    if not parts:
        return autograd.tensor(0.0)
    order = float(norm_type)
    norms = [autograd.linalg.vector_norm(part, order).to(device=parts[0].device) for part in parts]
    total = autograd.linalg.vector_norm(autograd.stack(norms), order)
    if error_if_nonfinite and not total.isfinite().item():
        raise RuntimeError(
            f"The total norm of order {order} for gradients from `parameters` is non-finite, so it cannot be clipped. "
            "To disable this error and scale the gradients by the non-finite norm anyway, set "
            "`error_if_nonfinite=False`"
        )
    return total


@no_grad()
def clip_grads_with_norm_(
    parameters: Tensor | Iterable[Tensor], max_norm: float, total_norm: Tensor, foreach: bool | None = None
) -> None:
    """Scale all gradients in place by min(1, max_norm / (total_norm + 1e-6)).

    Parameters
    ----------
    parameters : those whose gradients are scaled; where there is none, nothing happens
    max_norm : the norm not to be exceeded
    total_norm : the norm of all gradients, as `get_total_norm` gives it
    foreach : accepted, and without effect
    """
    factor = (float(max_norm) / (total_norm + 1e-6)).clamp(max=1.0)
    for gradient in _gradients(_listed(parameters)):
        gradient.mul_(factor.to(device=gradient.device))  # type: ignore[attr-defined]


def clip_grad_norm_(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Scale all gradients in place so that their total norm is at most `max_norm`, and return what it was.

    Parameters
    ----------
    parameters : those whose gradients are clipped
    max_norm : the norm not to be exceeded
    norm_type : the order of the norm, which may be infinite
    error_if_nonfinite : whether to refuse a norm that is NaN or infinite
    foreach : accepted, and without effect

    Raises
    ------
    RuntimeError
        If the norm is not finite, with `error_if_nonfinite`. The gradients then are as they were.

    Examples
    --------
    >>> import autograd, nn
    >>> weight = nn.Parameter(autograd.ones(2))
    >>> (weight * autograd.tensor([3.0, 4.0])).sum().backward()
    >>> clip_grad_norm_(weight, 1.0), weight.grad
    (tensor(5.), tensor([0.6000, 0.8000]))
    """
    listed = _listed(parameters)
    if not listed and isinstance(parameters, Iterator):
        warnings.warn("`parameters` is an empty generator, no gradient clipping will occur.", stacklevel=2)
    total = get_total_norm(_gradients(listed), norm_type, error_if_nonfinite)
    clip_grads_with_norm_(listed, max_norm, total)
    return total


def clip_grad_norm(*args: Any, **kwargs: Any) -> Tensor:
    """The old name of `clip_grad_norm_`."""
    return clip_grad_norm_(*args, **kwargs)


@no_grad()
def clip_grad_value_(parameters: Tensor | Iterable[Tensor], clip_value: float, foreach: bool | None = None) -> None:
    """Limit all elements of all gradients to [-clip_value, clip_value], in place.

    Parameters
    ----------
    parameters : those whose gradients are clipped
    clip_value : the largest absolute value
    foreach : accepted, and without effect
    """
    bound = float(clip_value)
    for gradient in _gradients(_listed(parameters)):
        gradient.clamp_(-bound, bound)  # type: ignore[attr-defined]
