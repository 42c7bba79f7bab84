"""Products with sparse matrices and their gradients, against PyTorch; a graph convolution that trains."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse
import torch

import autograd
import nn
import optim
from autograd.backends import backend_for
from autograd.backends.cupy import sparse as cuda_sparse
from autograd.backends.numpy import sparse as cpu_sparse
from tests.arrays import to_numpy
from tests.functions.pairs import refuse
from tests.sparse.pairs import LAYOUTS, array, both, dense, make


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "call",
    [
        lambda lib, x: lib.sparse.mm(x, dense(lib, 5, 3)),
        lambda lib, x: lib.mm(x, dense(lib, 5, 3)),
        lambda lib, x: lib.matmul(x, dense(lib, 5, 3)),
        lambda lib, x: lib.spmm(x, dense(lib, 5, 3)),
        lambda lib, x: x @ dense(lib, 5, 3),
        lambda lib, x: x.mm(dense(lib, 5, 3)),
        lambda lib, x: x @ dense(lib, 5),
        lambda lib, x: x.mv(dense(lib, 5)),
        lambda lib, x: dense(lib, 3, 4) @ x,
        lambda lib, x: x.t() @ dense(lib, 4, 2),
        lambda lib, x: lib.sparse.addmm(dense(lib, 4, 2), x, dense(lib, 5, 2, seed=1), beta=2, alpha=0.5),
        lambda lib, x: lib.addmm(dense(lib, 4, 2), x, dense(lib, 5, 2, seed=1)),
    ],
)
def test_with_dense(layout, call) -> None:
    both(lambda library: call(library, make(library, layout)[1]))


def test_vector_from_the_left() -> None:
    _, x = make(autograd)
    np.testing.assert_allclose(array(dense(autograd, 4) @ x), array(dense(autograd, 4)) @ array(x))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_with_sparse(layout: str) -> None:
    _, x = make(autograd, layout)
    found = x @ x.t()
    np.testing.assert_allclose(array(found), array(x) @ array(x).T)
    rows = autograd.sparse.mm(x.to_sparse_csr(), x.t().to_sparse_csr())
    assert rows.is_sparse_csr
    np.testing.assert_allclose(array(rows), array(found))
    empty = autograd.sparse_coo_tensor((4, 4), dtype=autograd.float64)
    assert autograd.sparse.mm(empty, x)._nnz() == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_gradients_of_both_sides(layout: str) -> None:
    def gradients(library):
        values, x = make(library, layout, grad=True)
        y = dense(library, 5, 3, grad=True)
        (library.sparse.mm(x, y) * dense(library, 4, 3, seed=2)).sum().backward()
        return values.grad, y.grad

    both(gradients)


def test_gradients_of_sparse_times_sparse() -> None:
    def gradients(library):
        values, x = make(library, "coalesced", grad=True)
        weights = dense(library, 4, 4)
        (library.sparse.mm(x, x.t()).to_dense() * weights).sum().backward()
        return values.grad

    expected = torch.tensor(make(torch)[0].tolist(), dtype=torch.float64, requires_grad=True)
    x = make(torch)[1].detach()
    whole = torch.zeros(4, 5, dtype=torch.float64).index_put(tuple(x._indices()), expected, accumulate=True)
    ((whole @ whole.T) * dense(torch, 4, 4)).sum().backward()
    np.testing.assert_allclose(to_numpy(gradients(autograd)), expected.grad.numpy())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_second_order(layout: str) -> None:
    def product(values, y):
        if layout == "csr":
            x = autograd.sparse_csr_tensor([0, 2, 2, 3, 5], [0, 3, 1, 0, 4], values, (4, 5))
        else:
            x = make(autograd, layout)[1].with_values(values)
        return autograd.sparse.mm(x, y), autograd.mm(y.t(), x.t())

    values = make(autograd, layout)[1].stored.detach().requires_grad_()
    y = dense(autograd, 5, 2, grad=True)
    assert autograd.gradcheck(product, (values, y)) and autograd.gradgradcheck(product, (values, y))


@pytest.mark.parametrize("layout", ["coalesced", "csr"])
def test_gradient_of_a_sparse_leaf_is_sparse(layout: str) -> None:
    def gradient(library):
        x = make(library, layout)[1].detach().requires_grad_()
        library.sparse.mm(x, dense(library, 5, 3)).sum().backward()
        return x.grad.coalesce() if layout == "coalesced" else x.grad

    both(gradient)
    x = make(autograd, layout)[1].requires_grad_()
    assert x.is_leaf and x.grad_fn is None
    (autograd.sparse.sum(x) * 2).backward()
    assert array(x.grad.stored).tolist() == [2.0] * x._nnz()
    x.grad = x.grad
    del x.grad
    assert x.grad is None
    x.grad = None
    with pytest.raises(RuntimeError, match="shares this one's pattern"):
        x.grad = autograd.ones(4, 5)
    with pytest.raises(RuntimeError, match="root of a graph"):
        x.backward()
    x.requires_grad = False
    assert not x.requires_grad


@pytest.mark.parametrize("layout", ["coalesced", "csr"])
def test_grad_by_a_sparse_leaf(layout: str) -> None:
    def gradients(library):
        x = make(library, layout)[1].detach().requires_grad_()
        right = dense(library, 5, 3).requires_grad_()
        by_x, by_right = library.autograd.grad((library.sparse.mm(x, right) ** 2).sum(), [x, right])
        assert by_x.layout is x.layout and x.grad is None
        return by_x.to_dense(), by_right

    both(gradients)


def test_backward_by_a_sparse_leaf_alone() -> None:
    x, right = make(autograd)[1].requires_grad_(), dense(autograd, 5, 3).requires_grad_()
    (x @ right).sum().backward(inputs=[x])
    assert x.grad.is_sparse and right.grad is None
    (unused,) = autograd.grad(right.sum(), x, materialize_grads=True)
    assert not to_numpy(unused.to_dense()).any()


def test_hooks_and_kept_gradients() -> None:
    seen = []
    _, x = make(autograd, "coalesced", grad=True)
    x.register_hook(lambda g: seen.append(tuple(g.shape)))
    x.retain_grad()
    autograd.sparse.sum(x).backward()
    assert seen == [(4,)] and x.grad._nnz() == 4 and not x.is_leaf and x.grad_fn is not None


def test_sampled_product() -> None:
    def product(library):
        x = make(library, "csr")[1]
        return library.sparse.sampled_addmm(x, dense(library, 4, 3), dense(library, 3, 5, seed=1), beta=0.5, alpha=2.0)

    both(product)
    _, x = make(autograd, "csr")
    a, b = dense(autograd, 4, 3, grad=True), dense(autograd, 3, 5, grad=True)
    assert autograd.gradcheck(lambda a, b: autograd.sparse.sampled_addmm(x, a, b, beta=0).values(), (a, b))
    with pytest.raises(RuntimeError, match="sparse csr layout, got Strided"):
        autograd.sparse.sampled_addmm(autograd.eye(2), autograd.eye(2), autograd.eye(2))
    with pytest.raises(RuntimeError, match="must have the product's shape"):
        autograd.sparse.sampled_addmm(x, a, a.t())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda lib: make(lib)[1] @ dense(lib, 4, 2), "cannot be multiplied \\(4x5 and 4x2\\)"),
        (lambda lib: make(lib)[1] @ dense(lib, 5, 2).float(), "one dtype"),
        (lambda lib: make(lib)[1] @ dense(lib, 5, 2, 2), "expected matrices"),
    ],
)
def test_refused(call, message) -> None:
    refuse(call, message)


def test_devices_do_not_mix(device: str) -> None:
    other = "sim" if device == "cpu" else "cpu"
    with pytest.raises(RuntimeError, match="same device"):
        autograd.sparse.mm(autograd.eye(2).to_sparse(), autograd.ones(2, 2, device=other))


def test_of_dense_matrices_it_is_the_dense_product() -> None:
    both(lambda library: library.sparse.mm(dense(library, 2, 3), dense(library, 3, 2)))


# --- kernels ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transposed", [False, True])
def test_scipy_is_optional(transposed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    cpu = backend_for("cpu")
    _, x = make(autograd, "csr")
    crow, col, values = (to_numpy(t) for t in (x.crow_indices(), x.col_indices(), x.values()))
    y = np.random.default_rng(0).standard_normal((4 if transposed else 5, 3))
    fast = cpu.csr_matmul(values, crow, col, y, shape=(4, 5), transposed=transposed)
    cuda = cuda_sparse.csr_matmul
    monkeypatch.setattr(cuda_sparse, "library", lambda: scipy.sparse)
    cpu.here = lambda: np.errstate()
    try:
        through_cuda = cuda(cpu, None, values, crow, col, y, shape=(4, 5), transposed=transposed)
    finally:
        del cpu.here
    np.testing.assert_allclose(through_cuda, fast)
    monkeypatch.setitem(__import__("sys").modules, "scipy.sparse", None)
    assert cpu_sparse.library() is None
    np.testing.assert_allclose(cpu.csr_matmul(values, crow, col, y, shape=(4, 5), transposed=transposed), fast)
    half = values.astype("float16")
    seen = cuda(cpu, cpu.csr_matmul, half, crow, col, y.astype("float16"), shape=(4, 5), transposed=transposed)
    assert seen.dtype == np.float16
    np.testing.assert_allclose(seen, fast, rtol=0.02, atol=0.02)


# --- a graph network --------------------------------------------------------------------------------------------------


class GraphConvolution(nn.Module):
    """Â X W, with Â the normalized adjacency."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)

    def forward(self, adjacency, x):
        return autograd.sparse.mm(adjacency, self.linear(x))


def test_a_graph_convolution_trains() -> None:
    autograd.manual_seed(0)
    rng = np.random.default_rng(0)
    kind = np.arange(40) % 2
    linked = (rng.random((40, 40)) < np.where(kind[:, None] == kind, 0.3, 0.02)) | np.eye(40, dtype=bool)
    linked |= linked.T
    scores = autograd.tensor(linked.tolist()).float().to_sparse()
    adjacency = autograd.sparse.softmax(scores, 1)
    first, second = GraphConvolution(4, 8), GraphConvolution(8, 2)
    x = autograd.tensor(rng.standard_normal((40, 4)).tolist())
    target = autograd.tensor(kind.tolist())
    optimizer = optim.Adam([*first.parameters(), *second.parameters()], lr=0.05)
    losses = []
    for _ in range(60):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(second(adjacency, autograd.relu(first(adjacency, x))), target)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.2 * losses[0]


def test_a_module_holds_a_sparse_buffer() -> None:
    module = nn.Module()
    module.register_buffer("adjacency", autograd.eye(3).to_sparse())
    assert module.double().adjacency.dtype is autograd.float64 and module.adjacency.is_sparse
