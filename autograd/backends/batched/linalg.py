"""Matrices behind a hidden axis, which is one more batch axis of theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _direct(name: str) -> Callable:
    """A kernel that works on the last axes and takes any axes before them."""

    def run(self: Any, x: Any, **options: Any) -> Any:
        return self.wrap(getattr(self.base, name)(x.data, **options))

    return run


def _broadcast(name: str) -> Callable:
    """A kernel of two arrays of matrices whose batch axes broadcast."""

    def run(self: Any, a: Any, b: Any, **options: Any) -> Any:
        return self.wrap(getattr(self.base, name)(*self.aligned((a, b)), **options))

    return run


class LinalgRules:
    """Mixed into the batched backend."""

    base: Any
    wrap: Any
    own: Any
    aligned: Any

    linalg_cholesky, linalg_cholesky_info = _direct("linalg_cholesky"), _direct("linalg_cholesky_info")
    linalg_det, linalg_slogdet, linalg_inv = _direct("linalg_det"), _direct("linalg_slogdet"), _direct("linalg_inv")
    linalg_eig, linalg_eigh, linalg_svd = _direct("linalg_eig"), _direct("linalg_eigh"), _direct("linalg_svd")
    linalg_qr, linalg_geqrf = _direct("linalg_qr"), _direct("linalg_geqrf")
    linalg_pair_products = _direct("linalg_pair_products")
    linalg_solve, linalg_solve_triangular = _broadcast("linalg_solve"), _broadcast("linalg_solve_triangular")

    def matmul(self, a: Any, b: Any) -> Any:
        a, b, base = self.own(a), self.own(b), self.base
        if a.ndim == 1 and b.ndim == 1:
            return self.wrap(base.sum(a.data * b.data, axis=1))
        if a.ndim == 1:
            return self.wrap(base.matmul(a.padded(b.ndim), b.data)[..., 0, :])
        if b.ndim == 1:
            rows = base.reshape(b.data, (b.hidden, *(1,) * (a.ndim - 2), b.size, 1))
            return self.wrap(base.matmul(a.data, rows)[..., 0])
        if a.hidden > 1 and b.hidden == 1 and a.ndim == 2 and b.ndim == 2:  # one product of all rows
            rows = base.reshape(a.data, (a.hidden * a.shape[0], a.shape[1]))
            found = base.matmul(rows, b.data[0, ...])
            return self.wrap(base.reshape(found, (a.hidden, a.shape[0], b.shape[1])))
        return self.wrap(base.matmul(*self.aligned((a, b))))
