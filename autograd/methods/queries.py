"""Questions to a tensor, and slow ways through Python that PyTorch has too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograd.functions import queries
from autograd.functions.creation import tensor
from autograd.functions.filled import empty

if TYPE_CHECKING:
    from autograd.tensor import Tensor


class QueryMethods:
    """What a tensor is, and functions applied to its elements."""

    __slots__ = ()

    is_same_size = queries.is_same_size
    is_signed = queries.is_signed
    is_inference = queries.is_inference
    # Kinds of tensors that this library does not have.
    is_meta = is_mps = is_xla = is_xpu = is_quantized = is_nested = is_mkldnn = False

    @property
    def is_cpu(self: Any) -> bool:
        """Whether the data are on the CPU."""
        return self.backend.device.type == "cpu"

    def get_device(self: Any) -> int:
        """The index of the CUDA device; -1 on the CPU.

        Examples
        --------
        >>> import autograd
        >>> autograd.ones(2, device="cpu").get_device()
        -1
        """
        index = self.backend.device.index
        return -1 if index is None else index

    def as_subclass(self: Any, cls: type) -> Any:
        """The same data as an instance of a subclass of Tensor.

        Examples
        --------
        >>> import autograd
        >>> class Named(autograd.Tensor):
        ...     pass
        >>> isinstance(autograd.ones(2).as_subclass(Named), Named)
        True
        """
        found = self.detach() if not self.requires_grad else self.view_as(self)
        found.__class__ = cls
        return found

    def new(self: Any, *args: Any) -> Tensor:
        """A tensor of this one's type and device, of a sequence or of the given sizes.

        Examples
        --------
        >>> import autograd
        >>> autograd.ones(2).new([1, 2])
        tensor([1., 2.])
        """
        if len(args) == 1 and not isinstance(args[0], int):
            return tensor(args[0], dtype=self.dtype, device=self.device)
        return empty(*(args or (0,)), dtype=self.dtype, device=self.device)

    def apply_(self: Any, callable: Callable[[Any], Any]) -> Tensor:
        """Put what a Python function makes of each element in its place; slow, on the CPU alone.

        Raises
        ------
        TypeError
            On another device.

        Examples
        --------
        >>> import autograd
        >>> autograd.tensor([1.0, 4.0]).apply_(lambda value: value**0.5)
        tensor([1., 2.])
        """
        return _elementwise("apply_", self, callable)

    def map_(self: Any, tensor: Any, callable: Callable[[Any, Any], Any]) -> Tensor:
        """Put what a Python function makes of each element and another tensor's in its place; slow, on the CPU alone.

        Raises
        ------
        TypeError
            On another device.

        Examples
        --------
        >>> import autograd
        >>> autograd.tensor([1.0, 2.0]).map_(autograd.tensor([3.0, 4.0]), lambda a, b: a * b)
        tensor([3., 8.])
        """
        return _elementwise("map_", self, callable, tensor.expand_as(self))

    def fill_diagonal_(self: Any, fill_value: float, wrap: bool = False) -> Tensor:
        """Put one value on the main diagonal.

        Parameters
        ----------
        fill_value : the value
        wrap : for tall matrices, whether to begin again below the last column

        Raises
        ------
        RuntimeError
            For less than two dims, or for more than two of different sizes.

        Examples
        --------
        >>> import autograd
        >>> autograd.zeros(2, 2).fill_diagonal_(1.0)
        tensor([[1., 0.],
                [0., 1.]])
        """
        if self.ndim < 2:
            raise RuntimeError("fill_diagonal_: dimensions must larger than 1")
        if self.ndim > 2 and len(set(self.shape)) > 1:
            raise RuntimeError(
                f"fill_diagonal_: all dimensions must be equal for more than two, got {tuple(self.shape)}"
            )
        rows, columns = self.shape[0], self.shape[1]
        if self.ndim > 2:
            for place in range(rows):
                self[(place,) * self.ndim] = fill_value
            return self
        for first in range(0, rows, columns + 1) if wrap and columns else (0,):
            self[first:].diagonal().fill_(fill_value)
        return self


def _elementwise(name: str, target: Any, function: Callable[..., Any], *others: Any) -> Any:
    if target.device.type != "cpu":
        raise TypeError(f"{name} is only implemented on CPU tensors, got one on {target.device}")
    lists = [item.detach().reshape(-1).tolist() for item in (target, *others)]
    values = tensor([function(*group) for group in zip(*lists, strict=True)], dtype=target.dtype, device="cpu")
    return target.copy_(values.reshape(target.shape))
