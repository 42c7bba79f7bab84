"""`import autograd.optim` gives the package `optim`, and `autograd.optim.<submodule>` its submodules."""

from typing import TYPE_CHECKING

from autograd._lazy import stand_for

if TYPE_CHECKING:
    from optim import *  # noqa: F403

stand_for(__name__, "optim")
