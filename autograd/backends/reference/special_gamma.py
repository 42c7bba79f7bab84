"""The gamma function's logarithm and its derivative, computed in float64 whatever comes.

Taylor series at 2 with the zeta function's values (Abramowitz and Stegun 6.1.33), Stirling's series (6.1.40, 6.3.18),
recurrence (6.1.15, 6.3.5) and reflection (6.1.17, 6.3.7) in between.
"""

from __future__ import annotations

import math
from typing import Any

from autograd.backends.reference.common import Array, narrow, widen_double
from autograd.backends.reference.polynomial import horner

# (-1)^k (ζ(k) - 1) / k for k = 29 down to 2, then 1 - Euler's constant, then 0: log Γ(2 + z).
_AT_TWO = (
    -6.4229645638381e-11, 1.330476437424449e-10, -2.7595228851242334e-10, 5.731367241678862e-10,
    -1.1921401405860912e-09, 2.4836745438024785e-09, -5.183475041970047e-09, 1.0838659214896955e-08,
    -2.2711094608943164e-08, 4.7698101693639804e-08, -1.0043224823968099e-07, 2.1207184805554665e-07,
    -4.492469198764566e-07, 9.55141213040742e-07, -2.039215753801366e-06, 4.374866789907488e-06,
    -9.439488275268397e-06, 2.050721277567069e-05, -4.492623673813314e-05, 9.945751278180853e-05,
    -0.00022315475845357939, 0.0005096695247430425, -0.001192753911703261, 0.0028905103307415234,
    -0.007385551028673986, 0.020580808427784546, -0.0673523010531981, 0.3224670334241132, 0.42278433509846713, 0.0,
)  # fmt: skip
# B(2k) / (2k (2k - 1)) for k = 8 down to 1
_STIRLING = (
    -3617 / 122400,
    1 / 156,
    -691 / 360360,
    1 / 1188,
    -1 / 1680,
    1 / 1260,
    -1 / 360,
    1 / 12,
)
# B(2k) / 2k for k = 8 down to 1
_DIGAMMA = (
    -3617 / 8160,
    1 / 12,
    -691 / 32760,
    1 / 132,
    -1 / 240,
    1 / 252,
    -1 / 120,
    1 / 12,
)
_HALF_LOG_2PI = 0.5 * math.log(2 * math.pi)
_LOG_PI = math.log(math.pi)


def _log_gamma(xp: Any, x: Array) -> Array:
    """log Γ(x) for x >= 1/2."""
    # Step down into [1.5, 2.5) by Γ(x) = (x - 1) Γ(x - 1): up to x = 10.5, all factors above 1.
    moderate = x < 10.5
    y = xp.where(moderate, x, 2.0)
    factor = xp.ones_like(y)
    for _ in range(8):
        above = y >= 2.5
        y = xp.where(above, y - 1.0, y)
        factor = xp.where(above, factor * y, factor)
    low = y < 1.5
    reduced = horner(xp.where(low, y - 1.0, y - 2.0), _AT_TWO)
    near = reduced + xp.log(factor) - xp.log1p(xp.where(low, y - 1.0, 0.0))
    large = xp.where(moderate, 10.5, x)
    finite = xp.where(large < 1e300, large, 1e300)
    logarithm = xp.log(finite)
    inverse = 1.0 / finite
    far = (
        (logarithm - 1.0) * (finite - 0.5)
        - 0.5
        + _HALF_LOG_2PI
        + inverse * horner(inverse * inverse, _STIRLING)
    )
    far = xp.where(
        large < 1e300,
        far,
        xp.where(xp.isinf(large), math.inf, large * (xp.log(large) - 1.0)),
    )
    return xp.where(moderate, near, far)


def lgamma(xp: Any, x: Array) -> Array:
    """log |Γ(x)|; inf at zero and the negative integers.

    Examples
    --------
    >>> import numpy as np
    >>> lgamma(np, np.array([1.0, 5.0, 0.0]))
    array([0.        , 3.17805383,        inf])
    """
    dtype, x = x.dtype, widen_double(xp, x)
    left = x < 0.5
    infinite = xp.isinf(x)
    y = xp.where(infinite, 1.0, x)
    sine = xp.sin(math.pi * xp.abs(y - xp.floor(y + 0.5)))
    pole = left & (sine == 0)
    direct = _log_gamma(xp, xp.where(left, 1.0 - y, y))
    reflected = _LOG_PI - xp.log(xp.where(sine == 0, 1.0, sine)) - direct
    result = xp.where(pole | infinite, math.inf, xp.where(left, reflected, direct))
    return narrow(xp, result, dtype)


def digamma(xp: Any, x: Array) -> Array:
    """ψ(x) = d/dx log Γ(x); ∓inf at ±0, NaN at the negative integers.

    Examples
    --------
    >>> import numpy as np
    >>> digamma(np, np.array([1.0, 2.0]))
    array([-0.57721566,  0.42278434])
    """
    dtype, x = x.dtype, widen_double(xp, x)
    left = x < 0.5
    endless = xp.isinf(x)
    y = xp.where(endless, 1.0, x)
    z = xp.where(left, 1.0 - y, y)
    total = xp.zeros_like(z)
    for _ in range(10):
        small = z < 10.0
        total = xp.where(small, total - 1.0 / xp.where(small, z, 1.0), total)
        z = xp.where(small, z + 1.0, z)
    inverse = 1.0 / z
    square = inverse * inverse
    direct = total + xp.log(z) - 0.5 * inverse - square * horner(square, _DIGAMMA)
    # π / tan(πx) has period 1; its poles, zero and the negative integers, are answered apart.
    fraction = y - xp.floor(y + 0.5)
    pole = left & (fraction == 0)
    # Where fraction is so small that π / it would overflow, so does the result.
    tiny = xp.abs(fraction) < 1e-300
    reflected = direct - math.pi / xp.tan(math.pi * xp.where(tiny, 0.25, fraction))
    reflected = xp.where(tiny, xp.where(xp.signbit(y), math.inf, -math.inf), reflected)
    result = xp.where(left, xp.where(pole & (y != 0), math.nan, reflected), direct)
    result = xp.where(endless, xp.where(x > 0, math.inf, math.nan), result)
    return narrow(xp, result, dtype)
