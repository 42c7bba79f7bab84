"""The named tuples that functions with several results return, with PyTorch's field names."""

from __future__ import annotations

from collections import namedtuple

linalg_cholesky_ex = namedtuple("linalg_cholesky_ex", ["L", "info"])
geqrf = namedtuple("geqrf", ["a", "tau"])
linalg_eig = namedtuple("linalg_eig", ["eigenvalues", "eigenvectors"])
linalg_eigh = namedtuple("linalg_eigh", ["eigenvalues", "eigenvectors"])
linalg_inv_ex = namedtuple("linalg_inv_ex", ["inverse", "info"])
linalg_ldl_factor = namedtuple("linalg_ldl_factor", ["LD", "pivots"])
linalg_ldl_factor_ex = namedtuple("linalg_ldl_factor_ex", ["LD", "pivots", "info"])
linalg_lstsq = namedtuple("linalg_lstsq", ["solution", "residuals", "rank", "singular_values"])
linalg_lu = namedtuple("linalg_lu", ["P", "L", "U"])
linalg_lu_factor = namedtuple("linalg_lu_factor", ["LU", "pivots"])
linalg_lu_factor_ex = namedtuple("linalg_lu_factor_ex", ["LU", "pivots", "info"])
linalg_qr = namedtuple("linalg_qr", ["Q", "R"])
linalg_slogdet = namedtuple("linalg_slogdet", ["sign", "logabsdet"])
linalg_solve_ex = namedtuple("linalg_solve_ex", ["result", "info"])
linalg_svd = namedtuple("linalg_svd", ["U", "S", "Vh"])
lu_unpack = namedtuple("lu_unpack", ["P", "L", "U"])
qr = namedtuple("qr", ["Q", "R"])
slogdet = namedtuple("slogdet", ["sign", "logabsdet"])
svd = namedtuple("svd", ["U", "S", "V"])
triangular_solve = namedtuple("triangular_solve", ["solution", "cloned_coefficient"])
aminmax = namedtuple("aminmax", ["min", "max"])
cummax = namedtuple("cummax", ["values", "indices"])
cummin = namedtuple("cummin", ["values", "indices"])
kthvalue = namedtuple("kthvalue", ["values", "indices"])
max = namedtuple("max", ["values", "indices"])
median = namedtuple("median", ["values", "indices"])
min = namedtuple("min", ["values", "indices"])
mode = namedtuple("mode", ["values", "indices"])
nanmedian = namedtuple("nanmedian", ["values", "indices"])
sort = namedtuple("sort", ["values", "indices"])
topk = namedtuple("topk", ["values", "indices"])
histogram = namedtuple("histogram", ["hist", "bin_edges"])
histogramdd = namedtuple("histogramdd", ["hist", "bin_edges"])
frexp = namedtuple("frexp", ["mantissa", "exponent"])


def _text(result: tuple) -> str:
    fields = zip(type(result)._fields, result, strict=True)  # type: ignore[attr-defined]
    return (
        f"autograd.return_types.{type(result).__name__}(\n" + ",\n".join(f"{n}={value!r}" for n, value in fields) + ")"
    )


for _kind in [value for value in vars().values() if hasattr(value, "_fields")]:
    _kind.__repr__ = _text
