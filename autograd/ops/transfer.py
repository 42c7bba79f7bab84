"""Moving a tensor to another device."""

from __future__ import annotations

from typing import Any

from autograd.backends import backend_for
from autograd.backends.batched import stack
from autograd.backends.levels import root_of
from autograd.differentiable import differentiable


@differentiable(x=lambda xp, g, source, device: xp.transfer(g, source=device, device=source), moves=True)
def transfer(xp, x, *, source, device):
    """x, which lies on the device `source`, copied to `device`; its gradient travels back."""
    return stack.moved(xp, x, backend_for(device))


def to_device(x: Any, *, device: Any) -> Any:
    """x on a device: itself if it is there already."""
    source, target = x.backend, backend_for(device)
    return x if root_of(source) is target else transfer(x, source=source.device, device=target.device)
