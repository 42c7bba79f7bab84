"""The short-time Fourier transform and its inverse."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions.linalg import check_tensor, constant

if TYPE_CHECKING:
    from autograd.tensor import Tensor

LEAST = 1e-11  # a sum of squared windows below this cannot be divided by


def _window(x: Any, window: Any, n_fft: int, win_length: int, name: str) -> Tensor:
    """The window, ones by default, in the middle of n_fft points.

    Raises
    ------
    RuntimeError
        If it is no vector of `win_length` elements.
    """
    if not 0 < win_length <= n_fft:
        raise RuntimeError(f"{name}: expected 0 < win_length <= n_fft, but got win_length={win_length}, n_fft={n_fft}")
    if window is None:
        window = constant(x, (win_length,), 1, x.dtype.to_real())
    elif tuple(window._data.shape) != (win_length,):
        raise RuntimeError(
            f"{name}: expected a 1D window tensor of size equal to win_length={win_length}, but got window with size "
            f"{list(window._data.shape)}"
        )
    left = (n_fft - win_length) // 2
    if win_length == n_fft:
        return window
    return ops.put_in_zeros(window, shape=(n_fft,), index=(slice(left, left + win_length),))


def _padded(x: Any, count: int, mode: str) -> Tensor:
    """x with `count` elements more at both ends of its last dim."""
    size = x._data.shape[-1]
    if mode in ("constant", "zeros"):
        shape = (*x._data.shape[:-1], size + 2 * count)
        return ops.put_in_zeros(x, shape=shape, index=(..., slice(count, count + size)))
    if mode not in ("reflect", "replicate", "circular"):
        raise NotImplementedError(f"stft: pad_mode {mode!r}; use reflect, constant, replicate or circular")
    if mode == "replicate":
        positions = [min(max(i, 0), size - 1) for i in range(-count, size + count)]
    elif count >= size + (mode == "circular"):
        raise RuntimeError(
            f"stft: padding size should be less than the corresponding input dimension, but got padding {count} for "
            f"input of shape {list(x._data.shape)}"
        )
    elif mode == "circular":
        positions = [i % size for i in range(-count, size + count)]
    else:
        positions = [abs(i) if i < size else 2 * (size - 1) - i for i in range(-count, size + count)]
    return ops.getitem(x, index=(..., x.backend.asarray(positions, dtypes.int64)))


def _frame_positions(like: Any, frames: int, n_fft: int, hop: int) -> Any:
    xp = like.backend
    starts = xp.arange(0, frames, 1, dtypes.int64) * hop
    return starts[:, None] + xp.arange(0, n_fft, 1, dtypes.int64)


def _as_pairs(x: Any) -> Tensor:
    """Complex numbers as (real, imaginary) along a new last dim."""
    imaginary = ops.real(ops.multiply(x, -1j))
    return ops.concat(ops.expand_dims(ops.real(x), axis=-1), ops.expand_dims(imaginary, axis=-1), axis=-1)


def stft(
    input: Any, n_fft: int, hop_length: int | None = None, win_length: int | None = None, window: Any = None,
    center: bool = True, pad_mode: str = "reflect", normalized: bool = False, onesided: bool | None = None,
    return_complex: bool | None = None, align_to_window: bool | None = None,
) -> Tensor:  # fmt: skip
    """The transforms of overlapping windowed frames of a signal, or a batch of signals.

    X[f, t] = Σ_k window[k] · input[t · hop_length + k] · e^(-2πikf / n_fft); with `center` the signal is padded by
    n_fft // 2 on both sides first. Shapes: (..., length) to (..., frequencies, frames).

    Raises
    ------
    RuntimeError
        If sizes or types do not fit, or `return_complex` is missing for a real signal.

    Examples
    --------
    >>> import autograd
    >>> autograd.stft(autograd.ones(8), 4, window=autograd.ones(4), return_complex=True).shape
    autograd.Size([3, 9])
    """
    check_tensor("stft", input)
    if input.dtype.category < dtypes.FLOATING or input._data.ndim not in (1, 2):
        raise RuntimeError(
            f"stft: expected a 1D or 2D tensor of floating or complex values, got {input.dtype} of shape "
            f"{list(input._data.shape)}"
        )
    is_complex = input.dtype.is_complex or (window is not None and window.dtype.is_complex)
    if return_complex is None:
        if not is_complex:
            raise RuntimeError(
                "stft requires the return_complex parameter be given for real inputs; use return_complex=True"
            )
        return_complex = True
    hop = n_fft // 4 if hop_length is None else hop_length
    width = n_fft if win_length is None else win_length
    single = input._data.ndim == 1
    x = ops.expand_dims(input, axis=0) if single else input
    if center:
        x = _padded(x, n_fft // 2, pad_mode)
    size = x._data.shape[-1]
    if not 0 < n_fft <= size:
        raise RuntimeError(f"stft: expected 0 < n_fft <= {size}, but got n_fft={n_fft}")
    if hop <= 0:
        raise RuntimeError(f"stft: expected hop_length > 0, but got hop_length={hop}")
    taper = _window(input, window, n_fft, width, "stft")
    positions = _frame_positions(x, 1 + (size - n_fft) // hop, n_fft, hop)
    frames = ops.multiply(ops.getitem(x, index=(..., positions)), taper)
    onesided = (not is_complex) if onesided is None else onesided
    if onesided and is_complex:
        raise RuntimeError("stft: Cannot have onesided output if window or input is complex; use onesided=False")
    norm = "ortho" if normalized else "backward"
    if onesided:
        result = ops.fft_real(frames, axis=2, norm=norm)
    else:
        frames = frames if is_complex else ops.astype(frames, dtype=frames.dtype.to_complex())
        result = ops.fft_complex(frames, axes=(2,), norm=norm)
    result = ops.matrix_transpose(result)
    result = ops.squeeze(result, axis=0) if single else result
    return result if return_complex else _as_pairs(result)


def istft(
    input: Any, n_fft: int, hop_length: int | None = None, win_length: int | None = None, window: Any = None,
    center: bool = True, normalized: bool = False, onesided: bool | None = None, length: int | None = None,
    return_complex: bool = False,
) -> Tensor:  # fmt: skip
    """The signal from its short-time Fourier transform, by least squares: overlapping frames are added and divided by
    the sum of squared windows.

    D. Griffin, J. Lim, Signal estimation from modified short-time Fourier transform, IEEE Trans. ASSP 32 (1984).

    Raises
    ------
    RuntimeError
        If sizes or types do not fit, or some sample is under no window.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.arange(8.0)
    >>> window = autograd.ones(4)
    >>> spectrum = autograd.stft(x, 4, window=window, return_complex=True)
    >>> autograd.allclose(autograd.istft(spectrum, 4, window=window), x, atol=1e-5)
    True
    """
    check_tensor("istft", input)
    if not input.dtype.is_complex or input._data.ndim not in (2, 3) or not input._data.size:
        raise RuntimeError(
            f"istft requires a complex-valued input tensor of shape (frequencies, frames), or a batch, that is not "
            f"empty; got {input.dtype} of shape {list(input._data.shape)}"
        )
    hop = n_fft // 4 if hop_length is None else hop_length
    width = n_fft if win_length is None else win_length
    bins = input._data.shape[-2]
    onesided = (bins != n_fft) if onesided is None else onesided
    if bins != (n_fft // 2 + 1 if onesided else n_fft):
        raise RuntimeError(f"istft: expected {n_fft // 2 + 1 if onesided else n_fft} frequencies, got {bins}")
    if not 0 < hop <= width:
        raise RuntimeError(f"istft: expected 0 < hop_length <= win_length, got {hop} and {width}")
    if return_complex and onesided:
        raise RuntimeError("istft: cannot have onesided input for a complex result; use onesided=False")
    taper = _window(input, window, n_fft, width, "istft")
    if taper.dtype.is_complex and not return_complex:
        raise RuntimeError("istft: complex windows are incompatible with return_complex=False")
    single = input._data.ndim == 2
    x = ops.matrix_transpose(ops.expand_dims(input, axis=0) if single else input)
    norm = "ortho" if normalized else "backward"
    if return_complex:
        frames = ops.fft_complex(x, axes=(2,), norm=norm, inverse=True)
    else:
        half = x if onesided else ops.getitem(x, index=(..., slice(0, n_fft // 2 + 1)))
        frames = ops.fft_to_real(half, axis=2, size=n_fft, norm=norm)
    frames = ops.multiply(frames, taper)
    batch, count = frames._data.shape[:2]
    size = n_fft + hop * (count - 1)
    positions = _frame_positions(x, count, n_fft, hop)
    squares = ops.multiply(ops.broadcast_to(ops.square(taper), shape=(count, n_fft)), 1)
    signal = ops.put_in_zeros(frames, shape=(batch, size), index=(slice(None), positions))
    weight = ops.put_in_zeros(squares, shape=(size,), index=positions)
    start = n_fft // 2 if center else 0
    stop = start + length if length is not None else size - n_fft // 2 if center else size
    part = slice(start, min(stop, size))
    signal, weight = ops.getitem(signal, index=(slice(None), part)), ops.getitem(weight, index=(part,))
    if float(ops.vector_norm(weight.detach(), order=-math.inf)) < LEAST:
        raise RuntimeError(
            "istft: window overlap add min: a sample is under no window; change hop_length or the window"
        )
    result = ops.divide(signal, weight)
    if stop > size:
        result = ops.put_in_zeros(result, shape=(batch, stop - start), index=(slice(None), slice(0, size - start)))
    return ops.squeeze(result, axis=0) if single else result
