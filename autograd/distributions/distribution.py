"""`Distribution`, the base class: shapes, validation, `expand`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import broadcast_all, lazy_property
from autograd.tensor import Size, Tensor


class Distribution:
    """A probability distribution, or a batch of them.

    A family states its parameters in `arg_constraints` and defines what it has of `rsample` (or `sample`), `_log_prob`,
    `_cdf`, `icdf`, `entropy`, `mean`, `mode` and `variance`; `log_prob` and `cdf` check the value first. All tensors
    and distributions that it keeps as attributes have shapes that begin with `batch_shape`, by which `expand` finds
    them.

    Parameters
    ----------
    batch_shape : the shape of the batch
    event_shape : the shape of one draw of one distribution
    validate_args : whether parameters and values are checked; default: what `set_default_validate_args` said, else True

    Raises
    ------
    ValueError
        For a parameter that violates its constraint.
    """

    has_rsample = False
    has_enumerate_support = False
    arg_constraints: ClassVar[Any]
    _validate_args = True

    def __init__(self, batch_shape: Sequence[int] = (), event_shape: Sequence[int] = (), validate_args: Any = None):
        self._batch_shape, self._event_shape = Size(batch_shape), Size(event_shape)
        if validate_args is not None:
            self._validate_args = validate_args
        if self._validate_args:
            self._validate_parameters()

    @staticmethod
    def set_default_validate_args(value: bool) -> None:
        """Whether distributions check parameters and values unless told.

        Raises
        ------
        ValueError
            If it is neither True nor False.
        """
        if value not in (True, False):
            raise ValueError(f"set_default_validate_args takes True or False, got {value!r}")
        Distribution._validate_args = value

    # --- parameters --------------------------------------------------------------------------------------------------

    def _broadcast(self, **parameters: Any) -> Size:
        """Keep parameters, broadcast to one shape, which is returned."""
        tensors = broadcast_all(*parameters.values())
        vars(self).update(zip(parameters, tensors, strict=True))
        return tensors[0].shape

    def _validate_parameters(self) -> None:
        """Check each parameter that was given; one that would be computed from another is right by itself."""
        for name, constraint in getattr(self, "arg_constraints", {}).items():
            computed = isinstance(getattr(type(self), name, None), lazy_property) and name not in vars(self)
            if constraints.is_dependent(constraint) or computed:
                continue
            value = getattr(self, name)
            if not bool(constraint.check(value).all()):
                raise ValueError(
                    f"Expected parameter {name} ({type(value).__name__} of shape {tuple(value.shape)}) of distribution "
                    f"{self!r} to satisfy the constraint {constraint!r}, but found invalid values:\n{value}"
                )

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        """The same distribution with a larger batch shape; parameters are views of those here.

        Parameters
        ----------
        batch_shape : the new shape, to which the old one broadcasts
        """
        new = object.__new__(type(self)) if _instance is None else _instance
        shape, old = tuple(batch_shape), len(self._batch_shape)
        for name, value in vars(self).items():
            if isinstance(value, Tensor):
                value = value.expand(shape + tuple(value.shape[old:]))
            elif isinstance(value, Distribution):
                value = value.expand(shape + tuple(value.batch_shape[old:]))
            setattr(new, name, value)
        new._batch_shape = Size(shape)
        return new

    @property
    def batch_shape(self) -> Size:
        """The shape of the batch of distributions."""
        return self._batch_shape

    @property
    def event_shape(self) -> Size:
        """The shape of one draw of one distribution."""
        return self._event_shape

    @property
    def support(self) -> Any:
        """The constraint that all samples satisfy."""
        raise NotImplementedError(f"{type(self).__name__} does not say its support")

    # --- moments -----------------------------------------------------------------------------------------------------

    @property
    def mean(self) -> Tensor:
        """The expectation."""
        raise NotImplementedError(f"{type(self).__name__} has no mean in closed form")

    @property
    def mode(self) -> Tensor:
        """The value of the greatest density."""
        raise NotImplementedError(f"{type(self).__name__} does not implement mode")

    @property
    def variance(self) -> Tensor:
        """The expected square of the distance from the mean."""
        raise NotImplementedError(f"{type(self).__name__} has no variance in closed form")

    @property
    def stddev(self) -> Tensor:
        """The square root of the variance."""
        return self.variance.sqrt()

    def entropy(self) -> Tensor:
        """The expectation of -log p, in nats; of shape `batch_shape`."""
        raise NotImplementedError(f"{type(self).__name__} has no entropy in closed form")

    def perplexity(self) -> Tensor:
        """exp(entropy)."""
        return self.entropy().exp()

    # --- samples -----------------------------------------------------------------------------------------------------

    def sample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        """Draws of shape `sample_shape + batch_shape + event_shape`, without a gradient."""
        with autograd.no_grad():
            return self.rsample(sample_shape)

    def sample_n(self, n: int) -> Tensor:
        """`sample((n,))`, by its older name."""
        return self.sample((n,))

    def rsample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        """Draws that are differentiable functions of the parameters.

        Raises
        ------
        NotImplementedError
            Where `has_rsample` is False.
        """
        raise NotImplementedError(f"{type(self).__name__} has no reparameterized samples; use sample()")

    def _extended_shape(self, sample_shape: Sequence[int] = ()) -> Size:
        return Size((*sample_shape, *self._batch_shape, *self._event_shape))

    def enumerate_support(self, expand: bool = True) -> Tensor:
        """All values of a discrete distribution along a new first dimension.

        Parameters
        ----------
        expand : whether the values are expanded over the batch, or keep 1s there
        """
        raise NotImplementedError(f"{type(self).__name__} cannot enumerate its support")

    def _over_batch(self, values: Tensor, expand: bool) -> Tensor:
        """Values (n, *event_shape) with the batch's dimensions put in."""
        count, ones = len(values), (1,) * len(self._batch_shape)
        values = values.reshape(count, *ones, *self._event_shape)
        return values.expand(count, *self._batch_shape, *self._event_shape) if expand else values

    # --- densities ---------------------------------------------------------------------------------------------------

    def log_prob(self, value: Tensor) -> Tensor:
        """The logarithm of the density, or of the probability mass, at a value.

        Raises
        ------
        ValueError
            For a value outside the support, or of a shape that does not fit.
        """
        if self._validate_args:
            self._validate_sample(value)
        return self._log_prob(value)

    def _log_prob(self, value: Tensor) -> Tensor:
        raise NotImplementedError(f"{type(self).__name__} does not implement log_prob")

    def cdf(self, value: Tensor) -> Tensor:
        """The probability of a draw up to a value.

        Raises
        ------
        ValueError
            As `log_prob`.
        """
        if self._validate_args:
            self._validate_sample(value)
        return self._cdf(value)

    def _cdf(self, value: Tensor) -> Tensor:
        raise NotImplementedError(f"{type(self).__name__} does not implement cdf")

    def icdf(self, value: Tensor) -> Tensor:
        """The quantile function, the inverse of `cdf`."""
        raise NotImplementedError(f"{type(self).__name__} does not implement icdf")

    def _validate_sample(self, value: Any) -> None:
        """Check a value's type, shape and membership of the support."""
        if not isinstance(value, Tensor):
            raise ValueError("The value argument to log_prob must be a Tensor")
        event, shape = self._event_shape, value.shape
        if shape[len(shape) - len(event) :] != event:
            raise ValueError(f"The right-most size of value must match event_shape: {shape} vs {event}.")
        own = self._extended_shape()
        if any(i != j and 1 not in (i, j) for i, j in zip(reversed(shape), reversed(own), strict=False)):
            raise ValueError(f"Value is not broadcastable with batch_shape+event_shape: {shape} vs {own}.")
        try:
            support = self.support
        except NotImplementedError:
            return  # nothing to compare with
        if not bool(support.check(value).all()):
            raise ValueError(
                f"Expected value argument ({type(value).__name__} of shape {tuple(shape)}) to be within the support "
                f"({support!r}) of the distribution {self!r}, but found invalid values:\n{value}"
            )

    def __repr__(self) -> str:
        shown = [name for name in getattr(self, "arg_constraints", {}) if name in vars(self)]
        values = {name: getattr(self, name) for name in shown}
        texts = (f"{name}: {v if v.numel() == 1 else v.shape}" for name, v in values.items())
        return f"{type(self).__name__}({', '.join(texts)})"
