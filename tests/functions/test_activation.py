"""Activation functions: in place, and what they refuse; random filling."""

from __future__ import annotations

import pytest

import autograd
import nn
from autograd.functions import activation_in_place
from tests.functions.pairs import agree, refuse


def real(m):
    return m.tensor([-2.0, -0.5, 0.0, 3.0])


IN_PLACE = {
    "relu_": (),
    "hardtanh_": (-1.0, 0.5),
    "elu_": (0.5,),
    "selu_": (),
    "celu_": (0.5,),
    "leaky_relu_": (0.1,),
    "threshold_": (0.25, 7.0),
    "rrelu_": (0.1, 0.3),
}


@pytest.mark.parametrize("name", IN_PLACE)
def test_in_place_forms(name):
    def call(m):
        x = real(m)
        functions = m.nn.functional
        assert getattr(functions, name)(x, *IN_PLACE[name]) is x
        return x

    agree(call)
    assert callable(getattr(activation_in_place, name)) and hasattr(nn.functional, name)


REFUSED = [
    (lambda m: m.nn.functional.elu(m.tensor([1])), "not implemented for"),
    (lambda m: m.nn.functional.relu(m.tensor([1j])), "not implemented for"),
    (lambda m: m.nn.functional.hardtanh(m.tensor([1], dtype=m.uint8)), "unsigned"),
    (lambda m: m.nn.functional.celu(real(m), alpha=0.0), "alpha cannot be 0"),
    (lambda m: m.nn.functional.glu(m.tensor(1.0)), "0-dimensional"),
    (lambda m: m.nn.functional.glu(m.ones(3)), "must be even"),
    (lambda m: m.prelu(real(m), m.tensor([0.5]).double()), "Type promoting"),
    (lambda m: m.prelu(real(m), m.ones(3)), "channel size"),
    (lambda m: m.ones(2).normal_(0, -1), "std"),
    (lambda m: m.ones(2).uniform_(1, 0), "uniform_"),
    (lambda m: m.ones(2, dtype=m.complex64).random_(), "random_"),
    (lambda m: m.ones(2).random_(3, 3), "random_ expects 'from' to be less than 'to'"),
    (lambda m: m.ones(2).bernoulli_(1.5), "bernoulli_"),
    (lambda m: m.ones(2).exponential_(0), "exponential_"),
    (lambda m: m.tensor([1]).exponential_(), "exponential_"),
    (lambda m: m.tensor([True]).geometric_(0.5), "geometric_"),
    (lambda m: m.ones(2).geometric_(1.5), "geometric_"),
    (lambda m: m.tensor([1]).cauchy_(), "floating"),
    (lambda m: m.ones(2).cauchy_(0, 0), "cauchy_"),
    (lambda m: m.ones(2).log_normal_(0, 0), "log_normal_"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


def test_relu_of_booleans():
    with pytest.raises(RuntimeError, match="relu: not implemented for autograd.bool"):
        autograd.relu(autograd.tensor([True]))


def test_prelu_of_a_number():
    agree(lambda m: m.prelu(m.tensor(-2.0), m.tensor([0.5])))
