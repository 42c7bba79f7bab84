"""Sparse tensors, by PyTorch's names: products, sums and softmax, differentiable by values and dense operands.

As in PyTorch, `.grad` of a sparse leaf is a sparse tensor with the leaf's pattern. Unlike in PyTorch, `values()` of a leaf
is itself the leaf of the graph, which `autograd.grad` and optimizers take; indices are checked unless
`check_invariants=False`; and the transpose of compressed rows is by coordinates. On the CPU
products run on SciPy where it is installed, on CUDA on cuSPARSE.

Examples
--------
A layer of a graph convolution on two nodes and the edges between them:

>>> import autograd
>>> weights = autograd.tensor([1.0, 2.0], requires_grad=True)
>>> adjacency = autograd.sparse_coo_tensor([[0, 1], [1, 0]], weights, (2, 2))
>>> autograd.sparse.mm(adjacency, autograd.tensor([[1.0], [10.0]])).sum().backward()
>>> weights.grad
tensor([10.,  1.])
"""

from __future__ import annotations

from autograd.sparse.creation import sparse_coo_tensor, sparse_csr_tensor
from autograd.sparse.products import addmm, mm, sampled_addmm, spmm
from autograd.sparse.reduction import log_softmax, softmax, sum
from autograd.sparse.tensor import SparseTensor

__all__ = [
    "SparseTensor", "addmm", "log_softmax", "mm", "sampled_addmm", "softmax", "sparse_coo_tensor", "sparse_csr_tensor",
    "spmm", "sum",
]  # fmt: skip
