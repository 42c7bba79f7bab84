"""The frequencies of Fourier coefficients, and moving the zero frequency, by the names of `torch.fft`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions import creation
from autograd.functions.common import axes_of

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _frequencies(whole: list[int], n: int, d: float, dtype: Any, device: Any, requires_grad: bool, out: Any) -> Tensor:
    if n < 1:
        raise RuntimeError(f"fftfreq: n must be at least 1, got {n}")
    made = creation.tensor([k / (n * d) for k in whole], dtype=dtype or dtypes.default_dtype(), device=device)
    if out is not None:
        return out.copy_(made)
    return made.requires_grad_() if requires_grad else made


def fftfreq(
    n: int, d: float = 1.0, *, out: Any = None, dtype: Any = None, layout: Any = None, device: Any = None,
    requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """The frequencies of `fft` of n samples d apart: 0, 1, ..., -2, -1 over n d.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.fftfreq(4, d=0.5)
    tensor([ 0.0000,  0.5000, -1.0000, -0.5000])
    """
    positive = (n + 1) // 2
    return _frequencies([*range(positive), *range(positive - n, 0)], n, d, dtype, device, requires_grad, out)


def rfftfreq(
    n: int, d: float = 1.0, *, out: Any = None, dtype: Any = None, layout: Any = None, device: Any = None,
    requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """The frequencies of `rfft` of n samples d apart: 0, 1, ..., n // 2 over n d.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.rfftfreq(4, d=0.5)
    tensor([0.0000, 0.5000, 1.0000])
    """
    return _frequencies(list(range(n // 2 + 1)), n, d, dtype, device, requires_grad, out)


def _rolled(x: Any, dim: Any, inverse: bool) -> Tensor:
    for axis in axes_of(dim, x._data.ndim) or range(x._data.ndim):
        size = x._data.shape[axis]
        cut = size // 2 if inverse else (size + 1) // 2
        lead = (slice(None),) * axis
        head, tail = (ops.getitem(x, index=(*lead, part)) for part in (slice(0, cut), slice(cut, size)))
        x = ops.concat(tail, head, axis=axis)
    return x


def fftshift(input: Any, dim: Any = None) -> Tensor:
    """The elements rotated so that frequency 0 is in the middle of the dims, all by default.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.fftshift(autograd.fft.fftfreq(4))
    tensor([-0.5000, -0.2500,  0.0000,  0.2500])
    """
    return _rolled(input, dim, False)


def ifftshift(input: Any, dim: Any = None) -> Tensor:
    """The inverse of `fftshift`.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.ifftshift(autograd.tensor([-2.0, -1.0, 0.0, 1.0]))
    tensor([ 0.,  1., -2., -1.])
    """
    return _rolled(input, dim, True)
