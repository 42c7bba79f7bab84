"""Memory that processes share, and page-locked memory."""

from __future__ import annotations

import os

import pytest

import autograd
import nn


@pytest.mark.cpu_only
def test_a_forked_process_writes_into_shared_memory():
    x = autograd.zeros(2, 2)
    assert not x.is_shared() and x.share_memory_() is x and x.is_shared() and x.t().is_shared()
    child = os.fork()
    if not child:
        x[1] += 3
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert x.tolist() == [[0.0, 0.0], [3.0, 3.0]]


@pytest.mark.cpu_only
def test_a_module_shares_its_parameters_and_buffers():
    layer = nn.BatchNorm1d(2).share_memory()
    assert all(tensor.is_shared() for tensor in layer.state_dict().values())
    layer(autograd.ones(2, 2)).sum().backward()
    assert layer.weight.grad is not None and layer.running_mean.is_shared()
    empty = autograd.empty(0).share_memory_()
    assert not empty.is_shared() and not autograd.from_numpy(empty.numpy()).is_shared()
