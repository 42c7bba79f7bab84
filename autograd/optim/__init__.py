"""`import autograd.optim` gives the package `optim`, and `autograd.optim.<submodule>` its submodules."""

from autograd._lazy import stand_for

stand_for(__name__, "optim")
