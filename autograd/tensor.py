"""Tensor: what it is and how it converts; its methods come by kind from `autograd.methods`."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING, Any, overload

from autograd import call_paths, dtypes, ops
from autograd.alias import alias_of, current_node, version_of
from autograd.backends import backend_for
from autograd.device import device
from autograd.engine import Leaf, Node, TensorBase, engine
from autograd.functions import complex as complex_functions
from autograd.functions import creation, differentiation, filled
from autograd.graph_node import GraphNode
from autograd.hooks import RemovableHandle
from autograd.methods import Methods
from autograd.size import Size

if TYPE_CHECKING:
    import numpy as np


class Tensor(Methods, TensorBase):
    """An array that can record what is computed with it.

    Make one with `autograd.tensor`. `Tensor(data)` makes a float32 tensor, `Tensor(2, 3)` one of that shape.
    """

    __slots__ = ("__dict__",)
    __array_priority__ = 1000

    def __new__(cls, *data: Any, **options: Any) -> Tensor:
        if len(data) == 1 and not isinstance(data[0], (int, Size)):
            made = creation.tensor(data[0], dtype=dtypes.default_dtype())
        elif data:
            made = filled.empty(*data)
        else:
            made = filled.empty(0)
        made.__class__ = cls
        return made

    # --- what it is ---

    @property
    def shape(self) -> Size:
        """The sizes of the dimensions."""
        return Size(self._data.shape)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self._data.ndim

    @property
    def dtype(self) -> dtypes.dtype:
        """The element type."""
        return self.backend.dtype_of(self._data)

    @property
    def device(self) -> device:
        """The device that holds the data."""
        return self.backend.device

    @property
    def is_cuda(self) -> bool:
        """Whether the tensor is on a CUDA device."""
        return self.backend.device.type == "cuda"

    @property
    def itemsize(self) -> int:
        """Bytes per element."""
        return self._data.dtype.itemsize

    @property
    def nbytes(self) -> int:
        """Bytes of all elements."""
        return self._data.dtype.itemsize * self._data.size

    @overload
    def size(self, dim: None = None) -> Size: ...
    @overload
    def size(self, dim: int) -> int: ...
    def size(self, dim: int | None = None) -> Any:
        """The shape, or the size of one dimension."""
        return self.shape if dim is None else self._data.shape[dim]

    def dim(self) -> int:
        """The number of dimensions."""
        return self._data.ndim

    ndimension = dim

    def numel(self) -> int:
        """The number of elements."""
        return int(self._data.size)

    nelement = numel

    def element_size(self) -> int:
        """Bytes per element."""
        return self._data.dtype.itemsize

    def __len__(self) -> int:
        if not self._data.ndim:
            raise TypeError("len() of a 0-d tensor")
        return self._data.shape[0]

    @overload
    def stride(self, dim: None = None) -> tuple[int, ...]: ...
    @overload
    def stride(self, dim: int) -> int: ...
    def stride(self, dim: int | None = None) -> Any:
        """Elements to step over for one step along each dimension."""
        strides = tuple(step // self._data.dtype.itemsize for step in self._data.strides)
        return strides if dim is None else strides[dim]

    def is_contiguous(self, memory_format: Any = None) -> bool:
        """Whether the elements lie in memory in row-major order without gaps."""
        return bool(self._data.flags.c_contiguous)

    is_floating_point = complex_functions.is_floating_point
    is_complex = complex_functions.is_complex
    is_nonzero = complex_functions.is_nonzero

    def is_signed(self) -> bool:
        """Whether the element type has negative values."""
        return self.dtype.is_signed

    def data_ptr(self) -> int:
        """The address of the first element."""
        return self.backend.address(self._data)

    @property
    def _version(self) -> int:
        return version_of(self)

    # --- the graph ---

    @property
    def requires_grad(self) -> bool:
        """Whether operations on the tensor are recorded; may be set on leaves."""
        return current_node(self) is not None

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        self.requires_grad_(value)

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        """Switch recording on or off for a leaf.

        Raises
        ------
        RuntimeError
            For integers, or for switching it off on a tensor that was computed.
        """
        node = current_node(self)
        if requires_grad and node is None:
            creation.require_float(self)
            alias = self.alias
            kept = None if alias is None else alias.leaf
            self.node = kept or Leaf(self)
        elif not requires_grad and node is not None:
            if node.__class__ is not Leaf:
                raise RuntimeError(
                    "you can only change requires_grad flags of leaf variables; use detach() to leave the graph"
                )
            if node.grad is not None:  # type: ignore[attr-defined]
                alias_of(self).leaf = node  # type: ignore[assignment]
            self.node = None
        return self

    @property
    def is_leaf(self) -> bool:
        """Whether no recorded operation computed the tensor."""
        node = current_node(self)
        return node is None or node.__class__ is Leaf

    @property
    def grad_fn(self) -> Any:
        """The graph node that computed the tensor, None for leaves; see `autograd.graph`."""
        node = current_node(self)
        return None if node is None or node.__class__ is Leaf else GraphNode.of(node)

    @property
    def output_nr(self) -> int:
        """Which of its graph node's outputs the tensor is."""
        node = current_node(self)
        return 0 if node is None else getattr(node.record, "index", 0)

    @property
    def grad(self) -> Tensor | None:
        """The gradient that `backward` accumulated, or None."""
        node = current_node(self)
        if node is None:
            leaf = None if self.alias is None else self.alias.leaf
            return None if leaf is None else leaf.grad
        if node.__class__ is Leaf:
            return node.grad  # type: ignore[attr-defined]
        return None if node.extra is None else node.extra.grad

    @grad.setter
    def grad(self, value: Any) -> None:
        if value is not None:
            if not isinstance(value, TensorBase):
                raise TypeError(f"assigned grad expected to be a Tensor or None but got {type(value).__name__}")
            if value is self:
                raise RuntimeError("can't assign Variable as its own grad; assign a clone()")
            if value._data.shape != self._data.shape:
                raise RuntimeError(
                    f"assigned grad has data of a different size: {list(value._data.shape)}, the tensor has "
                    f"{list(self._data.shape)}"
                )
            if value._data.dtype != self._data.dtype or value.backend is not self.backend:
                raise RuntimeError("assigned grad has data of a different type or device; convert it with .to()")
        node = current_node(self)
        if node is None:
            alias = alias_of(self)
            alias.leaf = alias.leaf or Leaf(self)
            alias.leaf.grad = value
        elif node.__class__ is Leaf:
            node.grad = value  # type: ignore[attr-defined]
        else:
            node.more().grad = value

    @grad.deleter
    def grad(self) -> None:
        self.grad = None

    def backward(
        self, gradient: Any = None, retain_graph: bool | None = None, create_graph: bool = False, inputs: Any = None
    ) -> None:
        """Add the gradients of this tensor by the graph's leaves to their `grad`; see `autograd.backward`."""
        differentiation.backward(self, [gradient], retain_graph, create_graph, inputs=inputs)

    detach = creation.detach
    clone = creation.clone

    def detach_(self) -> Tensor:
        """Take the tensor out of its graph, in place."""
        if self.alias is not None and self.alias.base is not None:
            raise RuntimeError("Can't detach views in-place; use detach() instead of detach_()")
        self.node = None
        return self

    @property
    def data(self) -> Tensor:
        """The same memory outside the graph; may be assigned to."""
        twin = self.detach()
        twin.alias.cell = type(twin.alias.cell)()  # writes through .data are not counted, as in PyTorch
        return twin

    @data.setter
    def data(self, value: TensorBase) -> None:
        if not isinstance(value, TensorBase):
            raise TypeError(f"data must be a Tensor, not {type(value).__name__}")
        kind = value.backend.dtype_of(value._data)
        if self.node is not None and kind.category < dtypes.FLOATING:
            raise RuntimeError(
                f"data set to a tensor that requires gradients must be floating point or complex dtype, not {kind}; "
                "use requires_grad_(False) first"
            )
        self._data, self.backend = value._data, value.backend
        leaf = self.node
        if leaf.__class__ is Leaf:
            leaf.dtype, leaf.shape, leaf.backend = value._data.dtype, value._data.shape, value.backend

    def _recorded(self, what: str) -> Node:
        node = current_node(self)
        if node is None:
            raise RuntimeError(f"cannot {what} on a tensor that doesn't require gradient")
        return node

    def register_hook(self, hook: Callable[[Tensor], Any]) -> RemovableHandle:
        """Call `hook(grad)` when the gradient of this tensor is computed; what it returns replaces the gradient."""
        extra = self._recorded("register a hook").more()
        if extra.hooks is None:
            extra.hooks = {}
        return RemovableHandle(extra.hooks, hook)

    def register_post_accumulate_grad_hook(self, hook: Callable[[Tensor], None]) -> RemovableHandle:
        """Call `hook(tensor)` after a gradient was added to this leaf's `grad`."""
        leaf = self._recorded("register a hook")
        if not isinstance(leaf, Leaf):
            raise RuntimeError("post accumulate grad hooks cannot be registered on non-leaf tensors")
        if leaf.accumulated is None:
            leaf.accumulated = {}
        return RemovableHandle(leaf.accumulated, hook)

    def retain_grad(self) -> None:
        """Keep the gradient of a computed tensor in its `grad`."""
        node = self._recorded("retain_grad")
        if node.__class__ is not Leaf:
            node.more().retains = True

    @property
    def retains_grad(self) -> bool:
        """Whether `retain_grad` was called on this computed tensor."""
        node = current_node(self)
        return node is not None and node.extra is not None and node.extra.retains

    # --- in and out of Python and NumPy ---

    def item(self) -> Any:
        """The value of a tensor with one element, as a Python number.

        Raises
        ------
        RuntimeError
            If there are more elements, or none.
        """
        if self._data.size != 1:
            raise RuntimeError(f"a Tensor with {self._data.size} elements cannot be converted to Scalar")
        return self.backend.to_numpy(self._data).item()

    def tolist(self) -> Any:
        """The values as nested lists of Python numbers."""
        return self.backend.to_numpy(self._data).tolist()

    def numpy(self, *, force: bool = False) -> np.ndarray:
        """A NumPy array that shares memory on the CPU; with `force`, of whatever the tensor is.

        Raises
        ------
        RuntimeError
            If the tensor requires a gradient.
        TypeError
            If it is on another device.
        """
        if not force:
            if self.requires_grad:
                raise RuntimeError(
                    "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
                )
            if self.backend.device.type != "cpu":
                raise TypeError(
                    f"can't convert a tensor on {self.backend.device} to NumPy; use tensor.cpu() to copy it first"
                )
        return self.backend.to_numpy(self._data)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        array = self.numpy()
        if dtype is not None and array.dtype != dtype:
            return array.astype(dtype)
        return array.copy() if copy else array

    def __hash__(self) -> int:
        return id(self)

    def __format__(self, spec: str) -> str:
        return format(self.item(), spec) if not self._data.ndim else object.__format__(self, spec)

    # --- copying and pickling ---

    def __deepcopy__(self, memo: dict) -> Tensor:
        if not self.is_leaf:
            raise RuntimeError("Only Tensors created explicitly by the user support the deepcopy protocol; clone() it")
        twin = engine.wrap(self.backend.copy(self._data), self.backend)
        twin.__class__ = type(self)
        memo[id(self)] = twin
        if self.requires_grad:
            twin.requires_grad_()
        if self.grad is not None:
            twin.grad = self.grad.detach().clone()
        twin.__dict__.update(deepcopy(self.__dict__, memo))
        return twin

    def __reduce_ex__(self, protocol: Any) -> tuple:
        if not self.is_leaf:
            raise RuntimeError("only leaf Tensors can be pickled; detach() it first")
        array = self.backend.to_numpy(self._data)
        return _rebuild, (type(self), array, str(self.device), self.requires_grad, self.__dict__)

    def __repr__(self) -> str:
        from autograd.printing import tensor_text

        return tensor_text(self)


def wrap(array: Any, backend: Any) -> Tensor:
    """A tensor around a raw array, outside any graph."""
    tensor = object.__new__(Tensor)
    tensor._data, tensor.backend, tensor.node, tensor.alias = array, backend, None, None
    return tensor


def _rebuild(kind: type, array: Any, place: str, requires_grad: bool, attributes: dict) -> Tensor:
    backend = backend_for(place)
    tensor = wrap(backend.from_numpy(array), backend)
    tensor.__class__ = kind
    tensor.__dict__.update(attributes)
    return tensor.requires_grad_(requires_grad) if requires_grad else tensor


engine.ops = ops
engine.wrap = wrap
call_paths.hand_down(Tensor)
