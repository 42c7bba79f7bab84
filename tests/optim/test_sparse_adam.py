"""SparseAdam against PyTorch's, which has sparse gradients."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
import optim
from tests.arrays import to_numpy

START = np.random.default_rng(0).normal(size=(6, 3))
BATCHES = ([1, 1, 4], [0, 4], [5, 1], [4, 4])


def trained(lib, kind, batches, **options):
    table = lib.nn.Embedding(6, 3, sparse=True, dtype=lib.float64)
    with lib.no_grad():
        table.weight.copy_(lib.tensor(START))
    optimizer = kind(list(table.parameters()), lr=0.05, **options)
    run(lib, table, optimizer, batches)
    return table, optimizer


def run(lib, table, optimizer, batches):
    for batch in batches:
        optimizer.zero_grad()
        (table(lib.tensor(batch)) ** 2).sum().backward()
        optimizer.step()


@pytest.mark.parametrize("options", [{}, {"betas": (0.5, 0.9), "eps": 1e-3, "maximize": True}])
def test_the_same_steps_as_pytorch(options):
    ours, _ = trained(autograd, optim.SparseAdam, BATCHES, **options)
    theirs, _ = trained(torch, torch.optim.SparseAdam, BATCHES, **options)
    np.testing.assert_allclose(to_numpy(ours.weight.detach()), theirs.weight.detach().numpy(), rtol=1e-12)
    assert (to_numpy(ours.weight.detach())[[2, 3]] == START[[2, 3]]).all()


def test_goes_on_from_pytorchs_state():
    table, optimizer = trained(torch, torch.optim.SparseAdam, BATCHES[:2])
    ours = nn.Embedding.from_pretrained(autograd.tensor(table.weight.detach().numpy()), freeze=False, sparse=True)
    state = optimizer.state_dict()
    state["state"] = {
        0: {key: autograd.tensor(value.numpy()) if hasattr(value, "numpy") else value
            for key, value in state["state"][0].items()}
    }  # fmt: skip
    mine = optim.SparseAdam(ours.parameters())
    mine.load_state_dict(state)
    run(autograd, ours, mine, BATCHES[2:])
    run(torch, table, optimizer, BATCHES[2:])
    np.testing.assert_allclose(to_numpy(ours.weight.detach()), table.weight.detach().numpy(), rtol=1e-12)


@pytest.mark.parametrize("option", [{"lr": 0.0}, {"eps": 0.0}, {"lr": -1.0}, {"betas": (1.0, 0.9)}])
def test_options_that_make_no_sense(option):
    for kind, param in ((optim.SparseAdam, autograd.ones(1)), (torch.optim.SparseAdam, torch.ones(1))):
        with pytest.raises(ValueError, match="Invalid"):
            kind([param], **option)
