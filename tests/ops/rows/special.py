"""Special functions: error functions, the normal distribution, gamma, zeta, Bessel, Airy."""

import numpy as np
from scipy import special

from tests.arrays import to_numpy
from tests.ops.cases import Row, draw
from tests.ops.checker import tensor_like

POSITIVE = draw(2, 3, low=0.6, high=3.0)
UNIT = draw(2, 3, low=-0.7, high=0.7)
SOME = {"elementwise": True, "promoted": False, "half": False}


def quantile_slope(a, x):
    """How the gamma distribution's quantile at the level of x moves with a."""
    level, step = special.gammainc(a, x), 1e-5
    return (special.gammaincinv(a + step, level) - special.gammaincinv(a - step, level)) / (2 * step)


def _quantiles(a, level):
    """Samples at fixed levels, which move with a as the operation says."""
    return [a, tensor_like(special.gammaincinv(to_numpy(a), to_numpy(level)).astype(to_numpy(a).dtype), a)]


ROWS = [
    Row("erf", (draw(2, 3),), reference=special.erf, **SOME),
    Row("erfc", (draw(2, 3),), reference=special.erfc, **SOME),
    Row("erfcx", (draw(2, 3),), reference=special.erfcx, **SOME),
    Row("erfinv", (UNIT,), reference=special.erfinv, **SOME),
    Row("ndtr", (draw(2, 3),), reference=special.ndtr, **SOME),
    Row("log_ndtr", (draw(2, 3),), reference=special.log_ndtr, **SOME),
    Row("ndtri", (draw(2, 3, low=0.2, high=0.8),), reference=special.ndtri, **SOME),
    Row("entr", (POSITIVE,), reference=special.entr, **SOME),
    Row("lgamma", (POSITIVE,), reference=special.gammaln, **SOME),
    Row("digamma", (POSITIVE,), reference=special.digamma, **SOME),
    Row("polygamma", (POSITIVE,), {"n": 2}, lambda x: special.polygamma(2, x), **SOME),
    Row("igamma", (POSITIVE, POSITIVE), reference=special.gammainc, constant=("a",), **SOME),
    Row("igammac", (POSITIVE, POSITIVE), reference=special.gammaincc, constant=("a",), **SOME),
    Row("gamma_slope", (POSITIVE, POSITIVE), reference=quantile_slope, order=0, constant=("a", "x"), rtol=1e-5, **SOME),
    Row(
        "gamma_sample",
        (POSITIVE, draw(2, 3, low=0.1, high=0.9)),
        reference=special.gammaincinv,
        order=1,
        prepare=_quantiles,
    ),
    Row("zeta", (draw(2, 3, low=1.5, high=4), POSITIVE), reference=special.zeta, constant=("x",), **SOME),
    Row("bessel_j0", (draw(2, 3, avoid=(0.0,)),), reference=special.j0, **SOME),
    Row("bessel_j1", (draw(2, 3, avoid=(0.0,)),), reference=special.j1, **SOME),
    Row("bessel_y0", (POSITIVE,), reference=special.y0, **SOME),
    Row("bessel_y1", (POSITIVE,), reference=special.y1, **SOME),
    Row("i0", (draw(2, 3, avoid=(0.0,)),), reference=special.i0, **SOME),
    Row("i0e", (draw(2, 3, avoid=(0.0,)),), reference=special.i0e, **SOME),
    Row("i1", (draw(2, 3, avoid=(0.0,)),), reference=special.i1, **SOME),
    Row("i1e", (draw(2, 3, avoid=(0.0,)),), reference=special.i1e, **SOME),
    Row("modified_bessel_k0", (POSITIVE,), reference=special.k0, **SOME),
    Row("modified_bessel_k1", (POSITIVE,), reference=special.k1, **SOME),
    Row("scaled_modified_bessel_k0", (POSITIVE,), reference=special.k0e, **SOME),
    Row("scaled_modified_bessel_k1", (POSITIVE,), reference=special.k1e, **SOME),
    Row("airy_ai", (draw(2, 3),), reference=lambda x: np.asarray(special.airy(x)[0]), **SOME),
    Row("airy_ai_prime", (draw(2, 3),), reference=lambda x: np.asarray(special.airy(x)[1]), **SOME),
]
