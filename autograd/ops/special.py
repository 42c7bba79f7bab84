"""Special functions: error functions, the normal distribution, the gamma family, zeta."""

from __future__ import annotations

import math

from autograd.differentiable import differentiable

_SQRT_PI = math.sqrt(math.pi)
_RSQRT_2 = math.sqrt(0.5)
_RSQRT_2PI = 1 / math.sqrt(2 * math.pi)


def _refuse(name, argument):
    def rule(xp, g):
        raise NotImplementedError(f"the derivative of {name} by {argument!r} is not implemented; detach() it")

    return rule


# --- error functions, normal distribution ----------------------------------------------------------------------------


@differentiable(x=lambda xp, g, x: g * (2 / _SQRT_PI) * xp.exp(-x * x), elementwise="float")
def erf(xp, x):
    """The error function 2/√π ∫₀ˣ exp(-t²) dt."""
    return xp.erf(x)


@differentiable(x=lambda xp, g, x: g * (-2 / _SQRT_PI) * xp.exp(-x * x), elementwise="float")
def erfc(xp, x):
    """1 - erf(x), accurate for large x."""
    return xp.erfc(x)


@differentiable(x=lambda xp, g, x, out: g * (2 * x * out - 2 / _SQRT_PI), elementwise="float")
def erfcx(xp, x):
    """exp(x²) erfc(x)."""
    return xp.erfcx(x)


@differentiable(x=lambda xp, g, out: g * (_SQRT_PI / 2) * xp.exp(out * out), elementwise="float")
def erfinv(xp, x):
    """The inverse of erf on [-1, 1]."""
    return xp.erfinv(x)


@differentiable(x=lambda xp, g, x: g * _RSQRT_2PI * xp.exp(-0.5 * x * x), elementwise="float")
def ndtr(xp, x):
    """The standard normal distribution function."""
    return 0.5 * xp.erfc(x * -_RSQRT_2)


@differentiable(
    x=lambda xp, g, x, out: g * _RSQRT_2PI * xp.exp(-0.5 * x * x - out),
    elementwise="float",
)
def log_ndtr(xp, x):
    """The logarithm of the standard normal distribution function, accurate in both tails."""
    return xp.log_ndtr(x)


@differentiable(x=lambda xp, g, out: g / _RSQRT_2PI * xp.exp(0.5 * out * out), elementwise="float")
def ndtri(xp, x):
    """The standard normal quantile, the inverse of ndtr."""
    return xp.ndtri(x)


@differentiable(x=lambda xp, g, x: g * (-1 - xp.log(x)), elementwise="float")
def entr(xp, x):
    """-x log x, 0 at 0, and -inf for negative x."""
    return xp.where(x < 0, -math.inf, -xp.xlogy(x, x))


# --- gamma family ----------------------------------------------------------------------------------------------------


@differentiable(x=lambda xp, g, x: g * xp.digamma(x), elementwise="float")
def lgamma(xp, x):
    """log |Γ(x)|."""
    return xp.lgamma(x)


@differentiable(x=lambda xp, g, x: g * xp.polygamma(x, n=1), elementwise="float")
def digamma(xp, x):
    """The logarithmic derivative of Γ; -inf at 0."""
    return xp.digamma(x)


@differentiable(x=lambda xp, g, x, n: g * xp.polygamma(x, n=n + 1), elementwise="float")
def polygamma(xp, x, *, n):
    """The n-th derivative of digamma."""
    if n == 0:
        return xp.digamma(x)
    value = xp.zeta(xp.full_like(x, n + 1.0), x)
    return value * ((-1.0) ** (n + 1) * math.factorial(n))


def _gamma_density(xp, g, a, x):
    return g * xp.exp(xp.xlogy(a - 1, x) - x - xp.lgamma(a))


@differentiable(a=_refuse("igamma", "input"), x=_gamma_density, elementwise="float")
def igamma(xp, a, x):
    """The regularized lower incomplete gamma function."""
    return xp.igamma(a, x)


@differentiable(a=_refuse("igammac", "input"), x=lambda xp, g, a, x: _gamma_density(xp, -g, a, x), elementwise="float")
def igammac(xp, a, x):
    """The regularized upper incomplete gamma function."""
    return xp.igammac(a, x)


@differentiable(x=_refuse("zeta", "input"), q=lambda xp, g, x, q: -g * x * xp.zeta(x + 1, q), elementwise="float")
def zeta(xp, x, q):
    """The Hurwitz zeta function Σ (k + q)⁻ˣ over k ≥ 0."""
    return xp.zeta(x, q)


# --- samples as functions of their parameters ------------------------------------------------------------------------


@differentiable(a=_refuse("gamma_slope", "input"), x=_refuse("gamma_slope", "x"), elementwise="float")
def gamma_slope(xp, a, x):
    """How a sample x of the gamma distribution with shape a moves with a, at a fixed quantile."""
    return xp.gamma_slope(a, x)


@differentiable(a=lambda xp, g, a, out: g * xp.gamma_slope(a, out))
def gamma_sample(xp, a, x):
    """The samples x of the gamma distribution with shapes a, differentiable by a (Figurnov et al., 2018)."""
    return xp.copy(x)
