"""From a constraint to a transform of all numbers onto it: `biject_to`, `transform_to`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.distributions import constraints, transforms

__all__ = ["ConstraintRegistry", "biject_to", "transform_to"]


class ConstraintRegistry:
    """A table of the transform for each kind of constraint, to be called with a constraint.

    Examples
    --------
    >>> import autograd
    >>> from autograd.distributions import biject_to, constraints
    >>> biject_to(constraints.positive)(autograd.tensor(0.0)).item()
    1.0
    """

    def __init__(self) -> None:
        self._registry: dict[type, Callable] = {}

    def register(self, constraint: Any, factory: Callable | None = None) -> Callable:
        """Take `factory(constraint)` for constraints of a class; a decorator if no factory is given.

        Parameters
        ----------
        constraint : a class of constraints, or one of them
        factory : makes the transform

        Raises
        ------
        TypeError
            If it is no constraint.
        """
        if factory is None:
            return lambda factory: self.register(constraint, factory)
        kind = type(constraint) if isinstance(constraint, constraints.Constraint) else constraint
        if not isinstance(kind, type) or not issubclass(kind, constraints.Constraint):
            raise TypeError(f"Expected constraint to be either a Constraint subclass or instance, but got {constraint}")
        self._registry[kind] = factory
        return factory

    def __call__(self, constraint: constraints.Constraint) -> transforms.Transform:
        """The transform onto a constraint.

        Raises
        ------
        NotImplementedError
            If none was registered for its class.
        """
        try:
            factory = self._registry[type(constraint)]
        except KeyError:
            raise NotImplementedError(f"Cannot transform {type(constraint).__name__} constraints") from None
        return factory(constraint)


biject_to = ConstraintRegistry()
transform_to = ConstraintRegistry()


def _affine(loc: Any, scale: Any) -> transforms.Transform:
    return transforms.AffineTransform(loc, scale)


def _to_interval(constraint: Any) -> transforms.Transform:
    low, high = constraint.lower_bound, constraint.upper_bound
    sigmoid = transforms.SigmoidTransform()
    if isinstance(low, (int, float)) and (low, high) == (0, 1):
        return sigmoid
    return transforms.ComposeTransform([sigmoid, _affine(low, high - low)])


def _from_exp(bound: Any, scale: int) -> transforms.Transform:
    return transforms.ComposeTransform([transforms.ExpTransform(), _affine(bound, scale)])


def _above(constraint: Any) -> transforms.Transform:
    bound = constraint.lower_bound
    return transforms.ExpTransform() if isinstance(bound, float) and bound == 0 else _from_exp(bound, 1)


for _table in (biject_to, transform_to):
    _table.register(constraints.real, lambda constraint: transforms.identity_transform)
    for _lower in (constraints.greater_than, constraints.greater_than_eq):
        _table.register(_lower, _above)
    _table.register(constraints.less_than, lambda constraint: _from_exp(constraint.upper_bound, -1))
    for _between in (constraints.interval, constraints.half_open_interval):
        _table.register(_between, _to_interval)
    _table.register(constraints.corr_cholesky, lambda constraint: transforms.CorrCholeskyTransform())
    _table.register(
        constraints.independent,
        lambda constraint, table=_table: transforms.IndependentTransform(
            table(constraint.base_constraint), constraint.reinterpreted_batch_ndims
        ),
    )
    _table.register(
        constraints.cat,
        lambda constraint, table=_table: transforms.CatTransform(
            [table(c) for c in constraint.cseq], constraint.dim, constraint.lengths
        ),
    )
    _table.register(
        constraints.stack,
        lambda constraint, table=_table: transforms.StackTransform([table(c) for c in constraint.cseq], constraint.dim),
    )
biject_to.register(constraints.simplex, lambda constraint: transforms.StickBreakingTransform())
transform_to.register(constraints.simplex, lambda constraint: transforms.SoftmaxTransform())
transform_to.register(constraints.lower_cholesky, lambda constraint: transforms.LowerCholeskyTransform())
for _definite in (constraints.positive_definite, constraints.positive_semidefinite):
    transform_to.register(_definite, lambda constraint: transforms.PositiveDefiniteTransform())
