"""Windows, short-time Fourier transforms, sliding windows, padding and patterns: rare arguments and refusals."""

from __future__ import annotations

import pytest

import autograd
from tests.functions.pairs import agree, refuse


def wave(t, count=16, dtype="float64"):
    return t.arange(count, dtype=getattr(t, dtype)) * 0.25 - 1.0


def pad(t, x, *args, **options):
    import nn

    return (nn if t is autograd else t.nn).functional.pad(x, *args, **options)


def spectrum(t, **options):
    return t.stft(wave(t), 4, window=t.ones(4, dtype=t.float64), return_complex=True, **options)


def halves(t, dtype="float64"):
    return t.full((4,), 0.5, dtype=getattr(t, dtype))


ANSWERS = {
    "bartlett_window": lambda t: t.bartlett_window(7),
    "blackman_window": lambda t: t.blackman_window(6, False, dtype=t.float64),
    "hamming_window": lambda t: t.hamming_window(6, True, 0.6, 0.4),
    "hann_window": lambda t: t.hann_window(1),
    "hann_window of none": lambda t: t.hann_window(0),
    "kaiser_window": lambda t: t.kaiser_window(6, True, 8.0, dtype=t.float64),
    "stft as pairs": lambda t: t.stft(wave(t), 4, window=halves(t), return_complex=False),
    "stft constant": lambda t: spectrum(t, pad_mode="constant"),
    "stft replicate": lambda t: spectrum(t, pad_mode="replicate"),
    "stft circular": lambda t: spectrum(t, pad_mode="circular"),
    "stft short window": lambda t: t.stft(wave(t), 8, 2, 4, halves(t), normalized=True, return_complex=True),
    "stft without padding": lambda t: spectrum(t, center=False),
    "stft two-sided": lambda t: spectrum(t, onesided=False),
    "stft of complex numbers": lambda t: t.stft(wave(t) * 1j, 4, window=halves(t)),
    "istft": lambda t: t.istft(spectrum(t), 4, window=halves(t)),
    "istft longer": lambda t: t.istft(spectrum(t), 4, window=halves(t), length=20),
    "istft shorter": lambda t: t.istft(spectrum(t), 4, window=halves(t), length=10),
    "istft two-sided": lambda t: t.istft(spectrum(t, onesided=False), 4, window=halves(t), onesided=False),
    "istft complex": lambda t: t.istft(
        spectrum(t, onesided=False), 4, window=halves(t), onesided=False, return_complex=True
    ),
    "unfold 0-d": lambda t: t.tensor(3.0).unfold(0, 1, 1),
    "sum_to_size": lambda t: wave(t).reshape(4, 4).sum_to_size(1, 4),
    "unravel_index of a number": lambda t: t.unravel_index(t.tensor([3]), 4),
    "nonzero_static": lambda t: t.nonzero_static(t.tensor([0, 1, 2]), size=3, fill_value=7),
    "nonzero_static cut": lambda t: t.nonzero_static(t.tensor([3, 1, 2]), size=2),
    "unsafe_split": lambda t: t.unsafe_split(wave(t, 5), 2),
    "unsafe_chunk": lambda t: t.unsafe_chunk(wave(t, 5), 2),
    "new_tensor": lambda t: wave(t).new_tensor([1, 2]),
    "new_empty": lambda t: wave(t).new_empty(2, 3).shape,
    "logspace of integers": lambda t: t.logspace(0.5, 3.5, 4, base=2, dtype=t.int64),
    "vander of none": lambda t: t.vander(t.tensor([1.0, 2.0]), 0),
    "vander increasing": lambda t: t.vander(t.tensor([True, False]), 3, True),
    "tril_indices": lambda t: t.tril_indices(3, 4, -1, dtype=t.int32),
    "triu_indices of none": lambda t: t.triu_indices(0, 3),
    "pad cut off and wrapped": lambda t: pad(t, wave(t, 4).reshape(1, 1, 4), (-1, 2), "circular"),
    "pad reflect cut": lambda t: pad(t, wave(t, 4).reshape(1, 1, 4), (-1, 2), "reflect"),
    "pad replicate": lambda t: pad(t, wave(t, 4).reshape(1, 2, 2), (3, 3), "replicate"),
    "pad constant cut": lambda t: pad(t, wave(t, 4).reshape(2, 2), (-1, 1, 1, -1), value=5.0),
}


@pytest.mark.parametrize("call", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.filterwarnings("ignore:stft with return_complex=False:UserWarning")
@pytest.mark.filterwarnings("ignore:The length of signal is shorter:UserWarning")
def test_answers(call):
    agree(call)


REFUSALS = {
    "older window type": (lambda t: t.hann_window(4, dtype=t.int64), "floating point"),
    "older window length": (lambda t: t.hann_window(-1), "non-negative window_length"),
    "window type": (lambda t: t.signal.windows.hann(4, dtype=t.float16), "float32 or float64"),
    "window length": (lambda t: t.signal.windows.hann(-1), "non-negative window length"),
    "stft integers": (lambda t: t.stft(t.arange(8), 4, return_complex=True), "floating or complex"),
    "stft without return_complex": (lambda t: t.stft(wave(t), 4), "return_complex"),
    "stft n_fft": (lambda t: t.stft(wave(t), 20, center=False, return_complex=True), "0 < n_fft"),
    "stft hop": (lambda t: t.stft(wave(t), 4, 0, return_complex=True), "hop_length > 0"),
    "stft win_length": (lambda t: t.stft(wave(t), 4, win_length=5, return_complex=True), "win_length <= n_fft"),
    "stft window": (lambda t: t.stft(wave(t), 4, window=t.ones(3), return_complex=True), "1D window"),
    "stft onesided": (
        lambda t: t.stft(wave(t) * 1j, 4, window=halves(t), onesided=True, return_complex=True), "onesided"
    ),
    "stft mode": (lambda t: spectrum(t, pad_mode="mirror"), "pad_mode"),
    "stft padding": (lambda t: t.stft(wave(t, 2), 4, window=halves(t), return_complex=True), "should be less than"),
    "istft of reals": (lambda t: t.istft(wave(t).reshape(4, 4), 4), "complex"),
    "istft bins": (lambda t: t.istft(spectrum(t), 6, window=t.ones(6, dtype=t.float64)), "frequencies"),
    "istft hop": (lambda t: t.istft(spectrum(t), 4, 0, window=halves(t)), "0 < hop_length"),
    "istft onesided": (
        lambda t: t.istft(spectrum(t), 4, window=halves(t), onesided=True, return_complex=True), "onesided"
    ),
    "istft window": (lambda t: t.istft(spectrum(t), 4, window=halves(t, "complex128")), "complex window"),
    "istft sparse": (
        lambda t: t.istft(spectrum(t), 4, 1, 1, window=t.zeros(1, dtype=t.float64)), "window overlap add"
    ),
    "unfold": (lambda t: wave(t, 3).unfold(0, 4, 1), "maximum size"),
    "unfold step": (lambda t: wave(t, 3).unfold(0, 2, 0), "step is 0"),
    "sum_to_size": (lambda t: wave(t, 3).sum_to_size(2), "expandable"),
    "unravel_index type": (lambda t: t.unravel_index(t.ones(1), (2,)), "integer"),
    "unravel_index size": (lambda t: t.unravel_index(t.tensor([1]), (-2,)), "non-negative"),
    "logspace": (lambda t: t.logspace(0, 1, -1), "non-negative"),
    "vander": (lambda t: t.vander(t.ones(1, 1)), "one-dimensional"),
    "vander count": (lambda t: t.vander(t.ones(1), -1), "non-negative"),
    "tril_indices": (lambda t: t.tril_indices(-1, 2), "non-negative"),
    "triu_indices": (lambda t: t.triu_indices(1, -2), "non-negative"),
    "pad odd": (lambda t: pad(t, t.ones(2), (1,)), "divisible by 2"),
    "pad too long": (lambda t: pad(t, t.ones(2), (1, 1, 1, 1)), "two times"),
    "pad mode": (lambda t: pad(t, t.ones(1, 1, 2), (1, 1), "mirror"), "[Uu]nrecognised"),
    "pad value": (lambda t: pad(t, t.ones(1, 1, 2), (1, 1), "reflect", 3.0), "value"),
    "pad dims": (lambda t: pad(t, t.ones(2), (1, 1), "reflect"), "2D, 3D, 4D, 5D"),
    "pad below nothing": (lambda t: pad(t, t.ones(2), (-2, -2)), "negative output size"),
    "pad reflect": (lambda t: pad(t, t.ones(1, 1, 2), (2, 0), "reflect"), "less than the corresponding"),
    "pad circular": (lambda t: pad(t, t.ones(1, 1, 2), (3, 0), "circular"), "more than once"),
    "pad replicate": (lambda t: pad(t, t.ones(1, 1, 2), (-1, -1), "replicate"), "leaves nothing"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), REFUSALS.values(), ids=REFUSALS)
@pytest.mark.filterwarnings("ignore:A window was not provided:UserWarning")
def test_refusals(call, message):
    refuse(call, message)
