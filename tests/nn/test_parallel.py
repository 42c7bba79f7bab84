"""Modules for several devices, run on one."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
from tests.arrays import to_numpy


def test_data_parallel_is_the_module_with_a_prefix():
    ours, theirs = nn.DataParallel(nn.Linear(2, 3)), torch.nn.DataParallel(torch.nn.Linear(2, 3))
    assert list(ours.state_dict()) == list(theirs.state_dict())
    x = autograd.ones(1, 2)
    assert (ours(input=x) == ours.module(x)).all()
    assert nn.parallel.DataParallel(nn.Identity(), device_ids=[0]).device_ids == [0]
    with pytest.raises(NotImplementedError, match=r"device_ids=\[0, 1\]; give one"):
        nn.DataParallel(nn.Identity(), device_ids=[0, 1])


def test_sync_batch_norm_has_the_batch_norms_parameters():
    def model(lib):
        layers = lib.nn.Sequential(lib.nn.BatchNorm2d(3, momentum=0.2), lib.nn.Sequential(lib.nn.BatchNorm1d(2)))
        return layers, lib.nn.SyncBatchNorm.convert_sync_batchnorm(layers)

    plain, ours = model(autograd)
    _, theirs = model(torch)
    assert repr(ours) == repr(theirs) and list(ours.state_dict()) == list(theirs.state_dict())
    assert ours is plain and isinstance(ours[0], nn.modules.batchnorm.SyncBatchNorm) and ours[0].process_group is None
    x = np.random.default_rng(0).normal(size=(4, 3, 2, 2)).astype(np.float32)
    expected = torch.nn.BatchNorm2d(3, momentum=0.2)(torch.tensor(x))
    np.testing.assert_allclose(to_numpy(ours[0](autograd.tensor(x))), expected.detach().numpy(), atol=1e-5)


def test_compile_leaves_a_module_as_it_is():
    layer = nn.Linear(2, 2)
    assert layer.compile(mode="max-autotune") is None and layer(autograd.ones(1, 2)).shape == (1, 2)
