"""Reductions as methods."""

from __future__ import annotations

from autograd.functions import reduction


class ReductionMethods:
    """Reductions."""

    __slots__ = ()

    sum = reduction.sum
