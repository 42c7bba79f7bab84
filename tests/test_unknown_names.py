"""An unknown name is an AttributeError that suggests the nearest."""

from __future__ import annotations

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
    "Liner": (nn.modules, "Linear"), "LSTMcell": (nn.modules.rnn, "LSTMCell"), "reshap": (autograd.ones(1), "reshape"),
    "requires_gard": (autograd.ones(1), "requires_grad"), "wieght": (nn.Linear(1, 1), "weight"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_nearest_is_suggested(name):
    owner, near = CASES[name]
    with pytest.raises(AttributeError, match=f"has no attribute {name!r}; did you mean {near!r}"):
        getattr(owner, name)


def test_nothing_is_suggested_where_nothing_is_near():
    for owner in (nn, autograd.ones(1), nn.Linear(1, 1)):
        for name in ("qqqqzzzz", "__no_protocol__", "_weight"):
            with pytest.raises(AttributeError, match=f"has no attribute '{name}'$"):
                getattr(owner, name)


def test_a_property_that_fails_says_its_own_error():
    class Odd(autograd.Tensor):
        @property
        def broken(self):
            raise AttributeError("the reason")

    with pytest.raises(AttributeError, match="the reason"):
        Odd(2).broken  # noqa: B018
