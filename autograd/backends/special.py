"""Special functions from SciPy, or a library with its names such as CuPy's, where the reference kernels end."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from autograd.backends.reference import KERNELS

# Our name -> SciPy's, and which of the results where there are several.
SPECIAL: dict[str, tuple[str, int | None]] = {
    "erf": ("erf", None),
    "erfc": ("erfc", None),
    "erfcx": ("erfcx", None),
    "erfinv": ("erfinv", None),
    "ndtri": ("ndtri", None),
    "log_ndtr": ("log_ndtr", None),
    "lgamma": ("gammaln", None),
    "digamma": ("psi", None),
    "igamma": ("gammainc", None),
    "igammac": ("gammaincc", None),
    "zeta": ("zeta", None),
    "bessel_j0": ("j0", None),
    "bessel_j1": ("j1", None),
    "bessel_y0": ("y0", None),
    "bessel_y1": ("y1", None),
    "i0": ("i0", None),
    "i1": ("i1", None),
    "i0e": ("i0e", None),
    "i1e": ("i1e", None),
    "modified_bessel_k0": ("k0", None),
    "modified_bessel_k1": ("k1", None),
    "scaled_modified_bessel_k0": ("k0e", None),
    "scaled_modified_bessel_k1": ("k1e", None),
    "airy_ai": ("airy", 0),
    "airy_ai_prime": ("airy", 1),
}

# Where SciPy and PyTorch disagree: the value if the last argument is -inf.
AT_MINUS_INFINITY = {"lgamma": math.inf, "zeta": math.nan}


def special_kernel(backend: Any, name: str) -> Callable[..., Any]:
    """The kernel of a special function: the library's if it has one, else the reference.

    Raises
    ------
    ImportError
        If there is neither.
    """
    theirs, part = SPECIAL[name]
    function = getattr(backend.special_functions(), theirs, None)
    reference = KERNELS.get(name)
    if function is None and reference is None:
        raise ImportError(
            f"{name} on {backend.device} needs SciPy or a library with its names: pip install 'retrograd[special]'"
        )

    def kernel(*arrays: Any) -> Any:
        kind = arrays[-1].dtype
        if backend.dtype_of(arrays[-1]).category < 2:  # integers: the result's type says that they are to be converted
            arrays = tuple(backend.astype(array, "float64") for array in arrays)
        elif backend.dtype_of(arrays[-1]).is_complex:
            raise TypeError(f"{name} is not implemented for complex numbers")
        if function is None:
            return reference(backend, *arrays)  # type: ignore[misc]
        found = function(*arrays)
        if part is not None:
            found = found[part]
        if name in AT_MINUS_INFINITY:
            found = backend.where(arrays[-1] == -math.inf, AT_MINUS_INFINITY[name], found)
        return found if found.dtype == kind or arrays[-1].dtype != kind else backend.astype(found, kind)

    return kernel
