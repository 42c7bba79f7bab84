"""`import autograd.nn` gives the package `nn`, and `autograd.nn.<submodule>` its submodules."""

from typing import TYPE_CHECKING

from autograd._lazy import stand_for

if TYPE_CHECKING:
    from nn import *  # noqa: F403

stand_for(__name__, "nn")
