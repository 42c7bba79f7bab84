"""Files that PyTorch wrote in the middle of training: the twin that reads one answers alike, and trains on alike."""

from __future__ import annotations

import numpy as np
import pytest
import safetensors.torch
import torch

import autograd
from tests.arrays import to_numpy
from tests.twins.training import TWINS, Run


@pytest.fixture(params=list(TWINS))
def theirs(request):
    """PyTorch's twin after three steps of training."""
    run = Run(TWINS[request.param], torch, "float64")
    for step in range(3):
        run.step(step)
    return run


def same_outputs(ours, theirs):
    for training in (False, True):
        mine, other = ours.model.train(training), theirs.model.train(training)
        a, b = mine(ours.batch(3)[0]), other(theirs.batch(3)[0])
        np.testing.assert_allclose(to_numpy(a.detach()), b.detach().numpy(), rtol=1e-9, atol=1e-11)


def test_weights(theirs, tmp_path):
    path = tmp_path / "weights.pth"
    torch.save(theirs.model.state_dict(), path)
    ours = Run(theirs.twin, autograd, "float64")
    assert str(ours.model.load_state_dict(autograd.load(path))) == "<All keys matched successfully>"
    same_outputs(ours, theirs)


@pytest.mark.parametrize("options", [{}, {"map_location": "cpu"}, {"weights_only": True}])
def test_whole_checkpoint(theirs, options, tmp_path):
    path = tmp_path / "checkpoint.pth"
    torch.save({"epoch": 3, **{name: part.state_dict() for name, part in theirs.parts().items()}}, path)
    loaded = autograd.load(path, **options)
    ours = Run(theirs.twin, autograd, "float64")
    for name, part in ours.parts().items():
        part.load_state_dict(loaded[name])
    same_outputs(ours, theirs)
    for step in range(loaded["epoch"], 8):
        np.testing.assert_allclose(ours.step(step), theirs.step(step), rtol=1e-9)
    assert ours.scheduler.get_last_lr() == pytest.approx(theirs.scheduler.get_last_lr(), rel=1e-12)


def test_weights_written_here(theirs, tmp_path):
    """What this library saves, PyTorch's twin loads, by the safetensors package."""
    path = tmp_path / "weights.safetensors"
    ours = Run(theirs.twin, autograd, "float64")
    autograd.save(ours.model.state_dict(), path)
    theirs.model.load_state_dict(safetensors.torch.load_file(path))
    same_outputs(ours, theirs)
