"""Fourier transforms: refusals, sizes and frequencies."""

from __future__ import annotations

import pytest

import autograd
from tests.functions.pairs import agree, refuse

REFUSED = [
    (lambda m: m.fft.fft(m.ones(4), norm="x"), "[Ii]nvalid normalization mode"),
    (lambda m: m.fft.fft(m.ones(4).half()), "Unsupported dtype"),
    (lambda m: m.fft.rfft(m.ones(4, dtype=m.complex64)), "real input"),
    (lambda m: m.fft.fft(m.ones(4), n=0), r"Invalid number of data points \(0\)"),
    (lambda m: m.fft.fftn(m.ones(4), s=(-3,)), "Invalid number of data points"),
    (lambda m: m.fft.fftn(m.ones(4), s=(4, 4)), "2 values"),
    (lambda m: m.fft.fftn(m.ones(4, 4), s=(4,), dim=(0, 1)), "same length"),
    (lambda m: m.fft.rfftn(m.ones(4), dim=()), "at least one axis"),
    (lambda m: m.fft.irfftn(m.ones(4), dim=()), "at least one axis"),
    (lambda m: m.fft.irfft(m.ones(1)), "Invalid number of data points"),
    (lambda m: m.fft.ihfftn(m.ones(4), dim=()), "at least one axis"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


ALIKE = [
    lambda m: m.fft.fftn(m.ones(2, 4), s=3),
    lambda m: m.fft.fftn(m.arange(8.0).reshape(2, 4), s=(-1, 3)),
    lambda m: m.fft.fftn(m.ones(2, 4), dim=()),
    lambda m: m.fft.fft(m.arange(4)),
    lambda m: m.fft.ihfftn(m.arange(8.0).reshape(2, 4)),
    lambda m: m.fft.hfftn(m.arange(8.0).reshape(2, 4)),
    lambda m: m.fft.fftfreq(5, 0.5),
    lambda m: m.fft.fftfreq(4, dtype=m.float64),
    lambda m: m.fft.rfftfreq(5, 0.5),
    lambda m: m.fft.rfftfreq(4, out=m.empty(3)),
    lambda m: m.fft.rfftfreq(4, requires_grad=True).requires_grad,
]


@pytest.mark.parametrize("call", ALIKE)
def test_rare_arguments(call):
    agree(call)


def test_frequencies_of_nothing():
    with pytest.raises(RuntimeError, match="n must be at least 1"):
        autograd.fft.fftfreq(0)
