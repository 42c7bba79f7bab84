"""`SparseTensor`: a tensor that stores some of its elements, the others being zero.

Its values are an ordinary tensor, in the graph if that is: gradients flow to it. The pattern of the places is shared and
constant. An operation on a sparse tensor finds no dense array in it (`_data` raises `NotDense`), and hands itself over to
`autograd.sparse.dispatch`; what is not there is refused by name. The paths of dense tensors know nothing of this.
"""

from __future__ import annotations

import copy
from typing import Any

from autograd import ops
from autograd.engine import NotDense, engine
from autograd.functions.common import axis_of
from autograd.layouts import sparse_coo, sparse_csr
from autograd.size import Size
from autograd.sparse.pattern import Compressed, Coordinates, Pattern
from autograd.tensor import Tensor


class SparseTensor(Tensor):
    """A tensor of layout `autograd.sparse_coo` or `autograd.sparse_csr`.

    Made by `sparse_coo_tensor`, `sparse_csr_tensor` or `Tensor.to_sparse`. `grad` of a leaf is a sparse tensor of the same
    pattern, as in PyTorch; the leaf of the graph is `values()`.
    """

    __slots__ = ()

    pattern: Pattern
    stored: Tensor

    def __new__(cls, pattern: Any, stored: Any) -> SparseTensor:
        """A sparse tensor with values [count, dense sizes] at the places of a pattern."""
        made = object.__new__(cls)
        made.backend, made.node, made.alias = stored.backend, None, None
        made.pattern, made.stored = pattern, stored
        return made

    @property
    def _data(self) -> Any:  # type: ignore[override]
        raise NotDense(self)

    def with_values(self, stored: Any) -> SparseTensor:
        """Other values at the same places."""
        return SparseTensor(self.pattern, stored)

    # --- what it is ---

    @property
    def layout(self) -> Any:
        """`autograd.sparse_coo` or `autograd.sparse_csr`."""
        return self.pattern.layout

    @property
    def is_sparse(self) -> bool:
        """Whether the layout is `sparse_coo`."""
        return self.layout is sparse_coo

    @property
    def is_sparse_csr(self) -> bool:
        """Whether the layout is `sparse_csr`."""
        return self.layout is sparse_csr

    @property
    def shape(self) -> Size:
        """The sizes of the dims, sparse ones first."""
        return Size((*self.pattern.sizes, *self.stored.shape[1:]))

    @property
    def ndim(self) -> int:
        """The number of dims."""
        return len(self.pattern.sizes) + self.stored.ndim - 1

    @property
    def dtype(self) -> Any:
        """The element type of the values."""
        return self.stored.dtype

    @property
    def itemsize(self) -> int:
        """Bytes per element."""
        return self.stored.itemsize

    def element_size(self) -> int:
        """Bytes per element."""
        return self.itemsize

    def size(self, dim: int | None = None) -> Any:
        """The shape, or the size of one dim."""
        return self.shape if dim is None else self.shape[axis_of(dim, self.ndim)]

    def dim(self) -> int:
        """The number of dims."""
        return self.ndim

    ndimension = dim

    def numel(self) -> int:
        """The number of elements, zeros included."""
        return self.shape.numel()

    nelement = numel

    def __len__(self) -> int:
        return self.shape[0]

    @property
    def nbytes(self) -> int:
        """Bytes of the stored elements."""
        return self.stored.nbytes

    def sparse_dim(self) -> int:
        """The number of sparse dims."""
        return len(self.pattern.sizes)

    def dense_dim(self) -> int:
        """The number of dense dims, which each stored value has."""
        return self.stored.ndim - 1

    def is_floating_point(self) -> bool:
        """Whether the values are real floating point numbers."""
        return self.stored.is_floating_point()

    def is_complex(self) -> bool:
        """Whether the values are complex numbers."""
        return self.stored.is_complex()

    def is_contiguous(self, memory_format: Any = None) -> bool:
        """False: the elements do not lie side by side."""
        return False

    # --- pattern and values ---

    def _expect(self, name: str, wanted: Any, what: str) -> None:
        if self.layout is not wanted:
            raise RuntimeError(f"{name} expected sparse {what} tensor layout but got {self.layout.title}")

    def _expect_coalesced(self, name: str) -> None:
        if not self.pattern.coalesced:
            raise RuntimeError(f"Cannot get {name} on an uncoalesced tensor, please call .coalesce() first")

    def _nnz(self) -> int:
        return self.pattern.count

    def values(self) -> Tensor:
        """The stored elements, in the graph.

        Raises
        ------
        RuntimeError
            If places occur twice; `coalesce` adds them up.
        """
        self._expect_coalesced("values")
        return self.stored

    def indices(self) -> Tensor:
        """The coordinates [sparse dims, nnz] of the stored elements.

        Raises
        ------
        RuntimeError
            For compressed rows, or if places occur twice; `coalesce` adds them up.
        """
        self._expect("indices", sparse_coo, "coordinate")
        self._expect_coalesced("indices")
        return self._indices()

    def _indices(self) -> Tensor:
        self._expect("_indices", sparse_coo, "coordinate")
        return engine.wrap(self.pattern.coordinates, self.backend)  # type: ignore[return-value]

    def _values(self) -> Tensor:
        return self.stored.detach()

    def _compressed(self, name: str) -> Compressed:
        self._expect(name, sparse_csr, "row compressed")
        return self.pattern  # type: ignore[return-value]

    def crow_indices(self) -> Tensor:
        """Where each row starts, and last the number of elements."""
        return engine.wrap(self._compressed("crow_indices").crow, self.backend)  # type: ignore[return-value]

    def col_indices(self) -> Tensor:
        """The column of each element."""
        return engine.wrap(self._compressed("col_indices").col, self.backend)  # type: ignore[return-value]

    def is_coalesced(self) -> bool:
        """Whether the places are sorted and none occurs twice."""
        self._expect("is_coalesced", sparse_coo, "coordinate")
        return self.pattern.coalesced

    def coalesce(self) -> SparseTensor:
        """The tensor with its places sorted, elements of one place added up; itself if it is so already."""
        self._expect("coalesce", sparse_coo, "coordinate")
        pattern: Coordinates = self.pattern  # type: ignore[assignment]
        if pattern.coalesced:
            return self
        groups, unique = pattern.groups, pattern.unique
        order, group = engine.wrap(groups.order, self.backend), engine.wrap(groups.group, self.backend)
        ordered = ops.take(self.stored, order, axis=0)
        shape = (unique.count, *self.stored.shape[1:])
        return SparseTensor(unique, ops.index_add_zeros(ordered, group, shape=shape, axis=0))

    # --- the graph, which the values are part of ---

    @property
    def requires_grad(self) -> bool:
        """Whether the values require a gradient; may be set on leaves."""
        return self.stored.requires_grad

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        self.requires_grad_(value)

    def requires_grad_(self, requires_grad: bool = True) -> SparseTensor:
        """Switch recording on or off for a leaf."""
        self.stored.requires_grad_(requires_grad)
        return self

    @property
    def is_leaf(self) -> bool:
        """Whether no recorded operation computed the values."""
        return self.stored.is_leaf

    @property
    def grad_fn(self) -> Any:
        """The graph node that computed the values, None for leaves."""
        return self.stored.grad_fn

    @property
    def grad(self) -> Any:
        """The gradient as a sparse tensor of the same pattern, or None."""
        found = self.stored.grad
        return None if found is None else self.with_values(found)

    @grad.setter
    def grad(self, value: Any) -> None:
        if value is not None and not (isinstance(value, SparseTensor) and value.pattern is self.pattern):
            raise RuntimeError("assigned grad must be None or a sparse tensor that shares this one's pattern")
        self.stored.grad = None if value is None else value.stored

    @grad.deleter
    def grad(self) -> None:
        self.stored.grad = None

    def backward(self, *args: Any, **options: Any) -> None:
        """Refused: reduce the tensor first.

        Raises
        ------
        RuntimeError
            Always.
        """
        raise RuntimeError("backward: a sparse tensor is no root of a graph; use sparse.sum(tensor).backward()")

    def detach(self) -> SparseTensor:  # type: ignore[override]
        """A tensor with the same memory, outside the graph."""
        return self.with_values(self.stored.detach())

    def register_hook(self, hook: Any) -> Any:
        """Call `hook(grad)` with the gradient of the values; what it returns replaces it."""
        return self.stored.register_hook(hook)

    def retain_grad(self) -> None:
        """Keep the gradient of computed values in `grad`."""
        self.stored.retain_grad()

    # --- shape and layout ---

    def transpose(self, dim0: int, dim1: int) -> SparseTensor:
        """Two sparse dims exchanged; compressed rows become coordinates.

        Raises
        ------
        IndexError, RuntimeError
            For dims that do not exist; for a dense one.
        """
        a, b = axis_of(dim0, self.ndim), axis_of(dim1, self.ndim)
        if max(a, b) >= self.sparse_dim():
            raise RuntimeError(
                f"transpose: dims {a} and {b} must both be sparse, of which there are {self.sparse_dim()}"
            )
        found = self.to_sparse_coo()
        return SparseTensor(found.pattern.transposed(a, b), found.stored)

    def t(self) -> SparseTensor:
        """The transposed matrix."""
        if self.ndim > 2:
            raise RuntimeError(f"t() expects a tensor with <= 2 sparse and 0 dense dimensions, but got {self.ndim}D")
        return self.transpose(0, self.ndim - 1)

    T = property(t)
    mT = property(t)

    def to_dense(self, dtype: Any = None, *, masked_grad: Any = None) -> Tensor:
        """The tensor with its zeros, elements of one place added up."""
        from autograd.sparse.conversion import to_dense

        found = to_dense(self)
        return found if dtype is None else found.to(dtype)

    def to_sparse(self, sparse_dim: int | None = None, *, layout: Any = None, dense_dim: int | None = None) -> Any:
        """The tensor in another sparse layout, by default by coordinates."""
        if layout is sparse_csr:
            return self.to_sparse_csr()
        return self.to_sparse_coo()

    def to_sparse_coo(self) -> SparseTensor:
        """The tensor by coordinates; itself if it is so already."""
        if self.is_sparse:
            return self
        return SparseTensor(Coordinates(self.backend, self.pattern.coordinates, self.pattern.sizes, True), self.stored)

    def to_sparse_csr(self, dense_dim: int | None = None) -> SparseTensor:
        """The matrix in compressed rows; itself if it is so already.

        Raises
        ------
        RuntimeError
            If it is no matrix of numbers.
        """
        from autograd.sparse.conversion import to_rows

        return to_rows(self)

    # --- in and out of Python ---

    def item(self) -> Any:
        """Refused.

        Raises
        ------
        RuntimeError
            Unless there is one element in all.
        """
        return self.to_dense().item()

    def numpy(self, *, force: bool = False) -> Any:
        """Refused.

        Raises
        ------
        TypeError
            Always; NumPy has no sparse arrays.
        """
        raise TypeError(f"can't convert {self.layout.title} layout tensor to numpy. Use Tensor.to_dense() first.")

    def tolist(self) -> Any:
        """The values, zeros included, as nested lists of Python numbers."""
        return self.to_dense().tolist()

    def __getitem__(self, index: Any) -> Any:
        from autograd.sparse.selection import getitem

        return getitem(self, index)

    def __iter__(self) -> Any:
        return iter(self.unbind())

    def __bool__(self) -> bool:
        return bool(self.to_dense())

    def __deepcopy__(self, memo: dict) -> SparseTensor:
        return self.with_values(copy.deepcopy(self.stored, memo))

    def __reduce_ex__(self, protocol: Any) -> tuple:
        xp, pattern = self.backend, self.pattern
        arrays = tuple(xp.to_numpy(array) for array in pattern.arrays())
        return _rebuild, (type(pattern), arrays, pattern.sizes, pattern.coalesced, self.stored)

    def __repr__(self) -> str:
        from autograd.sparse.printing import sparse_text

        return sparse_text(self)

    # --- what operations and functions do with it ---

    def take_over(self, name: str, args: tuple, options: dict[str, Any]) -> Any:
        """The operation or function of this name, on arguments of which this is one."""
        from autograd.sparse.dispatch import call

        return call(name, args, options)

    def take_in(self, name: str, result: SparseTensor) -> SparseTensor:
        """Become the result of an in-place operation."""
        from autograd.sparse.conversion import take_in

        return take_in(self, name, result)


def _rebuild(kind: Any, arrays: tuple, sizes: tuple, coalesced: bool, stored: Tensor) -> SparseTensor:
    backend = stored.backend
    placed = [backend.from_numpy(array) for array in arrays]
    pattern = kind(backend, *placed, sizes, *((coalesced,) if kind is Coordinates else ()))
    return SparseTensor(pattern, stored)
