"""Tensors that a module owns: `Parameter`, `Buffer`, and their uninitialized forms for lazy modules."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor
from autograd.alias import share
from autograd.engine import Leaf, TensorBase
from autograd.functions.creation import require_float


def _same_memory(cls: type, data: Any) -> Any:
    """A tensor of class `cls` with the memory of `data`, outside its graph."""
    if data is None:
        data = autograd.empty(0)
    elif not isinstance(data, TensorBase):
        raise TypeError(f"{cls.__name__} expects a Tensor, not {type(data).__name__}; make one with autograd.tensor")
    made = object.__new__(cls)  # type: ignore[var-annotated]
    made._data, made.backend, made.node, made.alias = data._data, data.backend, None, None
    share(made, data)
    return made


class Parameter(Tensor):
    """A tensor that becomes a parameter of the module it is assigned to.

    Parameters
    ----------
    data : the values; the memory is shared. Default: no elements
    requires_grad : whether operations on it are recorded

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Parameter(autograd.ones(2))
    Parameter containing:
    tensor([1., 1.], requires_grad=True)
    """

    __slots__ = ()

    def __new__(cls, data: Any = None, requires_grad: bool = True) -> Parameter:
        """Make one; see the class."""
        made = _same_memory(cls, data)
        if requires_grad:
            require_float(made)
            made.node = Leaf(made)
        return made

    def __deepcopy__(self, memo: dict) -> Tensor:
        twin = super().__deepcopy__(memo)
        twin.grad = None  # of parameters, unlike other tensors, PyTorch copies no gradient
        return twin

    def __repr__(self) -> str:
        return "Parameter containing:\n" + super().__repr__()


class Buffer(Tensor):
    """A tensor that becomes a buffer of the module it is assigned to.

    Parameters
    ----------
    data : the values; the memory is shared
    persistent : whether it is part of the module's `state_dict`

    Examples
    --------
    >>> import autograd, nn
    >>> module = nn.Module()
    >>> module.mean = nn.Buffer(autograd.zeros(2))
    >>> list(module.state_dict())
    ['mean']
    """

    __slots__ = ()

    persistent: bool

    def __new__(cls, data: Any = None, *, persistent: bool = True) -> Buffer:
        """Make one; see the class."""
        made = _same_memory(cls, data)
        made.persistent = persistent
        return made


class _Uninitialized:
    """What uninitialized tensors share: they have a type and a device, but no shape until `materialize`."""

    __slots__ = ()

    _plain: type
    _data: Any
    backend: Any

    @property
    def shape(self) -> Any:
        """Not known yet.

        Raises
        ------
        RuntimeError
            Always.
        """
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in "
            "`load_state_dict` when trying to load an uninitialized parameter into an initialized one. Call `forward` "
            "to initialize the parameters before accessing their attributes."
        )

    def numel(self) -> int:
        """Not known yet.

        Raises
        ------
        ValueError
            Always.
        """
        raise ValueError(
            "numel: the parameter or buffer is uninitialized: its module has not run yet; call the module with an input "
            "before counting its parameters"
        )

    def materialize(self, shape: Any, device: Any = None, dtype: Any = None) -> None:
        """Give the tensor its shape, with values still to be set; it becomes an ordinary one of its kind."""
        place = self.backend.device if device is None else device
        kind = self.backend.dtype_of(self._data) if dtype is None else dtype
        self.data = autograd.empty(*shape, device=place, dtype=kind)  # type: ignore[misc]
        self.__class__ = self._plain

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __deepcopy__(self, memo: dict) -> Any:
        twin = type(self)(device=self.backend.device, dtype=self.backend.dtype_of(self._data))  # type: ignore[call-arg]
        memo[id(self)] = twin
        return twin

    def __reduce_ex__(self, protocol: Any) -> tuple:
        return _uninitialized, (type(self), str(self.backend.device), self.backend.dtype_of(self._data).name)


class UninitializedParameter(_Uninitialized, Parameter):
    """A parameter whose shape the first input decides.

    Examples
    --------
    >>> import autograd, nn
    >>> weight = nn.UninitializedParameter()
    >>> weight.materialize((2, 3))
    >>> weight.shape
    autograd.Size([2, 3])
    """

    __slots__ = ()

    _plain = Parameter

    def __new__(cls, requires_grad: bool = True, device: Any = None, dtype: Any = None) -> UninitializedParameter:
        """Make one; see the class."""
        return super().__new__(cls, autograd.empty(0, device=device, dtype=dtype), requires_grad)  # type: ignore[return-value]


class UninitializedBuffer(_Uninitialized, Tensor):
    """A buffer whose shape the first input decides.

    Examples
    --------
    >>> import autograd, nn
    >>> buffer = nn.UninitializedBuffer()
    >>> buffer.materialize((2, 3))
    >>> buffer.shape
    autograd.Size([2, 3])
    """

    __slots__ = ()

    _plain = Tensor

    def __new__(cls, requires_grad: bool = False, device: Any = None, dtype: Any = None) -> UninitializedBuffer:
        """Make one; see the class."""
        made = _same_memory(cls, autograd.empty(0, device=device, dtype=dtype))
        return made.requires_grad_() if requires_grad else made


def _uninitialized(cls: type, place: str, kind: str) -> Any:
    return cls(device=place, dtype=getattr(autograd, kind))


def is_lazy(tensor: Any) -> bool:
    """Whether a parameter or buffer still waits for its shape.

    Examples
    --------
    >>> import nn
    >>> nn.parameter.is_lazy(nn.UninitializedParameter())
    True
    """
    return isinstance(tensor, _Uninitialized)
