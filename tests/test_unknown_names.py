"""An unknown name is an AttributeError that suggests the nearest."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

import autograd
import autograd.utils.data
import nn
import optim

CASES = {
    "onse": (autograd, "ones"), "Lineer": (nn, "Linear"), "Adm": (optim, "Adam"), "reluu": (nn.functional, "relu"),
    "StepLr": (optim.lr_scheduler, "StepLR"), "AveragedModle": (optim.swa_utils, "AveragedModel"),
    "xavier_unifrom_": (nn.init, "xavier_uniform_"), "clip_grad_nrom_": (nn.utils, "clip_grad_norm_"),
    "DataLoder": (autograd.utils.data, "DataLoader"), "slove": (autograd.linalg, "solve"),
    "Functoin": (autograd.autograd, "Function"), "Acuracy": (autograd.metrics, "Accuracy"),
    "Liner": (nn.modules, "Linear"), "LSTMcell": (nn.modules.rnn, "LSTMCell"), "wieght": (nn.Linear(1, 1), "weight"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_nearest_is_suggested(name):
    owner, near = CASES[name]
    with pytest.raises(AttributeError, match=f"has no attribute {name!r}; did you mean {near!r}"):
        getattr(owner, name)


def test_of_a_tensor_python_suggests_it():
    """A `__getattr__` of Tensor would slow down every other attribute, so that the interpreter has to say it."""
    assert not hasattr(autograd.Tensor, "__getattr__")
    script = "import autograd; autograd.ones(1).reshap"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "has no attribute 'reshap'. Did you mean: 'reshape'?" in found.stderr


def test_the_error_travels_between_processes():
    with pytest.raises(AttributeError) as caught:
        _ = nn.Lineer
    assert (
        str(pickle.loads(pickle.dumps(caught.value))) == "module 'nn' has no attribute 'Lineer'; did you mean 'Linear'?"
    )


def test_nothing_is_suggested_where_nothing_is_near():
    for owner in (nn, autograd.ones(1), nn.Linear(1, 1)):
        for name in ("qqqqzzzz", "__no_protocol__", "_weight"):
            with pytest.raises(AttributeError, match=f"has no attribute '{name}'$"):
                getattr(owner, name)
