"""Discrete Fourier transforms, by the names of `torch.fft`: over one dim or several.

With ω = e^(-2πi/n) the forward transform is X[k] = Σ x[j] ω^(jk), and the inverse x[j] = Σ X[k] ω^(-jk) / n. `norm`
says where the factor goes: "backward" (by the inverse), "forward", or "ortho" (its root by both). `n` and `s` cut or
zero-pad the input first.

All refuse what is no Tensor (TypeError), types of 16 bits, sizes below 1, dims out of range or named twice, and any other
`norm` (RuntimeError; IndexError for the dims); the transforms of real input (`rfft`, `ihfft` and the like) refuse complex
numbers. Integers are taken in the default floating type; results of float32 are complex64, of float64 complex128.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions.common import axes_of, with_out
from autograd.functions.linalg import check_tensor

if TYPE_CHECKING:
    from autograd.tensor import Tensor

Sizes = int | Sequence[int] | None
OPPOSITE = {"backward": "forward", "forward": "backward", "ortho": "ortho"}


def _norm(name: str, norm: str | None) -> str:
    norm = "backward" if norm is None else norm
    if norm not in OPPOSITE:
        raise RuntimeError(f"{name}: Invalid normalization mode: {norm!r}; use 'backward', 'forward' or 'ortho'")
    return norm


def _floating(name: str, x: Any) -> Tensor:
    """x in a type that has a transform: integers in the default floating type."""
    check_tensor(name, x)
    if x.dtype.category < dtypes.FLOATING:
        return ops.astype(x, dtype=dtypes.default_dtype())
    if x.dtype.itemsize == 2:
        raise RuntimeError(f"{name}: Unsupported dtype {x.dtype}; convert it with .to()")
    return x


def _complex(x: Any) -> Tensor:
    return x if x.dtype.is_complex else ops.astype(x, dtype=x.dtype.to_complex())


def _real_only(name: str, x: Any) -> Tensor:
    x = _floating(name, x)
    if x.dtype.is_complex:
        raise RuntimeError(f"{name} expects a real input tensor, but got {x.dtype}; use .real")
    return x


def resized(x: Any, axis: int, size: int, name: str) -> Tensor:
    """x cut or zero-padded at the end of an axis.

    Raises
    ------
    RuntimeError
        For a size below 1.
    """
    if size < 1:
        raise RuntimeError(f"{name}: Invalid number of data points ({size}) specified")
    shape = x._data.shape
    if shape[axis] == size:
        return x
    part = (slice(None),) * axis
    if shape[axis] > size:
        return ops.getitem(x, index=(*part, slice(0, size)))
    whole = (*shape[:axis], size, *shape[axis + 1 :])
    return ops.put_in_zeros(x, shape=whole, index=(*part, slice(0, shape[axis])))


def _plan(name: str, x: Any, s: Sizes, dim: Any) -> tuple[list[int], list[int]]:
    """(axes, sizes) of a transform over several dims; -1 in `s` keeps the size.

    Raises
    ------
    RuntimeError
        If `s` and `dim` have different lengths, or a dim is named twice.
    """
    shape = x._data.shape
    s = [s] if isinstance(s, int) else s
    if dim is not None:
        axes = list(axes_of(dim, len(shape)) or ())
    elif s is not None:
        if len(s) > len(shape):
            raise RuntimeError(
                f"{name}: Got shape with {len(s)} values but input tensor only has {len(shape)} dimensions."
            )
        axes = list(range(len(shape) - len(s), len(shape)))
    else:
        axes = list(range(len(shape)))
    if s is None:
        return axes, [shape[axis] for axis in axes]
    if len(s) != len(axes):
        raise RuntimeError(f"{name}: When given, dim and shape arguments must have the same length, got {dim} and {s}")
    return axes, [shape[axis] if size == -1 else size for axis, size in zip(axes, s, strict=True)]


def _transform(name: str, x: Any, axes: list[int], sizes: list[int], norm: str, inverse: bool) -> Tensor:
    """The complex transform over some axes."""
    if not axes:
        return x
    for axis, size in zip(axes, sizes, strict=True):
        x = resized(x, axis, size, name)
    return ops.fft_complex(x, axes=tuple(axes), norm=norm, inverse=inverse)


def _half(name: str, x: Any, axes: list[int], sizes: list[int], norm: str) -> Tensor:
    """The transform of real x, of whose last axis half is kept."""
    if not axes:
        raise RuntimeError(f"{name} must transform at least one axis")
    x = ops.fft_real(resized(x, axes[-1], sizes[-1], name), axis=axes[-1], norm=norm)
    return _transform(name, x, axes[:-1], sizes[:-1], norm, False)


def _to_real(
    name: str, x: Any, axes: list[int], sizes: list[int], last: int | None, norm: str, inverse: bool
) -> Tensor:
    """A real result from half of its transform along the last axis, of size `last` there."""
    if not axes:
        raise RuntimeError(f"{name} must transform at least one axis")
    axis = axes[-1]
    size = 2 * (x._data.shape[axis] - 1) if last is None else last
    if size < 1:
        raise RuntimeError(f"{name}: Invalid number of data points ({size}) specified")
    x = _transform(name, _complex(x), axes[:-1], sizes[:-1], norm, inverse)
    x = resized(x, axis, size // 2 + 1, name)
    return ops.fft_to_real(
        x if inverse else ops.conj(x), axis=axis, size=size, norm=norm if inverse else OPPOSITE[norm]
    )


def _last(s: Sizes, x: Any, axes: list[int]) -> int | None:
    """The size that `s` gives the last axis, None where the input decides."""
    if s is None:
        return None
    last = s if isinstance(s, int) else s[-1]
    return None if last == -1 else last


# --- over several dims -----------------------------------------------------------------------------------------------


@with_out
def fftn(input: Any, s: Sizes = None, dim: Any = None, norm: str | None = None) -> Tensor:
    """The transform over several dims, all by default.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.fftn(autograd.ones(2, 2))
    tensor([[4.+0.j, 0.+0.j],
            [0.+0.j, 0.+0.j]])
    """
    x = _complex(_floating("fftn", input))
    return _transform("fftn", x, *_plan("fftn", x, s, dim), _norm("fftn", norm), False)


@with_out
def ifftn(input: Any, s: Sizes = None, dim: Any = None, norm: str | None = None) -> Tensor:
    """The inverse transform over several dims, all by default.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.ifftn(autograd.fft.fftn(autograd.tensor([[1.0, 2.0], [3.0, 4.0]])))
    tensor([[1.+0.j, 2.+0.j],
            [3.+0.j, 4.+0.j]])
    """
    x = _complex(_floating("ifftn", input))
    return _transform("ifftn", x, *_plan("ifftn", x, s, dim), _norm("ifftn", norm), True)


@with_out
def rfftn(input: Any, s: Sizes = None, dim: Any = None, norm: str | None = None) -> Tensor:
    """The transform of real input over several dims; the last dim keeps the n // 2 + 1 frequencies that decide.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.rfftn(autograd.ones(2, 4)).shape
    autograd.Size([2, 3])
    """
    x = _real_only("rfftn", input)
    return _half("rfftn", x, *_plan("rfftn", x, s, dim), _norm("rfftn", norm))


@with_out
def irfftn(input: Any, s: Sizes = None, dim: Any = None, norm: str | None = None) -> Tensor:
    """The inverse of `rfftn`; the last dim has 2(m - 1) elements unless `s` says otherwise.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.irfftn(autograd.fft.rfftn(autograd.tensor([[1.0, 2.0], [3.0, 4.0]])))
    tensor([[1., 2.],
            [3., 4.]])
    """
    x = _floating("irfftn", input)
    axes, sizes = _plan("irfftn", x, s, dim)
    return _to_real("irfftn", x, axes, sizes, _last(s, x, axes), _norm("irfftn", norm), True)


@with_out
def hfftn(input: Any, s: Sizes = None, dim: Any = None, norm: str | None = None) -> Tensor:
    """The transform over several dims of what is Hermitian, and given by half: a real result.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.hfftn(autograd.ones(2, 3)).shape
    autograd.Size([2, 4])
    """
    x = _floating("hfftn", input)
    axes, sizes = _plan("hfftn", x, s, dim)
    return _to_real("hfftn", x, axes, sizes, _last(s, x, axes), _norm("hfftn", norm), False)


@with_out
def ihfftn(input: Any, s: Sizes = None, dim: Any = None, norm: str | None = None) -> Tensor:
    """The inverse of `hfftn`: half of a Hermitian result, from real input.

    Raises
    ------
    RuntimeError
        If there is no dim to transform.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.ihfftn(autograd.ones(2, 4)).shape
    autograd.Size([2, 3])
    """
    x = _real_only("ihfftn", input)
    axes, sizes = _plan("ihfftn", x, s, dim)
    norm = _norm("ihfftn", norm)
    if not axes:
        raise RuntimeError("ihfftn must transform at least one axis")
    half = ops.fft_real(resized(x, axes[-1], sizes[-1], "ihfftn"), axis=axes[-1], norm=OPPOSITE[norm])
    return _transform("ihfftn", ops.conj(half), axes[:-1], sizes[:-1], norm, True)


# --- over one dim ----------------------------------------------------------------------------------------------------


def _one(input: Any, n: int | None, dim: int, name: str) -> tuple[tuple[int, ...] | None, tuple[int, ...]]:
    if isinstance(input, TensorBase) and not input._data.ndim:
        raise RuntimeError(f"{name}: expected a tensor with at least one dimension, got a 0-d one")
    if n is not None and n < 1:
        raise RuntimeError(f"{name}: Invalid number of data points ({n}) specified")
    return (None if n is None else (n,)), (dim,)


@with_out
def fft(input: Any, n: int | None = None, dim: int = -1, norm: str | None = None) -> Tensor:
    """The discrete Fourier transform along one dim, X[k] = Σ x[j] e^(-2πi jk / n).

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.ifft(autograd.fft.fft(autograd.tensor([1.0, 2.0]))).real
    tensor([1., 2.])
    """
    return fftn(input, *_one(input, n, dim, "fft"), norm)


@with_out
def ifft(input: Any, n: int | None = None, dim: int = -1, norm: str | None = None) -> Tensor:
    """The inverse transform along one dim, x[j] = Σ X[k] e^(2πi jk / n) / n.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.ifft(autograd.tensor([4.0, 0.0, 0.0, 0.0]))
    tensor([1.+0.j, 1.+0.j, 1.+0.j, 1.+0.j])
    """
    return ifftn(input, *_one(input, n, dim, "ifft"), norm)


@with_out
def rfft(input: Any, n: int | None = None, dim: int = -1, norm: str | None = None) -> Tensor:
    """The transform of real input along one dim: the n // 2 + 1 frequencies that decide the others.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.rfft(autograd.tensor([1.0, 0.0, -1.0, 0.0]))
    tensor([0.+0.j, 2.+0.j, 0.+0.j])
    """
    return rfftn(input, *_one(input, n, dim, "rfft"), norm)


@with_out
def irfft(input: Any, n: int | None = None, dim: int = -1, norm: str | None = None) -> Tensor:
    """The inverse of `rfft`, real; n is 2(m - 1) for m coefficients by default.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.irfft(autograd.fft.rfft(autograd.tensor([1.0, 2.0, 3.0, 4.0])))
    tensor([1., 2., 3., 4.])
    """
    return irfftn(input, *_one(input, n, dim, "irfft"), norm)


@with_out
def hfft(input: Any, n: int | None = None, dim: int = -1, norm: str | None = None) -> Tensor:
    """The transform of what is Hermitian, x[-j] = conj(x[j]), and given by half: real, of 2(m - 1) elements by default.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.hfft(autograd.tensor([1.0, 2.0, 3.0]))
    tensor([ 8., -2.,  0., -2.])
    """
    return hfftn(input, *_one(input, n, dim, "hfft"), norm)


@with_out
def ihfft(input: Any, n: int | None = None, dim: int = -1, norm: str | None = None) -> Tensor:
    """The inverse of `hfft`: the first n // 2 + 1 elements of a Hermitian result, from real input.

    Examples
    --------
    >>> import autograd
    >>> autograd.fft.ihfft(autograd.tensor([8.0, -2.0, 0.0, -2.0])).real
    tensor([1., 2., 3.])
    """
    return ihfftn(input, *_one(input, n, dim, "ihfft"), norm)
