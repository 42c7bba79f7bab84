"""The rules of pruning: classes that compute a mask, and that are the hooks which apply it; see `nn.utils.prune`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

import autograd
from autograd import Tensor
from nn.module import Module
from nn.utils._named_hooks import take_out


class BasePruningMethod(ABC):
    """A rule: subclasses define `compute_mask` and `PRUNING_TYPE`, which is "unstructured", "structured" or "global".

    The type says what a further round gets to see of a tensor: the elements that are left, the channels (of `dim`)
    that are not empty, or everything.
    """

    PRUNING_TYPE: ClassVar[str]
    _tensor_name: str

    @property
    def name(self) -> str:
        """The name of the parameter that is pruned."""
        return self._tensor_name

    @abstractmethod
    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """The mask for a tensor, given the one so far; 0 where it is pruned."""

    def __call__(self, module: Module, inputs: Any) -> None:
        """Multiply for this call of the module."""
        setattr(module, self._tensor_name, self.apply_mask(module))

    def apply_mask(self, module: Module) -> Tensor:
        """mask · original.

        Raises
        ------
        AssertionError
            If the rule was not applied to a module.
        """
        if not hasattr(self, "_tensor_name"):
            raise AssertionError(f"Module {module} has to be pruned")
        mask = getattr(module, self._tensor_name + "_mask")
        original = getattr(module, self._tensor_name + "_orig")
        return mask.to(dtype=original.dtype) * original

    @classmethod
    def apply(
        cls, module: Module, name: str, *args: Any, importance_scores: Tensor | None = None, **kwargs: Any
    ) -> Any:
        """Prune a parameter; the rule is made of the other arguments. Returns the hook, a container if it is not the
        first.

        Raises
        ------
        AssertionError
            If the scores have another shape than the parameter.
        """
        method = cls(*args, **kwargs)
        method._tensor_name = name
        tensor = getattr(module, name)
        if importance_scores is not None and importance_scores.shape != tensor.shape:
            raise AssertionError(
                f"importance_scores should have the same shape as parameter {name} of {module}, {tuple(tensor.shape)}, "
                f"but have {tuple(importance_scores.shape)}"
            )
        scores = tensor if importance_scores is None else importance_scores
        before = next((hook for hook in module._forward_pre_hooks.values() if prunes(hook, name)), None)
        hook: BasePruningMethod = method
        so_far = autograd.ones_like(tensor)
        if before is not None:
            hook = PruningContainer(before, method)  # type: ignore[arg-type]
            so_far = getattr(module, name + "_mask").detach()
        with autograd.no_grad():
            mask = hook.compute_mask(scores.detach(), so_far)
        if before is None:
            del module._parameters[name]
            module.register_parameter(name + "_orig", tensor)
        else:
            take_out(module, BasePruningMethod, name, "pruning")
        module.register_buffer(name + "_mask", mask)
        setattr(module, name, hook.apply_mask(module))
        module.register_forward_pre_hook(hook)
        return hook

    def prune(self, t: Tensor, default_mask: Tensor | None = None, importance_scores: Tensor | None = None) -> Tensor:
        """A tensor times the mask for it, without a module.

        Raises
        ------
        AssertionError
            If the scores have another shape than the tensor.
        """
        if importance_scores is not None and importance_scores.shape != t.shape:
            raise AssertionError("importance_scores should have the same shape as tensor t")
        scores = t if importance_scores is None else importance_scores
        default_mask = autograd.ones_like(t) if default_mask is None else default_mask
        with autograd.no_grad():
            mask = self.compute_mask(scores.detach(), default_mask)
        return t * mask

    def remove(self, module: Module) -> None:
        """Make the parameter one again, with the values of now."""
        name = self._tensor_name
        with autograd.no_grad():
            weight = self.apply_mask(module)
        original = module._parameters[name + "_orig"]
        for each in (name, name + "_orig", name + "_mask"):
            delattr(module, each)
        original.data = weight  # type: ignore[union-attr]
        module.register_parameter(name, original)


def prunes(hook: Any, name: str) -> bool:
    """Whether a hook is a rule that prunes the parameter with a name."""
    return isinstance(hook, BasePruningMethod) and hook.name == name


class PruningContainer(BasePruningMethod):
    """Rules for one parameter, in the order of their application; the last one decides on what is left."""

    def __init__(self, *args: BasePruningMethod):
        self._pruning_methods: tuple[BasePruningMethod, ...] = ()
        for method in args:
            for each in method if isinstance(method, PruningContainer) else (method,):
                if not self._pruning_methods and isinstance(each, BasePruningMethod):
                    self._tensor_name = each._tensor_name
                self.add_pruning_method(each)

    def add_pruning_method(self, method: BasePruningMethod) -> None:
        """Add a rule at the end.

        Raises
        ------
        TypeError
            If it is no rule.
        ValueError
            If it is for another parameter.
        """
        if not isinstance(method, BasePruningMethod):
            raise TypeError(f"{type(method)} is not a BasePruningMethod subclass")
        if getattr(self, "_tensor_name", method._tensor_name) != method._tensor_name:
            raise ValueError(
                f"Can only add pruning methods acting on the parameter named '{self._tensor_name}' to PruningContainer "
                f"{self}. Found '{method._tensor_name}'"
            )
        self._pruning_methods += (method,)

    def __len__(self) -> int:
        return len(self._pruning_methods)

    def __iter__(self) -> Iterator[BasePruningMethod]:
        return iter(self._pruning_methods)

    def __getitem__(self, idx: Any) -> Any:
        return self._pruning_methods[idx]

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """The mask so far, with the last rule's where it may act.

        Raises
        ------
        AttributeError
            For an unknown `PRUNING_TYPE`.
        """
        method = self._pruning_methods[-1]
        mask = default_mask.to(dtype=t.dtype).clone()
        kind = method.PRUNING_TYPE
        where: Any
        if kind == "unstructured":
            where = mask == 1
        elif kind == "structured":
            dim = method.dim % t.ndim  # type: ignore[attr-defined]
            others = [axis for axis in range(t.ndim) if axis != dim]
            where = (slice(None),) * dim + (mask.sum(dim=others) != 0,)
        elif kind == "global":
            where = ...
        else:
            raise AttributeError(f"Unrecognized PRUNING_TYPE {kind}; there are unstructured, structured, global")
        mask[where] = method.compute_mask(t[where], default_mask=mask[where]).to(dtype=mask.dtype)
        return mask


class Identity(BasePruningMethod):
    """Prunes nothing, but makes the mask."""

    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """The mask so far."""
        return default_mask


class CustomFromMask(BasePruningMethod):
    """Prunes where a given mask is 0."""

    PRUNING_TYPE = "global"

    def __init__(self, mask: Tensor):
        self.mask = mask

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """The mask so far times the given one.

        Raises
        ------
        AssertionError
            If the given mask has another shape.
        """
        if default_mask.shape != self.mask.shape:
            raise AssertionError(
                f"the mask has shape {tuple(self.mask.shape)}, the parameter {tuple(default_mask.shape)}"
            )
        return default_mask * self.mask.to(dtype=default_mask.dtype)


class _Amount(BasePruningMethod):
    """A rule with an amount: a number of elements or channels, or a part of them."""

    def __init__(self, amount: float):
        if isinstance(amount, bool) or not isinstance(amount, (int, float)):
            raise TypeError(f"Invalid type for amount: {amount}. Must be int or float.")
        if amount < 0 or (isinstance(amount, float) and amount > 1.0):
            raise ValueError(f"amount={amount} should either be a float in the range [0, 1] or a non-negative integer")
        self.amount = amount

    def _count(self, size: int) -> int:
        """How many of `size` to prune."""
        if isinstance(self.amount, float):
            return round(self.amount * size)
        if self.amount > size:
            raise ValueError(f"amount={self.amount} should be smaller than the number of parameters to prune={size}")
        return self.amount


class _Unstructured(_Amount):
    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """The mask so far, without the elements of least worth."""
        mask = default_mask.clone()
        count = self._count(t.numel())
        if count:
            least = self._worth(t.reshape(-1)).topk(count, largest=False).indices  # type: ignore[attr-defined]
            flat = mask.reshape(-1)
            flat[least] = 0
            mask = flat.reshape(mask.shape)
        return mask

    def _worth(self, values: Tensor) -> Tensor:
        raise NotImplementedError


class RandomUnstructured(_Unstructured):
    """Prunes elements at random.

    Parameters
    ----------
    amount : a part of the elements, or, an integer, their number

    Raises
    ------
    TypeError
        If the amount is no number.
    ValueError
        If it is negative, a part above 1, or a number above that of the elements.
    """

    def _worth(self, values: Tensor) -> Tensor:
        return autograd.rand_like(values)


class L1Unstructured(_Unstructured):
    """Prunes the elements of least absolute value; `amount` is as for `RandomUnstructured`."""

    def _worth(self, values: Tensor) -> Tensor:
        return values.abs()

    @classmethod
    def apply(cls, module: Module, name: str, amount: float, importance_scores: Tensor | None = None) -> Any:  # type: ignore[override]
        """Prune a parameter; see `BasePruningMethod.apply`."""
        return super().apply(module, name, amount, importance_scores=importance_scores)


class _Structured(_Amount):
    PRUNING_TYPE = "structured"
    dim: int

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """The mask so far, without the channels of least worth.

        Raises
        ------
        ValueError
            If there are fewer than two dims.
        IndexError
            If there is no such dim.
        """
        if t.ndim <= 1:
            raise ValueError(
                "Structured pruning can only be applied to multidimensional tensors. Found tensor of shape "
                f"{tuple(t.shape)} with {t.ndim} dims"
            )
        if not -t.ndim <= self.dim < t.ndim:
            raise IndexError(f"Invalid index {self.dim} for tensor of size {tuple(t.shape)}")
        dim = self.dim % t.ndim
        count = self._count(t.shape[dim])
        if not count:
            return default_mask
        least = self._worth(t, dim).topk(count, largest=False).indices  # type: ignore[attr-defined]
        mask = default_mask.clone()
        mask[(slice(None),) * dim + (least,)] = 0
        return mask

    def _worth(self, t: Tensor, dim: int) -> Tensor:
        raise NotImplementedError


class RandomStructured(_Structured):
    """Prunes channels at random.

    Parameters
    ----------
    amount : a part of the channels, or, an integer, their number
    dim : the dim that counts channels
    """

    def __init__(self, amount: float, dim: int = -1):
        super().__init__(amount)
        self.dim = dim

    def _worth(self, t: Tensor, dim: int) -> Tensor:
        return autograd.rand(t.shape[dim], device=t.device)


class LnStructured(_Structured):
    """Prunes the channels of least norm; `n` is its order, the rest as for `RandomStructured`."""

    def __init__(self, amount: float, n: Any, dim: int = -1):
        super().__init__(amount)
        self.n, self.dim = n, dim

    @classmethod
    def apply(  # type: ignore[override]
        cls, module: Module, name: str, amount: float, n: Any, dim: int, importance_scores: Tensor | None = None
    ) -> Any:
        """Prune a parameter; see `BasePruningMethod.apply`."""
        return super().apply(module, name, amount, n, dim, importance_scores=importance_scores)

    def _worth(self, t: Tensor, dim: int) -> Tensor:
        return autograd.norm(t, p=self.n, dim=[axis for axis in range(t.ndim) if axis != dim])
