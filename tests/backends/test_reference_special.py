"""Special functions against SciPy's and PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.special
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.backends.libraries import LIBRARIES, check, run

DOMAINS = {
    "erf": np.linspace(-7, 7, 4001),
    "erfc": np.linspace(-6, 26, 4001),
    "erfinv": np.linspace(-1 + 1e-12, 1 - 1e-12, 4001),
    "ndtri": np.concatenate([np.logspace(-300, -1, 2001), np.linspace(0.1, 1 - 1e-12, 2001)]),
    "log_ndtr": np.linspace(-1000, 30, 4001),
    "lgamma": np.concatenate([np.linspace(-12.97, 60, 4003), np.logspace(2, 300, 300), np.logspace(-300, -1, 300)]),
    "digamma": np.concatenate([np.linspace(-12.97, 60, 4003), np.logspace(2, 300, 300), np.logspace(-300, -1, 300)]),
    "i0": np.linspace(-700, 700, 4001),
    "i1": np.linspace(-700, 700, 4001),
}
SCIPY = {"lgamma": scipy.special.gammaln, "digamma": scipy.special.psi}
TORCH = {"lgamma": torch.lgamma}
EDGES = np.array([0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -2.0, -2.5, np.inf, -np.inf, np.nan])


@LIBRARIES
@pytest.mark.parametrize("name", list(DOMAINS))
def test_values(library, name):
    x = DOMAINS[name]
    expected = SCIPY.get(name, getattr(scipy.special, name, None))(x)
    found = run(library, name, x)
    # Relative, but for the roots of lgamma and digamma, where only the absolute error can be small.
    np.testing.assert_allclose(found, expected, rtol=2e-13, atol=1e-14 if name in SCIPY else 0)


@pytest.mark.parametrize("name", list(DOMAINS))
def test_single_precision(name):
    x = DOMAINS[name][np.abs(DOMAINS[name]) < 80].astype("float32")
    x = x[np.abs(x) < 9] if name in ("erfc",) else x
    exact = SCIPY.get(name, getattr(scipy.special, name, None))(x.astype("float64"))
    kept = np.abs(exact) < 1e37
    found = run("numpy", name, x[kept])
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, exact[kept], rtol=2e-6, atol=1e-7)


@LIBRARIES
@pytest.mark.parametrize("name", list(DOMAINS))
def test_edges_are_those_of_pytorch(library, name):
    # Of an infinity PyTorch's Bessel functions make NaN; the limit is infinite.
    x = EDGES[~np.isinf(EDGES)] if name in ("i0", "i1") else EDGES
    expected = TORCH.get(name, getattr(torch.special, name, None))(torch.tensor(x))
    check(run(library, name, x), expected)


def test_bessel_functions_grow_without_bound():
    x = np.array([800.0, 1e300, np.inf, -np.inf])
    np.testing.assert_array_equal(run("numpy", "i0", x), np.inf)
    np.testing.assert_array_equal(run("numpy", "i1", x), [np.inf, np.inf, np.inf, -np.inf])


@pytest.mark.parametrize("name", list(DOMAINS))
def test_half_precision_and_scalars(name):
    x = np.array([0.25, 0.5, 0.75], dtype="float16")
    expected = run("numpy", name, x.astype("float64")).astype("float16")
    check(run("numpy", name, x), expected, "float16")
    assert run("numpy", name, np.array(0.5)).shape == ()


@given(x=st.floats(-5.5, 5.5))
def test_erf_and_erfc_complement(x):
    point = np.array([x])
    np.testing.assert_allclose(run("numpy", "erf", point) + run("numpy", "erfc", point), 1.0, rtol=1e-15)


@given(p=st.floats(1e-300, 1 - 1e-15))
def test_quantile_inverts_the_distribution(p):
    x = run("numpy", "ndtri", np.array([p]))
    np.testing.assert_allclose(run("numpy", "log_ndtr", x), np.log(p), rtol=1e-12, atol=1e-15)
