"""Modules for several devices, on one: DataParallel, SyncBatchNorm; `Module.compile`."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
from tests.arrays import to_numpy


def test_data_parallel():
    ours, theirs = nn.DataParallel(nn.Linear(2, 3)), torch.nn.DataParallel(torch.nn.Linear(2, 3))
    assert repr(ours) == repr(theirs) and list(ours.state_dict()) == list(theirs.state_dict())
    x = autograd.ones(4, 2)
    assert (to_numpy(ours(x)) == to_numpy(ours.module(input=x))).all()
    for inputs in (x, (x,)):
        assert (to_numpy(nn.parallel.data_parallel(ours.module, inputs)) == to_numpy(ours(x))).all()
    assert (to_numpy(nn.parallel.data_parallel(ours, (), module_kwargs={"input": x})) == to_numpy(ours(x))).all()
    with pytest.raises(RuntimeError, match="one device"):
        nn.DataParallel(nn.Identity(), device_ids=[0, 1])


def models(lib):
    inner = lib.Sequential(lib.BatchNorm1d(3, momentum=0.5), lib.ReLU())
    return lib.SyncBatchNorm.convert_sync_batchnorm(lib.Sequential(lib.BatchNorm1d(3, eps=1e-3, affine=False), inner))


def test_sync_batch_norm():
    ours, theirs = models(nn), models(torch.nn)
    assert repr(ours) == repr(theirs)
    values = np.random.default_rng(0).normal(size=(5, 3)).astype("float32")
    for _ in range(2):
        x, y = autograd.tensor(values, requires_grad=True), torch.tensor(values, requires_grad=True)
        (ours(x) ** 2).sum().backward()
        (theirs(y) ** 2).sum().backward()
        np.testing.assert_allclose(to_numpy(x.grad), y.grad.numpy(), rtol=1e-4, atol=1e-5)
        for (name, mine), (key, other) in zip(ours.state_dict().items(), theirs.state_dict().items(), strict=True):
            assert name == key
            np.testing.assert_allclose(to_numpy(mine), other.numpy(), rtol=1e-5, atol=1e-6)
        ours.eval(), theirs.eval()
    for lib, arrays in ((nn, autograd), (torch.nn, torch)):
        with pytest.raises(ValueError, match="at least 2D"):
            lib.SyncBatchNorm(3)(arrays.ones(3))


def test_conversion_keeps_parameters():
    for lib in (nn, torch.nn):
        norm = lib.BatchNorm2d(2).eval()
        made = lib.SyncBatchNorm.convert_sync_batchnorm(norm, process_group="all")
        assert made.weight is norm.weight and made.running_var is norm.running_var
        assert made.process_group == "all" and not made.training


def test_compile():
    for lib in (nn, torch.nn):
        assert lib.Linear(2, 2).compile(mode="default", backend="eager") is None


def test_distributed_data_parallel_is_a_name_to_ask_about():
    assert not isinstance(nn.DataParallel(nn.Identity()), nn.parallel.DistributedDataParallel)
    for name in (nn, torch.nn):
        with pytest.raises(ValueError, match="Default process group has not been initialized"):
            name.parallel.DistributedDataParallel(name.Linear(1, 1))
