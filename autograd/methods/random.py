"""Methods that fill a tensor with random numbers."""

from __future__ import annotations

from autograd.functions import random


class RandomMethods:
    """Random numbers in place."""

    __slots__ = ()

    uniform_ = random.uniform_
    normal_ = random.normal_
    random_ = random.random_
    bernoulli_ = random.bernoulli_
    bernoulli = random.bernoulli
    multinomial = random.multinomial
    exponential_ = random.exponential_
    geometric_ = random.geometric_
    cauchy_ = random.cauchy_
    log_normal_ = random.log_normal_
