"""Jacobians, Hessians and products with them, of functions of tensors (PyTorch's `torch.autograd.functional`)."""

from __future__ import annotations

from autograd.functional.matrices import hessian, jacobian
from autograd.functional.products import hvp, jvp, vhp, vjp

__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]
