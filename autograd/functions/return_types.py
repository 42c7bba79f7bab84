"""The named tuples that functions with several results return, with PyTorch's field names."""

from __future__ import annotations

from collections import namedtuple
from typing import Any


def _named(name: str, fields: list[str]) -> Any:
    """A named tuple that prints one field a line, as PyTorch's do."""

    def shown(self: Any) -> str:
        lines = ",\n".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
        return f"autograd.return_types.{name}(\n{lines})"

    plain = namedtuple(name, fields)  # type: ignore[misc]
    return type(name, (plain,), {"__repr__": shown, "__slots__": (), "__module__": __name__})


linalg_cholesky_ex = _named("linalg_cholesky_ex", ["L", "info"])
geqrf = _named("geqrf", ["a", "tau"])
linalg_eig = _named("linalg_eig", ["eigenvalues", "eigenvectors"])
linalg_eigh = _named("linalg_eigh", ["eigenvalues", "eigenvectors"])
linalg_inv_ex = _named("linalg_inv_ex", ["inverse", "info"])
linalg_ldl_factor = _named("linalg_ldl_factor", ["LD", "pivots"])
linalg_ldl_factor_ex = _named("linalg_ldl_factor_ex", ["LD", "pivots", "info"])
linalg_lstsq = _named("linalg_lstsq", ["solution", "residuals", "rank", "singular_values"])
linalg_lu = _named("linalg_lu", ["P", "L", "U"])
linalg_lu_factor = _named("linalg_lu_factor", ["LU", "pivots"])
linalg_lu_factor_ex = _named("linalg_lu_factor_ex", ["LU", "pivots", "info"])
linalg_qr = _named("linalg_qr", ["Q", "R"])
linalg_slogdet = _named("linalg_slogdet", ["sign", "logabsdet"])
linalg_solve_ex = _named("linalg_solve_ex", ["result", "info"])
linalg_svd = _named("linalg_svd", ["U", "S", "Vh"])
lu_unpack = _named("lu_unpack", ["P", "L", "U"])
qr = _named("qr", ["Q", "R"])
slogdet = _named("slogdet", ["sign", "logabsdet"])
svd = _named("svd", ["U", "S", "V"])
triangular_solve = _named("triangular_solve", ["solution", "cloned_coefficient"])
aminmax = _named("aminmax", ["min", "max"])
cummax = _named("cummax", ["values", "indices"])
cummin = _named("cummin", ["values", "indices"])
kthvalue = _named("kthvalue", ["values", "indices"])
max = _named("max", ["values", "indices"])
median = _named("median", ["values", "indices"])
min = _named("min", ["values", "indices"])
mode = _named("mode", ["values", "indices"])
nanmedian = _named("nanmedian", ["values", "indices"])
sort = _named("sort", ["values", "indices"])
topk = _named("topk", ["values", "indices"])
histogram = _named("histogram", ["hist", "bin_edges"])
histogramdd = _named("histogramdd", ["hist", "bin_edges"])
frexp = _named("frexp", ["mantissa", "exponent"])
