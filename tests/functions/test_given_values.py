"""What values and options become: NumPy's scalars among them, numbers that do not fit, leaves written to."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
from tests.functions.pairs import agree, refuse

NP = np.float64


def written(tensor, value):
    tensor[0] = value
    return tensor


ANSWERED = {
    "leaky_relu": lambda lib: lib.nn.functional.leaky_relu(lib.tensor([-1.0]), NP(0.1)),
    "softplus": lambda lib: lib.nn.functional.softplus(lib.tensor([-1.0]), NP(1.5)),
    "nan_to_num": lambda lib: lib.nan_to_num(lib.tensor([1.0]), posinf=NP(2)),
    "logit": lambda lib: lib.logit(lib.tensor([0.25]), NP(0.1)),
    "var": lambda lib: lib.var(lib.tensor([1.0, 2.0]), correction=NP(1)),
    "cosine_similarity": lambda lib: lib.nn.functional.cosine_similarity(lib.ones(2, 2), lib.ones(2, 2), eps=NP(0.1)),
    "full of an integer": lambda lib: lib.full((2,), np.int64(3)),
    "a list of NumPy's floats": lambda lib: lib.tensor([NP(2.5), 1]),
    "a list of Python's": lambda lib: lib.tensor([2.5, 1]),
    "a negative byte": lambda lib: lib.tensor([-1, 3.7], dtype=lib.uint8),
    "no numbers": lambda lib: lib.tensor([], dtype=lib.int8),
    "a size": lambda lib: tuple(lib.Tensor(lib.Size([2, 3])).shape),
    "repeats' type": lambda lib: lib.repeat_interleave(lib.tensor([1, 2], dtype=lib.int32)),
    "truth as a target": lambda lib: lib.nn.functional.mse_loss(lib.ones(2), lib.tensor([True, False])),
    "a byte filled with a negative number": lambda lib: lib.zeros(2, dtype=lib.uint8).fill_(-1),
    "a byte set to a negative number": lambda lib: written(lib.zeros(2, dtype=lib.uint8), -255),
    "a negative number scattered to bytes": lambda lib: lib.zeros(2, dtype=lib.uint8).scatter(0, lib.tensor([1]), -1),
    "integers filled with a fraction": lambda lib: lib.arange(3).masked_fill(lib.tensor([True, False, True]), -1.5),
    "integers filled with a 0-d fraction": lambda lib: lib.arange(3).masked_fill(lib.tensor(True), lib.tensor(2.5)),
    "truth filled with a fraction": lambda lib: lib.tensor([False]).masked_fill(lib.tensor(True), 0.5),
    "truth filled with i": lambda lib: lib.tensor([False]).fill_(1j),
    "a real number given as complex": lambda lib: lib.full_like(lib.zeros(2), 2 + 0j),
    "the trace of bytes": lambda lib: lib.trace(lib.ones(2, 2, dtype=lib.uint8)),
    "the loss of bytes": lambda lib: lib.nn.functional.l1_loss(*[lib.ones(2, dtype=lib.uint8)] * 2, reduction="sum"),
    "one sample's margin loss": lambda lib: lib.nn.functional.multi_margin_loss(
        lib.tensor([1.0, 2.0, 3.0]), lib.tensor([1]), reduction="none"
    ),
    "truth near a target": lambda lib: lib.nn.functional.smooth_l1_loss(lib.tensor([True, False]), lib.ones(2)),
}
REFUSED = {
    "too large for bytes": (lambda lib: lib.tensor(300, dtype=lib.uint8), "without overflow"),
    "too large for int32": (lambda lib: lib.tensor([2**40], dtype=lib.int32), "without overflow"),
    "NaN as an integer": (lambda lib: lib.tensor(float("nan"), dtype=lib.int64), "without overflow"),
    "too large for int64": (lambda lib: lib.tensor(2**63), "too large for int64"),
    "complex as an integer": (lambda lib: lib.full((2,), 1j, dtype=lib.int64), "without overflow"),
    "i into real numbers": (lambda lib: lib.zeros(2).fill_(1j), "without overflow"),
    "infinity into integers": (lambda lib: lib.arange(2).fill_(float("inf")), "without overflow"),
    "infinity like integers": (lambda lib: lib.full_like(lib.arange(2), float("inf")), "without overflow"),
    "a new NaN among integers": (lambda lib: lib.arange(2).new_full((2,), float("nan")), "without overflow"),
    "NaN at an index": (lambda lib: lib.arange(2).index_fill(0, lib.tensor([0]), float("nan")), "without overflow"),
    "a negative fraction into bytes": (lambda lib: lib.zeros(2, dtype=lib.uint8).fill_(-0.5), "without overflow"),
    "NaN scattered": (lambda lib: lib.arange(2).scatter(0, lib.tensor([0]), float("nan")), "without overflow"),
    "too large to be set": (lambda lib: written(lib.zeros(2, dtype=lib.int8), 300), "without overflow"),
    "a leaf with a new dim": (lambda lib: lib.ones(2, requires_grad=True).unsqueeze_(0), "leaf Variable"),
    "a leaf transposed": (lambda lib: lib.ones(2, 2, requires_grad=True).t_(), "leaf Variable"),
    "truth minus truth": (lambda lib: lib.nn.functional.mse_loss(*[lib.tensor([True])] * 2), "autograd.bool"),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_answers(name):
    agree(ANSWERED[name])


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name):
    refuse(*REFUSED[name])


def test_what_softshrink_gave_may_be_written_to():
    def gradient(lib):
        x = lib.tensor([-2.0, 0.1, 2.0], requires_grad=True)
        y = lib.nn.functional.softshrink(x)
        y += 1
        (y * y).sum().backward()
        return x.grad

    agree(gradient)


def test_leaves_take_new_shapes_outside_the_graph():
    def gradient(lib):
        x = lib.arange(3.0, requires_grad=True)
        with lib.no_grad():
            x.unsqueeze_(0)
        (x * x).sum().backward()
        return x.detach(), x.grad

    agree(gradient)
    assert autograd.ones(2, requires_grad=True).is_leaf


@pytest.mark.filterwarnings("ignore:size_average and reduce")
def test_zero_as_a_flag():
    agree(lambda lib: lib.nn.functional.soft_margin_loss(lib.ones(2), lib.ones(2), 0))
