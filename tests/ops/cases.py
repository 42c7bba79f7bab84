"""The table that tests every operation: rows by kind from `tests/ops/rows`, run through one checker."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from autograd.device import device
from tests.ops import rows

HERE = device("here")  # in options: the device that the table is run on


@dataclass(frozen=True)
class Spec:
    """How to draw one argument: shape and domain; `values` instead gives the array itself."""

    shape: tuple[int, ...] = ()
    low: float = -2.0
    high: float = 2.0
    kind: str = "float"  # float, int, bool
    distinct: bool = False  # no two elements equal or close, for operations with kinks at ties
    avoid: tuple[float, ...] = ()  # kinks and poles: no element within 0.1 of these
    values: Any = None


def draw(*shape: int, **how: Any) -> Spec:
    """An argument of the given shape: `draw(3, 4, low=0.1)`."""
    return Spec(shape, **how)


@dataclass(frozen=True)
class Row:
    """One way to call an operation.

    Attributes
    ----------
    op : the registered name
    args : what to draw for the positional arguments (None passes None)
    options : keyword-only options
    reference : the same in NumPy or SciPy: called with the arrays and the options' values it wants (close over them)
    order : derivatives checked against numerical ones (0: the result has none)
    complex : whether complex128 input is legal and checked too
    elementwise : whether 0-d, empty, broadcast and promoted input is checked on top
    strict : whether array-api-strict can run the kernel and the rules
    finish : makes the result unique before it is compared and differentiated, e.g. by removing a sign; called with the
        result, tensors or the reference's arrays alike, so it is written with operators and indexing
    prepare : changes the arguments first, as a list of tensors, e.g. makes a matrix Hermitian, so that derivatives are
        taken along Hermitian matrices; the reference is called with the arguments as drawn
    label : tells rows of one operation apart
    constant : names of arguments that the operation cannot be differentiated by
    promoted : whether mixed element types are checked too, for elementwise operations
    half : whether float16 input is legal and checked
    rtol : how far results may be from the reference and from numerical derivatives, in float64
    """

    op: str
    args: tuple[Spec | None, ...]
    options: dict[str, Any] = field(default_factory=dict)
    reference: Callable | None = None
    order: int = 2
    complex: bool = False
    elementwise: bool = False
    strict: bool = True
    finish: Callable | None = None
    prepare: Callable | None = None
    label: str = ""
    constant: tuple[str, ...] = ()
    promoted: bool = True
    half: bool = True
    rtol: float = 1e-6


def all_rows() -> list[Row]:
    """Every row of every kind."""
    found: list[Row] = []
    for module in pkgutil.iter_modules(rows.__path__):
        found += importlib.import_module(f"tests.ops.rows.{module.name}").ROWS
    return found
