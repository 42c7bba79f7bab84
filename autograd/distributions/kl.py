"""Kullback-Leibler divergences: the table of pairs, `register_kl` and `kl_divergence`."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from autograd.distributions.distribution import Distribution
from autograd.tensor import Tensor

__all__ = ["kl_divergence", "register_kl"]

_TABLE: dict[tuple[type, type], Callable] = {}


def register_kl(type_p: type, type_q: type) -> Callable:
    """Decorate the function of p and q that computes the divergence for two classes and their subclasses.

    Parameters
    ----------
    type_p, type_q : classes of distributions

    Raises
    ------
    TypeError
        If they are not.

    Examples
    --------
    >>> from autograd.distributions import Normal
    >>> class Mine(Normal):
    ...     pass
    >>> @register_kl(Mine, Mine)
    ... def same(p, q):
    ...     return p.loc * 0
    >>> kl_divergence(Mine(1.0, 1.0), Mine(2.0, 1.0)).item()
    0.0
    """
    for name, kind in (("type_p", type_p), ("type_q", type_q)):
        if not isinstance(kind, type) or not issubclass(kind, Distribution):
            raise TypeError(f"Expected {name} to be a Distribution subclass but got {kind}")

    def decorator(function: Callable) -> Callable:
        _TABLE[type_p, type_q] = function
        return function

    return decorator


def _rule_for(type_p: type, type_q: type) -> Callable | None:
    """The function of the nearest classes; p's class decides where two pairs are near."""

    def distance(pair: tuple[type, type]) -> tuple[int, int]:
        return type_p.__mro__.index(pair[0]), type_q.__mro__.index(pair[1])

    pairs = [pair for pair in _TABLE if issubclass(type_p, pair[0]) and issubclass(type_q, pair[1])]
    if not pairs:
        return None
    by_p = min(pairs, key=distance)
    by_q = min(pairs, key=lambda pair: distance(pair)[::-1])
    if _TABLE[by_p] is not _TABLE[by_q]:
        warnings.warn(
            f"Ambiguous kl_divergence({type_p.__name__}, {type_q.__name__}). Please register_kl({by_p[0].__name__}, "
            f"{by_q[1].__name__})",
            RuntimeWarning,
            stacklevel=3,
        )
    return _TABLE[by_p]


def kl_divergence(p: Distribution, q: Distribution) -> Tensor:
    """KL(p ‖ q) = ∫ p(x) log(p(x) / q(x)) dx, in nats, of shape `batch_shape`.

    Parameters
    ----------
    p, q : distributions of the same support

    Raises
    ------
    NotImplementedError
        If no pair of their classes was registered.

    Examples
    --------
    >>> from autograd.distributions import Normal
    >>> kl_divergence(Normal(0.0, 1.0), Normal(1.0, 1.0)).item()
    0.5
    """
    rule = _rule_for(type(p), type(q))
    if rule is None:
        raise NotImplementedError(
            f"No KL(p || q) is implemented for p type {type(p).__name__} and q type {type(q).__name__}; add one with "
            "register_kl"
        )
    return rule(p, q)
