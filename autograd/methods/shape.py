"""Shape methods and indexing."""

from __future__ import annotations

from autograd.functions import reduction, shape


class ShapeMethods:
    """Shape, indexing."""

    __slots__ = ()

    __getitem__ = shape.getitem
    __setitem__ = shape.setitem
    reshape = shape.reshape
    transpose = shape.transpose
    unbind = shape.unbind
    sum = reduction.sum
