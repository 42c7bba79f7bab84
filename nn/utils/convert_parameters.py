"""Parameters as one vector, and back."""

from __future__ import annotations

from collections.abc import Iterable

import autograd
from autograd import Tensor
from autograd.engine import TensorBase


def parameters_to_vector(parameters: Iterable[Tensor]) -> Tensor:
    """All elements of all parameters, one after the other.

    Raises
    ------
    TypeError
        If the parameters are on different devices.

    Examples
    --------
    >>> import nn
    >>> parameters_to_vector(nn.Linear(2, 3).parameters()).shape
    autograd.Size([9])
    """
    listed = list(parameters)
    _one_device(listed)
    return autograd.cat([parameter.reshape(-1) for parameter in listed])


def vector_to_parameters(vec: Tensor, parameters: Iterable[Tensor]) -> None:
    """Let the parameters have the elements of a vector, in order, as their data; the memory is the vector's.

    Parameters
    ----------
    vec : as many elements as the parameters have together, or more
    parameters : what takes them

    Raises
    ------
    TypeError
        If `vec` is no tensor, or the parameters are on different devices.
    RuntimeError
        If the vector has too few elements.
    """
    if not isinstance(vec, TensorBase):
        raise TypeError(f"expected autograd.Tensor, but got: {type(vec).__name__}")
    listed = list(parameters)
    _one_device(listed)
    wanted = sum(parameter.numel() for parameter in listed)
    if vec.numel() < wanted:
        raise RuntimeError(f"vector_to_parameters: the parameters have {wanted} elements, vec only {vec.numel()}")
    start = 0
    for parameter in listed:
        stop = start + parameter.numel()
        parameter.data = vec[start:stop].view_as(parameter).data  # type: ignore[attr-defined]
        start = stop


def _one_device(parameters: list[Tensor]) -> None:
    places = {str(parameter.device) for parameter in parameters}
    if len(places) > 1:
        raise TypeError(
            f"Found two parameters on different devices, {', '.join(sorted(places))}; this is currently not supported. "
            "Move them to one device first"
        )
