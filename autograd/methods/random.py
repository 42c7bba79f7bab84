"""Methods that fill a tensor with random numbers."""

from __future__ import annotations

from autograd.functions import filling, random_counts


class RandomMethods:
    """Random numbers in place."""

    __slots__ = ()

    uniform_ = filling.uniform_
    normal_ = filling.normal_
    random_ = filling.random_
    bernoulli_ = filling.bernoulli_
    bernoulli = random_counts.bernoulli
    multinomial = random_counts.multinomial
    exponential_ = filling.exponential_
    geometric_ = filling.geometric_
    cauchy_ = filling.cauchy_
    log_normal_ = filling.log_normal_
