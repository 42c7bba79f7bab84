"""Discrete Fourier transforms over two dims, by the names of `torch.fft`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd.functions.common import with_out
from autograd.functions.fft import Sizes, fftn, hfftn, ifftn, ihfftn, irfftn, rfftn

if TYPE_CHECKING:
    from autograd.tensor import Tensor


@with_out
def fft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`fftn` over the last two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.fft2(autograd.tensor([[1.0, 2.0], [3.0, 4.0]]))
    tensor([[10.+0.j, -2.+0.j],
            [-4.+0.j,  0.+0.j]])
    """
    return fftn(input, s, dim, norm)


@with_out
def ifft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`ifftn` over the last two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.ifft2(autograd.fft.fft2(autograd.tensor([[1.0, 2.0], [3.0, 4.0]])))
    tensor([[1.+0.j, 2.+0.j],
            [3.+0.j, 4.+0.j]])
    """
    return ifftn(input, s, dim, norm)


@with_out
def rfft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`rfftn` over the last two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.rfft2(autograd.ones(4, 4)).shape
    autograd.Size([4, 3])
    """
    return rfftn(input, s, dim, norm)


@with_out
def irfft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`irfftn` over the last two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.irfft2(autograd.fft.rfft2(autograd.tensor([[1.0, 2.0], [3.0, 4.0]])))
    tensor([[1., 2.],
            [3., 4.]])
    """
    return irfftn(input, s, dim, norm)


@with_out
def hfft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`hfftn` over the last two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.hfft2(autograd.ones(4, 3)).shape
    autograd.Size([4, 4])
    """
    return hfftn(input, s, dim, norm)


@with_out
def ihfft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`ihfftn` over the last two dims.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.ihfft2(autograd.ones(4, 4)).shape
    autograd.Size([4, 3])
    """
    return ihfftn(input, s, dim, norm)
