"""The named tuples that functions with several results return, with PyTorch's field names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from autograd.tensor import Tensor

linalg_cholesky_ex = NamedTuple("linalg_cholesky_ex", [("L", "Tensor"), ("info", "Tensor")])
geqrf = NamedTuple("geqrf", [("a", "Tensor"), ("tau", "Tensor")])
linalg_eig = NamedTuple("linalg_eig", [("eigenvalues", "Tensor"), ("eigenvectors", "Tensor")])
linalg_eigh = NamedTuple("linalg_eigh", [("eigenvalues", "Tensor"), ("eigenvectors", "Tensor")])
linalg_inv_ex = NamedTuple("linalg_inv_ex", [("inverse", "Tensor"), ("info", "Tensor")])
linalg_ldl_factor = NamedTuple("linalg_ldl_factor", [("LD", "Tensor"), ("pivots", "Tensor")])
linalg_ldl_factor_ex = NamedTuple("linalg_ldl_factor_ex", [("LD", "Tensor"), ("pivots", "Tensor"), ("info", "Tensor")])
linalg_lstsq = NamedTuple(
    "linalg_lstsq", [("solution", "Tensor"), ("residuals", "Tensor"), ("rank", "Tensor"), ("singular_values", "Tensor")]
)
linalg_lu = NamedTuple("linalg_lu", [("P", "Tensor"), ("L", "Tensor"), ("U", "Tensor")])
linalg_lu_factor = NamedTuple("linalg_lu_factor", [("LU", "Tensor"), ("pivots", "Tensor")])
linalg_lu_factor_ex = NamedTuple("linalg_lu_factor_ex", [("LU", "Tensor"), ("pivots", "Tensor"), ("info", "Tensor")])
linalg_qr = NamedTuple("linalg_qr", [("Q", "Tensor"), ("R", "Tensor")])
linalg_slogdet = NamedTuple("linalg_slogdet", [("sign", "Tensor"), ("logabsdet", "Tensor")])
linalg_solve_ex = NamedTuple("linalg_solve_ex", [("result", "Tensor"), ("info", "Tensor")])
linalg_svd = NamedTuple("linalg_svd", [("U", "Tensor"), ("S", "Tensor"), ("Vh", "Tensor")])
lu_unpack = NamedTuple("lu_unpack", [("P", "Tensor"), ("L", "Tensor"), ("U", "Tensor")])
qr = NamedTuple("qr", [("Q", "Tensor"), ("R", "Tensor")])
slogdet = NamedTuple("slogdet", [("sign", "Tensor"), ("logabsdet", "Tensor")])
svd = NamedTuple("svd", [("U", "Tensor"), ("S", "Tensor"), ("V", "Tensor")])
triangular_solve = NamedTuple("triangular_solve", [("solution", "Tensor"), ("cloned_coefficient", "Tensor")])
aminmax = NamedTuple("aminmax", [("min", "Tensor"), ("max", "Tensor")])
cummax = NamedTuple("cummax", [("values", "Tensor"), ("indices", "Tensor")])
cummin = NamedTuple("cummin", [("values", "Tensor"), ("indices", "Tensor")])
kthvalue = NamedTuple("kthvalue", [("values", "Tensor"), ("indices", "Tensor")])
max = NamedTuple("max", [("values", "Tensor"), ("indices", "Tensor")])
median = NamedTuple("median", [("values", "Tensor"), ("indices", "Tensor")])
min = NamedTuple("min", [("values", "Tensor"), ("indices", "Tensor")])
mode = NamedTuple("mode", [("values", "Tensor"), ("indices", "Tensor")])
nanmedian = NamedTuple("nanmedian", [("values", "Tensor"), ("indices", "Tensor")])
sort = NamedTuple("sort", [("values", "Tensor"), ("indices", "Tensor")])
topk = NamedTuple("topk", [("values", "Tensor"), ("indices", "Tensor")])
histogram = NamedTuple("histogram", [("hist", "Tensor"), ("bin_edges", "Tensor")])
histogramdd = NamedTuple("histogramdd", [("hist", "Tensor"), ("bin_edges", "tuple[Tensor, ...]")])
frexp = NamedTuple("frexp", [("mantissa", "Tensor"), ("exponent", "Tensor")])


def _text(result: tuple) -> str:
    fields = zip(type(result)._fields, result, strict=True)  # type: ignore[attr-defined]
    return (
        f"autograd.return_types.{type(result).__name__}(\n" + ",\n".join(f"{n}={value!r}" for n, value in fields) + ")"
    )


for _kind in [value for value in vars().values() if hasattr(value, "_fields")]:
    _kind.__repr__ = _text
