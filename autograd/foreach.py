"""PyTorch's `_foreach_` functions: one operation on each tensor of a list, as averages and optimizers call them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd import linalg
from autograd._lazy import UnknownNameError
from autograd.functions import extrema
from autograd.tensor import Tensor

PREFIX = "_foreach_"
# What may be named, in the order in which the methods take them.
OPERANDS = ("other", "tensors1", "tensor1", "tensor2", "exponent", "weight", "weights", "scalar", "scalars")
SPECIAL: dict[str, Callable[..., Tensor]] = {
    "addcdiv": lambda x, a, b, value=1: x.addcdiv(a, b, value=value),
    "addcdiv_": lambda x, a, b, value=1: x.addcdiv_(a, b, value=value),
    "addcmul": lambda x, a, b, value=1: x.addcmul(a, b, value=value),
    "addcmul_": lambda x, a, b, value=1: x.addcmul_(a, b, value=value),
    "maximum_": lambda x, other: x.copy_(extrema.maximum(x, other)),
    "minimum_": lambda x, other: x.copy_(extrema.minimum(x, other)),
    "norm": linalg.vector_norm,
    "pow": lambda x, exponent: x**exponent,
}


def function(name: str) -> Callable[..., Any]:
    """The function of such a name: results as a tuple, or the list itself where the name ends in `_`.

    An operand may be one for all tensors, or a list (a 1-d tensor for `addcmul` and `addcdiv`) of one for each.

    Raises
    ------
    AttributeError
        If no method has the name without `_foreach_`.

    Examples
    --------
    >>> import autograd
    >>> averages = [autograd.zeros(2), autograd.ones(1)]
    >>> autograd._foreach_lerp_(averages, [autograd.ones(2), autograd.zeros(1)], 0.25)
    [tensor([0.2500, 0.2500]), tensor([0.7500])]
    """
    method = name.removeprefix(PREFIX)
    single = SPECIAL.get(method) or getattr(Tensor, method, None)
    if single is None:
        raise UnknownNameError("module 'autograd'", name, lambda: ())

    def each(self: Any, *operands: Any, **options: Any) -> Any:
        operands += tuple(options.pop(key) for key in OPERANDS if key in options)
        rows = [_spread(operand, method) for operand in (self, *operands)]
        lengths = {len(row) for row in rows if row is not None}
        if not lengths:
            raise TypeError(
                f"{name} expects a list of tensors, got {type(self).__name__}; for one tensor call .{method}()"
            )
        if len(lengths) > 1 or 0 in lengths:
            raise RuntimeError(f"{name} expects lists of the same length, at least 1, got lengths {sorted(lengths)}")
        columns = (
            [operand] * max(lengths) if row is None else row
            for operand, row in zip((self, *operands), rows, strict=True)
        )
        results = tuple(single(*column, **options) for column in zip(*columns, strict=True))
        return self if name.endswith("_") else results

    each.__name__ = each.__qualname__ = name
    return each


def _spread(operand: Any, method: str) -> Any:
    if isinstance(operand, Tensor) and operand.ndim == 1 and method.startswith("addc"):
        return operand.tolist()
    return operand if isinstance(operand, (list, tuple)) else None
