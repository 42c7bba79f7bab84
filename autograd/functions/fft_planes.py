"""Discrete Fourier transforms over two dims, by the names of `torch.fft`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd.functions.common import with_out
from autograd.functions.fft import Sizes, fftn, hfftn, ifftn, ihfftn, irfftn, rfftn

if TYPE_CHECKING:
    from autograd.tensor import Tensor


@with_out
def fft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`fftn` over the last two dims."""
    return fftn(input, s, dim, norm)


@with_out
def ifft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`ifftn` over the last two dims."""
    return ifftn(input, s, dim, norm)


@with_out
def rfft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`rfftn` over the last two dims."""
    return rfftn(input, s, dim, norm)


@with_out
def irfft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`irfftn` over the last two dims."""
    return irfftn(input, s, dim, norm)


@with_out
def hfft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`hfftn` over the last two dims."""
    return hfftn(input, s, dim, norm)


@with_out
def ihfft2(input: Any, s: Sizes = None, dim: Any = (-2, -1), norm: str | None = None) -> Tensor:
    """`ihfftn` over the last two dims."""
    return ihfftn(input, s, dim, norm)
