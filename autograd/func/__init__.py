"""Functions of functions: gradients, Jacobians, products with these, and mapping over a dim (PyTorch's `torch.func`)."""

from __future__ import annotations

from autograd._lazy import suggesting
from autograd.func.functional_call import functional_call, stack_module_state
from autograd.func.gradients import grad, grad_and_value, jvp, linearize, vjp
from autograd.func.jacobians import hessian, jacfwd, jacrev
from autograd.func.mapping import vmap

__all__ = [
    "functional_call", "grad", "grad_and_value", "hessian", "jacfwd", "jacrev", "jvp", "linearize",
    "stack_module_state", "vjp", "vmap",
]  # fmt: skip

__getattr__ = suggesting(__name__)
