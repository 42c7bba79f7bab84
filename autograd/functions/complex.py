"""Complex numbers: their parts, conjugates, angles, and the views as pairs, by PyTorch's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase
from autograd.functions.common import store

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def real(input: Any) -> Tensor:
    """The real part, in the same memory; a real tensor itself.

    Examples
    --------
    >>> import autograd
    >>> autograd.real(autograd.tensor([1 + 2j]))
    tensor([1.])
    """
    return ops.real(input) if input._data.dtype.kind == "c" else input


def imag(input: Any) -> Tensor:
    """The imaginary part, in the same memory.

    Raises
    ------
    RuntimeError
        For a real tensor.

    Examples
    --------
    >>> import autograd
    >>> autograd.imag(autograd.tensor([1 + 2j]))
    tensor([2.])
    """
    if input._data.dtype.kind != "c":
        raise RuntimeError(
            f"imag is not implemented for tensors with non-complex dtypes, got {input.dtype}; use zeros_like()"
        )
    return ops.imag(input)


def conj(input: Any) -> Tensor:
    """The complex conjugate; a real tensor itself.

    Examples
    --------
    >>> import autograd
    >>> autograd.conj(autograd.tensor([1 + 2j]))
    tensor([1.-2.j])
    """
    return ops.conj(input) if input._data.dtype.kind == "c" else input


def conj_physical(input: Any, *, out: Any = None) -> Tensor:
    """The complex conjugate; conjugation is never put off here, so that it is the same as `conj`.

    Examples
    --------
    >>> import autograd
    >>> autograd.conj_physical(autograd.tensor([1 + 2j]))
    tensor([1.-2.j])
    """
    result = conj(input)
    return result if out is None else store("conj_physical", result, out)


def resolve_conj(input: Any) -> Tensor:
    """The tensor itself: conjugation is never put off here.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([1 + 2j]).conj()
    >>> autograd.resolve_conj(x) is x
    True
    """
    return input


def resolve_neg(input: Any) -> Tensor:
    """The tensor itself: negation is never put off here.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([1 + 2j]).imag
    >>> autograd.resolve_neg(x) is x
    True
    """
    return input


def is_conj(input: Any) -> bool:
    """Whether conjugation was put off: never here.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_conj(autograd.tensor([1 + 2j]).conj())
    False
    """
    return False


def is_neg(input: Any) -> bool:
    """Whether negation was put off: never here.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_neg(autograd.tensor([1 + 2j]).conj().imag)
    False
    """
    return False


def angle(input: Any, *, out: Any = None) -> Tensor:
    """The angle in the complex plane, in (-π, π]: 0 or π for real numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.angle(autograd.tensor([1j, -1.0]))
    tensor([1.5708, 3.1416])
    """
    result = ops.angle(input)
    return result if out is None else store("angle", result, out)


def _same_floats(name: str, first: Any, second: Any) -> None:
    for value in (first, second):
        if not isinstance(value, TensorBase):
            raise TypeError(f"{name}(): both arguments must be Tensors, not {type(value).__name__}")
    if first.dtype.category != dtypes.FLOATING or second.dtype.category != dtypes.FLOATING:
        raise RuntimeError(
            f"{name}: Expected both inputs to be Float or Double tensors but got {first.dtype} and {second.dtype}; "
            "convert them with .to()"
        )
    if first.dtype is not second.dtype:
        raise RuntimeError(
            f"{name}: Expected object of scalar type {first.dtype} but got scalar type {second.dtype} for second "
            "argument; convert one with .to()"
        )


def complex(real: Any, imag: Any, *, out: Any = None) -> Tensor:
    """real + i · imag.

    Raises
    ------
    RuntimeError
        Unless both are of the same floating type.

    Examples
    --------
    >>> import autograd
    >>> autograd.complex(autograd.tensor([1.0]), autograd.tensor([2.0]))
    tensor([1.+2.j])
    """
    _same_floats("complex", real, imag)
    result = ops.complex(real, imag)
    if out is not None and out.dtype is not result.dtype:
        raise RuntimeError(
            f"complex: Expected object of scalar type {result.dtype} but got scalar type {out.dtype} for argument 'out'"
        )
    return result if out is None else store("complex", result, out)


def polar(abs: Any, angle: Any, *, out: Any = None) -> Tensor:
    """abs · (cos angle + i · sin angle).

    Raises
    ------
    RuntimeError
        Unless both are of the same floating type.

    Examples
    --------
    >>> import autograd
    >>> autograd.polar(autograd.tensor([2.0]), autograd.tensor([0.0]))
    tensor([2.+0.j])
    """
    _same_floats("polar", abs, angle)
    result = ops.complex(ops.multiply(abs, ops.cos(angle)), ops.multiply(abs, ops.sin(angle)))
    return result if out is None else store("polar", result, out)


def view_as_real(input: Any) -> Tensor:
    """Complex numbers (*) as pairs (*, 2) in the same memory.

    Raises
    ------
    RuntimeError
        For a real tensor.

    Examples
    --------
    >>> import autograd
    >>> autograd.view_as_real(autograd.tensor([1 + 2j]))
    tensor([[1., 2.]])
    """
    if input._data.dtype.kind != "c":
        raise RuntimeError(f"view_as_real is only supported for complex tensors, not {input.dtype}")
    return ops.view_as_real(input)


def view_as_complex(input: Any) -> Tensor:
    """Pairs (*, 2) as complex numbers (*), in the same memory where the pairs are contiguous.

    Raises
    ------
    RuntimeError
        For complex or integer input, or unless the last dim has 2 elements.

    Examples
    --------
    >>> import autograd
    >>> autograd.view_as_complex(autograd.tensor([[1.0, 2.0]]))
    tensor([1.+2.j])
    """
    if input.dtype.category != dtypes.FLOATING:
        raise RuntimeError(f"view_as_complex is only supported for floating-point tensors, not {input.dtype}")
    if not input._data.ndim:
        raise RuntimeError("Input tensor must have one or more dimensions")
    if input._data.shape[-1] != 2:
        raise RuntimeError(f"Tensor must have a last dimension of size 2, got shape {list(input._data.shape)}")
    return ops.view_as_complex(input)


def is_complex(input: Any) -> bool:
    """Whether the element type is complex.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_complex(autograd.ones(2))
    False
    """
    return input.dtype.is_complex


def is_floating_point(input: Any) -> bool:
    """Whether the element type is a real floating one.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_floating_point(autograd.ones(2))
    True
    """
    return input.dtype.is_floating_point


def is_nonzero(input: Any) -> bool:
    """Whether the only element is not zero.

    Raises
    ------
    RuntimeError
        Unless there is exactly one element.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_nonzero(autograd.tensor([0.0]))
    False
    """
    if input._data.size != 1:
        raise RuntimeError(f"Boolean value of Tensor with {input._data.size} elements is ambiguous")
    return bool(input)
