"""One call on both libraries: the same answer, or the same kind of refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

import autograd
from tests.conformance.database import compare

Call = Callable[[Any], Any]


def agree(call: Call) -> None:
    """The call, given the library, answers alike with this one and with PyTorch."""
    compare(call(autograd), call(torch), call.__code__.co_filename)


def refuse(call: Call, message: str) -> None:
    """Both libraries refuse the call; what catches PyTorch's exception catches this one's, which says the message."""
    with pytest.raises(Exception) as theirs:
        call(torch)
    with pytest.raises(theirs.type, match=message):
        call(autograd)
