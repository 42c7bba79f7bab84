"""Discrete Fourier transforms under the names of `torch.fft`.

Lengths, `norm`, element types and errors are those that `autograd.functions.fft` names for all of them.
"""

from __future__ import annotations

from autograd._lazy import suggesting
from autograd.functions.fft import fft, fftn, hfft, hfftn, ifft, ifftn, ihfft, ihfftn, irfft, irfftn, rfft, rfftn
from autograd.functions.fft_frequencies import fftfreq, fftshift, ifftshift, rfftfreq
from autograd.functions.fft_planes import fft2, hfft2, ifft2, ihfft2, irfft2, rfft2

__all__ = [
    "fft", "fft2", "fftfreq", "fftn", "fftshift", "hfft", "hfft2", "hfftn", "ifft", "ifft2", "ifftn", "ifftshift",
    "ihfft", "ihfft2", "ihfftn", "irfft", "irfft2", "irfftn", "rfft", "rfft2", "rfftfreq", "rfftn",
]  # fmt: skip

__getattr__ = suggesting(__name__)
