"""The error function's family: erf, erfc, their inverses, and the normal distribution's logarithm and quantile.

erf and erfc are W. J. Cody's rational Chebyshev approximations (Mathematics of Computation 23, 1969, 631-637), the
quantile is M. J. Wichura's algorithm AS 241 (Applied Statistics 37, 1988, 477-484).
"""

from __future__ import annotations

import math
from typing import Any

from autograd.backends.reference.common import Array, narrow, widen
from autograd.backends.reference.polynomial import horner

_SQRT_2 = math.sqrt(2.0)
_RSQRT_2 = math.sqrt(0.5)
_RSQRT_PI = 1.0 / math.sqrt(math.pi)

# erf(x) / x in x² on |x| <= 0.46875
_ERF_P = (
    1.85777706184603153e-1,
    3.16112374387056560,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3,
)
_ERF_Q = (
    1.0,
    2.36012909523441209e1,
    2.44024637934444173e2,
    1.28261652607737228e3,
    2.84423683343917062e3,
)
# exp(x²) erfc(x) in x on 0.46875 <= x <= 4
_MID_P = (
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
    8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
)  # fmt: skip
_MID_Q = (
    1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
    3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
)  # fmt: skip
# (1/√π - x exp(x²) erfc(x)) x² in 1/x² beyond 4
_FAR_P = (
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
    1.60837851487422766e-2, 6.58749161529837803e-4,
)  # fmt: skip
_FAR_Q = (
    1.0, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
    2.33520497626869185e-3,
)  # fmt: skip

# The quantile over q in 0.425² - q² for |q| = |p - 1/2| <= 0.425
_CENTER_P = (
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
    1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080,
)  # fmt: skip
_CENTER_Q = (
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
    5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0,
)  # fmt: skip
# ... in r - 1.6 where r = √(-log min(p, 1 - p)) <= 5
_NEAR_P = (
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
    3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
)  # fmt: skip
_NEAR_Q = (
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1.0,
)  # fmt: skip
# ... in r - 5 beyond
_TAIL_P = (
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
    2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
)  # fmt: skip
_TAIL_Q = (
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
)  # fmt: skip


def _small_erf(xp: Any, x: Array) -> Array:
    """erf(x) where |x| <= 0.46875; anything harmless elsewhere."""
    y = xp.where(xp.abs(x) <= 0.46875, x, 0.0)
    square = y * y
    return y * horner(square, _ERF_P) / horner(square, _ERF_Q)


def _scaled_erfc(xp: Any, y: Array) -> Array:
    """exp(y²) erfc(y) where y >= 0.46875; anything harmless below."""
    middle = xp.where(y <= 4.0, y, 4.0)
    inverse = 1.0 / xp.where(y > 4.0, y, 4.0)
    square = inverse * inverse
    far = inverse * (
        _RSQRT_PI - square * horner(square, _FAR_P) / horner(square, _FAR_Q)
    )
    return xp.where(y <= 4.0, horner(middle, _MID_P) / horner(middle, _MID_Q), far)


def _gaussian(xp: Any, y: Array) -> Array:
    """exp(-y²) for y >= 0, with y² split so that its rounding error is not magnified."""
    y = xp.where(y < 30.0, y, 30.0)  # beyond, the result is zero in float64
    coarse = xp.floor(y * 16.0) / 16.0
    return xp.exp(-coarse * coarse) * xp.exp(-(y - coarse) * (y + coarse))


def erf(xp: Any, x: Array) -> Array:
    """erf(x) = 2/√π ∫₀ˣ exp(-t²) dt.

    Examples
    --------
    >>> import numpy as np
    >>> erf(np, np.array([0.0, 1.0]))
    array([0.        , 0.84270079])
    """
    dtype, x = x.dtype, widen(xp, x)
    y = xp.abs(x)
    large = 1.0 - _gaussian(xp, y) * _scaled_erfc(xp, y)
    result = xp.where(y <= 0.46875, _small_erf(xp, x), xp.where(x < 0, -large, large))
    return narrow(xp, xp.where(xp.isnan(x), x, result), dtype)


def erfc(xp: Any, x: Array) -> Array:
    """erfc(x) = 1 - erf(x), without cancellation for large x."""
    dtype, x = x.dtype, widen(xp, x)
    y = xp.abs(x)
    tail = _gaussian(xp, y) * _scaled_erfc(xp, y)
    result = xp.where(
        y <= 0.46875, 1.0 - _small_erf(xp, x), xp.where(x < 0, 2.0 - tail, tail)
    )
    return narrow(xp, xp.where(xp.isnan(x), x, result), dtype)


def _quantile(xp: Any, q: Array, tail: Array) -> Array:
    """The standard normal quantile at p = 1/2 + q with tail = min(p, 1 - p), which the caller has to full accuracy."""
    central = xp.abs(q) <= 0.425
    inner = xp.where(central, q, 0.0)
    t = 0.180625 - inner * inner
    center = inner * horner(t, _CENTER_P) / horner(t, _CENTER_Q)
    inside = (tail > 0) & (tail <= 0.5)
    r = xp.sqrt(-xp.log(xp.where(inside, tail, 0.5)))
    near = r <= 5.0
    a = xp.where(near, r, 1.6) - 1.6
    b = xp.where(near, 5.0, r) - 5.0
    outer = xp.where(
        near,
        horner(a, _NEAR_P) / horner(a, _NEAR_Q),
        horner(b, _TAIL_P) / horner(b, _TAIL_Q),
    )
    outer = xp.where(tail == 0, math.inf, xp.where(inside, outer, math.nan))
    return xp.where(central, center, xp.where(q < 0, -outer, outer))


def erfinv(xp: Any, x: Array) -> Array:
    """The x with erf(result) = x; ±inf at ±1, NaN beyond.

    Examples
    --------
    >>> import numpy as np
    >>> erfinv(np, np.array([0.5, 1.0]))
    array([0.47693628,        inf])
    """
    dtype, x = x.dtype, widen(xp, x)
    return narrow(xp, _quantile(xp, x * 0.5, (1.0 - xp.abs(x)) * 0.5) * _RSQRT_2, dtype)


def ndtri(xp: Any, x: Array) -> Array:
    """The standard normal quantile: Φ(result) = x; -inf at 0, inf at 1, NaN outside."""
    dtype, x = x.dtype, widen(xp, x)
    return narrow(xp, _quantile(xp, x - 0.5, xp.where(x < 0.5, x, 1.0 - x)), dtype)


def log_ndtr(xp: Any, x: Array) -> Array:
    """log Φ(x), the standard normal distribution's logarithm, accurate in both tails."""
    dtype, x = x.dtype, widen(xp, x)
    y = xp.abs(x) * _RSQRT_2
    small = y <= 0.46875
    scaled = _scaled_erfc(xp, y)
    tail = 0.5 * _gaussian(xp, y) * scaled
    center = xp.log(
        0.5 * (1.0 + xp.where(small, _small_erf(xp, xp.where(x < 0, -y, y)), 0.0))
    )
    finite = xp.where(xp.isinf(x), 0.0, x)
    left = xp.where(
        xp.isinf(x), -math.inf, xp.log(0.5 * scaled) - 0.5 * finite * finite
    )
    result = xp.where(small, center, xp.where(x < 0, left, xp.log1p(-tail)))
    return narrow(xp, xp.where(xp.isnan(x), x, result), dtype)
