"""Moving a tensor to another device."""

from __future__ import annotations

from typing import Any

from autograd.backends import backend_for
from autograd.differentiable import differentiable


@differentiable(x=lambda xp, g, source, device: xp.transfer(g, source=device, device=source), moves=True)
def transfer(xp, x, *, source, device):
    """x, which lies on the device `source`, copied to `device`; its gradient travels back."""
    return backend_for(device).from_backend(x, xp)


def to_device(x: Any, *, device: Any) -> Any:
    """x on a device: itself if it is there already."""
    source, target = x.backend, backend_for(device)
    return x if source is target else transfer(x, source=source.device, device=target.device)
