"""Ready parametrizations: weight normalization, spectral normalization, orthogonal matrices."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor
from nn import functional as F
from nn.module import Module
from nn.utils.parametrize import register_parametrization
from nn.utils.spectral_norm import as_matrix, output_dim, refuse_no_iterations
from nn.utils.weight_norm import norm_except_dim, normalized


class _WeightNorm(Module):
    """g · v / ‖v‖, with the norms over all dims but one."""

    def __init__(self, dim: int | None = 0):
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g: Tensor, weight_v: Tensor) -> Tensor:
        """The weight of a magnitude and a direction."""
        return normalized(weight_g, weight_v, self.dim)

    def right_inverse(self, weight: Tensor) -> tuple[Tensor, Tensor]:
        """Magnitude and direction of a weight."""
        return norm_except_dim(weight, self.dim), weight


class _OldNames:
    """Lets a state with `<name>_g` and `<name>_v`, as the older `weight_norm` saves them, be loaded."""

    def __init__(self, name: str):
        self.name = name

    def __call__(self, module: Module, state_dict: dict, prefix: str, *others: Any) -> None:
        old = [f"{prefix}{self.name}_{ending}" for ending in "gv"]
        if all(key in state_dict for key in old):
            for index, key in enumerate(old):
                state_dict[f"{prefix}parametrizations.{self.name}.original{index}"] = state_dict.pop(key)


def weight_norm(module: Module, name: str = "weight", dim: int | None = 0) -> Module:
    """Let a weight be g · v / ‖v‖ (Salimans and Kingma, 2016).

    Parameters
    ----------
    module : the module; `parametrizations.<name>.original0` is the magnitude g, `original1` the direction v
    name : the parameter's name
    dim : the dim that has a norm for each index; None: one norm for all

    Raises
    ------
    ValueError
        If there is no such parameter.

    Examples
    --------
    >>> import nn
    >>> layer = weight_norm(nn.Linear(20, 40))
    >>> layer.parametrizations.weight.original0.shape
    autograd.Size([40, 1])
    """
    register_parametrization(module, name, _WeightNorm(dim), unsafe=True)
    module.register_load_state_dict_pre_hook(_OldNames(name))
    return module


class _SpectralNorm(Module):
    """W / σ(W), where σ = uᵀ W v with u and v from a power iteration that goes on in training."""

    def __init__(self, weight: Tensor, n_power_iterations: int = 1, dim: int = 0, eps: float = 1e-12):
        super().__init__()
        refuse_no_iterations(n_power_iterations)
        if not -weight.ndim <= dim < weight.ndim:
            raise IndexError(
                f"Dimension out of range (expected to be in range of [-{weight.ndim}, {weight.ndim - 1}] but got {dim})"
            )
        self.dim, self.eps = dim % weight.ndim, eps
        if weight.ndim > 1:
            self.n_power_iterations = n_power_iterations
            with autograd.no_grad():
                matrix = as_matrix(weight, self.dim)
                for name, size in zip(("_u", "_v"), matrix.shape, strict=True):
                    self.register_buffer(name, self._normalize(matrix.new_empty(size).normal_()))
                self._power_method(matrix, 15)

    def _normalize(self, vector: Tensor) -> Tensor:
        return F.normalize(vector, dim=0, eps=self.eps)

    def _power_method(self, matrix: Tensor, count: int) -> None:
        for _ in range(count):
            self._u.copy_(self._normalize(matrix @ self._v))
            self._v.copy_(self._normalize(matrix.mH @ self._u))  # type: ignore[attr-defined]

    def forward(self, weight: Tensor) -> Tensor:
        """The normalized weight; the shape stays."""
        if weight.ndim == 1:
            return self._normalize(weight)
        matrix = as_matrix(weight, self.dim)
        if self.training:
            with autograd.no_grad():
                self._power_method(matrix, self.n_power_iterations)
        u, v = self._u.clone(), self._v.clone()  # the next call writes to them, but this one's graph needs them
        return weight / autograd.vdot(u, matrix @ v)

    def right_inverse(self, value: Tensor) -> Tensor:
        """The value itself: what is assigned is normalized when it is read."""
        return value


def _tensor(module: Module, name: str) -> Tensor:
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    return weight


def spectral_norm(
    module: Module, name: str = "weight", n_power_iterations: int = 1, eps: float = 1e-12, dim: int | None = None
) -> Module:
    """Let a weight be W / σ(W), σ its largest singular value (Miyato et al., 2018); a vector is divided by its norm.

    Parameters
    ----------
    module : the module
    name : the parameter's name
    n_power_iterations : steps of the power iteration for each use in training
    eps : the least norm that vectors are divided by
    dim : the dim of the weight that counts outputs. Default: 0, or 1 for transposed convolutions

    Raises
    ------
    ValueError
        If there is no such parameter, or the number of iterations is not positive.
    IndexError
        If the weight has not that dim.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = spectral_norm(nn.Linear(20, 40), n_power_iterations=30)
    >>> round(autograd.linalg.matrix_norm(layer.weight, 2).item(), 2)
    1.0
    """
    step = _SpectralNorm(_tensor(module, name), n_power_iterations, output_dim(module, dim), eps)
    return register_parametrization(module, name, step)


class _Orthogonal(Module):
    """A matrix with orthonormal columns (or rows, if it is wide), of a matrix without constraint.

    The maps are the matrix exponential, the Cayley map, and a product of Householder reflections. With a `base` B the
    matrix is B · Q, so that the map is used near the identity (dynamic trivialization; Lezcano-Casado, 2019).
    """

    base: Tensor | None

    def __init__(self, weight: Tensor, orthogonal_map: str, use_trivialization: bool = True):
        super().__init__()
        if weight.is_complex() and orthogonal_map == "householder":
            raise ValueError("The householder parametrization does not support complex tensors.")
        self.shape, self.orthogonal_map = weight.shape, orthogonal_map
        if use_trivialization:
            self.register_buffer("base", None)

    def _trivializes(self) -> bool:
        return "base" in self._buffers

    def forward(self, X: Tensor) -> Tensor:
        """The orthogonal matrix of a free one of the same shape."""
        wide = X.shape[-2] < X.shape[-1]
        X = X.mT if wide else X  # type: ignore[attr-defined]
        Q = _reflections(X) if self.orthogonal_map == "householder" else self._of_skew(X)
        if self._trivializes() and self.base is not None:
            Q = self.base @ Q
        return Q.mT if wide else Q  # type: ignore[attr-defined]

    def _of_skew(self, X: Tensor) -> Tensor:
        """The map of the skew-symmetric matrix whose lower triangle X has."""
        n, k = X.shape[-2:]
        lower = X.tril()  # type: ignore[attr-defined]
        if n != k:
            lower = autograd.cat([lower, lower.new_zeros(*lower.shape[:-1], n - k)], -1)
        A = lower - lower.mH
        if self.orthogonal_map == "matrix_exp":
            Q = autograd.matrix_exp(A)
        else:
            eye = autograd.eye(n, dtype=A.dtype, device=A.device)
            Q = autograd.linalg.solve(eye - A / 2, eye + A / 2)
        return Q[..., :k]

    @autograd.no_grad()
    def right_inverse(self, Q: Tensor) -> Tensor:
        """A free matrix whose orthogonal one is Q; with a base, Q is made orthogonal if it is not, and is the base."""
        if Q.shape != self.shape:
            raise ValueError(
                f"Expected a matrix or batch of matrices of shape {self.shape}. Got a tensor of shape {Q.shape}."
            )
        wide = Q.shape[-2] < Q.shape[-1]
        tall = Q.mT if wide else Q  # type: ignore[attr-defined]
        if not self._trivializes():
            if self.orthogonal_map != "householder":
                raise NotImplementedError(
                    "It is not possible to assign to the matrix exponential or the Cayley parametrizations when "
                    "use_trivialization=False."
                )
            A, tau = autograd.geqrf(tall)
            diagonal = A.diagonal(dim1=-2, dim2=-1)
            diagonal.copy_(diagonal.sign() * (1 - 2 * (tau == 0)))
            return A.mT if wide else A
        n, k = tall.shape[-2:]
        if n == k:
            self.base = tall.clone() if _is_orthogonal(tall) else _orthogonalized(tall)
        else:
            filled = tall.new_empty(*tall.shape[:-1], n - k).normal_()  # type: ignore[attr-defined]
            self.base = _orthogonalized(autograd.cat([tall, filled], -1))
        free = autograd.zeros_like(Q)
        free.diagonal(dim1=-2, dim2=-1).fill_(-1.0)  # type: ignore[attr-defined]  # all three maps make it the identity
        return free


def _reflections(X: Tensor) -> Tensor:
    """The product of the Householder reflections below the diagonal; the diagonal's signs are those of the columns."""
    below = X.tril(-1)  # type: ignore[attr-defined]
    tau = 2.0 / (1.0 + (below * below).sum(dim=-2))
    signs = X.diagonal(dim1=-2, dim2=-1).to(dtype=autograd.int32)  # type: ignore[attr-defined]
    return autograd.linalg.householder_product(below, tau) * signs.unsqueeze(-2)


def _is_orthogonal(Q: Tensor) -> bool:
    n, k = Q.shape[-2:]
    eye = autograd.eye(k, dtype=Q.dtype, device=Q.device)
    eps = 10 * n * 2.0 ** (-23 if Q.dtype.to_real().itemsize == 4 else -52)
    return autograd.allclose(Q.mH @ Q, eye, atol=eps)  # type: ignore[attr-defined]


def _orthogonalized(A: Tensor) -> Tensor:
    """The orthogonal factor of A, with the signs that keep a matrix which is orthogonal."""
    X, tau = autograd.geqrf(A)
    Q = autograd.linalg.householder_product(X, tau)
    return Q * X.diagonal(dim1=-2, dim2=-1).sgn().unsqueeze(-2)


def orthogonal(
    module: Module, name: str = "weight", orthogonal_map: str | None = None, *, use_trivialization: bool = True
) -> Module:
    """Let a weight have orthonormal columns, or rows if it is wide; of more than two dims, each matrix in the batch.

    Parameters
    ----------
    module : the module
    name : the parameter's name
    orthogonal_map : "matrix_exp", "cayley" or "householder". Default: "matrix_exp" for square and complex matrices,
        "householder" for others
    use_trivialization : whether to store the weight itself and train near the identity, which needs the memory of a
        square matrix; without it only "householder" can be assigned to

    Raises
    ------
    ValueError
        If there is no such parameter, it has fewer than two dims, the map is unknown, or is "householder" and the
        parameter complex.

    Examples
    --------
    >>> import autograd, nn
    >>> weight = orthogonal(nn.Linear(20, 40)).weight
    >>> autograd.allclose(weight.T @ weight, autograd.eye(20), atol=1e-5)
    True
    """
    weight = _tensor(module, name)
    if weight.ndim < 2:
        raise ValueError(f"Expected a matrix or batch of matrices. Got a tensor of {weight.ndim} dimensions.")
    if orthogonal_map is None:
        square = weight.shape[-2] == weight.shape[-1]
        orthogonal_map = "matrix_exp" if square or weight.is_complex() else "householder"
    if orthogonal_map not in ("matrix_exp", "cayley", "householder"):
        raise ValueError(
            f'orthogonal_map has to be one of "matrix_exp", "cayley", "householder". Got: {orthogonal_map}'
        )
    step = _Orthogonal(weight, orthogonal_map, use_trivialization)
    return register_parametrization(module, name, step, unsafe=True)
