"""Functions of one number, and those of two that are not arithmetic, as methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.alias import in_place
from autograd.functions import activation, activation_slopes, exponential, rounding, special, trigonometric
from autograd.functions import bessel as bessel_functions
from autograd.functions import complex as complex_functions
from autograd.functions.common import inplace

if TYPE_CHECKING:
    from autograd.tensor import Tensor


class ElementwiseMethods:
    """Functions of the elements."""

    __slots__ = ()

    exp = ops.exp
    exp_ = inplace(ops.exp)
    exp2 = ops.exp2
    exp2_ = inplace(ops.exp2)
    expm1 = ops.expm1
    expm1_ = inplace(ops.expm1)
    log = ops.log
    log_ = inplace(ops.log)
    log2 = ops.log2
    log2_ = inplace(ops.log2)
    log10 = ops.log10
    log10_ = inplace(ops.log10)
    log1p = ops.log1p
    log1p_ = inplace(ops.log1p)
    sigmoid = ops.sigmoid
    sigmoid_ = inplace(ops.sigmoid)
    logit = exponential.logit
    logit_ = inplace(exponential.logit)
    xlogy = exponential.xlogy
    xlogy_ = inplace(exponential.xlogy)
    logaddexp = exponential.logaddexp
    logaddexp2 = exponential.logaddexp2

    sin = ops.sin
    sin_ = inplace(ops.sin)
    cos = ops.cos
    cos_ = inplace(ops.cos)
    tan = ops.tan
    tan_ = inplace(ops.tan)
    asin = ops.asin
    asin_ = inplace(ops.asin)
    arcsin, arcsin_ = asin, asin_
    acos = ops.acos
    acos_ = inplace(ops.acos)
    arccos, arccos_ = acos, acos_
    atan = ops.atan
    atan_ = inplace(ops.atan)
    arctan, arctan_ = atan, atan_
    sinh = ops.sinh
    sinh_ = inplace(ops.sinh)
    cosh = ops.cosh
    cosh_ = inplace(ops.cosh)
    tanh = ops.tanh
    tanh_ = inplace(ops.tanh)
    asinh = ops.asinh
    asinh_ = inplace(ops.asinh)
    arcsinh, arcsinh_ = asinh, asinh_
    acosh = ops.acosh
    acosh_ = inplace(ops.acosh)
    arccosh, arccosh_ = acosh, acosh_
    atanh = ops.atanh
    atanh_ = inplace(ops.atanh)
    arctanh, arctanh_ = atanh, atanh_
    atan2 = trigonometric.atan2
    atan2_ = inplace(trigonometric.atan2)
    arctan2, arctan2_ = atan2, atan2_
    sinc = trigonometric.sinc
    sinc_ = inplace(trigonometric.sinc)
    deg2rad = trigonometric.deg2rad
    deg2rad_ = inplace(trigonometric.deg2rad)
    rad2deg = trigonometric.rad2deg
    rad2deg_ = inplace(trigonometric.rad2deg)

    abs = ops.abs
    abs_ = inplace(ops.abs)
    absolute, absolute_ = abs, abs_
    neg = rounding.neg
    neg_ = inplace(rounding.neg)
    negative, negative_ = neg, neg_
    sgn = rounding.sgn
    sgn_ = inplace(rounding.sgn)
    sign = rounding.sign
    sign_ = inplace(rounding.sign)
    square = rounding.square
    square_ = inplace(rounding.square)
    sqrt = ops.sqrt
    sqrt_ = inplace(ops.sqrt)
    rsqrt = ops.rsqrt
    rsqrt_ = inplace(ops.rsqrt)
    reciprocal = ops.reciprocal
    reciprocal_ = inplace(ops.reciprocal)
    floor = ops.floor
    floor_ = inplace(ops.floor)
    ceil = ops.ceil
    ceil_ = inplace(ops.ceil)
    trunc = ops.trunc
    trunc_ = inplace(ops.trunc)
    fix, fix_ = trunc, trunc_
    round = rounding.round
    round_ = inplace(rounding.round)
    frac = rounding.frac
    frac_ = inplace(rounding.frac)
    copysign = rounding.copysign
    copysign_ = inplace(rounding.copysign)
    heaviside = rounding.heaviside
    heaviside_ = inplace(rounding.heaviside)
    nextafter = rounding.nextafter
    nextafter_ = inplace(rounding.nextafter)
    ldexp = rounding.ldexp
    ldexp_ = inplace(rounding.ldexp)
    positive = rounding.positive
    signbit = rounding.signbit
    frexp = rounding.frexp

    erf = ops.erf
    erf_ = inplace(ops.erf)
    erfc = ops.erfc
    erfc_ = inplace(ops.erfc)
    erfinv = special.erfinv
    erfinv_ = inplace(special.erfinv)
    lgamma = special.lgamma
    lgamma_ = inplace(special.lgamma)
    digamma = special.digamma
    digamma_ = inplace(special.digamma)
    mvlgamma = special.mvlgamma
    mvlgamma_ = inplace(special.mvlgamma)
    igamma = special.igamma
    igamma_ = inplace(special.igamma)
    igammac = special.igammac
    igammac_ = inplace(special.igammac)
    i0 = bessel_functions.i0
    i0_ = inplace(bessel_functions.i0)

    def polygamma(self, n: int) -> Tensor:
        """The n-th derivative of `digamma`.

        Examples
        --------
        >>> import autograd
        >>> autograd.tensor([1.0]).polygamma(1)
        tensor([1.6449])
        """
        return special.polygamma(n, self)

    def polygamma_(self: Any, n: int) -> Tensor:
        """In-place version of `polygamma`."""
        return in_place(self, "polygamma_", ElementwiseMethods.polygamma, n)

    relu = ops.relu
    relu_ = inplace(ops.relu)
    prelu = activation_slopes.prelu
    hardshrink = activation.hardshrink

    conj = complex_functions.conj
    conj_physical = complex_functions.conj_physical
    conj_physical_ = inplace(complex_functions.conj_physical)
    resolve_conj = complex_functions.resolve_conj
    resolve_neg = complex_functions.resolve_neg
    is_conj = complex_functions.is_conj
    is_neg = complex_functions.is_neg
    angle = complex_functions.angle

    @property
    def real(self) -> Tensor:
        """The real part, in the same memory; may be assigned to."""
        return complex_functions.real(self)

    @real.setter
    def real(self, value: Any) -> None:
        complex_functions.real(self).copy_(value)

    @property
    def imag(self) -> Tensor:
        """The imaginary part, in the same memory; may be assigned to."""
        return complex_functions.imag(self)

    @imag.setter
    def imag(self, value: Any) -> None:
        complex_functions.imag(self).copy_(value)
