"""Modules beside PyTorch's with the same weights: outputs, gradients and names must agree."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

import autograd
from tests.arrays import to_numpy


def tensor(value: Any, library: Any = autograd, **options: Any) -> Any:
    """An array as a tensor on the device under test."""
    return library.tensor(value, device=library.get_default_device(), **options)


def with_weights_of(ours: Any, theirs: torch.nn.Module) -> Any:
    """Our module with the weights of PyTorch's, whose names must be the same, in the same order."""
    state = {name: tensor(value.numpy()) for name, value in theirs.state_dict().items()}
    assert list(ours.state_dict()) == list(state)
    assert [name for name, _ in ours.named_parameters()] == [name for name, _ in theirs.named_parameters()]
    ours.load_state_dict(state)
    return ours.train(theirs.training)


def check(ours: Any, theirs: torch.nn.Module, *inputs: Any, tolerance: float = 1e-9, **options: Any) -> Any:
    """Compare the outputs for NumPy inputs, and the gradients of a weighted sum by inputs and parameters."""
    with_weights_of(ours, theirs)
    places, mine = _tensors(autograd, inputs)
    their_places, yours = _tensors(torch, inputs)
    mine_out = ours(*mine, **dict(zip(options, _tensors(autograd, options.values())[1], strict=True)))
    their_out = theirs(*yours, **dict(zip(options, _tensors(torch, options.values())[1], strict=True)))
    total, their_total = 0.0, 0.0
    for a, b in zip(_flat(mine_out), _flat(their_out), strict=True):
        _close(a, b, tolerance)
        if b.requires_grad:
            weight = np.random.default_rng(0).standard_normal(tuple(b.shape)).astype(b.detach().numpy().dtype)
            total = total + (a * tensor(weight)).sum()
            their_total = their_total + (b * torch.tensor(weight)).sum()
    total.backward()
    their_total.backward()
    pairs = [*zip(ours.parameters(), theirs.parameters(), strict=True), *zip(places, their_places, strict=True)]
    for a, b in pairs:
        assert (a.grad is None) == (b.grad is None)
        if b.grad is not None:
            _close(a.grad, b.grad, tolerance)
    return mine_out


def _tensors(library: Any, values: Any) -> tuple[list[Any], list[Any]]:
    """The arguments as tensors, floating ones with gradients; what appears twice is one tensor."""
    made: dict[int, Any] = {}
    for value in values:
        if isinstance(value, np.ndarray):
            differentiable = value.dtype.kind == "f" and bool(np.isfinite(value).all())
            made[id(value)] = tensor(value, library, requires_grad=differentiable)
    arguments = [made.get(id(value), value) for value in values]
    return [tensor for tensor in made.values() if tensor.requires_grad], arguments


def _flat(output: Any) -> list[Any]:
    return [out for out in output if out is not None] if isinstance(output, tuple) else [output]


def _close(mine: Any, theirs: torch.Tensor, tolerance: float) -> None:
    assert str(mine.dtype).rpartition(".")[2] == str(theirs.dtype).rpartition(".")[2]
    np.testing.assert_allclose(to_numpy(mine.detach()), theirs.detach().numpy(), rtol=tolerance, atol=tolerance)
