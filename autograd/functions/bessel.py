"""Bessel functions and the Airy function, by the names of `torch.special`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.functions.common import store

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def i0(input: Any, *, out: Any = None) -> Tensor:
    """The modified Bessel function of the first kind of order 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.i0(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 1.2661])
    """
    result = ops.i0(input)
    return result if out is None else store("i0", result, out)


def i0e(input: Any, *, out: Any = None) -> Tensor:
    """exp(-|x|) i0(x).

    Examples
    --------
    >>> import autograd
    >>> autograd.special.i0e(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 0.4658])
    """
    result = ops.i0e(input)
    return result if out is None else store("i0e", result, out)


def i1(input: Any, *, out: Any = None) -> Tensor:
    """The modified Bessel function of the first kind of order 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.i1(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 0.5652])
    """
    result = ops.i1(input)
    return result if out is None else store("i1", result, out)


def i1e(input: Any, *, out: Any = None) -> Tensor:
    """exp(-|x|) i1(x).

    Examples
    --------
    >>> import autograd
    >>> autograd.special.i1e(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 0.2079])
    """
    result = ops.i1e(input)
    return result if out is None else store("i1e", result, out)


def bessel_j0(input: Any, *, out: Any = None) -> Tensor:
    """The Bessel function of the first kind of order 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.bessel_j0(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 0.7652])
    """
    result = ops.bessel_j0(input)
    return result if out is None else store("bessel_j0", result, out)


def bessel_j1(input: Any, *, out: Any = None) -> Tensor:
    """The Bessel function of the first kind of order 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.bessel_j1(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 0.4401])
    """
    result = ops.bessel_j1(input)
    return result if out is None else store("bessel_j1", result, out)


def bessel_y0(input: Any, *, out: Any = None) -> Tensor:
    """The Bessel function of the second kind of order 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.bessel_y0(autograd.tensor([1.0, 2.0]))
    tensor([0.0883, 0.5104])
    """
    result = ops.bessel_y0(input)
    return result if out is None else store("bessel_y0", result, out)


def bessel_y1(input: Any, *, out: Any = None) -> Tensor:
    """The Bessel function of the second kind of order 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.bessel_y1(autograd.tensor([1.0, 2.0]))
    tensor([-0.7812, -0.1070])
    """
    result = ops.bessel_y1(input)
    return result if out is None else store("bessel_y1", result, out)


def modified_bessel_k0(input: Any, *, out: Any = None) -> Tensor:
    """The modified Bessel function of the second kind of order 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.modified_bessel_k0(autograd.tensor([1.0, 2.0]))
    tensor([0.4210, 0.1139])
    """
    result = ops.modified_bessel_k0(input)
    return result if out is None else store("modified_bessel_k0", result, out)


def modified_bessel_k1(input: Any, *, out: Any = None) -> Tensor:
    """The modified Bessel function of the second kind of order 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.modified_bessel_k1(autograd.tensor([1.0, 2.0]))
    tensor([0.6019, 0.1399])
    """
    result = ops.modified_bessel_k1(input)
    return result if out is None else store("modified_bessel_k1", result, out)


def modified_bessel_i0(input: Any, *, out: Any = None) -> Tensor:
    """The modified Bessel function of the first kind of order 0; the same as `i0`.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.modified_bessel_i0(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 1.2661])
    """
    return i0(input, out=out)


def modified_bessel_i1(input: Any, *, out: Any = None) -> Tensor:
    """The modified Bessel function of the first kind of order 1; the same as `i1`.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.modified_bessel_i1(autograd.tensor([0.0, 1.0]))
    tensor([0.0000, 0.5652])
    """
    return i1(input, out=out)


def scaled_modified_bessel_k0(x: Any, *, out: Any = None) -> Tensor:
    """eˣ times the modified Bessel function of the second kind of order 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.scaled_modified_bessel_k0(autograd.tensor([1.0, 2.0]))
    tensor([1.1445, 0.8416])
    """
    result = ops.scaled_modified_bessel_k0(x)
    return result if out is None else store("scaled_modified_bessel_k0", result, out)


def scaled_modified_bessel_k1(x: Any, *, out: Any = None) -> Tensor:
    """eˣ times the modified Bessel function of the second kind of order 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.scaled_modified_bessel_k1(autograd.tensor([1.0, 2.0]))
    tensor([1.6362, 1.0335])
    """
    result = ops.scaled_modified_bessel_k1(x)
    return result if out is None else store("scaled_modified_bessel_k1", result, out)


def airy_ai(x: Any, *, out: Any = None) -> Tensor:
    """The Airy function Ai.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.airy_ai(autograd.tensor([0.0, 1.0]))
    tensor([0.3550, 0.1353])
    """
    result = ops.airy_ai(x)
    return result if out is None else store("airy_ai", result, out)


def spherical_bessel_j0(x: Any, *, out: Any = None) -> Tensor:
    """The spherical Bessel function of order 0, sin x / x, and 1 at 0.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.spherical_bessel_j0(autograd.tensor([0.0, 1.0]))
    tensor([1.0000, 0.8415])
    """
    far = ops.isinf(x)
    result = ops.where(far, 0.0, ops.sinc(ops.divide(ops.where(far, 0.0, x), math.pi)))
    return result if out is None else store("spherical_bessel_j0", result, out)
