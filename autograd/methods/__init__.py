"""Tensor's methods, one class per kind: each assigns functions of `autograd.functions` or operations by name."""

from __future__ import annotations

from autograd.methods.arithmetic import ArithmeticMethods
from autograd.methods.comparison import ComparisonMethods
from autograd.methods.conversion import ConversionMethods
from autograd.methods.dlpack import DLPackMethods
from autograd.methods.elementwise import ElementwiseMethods
from autograd.methods.indexing import IndexingMethods
from autograd.methods.joining import JoiningMethods
from autograd.methods.linalg import LinalgMethods
from autograd.methods.memory import MemoryMethods
from autograd.methods.protocols import ProtocolMethods
from autograd.methods.queries import QueryMethods
from autograd.methods.random import RandomMethods
from autograd.methods.reduction import ReductionMethods
from autograd.methods.shape import ShapeMethods
from autograd.methods.sparse import SparseMethods
from autograd.methods.windowing import WindowingMethods


class Methods(
    ArithmeticMethods,
    ComparisonMethods,
    ConversionMethods,
    DLPackMethods,
    ElementwiseMethods,
    IndexingMethods,
    JoiningMethods,
    LinalgMethods,
    MemoryMethods,
    ProtocolMethods,
    QueryMethods,
    RandomMethods,
    ReductionMethods,
    ShapeMethods,
    SparseMethods,
    WindowingMethods,
):
    """All of them."""

    __slots__ = ()
