"""Reductions, scans, statistics, quantiles, rounding and special functions: rare arguments and refusals."""

from __future__ import annotations

import pytest

import autograd
from tests.functions.pairs import agree, refuse


def some(t, *values):
    return t.tensor(values, dtype=t.float64)


ANSWERS = {
    "sum of a type": lambda t: t.sum(some(t, 1.5, 2.5), dtype=t.float32),
    "prod of integers": lambda t: t.prod(t.tensor([2, 3]), dtype=t.float64),
    "nansum": lambda t: t.nansum(t.tensor([1, 2])),
    "max of a type": lambda t: t.max(some(t, 1, 3), dim=0, keepdim=True),
    "max of two": lambda t: t.max(some(t, 1, 3), some(t, 2, 2)),
    "logsumexp 0-d": lambda t: t.logsumexp(t.tensor(2.0), 0),
    "logsumexp of nothing": lambda t: t.logsumexp(t.ones(0, 2), 0),
    "argmax 0-d": lambda t: t.argmax(t.tensor(2.0)),
    "cov of one": lambda t: t.cov(some(t, 1, 2, 4), correction=0),
    "cov weighted": lambda t: t.cov(
        some(t, 1, 2, 4).reshape(1, 3), fweights=t.tensor([1, 2, 1]), aweights=some(t, 0.5, 1, 2)
    ),
    "cov of integers": lambda t: t.cov(t.tensor([[1, 2], [3, 5]])),
    "cov weighted uncorrected": lambda t: t.cov(some(t, 1, 2, 4), correction=0, aweights=some(t, 0.5, 1, 2)),
    "quantile nearest": lambda t: t.quantile(some(t, 1, 2, 4), 0.4, interpolation="nearest"),
    "nanquantile": lambda t: t.nanquantile(some(t, 1, t.nan, 4), some(t, 0.25, 0.5), interpolation="lower"),
    "quantile of all": lambda t: t.quantile(some(t, 1, 2, 4), 0.5, keepdim=True, interpolation="midpoint"),
    "quantile 0-d": lambda t: t.quantile(t.tensor(2.0), 0.5, 0),
    "cumsum of a type": lambda t: t.cumsum(t.tensor([1, 2]), 0, dtype=t.float32),
    "softmax of a type": lambda t: t.softmax(t.tensor([1, 2]), 0, dtype=t.float64),
    "std by unbiased": lambda t: t.std(some(t, 1, 2, 4), False),
    "var without correction": lambda t: t.var(some(t, 1, 2, 4), correction=None),
    "round to decimals": lambda t: t.round(some(t, 1.2345, -2.5), decimals=2),
    "round to hundreds": lambda t: t.round(some(t, 1250.0, 149.0), decimals=-2),
    "square of booleans": lambda t: t.square(t.tensor([True, False])),
    "frexp out": lambda t: t.frexp(some(t, 3.0), out=(t.empty(0, dtype=t.float64), t.empty(0, dtype=t.int32))),
    "mvlgamma": lambda t: t.mvlgamma(some(t, 3.0), 2),
    "polynomial of a number": lambda t: t.special.shifted_chebyshev_polynomial_t(0.25, some(t, 2, 3)),
    "bernoulli of certainty": lambda t: t.bernoulli(some(t, 0, 1)),
    "bernoulli by number": lambda t: t.tensor([2, 3]).bernoulli(1.0),
}


@pytest.mark.parametrize("call", ANSWERS.values(), ids=ANSWERS)
def test_answers(call):
    agree(call)


REFUSALS = {
    "amax complex": (lambda t: t.amax(t.tensor([1j])), "complex"),
    "aminmax complex": (lambda t: t.aminmax(t.tensor([1j])), "complex"),
    "max complex": (lambda t: t.max(t.tensor([1j])), "complex"),
    "max arguments": (lambda t: t.max(t.ones(2), keepdim=True), "expected"),
    "argmax complex": (lambda t: t.argmax(t.tensor([1j])), "complex"),
    "argmax booleans": (lambda t: t.argmax(t.tensor([True])), "Bool"),
    "argmax of nothing": (lambda t: t.argmax(t.ones(0)), "reduction dim"),
    "nansum complex": (lambda t: t.nansum(t.tensor([1j])), "complex"),
    "nanmean integers": (lambda t: t.nanmean(t.tensor([1])), "floating"),
    "std arguments": (lambda t: t.std(t.ones(2), unbiased=True, correction=1), "expected"),
    "std integers": (lambda t: t.std(t.tensor([1, 2])), "floating"),
    "cov dims": (lambda t: t.cov(t.ones(1, 1, 1)), "two or fewer"),
    "cov booleans": (lambda t: t.cov(t.tensor([True])), "bool"),
    "cov weights dims": (lambda t: t.cov(t.ones(2), fweights=t.ones(1, 2, dtype=t.int64)), "fweights"),
    "cov weights type": (lambda t: t.cov(t.ones(2), fweights=t.ones(2)), "integral"),
    "cov weights size": (lambda t: t.cov(t.ones(2), aweights=t.ones(3)), "numel"),
    "cov negative": (lambda t: t.cov(t.ones(2), aweights=-t.ones(2)), "negative"),
    "cov of no weight": (lambda t: t.cov(t.ones(2), aweights=t.zeros(2)), "sum to zero"),
    "corrcoef": (lambda t: t.corrcoef(t.ones(1, 1, 1)), "two or fewer"),
    "quantile type": (lambda t: t.quantile(t.tensor([1]), 0.5), "float or double"),
    "quantile of nothing": (lambda t: t.quantile(t.ones(0), 0.5), "non-empty"),
    "quantile interpolation": (lambda t: t.quantile(t.ones(1), 0.5, interpolation="up"), "one of linear"),
    "quantile q": (lambda t: t.quantile(t.ones(1), 1.5), r"range \[0, 1\]"),
    "quantile dims": (lambda t: t.quantile(t.ones(1), t.ones(1, 1)), "scalar or 1D"),
    "quantile types": (lambda t: t.quantile(t.ones(1), some(t, 0.5)), "same dtype"),
    "quantile qs": (lambda t: t.quantile(t.ones(1), t.tensor([-1.0])), r"range \[0, 1\]"),
    "logcumsumexp": (lambda t: t.logcumsumexp(t.tensor([1]), 0), "not implemented"),
    "softmax": (lambda t: t.softmax(t.tensor([1]), 0), "not implemented"),
    "round integers": (lambda t: t.round(t.tensor([1]), decimals=1), "decimals"),
    "positive": (lambda t: t.positive(t.tensor([True])), "bool"),
    "sign": (lambda t: t.sign(t.tensor([1j])), "complex"),
    "heaviside types": (lambda t: t.heaviside(t.ones(1), some(t, 1)), "type"),
    "frexp": (lambda t: t.frexp(t.tensor([1])), "floating"),
    "polygamma": (lambda t: t.polygamma(-1, t.ones(1)), "negative n"),
    "mvlgamma": (lambda t: t.mvlgamma(t.ones(1), 0), "greater than or equal to 1"),
    "polynomial of numbers": (lambda t: t.special.shifted_chebyshev_polynomial_t(0.5, 2), "Tensor"),
    "bernoulli type": (lambda t: t.bernoulli(t.tensor([1])), "floating"),
    "bernoulli range": (lambda t: t.bernoulli(some(t, 1.5)), "0"),
    "bernoulli number": (lambda t: t.bernoulli(some(t, 0.5), 1.5), "0"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(call, message):
    refuse(call, message)


def test_quantiles_and_input_are_on_one_device():
    x, q = autograd.ones(2, device="cpu"), autograd.tensor([0.5], device="sim")
    with pytest.raises(RuntimeError, match="same device"):
        autograd.quantile(x, q)


def test_too_few_observations_warn():
    with pytest.warns(UserWarning, match="degrees of freedom is <= 0"):
        assert autograd.cov(autograd.tensor([1.0])).isnan().item()


@pytest.mark.parametrize(
    "call",
    [
        lambda x: x.sum(dtype=autograd.int64),
        lambda x: autograd.cumsum(x, 0, dtype=autograd.int32),
        lambda x: autograd.full((2,), 0).copy_(x),
        lambda x: x.to(autograd.bool),
    ],
)
def test_integers_carry_no_gradient(call):
    assert not call(autograd.ones(2, requires_grad=True)).requires_grad
