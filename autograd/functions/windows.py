"""Window functions: by the names of `torch.signal.windows`, and as PyTorch's older `hann_window` and the like.

A window of M points is symmetric (`sym=True`, the default there), or one period of a periodic function: then it is the
symmetric window of M + 1 points without its last (the older functions' default).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import engine
from autograd.functions import creation
from autograd.functions.common import WHOLE

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _signal(
    name: str, M: int, formula: Callable[[Any, float], Any], sym: bool, dtype: Any, device: Any, requires_grad: bool
) -> Tensor:
    """A window of `signal.windows`.

    Raises
    ------
    ValueError
        For a negative length, or a type other than float32 and float64.
    """
    kind = dtypes.default_dtype() if dtype is None else dtypes.lookup(dtype)
    if kind not in (dtypes.float32, dtypes.float64):
        raise ValueError(f"{name} expects float32 or float64 dtypes, got: {kind}")
    if not isinstance(M, WHOLE) or M < 0:
        raise ValueError(f"{name} requires non-negative window length, got M={M}")
    return _sampled(M, formula, sym, kind, device, requires_grad)


def _older(
    name: str,
    M: int,
    formula: Callable[[Any, float], Any],
    periodic: bool,
    dtype: Any,
    device: Any,
    requires_grad: bool,
) -> Tensor:
    """A window of the older functions.

    Raises
    ------
    RuntimeError
        For a negative length, or a type that is not floating.
    """
    kind = dtypes.default_dtype() if dtype is None else dtypes.lookup(dtype)
    if not kind.is_floating_point:
        raise RuntimeError(f"{name} expects floating point dtypes, got: {kind}")
    if not isinstance(M, WHOLE) or M < 0:
        raise RuntimeError(f"{name} requires non-negative window_length, got window_length={M}")
    return _sampled(M, formula, not periodic, kind, device, requires_grad)


def _sampled(
    M: int, formula: Callable[[Any, float], Any], sym: bool, kind: dtypes.dtype, device: Any, requires_grad: bool
) -> Tensor:
    """The formula of the positions 0, 1, ... and the last one's number, in float64."""
    backend = creation.home(device)
    if M <= 1:
        return creation.finish(backend.ones((M,), kind), backend, requires_grad)
    positions = engine.wrap(backend.arange(0, M, 1, dtypes.float64), backend)
    values = formula(positions, float(M - 1 if sym else M))
    return creation.finish(backend.astype(values._data, kind), backend, requires_grad)


def _cosines(coefficients: Sequence[float]) -> Callable[[Any, float], Any]:
    """Σ (-1)ⁱ aᵢ cos(2πik/last)."""

    def formula(k: Any, last: float) -> Any:
        total = ops.multiply(k, 0.0)
        for i, a in enumerate(coefficients):
            total = ops.add(total, ops.multiply(_cos(ops.multiply(k, 2 * math.pi * i / last)), a * (-1) ** i))
        return total

    return formula


def _cos(x: Any) -> Tensor:
    return engine.wrap(x.backend.cos(x._data), x.backend)


def _triangle(k: Any, last: float) -> Tensor:
    return ops.subtract(1.0, ops.abs(ops.subtract(ops.multiply(k, 2.0 / last), 1.0)))


def _gauss(std: float) -> Callable[[Any, float], Any]:
    return lambda k, last: ops.exp(ops.negative(ops.square(ops.divide(ops.subtract(k, last / 2), math.sqrt(2) * std))))


def _bessel(beta: float) -> Callable[[Any, float], Any]:
    def formula(k: Any, last: float) -> Any:
        ratio = ops.subtract(ops.multiply(k, 2.0 / last), 1.0)
        root = ops.sqrt(ops.maximum(ops.subtract(1.0, ops.square(ratio)), 0.0))
        xp = k.backend
        values = xp.i0(ops.multiply(root, beta)._data)
        return engine.wrap(values / xp.i0(xp.full((1,), beta, dtypes.float64)), xp)

    return formula


# --- torch.signal.windows --------------------------------------------------------------------------------------------


def bartlett(
    M: int, *, sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """The triangle 1 - |2k / (M - 1) - 1|, which is 0 at both ends.

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.bartlett(5)
    tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000])
    """
    return _signal("bartlett", M, _triangle, sym, dtype, device, requires_grad)


def blackman(
    M: int, *, sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """0.42 - 0.5 cos(2πk / (M - 1)) + 0.08 cos(4πk / (M - 1)).

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.blackman(5)[1:4]
    tensor([0.3400, 1.0000, 0.3400])
    """
    return _signal("blackman", M, _cosines((0.42, 0.5, 0.08)), sym, dtype, device, requires_grad)


def cosine(
    M: int, *, sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """sin(π (k + ½) / M).

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.cosine(3)
    tensor([0.5000, 1.0000, 0.5000])
    """

    def formula(k: Any, last: float) -> Any:
        return _cos(ops.subtract(ops.multiply(ops.add(k, 0.5), math.pi / (last + 1)), math.pi / 2))

    return _signal("cosine", M, formula, sym, dtype, device, requires_grad)


def exponential(
    M: int, *, center: float | None = None, tau: float = 1.0, sym: bool = True, dtype: Any = None, layout: Any = None,
    device: Any = None, requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """exp(-|k - center| / tau); the center is the middle, and must be for symmetric windows.

    Raises
    ------
    ValueError
        If tau is not positive, or a center is given for a symmetric window.

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.exponential(3)
    tensor([0.3679, 1.0000, 0.3679])
    """
    if tau <= 0:
        raise ValueError(f"Tau must be positive, got: {tau} instead.")
    if sym and center is not None:
        raise ValueError("Center must be None for symmetric windows")

    def formula(k: Any, last: float) -> Any:
        middle = last / 2 if center is None else center
        return ops.exp(ops.divide(ops.abs(ops.subtract(k, middle)), -tau))

    return _signal("exponential", M, formula, sym, dtype, device, requires_grad)


def gaussian(
    M: int, *, std: float = 1.0, sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None,
    requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """exp(-(k - (M - 1) / 2)² / (2 std²)).

    Raises
    ------
    ValueError
        If std is not positive.

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.gaussian(3)
    tensor([0.6065, 1.0000, 0.6065])
    """
    if std <= 0:
        raise ValueError(f"Standard deviation must be positive, got: {std} instead.")
    return _signal("gaussian", M, _gauss(std), sym, dtype, device, requires_grad)


def general_cosine(
    M: int, *, a: Sequence[float], sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None,
    requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """Σ (-1)ⁱ aᵢ cos(2πik / (M - 1)).

    Raises
    ------
    TypeError, ValueError
        If the coefficients are no sequence, or an empty one.

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.general_cosine(5, a=[0.5, 0.5])
    tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000])
    """
    if not isinstance(a, (list, tuple)):
        raise TypeError(f"Coefficients must be a list/tuple, not {type(a).__name__}")
    if not a:
        raise ValueError("Coefficients cannot be empty")
    return _signal("general_cosine", M, _cosines(a), sym, dtype, device, requires_grad)


def general_hamming(
    M: int, *, alpha: float = 0.54, sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None,
    requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """alpha - (1 - alpha) cos(2πk / (M - 1)).

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.general_hamming(5, alpha=0.5)
    tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000])
    """
    return _signal("general_hamming", M, _cosines((alpha, 1 - alpha)), sym, dtype, device, requires_grad)


def hamming(
    M: int, *, sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """0.54 - 0.46 cos(2πk / (M - 1)).

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.hamming(5)
    tensor([0.0800, 0.5400, 1.0000, 0.5400, 0.0800])
    """
    return _signal("hamming", M, _cosines((0.54, 0.46)), sym, dtype, device, requires_grad)


def hann(
    M: int, *, sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """½ - ½ cos(2πk / (M - 1)).

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.hann(3)
    tensor([0., 1., 0.])
    """
    return _signal("hann", M, _cosines((0.5, 0.5)), sym, dtype, device, requires_grad)


def kaiser(
    M: int, *, beta: float = 12.0, sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None,
    requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """I₀(beta √(1 - (2k / (M - 1) - 1)²)) / I₀(beta).

    Raises
    ------
    ValueError
        If beta is negative.

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.kaiser(5, beta=0.0)
    tensor([1., 1., 1., 1., 1.])
    """
    if beta < 0:
        raise ValueError(f"beta must be non-negative, got: {beta} instead.")
    return _signal("kaiser", M, _bessel(beta), sym, dtype, device, requires_grad)


def nuttall(
    M: int, *, sym: bool = True, dtype: Any = None, layout: Any = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """The minimum 4-term Blackman-Harris window (A. Nuttall, IEEE Trans. ASSP 29, 1981).

    Examples
    --------
    >>> import autograd
    >>> autograd.signal.windows.nuttall(5)
    tensor([3.6280e-04, 2.2698e-01, 1.0000e+00, 2.2698e-01, 3.6280e-04])
    """
    return _signal(
        "nuttall", M, _cosines((0.3635819, 0.4891775, 0.1365995, 0.0106411)), sym, dtype, device, requires_grad
    )


# --- the older functions ---------------------------------------------------------------------------------------------


def bartlett_window(
    window_length: int, periodic: bool = True, *, dtype: Any = None, layout: Any = None, device: Any = None,
    pin_memory: bool = False, requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """The triangular window; see `signal.windows.bartlett`.

    Examples
    --------
    >>> import autograd
    >>> autograd.bartlett_window(4)
    tensor([0.0000, 0.5000, 1.0000, 0.5000])
    """
    return _older("bartlett_window", window_length, _triangle, periodic, dtype, device, requires_grad)


def blackman_window(
    window_length: int, periodic: bool = True, *, dtype: Any = None, layout: Any = None, device: Any = None,
    pin_memory: bool = False, requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """Blackman's window; see `signal.windows.blackman`.

    Examples
    --------
    >>> import autograd
    >>> autograd.blackman_window(4)[1:]
    tensor([0.3400, 1.0000, 0.3400])
    """
    formula = _cosines((0.42, 0.5, 0.08))
    return _older("blackman_window", window_length, formula, periodic, dtype, device, requires_grad)


def hamming_window(
    window_length: int, periodic: bool = True, alpha: float = 0.54, beta: float = 0.46, *, dtype: Any = None,
    layout: Any = None, device: Any = None, pin_memory: bool = False, requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """alpha - beta cos(2πk / last); see `signal.windows.hamming`.

    Examples
    --------
    >>> import autograd
    >>> autograd.hamming_window(4)
    tensor([0.0800, 0.5400, 1.0000, 0.5400])
    """
    formula = _cosines((alpha, beta))
    return _older("hamming_window", window_length, formula, periodic, dtype, device, requires_grad)


def hann_window(
    window_length: int, periodic: bool = True, *, dtype: Any = None, layout: Any = None, device: Any = None,
    pin_memory: bool = False, requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """Hann's window; see `signal.windows.hann`.

    Examples
    --------
    >>> import autograd
    >>> autograd.hann_window(4)
    tensor([0.0000, 0.5000, 1.0000, 0.5000])
    """
    return _older("hann_window", window_length, _cosines((0.5, 0.5)), periodic, dtype, device, requires_grad)


def kaiser_window(
    window_length: int, periodic: bool = True, beta: float = 12.0, *, dtype: Any = None, layout: Any = None,
    device: Any = None, pin_memory: bool = False, requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """Kaiser's window; see `signal.windows.kaiser`.

    Examples
    --------
    >>> import autograd
    >>> autograd.kaiser_window(4, beta=0.0)
    tensor([1., 1., 1., 1.])
    """
    return _older("kaiser_window", window_length, _bessel(beta), periodic, dtype, device, requires_grad)
